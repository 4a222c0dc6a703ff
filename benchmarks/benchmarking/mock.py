"""Requests that a mock answers in a second of its own CPU, with its checks and its memory."""

from __future__ import annotations

import base64
import json
import socket
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlencode, urlsplit

from attrs import frozen

from .measuring import OURS, Effort, Goal, Result, Row, Work, measure
from .prism import prism
from .server import APP, PAGE_PATH, SCORE_PATH, USER, Served, attend
from .workers import Task, Worker

if TYPE_CHECKING:
    from pathlib import Path

_IN_PROCESS: Final = "in process"
_PRISM: Final = "Prism"
_CREDENTIALS: Final = b"example-client:made-up-secret"


@frozen
class Asked:
    """What is asked of a mock."""

    method: str
    target: str
    body: bytes = b""
    media_type: str = "application/json"


_REQUESTS: Final = {
    "mock-score": Asked("GET", SCORE_PATH),
    "mock-page": Asked("GET", f"{PAGE_PATH}?limit=50"),
    "mock-set": Asked(
        "POST", f"/v1/apps/{APP}/users/{USER}/appData/set", json.dumps({"name": "level", "value": 7}).encode()
    ),
}
# Four requests in the time of one, although Prism remembers nothing.
_GOALS: Final = (Goal(OURS, _PRISM, 0.25),)
ROWS: Final = (
    Row("mock-score", "mock over HTTP, getScore", _GOALS, per_second=True),
    Row("mock-page", "mock over HTTP, getLeaderboard", _GOALS, per_second=True),
    Row("mock-set", "mock over HTTP, setAppData", _GOALS, per_second=True),
)
_TOKEN: Final = Asked(
    "POST",
    "/oauth/token",
    urlencode({"grant_type": "client_credentials", "scope": "app"}).encode(),
    "application/x-www-form-urlencoded",
)


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
    with ExitStack() as stack:
        worker = stack.enter_context(Worker("mock:in_process"))
        ours = stack.enter_context(Served("mock"))
        others = stack.enter_context(prism())
        missing = {} if others else {_PRISM: "@stoplight/prism-cli"}
        servers: dict[str, Server] = {OURS: ours, **({_PRISM: others} if others else {})}
        opened = {name: stack.enter_context(_connected(each)) for name, each in servers.items()}
        for row in rows:
            asked = _REQUESTS[row.name]
            works = {name: _over_http(servers[name], send, asked) for name, send in opened.items()}
            contenders = {**works, _IN_PROCESS: worker.work(row.name)}
            yield Result(row, measure(contenders, effort), missing)


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


def _over_http(server: Server, send: Send, asked: Asked) -> Work:
    token = json.loads(send(_encoded(_TOKEN, _basic())))["access_token"]
    request = _encoded(asked, f"Bearer {token}")

    def work(calls: int) -> float:
        before = server.cpu()
        for _ in range(calls):
            send(request)
        return (server.cpu() - before) / calls

    return work


def _encoded(asked: Asked, authorization: str) -> bytes:
    headers = {"Host": "127.0.0.1", "Accept": "*/*", "Authorization": authorization}
    if asked.body:
        headers |= {"Content-Type": asked.media_type, "Content-Length": str(len(asked.body))}
    lines = [
        f"{asked.method} {asked.target} HTTP/1.1",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode() + asked.body


def _basic() -> str:
    return f"Basic {base64.b64encode(_CREDENTIALS).decode()}"


# ---- In the process of a worker


def in_process() -> Mapping[str, Task]:
    """A mock without a socket."""
    from openapi_mock import Mock, Request, load

    mock: Mock = load("kws")

    def ask(asked: Asked, authorization: str) -> bytes:
        headers = {"authorization": authorization}
        if asked.body:
            headers["content-type"] = asked.media_type
        response = mock.handle(Request(asked.method, asked.target, headers, asked.body, "127.0.0.1"))
        if response.status // 100 != 2:  # noqa: PLR2004  # any success will do
            raise ValueError(f"{response.status} came back: {response.content!r}")
        return response.content

    token = json.loads(ask(_TOKEN, _basic()))["access_token"]

    def task(asked: Asked, calls: int) -> int:
        for _ in range(calls):
            ask(asked, f"Bearer {token}")
        return calls

    return {name: partial(task, asked) for name, asked in _REQUESTS.items()}


def main() -> None:
    """Serve the mock on a free port of loopback."""
    from openapi_mock import load, serve

    with serve(load("kws")) as url:
        attend(url)


if __name__ == "__main__":
    main()
