"""Authorization of requests, and arguments from the token's claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from openapi_runtime.types import UNSET

from .errors import MissingClaim, MissingCredentials, ScopeError
from .tokens import TokenSource

if TYPE_CHECKING:
    from openapi_runtime.operation import Operation

    from .access_token import AccessToken

    _Operation = Operation[Any, Any]

_HEADER: Final = "Authorization"
_BEARER: Final = "Bearer "
# What to do instead, by the scope that is not allowed. Other scopes are left to the server.
_ADVICE: Final = {
    "app": "call it in the session of a signed-in user (complete_sign_in)",
    "frontend": "call it in a session of scope app, or of a signed-in user",
    "user": "call it in a session of scope app",
}


class Authorization:
    """Add the credentials that an operation takes, and supply arguments from the token's claims."""

    def __init__(self, source: TokenSource) -> None:
        self.source = source

    def credentials(
        self, operation: _Operation, refused: Mapping[str, str] | None, deadline: float | None
    ) -> Mapping[str, str] | None:
        """Return the header with a token, or with client id and secret; a new token for a refused one."""
        if not self._sends_token(operation):
            return None if refused else self._without_token(operation)
        if refused and not self.source.renews:
            return None
        return _bearer(self.source.get(_token_of(refused), deadline), operation)

    async def credentials_async(
        self, operation: _Operation, refused: Mapping[str, str] | None, deadline: float | None
    ) -> Mapping[str, str] | None:
        """Return the header, as `credentials` does."""
        if not self._sends_token(operation):
            return None if refused else self._without_token(operation)
        if refused and not self.source.renews:
            return None
        return _bearer(await self.source.get_async(_token_of(refused), deadline), operation)

    def _sends_token(self, operation: _Operation) -> bool:
        if not any("bearer" in alternative for alternative in operation.security):
            return False
        if {} in operation.security:
            return _admits(operation, self.source.scope)
        _check(self.source.scope, operation)
        return True

    def _without_token(self, operation: _Operation) -> Mapping[str, str] | None:
        if not any("basic" in alternative for alternative in operation.security):
            return None
        if self.source.basic is not None:
            return {_HEADER: self.source.basic}
        if {} in operation.security:
            return None
        raise operation.error(MissingCredentials, " needs a session with client_id and client_secret")

    def supply(self, name: str, operation: _Operation, deadline: float | None = None) -> Any:
        """Return the claim called `name`; UNSET if the operation needs no token and there is none."""
        return (
            _claim(self.source.get(deadline=deadline), name, operation)
            if self._can_supply(operation)
            else UNSET
        )

    async def supply_async(self, name: str, operation: _Operation, deadline: float | None = None) -> Any:
        """Return the claim called `name`, as `supply` does."""
        return (
            _claim(await self.source.get_async(deadline=deadline), name, operation)
            if self._can_supply(operation)
            else UNSET
        )

    def _can_supply(self, operation: _Operation) -> bool:
        # Raises where the operation needs a token of another scope.
        self._sends_token(operation)
        return self.source.scope is not None


def _bearer(token: AccessToken, operation: _Operation) -> Mapping[str, str]:
    # Checked again: a server may issue another scope than the one requested.
    _check(token.claims.scope, operation)
    return {_HEADER: f"{_BEARER}{token.value}"}


def _token_of(headers: Mapping[str, str] | None) -> str | None:
    return headers[_HEADER].removeprefix(_BEARER) if headers else None


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


def _check(scope: str | None, operation: _Operation) -> None:
    """Refuse an operation that needs a token of another scope."""
    if _admits(operation, scope):
        return
    if scope is None:
        why = " needs a token, and this session has none: give it client_id and client_secret, or a token"
        raise operation.error(MissingCredentials, why)
    taken = {each for alternative in operation.security for each in alternative.get("bearer", ())}
    scopes = " or ".join(sorted(taken))
    why = f" takes a token of scope {scopes}, and this session's has scope {scope}: {_ADVICE[scope]}"
    raise operation.error(ScopeError, why)
