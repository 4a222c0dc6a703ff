"""Failures and their bodies, nearly all of them under the status 200."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final

from openapi_mock import Operation, Problem, Response, Violation

_MESSAGE_REFUSED: Final = "message-refused"
_UNREADABLE: Final = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


def bad_parameters(message: str) -> Problem:
    return Problem(400, "bad-parameters", message)


def invalid_credentials() -> Problem:
    return Problem(403, "invalid-credentials", "Invalid credentials")


def taken(name: str) -> Problem:
    return Problem(409, "bad-parameters", f"{name} is taken")


def not_found(what: str) -> Problem:
    return Problem(404, "not-found", f"{what} not found")


def message_refused(message: str) -> Problem:
    """Return the Problem for a private message that is not sent. Its body has a format of its own."""
    return Problem(400, _MESSAGE_REFUSED, message)


def one_of(values: Iterable[object], names: str) -> None:
    """Check that exactly one of the values is given. Raises Problem (400)."""
    given = sum(value is not None for value in values)
    if given == 0:
        raise bad_parameters(f"Required: {names}")
    if given > 1:
        raise bad_parameters(f"Give only one of {names}")


def render(problem: Problem, operation: Operation | None) -> Response:
    """Return the response to a problem of the engine or of a handler."""
    if problem.kind == _MESSAGE_REFUSED:
        return Response(200, {"success": False, "errors": [problem.message]})
    code = problem.status
    if operation and code in _UNREADABLE:
        code = 400
    body = {"success": False, "error": code, "error_description": _description(problem, operation)}
    # The documentation: 200, "as long as there is not an internal server error".
    return Response(200 if operation and code < HTTPStatus.INTERNAL_SERVER_ERROR else code, body)


def _description(problem: Problem, operation: Operation | None) -> str:
    if operation and any(each.keyword == "required" for each in problem.violations):
        return _required(operation)
    details = "; ".join(f"{_name(each)} {each.message}" for each in problem.violations)
    return details or problem.message


def _required(operation: Operation) -> str:
    """Return the names of everything that the operation requires, whichever is missing."""
    *others, last = _required_names(operation)
    if not others:
        return f"{last} is a required parameter"
    comma = "," if len(others) > 1 else ""
    return f"{', '.join(others)}{comma} and {last} are required parameters"


def _required_names(operation: Operation) -> list[str]:
    names = [each.name for each in operation.parameters if each.required and each.location == "query"]
    for media_type in operation.request_body.content if operation.request_body else ():
        schema: Any = media_type.schema.resolved().value if media_type.schema else {}
        names += schema.get("required", ())
    return names


def _name(violation: Violation) -> str:
    return violation.path or violation.location
