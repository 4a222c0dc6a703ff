"""Calls through a server that fails three times in ten: reads succeed, and no write is done twice."""

from __future__ import annotations

import asyncio
import os
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import httpx
import pytest
from scripted_server import Connection, ScriptedServer

from kongregate import APIError, AsyncKongregate, Kongregate
from openapi_mock import Mock, load
from openapi_runtime import retries

KEY: Final = "made-up-api-key"
PLAYER: Final = {"user_id": 765, "game_auth_token": "made-up-game-token"}
# RESILIENCE_CALLS=5000 takes minutes.
READS: Final = int(os.environ.get("RESILIENCE_CALLS", "200"))
WRITES: Final = READS * 2 // 5
WORKERS: Final = 8
# Of Robin in the mock's data.
START: Final = 1000
# Long enough for a busy machine: a timeout that no fault caused would count as one.
TIMEOUT: Final = 2.0
FAULTS: Final = (*("status", "reset", "lost") * 6, "late")


class FlakyServer:
    """Passes requests on to a mock, and spoils some on the way there or back.

    What happens to an attempt depends on the number of its call alone, so that threads may run in any order.

    Attributes:
        passed_on: How often each call reached the mock, by its number.
    """

    def __init__(self, mock: Mock, share: float) -> None:
        self.passed_on: Counter[str] = Counter()
        self._client = httpx.Client(transport=mock.transport(), base_url="https://api.example")
        self._share = share
        self._attempts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def __call__(self, connection: Connection, _: int) -> None:
        line, *lines = connection.head.decode("latin-1").split("\r\n")
        headers = dict(each.split(": ", 1) for each in lines)
        how = self._fault(headers["X-Call"])
        if how == "status":
            connection.respond(b"{}", "503 Service Unavailable", "Retry-After: 0")
        elif how == "reset":
            connection.reset()
        else:
            self._pass_on(connection, line, headers, how)

    def _fault(self, call: str) -> str:
        with self._lock:
            self._attempts[call] += 1
            chance = random.Random(f"{call} {self._attempts[call]}")
        return chance.choice(FAULTS) if chance.random() < self._share else ""

    def _pass_on(self, connection: Connection, line: str, headers: dict[str, str], how: str) -> None:
        method, target, _ = line.split(" ")
        with self._lock:
            self.passed_on[headers["X-Call"]] += 1
            response = self._client.request(method, target, headers=headers, content=connection.body)
        if how == "lost":
            connection.reset()
        elif how == "late":
            # The client has given up by then.
            threading.Event().wait(TIMEOUT * 1.2)
            connection.reset()
        else:
            connection.respond(response.content, f"{response.status_code} X")


@pytest.fixture
def mock() -> Iterator[Mock]:
    mock = load("kongregate")
    yield mock
    mock.behaviour.close()


@pytest.fixture
def flaky(mock: Mock, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[FlakyServer, str]]:
    monkeypatch.setattr(retries, "_FIRST_WAIT", 0.002)
    server = FlakyServer(mock, 0.3)
    with ScriptedServer(server).serving() as running:
        yield server, running.url


@pytest.fixture(params=["pool", "httpx", "fast"])
def settings(request: pytest.FixtureRequest) -> dict[str, Any]:
    kind: str = request.param
    # What no pool of connections does leads to a client of httpx.
    arguments: dict[str, Any] = {"httpx_args": {"cookies": httpx.Cookies()}} if kind == "httpx" else {}
    return {"timeout": TIMEOUT, "transport": "fast" if kind == "fast" else "httpx", **arguments}


def read(game: Any, number: int) -> Any:
    return game.with_options(headers={"X-Call": str(number)}).players.get_user_info(user_id=765)


def write(game: Any, number: int) -> Any:
    return game.with_options(headers={"X-Call": str(number)}).statistics.submit(
        user_id=765, statistics={"coins": 1}
    )


def outcomes(game: Kongregate, call: Callable[[Any, int], Any], times: int) -> list[bool]:
    def succeeded(number: int) -> bool:
        try:
            call(game, number)
        except APIError:
            return False
        return True

    with ThreadPoolExecutor(WORKERS) as pool:
        return [*pool.map(succeeded, range(times))]


async def outcomes_async(game: AsyncKongregate, call: Callable[[Any, int], Any], times: int) -> list[bool]:
    limit = asyncio.Semaphore(WORKERS)

    async def succeeded(number: int) -> bool:
        async with limit:
            try:
                await call(game, number)
            except APIError:
                return False
            return True

    return await asyncio.gather(*map(succeeded, range(times)))


def run(
    url: str, settings: dict[str, Any], way: str, call: Callable[[Any, int], Any], times: int
) -> list[bool]:
    if way == "sync":
        with Kongregate(KEY, url, **settings) as game:
            return outcomes(game, call, times)

    async def main() -> list[bool]:
        async with AsyncKongregate(KEY, url, **settings) as game:
            return await outcomes_async(game, call, times)

    return asyncio.run(main())


WAYS: Final = pytest.mark.parametrize("way", ["sync", "async"])


@WAYS
@pytest.mark.parametrize(("max_retries", "least"), [(2, 0.95), (6, 0.995)])
def test_reads_succeed(
    flaky: tuple[FlakyServer, str], settings: dict[str, Any], way: str, max_retries: int, least: float
) -> None:
    found = run(flaky[1], {**settings, "max_retries": max_retries}, way, read, READS)
    assert sum(found) / len(found) >= least


@WAYS
def test_no_write_is_done_twice(
    mock: Mock, flaky: tuple[FlakyServer, str], settings: dict[str, Any], way: str
) -> None:
    server, url = flaky
    found = run(url, {**settings, "max_retries": 6}, way, write, WRITES)
    assert max(server.passed_on.values()) == 1
    with Kongregate(KEY, httpx_args={"transport": mock.transport()}) as game:
        scores = game.statistics.get_high_scores(statistic_id=31, scope="lifetime").lifetime_scores
    (robin,) = [each.score for each in scores if each.username == "Robin"]

    assert robin - START == server.passed_on.total()
    assert sum(found) <= server.passed_on.total() <= WRITES
