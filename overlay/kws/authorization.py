"""Authorization of requests, and arguments from the token's claims."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import httpx

from openapi_runtime.types import UNSET

from .errors import MissingClaim, MissingCredentials, ScopeError
from .tokens import TokenSource

if TYPE_CHECKING:
    from openapi_runtime.operation import Operation

    from .access_token import AccessToken

    _Operation = Operation[Any, Any]

# What to do instead, by the scope that is not allowed. Other scopes are left to the server.
_ADVICE: Final = {
    "app": "call it in the session of a signed-in user (complete_sign_in)",
    "frontend": "call it in a session of scope app, or of a signed-in user",
    "user": "call it in a session of scope app",
}


class Authorization(httpx.Auth):
    """Add the credentials that an operation takes, and supply arguments from the token's claims."""

    def __init__(self, source: TokenSource) -> None:
        self.source = source

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        """Send a request, and once more with a new token if the server refused the first one."""
        operation: _Operation | None = request.extensions.get("operation")
        if not self._sends_token(operation):
            yield self._without_token(request, operation)
            return
        token = self.source.get()
        response = yield _bearing(request, token, operation)
        if self._may_ask_again(request, response):
            # The request for a new token may need this connection.
            response.read()
            yield _bearing(request, self.source.get(refused=token), operation)

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Send a request, and once more with a new token, as `sync_auth_flow` does."""
        operation: _Operation | None = request.extensions.get("operation")
        if not self._sends_token(operation):
            yield self._without_token(request, operation)
            return
        token = await self.source.get_async()
        response = yield _bearing(request, token, operation)
        if self._may_ask_again(request, response):
            await response.aread()
            yield _bearing(request, await self.source.get_async(refused=token), operation)

    def _sends_token(self, operation: _Operation | None) -> bool:
        if operation is None:
            return True
        if not any("bearer" in alternative for alternative in operation.security):
            return False
        if {} in operation.security:
            return _admits(operation, self.source.scope)
        _check(self.source.scope, operation)
        return True

    def _without_token(self, request: httpx.Request, operation: _Operation | None) -> httpx.Request:
        if operation is None or not any("basic" in alternative for alternative in operation.security):
            return request
        if self.source.basic is not None:
            return next(self.source.basic.auth_flow(request))
        if {} in operation.security:
            return request
        raise operation.error(MissingCredentials, " needs a session with client_id and client_secret")

    def _may_ask_again(self, request: httpx.Request, response: httpx.Response) -> bool:
        repeatable = isinstance(request.stream, httpx.ByteStream)
        return response.status_code == HTTPStatus.UNAUTHORIZED and self.source.renews and repeatable

    def supply(self, name: str, operation: _Operation) -> Any:
        """Return the claim called `name`; UNSET if the operation needs no token and there is none."""
        return _claim(self.source.get(), name, operation) if self._can_supply(operation) else UNSET

    async def supply_async(self, name: str, operation: _Operation) -> Any:
        """Return the claim called `name`, as `supply` does."""
        return (
            _claim(await self.source.get_async(), name, operation) if self._can_supply(operation) else UNSET
        )

    def _can_supply(self, operation: _Operation) -> bool:
        # Raises where the operation needs a token of another scope.
        self._sends_token(operation)
        return self.source.scope is not None


def _bearing(request: httpx.Request, token: AccessToken, operation: _Operation | None) -> httpx.Request:
    # Checked again: a server may issue another scope than the one requested.
    _check(token.claims.scope, operation)
    request.headers["Authorization"] = f"Bearer {token.value}"
    return request


def _claim(token: AccessToken, name: str, operation: _Operation) -> Any:
    value = token.claims.value_of(name)
    if value is None:
        why = f": the token of scope {token.claims.scope} carries no {name}: pass it as an argument"
        raise operation.error(MissingClaim, why)
    return value


def _admits(operation: _Operation, scope: str | None) -> bool:
    """Return whether a token of this scope may call; where no scopes are documented, any may."""
    taken = [alternative["bearer"] for alternative in operation.security if "bearer" in alternative]
    return scope is not None and (
        scope not in _ADVICE or any(not scopes or scope in scopes for scopes in taken)
    )


def _check(scope: str | None, operation: _Operation | None) -> None:
    """Refuse an operation that needs a token of another scope."""
    if operation is None or _admits(operation, scope):
        return
    if scope is None:
        why = " needs a token, and this session has none: give it client_id and client_secret, or a token"
        raise operation.error(MissingCredentials, why)
    taken = {each for alternative in operation.security for each in alternative.get("bearer", ())}
    scopes = " or ".join(sorted(taken))
    why = f" takes a token of scope {scopes}, and this session's has scope {scope}: {_ADVICE[scope]}"
    raise operation.error(ScopeError, why)
