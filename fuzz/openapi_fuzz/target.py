"""What is fuzzed: an API's document, its generated client, and a server."""

from __future__ import annotations

import importlib
import types
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

from hypothesis.strategies import SearchStrategy

import openapi_runtime

from .channel import Channel
from .credentials import CredentialsAuth
from .document import Document, DocumentError, Operation, first_server, server_path
from .endpoints import Endpoint, find_endpoints
from .failures import Failure
from .models import Model
from .server import IN_PROCESS, Application, Intercept, MockServer, Server
from .sessions import OpenSessions, Scheme

if TYPE_CHECKING:
    from .faults import ServerFault
    from .fuzzer import Fuzzer


Draw: TypeAlias = Callable[[SearchStrategy[Any]], Any]
"""Draws a value from a strategy of hypothesis."""

Step: TypeAlias = "Callable[[Fuzzer, Draw], None]"
"""A function that does something in a scenario beside calling an operation."""


class TargetError(ValueError):
    """Raised for a target that cannot be fuzzed as it is described."""


@dataclass(frozen=True, eq=False)
class Target:
    """One API to fuzz.

    Only `spec`, `client` and one of `mock` and `base_url` are needed. Everything else makes the fuzzing reach
    further: `credentials` and `values` get it past refusals, a `model` lets it see what a server forgets.

    Args:
        spec: The OpenAPI document, a YAML or JSON file.
        client: The client that was generated from it: the package, or its name.
        mock: Returns a fresh server in this process for each test: a mock of `openapi_mock`, an httpx
            transport, or an ASGI application (whose lifespan events are not sent).
        base_url: Root of the API on a server that runs already, in place of `mock`. Only what reads is
            called, unless `allow` names more, and nothing is reset between tests.
        name: What reports call it; the file's name by default.
        credentials: What to send for each security scheme (`user:password` for basic), or a function that
            returns it for an open server.
        values: Values that mean something to the server, by the name of a parameter or of a body's field, or
            by `operationId.name` where a name means different things. They are drawn beside generated
            ones; a value that is listed several times is drawn more often.
        supplied: What the client fills in for arguments that are left out, by the name in `x-from-client`.
        sessions: Makes what users call the API with, where that is more than the generated client: an
            overlay with its own credentials. All calls then go through these sessions; what is sent raw
            has the `credentials`.
        secrets: What must be shown nowhere, beside the credentials and the values of fields with
            `format: password`.
        model: Makes a model of what the server has to answer and to remember.
        steps: What scenarios do beside calling operations, such as signing somebody in or letting time pass:
            functions of the fuzzer and of what draws from a strategy. Each judges what it does.
        unreachable_failures: Failures in a success's body that the server has no occasion to report, by
            operation id. All others have to be reached.
        unreachable_statuses: Documented statuses that the server has no occasion for, with the reasons, by
            operation id.
        allow: Ids of operations that may be called although they write. By default all of a mock, and none
            of a server at a base URL: what is safe by its method is called there, and what is named here.
        faults: Faults of the server that the model has to find, for `fault_tests`.

    Raises:
        TargetError: The document cannot be read, or something here does not fit it.
    """

    spec: Path | str
    client: types.ModuleType | str
    mock: Callable[[], Application] | None = field(default=None, kw_only=True)
    base_url: str | None = field(default=None, kw_only=True)
    name: str = field(default="", kw_only=True)
    credentials: Mapping[Scheme, str] | Callable[[Server], Mapping[Scheme, str]] = field(
        default_factory=dict[Scheme, str], kw_only=True
    )
    values: Mapping[str, Sequence[Any]] = field(default_factory=dict[str, Sequence[Any]], kw_only=True)
    supplied: Mapping[str, Any] = field(default_factory=dict[str, Any], kw_only=True)
    sessions: OpenSessions | None = field(default=None, kw_only=True)
    secrets: Collection[str] = field(default=(), kw_only=True, repr=False)
    model: Callable[[], Model] = field(default=Model, kw_only=True)
    steps: Collection[Step] = field(default=(), kw_only=True)
    unreachable_failures: Mapping[str, Collection[Failure]] = field(
        default_factory=dict[str, Collection[Failure]], kw_only=True
    )
    unreachable_statuses: Mapping[str, Mapping[int | str, str]] = field(
        default_factory=dict[str, Mapping[int | str, str]], kw_only=True
    )
    allow: Collection[str] | None = field(default=None, kw_only=True)
    faults: Collection[ServerFault] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "spec", Path(self.spec))
        object.__setattr__(self, "name", self.name or Path(self.spec).stem)
        problems = list(self._problems())
        if problems:
            raise TargetError(f"{self.name}: " + "; ".join(problems))

    def __repr__(self) -> str:
        return f"Target({self.name!r})"

    def _problems(self) -> Iterator[str]:
        if (self.mock is None) == (self.base_url is None):
            yield "give either mock or base_url"
        try:
            document = self.document
            operations = document.operations
        except DocumentError as error:
            yield str(error)
            return
        for key in self.values:
            operation_id, _, name = key.rpartition(".")
            if not document.has_name(name) or (operation_id and operation_id not in operations):
                yield f"values: the document has no parameter or field {key!r}"
        for where in ("unreachable_failures", "unreachable_statuses", "allow"):
            for operation_id in getattr(self, where) or ():
                if operation_id not in operations:
                    yield f"{where}: the document has no operation {operation_id!r}"
        if not callable(self.credentials):
            for scheme, _ in _by_scope(self.credentials):
                if scheme not in document.security_schemes:
                    yield f"credentials: the document has no security scheme {scheme!r}"

    @cached_property
    def document(self) -> Document:
        """The document."""
        return Document(Path(self.spec))

    @cached_property
    def operations(self) -> Mapping[str, Operation]:
        """The operations that may be called, by their ids."""
        found = self.document.operations
        if self.allow is None and self.base_url is None:
            return found
        allowed = self.allow or ()
        return {
            name: each
            for name, each in found.items()
            if (each.is_safe or name in allowed) and not self.other_server(each)
        }

    def other_server(self, operation: Operation) -> str:
        """Return the server that the document has for an operation alone, if it is not that of `base_url`.

        It must not get what is sent to the other one, such as credentials.
        """
        url = first_server(operation.definition, operation.item) or ""
        is_other = self.base_url is not None and urlsplit(url).netloc not in {
            "",
            urlsplit(self.base_url).netloc,
        }
        return url if is_other else ""

    @property
    def is_restricted(self) -> bool:
        """Whether some operations may not be called."""
        return len(self.operations) < len(self.document.operations)

    @cached_property
    def package(self) -> types.ModuleType:
        """The client's package. Raises TargetError if there is none."""
        if isinstance(self.client, types.ModuleType):
            return self.client
        try:
            return importlib.import_module(self.client)
        except ModuleNotFoundError as error:
            if error.name != self.client:
                raise
        raise TargetError(f"{self.name}: there is no package {self.client}: generate it from {self.spec}")

    @cached_property
    def endpoints(self) -> Mapping[str, Endpoint]:
        """What the client offers, by operation id. Raises TargetError if it lacks an operation."""
        endpoints = find_endpoints(self.package)
        missing = [each for each in self.document.operations if each not in endpoints]
        if missing:
            names = ", ".join(missing)
            raise TargetError(
                f"{self.name}: {self.package.__name__} has no {names}: generate it again from {self.spec}"
            )
        return endpoints

    @cached_property
    def handled(self) -> frozenset[str]:
        """Operations that do something, as opposed to those with responses made from their schemas."""
        with self.open_server() as server:
            return frozenset(each for each in self.document.operations if server.is_handled(each))

    @cached_property
    def is_asked_for_statuses(self) -> bool:
        """Whether the server gives any documented response that the header `Prefer` asks for."""
        with self.open_server() as server:
            return isinstance(server.app, MockServer)

    @cached_property
    def vocabulary(self) -> str:
        """All text of the client's code: a repr or a traceback may show any of it."""
        folders = [Path(folder) for package in (self.package, openapi_runtime) for folder in package.__path__]
        return "\n".join(
            file.read_text(encoding="utf-8") for folder in folders for file in sorted(folder.rglob("*.py"))
        )

    def open_server(self) -> Server:
        """Return a server: a fresh one if it is a mock."""
        if self.mock is None:
            return Server(None, str(self.base_url).rstrip("/"))
        return Server(self.mock(), IN_PROCESS + (server_path(self.document.root) or ""))

    def open(self, intercept: Intercept | None = None) -> Channel:
        """Return a channel to a server; with what stands between them, if anything does."""
        server = self.open_server()
        try:
            credentials = self.credentials(server) if callable(self.credentials) else self.credentials
            auth = CredentialsAuth(_by_scope(credentials), self.document)
            return Channel(
                self.package,
                self.endpoints,
                self.document,
                server,
                auth,
                self.supplied,
                self.sessions,
                intercept,
            )
        except BaseException:
            server.close()
            raise


def _by_scope(credentials: Mapping[Scheme, str]) -> dict[tuple[str, str], str]:
    return {
        (scheme, "") if isinstance(scheme, str) else scheme: secret for scheme, secret in credentials.items()
    }
