"""As an ASGI application a mock serves whom it should, whole or broken as a fault says, and nobody else."""

from __future__ import annotations

import asyncio
import base64
import json
import threading
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from openapi_mock import Behaviour, Call, Document, Mock, Problem, Request, Response, load, operation
from openapi_mock.messages import Delivery
from openapi_mock.pages.places import PrivateRoute
from openapi_mock.serving import asgi
from openapi_mock.serving.asgi import ABORT, asgi_app
from openapi_mock.serving.hosts import cross_origin, guard_host, is_loopback

TOKEN = "made-up-control-token"
HOST = {"host": "localhost:8000"}


class Answer:
    """What an application sent: a status with headers and body, or only messages."""

    def __init__(self, sent: Sequence[Mapping[str, Any]]) -> None:
        self.sent = sent
        self.status = sent[0].get("status") if sent else None
        self.headers = {
            name.decode(): value.decode() for name, value in (sent[0].get("headers", ()) if sent else ())
        }
        self.body = b"".join(each.get("body", b"") for each in sent)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    app: Any,
    path: str,
    method: str = "GET",
    headers: Mapping[str, str] | Sequence[tuple[str, str]] = HOST,
    *,
    chunks: Sequence[bytes] = (b"",),
    client: str | None = "127.0.0.1",
    kind: str = "http",
    **further: Any,
) -> Answer:
    """Return what an application sends to a request."""
    given = headers.items() if isinstance(headers, Mapping) else headers
    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in given],
        "client": (client, 1) if client else None,
        **further,
    }
    waiting = [
        {"type": "http.request", "body": each, "more_body": place + 1 < len(chunks)}
        for place, each in enumerate(chunks)
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return Answer(sent)


class Echo(Behaviour):
    """Says what it was asked; has pages, and may be out of order."""

    broken: Exception | None = None
    seen: Request | None = None

    @operation("it")
    def answer(self, call: Call) -> Any:
        self.seen = call.request
        return {"at": call.request.target.decode()}  # type: ignore[union-attr]

    def check(self) -> None:
        if self.broken:
            raise self.broken

    def routes(self) -> Sequence[Any]:
        async def page(_request: Any) -> Any:
            if self.broken:
                raise self.broken
            return PlainTextResponse("page")

        return [Route("/page", page), Route("/pages/{n}", page), PrivateRoute("/private", page)]


RESPONSES = {"200": {"content": {"application/json": {}}}}
PATHS = {"/it": {"get": {"operationId": "it", "responses": RESPONSES}, "post": {"responses": RESPONSES}}}


def mock_of(source: str = "one.yaml", paths: Any = PATHS, **fields: Any) -> Mock[Any]:
    return Mock(
        Document({"openapi": "3.1.0", "paths": paths}, source=source),
        Echo() if paths is PATHS else None,
        **fields,
    )


@pytest.fixture
def mock() -> Any:
    with mock_of() as mock:
        yield mock


# ---- What is where


def test_one_mock_is_at_the_root_and_its_pages_come_first(mock: Any) -> None:
    app = asgi_app(mock)
    assert ask(app, "/it").json == {"at": "/it"}
    assert mock.behaviour.seen.client_host == "127.0.0.1"
    assert ask(app, "/it", client=None).status == 200
    assert mock.behaviour.seen.client_host is None
    assert ask(app, "/it", query_string=b"a=1").json == {"at": "/it?a=1"}
    assert ask(app, "/a b", raw_path=None).json["error"] == "route-not-found"
    assert [ask(app, each).body for each in ("/page", "/pages/5")] == [b"page", b"page"]
    assert [ask(app, each).status for each in ("/page/", "/nothing", "/pages/5/6", "/pages")] == [404] * 4
    assert ask(app, "/pages/5/6").json["error"] == "route-not-found"
    assert app.has_private_pages
    assert not asgi_app(mock, []).has_private_pages
    assert ask(asgi_app(mock, []), "/page").json["error"] == "route-not-found"
    assert ask(asgi_app(mock, [Mount("/sub", PlainTextResponse("mounted"))]), "/sub/x").body == b"mounted"


def test_several_mocks_are_under_their_names_with_an_overview(mock: Any) -> None:
    with mock_of("two.yaml") as other:
        app = asgi_app({"first": mock, "second": other})
        assert ask(app, "/first/it").json == {"at": "/it"}
        assert ask(app, "/second/page").body == b"page"
        assert ask(app, "/second/it", root_path="/base").status == 404
        assert ask(app, "/base/second/it", root_path="/base").json == {"at": "/it"}
        assert ask(app, "/first").headers["location"] == "/first/_mock/console"
        overview = ask(app, "/")
        assert (overview.status, overview.json) == (200, {"apis": {"first": "/first", "second": "/second"}})
        assert overview.headers["cache-control"] == "no-store"
        nowhere = ask(app, "/third")
        told = "there is nothing at this path; the APIs are under /first, /second"
        assert (nowhere.status, nowhere.json) == (404, {"error": "route-not-found", "message": told})
        assert ask(app, "/health").json == {"status": "ok", "apis": {"first": "ok", "second": "ok"}}
        paths = ("/first/_mock", "/first/_mock/x", "/second/_mock", "/_mock", "/third/_mock", "/first/_mocks")
        assert [app.is_control(each) for each in paths] == [True, True, True, False, False, False]
        assert ask(app, "/first/_mock/clock").json["stopped"] is False
        assert app.has_private_pages
        assert ask(app, "/first/_mock/clock", client="192.0.2.7").json["error"] == "no-control"


@pytest.mark.parametrize("path", ["/kws", "/kws/"])
def test_a_mock_among_several_shows_its_console_at_its_name(path: str) -> None:
    with load("kws") as kws, load("kongregate") as kongregate:
        app = asgi_app({"kws": kws, "kongregate": kongregate})
        shown = ask(app, path, headers={**HOST, "accept": "text/html"})
        assert (shown.status, shown.headers["location"]) == (303, "/kws/_mock/console")


def test_names_that_cannot_be_served_are_refused(mock: Any) -> None:
    for name in ("", "a/b", "_mock", "health"):
        with pytest.raises(
            ValueError, match=f"a mock cannot be served under the name '{name}': give it another"
        ):
            asgi_app({"fine": mock, name: mock})
    with pytest.raises(TypeError, match="routes are for one mock: with several"):
        asgi_app({"fine": mock}, [])


def test_health_says_which_mocks_can_serve(mock: Any, caplog: pytest.LogCaptureFixture) -> None:
    app = asgi_app(mock)
    fine = ask(app, "/health")
    assert (fine.status, fine.json) == (200, {"status": "ok", "apis": {"one": "ok"}})
    assert fine.headers["cache-control"] == "no-store"
    assert ask(app, "/health", "HEAD").status == 200
    refused = ask(app, "/health", "POST")
    assert (refused.status, refused.headers["allow"]) == (405, "GET, HEAD")
    assert refused.json == {"error": "method-not-allowed", "message": "allowed here: GET, HEAD"}
    mock.behaviour.broken = KeyError("made-up-secret")
    lost = ask(app, "/health")
    assert (lost.status, lost.json) == (503, {"status": "unavailable", "apis": {"one": "unavailable"}})
    assert caplog.messages == ["one is unavailable: KeyError"]
    with mock_of(
        "own.yaml",
        {"/health": {"get": {"responses": {"200": {"content": {"text/plain": {"example": "own"}}}}}}},
    ) as own:
        assert ask(asgi_app(own), "/health").body == b"own"
        both = ask(asgi_app({"own": own, "one": mock}), "/health")
        assert (both.status, both.json["apis"]) == (503, {"own": "ok", "one": "unavailable"})


def test_a_problem_of_a_page_is_refused_like_that_of_an_operation(mock: Any) -> None:
    mock.behaviour.broken = Problem(503, "unavailable", "made up", headers={"retry-after": "1"})
    refused = ask(asgi_app(mock), "/page")
    assert (refused.status, refused.json["error"], refused.headers["retry-after"]) == (
        503,
        "unavailable",
        "1",
    )
    assert refused.headers["content-type"] == "application/json"


def test_a_web_socket_is_closed_and_a_start_and_end_confirmed(mock: Any) -> None:
    closed = [{"type": "websocket.close"}]
    for app in (asgi_app(mock), asgi_app({"a": mock})):
        for path in ("/it", "/a/it", "/nothing", "/health"):
            assert ask(app, path, kind="websocket").sent == closed
        assert ask(asgi_app(mock, control=False), "/_mock/clock", kind="websocket").sent == closed

        async def start(app: Any = app) -> list[Any]:
            sent: list[Any] = []
            messages = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

            async def receive() -> Any:
                return messages.pop(0)

            async def send(message: Any) -> None:
                sent.append(message)

            await app({"type": "lifespan"}, receive, send)
            return sent

        told = ["lifespan.startup.complete", "lifespan.shutdown.complete"]
        assert [each["type"] for each in asyncio.run(start())] == told


# ---- Who may control

BASIC = "Basic " + base64.b64encode(f"anyone:{TOKEN}".encode()).decode()
AWAY = {"client": "192.0.2.7"}
FREE: dict[str, Any] = {}
# How control is served, whence it is asked with which headers, and the status with the kind of the refusal.
ACCESS: list[tuple[dict[str, Any], dict[str, Any], dict[str, str], int, str]] = [
    (FREE, FREE, HOST, 200, ""),
    (FREE, FREE, {}, 200, ""),
    (FREE, {"client": "::1"}, {"host": "[::1]:80"}, 200, ""),
    (FREE, FREE, {"host": "evil.example"}, 421, "unknown-host"),
    ({"allowed_hosts": ["Mock.Example."]}, FREE, {"host": "mock.example:80"}, 200, ""),
    (FREE, AWAY, HOST, 404, "no-control"),
    (FREE, {"client": None}, HOST, 404, "no-control"),
    ({"control": True}, AWAY, {"host": "evil.example"}, 200, ""),
    ({"control": False}, FREE, HOST, 404, "no-control"),
    ({"control": False}, AWAY, HOST, 404, "no-control"),
    (
        {"control": False, "token": TOKEN},
        FREE,
        {**HOST, "authorization": f"Bearer {TOKEN}"},
        404,
        "no-control",
    ),
    ({"token": TOKEN}, FREE, HOST, 401, "unauthenticated"),
    ({"token": TOKEN}, AWAY, HOST, 401, "unauthenticated"),
    ({"token": TOKEN}, AWAY, {"authorization": f"Bearer {TOKEN}"}, 200, ""),
    ({"token": TOKEN}, AWAY, {"authorization": f"bearer  {TOKEN} "}, 200, ""),
    ({"token": TOKEN}, AWAY, {"authorization": f"Bearer {TOKEN}x"}, 401, "unauthenticated"),
    ({"token": TOKEN}, AWAY, {"authorization": BASIC}, 200, ""),
    ({"token": TOKEN}, AWAY, {"authorization": BASIC.replace("Basic", "BASIC")}, 200, ""),
    ({"token": TOKEN}, AWAY, {"authorization": "Basic ä"}, 401, "unauthenticated"),
    ({"token": TOKEN}, AWAY, {"authorization": "Basic YQ"}, 401, "unauthenticated"),
    ({"token": TOKEN, "control": True}, AWAY, HOST, 401, "unauthenticated"),
]


@pytest.mark.parametrize(("how", "whence", "headers", "status", "kind"), ACCESS)
def test_who_may_control_a_mock_is_as_it_was_served(
    mock: Any, how: Any, whence: Any, headers: Any, status: int, kind: str
) -> None:
    found = ask(asgi_app(mock, **how), "/_mock/clock", headers=headers, **whence)
    assert found.status == status
    if status != 200:
        assert found.json["error"] == kind
        assert found.headers["connection"] == "close"
        assert ("www-authenticate" in found.headers) == (status == 401)


def test_a_refusal_says_how_to_be_let_in(mock: Any) -> None:
    how = "start it with --control-token, or set OPENAPI_MOCK_CONTROL_TOKEN"
    for settings, whence, told in (
        ({"control": False}, FREE, f"nothing controls this mock: {how}"),
        ({"control": False}, AWAY, f"nothing controls this mock from another machine: {how}"),
        (FREE, AWAY, f"nothing controls this mock from another machine: {how}"),
        ({"token": TOKEN}, FREE, "the control token is required: send it as Authorization: Bearer …"),
    ):
        assert ask(asgi_app(mock, **settings), "/_mock", **whence).json["message"] == told  # type: ignore[arg-type]
    refused = ask(asgi_app(mock, token=TOKEN), "/_mock/clock")
    assert refused.headers["www-authenticate"] == 'Basic realm="mock", charset="UTF-8"'


@pytest.mark.parametrize(
    ("headers", "is_let_in"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "none", "origin": "http://evil.example"}, True),
        ({"origin": "http://LOCALHOST:8000"}, True),
        ({"origin": "http://localhost:8001"}, False),
        ({"origin": "null"}, False),
        ({}, True),
    ],
)
def test_pages_of_other_websites_change_nothing(mock: Any, headers: dict[str, str], is_let_in: bool) -> None:
    for settings in (FREE, {"control": True}):
        app = asgi_app(mock, **settings)
        changed = ask(app, "/_mock/reset", "POST", {**HOST, **headers})
        assert changed.status == (204 if is_let_in else 403)
        if not is_let_in:
            assert changed.json["error"] == "foreign-website"
            assert changed.json["message"] == "pages of other websites do not control this mock"
        for method in ("GET", "HEAD", "OPTIONS"):
            assert ask(app, "/_mock/clock", method, {**HOST, **headers}).status != 403


def test_a_private_page_is_for_this_machine_or_whoever_controls(mock: Any) -> None:
    for settings, whence, headers, status in (
        (FREE, FREE, HOST, 200),
        ({"control": False}, FREE, HOST, 200),
        ({"token": TOKEN}, FREE, HOST, 200),
        ({"token": TOKEN}, FREE, {"host": "evil.example"}, 401),
        (FREE, FREE, {"host": "evil.example"}, 421),
        (FREE, AWAY, HOST, 404),
        ({"control": True}, AWAY, HOST, 200),
        ({"token": TOKEN}, AWAY, {"authorization": BASIC}, 200),
        ({"token": TOKEN}, AWAY, HOST, 401),
    ):
        assert ask(asgi_app(mock, **settings), "/private", "GET", headers, **whence).status == status  # type: ignore[arg-type]
    assert ask(asgi_app(mock), "/page", headers={"host": "evil.example"}, client="192.0.2.7").status == 200


@pytest.mark.parametrize(
    ("name", "is_own"),
    [
        ("localhost", True),
        ("a.LOCALHOST.", True),
        ("127.1.2.3", True),
        ("[::1]", True),
        ("192.0.2.7", False),
        ("localhost.example", False),
        ("mylocalhost", False),
        ("", False),
    ],
)
def test_a_loopback_name_is_this_machines_own(name: str, is_own: bool) -> None:
    assert is_loopback(name) is is_own


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST.:80", 200),
        ("mock.example", 200),
        ("other.example:1", 200),
        ("mock.example:x", 421),
        ("mock.example/a", 421),
        ("a@mock.example", 421),
        ("mock.example?a", 421),
        ("mock.example#a", 421),
        ("", 421),
        ("evil.example", 421),
        ("[::1", 421),
    ],
)
def test_a_host_is_one_of_the_names_of_a_server(mock: Any, host: str, status: int) -> None:
    app = guard_host(asgi_app(mock), "mock.example", ["Other.Example."])
    for _ in range(2):
        found = ask(app, "/it", headers={"host": host})
        assert found.status == status
    if status == 421:
        told = "this host is not served here: use localhost, or name it with --allowed-host"
        assert found.json == {"error": "unknown-host", "message": told}
    assert ask(app, "/it", headers={}).status == 200
    twice = ask(app, "/it", headers=[("host", "localhost"), ("host", host)])
    assert (twice.status, twice.json["message"]) == (400, "a request has one Host")
    assert ask(app, "/it", kind="websocket", headers={"host": host}).sent == [{"type": "websocket.close"}]


def test_only_a_server_of_this_machine_or_with_names_looks_at_hosts(mock: Any) -> None:
    app = asgi_app(mock)
    evil = {"host": "evil.example"}
    assert guard_host(app, "0.0.0.0") is app  # noqa: S104  # nothing listens here
    assert ask(guard_host(app, "127.0.0.1"), "/it", headers=evil).status == 421
    assert ask(guard_host(app, "0.0.0.0", ["a.example"]), "/it", headers=evil).status == 421  # noqa: S104


def test_websites_that_are_allowed_may_call_operations_but_never_what_is_private(mock: Any) -> None:
    app = asgi_app(mock)
    shared = cross_origin(app, ["https://site.example"], app.is_control)
    origin = {**HOST, "origin": "https://site.example"}
    found = ask(shared, "/it", headers=origin).headers
    assert found["access-control-allow-origin"] == "https://site.example"
    assert found["access-control-expose-headers"] == "*"
    assert "access-control-allow-origin" not in ask(shared, "/_mock/clock", headers=origin).headers
    assert (
        "access-control-allow-origin"
        not in ask(shared, "/it", headers={**origin, "origin": "https://o.example"}).headers
    )
    asks = {**origin, "access-control-request-method": "DELETE", "access-control-request-headers": "x-any"}
    before = ask(shared, "/it", "OPTIONS", asks)
    assert (before.status, before.headers["access-control-allow-headers"]) == (200, "x-any")
    assert "DELETE" in before.headers["access-control-allow-methods"]


# ---- Reading


def test_a_body_is_read_piece_by_piece_up_to_the_limit() -> None:
    with mock_of(max_body_size=10) as mock:
        app = asgi_app(mock)
        for chunks, announced, status in (
            ((b"12345", b"67890"), None, 200),
            ((b"12345", b"678901"), None, 413),
            ((b"12345678901",), None, 413),
            ((b"1",), "10", 200),
            ((b"1",), "11", 413),
            ((b"1",), "0" * 19, 413),
            ((b"1",), "0" * 18, 200),
            ((b"1",), "x", 200),
            ((b"1",), "²", 200),
            ((b"", b"", b"1"), None, 200),
        ):
            headers = HOST | ({"content-length": announced} if announced else {})
            found = ask(app, "/it", "POST", headers, chunks=chunks)
            assert found.status == status
            if status == 413:
                assert found.headers["connection"] == "close"
                assert found.json["message"] == "a body may have 10 bytes at most"
                assert mock.journal.last.kind == "payload-too-large"
                assert (mock.journal.last.request.body, mock.journal.last.status) == (b"", 413)
            else:
                assert mock.journal.last.request.body == b"".join(chunks)
        count = len(mock.journal)
        assert ask(app, "/it", "POST", chunks=()).sent == []
        assert len(mock.journal) == count
        assert mock.handle(Request("POST", "/it", {}, b"x" * 11)).status == 413
        assert mock.handle(Request("POST", "/it", {}, b"x" * 10)).status == 200


def test_a_hundred_headers_are_read_and_those_of_a_name_are_joined(mock: Any) -> None:
    app = asgi_app(mock)
    several = [("X-A", "1"), ("x-a", "ä"), ("cookie", "a=b"), ("Cookie", "c=d")]
    assert ask(app, "/it", headers=several).status == 200
    assert mock.behaviour.seen.headers == {"x-a": "1, ä", "cookie": "a=b; c=d"}
    assert ask(app, "/it", headers=[("x-a", "1")] * 100).status == 200
    refused = ask(app, "/it", headers=[("x-a", "1")] * 101)
    assert (refused.status, refused.json["error"]) == (431, "too-many-headers")
    assert refused.json["message"] == "a request may have 100 headers at most"
    assert refused.headers["connection"] == "close"


def test_a_mock_that_waits_for_its_turn_lets_other_requests_pass(mock: Any) -> None:
    held, passed = threading.Event(), threading.Event()
    found: list[bool] = []

    def hold() -> None:
        with mock.turn:
            held.set()
            found.append(passed.wait(5))

    app = asgi_app(mock)

    async def pass_by(scope: Any, receive: Any, send: Any) -> None:
        asyncio.get_running_loop().call_later(0.02, passed.set)
        await app(scope, receive, send)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(5)
    assert ask(pass_by, "/it").status == 200
    thread.join(5)
    assert found == [True]
    with mock.turn:
        assert ask(app, "/it").status == 200


# ---- Sending


@pytest.mark.parametrize(
    ("delivery", "pieces", "end", "waits"),
    [
        (None, [b"abcdef"], None, []),
        (Delivery(delay_s=0.5), [b"abcdef", b""], None, [0.5, 0]),
        (Delivery(drip_s=0.1), [b"a", b"b", b"c", b"d", b"e", b"f", b""], None, [0, *[0.1] * 6]),
        (Delivery(delay_s=1, cut=2), [b"ab"], "close", [1, 0]),
        (Delivery(cut=0), [], "close", [0]),
        (Delivery(delay_s=2, cut=-1), None, "abort", [2]),
    ],
)
def test_a_response_is_delivered_as_its_fault_says(
    monkeypatch: pytest.MonkeyPatch, delivery: Any, pieces: Any, end: Any, waits: list[float]
) -> None:
    ended: list[str] = []
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    # For that module alone: a server in another thread sleeps as well.
    monkeypatch.setattr(asgi, "asyncio", SimpleNamespace(**{**vars(asyncio), "sleep": sleep}))
    extensions = {ABORT: {"abort": lambda: ended.append("abort"), "close": lambda: ended.append("close")}}
    response = Response(201, b"abcdef", {"x-a": "1"}, "a/b", delivery)

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        await asgi.write(response, scope, send, ((b"x-b", b"2"),))

    found = ask(app, "/", extensions=extensions)
    assert waited == waits
    assert ended == ([end] if end else [])
    if pieces is None:
        assert found.sent == []
        return
    assert found.headers == {"x-a": "1", "content-type": "a/b", "content-length": "6", "x-b": "2"}
    assert found.status == 201
    bodies = [(each["type"], each["body"], each.get("more_body", False)) for each in found.sent[1:]]
    more = delivery is not None
    last = [False] if delivery and delivery.cut is None else []
    wanted = [more] * (len(pieces) - len(last)) + last
    assert bodies == [
        ("http.response.body", piece, goes_on) for piece, goes_on in zip(pieces, wanted, strict=True)
    ]


def test_another_server_cannot_cut_a_connection() -> None:
    async def app(scope: Any, _receive: Any, send: Any) -> None:
        await asgi.write(Response(200, delivery=Delivery(cut=-1)), scope, send)

    told = "this fault needs the mock's own server, which can cut a connection"
    for extensions in ({}, None, {ABORT: {}}):
        with pytest.raises(ConnectionAbortedError, match=told):
            ask(app, "/", extensions=extensions)
