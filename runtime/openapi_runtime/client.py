"""How requests reach the server: base URL, credentials, and the httpx clients underneath."""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from copy import copy
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, TypeVar

import httpx

from . import settings
from .errors import MissingArgument, UnusableClient
from .settings import check_header
from .types import UNSET, Unset

if TYPE_CHECKING:
    import ssl
    from types import TracebackType

    from .operation import Operation

T = TypeVar("T")

_FIRST_USE: Final = threading.Lock()


class Supplier(Protocol):
    """Gives values for arguments that a caller leaves out, such as an identifier that the token carries."""

    def supply(self, name: str, operation: Operation[Any, Any]) -> Any:
        """Return the value called `name`; UNSET if there is none."""
        ...

    async def supply_async(self, name: str, operation: Operation[Any, Any]) -> Any:
        """Return the value called `name`, as `supply` does."""
        ...


class _Connections:
    """The httpx clients underneath. Each is made on first use, and never once it is closed."""

    def __init__(self) -> None:
        self.sync: httpx.Client | None = None
        self.sync_closed = False
        self.asynchronous: httpx.AsyncClient | None = None
        self.asynchronous_closed = False
        self.event_loop: object = None


class Client:
    """Connections, credentials and settings of calls.

    It serves sync and async calls, each with a connection pool of its own that opens on first use. Async
    calls belong to one event loop. Use it as a context manager (`with` or `async with`), or call `close()` or
    `aclose()`.

    Args:
        base_url: Root of the API; the paths of operations are appended to it.
        auth: Authorises each request; the operation is in its `request.extensions["operation"]`.
        supplier: Gives values for arguments that a caller leaves out.
        headers: Sent with every request.
        timeout: Seconds for connecting, sending, receiving and waiting for a connection each, or an
            `httpx.Timeout`; None means no timeout.
        verify_ssl: False, or an SSL context, to change how the server's certificate is checked.
        follow_redirects: Whether a redirect is followed; otherwise it is an unexpected status.
        httpx_args: Further arguments of `httpx.Client` and `httpx.AsyncClient`. Proxies of the environment
            are used with https only, unless `trust_env` is given. Cookies are not kept, unless `cookies` is.

    Raises:
        ConfigurationError: A setting has a wrong type or value; the message does not show it.
    """

    def __init__(
        self,
        base_url: str,
        *,
        auth: httpx.Auth | None = None,
        supplier: Supplier | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: httpx.Timeout | float | None = 30.0,
        verify_ssl: bool | ssl.SSLContext = True,
        follow_redirects: bool = False,
        httpx_args: Mapping[str, Any] | None = None,
    ) -> None:
        self.base_url = base_url
        self.auth = auth
        self.supplier = supplier
        self._headers = _checked_headers(headers or {})
        settings.check_timeout(timeout)
        self._timeout = timeout
        self._verify_ssl = verify_ssl
        self._follow_redirects = follow_redirects
        self._httpx_args: Mapping[str, Any] = httpx_args if httpx_args is not None else {}
        settings.check_httpx_args(self._httpx_args)
        self._connections = _Connections()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({_without_secrets(self.base_url)!r})"

    def with_auth(self, auth: httpx.Auth | None, supplier: Supplier | None = None) -> Self:
        """Return a client with other credentials over the same connections; closing either closes them."""
        return self._changed(auth=auth, supplier=supplier)

    def with_headers(self, headers: Mapping[str, str]) -> Self:
        """Return a client that sends further headers, over connections of its own."""
        all_headers = _checked_headers({**self._headers, **headers})
        return self._changed(_headers=all_headers, _connections=_Connections())

    def with_timeout(self, timeout: httpx.Timeout | float | None) -> Self:
        """Return a client with another timeout, over connections of its own."""
        settings.check_timeout(timeout)
        return self._changed(_timeout=timeout, _connections=_Connections())

    def _changed(self, **attributes: object) -> Self:
        client = copy(self)
        vars(client).update(attributes)
        return client

    # ---- arguments that were left out

    def supply(
        self,
        value: T | Unset,
        name: str,
        operation: Operation[Any, Any],
        argument: str,
        *,
        optional: bool = False,
    ) -> T:
        """Return an argument, or the supplier's value called `name` where it was left out.

        Raises:
            MissingArgument: There is none, and the operation needs one.
        """
        if not isinstance(value, Unset):
            return value
        supplied = UNSET if self.supplier is None else self.supplier.supply(name, operation)
        found: T = _found(supplied, name, operation, argument, optional=optional)
        return found

    async def supply_async(
        self,
        value: T | Unset,
        name: str,
        operation: Operation[Any, Any],
        argument: str,
        *,
        optional: bool = False,
    ) -> T:
        """Return an argument or the supplier's value for it, as `supply` does."""
        if not isinstance(value, Unset):
            return value
        supplied = UNSET if self.supplier is None else await self.supplier.supply_async(name, operation)
        found: T = _found(supplied, name, operation, argument, optional=optional)
        return found

    # ---- connections

    def get_httpx_client(self) -> httpx.Client:
        """Return the httpx client of sync calls, which is made on first use.

        Raises:
            UnusableClient: It is closed.
        """
        connections = self._connections
        if connections.sync is None:
            with _FIRST_USE:
                # Another thread may have made it while this one waited.
                if connections.sync is None:
                    _check_open(closed=connections.sync_closed)
                    connections.sync = httpx.Client(**self._arguments())
        _check_open(closed=connections.sync.is_closed)
        return connections.sync

    def set_httpx_client(self, client: httpx.Client) -> Self:
        """Send sync calls through another httpx client; of the settings here only `auth` still applies."""
        self._connections.sync = client
        return self

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """Return the httpx client of async calls, which is made on first use.

        Raises:
            UnusableClient: It is closed, or belongs to another event loop.
        """
        connections = self._connections
        if connections.asynchronous is None:
            _check_open(closed=connections.asynchronous_closed)
            connections.asynchronous = httpx.AsyncClient(**self._arguments())
        _check_open(closed=connections.asynchronous.is_closed)
        _check_event_loop(connections)
        return connections.asynchronous

    def set_async_httpx_client(self, client: httpx.AsyncClient) -> Self:
        """Send async calls through another httpx client; of the settings here only `auth` still applies."""
        self._connections.asynchronous = client
        return self

    def _arguments(self) -> dict[str, Any]:
        return {
            "base_url": self.base_url,
            "headers": self._headers,
            # Users of one application share its connections: a cookie of one must not be sent for another.
            "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=())),
            "timeout": self._timeout,
            "verify": self._verify_ssl,
            "follow_redirects": self._follow_redirects,
            # A proxy of the environment would read what http carries.
            "trust_env": not self.base_url.lower().startswith("http:"),
            **self._httpx_args,
        }

    def close(self) -> None:
        """Close the connections of sync calls."""
        with _FIRST_USE:
            self._connections.sync_closed = True
            http = self._connections.sync
        if http is not None:
            http.close()

    async def aclose(self) -> None:
        """Close the connections of async calls."""
        self._connections.asynchronous_closed = True
        if self._connections.asynchronous is not None:
            await self._connections.asynchronous.aclose()

    def __enter__(self) -> Self:
        self.get_httpx_client()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        self.get_async_httpx_client()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


class AuthenticatedClient(Client):
    """A client that sends one token with every request.

    Args:
        base_url: Root of the API.
        token: The token.
        prefix: The text before it in the header, and a space; nothing if empty.
        auth_header_name: The header that carries it.
        **settings: The other arguments of `Client`.
    """

    def __init__(
        self,
        base_url: str,
        *,
        token: str,
        prefix: str = "Bearer",
        auth_header_name: str = "Authorization",
        **settings: Any,
    ) -> None:
        super().__init__(base_url, **settings)
        check_header("token", token)
        self._headers = {**self._headers, auth_header_name: f"{prefix} {token}" if prefix else token}


def _checked_headers(headers: Mapping[str, str]) -> Mapping[str, str]:
    for name, value in headers.items():
        settings.check_header(f"headers[{name!r}]", value)
    return headers


def _without_secrets(url: str) -> str:
    """Return scheme, host and path of a URL; an empty text where it is malformed."""
    try:
        return str(httpx.URL(url).copy_with(userinfo=b"", query=None, fragment=None))
    except httpx.InvalidURL:
        return ""


def _check_open(*, closed: bool) -> None:
    if closed:
        raise UnusableClient("the client is closed: make a new one")


def _check_event_loop(connections: _Connections) -> None:
    """Keep async calls to the loop of the first one: a connection of another loop would wait for ever."""
    loop = _running_loop()
    if connections.event_loop is None:
        connections.event_loop = loop
    elif connections.event_loop is not loop:
        raise UnusableClient("the client belongs to another event loop: make one client for each loop")


def _running_loop() -> object:
    # Whoever runs a loop of asyncio has imported it; an import of ours would slow down every program.
    asyncio = sys.modules.get("asyncio")
    try:
        return asyncio.get_running_loop() if asyncio else None
    except RuntimeError:
        return None


def _found(value: Any, name: str, operation: Operation[Any, Any], argument: str, *, optional: bool) -> Any:
    if optional or not isinstance(value, Unset):
        return value
    advice = f"pass {argument}=…, or use a client that has a value for {name} of its own"
    raise operation.error(MissingArgument, f" needs {argument}: {advice}")
