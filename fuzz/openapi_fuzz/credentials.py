"""What a client needs beside arguments: credentials, and values for arguments that are left out."""

from __future__ import annotations

import base64
from collections.abc import Generator, Mapping
from typing import Any, TypeAlias

import httpx

from openapi_runtime import UNSET
from openapi_runtime.operation import Operation

Alternative: TypeAlias = Mapping[str, tuple[str, ...]]
"""One alternative of an operation's security: names of schemes, with the scopes they have to have."""


class CredentialsAuth(httpx.Auth):
    """Gives each request the credentials that its operation asks for.

    Args:
        credentials: What to send for a scheme and a scope; `(scheme, "")` is for every scope.
        schemes: The document's `securitySchemes`.

    Attributes:
        choice: Number that chooses between the alternatives of an operation.
    """

    def __init__(
        self, credentials: Mapping[tuple[str, str], str], schemes: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self._credentials = credentials
        self._schemes = schemes
        self.choice = 0

    @property
    def secrets(self) -> set[str]:
        """What must be shown nowhere: the credentials, and the password of a pair."""
        return {part for secret in self._credentials.values() for part in (secret, secret.partition(":")[2])}

    def alternative(self, operation: Operation[Any, Any]) -> Alternative:
        """Return the chosen alternative of an operation; empty where no credentials are needed."""
        alternatives = operation.security
        return alternatives[self.choice % len(alternatives)] if alternatives else {}

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        """Add the credentials to a request."""
        operation = request.extensions.get("operation")
        if operation is not None:
            for scheme, scopes in self.alternative(operation).items():
                _add(request, self._schemes[scheme], self._secret(scheme, scopes))
        yield request

    def _secret(self, scheme: str, scopes: tuple[str, ...]) -> str:
        found = (self._credentials.get((scheme, scope)) for scope in (*scopes, ""))
        return next((secret for secret in found if secret), "made-up-credentials")


def _add(request: httpx.Request, scheme: Mapping[str, Any], secret: str) -> None:
    if scheme["type"] == "apiKey":
        if scheme["in"] == "query":
            request.url = request.url.copy_add_param(scheme["name"], secret)
        elif scheme["in"] == "cookie":
            request.headers["cookie"] = f"{scheme['name']}={secret}"
        else:
            request.headers[scheme["name"]] = secret
    elif scheme.get("scheme") == "basic":
        pair = secret if ":" in secret else f"{secret}:{secret}"
        request.headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        request.headers["authorization"] = f"Bearer {secret}"


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
