"""What one API adds to the engine: handlers, authentication, the bodies of errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from openapi_reader import Tree

from .control.control import Control, Controlled
from .messages import Principal, Problem, Request, Response
from .operations import Operation, SecurityScheme
from .settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from starlette.routing import BaseRoute

    # Typeshed has it for every type checker: at run time the package need not be there.
    from typing_extensions import TypeVar as TypeVarWithDefault

    from .state.store import Store

    C_co = TypeVarWithDefault("C_co", bound=Control, default=Control, covariant=True)
else:
    C_co = TypeVar("C_co", bound=Control, covariant=True)


@dataclass(frozen=True, slots=True)
class Credentials:
    """A request's credentials for one scheme: a password (with `username`), a bearer token or an API key."""

    secret: str = field(repr=False)
    username: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """The request to authenticate.

    `scopes` are those that the operation's security requirements name for this scheme.
    """

    operation: Operation
    request: Request
    scopes: frozenset[str]


class Behaviour(Generic[C_co]):
    """What only one API's mock does: handlers, which `operation` registers, and hooks, which have defaults.

    An operation without a handler gets a synthesised response, so this class itself serves any document. Its
    type argument is the class of the mock's control object, which `make_control` returns.
    """

    settings: Settings | None = None
    """What the behaviour was made with, so that the mock has the same clock, faults and random numbers."""

    store: Store | None = None
    """The state, if there is one, which the control object resets and exports."""

    serial = True
    """Whether handlers are called one at a time. False if they may run in several threads at once."""

    def make_control(self, mock: Controlled) -> C_co:
        """Return the control object of a mock. Called once, when the mock is made."""
        return cast("C_co", Control(mock))

    def credentials(self, scheme: SecurityScheme, request: Request) -> Credentials | None:
        """Return credentials from another place than the document says. Called when that place has none."""
        return None

    def authenticate(self, scheme: SecurityScheme, credentials: Credentials, context: Context) -> Principal:
        """Return the principal, or raise Problem. By default any credentials are valid, for every scope."""
        return Principal(scheme.name, context.scopes, credentials.username)

    def render(self, problem: Problem, operation: Operation | None) -> Response:
        """Return the response to a problem. `operation` is None if none was found."""
        violations = [
            {"in": each.location, "at": each.path, "keyword": each.keyword, "message": each.message}
            for each in problem.violations
        ]
        body = {"error": problem.kind, "message": problem.message, "violations": violations}
        return Response(problem.status, body)

    def aliases(self, operation: Operation) -> Iterable[str]:
        """Return further path templates of the operation. Called once per operation at start.

        A path parameter that only an alias has is text in `Call.path`.
        """
        return ()

    def methods(self, operation: Operation) -> Iterable[str]:
        """Return further HTTP methods of the operation. Called once per operation at start."""
        return ()

    def media_types(self, operation: Operation) -> Iterable[str]:
        """Return further media types of the request body, which get the schema of the first documented one.

        Called once per operation at start.
        """
        return ()

    def prepare(self, request: Request, operation: Operation) -> Request:
        """Return the request as documented, if clients are known to send another one.

        Called first, when only the operation is known. May raise Problem.
        """
        return request

    def adapt(self, body: Any, operation: Operation) -> Any:
        """Return the decoded body as documented, if clients are known to send another one.

        Called before validation, so the body may be of any type. May raise Problem.
        """
        return body

    def unit_of_work(self) -> AbstractContextManager[object]:
        """Return a context manager to call a handler in, such as a transaction."""
        return nullcontext()

    def read_seed(self, given: Tree | Mapping[str, Any], source: str = "seed") -> Any:
        """Return a seed as `fill` takes it. Raises SeedError with the lines of `source`."""
        raise NotImplementedError("this behaviour has no seed")

    def fill(self, connection: Connection, other: Any = None) -> None:
        """Write the initial state to empty tables, or another one that `read_seed` has returned."""

    def restored(self, connection: Connection) -> None:
        """Forget what is known of earlier rows. Called when rows have been replaced, as by a restored state.

        The connection is that of the transaction that replaces them, which ends next.
        """

    def banner(self) -> Sequence[tuple[str, str]]:
        """Return rows (name, value) to show at start, such as credentials to try.

        A value that begins with a slash is a page of the mock, and is shown as a whole URL.
        """
        return ()

    def routes(self) -> Sequence[BaseRoute]:
        """Return Starlette routes for pages that are not operations. They come before the operations."""
        return ()

    def check(self) -> None:
        """Raise any exception if the mock cannot serve now, such as when its database is lost.

        Called by `/health`, in any thread.
        """
        if self.store is not None:
            self.store.check()

    def close(self) -> None:
        """Close files and connections. Called last; may be called twice."""
