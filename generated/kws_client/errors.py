# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Everything that a call of this API can raise. `APIError` is the base of all of it."""

from __future__ import annotations

from typing import Final

from openapi_runtime import errors as _runtime
from openapi_runtime.errors import (
    APIError,
    BadGateway,
    ClientError,
    ConfigurationError,
    ConnectionFailed,
    ContentTooLarge,
    DecodeError,
    ErrorClasses,
    GatewayTimeout,
    Gone,
    InvalidArgument,
    MissingArgument,
    NotImplementedByServer,
    PaginationError,
    RateLimited,
    RequestTimeout,
    ResponseTooLarge,
    ServerError,
    ServiceUnavailable,
    StatusError,
    TimedOut,
    UnexpectedStatus,
    UnprocessableContent,
    UnsupportedMediaType,
    UnusableClient,
)


class BadRequest(_runtime.BadRequest):
    """Raised for status 400, Bad Request."""

    documented_status = 400


class Unauthorized(_runtime.Unauthorized):
    """Raised for status 401, Unauthorized."""

    documented_status = 401


class Forbidden(_runtime.Forbidden):
    """Raised for status 403, Forbidden."""

    documented_status = 403


class NotFound(_runtime.NotFound):
    """Raised for status 404, Not Found."""

    documented_status = 404


class MethodNotAllowed(_runtime.MethodNotAllowed):
    """Raised for status 405, Method Not Allowed."""

    documented_status = 405


class Conflict(_runtime.Conflict):
    """Raised for status 409, Conflict."""

    documented_status = 409


class InternalServerError(_runtime.InternalServerError):
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
    "BadGateway",
    "ClientError",
    "ConfigurationError",
    "ConnectionFailed",
    "ContentTooLarge",
    "DecodeError",
    "GatewayTimeout",
    "Gone",
    "InvalidArgument",
    "MissingArgument",
    "NotImplementedByServer",
    "PaginationError",
    "RateLimited",
    "RequestTimeout",
    "ResponseTooLarge",
    "ServerError",
    "ServiceUnavailable",
    "StatusError",
    "TimedOut",
    "UnexpectedStatus",
    "UnprocessableContent",
    "UnsupportedMediaType",
    "UnusableClient",
    "BadRequest",
    "Unauthorized",
    "Forbidden",
    "NotFound",
    "MethodNotAllowed",
    "Conflict",
    "InternalServerError",
]
