# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
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
    Forbidden,
    GatewayTimeout,
    Gone,
    InternalServerError,
    InvalidArgument,
    MethodNotAllowed,
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
    Unauthorized,
    UnexpectedStatus,
    UnprocessableContent,
    UnsupportedMediaType,
    UnusableClient,
)


class BadRequest(_runtime.BadRequest):
    """Raised for status 400, Bad Request."""

    documented_status = 400


class NotFound(_runtime.NotFound):
    """Raised for status 404, Not Found."""

    documented_status = 404


class Conflict(_runtime.Conflict):
    """Raised for status 409, Conflict."""

    documented_status = 409


ERRORS: Final = ErrorClasses(
    by_status={
        400: BadRequest,
        404: NotFound,
        409: Conflict,
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
    "Forbidden",
    "GatewayTimeout",
    "Gone",
    "InternalServerError",
    "InvalidArgument",
    "MethodNotAllowed",
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
    "Unauthorized",
    "UnexpectedStatus",
    "UnprocessableContent",
    "UnsupportedMediaType",
    "UnusableClient",
    "BadRequest",
    "NotFound",
    "Conflict",
]
