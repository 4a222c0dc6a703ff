"""Requests that a mock answers in a second of its own CPU, with its checks and its memory."""

from __future__ import annotations

import base64
import json
import socket
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlencode, urlsplit

from attrs import evolve, field, frozen

from .measuring import OURS, Effort, Goal, Result, Row, Work, measure
from .places import ROOT
from .prism import prism
from .server import APP, PAGE_PATH, SCORE_PATH, USER, Served, attend
from .workers import Task, Worker

if TYPE_CHECKING:
    from pathlib import Path

_IN_PROCESS: Final = "in process"
_PRISM: Final = "Prism"
_CREDENTIALS: Final = b"example-client:made-up-secret"
_DOCUMENTS: Final = {
    "kws": ROOT / "openapi" / "kws.yaml",
    "kongregate": ROOT / "openapi" / "kongregate.yaml",
    # Nothing is known of this one but its document: responses are made from it.
    "library": ROOT / "examples" / "fuzzing" / "library.yaml",
}
# The paths of the servers, which Prism leaves out.
_BASES: Final = {"library": "/v1"}
_GAME: Final = {"api_key": "made-up-api-key", "user_id": 765}


@frozen
class Asked:
    """What is asked of a mock; values of the body are sent as JSON."""

    method: str
    target: str
    body: Mapping[str, object] | None = None
    headers: Mapping[str, str] = field(factory=dict[str, str])

    @property
    def content(self) -> bytes:
        """The body as it is sent."""
        return b"" if self.body is None else json.dumps(self.body).encode()


# Prism remembers nothing, and a mock that does still takes less.
_READ: Final = (Goal(OURS, _PRISM, 0.5),)
_WRITE: Final = (Goal(OURS, _PRISM, 0.7),)
_MADE: Final = (Goal(OURS, _PRISM, 0.25),)
_USERS: Final = f"/v1/apps/{APP}/users/{USER}"
# By the name of the row: the API, what the table says, the goals, and the request.
_REQUESTS: Final[Mapping[str, tuple[str, str, tuple[Goal, ...], Asked]]] = {
    "mock-score": ("kws", "getScore", _READ, Asked("GET", SCORE_PATH)),
    "mock-page": ("kws", "getLeaderboard", _READ, Asked("GET", f"{PAGE_PATH}?limit=50")),
    "mock-points": ("kws", "getPoints", _READ, Asked("GET", f"/v2/apps/{APP}/users/{USER}/points")),
    "mock-app-data": ("kws", "getAppData", _READ, Asked("GET", f"{_USERS}/appData")),
    "mock-set": (
        "kws",
        "setAppData",
        _WRITE,
        Asked("POST", f"{_USERS}/appData/set", {"name": "level", "value": 7}),
    ),
    "mock-trigger": (
        "kws",
        "triggerEvent",
        _WRITE,
        Asked("POST", f"/v1/users/{USER}/triggerEvent", {"token": "daily-login"}),
    ),
    "mock-high-scores": (
        "kongregate",
        "getHighScores",
        _READ,
        Asked("GET", "/api/high_scores/lifetime/31.json"),
    ),
    "mock-submit": (
        "kongregate",
        "submit",
        _WRITE,
        Asked("POST", "/api/submit_statistics.json", {**_GAME, "coins": 1, "high-score": 900}),
    ),
    "mock-made": (
        "library",
        "listBooks, made from the document",
        _MADE,
        Asked("GET", "/books?limit=5", headers={"X-Library-Key": "made-up-key"}),
    ),
}
ROWS: Final = tuple(
    Row(name, f"mock over HTTP, {what}", goals, per_second=True)
    for name, (_, what, goals, _) in _REQUESTS.items()
)
_TOKEN: Final = urlencode({"grant_type": "client_credentials", "scope": "app"}).encode()


class Server(Protocol):
    """A server whose CPU time is known."""

    @property
    def url(self) -> str:
        """Where it listens."""
        ...

    def cpu(self) -> float:
        """Return the seconds of CPU that it has taken so far."""
        ...


def measured(effort: Effort, names: frozenset[str], _stock: Path) -> Iterator[Result]:
    """Yield what the rows with these names come to, unless time is short."""
    rows = [row for row in ROWS if row.name in names]
    if not rows or effort.is_short:
        return
    for api, of_api in groupby(rows, lambda row: _REQUESTS[row.name][0]):
        yield from _measured(api, list(of_api), effort)


def _measured(api: str, rows: list[Row], effort: Effort) -> Iterator[Result]:
    with ExitStack() as stack:
        worker = stack.enter_context(Worker("mock:in_process", api))
        ours = stack.enter_context(Served("mock", str(_DOCUMENTS[api])))
        others = stack.enter_context(prism(_DOCUMENTS[api]))
        missing = {} if others else {_PRISM: "@stoplight/prism-cli"}
        servers: dict[str, Server] = {OURS: ours, **({_PRISM: others} if others else {})}
        opened = {name: stack.enter_context(_connected(each)) for name, each in servers.items()}
        for row in rows:
            works = {
                name: _over_http(api, servers[name], send, _asked(row.name, is_based=name == OURS))
                for name, send in opened.items()
            }
            contenders = {**works, _IN_PROCESS: worker.work(row.name)}
            yield Result(row, measure(contenders, effort), missing)


def _asked(row: str, *, is_based: bool = True) -> Asked:
    api, _, _, asked = _REQUESTS[row]
    return evolve(asked, target=_BASES.get(api, "") + asked.target) if is_based else asked


# ---- Over HTTP


Send = Callable[[bytes], bytes]


@contextmanager
def _connected(server: Server) -> Generator[Send]:
    """Open a connection; gives a function that sends a request and returns the body of the response."""
    url = urlsplit(server.url)
    with socket.create_connection((url.hostname, url.port or 80), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        reader = connection.makefile("rb")

        def send(request: bytes) -> bytes:
            connection.sendall(request)
            status = reader.readline()
            headers = dict(line.lower().split(b":", 1) for line in iter(reader.readline, b"\r\n"))
            content = reader.read(int(headers.get(b"content-length", b"0")))
            if status.split()[1][:1] != b"2":
                raise ValueError(f"{status!r} came back: {content!r}")
            return content

        yield send


def _over_http(api: str, server: Server, send: Send, asked: Asked) -> Work:
    headers = {**asked.headers, **_media_type(asked)}
    if api == "kws":
        token = json.loads(send(_encoded("POST", "/oauth/token", _token_headers(), _TOKEN)))["access_token"]
        headers["Authorization"] = f"Bearer {token}"
    request = _encoded(asked.method, asked.target, headers, asked.content)

    def work(calls: int) -> float:
        before = server.cpu()
        for _ in range(calls):
            send(request)
        return (server.cpu() - before) / calls

    return work


def _encoded(method: str, target: str, headers: Mapping[str, str], body: bytes) -> bytes:
    length = {"Content-Length": str(len(body))} if body else {}
    sent = {"Host": "127.0.0.1", "Accept": "*/*", **headers, **length}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode() + body


def _media_type(asked: Asked) -> Mapping[str, str]:
    return {} if asked.body is None else {"Content-Type": "application/json"}


def _token_headers() -> Mapping[str, str]:
    return {
        "Authorization": f"Basic {base64.b64encode(_CREDENTIALS).decode()}",
        "Content-Type": "application/x-www-form-urlencoded",
    }


# ---- In the process of a worker


def in_process(api: str) -> Mapping[str, Task]:
    """A mock without a socket."""
    from openapi_mock import Mock, Request, load

    mock: Mock = load(_DOCUMENTS[api])

    def ask(method: str, target: str, headers: Mapping[str, str], body: bytes) -> bytes:
        lower = {name.lower(): value for name, value in headers.items()}
        response = mock.handle(Request(method, target, lower, body, "127.0.0.1"))
        if response.status // 100 != 2:  # noqa: PLR2004  # any success will do
            raise ValueError(f"{response.status} came back: {response.content!r}")
        return response.content

    bearer: dict[str, str] = {}
    if api == "kws":
        token = json.loads(ask("POST", "/oauth/token", _token_headers(), _TOKEN))["access_token"]
        bearer = {"Authorization": f"Bearer {token}"}

    def task(asked: Asked, calls: int) -> int:
        headers = {**asked.headers, **_media_type(asked), **bearer}
        for _ in range(calls):
            ask(asked.method, asked.target, headers, asked.content)
        return calls

    return {name: partial(task, _asked(name)) for name, (of, *_) in _REQUESTS.items() if of == api}


def main(document: str) -> None:
    """Serve the mock of a document on a free port of loopback."""
    from openapi_mock import load, serve

    with serve(load(document)) as url:
        attend(url)


if __name__ == "__main__":
    main(*sys.argv[1:])
