"""Which transport a client has, and what it refuses to be."""

from __future__ import annotations

import ssl
import sys
import time
from collections.abc import Iterator
from typing import Any, Final

import httpx
import pytest
from example_api import URL, Caller
from scripted_server import Connection, ScriptedServer

from openapi_runtime import Client
from openapi_runtime import connections as of_clients
from openapi_runtime.bodies import json_body
from openapi_runtime.connections import ConnectionSettings
from openapi_runtime.decoding import anything
from openapi_runtime.errors import ConfigurationError, ConnectionFailed, TimedOut
from openapi_runtime.operation import Operation

FAST: Final = "openapi_runtime.transports.fast"
READ: Operation[Any, Any] = Operation(
    id="read", method="GET", path="/things", success={200: json_body(anything)}
)


def test_settings_show_nothing_of_what_they_hold() -> None:
    settings = ConnectionSettings(
        base_url=URL,
        headers={"X-Key": "made-up-secret"},
        timeout=1.0,
        verify_ssl=True,
        follow_redirects=False,
        user_agent=None,
        transport="httpx",
        httpx_args={},
    )
    assert repr(settings) == "ConnectionSettings(…)"


@pytest.mark.parametrize("transport", ["", "requests", None, 7, ["httpx"]])
def test_a_transport_that_there_is_not_is_refused(transport: Any) -> None:
    with pytest.raises(ConfigurationError, match=r'^transport has to be "httpx" or "fast"$'):
        Client(URL, transport=transport)


# ---- the fast one


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"httpx_args": {"proxy": "http://127.0.0.1:1"}}, 'httpx_args: proxy needs transport="httpx"'),
        ({"httpx_args": {"cookies": None, "timeout": 1}}, 'httpx_args: cookies needs transport="httpx"'),
        ({"verify_ssl": ssl.create_default_context()}, 'verify_ssl: an SSL context needs transport="httpx"'),
    ],
)
def test_what_the_fast_transport_cannot_do_is_refused_when_the_client_is_made(
    settings: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Client(URL, transport="fast", **settings)
    assert str(caught.value) == message


def test_the_fast_transport_asks_for_what_it_needs(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, FAST, raising=False)
    monkeypatch.setitem(sys.modules, "pyreqwest", None)
    client = Client(URL, transport="fast")
    with pytest.raises(ConfigurationError, match=r'^transport="fast" needs pyreqwest: install it, or use'):
        caller.call(READ, client, READ.request())


def test_another_module_that_is_missing_is_not_mistaken_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str, package: str | None = None) -> Any:
        raise ModuleNotFoundError(f"no {name} of {package}", name="another")

    monkeypatch.setattr(of_clients, "import_module", missing)
    with pytest.raises(ModuleNotFoundError):
        READ.call(Client(URL, transport="fast"), READ.request())


def ok(connection: Connection, number: int) -> None:
    if number == 1:
        connection.respond(b"", "302 Found", "Location: /moved")
    else:
        connection.respond(b"7")


@pytest.mark.parametrize(
    "settings",
    [
        {"timeout": None},
        {"timeout": 20.0},
        {"timeout": httpx.Timeout(20.0, connect=None, read=None, pool=None)},
        {"httpx_args": {"timeout": httpx.Timeout(None, read=20.0)}},
        {"httpx_args": {"limits": httpx.Limits(), "trust_env": True}},
        {"httpx_args": {"limits": httpx.Limits(max_connections=1, max_keepalive_connections=1)}},
        {"verify_ssl": False},
    ],
)
def test_the_fast_transport_takes_settings(caller: Caller, settings: dict[str, Any]) -> None:
    with ScriptedServer(ok).serving() as server:
        client = Client(server.url, max_retries=0, transport="fast", follow_redirects=True, **settings)
        assert caller.call(READ, client, READ.request()) == 7
        caller.close(client)
    assert [each.split(b" ")[1] for each in server.heads] == [b"/things", b"/moved"]


# ---- that of httpx


def test_an_argument_that_needs_a_package_that_is_not_there_is_refused_by_name(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "h2", None)
    client = Client(URL, httpx_args={"http2": True})
    with pytest.raises(ConfigurationError, match=r"^httpx_args: .*'h2' package"):
        caller.call(READ, client, READ.request())


def test_an_argument_that_httpx_does_not_take_is_refused(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openapi_runtime.settings._TAKES_ANY", True)
    client = Client(URL, httpx_args={"colour": "red"})
    with pytest.raises(ConfigurationError, match=r"^httpx_args: .*colour"):
        caller.call(READ, client, READ.request())


@pytest.mark.parametrize("client", [None, object(), "httpx"])
def test_what_is_no_client_of_httpx_is_refused(client: Any) -> None:
    kind = type(client).__name__
    for use in (Client(URL).set_httpx_client, Client(URL).set_async_httpx_client):
        with pytest.raises(ConfigurationError, match=f"^expected a client of httpx or httpx2, got {kind}$"):
            use(client)


class Sync(httpx.BaseTransport):
    """Answers sync calls alone."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=1, request=request)


@pytest.mark.parametrize("transport", ["httpx", "fast"])
async def test_a_client_of_httpx_for_sync_calls_leaves_awaited_ones_as_they_were(transport: Any) -> None:
    with (
        ScriptedServer(lambda connection, _: connection.respond(b"2")).serving() as server,
        httpx.Client(transport=Sync(), base_url=server.url) as own,
    ):
        async with Client(server.url, transport=transport).set_httpx_client(own) as client:
            assert READ.call(client, READ.request()) == 1
            assert await READ.call_async(client, READ.request()) == 2
    assert len(server.heads) == 1


def test_an_error_of_a_hook_is_told_like_one_of_the_library(caller: Caller) -> None:
    def hook(_: httpx.Request) -> None:
        raise httpx.ConnectError("made-up reason")

    async def async_hook(_: httpx.Request) -> None:
        hook(_)

    client = Client(URL, max_retries=0).set_httpx_client(
        httpx.Client(base_url=URL, event_hooks={"request": [hook]})
    )
    client.set_async_httpx_client(httpx.AsyncClient(base_url=URL, event_hooks={"request": [async_hook]}))
    with pytest.raises(ConnectionFailed, match=r"no response \(ConnectError: made-up reason\)$") as caught:
        caller.call(READ, client, READ.request())
    assert isinstance(caught.value.__cause__, httpx.ConnectError)
    caller.close(client)


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "api.example", "https://"])
@pytest.mark.parametrize("settings", [{}, {"httpx_args": {"cookies": None}}])
def test_a_base_url_that_leads_nowhere_is_told_without_an_origin(
    caller: Caller, url: str, settings: dict[str, Any]
) -> None:
    client = Client(url, max_retries=0, **settings)
    with pytest.raises(ConnectionFailed, match=r"^read: GET /things: no response \(\w+"):
        caller.call(READ, client, READ.request())
    caller.close(client)


# ---- limits of time


@pytest.fixture
def slow() -> Iterator[str]:
    def script(connection: Connection, _: int) -> None:
        time.sleep(0.6)
        connection.respond(b"7")

    with ScriptedServer(script).serving() as server:
        yield server.url


@pytest.mark.parametrize("transport", ["httpx", "fast"])
def test_a_limit_of_a_call_may_be_longer_than_the_client_s(caller: Caller, slow: str, transport: Any) -> None:
    client = Client(slow, max_retries=0, transport=transport, timeout=0.2)
    with pytest.raises(TimedOut):
        caller.call(READ, client, READ.request())
    assert caller.call(READ, client.with_options(timeout=20.0), READ.request()) == 7
    caller.close(client)


@pytest.mark.parametrize("transport", ["httpx", "fast"])
@pytest.mark.parametrize("timeout", [20.0, None, httpx.Timeout(20.0), httpx.Timeout(None, pool=0.2)])
def test_a_limit_for_httpx_wins_over_the_client_s_own(
    caller: Caller, slow: str, transport: Any, timeout: Any
) -> None:
    client = Client(slow, max_retries=0, transport=transport, timeout=0.2, httpx_args={"timeout": timeout})
    assert caller.call(READ, client, READ.request()) == 7
    caller.close(client)


@pytest.mark.parametrize("transport", ["httpx", "fast"])
@pytest.mark.parametrize("limit", [0.2, httpx.Timeout(20.0, read=0.2)])
async def test_awaited_calls_keep_their_limit_where_sync_ones_go_through_another_client(
    slow: str, transport: Any, limit: Any
) -> None:
    with httpx.Client(transport=Sync(), base_url=slow) as own:
        client = Client(slow, max_retries=0, transport=transport, timeout=limit).set_httpx_client(own)
        with pytest.raises(TimedOut):
            await READ.call_async(client, READ.request())
        await client.aclose()
