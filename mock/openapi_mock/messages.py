"""Requests, responses and problems."""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from http import HTTPStatus
from typing import Any, Final

from openapi_reader import Pointer

from .operations import Location, Operation

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_UNSENDABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


class _NoBody(enum.Enum):
    NO_BODY = "no body"

    def __repr__(self) -> str:
        return "NO_BODY"


NO_BODY: Final = _NoBody.NO_BODY
"""Stands for a missing body, since `None` is JSON's `null`."""


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request.

    `target` is the raw path with its query, percent-encoded as received. Header names are in lower case; the
    values of a repeated header are joined by commas.
    """

    method: str
    target: bytes | str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    body: bytes = field(default=b"", repr=False)
    client_host: str | None = None

    @property
    def raw_path(self) -> bytes:
        return self._raw_target.partition(b"?")[0]

    @property
    def raw_query(self) -> bytes:
        return self._raw_target.partition(b"?")[2]

    @property
    def _raw_target(self) -> bytes:
        return self.target if isinstance(self.target, bytes) else self.target.encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a response is sent, if not whole and at once.

    It begins after `delay_s` seconds. After `cut` bytes of the body the connection is closed; -1 resets it
    before anything is sent. Between single bytes of the body there are `drip_s` seconds.
    """

    delay_s: float = 0.0
    cut: int | None = None
    drip_s: float = 0.0


@dataclass(frozen=True)
class Response:
    """An HTTP response. `body` is a JSON value, or `str` or `bytes` if `media_type` is not JSON."""

    status: int
    body: Any = NO_BODY
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    media_type: str = "application/json"
    delivery: Delivery | None = None

    @cached_property
    def content(self) -> bytes:
        """The encoded body. Raises TypeError or ValueError if it cannot be encoded."""
        if self.body is NO_BODY:
            return b""
        if is_json(self.media_type):
            return _ENCODER.encode(self.body).encode()
        if isinstance(self.body, bytes):
            return self.body
        if isinstance(self.body, str):
            return self.body.encode()
        raise TypeError(f"a body of {self.media_type} is str or bytes, not {type(self.body).__name__}")

    @cached_property
    def encoded_headers(self) -> tuple[tuple[bytes, bytes], ...]:
        """All headers, encoded, with names in lower case, including content type and content length.

        Raises ValueError for a header that cannot be sent, and the errors of `content`.
        """
        if not self.headers:
            return self._usual_headers()
        headers = {name.lower(): value for name, value in self.headers.items()}
        if self.body is not NO_BODY:
            headers.setdefault("content-type", self.media_type)
        if self.status >= HTTPStatus.OK and self.status != HTTPStatus.NO_CONTENT:
            headers["content-length"] = str(len(self.content))
        if any(_UNSENDABLE.search(name + value) for name, value in headers.items()):
            raise ValueError("a header with a control character")
        return tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items())

    def _usual_headers(self) -> tuple[tuple[bytes, bytes], ...]:
        """Return content type and content length, as far as there is a body."""
        kind = () if self.body is NO_BODY else (_content_type(self.media_type),)
        if self.status < HTTPStatus.OK or self.status == HTTPStatus.NO_CONTENT:
            return kind
        return *kind, (b"content-length", b"%d" % len(self.content))


@lru_cache(maxsize=64)
def _content_type(media_type: str) -> tuple[bytes, bytes]:
    if _UNSENDABLE.search(media_type):
        raise ValueError("a header with a control character")
    return b"content-type", media_type.encode("latin-1")


@dataclass(frozen=True, slots=True)
class Violation:
    """One error in a request or a response.

    `pointer` leads to the value. In a parameter it begins with the parameter's name, in a body with the first
    key; for a missing or unexpected property it ends with the property's name. `keyword` is that of the
    schema (`required`, `type`, …), or `encoding` for text that cannot be decoded. The message never quotes
    the value, which may be a secret.
    """

    location: Location
    pointer: Pointer
    keyword: str
    message: str

    @property
    def path(self) -> str:
        """The pointer with dots, as in `address.street` or `permissions.0`."""
        return ".".join(map(str, self.pointer))


class Problem(Exception):
    """Raised to refuse a request, anywhere from routing to handler. `Behaviour.render` returns the response.

    Kinds that the engine itself raises: `route-not-found` 404, `method-not-allowed` 405, `payload-too-large`
    413, `unsupported-media-type` 415, `malformed-body` 400, `invalid-request` 400, `unauthenticated` 401,
    `insufficient-scope` 403, `internal` 500, `invalid-response` 500.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        message: str,
        violations: tuple[Violation, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.message = message
        self.violations = violations
        self.headers: dict[str, str] = dict(headers or {})


@dataclass(frozen=True, slots=True)
class Principal:
    """An authenticated caller: its security scheme, its scopes, and its identity as the behaviour has it."""

    scheme: str
    scopes: frozenset[str]
    identity: Any = None


@dataclass(frozen=True, slots=True)
class Call:
    """The argument of a handler. Documented values are decoded to the types of their schemas, and valid.

    Parameters that were not sent are absent, unless their schema has a default. A form is a mapping, in which
    each file is a `File`. `principal` is None for an anonymous call; if several schemes are required at once,
    `principals` has one for each, by scheme name.
    """

    operation: Operation
    path: dict[str, Any] = field(repr=False)
    query: dict[str, Any] = field(repr=False)
    headers: dict[str, Any] = field(repr=False)
    cookies: dict[str, Any] = field(repr=False)
    body: Any = field(repr=False)
    principal: Principal | None
    principals: Mapping[str, Principal]
    request: Request


@lru_cache(maxsize=256)
def is_json(media_type: str) -> bool:
    """Return whether a media type, with or without parameters, is `application/json` or `…+json`."""
    essence = media_type.partition(";")[0].strip().lower()
    return essence == "application/json" or essence.endswith("+json")
