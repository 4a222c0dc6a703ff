# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""How requests reach the server: base URL, credentials, and the httpx clients underneath."""

from __future__ import annotations

import inspect
import ssl
import threading
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, TypeVar

import httpx
from attrs import define, evolve, field

from .errors import ConfigurationError, InvalidArgument, MissingArgument
from .types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from .operation import Operation

T = TypeVar("T")
Http = TypeVar("Http", httpx.Client, httpx.AsyncClient)

_FIRST_USE: Final = threading.Lock()
_HTTPX_ARGS: Final = frozenset(inspect.signature(httpx.Client).parameters)


class Supplier(Protocol):
    """Gives values for arguments that a caller leaves out, such as an identifier that its token carries."""

    def supply(self, name: str, operation: Operation[Any, Any]) -> Any:
        """The value called `name`; UNSET if there is none."""
        ...

    async def supply_async(self, name: str, operation: Operation[Any, Any]) -> Any:
        """The same, awaited."""
        ...


def _without_credentials(url: str) -> str:
    scheme, separator, place = url.partition("://")
    authority, slash, path = place.partition("/")
    return f"{scheme}{separator}{authority.rpartition('@')[2]}{slash}{path.partition('?')[0]}"


def _check_httpx_args(_client: object, _attribute: object, arguments: Mapping[str, Any]) -> None:
    if not hasattr(arguments, "keys"):
        raise ConfigurationError(f"httpx_args: expected a mapping, got {type(arguments).__name__}")
    for name in ("auth", "base_url"):
        if name in arguments:
            raise ConfigurationError(f"httpx_args: {name} is an argument of the client itself")
    if unknown := arguments.keys() - _HTTPX_ARGS:
        raise ConfigurationError(f"httpx_args: httpx.Client takes no {', '.join(sorted(map(str, unknown)))}")


def _check_timeout(_client: object, _attribute: object, timeout: httpx.Timeout | float | None) -> None:
    given: object = timeout
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        if not 0 < given < float("inf"):
            raise ConfigurationError(f"timeout: {given} seconds are not a time to wait; None waits for ever")
    elif given is not None and not isinstance(given, httpx.Timeout):
        raise ConfigurationError(
            f"timeout: expected seconds as a number, an httpx.Timeout or None, got {type(given).__name__}"
        )


# What httpx says of these would show the whole value.


def _check_headers(_client: object, _attribute: object, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        _check_header(value, f"headers[{name!r}]")


def _check_cookies(_client: object, _attribute: object, cookies: Mapping[str, str]) -> None:
    for name, value in cookies.items():
        _check_header(value, f"cookies[{name!r}]", cookie=True)


def _check_token(_client: object, _attribute: object, token: str) -> None:
    _check_header(token, "token")


def _check_header(value: object, place: str, *, cookie: bool = False) -> None:
    if not isinstance(value, str):
        raise ConfigurationError(f"{place}: expected a string, got {type(value).__name__}")
    # Not with the package, whose import stays quick.
    from .wire import header

    try:
        header(value, place, cookie=cookie)
    except InvalidArgument as error:
        raise ConfigurationError(str(error)) from None


@define(eq=False)
class _Connections:
    """The httpx clients underneath, each made on first use, and not once they are closed."""

    blocking: httpx.Client | None = None
    awaited: httpx.AsyncClient | None = None
    blocking_closed: bool = False
    awaited_closed: bool = False


@define(eq=False, repr=False)
class Client:
    """Where calls go, and how.

    It serves synchronous and asynchronous calls, each with a connection pool of its own that opens on first use.
    Use it as a context manager (`with` or `async with`), or call `close()` or `aclose()`.

    Args:
        base_url: Root of the API; the paths of operations are appended to it.
        auth: Authorises each request; the operation is in its `request.extensions["operation"]`.
        supplier: Gives values for arguments that a façade call leaves out.
        headers: Sent with every request.
        cookies: Sent with every request.
        timeout: For connecting, sending, receiving and waiting for a connection each; a number means seconds.
        verify_ssl: False, or an SSL context, to change how the server's certificate is checked.
        follow_redirects: Whether a redirect is followed; otherwise it is an unexpected status.
        httpx_args: Further arguments of `httpx.Client` and `httpx.AsyncClient`. Proxies of the environment are
            used with https only, unless `trust_env` is among these.

    Raises:
        ConfigurationError: `timeout` is no time; `httpx_args` has `auth` or `base_url`; or no header can carry a
            value, which it does not show.
    """

    _base_url: str = field(alias="base_url")
    _auth: httpx.Auth | None = field(default=None, kw_only=True, alias="auth")
    supplier: Supplier | None = field(default=None, kw_only=True)
    _headers: Mapping[str, str] = field(
        factory=dict[str, str], kw_only=True, alias="headers", validator=_check_headers
    )
    _cookies: Mapping[str, str] = field(
        factory=dict[str, str], kw_only=True, alias="cookies", validator=_check_cookies
    )
    _timeout: httpx.Timeout | float | None = field(
        default=30.0, kw_only=True, alias="timeout", validator=_check_timeout
    )
    _verify_ssl: bool | ssl.SSLContext = field(default=True, kw_only=True, alias="verify_ssl")
    _follow_redirects: bool = field(default=False, kw_only=True, alias="follow_redirects")
    _httpx_args: Mapping[str, Any] = field(
        factory=dict[str, Any], kw_only=True, alias="httpx_args", validator=_check_httpx_args
    )
    _connections: _Connections = field(factory=_Connections, init=False)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({_without_credentials(self._base_url)!r})"

    @property
    def base_url(self) -> str:
        """Root of the API."""
        return self._base_url

    @property
    def auth(self) -> httpx.Auth | None:
        """What authorises each request."""
        return self._auth

    def with_auth(self, auth: httpx.Auth | None, supplier: Supplier | None = None) -> Self:
        """A client with other credentials over the same connections; closing either one closes them."""
        client = evolve(self, auth=auth, supplier=supplier)
        client._connections = self._connections
        return client

    def with_headers(self, headers: Mapping[str, str]) -> Self:
        """A client of its own that sends further headers."""
        return evolve(self, headers={**self._headers, **headers})

    def with_cookies(self, cookies: Mapping[str, str]) -> Self:
        """A client of its own that sends further cookies."""
        return evolve(self, cookies={**self._cookies, **cookies})

    def with_timeout(self, timeout: httpx.Timeout | float | None) -> Self:
        """A client of its own that waits for another time."""
        return evolve(self, timeout=timeout)

    def supply(
        self,
        value: T | Unset,
        name: str,
        operation: Operation[Any, Any],
        argument: str,
        *,
        optional: bool = False,
    ) -> T:
        """The value of an argument, or the client's own value called `name` where it was left out.

        Raises:
            MissingArgument: There is none, and the operation needs one.
        """
        if not isinstance(value, Unset):
            return value
        own = UNSET if self.supplier is None else self.supplier.supply(name, operation)
        supplied: T = _supplied(own, name, operation, argument, optional=optional)
        return supplied

    async def supply_async(
        self,
        value: T | Unset,
        name: str,
        operation: Operation[Any, Any],
        argument: str,
        *,
        optional: bool = False,
    ) -> T:
        """The same as `supply`, awaited."""
        if not isinstance(value, Unset):
            return value
        own = UNSET if self.supplier is None else await self.supplier.supply_async(name, operation)
        supplied: T = _supplied(own, name, operation, argument, optional=optional)
        return supplied

    def _arguments(self) -> dict[str, Any]:
        return {
            "base_url": self._base_url,
            "headers": self._all_headers(),
            "cookies": dict(self._cookies),
            "timeout": self._timeout,
            "verify": self._verify_ssl,
            "follow_redirects": self._follow_redirects,
            # A proxy of the environment would get what http carries in the clear.
            "trust_env": not self._base_url.lower().startswith("http:"),
            **self._httpx_args,
        }

    def _all_headers(self) -> Mapping[str, str]:
        return self._headers

    def get_httpx_client(self) -> httpx.Client:
        """The httpx client of synchronous calls, made on first use."""
        if self._connections.blocking is None:
            with _FIRST_USE:
                # Another thread may have been first.
                if self._connections.blocking is None:
                    _check_open(closed=self._connections.blocking_closed)
                    self._connections.blocking = httpx.Client(**self._arguments())
        return self._connections.blocking

    def set_httpx_client(self, client: httpx.Client) -> Self:
        """Send synchronous calls through another httpx client; of this client's own settings only `auth` still counts."""
        self._connections.blocking = client
        return self

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """The httpx client of asynchronous calls, made on first use."""
        if self._connections.awaited is None:
            _check_open(closed=self._connections.awaited_closed)
            self._connections.awaited = httpx.AsyncClient(**self._arguments())
        return self._connections.awaited

    def set_async_httpx_client(self, client: httpx.AsyncClient) -> Self:
        """Send asynchronous calls through another httpx client; of this client's own settings only `auth` still counts."""
        self._connections.awaited = client
        return self

    def close(self) -> None:
        """Close the connections of synchronous calls."""
        with _FIRST_USE:
            self._connections.blocking_closed = True
            http = self._connections.blocking
        if http is not None:
            http.close()

    async def aclose(self) -> None:
        """Close the connections of asynchronous calls."""
        self._connections.awaited_closed = True
        if self._connections.awaited is not None:
            await self._connections.awaited.aclose()

    def __enter__(self) -> Self:
        _checked_open(self.get_httpx_client()).__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.get_httpx_client().__exit__(kind, error, trace)

    async def __aenter__(self) -> Self:
        await _checked_open(self.get_async_httpx_client()).__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.get_async_httpx_client().__aexit__(kind, error, trace)


@define(eq=False, repr=False)
class AuthenticatedClient(Client):
    """A client that sends one token with every request.

    Args:
        token: The token.
        prefix: What stands before it in the header; nothing if empty.
        auth_header_name: The header that carries it.
    """

    _token: str = field(kw_only=True, alias="token", validator=_check_token)
    prefix: str = field(default="Bearer", kw_only=True)
    auth_header_name: str = field(default="Authorization", kw_only=True)

    def _all_headers(self) -> Mapping[str, str]:
        value = f"{self.prefix} {self._token}" if self.prefix else self._token
        return {**self._headers, self.auth_header_name: value}


def _checked_open(http: Http) -> Http:
    _check_open(closed=http.is_closed)
    return http


def _check_open(*, closed: bool) -> None:
    if closed:
        raise ConfigurationError("the client is closed: make a new one")


def _supplied(value: Any, name: str, operation: Operation[Any, Any], argument: str, *, optional: bool) -> Any:
    if optional or not isinstance(value, Unset):
        return value
    advice = f"pass {argument}=…, or use a client that has a value for {name} of its own"
    raise operation.complaint(MissingArgument, f" needs {argument}: {advice}")
