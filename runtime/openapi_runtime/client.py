"""How requests reach the server: base URL, credentials, options, and the transports underneath."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self, TypeAlias, TypeVar, get_args

import httpx

from . import settings
from .connections import Connections, ConnectionSettings
from .errors import ConfigurationError, InvalidArgument, MissingArgument
from .exchange import Hook, Policy, Send, Step, Wait, exchange
from .messages import (
    AsyncTransport,
    HTTPRequest,
    HTTPResponse,
    TooLargeError,
    Transport,
    TransportError,
    joined_headers,
)
from .options import MIB, Options
from .retries import IDEMPOTENT_METHODS
from .settings import check_header
from .types import UNSET, Unset

if TYPE_CHECKING:
    import ssl
    from types import TracebackType

    from .operation import Operation

T = TypeVar("T")


class Auth(Protocol):
    """Gives requests the headers that authorise them."""

    def credentials(
        self, operation: Operation[Any, Any], refused: Mapping[str, str] | None, deadline: float | None
    ) -> Mapping[str, str] | None:
        """Return the headers for a request of an operation.

        Args:
            operation: What is called.
            refused: Headers that the server has answered with 401; None for the first attempt.
            deadline: When the call has to be over, in seconds of `time.monotonic()`; None for no limit.

        Returns:
            The headers; None if none are needed, or there are no others than those refused.
        """
        ...

    async def credentials_async(
        self, operation: Operation[Any, Any], refused: Mapping[str, str] | None, deadline: float | None
    ) -> Mapping[str, str] | None:
        """Return the headers for a request, as `credentials` does."""
        ...


class Supplier(Protocol):
    """Gives values for arguments that a caller leaves out, such as an identifier that the token carries."""

    def supply(self, name: str, operation: Operation[Any, Any], deadline: float | None) -> Any:
        """Return the value called `name`; UNSET if there is none.

        Args:
            name: What the API calls it.
            operation: What is called.
            deadline: When the call has to be over, in seconds of `time.monotonic()`; None for no limit.
        """
        ...

    async def supply_async(self, name: str, operation: Operation[Any, Any], deadline: float | None) -> Any:
        """Return the value called `name`, as `supply` does."""
        ...


TransportName: TypeAlias = Literal["httpx", "fast"]


class Client:
    """Connections, credentials and options of calls.

    It serves sync and async calls, each with connections of its own that open on first use. Async calls
    belong to one event loop. Use it as a context manager (`with` or `async with`), or call `close()` or
    `aclose()`.

    Args:
        base_url: Root of the API; the paths of operations are appended to it, without its query and fragment.
        auth: Authorises each request. An `httpx.Auth` finds the operation in
            `request.extensions["operation"]`.
        supplier: Gives values for arguments that a caller leaves out.
        headers: Sent with every request.
        timeout: Seconds for each attempt, from connecting to the last byte of the response; an
            `httpx.Timeout` limits each phase instead. None is no limit.
        deadline: Seconds for a whole call, with all its attempts and waits; None is no limit.
        max_retries: How often an attempt that failed is repeated, where that is safe.
        max_response_size: The most bytes that the body of a response may have, unpacked.
        verify_ssl: False, or an SSL context, to change how the server's certificate is checked.
        follow_redirects: Whether a redirect is followed; otherwise it is an `UnexpectedStatus`.
        user_agent: What the header `User-Agent` begins with, such as `my-game/1.2`; Python's version follows.
        on_attempt: Called with each `Attempt`, when it is over, in the thread or task of the call. What it
            raises ends the call.
        transport: `fast` for that of the extra of this name; `httpx` for the default, which is a pool of
            connections of httpcore, or a client of httpx where one is needed.
        httpx_args: Further arguments of `httpx.Client` and `httpx.AsyncClient`. Proxies of the environment
            are used with https only, unless `trust_env` is given. Cookies are not kept, unless `cookies` is.

    Raises:
        ConfigurationError: A setting has a wrong type or value; the message does not show it.
    """

    def __init__(
        self,
        base_url: str,
        *,
        auth: Auth | httpx.Auth | None = None,
        supplier: Supplier | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: httpx.Timeout | float | None = 30.0,
        deadline: float | None = None,
        max_retries: int = 2,
        max_response_size: int = 8 * MIB,
        verify_ssl: bool | ssl.SSLContext = True,
        follow_redirects: bool = False,
        user_agent: str | None = None,
        on_attempt: Hook | None = None,
        transport: TransportName = "httpx",
        httpx_args: Mapping[str, Any] | None = None,
    ) -> None:
        settings.check_text("base_url", base_url)
        if user_agent is not None:
            check_header("user_agent", user_agent)
        if on_attempt is not None:
            settings.check_callable("on_attempt", on_attempt)
        if transport not in get_args(TransportName):
            raise ConfigurationError('transport has to be "httpx" or "fast"')
        httpx_args = httpx_args if httpx_args is not None else {}
        settings.check_httpx_args(httpx_args)
        headers = headers if headers is not None else {}
        self.base_url = base_url
        self.auth = auth
        self.supplier = supplier
        self.options = Options(
            timeout=httpx_args.get("timeout", timeout),
            deadline=deadline,
            max_retries=max_retries,
            max_response_size=max_response_size,
            headers=headers,
        )
        self._on_attempt = on_attempt
        connection_settings = ConnectionSettings(
            base_url=re.split("[?#]", base_url, maxsplit=1)[0],
            headers=headers,
            timeout=timeout,
            verify_ssl=verify_ssl,
            follow_redirects=follow_redirects,
            user_agent=user_agent,
            transport=transport,
            httpx_args=httpx_args,
        )
        connection_settings.check()
        self._connections = Connections(connection_settings)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({_without_secrets(self.base_url)!r})"

    def with_auth(self, auth: Auth | httpx.Auth | None, supplier: Supplier | None = None) -> Self:
        """Return a client with other credentials over the same connections; closing either closes them."""
        return self._changed(auth=auth, supplier=supplier)

    def with_options(self, options: Options | None = None, **changes: Any) -> Self:
        """Return a client with other options over the same connections; closing either closes them.

        Args:
            options: The options.
            **changes: Options by name: `timeout`, `deadline`, `max_retries` and so on, as in `Options`.

        Raises:
            ConfigurationError: One of them is unknown, or has a wrong type or value.
        """
        if unknown := changes.keys() - set(Options.NAMES):
            raise ConfigurationError(f"there is no option {min(unknown)}: the options are those of Options")
        given = Options(**changes)
        return self._changed(options=(given if options is None else given.over(options)).over(self.options))

    def with_headers(self, headers: Mapping[str, str]) -> Self:
        """Return a client that sends further headers, over the same connections."""
        return self.with_options(headers=headers)

    def with_timeout(self, timeout: httpx.Timeout | float | None) -> Self:
        """Return a client with another timeout, over the same connections."""
        return self.with_options(timeout=timeout)

    def _changed(self, **attributes: object) -> Self:
        client = copy(self)
        vars(client).update(attributes)
        return client

    def begun(self, options: Options | None, operation: Operation[Any, Any]) -> Options:
        """Return all options of a call that begins now, or has begun with these already.

        Raises:
            InvalidArgument: They are no options.
        """
        if options is None or options is self.options:
            return self.options.begun()
        if type(options) is not Options:
            raise operation.error(
                InvalidArgument, f": options: expected Options, got {type(options).__name__}"
            )
        return options if options.ends is not None else options.over(self.options).begun()

    # ---- arguments that were left out

    def supply(
        self,
        value: T | Unset,
        name: str,
        operation: Operation[Any, Any],
        argument: str,
        *,
        optional: bool = False,
        options: Options | None = None,
    ) -> T:
        """Return an argument, or the supplier's value called `name` where it was left out.

        Raises:
            MissingArgument: There is none, and the operation needs one.
        """
        if not isinstance(value, Unset):
            return value
        ends = self.begun(options, operation).ends
        supplied = UNSET if self.supplier is None else self.supplier.supply(name, operation, ends)
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
        options: Options | None = None,
    ) -> T:
        """Return an argument or the supplier's value for it, as `supply` does."""
        if not isinstance(value, Unset):
            return value
        ends = self.begun(options, operation).ends
        supplied = UNSET
        if self.supplier is not None:
            supplied = await self.supplier.supply_async(name, operation, ends)
        found: T = _found(supplied, name, operation, argument, optional=optional)
        return found

    # ---- calls

    def send(self, operation: Operation[Any, Any], request: HTTPRequest, options: Options) -> HTTPResponse:
        """Send a request, as often as the options say, and return the last response.

        Raises:
            TransportError: No response came.
            TooLargeError: A response has more bytes than allowed.
        """
        transport = self._transport()
        policy = _policy(operation, options)
        steps = exchange(request, policy, self._on_attempt)
        step = next(steps)
        while not isinstance(step, HTTPResponse):
            try:
                result = self._do(step, transport, operation, policy.deadline)
            except (TransportError, TooLargeError) as error:
                step = steps.throw(error)
            else:
                step = steps.send(result)
        return step

    def _do(
        self, step: Step, transport: Transport, operation: Operation[Any, Any], deadline: float | None
    ) -> Any:
        if isinstance(step, Send):
            return transport.send(step.request)
        if isinstance(step, Wait):
            return time.sleep(step.seconds)
        if self.auth is None or isinstance(self.auth, httpx.Auth):
            return None
        return self.auth.credentials(operation, step.refused, deadline)

    async def send_async(
        self, operation: Operation[Any, Any], request: HTTPRequest, options: Options
    ) -> HTTPResponse:
        """Send a request, as `send` does."""
        transport = self._async_transport()
        policy = _policy(operation, options)
        steps = exchange(request, policy, self._on_attempt)
        step = next(steps)
        while not isinstance(step, HTTPResponse):
            try:
                result = await self._do_async(step, transport, operation, policy.deadline)
            except (TransportError, TooLargeError) as error:
                step = steps.throw(error)
            else:
                step = steps.send(result)
        return step

    async def _do_async(
        self, step: Step, transport: AsyncTransport, operation: Operation[Any, Any], deadline: float | None
    ) -> Any:
        if isinstance(step, Send):
            return await transport.send(step.request)
        if isinstance(step, Wait):
            from anyio import sleep  # noqa: PLC0415  # programs start faster without it

            return await sleep(step.seconds)
        if self.auth is None or isinstance(self.auth, httpx.Auth):
            return None
        return await self.auth.credentials_async(operation, step.refused, deadline)

    # ---- connections

    @property
    def httpx_auth(self) -> httpx.Auth | None:
        """The flow of httpx that authorises requests, if there is one."""
        return self.auth if isinstance(self.auth, httpx.Auth) else None

    def get_httpx_client(self) -> httpx.Client:
        """Return the httpx client of sync calls, which all go through it from now on.

        Raises:
            UnusableClient: It is closed.
        """
        return self._connections.httpx().client

    def set_httpx_client(self, client: httpx.Client) -> Self:
        """Send sync calls through a client of httpx or httpx2.

        Its base URL has to be the API's. It is closed with this client. Of the settings here `auth`, the
        deadline and the limits of retries and size still apply, and those that are given as options later on.
        A sync client bounds each read of the head of a response, but not the head as a whole.

        Raises:
            ConfigurationError: It is no such client.
        """
        from .transports.httpx_client import HttpxTransport  # noqa: PLC0415  # not always needed

        self._connections.use(HttpxTransport(client))
        self.options = self.options.without("timeout")
        return self

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """Return the httpx client of async calls, which all go through it from now on.

        Raises:
            UnusableClient: It is closed, or belongs to another event loop.
        """
        return self._connections.async_httpx().client

    def set_async_httpx_client(self, client: httpx.AsyncClient) -> Self:
        """Send async calls through a client of httpx or httpx2, as `set_httpx_client` does."""
        from .transports.httpx_client import AsyncHttpxTransport  # noqa: PLC0415  # not always needed

        self._connections.use_async(AsyncHttpxTransport(client))
        self.options = self.options.without("timeout")
        return self

    def _transport(self) -> Transport:
        return self._connections.transport(needs_httpx=self.httpx_auth is not None)

    def _async_transport(self) -> AsyncTransport:
        return self._connections.async_transport(needs_httpx=self.httpx_auth is not None)

    def check_event_loop(self) -> None:
        """Refuse a closed client, and another event loop than that of the first async call.

        Raises:
            UnusableClient: It is refused.
        """
        self._async_transport()

    def close(self) -> None:
        """Close the connections of sync calls."""
        self._connections.close()

    async def aclose(self) -> None:
        """Close the connections of async calls."""
        await self._connections.aclose()

    def __enter__(self) -> Self:
        self._transport()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        self._async_transport()
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
        check_header("token", token)
        header = {auth_header_name: f"{prefix} {token}" if prefix else token}
        further: Mapping[str, str] = settings.pop("headers", None) or {}
        super().__init__(base_url, headers=joined_headers(further, header), **settings)


def _policy(operation: Operation[Any, Any], options: Options) -> Policy:
    timeout = options.timeout
    is_idempotent = options.idempotent
    if isinstance(is_idempotent, Unset):
        is_idempotent = operation.idempotent or operation.method in IDEMPOTENT_METHODS
    return Policy(
        method=operation.method,
        idempotent=is_idempotent,
        max_retries=options.max_retries or 0,
        timeout=timeout if isinstance(timeout, int | float) else None,
        deadline=options.ends,
    )


def _without_secrets(url: str) -> str:
    """Return scheme, host and path of a URL; an empty text where it is malformed."""
    try:
        return str(httpx.URL(url).copy_with(userinfo=b"", query=None, fragment=None))
    except httpx.InvalidURL:
        return ""


def _found(value: Any, name: str, operation: Operation[Any, Any], argument: str, *, optional: bool) -> Any:
    if optional or not isinstance(value, Unset):
        return value
    advice = f"pass {argument}=…, or use a client that has a value for {name} of its own"
    raise operation.error(MissingArgument, f" needs {argument}: {advice}")
