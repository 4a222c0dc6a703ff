"""Security requirements: alternatives, of which one needs all of its schemes; scopes are checked last."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from .behaviour import Behaviour, Context, Credentials
from .decoding import read_cookies, read_query
from .messages import Principal, Problem, Request
from .operations import Operation, Requirement, SecurityScheme

Principals = Mapping[str, Principal]
_NOBODY: Principals = MappingProxyType({})


class _NoCredentials(Problem):
    """Raised when there are no credentials, as opposed to wrong ones."""


class Guard:
    """Authenticates and authorizes the calls of one operation."""

    def __init__(self, operation: Operation, behaviour: Behaviour[Any]) -> None:
        self._operation = operation
        self._behaviour = behaviour
        self._options = tuple(option for option in operation.security if option.schemes)
        self._anonymous = len(self._options) < len(operation.security) or not operation.security
        self._scopes: dict[str, frozenset[str]] = {}
        for option in self._options:
            for scheme, scopes in option.schemes:
                self._scopes[scheme.name] = self._scopes.get(scheme.name, frozenset()) | scopes
        schemes = {scheme.name: scheme for option in self._options for scheme, _ in option.schemes}
        self._challenge = ", ".join(dict.fromkeys(map(_challenge, schemes.values())))

    def admit(self, request: Request) -> Principals:
        """Return the principals by scheme name; empty for an anonymous call.

        Raises Problem (401, 403, or the behaviour's own).
        """
        if not self._options:
            return _NOBODY
        outcomes: dict[str, Principal | Problem] = {}
        refusals: list[Problem] = []
        for option in self._options:
            try:
                return self._meet(option, request, outcomes)
            except Problem as problem:
                refusals.append(problem)
        if self._anonymous:
            return _NOBODY
        # The most helpful problem: missing scope, else wrong credentials, else none.
        refusal = max(refusals, key=_telling)
        if refusal.status == HTTPStatus.UNAUTHORIZED and not any(
            name.lower() == "www-authenticate" for name in refusal.headers
        ):
            refusal.headers["www-authenticate"] = self._challenge
        raise refusal

    def _meet(
        self, option: Requirement, request: Request, outcomes: dict[str, Principal | Problem]
    ) -> Principals:
        principals: dict[str, Principal] = {}
        for scheme, _ in option.schemes:
            if scheme.name not in outcomes:
                outcomes[scheme.name] = self._identify(scheme, request)
            outcome = outcomes[scheme.name]
            if isinstance(outcome, Problem):
                raise outcome
            principals[scheme.name] = outcome
        for scheme, scopes in option.schemes:
            if not scopes <= principals[scheme.name].scopes:
                raise self._lacking()
        return principals

    def _identify(self, scheme: SecurityScheme, request: Request) -> Principal | Problem:
        credentials = find_credentials(scheme, request) or self._behaviour.credentials(scheme, request)
        if credentials is None:
            return _NoCredentials(401, "unauthenticated", "credentials are required")
        try:
            context = Context(self._operation, request, self._scopes[scheme.name])
            return self._behaviour.authenticate(scheme, credentials, context)
        except Problem as refusal:
            return refusal

    def _lacking(self) -> Problem:
        wanted = " ".join(self._operation.scopes)
        headers = {"www-authenticate": f'Bearer error="insufficient_scope", scope="{wanted}"'}
        return Problem(403, "insufficient-scope", f"needs one of the scopes: {wanted}", headers=headers)


def find_credentials(scheme: SecurityScheme, request: Request) -> Credentials | None:
    """Return the credentials for a scheme; None if there are none, or malformed ones."""
    if scheme.type == "apiKey":
        key = _find_key(scheme, request)
        return Credentials(key) if key else None
    if scheme.type == "mutualTLS":
        # No certificate of a client is seen here, so everybody has one.
        return Credentials("")
    kind, _, value = request.headers.get("authorization", "").strip().partition(" ")
    if kind.lower() != scheme.scheme or not value.strip():
        return None
    return _read_basic(value.strip()) if scheme.scheme == "basic" else Credentials(value.strip())


def _read_basic(value: str) -> Credentials | None:
    try:
        username, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return Credentials(password, username) if colon else None


def _find_key(scheme: SecurityScheme, request: Request) -> str | None:
    match scheme.location:
        case "header":
            return request.headers.get(scheme.parameter.lower())
        case "cookie":
            return read_cookies(request).get(scheme.parameter)
        case _:
            return next(iter(read_query(request).get(scheme.parameter, ())), None)


def _challenge(scheme: SecurityScheme) -> str:
    kinds = {"basic": 'Basic realm="mock", charset="UTF-8"', "bearer": 'Bearer realm="mock"'}
    if scheme.type == "http" and scheme.scheme not in kinds:
        return f'{scheme.scheme.capitalize()} realm="mock"'
    return kinds.get(scheme.scheme, f'ApiKey realm="mock", in="{scheme.location}", name="{scheme.parameter}"')


def _telling(refusal: Problem) -> int:
    if isinstance(refusal, _NoCredentials):
        return 0
    return 1 if refusal.status == HTTPStatus.UNAUTHORIZED else 2
