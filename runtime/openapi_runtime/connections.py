"""The transports of a client: each is made on first use, and never once it is closed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, NamedTuple, TypeVar

import httpx

from .errors import ConfigurationError, UnusableClient
from .messages import joined_headers

if TYPE_CHECKING:
    import ssl
    from types import ModuleType

    from .messages import AsyncTransport, Transport
    from .transports.httpx_client import AsyncHttpxTransport, HttpxTransport
    from .transports.pool import Connecting

T = TypeVar("T")

_FIRST_USE: Final = threading.RLock()
_LIMITS: Final = httpx.Limits(max_connections=100, max_keepalive_connections=20)
# The arguments of httpx that a pool of connections understands as well.
_OF_POOL: Final = frozenset(("limits", "timeout", "trust_env"))


class ConnectionSettings(NamedTuple):
    """How connections are made. The attributes are those arguments of `Client`."""

    base_url: str
    headers: Mapping[str, str]
    timeout: httpx.Timeout | float | None
    verify_ssl: bool | ssl.SSLContext
    follow_redirects: bool
    user_agent: str | None
    transport: Literal["httpx", "fast"]
    httpx_args: Mapping[str, Any]

    def __repr__(self) -> str:
        # What it holds may be secret.
        return f"{type(self).__name__}(…)"

    def _headers(self) -> Mapping[str, str]:
        """Return the headers of every request."""
        from .version import user_agent  # noqa: PLC0415  # programs start faster without it

        return joined_headers({"User-Agent": user_agent(self.user_agent)}, self.headers)

    def check(self) -> None:
        """Refuse what the transport cannot do.

        Raises:
            ConfigurationError: It is refused.
        """
        if self.transport == "fast":
            if beyond := sorted(self.httpx_args.keys() - _OF_POOL):
                raise ConfigurationError(f'httpx_args: {beyond[0]} needs transport="httpx"')
            if not isinstance(self.verify_ssl, bool):
                raise ConfigurationError('verify_ssl: an SSL context needs transport="httpx"')

    def needs_httpx(self) -> bool:
        """Return whether something is asked for that only a client of httpx does."""
        if self.transport == "fast":
            return False
        return self.follow_redirects or not self.httpx_args.keys() <= _OF_POOL or self._has_proxy()

    def _has_proxy(self) -> bool:
        from urllib.request import getproxies  # noqa: PLC0415  # httpx has imported it

        return self._trusts_env() and any(getproxies().get(kind) for kind in ("http", "https", "all"))

    def _trusts_env(self) -> bool:
        # A proxy of the environment would read what http carries.
        return bool(self.httpx_args.get("trust_env", not self.base_url.lower().startswith("http:")))

    def make_httpx(self) -> HttpxTransport:
        """Return a transport that is a client of httpx."""
        from .transports.httpx_client import HttpxTransport, make_client  # noqa: PLC0415  # not always needed

        return HttpxTransport(make_client(httpx.Client, self._httpx_arguments()))

    def make_async_httpx(self) -> AsyncHttpxTransport:
        """Return a transport that is an async client of httpx."""
        from .transports.httpx_client import AsyncHttpxTransport, make_client  # noqa: PLC0415

        return AsyncHttpxTransport(make_client(httpx.AsyncClient, self._httpx_arguments()))

    def make_pool(self) -> Transport:
        """Return a transport that is a pool of connections."""
        if self.transport == "fast":
            fast = _fast()
            transport: Transport = fast.FastTransport(self.base_url, self._headers(), self._building(fast))
            return transport
        from .transports.pool import PoolTransport  # noqa: PLC0415  # programs start faster without it

        return PoolTransport(self.base_url, self._headers(), self._connecting())

    def make_async_pool(self) -> AsyncTransport:
        """Return a transport that is a pool of connections of one event loop."""
        if self.transport == "fast":
            fast = _fast()
            made: AsyncTransport = fast.AsyncFastTransport(
                self.base_url, self._headers(), self._building(fast)
            )
            return made
        from .transports.pool import AsyncPoolTransport  # noqa: PLC0415  # programs start faster without it

        return AsyncPoolTransport(self.base_url, self._headers(), self._connecting())

    def _building(self, fast: ModuleType) -> Any:
        return fast.Building(
            limits=self.httpx_args.get("limits", _LIMITS),
            timeout=self.httpx_args.get("timeout", self.timeout),
            verify=self.verify_ssl,
            follow_redirects=self.follow_redirects,
            trust_env=self._trusts_env(),
        )

    def _httpx_arguments(self) -> dict[str, Any]:
        return {
            "base_url": self.base_url,
            "headers": self._headers(),
            # Users of one application share its connections: a cookie of one must not be sent for another.
            "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=())),
            "timeout": self.timeout,
            "verify": self.verify_ssl,
            "follow_redirects": self.follow_redirects,
            "trust_env": self._trusts_env(),
            **self.httpx_args,
        }

    def _connecting(self) -> Connecting:
        from .transports.pool import Connecting  # noqa: PLC0415

        is_plain = self.base_url.lower().startswith("http:") and self.verify_ssl is True
        return Connecting(
            # Reading certificates takes long, and http needs none.
            ssl_context=None
            if is_plain
            else httpx.create_ssl_context(verify=self.verify_ssl, trust_env=self._trusts_env()),
            limits=self.httpx_args.get("limits", _LIMITS),
            timeout=self.httpx_args.get("timeout", self.timeout),
        )


def _fast() -> ModuleType:
    try:
        return import_module(".transports.fast", __package__)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "pyreqwest":
            raise
    raise ConfigurationError('transport="fast" needs pyreqwest: install it, or use transport="httpx"')


class _Lazy(Generic[T]):
    """Something that is made on first use, once."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: T | None = None

    @property
    def made(self) -> T | None:
        return self._made

    def get(self) -> T:
        if self._made is None:
            with _FIRST_USE:
                # Another thread may have made it while this one waited.
                if self._made is None:
                    self._made = self._make()
        return self._made

    def set(self, made: T) -> None:
        self._made = made


class Connections:
    """The transports of sync and async calls."""

    def __init__(self, settings: ConnectionSettings) -> None:
        self._pool = _Lazy(settings.make_pool)
        self._httpx = _Lazy(settings.make_httpx)
        self._async_pool = _Lazy(settings.make_async_pool)
        self._async_httpx = _Lazy(settings.make_async_httpx)
        self._needs_httpx = _Lazy(settings.needs_httpx)
        self._uses_httpx = False
        self._uses_async_httpx = False
        self._closed = False
        self._async_closed = False
        self._event_loop: object = None

    def transport(self, *, needs_httpx: bool) -> Transport:
        """Return the transport of sync calls.

        Args:
            needs_httpx: Whether it has to be a client of httpx.

        Raises:
            UnusableClient: It is closed.
        """
        if needs_httpx or self._uses_httpx or self._needs_httpx.get():
            return self.httpx()
        _check_open(closed=self._closed)
        return self._pool.get()

    def async_transport(self, *, needs_httpx: bool) -> AsyncTransport:
        """Return the transport of async calls, as `transport` does.

        Raises:
            UnusableClient: It is closed, or belongs to another event loop.
        """
        if needs_httpx or self._uses_async_httpx or self._needs_httpx.get():
            return self.async_httpx()
        _check_open(closed=self._async_closed)
        self._check_event_loop()
        return self._async_pool.get()

    def httpx(self) -> HttpxTransport:
        """Return the transport of sync calls, which is a client of httpx from now on."""
        _check_open(closed=self._closed)
        self._uses_httpx = True
        transport = self._httpx.get()
        _check_open(closed=transport.is_closed)
        return transport

    def async_httpx(self) -> AsyncHttpxTransport:
        """Return the transport of async calls, which is a client of httpx from now on."""
        _check_open(closed=self._async_closed)
        self._uses_async_httpx = True
        transport = self._async_httpx.get()
        _check_open(closed=transport.is_closed)
        self._check_event_loop()
        return transport

    def use(self, transport: HttpxTransport) -> None:
        """Send sync calls through a client of httpx that was made elsewhere."""
        self._httpx.set(transport)
        self._uses_httpx = True

    def use_async(self, transport: AsyncHttpxTransport) -> None:
        """Send async calls through a client of httpx that was made elsewhere."""
        self._async_httpx.set(transport)
        self._uses_async_httpx = True

    def close(self) -> None:
        """Close the connections of sync calls."""
        with _FIRST_USE:
            self._closed = True
        for each in (self._pool.made, self._httpx.made):
            if each is not None:
                each.close()

    async def aclose(self) -> None:
        """Close the connections of async calls."""
        self._async_closed = True
        for each in (self._async_pool.made, self._async_httpx.made):
            if each is not None:
                await each.aclose()

    def _check_event_loop(self) -> None:
        """Keep async calls to the loop of the first one: a connection of another loop would wait for ever."""
        loop = _running_loop()
        if self._event_loop is None:
            self._event_loop = loop
        elif self._event_loop is not loop:
            raise UnusableClient("the client belongs to another event loop: make one client for each loop")


def _check_open(*, closed: bool) -> None:
    if closed:
        raise UnusableClient("the client is closed: make a new one")


def _running_loop() -> object:
    # Whoever runs a loop of asyncio has imported it; an import of ours would slow down every program.
    asyncio = sys.modules.get("asyncio")
    try:
        return asyncio.get_running_loop() if asyncio else None
    except RuntimeError:
        return None
