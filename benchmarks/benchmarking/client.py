"""Calls of one operation, over our client and over what else there is.

Everybody sends the same bearer token, keeps its own defaults, and returns values of the same data. Raw means
that they are what JSON gives; typed, that they are models.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TypeAlias

from .measuring import FAST, OURS, STOCK, Effort, Goal, Result, Row, measure
from .server import APP, PAGE_PATH, PAGE_SIZE, SCORE_PATH, SCORE_RANK, USER, Served, access_token
from .workers import Task, hire

Call: TypeAlias = Callable[[], int]
AsyncCall: TypeAlias = Callable[[], Awaitable[int]]
Tasks: TypeAlias = Mapping[str, Task]

SMALL: Final = "sync-small"
SYNC_PAGE: Final = "sync-page"
ASYNC_PAGE: Final = "async-page"
AT_ONCE: Final = {"async-page-32": 32, "async-page-256": 256}
TYPED_AIOHTTP: Final = "typed aiohttp"

_SYNC_GOALS: Final = (Goal(OURS, STOCK, 0.75), Goal(FAST, STOCK, 0.4))
ROWS: Final = (
    Row(SMALL, "sync, a small answer", _SYNC_GOALS),
    Row(SYNC_PAGE, "sync, a page of 50", _SYNC_GOALS),
    Row(ASYNC_PAGE, "async, a page of 50", (Goal(FAST, STOCK, 0.4),)),
    Row(
        "async-page-32",
        "async, pages, 32 at once",
        (Goal(OURS, STOCK, 0.75), Goal(FAST, STOCK, 0.1), Goal(FAST, TYPED_AIOHTTP, 1.0)),
    ),
    Row("async-page-256", "async, pages, 256 at once", (Goal(FAST, TYPED_AIOHTTP, 1.0),)),
)

_IN_ALL: Final = {OURS: "client:ours", FAST: "client:fast", STOCK: "client:stock"}
_RAW: Final = {"httpx": "client:raw_httpx", "httpx2": "client:raw_httpx2"}
_SYNC: Final = {**_IN_ALL, **_RAW, "urllib3": "client:raw_urllib3", "pyreqwest": "client:raw_pyreqwest"}
_TYPED: Final = {TYPED_AIOHTTP: "client:typed_aiohttp", "typed pyreqwest": "client:typed_pyreqwest"}
_ASYNC: Final = {**_IN_ALL, **_RAW, "pyreqwest": "client:raw_pyreqwest", **_TYPED}
_SHORT: Final = {**_IN_ALL, TYPED_AIOHTTP: _TYPED[TYPED_AIOHTTP]}

_QUERY: Final = f"?limit={PAGE_SIZE}&offset=0"
_LEFT_OUT_OF_SHORT: Final = "async-page-256"


def measured(effort: Effort, names: frozenset[str], stock: Path) -> Iterator[Result]:
    """Yield what the rows with these names come to."""
    makers = _SHORT if effort.is_short else {**_SYNC, **_ASYNC}
    with Served("server") as server, hire(makers, server.url, further=[stock]) as (workers, missing):
        for row in ROWS:
            if row.name not in names or (effort.is_short and row.name == _LEFT_OUT_OF_SHORT):
                continue
            takes_part = _SYNC if row.name in {SMALL, SYNC_PAGE} else _ASYNC
            contenders = {name: each.work(row.name) for name, each in workers.items() if name in takes_part}
            lacking = {name: what for name, what in missing.items() if name in takes_part}
            yield Result(row, measure(contenders, effort), lacking)


# ---- Ours, with and without the extra


def ours(url: str) -> Tasks:
    """As installed without extras."""
    without_extras()
    return _kws(url, "httpx")


def fast(url: str) -> Tasks:
    """With the extra `fast`."""
    import_module("pyreqwest")
    import_module("msgspec")
    return _kws(url, "fast")


def without_extras() -> None:
    """Make this process one in which no extra is installed."""
    for name in ("pyreqwest", "msgspec", "orjson"):
        sys.modules[name] = None  # type: ignore[assignment]  # that is how an import is made to fail


def _kws(url: str, transport: Any) -> Tasks:
    from kws import KWS, AsyncKWS

    kws = KWS(url, token=access_token(), transport=transport)
    async_kws = AsyncKWS(url, token=access_token(), transport=transport)

    async def page() -> int:
        return len((await async_kws.apps.get_leaderboard(limit=PAGE_SIZE)).results)

    return _tasks(
        small=lambda: kws.users.get_score(user_id=USER).rank,
        page=lambda: len(kws.apps.get_leaderboard(limit=PAGE_SIZE).results),
        async_page=page,
    )


# ---- Others


def stock(url: str) -> Tasks:
    """The client that the generator's own templates give."""
    get_leaderboard: Any = import_module("kws_stock.api.apps.get_leaderboard")
    get_score: Any = import_module("kws_stock.api.users.get_score")
    client = import_module("kws_stock.client").AuthenticatedClient(base_url=url, token=access_token())

    async def page() -> int:
        return len((await get_leaderboard.asyncio(APP, client=client, limit=PAGE_SIZE)).results)

    return _tasks(
        small=lambda: get_score.sync(APP, USER, client=client).rank,
        page=lambda: len(get_leaderboard.sync(APP, client=client, limit=PAGE_SIZE).results),
        async_page=page,
    )


def raw_httpx(url: str) -> Tasks:
    """Requests over httpx alone."""
    import httpx

    return _raw_httpx(httpx, url)


def raw_httpx2(url: str) -> Tasks:
    """Requests over httpx2 alone."""
    import httpx2

    return _raw_httpx(httpx2, url)


def _raw_httpx(library: Any, url: str) -> Tasks:
    client = library.Client(base_url=url, headers=_headers(), timeout=30)
    async_client = library.AsyncClient(base_url=url, headers=_headers(), timeout=30)

    async def page() -> int:
        return len((await async_client.get(PAGE_PATH + _QUERY)).json()["results"])

    return _tasks(
        small=lambda: client.get(SCORE_PATH).json()["rank"],
        page=lambda: len(client.get(PAGE_PATH + _QUERY).json()["results"]),
        async_page=page,
    )


def raw_urllib3(url: str) -> Tasks:
    """Requests over urllib3 alone."""
    import urllib3

    pool = urllib3.PoolManager(headers=_headers())

    def get(target: str) -> Any:
        return json.loads(pool.request("GET", url + target).data)

    return _sync_tasks(
        small=lambda: get(SCORE_PATH)["rank"], page=lambda: len(get(PAGE_PATH + _QUERY)["results"])
    )


def raw_pyreqwest(url: str) -> Tasks:
    """Requests over pyreqwest alone."""
    return _pyreqwest(url, lambda page: len(page["results"]))


def typed_pyreqwest(url: str) -> Tasks:
    """Requests over pyreqwest, with the stock client's models."""
    decode = _stock_decoder()
    return _pyreqwest(url, lambda page: len(decode(page).results))


def _pyreqwest(url: str, count: Callable[[Any], int]) -> Tasks:
    from pyreqwest.client import ClientBuilder, SyncClientBuilder

    client = SyncClientBuilder().default_headers(_headers()).build()
    async_client = ClientBuilder().default_headers(_headers()).build()

    async def page() -> int:
        response = await async_client.get(url + PAGE_PATH + _QUERY).build().send()
        return count(await response.json())

    return _tasks(
        small=lambda: client.get(url + SCORE_PATH).build().send().json()["rank"],
        page=lambda: count(client.get(url + PAGE_PATH + _QUERY).build().send().json()),
        async_page=page,
    )


def typed_aiohttp(url: str) -> Tasks:
    """Requests over aiohttp, with the stock client's models."""
    import aiohttp

    runner, decode = asyncio.Runner(), _stock_decoder()

    async def opened() -> aiohttp.ClientSession:
        return aiohttp.ClientSession(url, headers=_headers())

    session = runner.run(opened())

    async def page() -> int:
        async with session.get(PAGE_PATH + _QUERY) as response:
            return len(decode(await response.json()).results)

    return _async_tasks(page, runner)


def _stock_decoder() -> Callable[[Any], Any]:
    decode: Callable[[Any], Any] = import_module("kws_stock.models.leaderboard").Leaderboard.from_dict
    return decode


def _headers() -> dict[str, str]:
    return {"Authorization": f"Bearer {access_token()}"}


# ---- Tasks out of calls


def _tasks(*, small: Call, page: Call, async_page: AsyncCall) -> Tasks:
    return {**_sync_tasks(small=small, page=page), **_async_tasks(async_page, asyncio.Runner())}


def _sync_tasks(*, small: Call, page: Call) -> Tasks:
    return {SMALL: _in_turn(small, SCORE_RANK), SYNC_PAGE: _in_turn(page, PAGE_SIZE)}


def _async_tasks(page: AsyncCall, runner: asyncio.Runner) -> Tasks:
    widths = {ASYNC_PAGE: 1, **AT_ONCE}
    return {name: _at_once(page, width, runner) for name, width in widths.items()}


def _in_turn(call: Call, expected: int) -> Task:
    def task(calls: int) -> int:
        for _ in range(calls):
            _check(call(), expected)
        return calls

    return task


def _at_once(call: AsyncCall, width: int, runner: asyncio.Runner) -> Task:
    async def caller(calls: int) -> None:
        for _ in range(calls):
            _check(await call(), PAGE_SIZE)

    async def callers(each: int) -> None:
        await asyncio.gather(*(caller(each) for _ in range(width)))

    def task(calls: int) -> int:
        each = -(-calls // width)
        runner.run(callers(each))
        return each * width

    return task


def _check(value: int, expected: int) -> None:
    if value != expected:
        raise ValueError(f"{value} came back instead of {expected}")
