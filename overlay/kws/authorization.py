"""What every request of a session carries, and which ones it may make."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from http import HTTPStatus
from typing import Any, Final

import httpx
from attrs import frozen

from kws_client.operation import Operation
from kws_client.types import UNSET

from .errors import MissingClaim, ScopeError
from .tokens import AccessToken, NoToken, TokenSource

# A token of any other scope is the server's to judge.
_DOCUMENTED_SCOPES: Final = frozenset({"app", "frontend", "user"})


@frozen
class _Need:
    """A step of the flow that wants a token instead of an answer."""

    refused: AccessToken | None = None


class Authorization(httpx.Auth):
    """Adds the credentials that an operation asks for, and supplies arguments from the token's claims."""

    def __init__(self, source: TokenSource) -> None:
        self.source = source

    # ---- httpx.Auth

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        """For `httpx.Client`."""
        flow = self._flow(request)
        step = next(flow, None)
        while step is not None:
            answer = self.source.get(step.refused) if isinstance(step, _Need) else (yield step)
            step = _next(flow, answer)

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """For `httpx.AsyncClient`."""
        flow = self._flow(request)
        step = next(flow, None)
        while step is not None:
            answer = await self.source.get_async(step.refused) if isinstance(step, _Need) else (yield step)
            step = _next(flow, answer)

    def _flow(self, request: httpx.Request) -> Generator[httpx.Request | _Need, Any]:
        """One request, and once more with a new token where the server refused the first."""
        operation: Operation[Any, Any] | None = request.extensions.get("operation")
        if not self._takes_token(operation):
            yield self._without_token(request, operation)
            return
        token: AccessToken = yield _Need()
        _check_scope(token, operation)
        response: httpx.Response = yield _bearing(request, token)
        if response.status_code == HTTPStatus.UNAUTHORIZED and self.source.renews and _can_repeat(request):
            yield _bearing(request, (yield _Need(refused=token)))

    def _takes_token(self, operation: Operation[Any, Any] | None) -> bool:
        if operation is None:
            return True
        optional = {} in operation.security
        bearer = any("bearer" in alternative for alternative in operation.security)
        return bearer and not (optional and isinstance(self.source, NoToken))

    def _without_token(self, request: httpx.Request, operation: Operation[Any, Any] | None) -> httpx.Request:
        basic = operation is not None and any("basic" in alternative for alternative in operation.security)
        if basic and self.source.basic is not None:
            return next(self.source.basic.auth_flow(request))
        return request

    # ---- Supplier

    def supply(self, name: str, operation: Operation[Any, Any]) -> Any:
        """The claim called `name`; UNSET for a session without a token. Raises MissingClaim, ScopeError."""
        return UNSET if isinstance(self.source, NoToken) else _claim(self.source.get(), name, operation)

    async def supply_async(self, name: str, operation: Operation[Any, Any]) -> Any:
        """The same, awaited."""
        if isinstance(self.source, NoToken):
            return UNSET
        return _claim(await self.source.get_async(), name, operation)


def _next(flow: Generator[httpx.Request | _Need, Any], answer: object) -> httpx.Request | _Need | None:
    try:
        return flow.send(answer)
    except StopIteration:
        return None


def _bearing(request: httpx.Request, token: AccessToken) -> httpx.Request:
    request.headers["Authorization"] = f"Bearer {token.value}"
    return request


def _can_repeat(request: httpx.Request) -> bool:
    return isinstance(request.stream, httpx.ByteStream)


def _claim(token: AccessToken, name: str, operation: Operation[Any, Any]) -> Any:
    _check_scope(token, operation)
    value = token.claims.value_of(name)
    if value is None:
        raise MissingClaim(
            f"{operation.id}: the token of scope {token.claims.scope} carries no {name}: "
            "pass it as an argument",
            operation_id=operation.id,
            request_line=f"{operation.method} {operation.path}",
        )
    return value


def _check_scope(token: AccessToken, operation: Operation[Any, Any] | None) -> None:
    scope = token.claims.scope
    if operation is None or not operation.security or scope not in _DOCUMENTED_SCOPES:
        return
    if any(scope in scopes for alternative in operation.security for scopes in alternative.values()):
        return
    taken = sorted({each for alternative in operation.security for each in alternative.get("bearer", ())})
    raise ScopeError(
        f"{operation.id} takes a token of scope {' or '.join(taken)}, and this session's has scope {scope}: "
        f"{_ADVICE[scope]}",
        operation_id=operation.id,
        request_line=f"{operation.method} {operation.path}",
    )


_ADVICE: Final = {
    "app": "call it in the session of a signed-in user (complete_sign_in)",
    "frontend": "call it in a session of scope app, or of a signed-in user",
    "user": "call it in a session of scope app",
}
