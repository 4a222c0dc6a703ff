# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Everything that a call of this API can raise. `APIError` is the base of all of it."""

from __future__ import annotations

from typing import Final

from openapi_runtime.errors import (
    APIError,
    ConfigurationError,
    ConnectionFailed,
    DecodeError,
    ErrorClasses,
    InvalidArgument,
    MissingArgument,
    PaginationError,
    StatusError,
    TimedOut,
    UnexpectedStatus,
)


class BadRequest(StatusError):
    """Raised for status 400, Bad Request."""

    documented_status = 400


class Unauthorized(StatusError):
    """Raised for status 401, Unauthorized."""

    documented_status = 401


class Forbidden(StatusError):
    """Raised for status 403, Forbidden."""

    documented_status = 403


class NotFound(StatusError):
    """Raised for status 404, Not Found."""

    documented_status = 404


class MethodNotAllowed(StatusError):
    """Raised for status 405, Method Not Allowed."""

    documented_status = 405


class Conflict(StatusError):
    """Raised for status 409, Conflict."""

    documented_status = 409


class InternalServerError(StatusError):
    """Raised for status 500, Internal Server Error."""

    documented_status = 500


ERRORS: Final = ErrorClasses(
    by_status={
        400: BadRequest,
        401: Unauthorized,
        403: Forbidden,
        404: NotFound,
        405: MethodNotAllowed,
        409: Conflict,
        500: InternalServerError,
    },
    by_code={},
)

__all__ = [
    "APIError",
    "ConfigurationError",
    "ConnectionFailed",
    "DecodeError",
    "InvalidArgument",
    "MissingArgument",
    "PaginationError",
    "StatusError",
    "TimedOut",
    "UnexpectedStatus",
    "BadRequest",
    "Unauthorized",
    "Forbidden",
    "NotFound",
    "MethodNotAllowed",
    "Conflict",
    "InternalServerError",
]
