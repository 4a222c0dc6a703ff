"""What one API adds to the engine: handlers, credentials, the shape of its errors."""

from __future__ import annotations

import difflib
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .messages import Call, Principal, Problem, Reply, Request
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
    """What one API does. Everything has a working default, meant to be overridden.

    An instance of this very class serves any document with synthesised answers.
    """

    serial = True
    """Whether one call at a time enters the behaviour; False where handlers may run in many threads."""

    def handler(self, operation_id: str) -> Callable[[Call], Any] | None:
        """What answers an operation: by default the method named like its id in snake_case, if there is one.

        A handler returns a JSON value (sent with the first documented 2xx), a `Reply`, or None or `NO_BODY`
        for an empty success. Asked once per operation at start-up.
        """
        name = snake_case(operation_id)
        if name.startswith("_") or hasattr(Behaviour, name):
            return None
        found: Callable[[Call], Any] | None = getattr(self, name, None)
        return found

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


def strangers(behaviour: Behaviour, handlers: Mapping[str, Callable[[Call], Any] | None]) -> Iterator[str]:
    """What to tell of each public method that takes a Call as a handler does, and is asked for no operation.

    `handlers` are those of all operations, by operation id.
    """
    asked = {inspect.unwrap(getattr(each, "__func__", each)) for each in handlers.values() if each}
    names = {snake_case(each) for each in handlers}
    missing = [snake_case(each) for each, handler in handlers.items() if handler is None]
    for name, method in inspect.getmembers(type(behaviour), inspect.isfunction):
        is_hook = name.startswith("_") or hasattr(Behaviour, name)
        if is_hook or name in names or inspect.unwrap(method) in asked or not _takes_a_call(method):
            continue
        close = difflib.get_close_matches(name, missing, n=1)
        advice = f"did you mean {close[0]}?" if close else "name it like one, or _ in front if it is a helper"
        method_name = f"{type(behaviour).__name__}.{name}"
        yield f"{method_name} looks like a handler, and no operation has that name: {advice}"


def _takes_a_call(method: Callable[..., Any]) -> bool:
    taken = [*inspect.signature(method).parameters.values()][1:]
    if len(taken) != 1:
        return False
    annotation = taken[0].annotation
    if annotation is inspect.Parameter.empty:
        return taken[0].name == "call"
    return annotation is Call or str(annotation).rpartition(".")[2] == "Call"


def snake_case(name: str) -> str:
    """`getLeaderboard`, `get-leaderboard` and `get_leaderboard` are all `get_leaderboard`."""
    words = re.sub(r"([a-z0-9])([A-Z])|([A-Z]+)([A-Z][a-z])", r"\1\3_\2\4", name)
    return re.sub(r"\W+", "_", words).lower()
