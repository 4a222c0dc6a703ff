from __future__ import annotations

import asyncio
import threading
import time
from contextlib import suppress
from typing import Any, cast

import httpx
import pytest
from example_api import GET_THING, LOG_IN, URL, Caller, Server, always, log_in

from openapi_runtime import UNSET, AuthenticatedClient, Client, Unset
from openapi_runtime.errors import ConfigurationError, MissingArgument, UnusableClient
from openapi_runtime.operation import Operation
from openapi_runtime.options import Options


class Values:
    """Supplies values by name, and remembers what it was asked for."""

    def __init__(self, **values: object) -> None:
        self.values = values
        self.asked: list[tuple[str, str]] = []

    def supply(self, name: str, operation: Operation[Any, Any], deadline: float | None = None) -> Any:
        self.asked.append((name, operation.id))
        return self.values.get(name, UNSET)

    async def supply_async(
        self, name: str, operation: Operation[Any, Any], deadline: float | None = None
    ) -> Any:
        return self.supply(name, operation, deadline)


# ---- settings


@pytest.mark.parametrize("value", ["made-up\r\nsecret", "made-up-sécret", "made-up-secret "])
def test_a_value_that_no_header_can_carry_is_refused_when_the_client_is_made(value: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^token: expected printable ASCII"):
        AuthenticatedClient(URL, token=value)
    with pytest.raises(ConfigurationError, match=r"^headers\['X-Key'\]: expected printable ASCII"):
        Client(URL, headers={"X-Key": value})
    with pytest.raises(ConfigurationError, match=r"^headers\['X-Key'\]: expected printable ASCII"):
        Client(URL).with_headers({"X-Key": value})


def test_a_setting_that_cannot_work_is_refused_when_the_client_is_made() -> None:
    with pytest.raises(ConfigurationError, match=r"^base_url: expected text, got NoneType$"):
        Client(cast("Any", None))
    with pytest.raises(ConfigurationError, match=r"^timeout: expected more than 0 seconds"):
        Client(URL, timeout=0)
    with pytest.raises(ConfigurationError, match=r"^timeout: expected more than 0 seconds"):
        Client(URL).with_timeout(-1)
    with pytest.raises(ConfigurationError, match=r"^on_attempt: expected a function, got int$"):
        Client(URL, on_attempt=cast("Any", 5))
    with pytest.raises(ConfigurationError, match=r"^httpx_args: auth is an argument of the client"):
        Client(URL, httpx_args={"auth": None})


def test_settings_are_those_of_the_connections() -> None:
    client = Client(URL, headers={"X-Key": "made-up"}, timeout=3.0, follow_redirects=True)
    for http in (client.get_httpx_client(), client.get_async_httpx_client()):
        assert http.base_url == f"{URL}/"
        assert http.headers["X-Key"] == "made-up"
        assert http.timeout == httpx.Timeout(3.0)
        assert http.follow_redirects


def test_further_arguments_of_httpx_win_over_the_client_s_own() -> None:
    http = Client(URL, httpx_args={"timeout": 7.0, "params": {"a": "1"}}).get_httpx_client()
    assert (http.timeout, http.params["a"]) == (httpx.Timeout(7.0), "1")


@pytest.mark.parametrize(
    ("url", "settings", "heeded"),
    [
        ("https://api.example", {}, True),
        ("http://127.0.0.1:8080", {}, False),
        ("HTTP://127.0.0.1:8080", {}, False),
        ("http://127.0.0.1:8080", {"trust_env": True}, True),
    ],
)
def test_a_proxy_of_the_environment_does_not_get_what_http_carries(
    url: str, settings: dict[str, Any], *, heeded: bool
) -> None:
    with Client(url, httpx_args=settings) as client:
        assert client.get_httpx_client().trust_env is heeded


def test_a_token_is_sent_with_every_request() -> None:
    sent = AuthenticatedClient(URL, token="made-up", headers={"a": "1"}).get_httpx_client().headers
    assert (sent["Authorization"], sent["a"]) == ("Bearer made-up", "1")
    plain = AuthenticatedClient(URL, token="made-up", prefix="", auth_header_name="X-Key")
    assert plain.get_httpx_client().headers["X-Key"] == "made-up"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://api.example/v1", "https://api.example/v1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://me:made-up-secret@api.example/v1?key=made-up-secret", "https://api.example/v1"),
        ("https://api.example?key=made-up-secret", "https://api.example"),
        ("https://api.example/v1#made-up-secret", "https://api.example/v1"),
        ("https://me:made-up?secret@api.example/v1", ""),
        ("https://me:made-up/secret@api.example/v1", ""),
    ],
)
def test_the_repr_shows_where_the_server_is_and_no_secret(url: str, shown: str) -> None:
    client = AuthenticatedClient(
        url,
        token="made-up-secret",
        headers={"X-Key": "made-up-secret"},
        auth=httpx.BasicAuth("me", "made-up-secret"),
        httpx_args={"params": {"key": "made-up-secret"}},
    )
    assert repr(client) == f"AuthenticatedClient({shown!r})"


# ---- changed clients


def test_a_changed_client_leaves_the_original_alone(caller: Caller) -> None:
    server = Server(always(json="x"))
    client = server.client(headers={"a": "1", "c": "3"})
    other = client.with_headers({"b": "2", "c": "4"}).with_timeout(3.0).with_options(Options(deadline=5.0))
    for each in (client, other):
        caller.call(LOG_IN, each, log_in())
    first, second = server.requests
    assert [first.headers.get(name) for name in "abc"] == ["1", None, "3"]
    assert [second.headers.get(name) for name in "abc"] == ["1", "2", "4"]
    limits = [each.extensions["timeout"]["read"] for each in (first, second)]
    assert limits == pytest.approx([30.0, 3.0], abs=1.0)
    assert (client.options.deadline, other.options.deadline) == (None, 5.0)


def test_a_changed_client_shares_connections_and_type() -> None:
    client = AuthenticatedClient(URL, token="made-up")
    other = client.with_headers({"b": "2"}).with_options(max_retries=0)
    assert isinstance(other, AuthenticatedClient)
    assert other.get_httpx_client() is client.get_httpx_client()


def test_clients_with_other_credentials_share_connections(caller: Caller) -> None:
    server = Server(always(json="x"))
    client = server.client()
    other = client.with_auth(httpx.BasicAuth("a", "made-up-secret"))
    assert other.get_httpx_client() is client.get_httpx_client()
    caller.call(LOG_IN, other, log_in())
    caller.call(LOG_IN, client, log_in())
    first, second = (request.headers.get("Authorization") for request in server.requests)
    assert first is not None
    assert first.startswith("Basic ")
    assert second is None
    other.close()
    with pytest.raises(UnusableClient):
        client.get_httpx_client()


# ---- arguments that were left out


def supplied(
    client: Client, value: object, name: str = "user", *, argument: str = "user", optional: bool = False
) -> object:
    found = client.supply(value, name, GET_THING, argument, optional=optional)
    awaited = client.supply_async(value, name, GET_THING, argument, optional=optional)
    assert asyncio.run(awaited) == found
    return found


def test_what_is_left_out_comes_from_the_supplier() -> None:
    values = Values(user=5)
    assert supplied(Client(URL, supplier=values), UNSET) == 5
    assert values.asked == [("user", "getThing")] * 2


@pytest.mark.parametrize("value", [0, "", None, False])
def test_what_is_given_is_not_asked_for(value: object) -> None:
    values = Values(user=5)
    assert supplied(Client(URL, supplier=values), value) == value
    assert values.asked == []


@pytest.mark.parametrize("supplier", [None, Values()])
async def test_what_nobody_has_is_missed_by_the_name_of_its_argument(supplier: Values | None) -> None:
    client = Client(URL, supplier=supplier)
    message = "getThing needs user_id: pass user_id=…, or use a client that has a value for user of its own"
    with pytest.raises(MissingArgument) as caught:
        client.supply(UNSET, "user", GET_THING, "user_id")
    assert str(caught.value) == message
    assert isinstance(caught.value, TypeError)
    with pytest.raises(MissingArgument) as awaited:
        await client.supply_async(UNSET, "user", GET_THING, "user_id")
    assert str(awaited.value) == message


def test_an_optional_argument_may_stay_out() -> None:
    for supplier in (None, Values()):
        assert isinstance(supplied(Client(URL, supplier=supplier), UNSET, optional=True), Unset)


def test_another_supplier_comes_with_other_credentials() -> None:
    client = Client(URL, supplier=Values(user=5))
    assert supplied(client.with_auth(None, Values(user=6)), UNSET) == 6
    assert supplied(client, UNSET) == 5


# ---- connections


def test_connections_are_made_once_and_on_first_use() -> None:
    client = Client(URL)
    assert client.get_httpx_client() is client.get_httpx_client()
    assert client.get_async_httpx_client() is client.get_async_httpx_client()


def test_the_first_use_makes_one_set_of_connections_however_many_threads_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Slow(httpx.Client):
        def __init__(self, **settings: Any) -> None:
            time.sleep(0.05)
            super().__init__(**settings)

    client = Client(URL)
    monkeypatch.setattr(httpx, "Client", Slow)
    found: list[httpx.Client] = []
    threads = [threading.Thread(target=lambda: found.append(client.get_httpx_client())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


async def test_httpx_clients_may_be_replaced() -> None:
    server = Server(always(json="x"))
    sync, asynchronous = (
        httpx.Client(base_url=URL, transport=server.transport()),
        httpx.AsyncClient(base_url=URL, transport=server.transport()),
    )
    client = Client("https://elsewhere.example").set_httpx_client(sync).set_async_httpx_client(asynchronous)
    assert LOG_IN.call(client, log_in()) == await LOG_IN.call_async(client, log_in()) == "x"
    assert len(server.requests) == 2
    await client.aclose()
    client.close()
    assert sync.is_closed
    assert asynchronous.is_closed


def test_no_cookie_is_kept_unless_the_caller_has_a_jar(caller: Caller) -> None:
    cookie = {"Set-Cookie": "session=made-up"}
    server = Server(always(json="x", headers=cookie))
    client = server.client()
    caller.call(LOG_IN, client, log_in())
    caller.call(LOG_IN, client, log_in())
    assert "Cookie" not in server.last.headers
    keeping = Client(URL, httpx_args={"transport": server.transport(), "cookies": httpx.Cookies()})
    caller.call(LOG_IN, keeping, log_in())
    caller.call(LOG_IN, keeping, log_in())
    assert server.last.headers["Cookie"] == "session=made-up"


# ---- closing


async def test_the_end_of_a_block_closes_the_connections() -> None:
    client = Client(URL)
    with client as same:
        sync = client.get_httpx_client()
        assert same is client
    async with client as same:
        asynchronous = client.get_async_httpx_client()
        assert same is client
    assert sync.is_closed
    assert asynchronous.is_closed
    client.close()
    await client.aclose()


async def test_a_client_may_be_used_before_its_block() -> None:
    server = Server(always(json="x"))
    client = server.client()
    LOG_IN.call(client, log_in())
    await LOG_IN.call_async(client, log_in())
    with client:
        LOG_IN.call(client, log_in())
    async with client:
        await LOG_IN.call_async(client, log_in())
    assert len(server.requests) == 4


@pytest.mark.parametrize("used", [True, False])
async def test_a_closed_client_cannot_be_used(used: bool) -> None:
    client = Client(URL)
    if used:
        client.get_httpx_client()
        client.get_async_httpx_client()
    client.close()
    await client.aclose()
    with pytest.raises(UnusableClient, match=r"^the client is closed: make a new one$"):
        client.get_httpx_client()
    with pytest.raises(UnusableClient, match=r"^the client is closed: make a new one$"):
        client.get_async_httpx_client()
    with pytest.raises(UnusableClient, match="closed"), client:
        pass
    with pytest.raises(UnusableClient, match="closed"):
        async with client:
            pass


def test_closing_waits_for_a_first_use_and_closes_what_it_made(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    class Slow(httpx.Client):
        def __init__(self, **settings: Any) -> None:
            begun.set()
            time.sleep(0.05)
            super().__init__(**settings)

    client = Client(URL)
    monkeypatch.setattr(httpx, "Client", Slow)
    made: list[httpx.Client] = []

    def use() -> None:
        # It is closed while it is made.
        with suppress(UnusableClient):
            made.append(client.get_httpx_client())

    thread = threading.Thread(target=use)
    thread.start()
    begun.wait(10)
    client.close()
    thread.join()
    assert all(http.is_closed for http in made)
    with pytest.raises(UnusableClient):
        client.get_httpx_client()


# ---- event loops


def test_async_calls_stay_in_the_event_loop_of_the_first_one() -> None:
    server = Server(always(json="x"))
    client = server.client()
    assert asyncio.run(LOG_IN.call_async(client, log_in())) == "x"
    with pytest.raises(UnusableClient, match=r"^logIn: .*another event loop: make one client for each loop$"):
        asyncio.run(LOG_IN.call_async(client, log_in()))
    assert len(server.requests) == 1


def test_connections_made_outside_any_event_loop_belong_to_the_first_one_that_calls() -> None:
    client = Server(always(json="x")).client()
    client.get_async_httpx_client()
    assert asyncio.run(LOG_IN.call_async(client, log_in())) == "x"
