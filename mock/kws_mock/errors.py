"""Errors, and their bodies: one format for the token call, another for all other operations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from openapi_mock import Operation, Problem, Response, Violation

_TOKEN_OPERATION: Final = "issueToken"  # noqa: S105  # the name of an operation
_TOKEN_ERRORS: Final = ("invalid_client", "invalid_grant", "invalid_request", "invalid_token")
_CODES: Final[Mapping[int, tuple[int, str]]] = {
    HTTPStatus.BAD_REQUEST: (5, "validation"),
    HTTPStatus.FORBIDDEN: (1, "forbidden"),
    HTTPStatus.NOT_FOUND: (2, "notFound"),
    HTTPStatus.METHOD_NOT_ALLOWED: (1, "forbidden"),
    HTTPStatus.CONFLICT: (10, "conflict"),
}
_UNEXPECTED: Final = (11, "unexpected")


def invalid_client() -> Problem:
    return Problem(401, "invalid_client", "Client credentials are invalid")


def invalid_grant(message: str) -> Problem:
    return Problem(400, "invalid_grant", message)


def invalid_token(message: str = "The access token provided is invalid.") -> Problem:
    return Problem(401, "invalid_token", message)


def invalid_field(name: str, message: str) -> Problem:
    """Return the Problem for a query parameter that fits its schema and is wrong all the same."""
    return Problem(400, "validation", "Validation error", (_violation("query", name, "value", message),))


def forbidden(message: str, *violations: Violation) -> Problem:
    return Problem(403, "forbidden", message, violations)


def not_found(what: str, *violations: Violation, known: Iterable[str] = ()) -> Problem:
    there = ", ".join(known)
    return Problem(404, "not-found", f"{what} not found{there and f'; there are {there}'}", violations)


def conflict(message: str, *violations: Violation) -> Problem:
    return Problem(409, "conflict", message, violations)


def missing(name: str) -> Violation:
    return _violation("body", name, "required", "is missing")


def wrong(name: str, message: str) -> Violation:
    """`name` is dotted, as in `address.street`."""
    return _violation("body", name, "value", message)


def _violation(location: Any, name: str, keyword: str, message: str) -> Violation:
    return Violation(location, (name,), keyword, message)


def render(problem: Problem, operation: Operation | None) -> Response:
    """Return the response to a problem of the engine or of a handler."""
    status = problem.status
    if status in (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE):
        status = 400  # The documented status of every request that cannot be read.
    of_token_operation = operation is not None and operation.id == _TOKEN_OPERATION
    if status == HTTPStatus.UNAUTHORIZED or (of_token_operation and status == HTTPStatus.BAD_REQUEST):
        return Response(status, _token_error(problem, of_token_operation=of_token_operation))
    return Response(status, _api_error(status, problem))


def _token_error(problem: Problem, *, of_token_operation: bool) -> dict[str, Any]:
    if problem.kind in _TOKEN_ERRORS:
        return {"ErrorCode": problem.kind, "Error": problem.message}
    if problem.status != HTTPStatus.UNAUTHORIZED:
        details = ", ".join(f"{_name(each)} {each.message}" for each in problem.violations)
        return {"ErrorCode": "invalid_request", "Error": details or problem.message}
    if of_token_operation:
        return {"ErrorCode": "invalid_client", "Error": "Client credentials are missing"}
    return {"ErrorCode": "invalid_token", "Error": "The access token is missing."}


def _api_error(status: int, problem: Problem) -> dict[str, Any]:
    code, meaning = _CODES.get(status, _UNEXPECTED)
    body: dict[str, Any] = {"code": code, "codeMeaning": meaning, "errorMessage": problem.message}
    if problem.violations:
        # Of several violations of one field, the first is shown.
        body["invalid"] = {_name(each): _field_error(each) for each in reversed(problem.violations)}
    return body


def _field_error(violation: Violation) -> dict[str, Any]:
    code, meaning = (6, "missing") if violation.keyword == "required" else (7, "invalidValue")
    return {"code": code, "codeMeaning": meaning, "errorMessage": violation.message}


def _name(violation: Violation) -> str:
    return violation.path or violation.location
