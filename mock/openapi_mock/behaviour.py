"""What one API adds to the engine: handlers, credentials, the shape of its errors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .messages import Principal, Problem, Reply, Request
from .operations import Operation, SecurityScheme

if TYPE_CHECKING:
    from starlette.routing import BaseRoute


class UnusableDatabaseError(ValueError):
    """State cannot be kept where the database's URL says. The message is one line and holds no password."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request shows for one scheme: a password (with `username`), a bearer token or an API key."""

    secret: str = field(repr=False)
    username: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What `Behaviour.authenticate` may look at.

    `scopes` are all that any of the operation's alternatives wants from this scheme.
    """

    operation: Operation
    request: Request
    scopes: frozenset[str]


class Behaviour:
    """What one API does: its handlers, which `operation` registers, and hooks, all of which have defaults.

    An operation without a handler gets a synthesised response, so this class itself serves any document.
    """

    serial = True
    """Whether one call at a time enters the behaviour; False where handlers may run in many threads."""

    def credentials(self, scheme: SecurityScheme, request: Request) -> Credentials | None:
        """Credentials somewhere else than the document says. Asked where there are none."""
        return None

    def authenticate(self, scheme: SecurityScheme, credentials: Credentials, context: Context) -> Principal:
        """Who that is. Raises Problem to refuse. By default everybody is welcome and holds every scope."""
        return Principal(scheme.name, context.scopes, credentials.username)

    def render(self, problem: Problem, operation: Operation | None) -> Reply:
        """How the API words a refusal. `operation` is None where none was found."""
        violations = [
            {"in": each.location, "at": each.path, "keyword": each.keyword, "message": each.message}
            for each in problem.violations
        ]
        body = {"error": problem.kind, "message": problem.message, "violations": violations}
        return Reply(problem.status, body)

    def aliases(self, operation: Operation) -> Iterable[str]:
        """Further path templates that lead to the operation. Asked once per operation at start-up.

        What only an alias has in braces is in `Call.path` as it came, decoded from its percent-encoding.
        """
        return ()

    def methods(self, operation: Operation) -> Iterable[str]:
        """Further methods that lead to the operation. Asked once per operation at start-up."""
        return ()

    def media_types(self, operation: Operation) -> Iterable[str]:
        """Further media types of the operation's body, with the schema of the first documented one.

        Asked once per operation at start-up.
        """
        return ()

    def prepare(self, request: Request, operation: Operation) -> Request:
        """The request as the document has it, where clients are known to send it otherwise.

        Asked before anything but the path is looked at. Raises Problem to refuse.
        """
        return request

    def adapt(self, body: Any, operation: Operation) -> Any:
        """The decoded body as the document has it, where clients are known to send it otherwise.

        Asked before the body is validated, so that it may be of any type. Raises Problem to refuse.
        """
        return body

    def unit_of_work(self) -> AbstractContextManager[object]:
        """Surrounds every handler call; sees the exception where one is raised."""
        return nullcontext()

    def banner(self) -> Sequence[tuple[str, str]]:
        """Rows (what, value) to show at start-up, such as credentials to try.

        A value that begins with a slash is a page of the mock, and is shown with its whole address.
        """
        return ()

    def routes(self) -> Sequence[BaseRoute]:
        """Starlette routes for pages that are not operations. They come before the operations."""
        return ()

    def close(self) -> None:
        """Let go of files and connections; nothing is asked afterwards. May be called twice."""
