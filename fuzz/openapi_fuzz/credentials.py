"""What a client needs beside arguments: credentials, and values for arguments that are left out."""

from __future__ import annotations

import base64
from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import Any

import httpx

from openapi_runtime import UNSET
from openapi_runtime.operation import Operation

from .document import Alternative, Document
from .serialization import RequestParts

_MADE_UP = "made-up-credentials"


class CredentialsAuth(httpx.Auth):
    """Gives each request the credentials that its operation asks for.

    Args:
        credentials: What to send for a scheme and a scope; `(scheme, "")` is for every scope.
        document: Says what each operation asks for. The client's own word is not taken for it.

    Attributes:
        choice: Number that chooses between the alternatives of an operation.
    """

    def __init__(self, credentials: Mapping[tuple[str, str], str], document: Document) -> None:
        self.credentials = credentials
        self._document = document
        self.choice = 0

    @property
    def secrets(self) -> set[str]:
        """What must be shown nowhere: the credentials, and the password of a pair."""
        return {part for secret in self.credentials.values() for part in parts_of_secret(secret)}

    def alternative(self, operation_id: str) -> Alternative:
        """Return the chosen alternative of an operation; empty where no credentials are needed."""
        alternatives = self._document.operations[operation_id].security
        return alternatives[self.choice % len(alternatives)] if alternatives else {}

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        """Add the credentials to a request."""
        operation = request.extensions.get("operation")
        if operation is not None:
            self.sign(request, self.alternative(operation.id))
        yield request

    def sign(self, request: httpx.Request, alternative: Alternative) -> None:
        """Add the credentials of an alternative to a request."""
        for place, name, value in self._written(alternative, None):
            if place == "query":
                request.url = request.url.copy_add_param(name, value)
            else:
                request.headers[name] = _beside(request.headers, name, value)

    def signed(
        self, parts: RequestParts, alternative: Alternative, secret: str | None = None
    ) -> RequestParts:
        """Return a request with the credentials of an alternative, or with another secret in their place."""
        headers, query = dict(parts.headers), parts.query
        for place, name, value in self._written(alternative, secret):
            if place == "query":
                query = tuple(sorted((*query, (name, value)), key=lambda pair: pair[0]))
            else:
                headers[name.lower()] = _beside(headers, name.lower(), value)
        return replace(parts, headers=headers, query=query)

    def _written(self, alternative: Alternative, secret: str | None) -> list[tuple[str, str, str]]:
        schemes = self._document.security_schemes
        return [
            _written(schemes[scheme], self._secret(scheme, scopes) if secret is None else secret)
            for scheme, scopes in alternative.items()
        ]

    def _secret(self, scheme: str, scopes: tuple[str, ...]) -> str:
        found = (self.credentials.get((scheme, scope)) for scope in (*scopes, ""))
        return next((secret for secret in found if secret), _MADE_UP)


def parts_of_secret(secret: str) -> tuple[str, str]:
    """Return credentials, and the password in them if they are a pair."""
    return secret, secret.partition(":")[2]


def _written(scheme: Mapping[str, Any], secret: str) -> tuple[str, str, str]:
    """Return where credentials go, under which name, and as what."""
    if scheme["type"] == "apiKey":
        if scheme["in"] == "cookie":
            return "header", "cookie", f"{scheme['name']}={secret}"
        return scheme["in"], scheme["name"], secret
    if scheme.get("scheme") == "basic":
        pair = secret if ":" in secret else f"{secret}:{secret}"
        return "header", "authorization", f"Basic {base64.b64encode(pair.encode()).decode()}"
    return "header", "authorization", f"Bearer {secret}"


def _beside(headers: Mapping[str, str], name: str, value: str) -> str:
    """Return what a header is to say: a cookie stands beside others."""
    return f"{headers[name]}; {value}" if name == "cookie" and name in headers else value


class FixedSupplier:
    """Supplies the same value each time for an argument that is left out.

    Args:
        values: The values by the name in `x-from-client`.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def supply(self, name: str, operation: Operation[Any, Any], deadline: float | None = None) -> Any:
        """Return the value called `name`; UNSET if there is none."""
        del operation, deadline
        return self._values.get(name, UNSET)

    async def supply_async(
        self, name: str, operation: Operation[Any, Any], deadline: float | None = None
    ) -> Any:
        """Return the value called `name`, as `supply` does."""
        return self.supply(name, operation, deadline)
