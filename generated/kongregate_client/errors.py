# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Everything that a call of this API can raise. `APIError` is the base of all of it."""

from __future__ import annotations

from typing import Final

from openapi_runtime import errors as _runtime
from openapi_runtime.errors import (
    APIError,
    BadGateway,
    BadRequest,
    ClientError,
    ConfigurationError,
    Conflict,
    ConnectionFailed,
    ContentTooLarge,
    DecodeError,
    ErrorClasses,
    Failed,
    Forbidden,
    GatewayTimeout,
    Gone,
    InvalidArgument,
    MethodNotAllowed,
    MissingArgument,
    NotFound,
    NotImplementedByServer,
    PaginationError,
    RateLimited,
    RequestTimeout,
    ResponseTooLarge,
    ServerError,
    StatusError,
    TimedOut,
    Unauthorized,
    UnexpectedStatus,
    UnprocessableContent,
    UnsupportedMediaType,
    UnusableClient,
)


class InternalServerError(_runtime.InternalServerError):
    """Raised for status 500, Internal Server Error."""

    documented_status = 500


class ServiceUnavailable(_runtime.ServiceUnavailable):
    """Raised for status 503, Service Unavailable."""

    documented_status = 503


class BadParameters(Failed):
    """Raised for a failure with code 400."""


class InvalidCredentials(Failed):
    """Raised for a failure with code 403."""


ERRORS: Final = ErrorClasses(
    by_status={
        500: InternalServerError,
        503: ServiceUnavailable,
    },
    by_code={
        400: BadParameters,
        403: InvalidCredentials,
    },
)

__all__ = [
    "APIError",
    "BadGateway",
    "BadRequest",
    "ClientError",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "ContentTooLarge",
    "DecodeError",
    "Forbidden",
    "GatewayTimeout",
    "Gone",
    "InvalidArgument",
    "MethodNotAllowed",
    "MissingArgument",
    "NotFound",
    "NotImplementedByServer",
    "PaginationError",
    "RateLimited",
    "RequestTimeout",
    "ResponseTooLarge",
    "ServerError",
    "StatusError",
    "TimedOut",
    "Unauthorized",
    "UnexpectedStatus",
    "UnprocessableContent",
    "UnsupportedMediaType",
    "UnusableClient",
    "Failed",
    "BadParameters",
    "InvalidCredentials",
    "InternalServerError",
    "ServiceUnavailable",
]
