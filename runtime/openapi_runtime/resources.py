"""Bases of the classes whose methods are the operations of an API."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import cached_property
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar, cast

if TYPE_CHECKING:
    from types import TracebackType

    from .client import Client
    from .operation import Operation, Request
    from .options import Options
    from .types import Response, Unset

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")


class _Bound:
    """What sync and async resources share."""

    def __init__(self, client: Client, *, raw: bool = False) -> None:
        self._client = client
        self._raw = raw

    def _begun(self, options: Options | None, operation: Operation[Any, Any]) -> Options:
        return self._client.begun(options, operation)


class Resource(_Bound):
    """The operations of one tag.

    Args:
        client: How to reach the server.
        raw: Whether methods return the whole response, as those of `with_raw_response` do.
    """

    def _call(self, operation: Operation[S, Any], request: Request, options: Options | None = None) -> S:
        if self._raw:
            return cast("S", operation.send(self._client, request, options))
        return operation.call(self._client, request, options)

    def _supply(
        self,
        value: T | Unset,
        name: str,
        operation: Operation[Any, Any],
        argument: str,
        *,
        optional: bool = False,
        options: Options | None = None,
    ) -> T:
        return self._client.supply(value, name, operation, argument, optional=optional, options=options)


class AsyncResource(_Bound):
    """The operations of one tag, to be awaited; its arguments are those of `Resource`."""

    async def _call(
        self, operation: Operation[S, Any], request: Request, options: Options | None = None
    ) -> S:
        if self._raw:
            return cast("S", await operation.send_async(self._client, request, options))
        return await operation.call_async(self._client, request, options)

    async def _supply(
        self,
        value: T | Unset,
        name: str,
        operation: Operation[Any, Any],
        argument: str,
        *,
        optional: bool = False,
        options: Options | None = None,
    ) -> T:
        return await self._client.supply_async(
            value, name, operation, argument, optional=optional, options=options
        )


def returning_response(method: Callable[P, S]) -> Callable[P, Response[S]]:
    """Give a method of a raw resource its true type."""
    return cast("Callable[P, Response[S]]", method)


def returning_response_async(
    method: Callable[P, Coroutine[Any, Any, S]],
) -> Callable[P, Coroutine[Any, Any, Response[S]]]:
    """Give a method of a raw async resource its true type."""
    return cast("Callable[P, Coroutine[Any, Any, Response[S]]]", method)


class _Api:
    """What sync and async APIs share.

    Args:
        client: How to reach the server.
    """

    _owns_connections = True

    def __init__(self, client: Client) -> None:
        self.client = client

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.client!r})"

    def with_options(self, options: Options | None = None, **changes: Any) -> Self:
        """Return this API with other options, over the same connections.

        Closing it leaves the connections open; they are closed with the original.

        Args:
            options: The options.
            **changes: Options by name: `timeout`, `deadline`, `max_retries`, `max_response_size`, `headers`,
                `idempotent`.

        Raises:
            ConfigurationError: One of them is unknown, or has a wrong type or value.
        """
        return self._over(self.client.with_options(options, **changes))

    def _over(self, client: Client) -> Self:
        """Return a copy over another client that has the same connections."""
        api = object.__new__(type(self))
        # Attributes of a subclass come along, but not the resources, which call through the old client.
        for name, value in vars(self).items():
            if not isinstance(getattr(type(self), name, None), cached_property):
                setattr(api, name, value)
        api.client = client
        api._owns_connections = False
        return api


class BaseApi(_Api):
    """Base of a whole API, whose attributes are its resources.

    Use it as a context manager, or call `close()`.

    Args:
        client: How to reach the server.
    """

    def close(self) -> None:
        """Close the connections, unless another one owns them."""
        if self._owns_connections:
            self.client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class BaseAsyncApi(_Api):
    """Base of a whole API whose calls are awaited.

    Use it as an async context manager, or await `aclose()`.

    Args:
        client: How to reach the server.
    """

    async def aclose(self) -> None:
        """Close the connections, unless another one owns them."""
        if self._owns_connections:
            await self.client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
