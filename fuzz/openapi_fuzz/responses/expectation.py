"""What a document makes of a response: the value that a client returns, or the error that it raises."""

from __future__ import annotations

import gzip
import io
import json
import math
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from http import HTTPStatus
from typing import Any, Final, NoReturn

import httpx

from openapi_fuzz.clients.documented import error_name
from openapi_fuzz.document import Document, Node
from openapi_fuzz.media import is_json, media_type_of
from openapi_reader import is_object

from .drawing import DrawnResponse
from .mutations import WAITS
from .shapes import Shape, written_place

UNREADABLE: Final = object()
"""In place of the value of a body that has none."""

_SUCCESSES: Final = range(200, 300)
# How deep a body may be for every reader, and how deep it has to be for none.
_DEPTH_READ: Final = 400
_DEPTH_REFUSED: Final = 20_000
# For statuses that the document has nowhere.
_BY_STATUS: Final[Mapping[int, str]] = {
    **dict.fromkeys(range(400, 500), "ClientError"),
    **dict.fromkeys(range(500, 600), "ServerError"),
    HTTPStatus.BAD_REQUEST: "BadRequest",
    HTTPStatus.UNAUTHORIZED: "Unauthorized",
    HTTPStatus.FORBIDDEN: "Forbidden",
    HTTPStatus.NOT_FOUND: "NotFound",
    HTTPStatus.METHOD_NOT_ALLOWED: "MethodNotAllowed",
    HTTPStatus.REQUEST_TIMEOUT: "RequestTimeout",
    HTTPStatus.CONFLICT: "Conflict",
    HTTPStatus.GONE: "Gone",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "ContentTooLarge",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "UnsupportedMediaType",
    HTTPStatus.UNPROCESSABLE_ENTITY: "UnprocessableContent",
    HTTPStatus.TOO_MANY_REQUESTS: "RateLimited",
    HTTPStatus.INTERNAL_SERVER_ERROR: "InternalServerError",
    HTTPStatus.NOT_IMPLEMENTED: "NotImplementedByServer",
    HTTPStatus.BAD_GATEWAY: "BadGateway",
    HTTPStatus.SERVICE_UNAVAILABLE: "ServiceUnavailable",
    HTTPStatus.GATEWAY_TIMEOUT: "GatewayTimeout",
}


@dataclass(frozen=True)
class Expectation:
    """What a client has to make of one response.

    Attributes:
        errors: Names of the classes of which one has to be raised; none at all for a value.
        body: The JSON that the value, or the body of the error, gives back; None for no body.
        places: Where the body is wrong, as a `DecodeError` shows it; None if it does not matter.
        content: The body once it is unpacked.
        is_documented: Whether the document has this status.
        wait: The seconds that `Retry-After` asks to wait.
        is_open: Whether a value is right as well, such as for a very deep body.
        is_status: Whether the error is that of a status, or of a failure in the body.
    """

    errors: Collection[str] = ()
    body: Any = None
    places: Collection[str] | None = None
    content: bytes = b""
    is_documented: bool = False
    wait: float | None = None
    is_open: bool = False
    is_status: bool = False


class Reader:
    """Reads responses of one operation as a client has to.

    Args:
        document: The document.
        operation_id: The operation.
        max_size: The most bytes that the client takes.
    """

    def __init__(self, document: Document, operation_id: str, max_size: int) -> None:
        self._document = document
        self._responses = document.operations[operation_id].responses
        self._max_size = max_size

    def expect(self, response: DrawnResponse) -> Expectation:
        """Return what a client owes for a response."""
        if response.fault is not None:
            timed_out = issubclass(response.fault, httpx.TimeoutException)
            return Expectation(["TimedOut" if timed_out else "ConnectionFailed"])
        content = _unpacked(response, self._max_size)
        if content is not None and max(len(content), len(response.content)) > self._max_size:
            return Expectation(["ResponseTooLarge"])
        success = self._success(response.status)
        if success is None:
            found = self._failure(response, content or b"")
            # httpx itself refuses to build the request for a redirect that leads nowhere.
            return (
                found
                if _leads_somewhere(response)
                else replace(found, errors=[*found.errors, "ConnectionFailed"], is_status=False, is_open=True)
            )
        if content is None:
            return Expectation(["DecodeError"], places=[""])
        found = self._read_success(success, response, content)
        return replace(found, content=content, is_documented=True)

    def reads_json(self, status: int) -> bool:
        """Return whether a status is that of a success with a JSON body."""
        return is_json(media_type_of(self._success(status) or {})[0])

    def _success(self, status: int) -> Node | None:
        # Where no success is documented, what holds for every status holds for successes, too.
        ranges = ["2XX"] if any(key.startswith("2") for key in self._responses) else ["2XX", "default"]
        return self._documented(status, *ranges) if status in _SUCCESSES else None

    def _documented(self, status: int, *ranges: str) -> Node | None:
        found: Node | None = next(
            (self._responses[key] for key in (str(status), *ranges) if key in self._responses), None
        )
        return found

    # ---- successes

    def _read_success(self, documented: Node, response: DrawnResponse, content: bytes) -> Expectation:
        media_type, schema = media_type_of(documented)
        if not media_type:
            return Expectation()
        if not is_json(media_type):
            body = self._text_or_bytes(media_type, schema, response, content)
            return Expectation(["DecodeError"], places=[""]) if body is UNREADABLE else Expectation(body=body)
        depth = content.count(b"[") + content.count(b"{")
        if depth > _DEPTH_READ and _is_deep(content):
            return Expectation(["DecodeError"], is_open=depth < _DEPTH_REFUSED)
        value = parsed(content)
        if value is UNREADABLE:
            return Expectation(["DecodeError"], places=[""])
        return self._read_shapes(Shape.of(self._document, schema).alternatives, value)

    def _read_shapes(self, shapes: Sequence[Shape], value: Any) -> Expectation:
        successes = [each for each in shapes if each.failure is None]
        fitting = [kept for each in successes if each.fits(kept := each.kept(value))]
        if fitting:
            return Expectation(body=next((each for each in fitting if each == value), fitting[0]))
        for shape in shapes:
            kept = shape.kept(value)
            if shape.failure is not None and shape.fits(kept):
                return Expectation([_failure_class(shape.failure, kept) or "Failed"], kept, is_status=True)
        places = {place for each in successes for place in each.wrong_places(each.kept(value))}
        whole = [""] if len(successes) > 1 else []
        return Expectation(["DecodeError"], places=[*map(written_place, places), *whole])

    # ---- failures

    def _failure(self, response: DrawnResponse, content: bytes) -> Expectation:
        documented = self._documented(response.status, f"{response.status // 100}XX", "default")
        body, classes = self._read_failure(documented, response, content)
        return Expectation(
            classes
            or [self._named.get(response.status) or _BY_STATUS.get(response.status, "UnexpectedStatus")],
            body,
            content=content,
            is_documented=documented is not None,
            wait=next(map(WAITS.get, response.values("retry-after")), None),
            is_status=True,
        )

    def _read_failure(
        self, documented: Node | None, response: DrawnResponse, content: bytes
    ) -> tuple[Any, Collection[str]]:
        """Return the body of a failure, and the classes if the body decides on them."""
        media_type, schema = media_type_of(documented or {})
        if media_type and not is_json(media_type):
            body = self._text_or_bytes(media_type, schema, response, content)
            return (None if body is UNREADABLE else body), ()
        if not media_type and "json" not in response.media_type.lower():
            return None, ()
        value = parsed(content)
        if value is UNREADABLE or not media_type:
            return (None if value is UNREADABLE else value), ()
        for shape in Shape.of(self._document, schema).alternatives:
            kept = shape.kept(value)
            if shape.fits(kept):
                if shape.failure is None:
                    return kept, ()
                code = _failure_class(shape.failure, kept)
                return kept, [code or self._named.get(response.status, "Failed")]
        return None, ()

    @cached_property
    def _named(self) -> Mapping[int, str]:
        """The errors of the failing statuses that the document has anywhere."""
        statuses = {status for each in self._document.operations.values() for status in each.responses}
        found = {int(each) for each in statuses if each.isdigit()}
        return {each: error_name(each) for each in found if each not in _SUCCESSES}

    def _text_or_bytes(self, media_type: str, schema: Node, response: DrawnResponse, content: bytes) -> Any:
        if not media_type.startswith("text/") or self._document.resolve(schema).get("format") == "binary":
            return content
        shape = Shape.of(self._document, schema)
        value = _text(response, content) if shape.is_text else parsed(content)
        return value if value is not UNREADABLE and shape.fits(value) else UNREADABLE


def parsed(content: bytes) -> Any:
    """Return the value of a JSON text; UNREADABLE if it is none."""
    try:
        return json.loads(content.decode(), parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        return UNREADABLE


def _leads_somewhere(response: DrawnResponse) -> bool:
    try:
        for each in response.values("location"):
            httpx.URL(each)
    except httpx.InvalidURL:
        return False
    return True


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refuse(text)


def _is_deep(content: bytes) -> bool:
    """Return whether a body is nested deeper than every reader has to take."""
    depth = deepest = 0
    for byte in content:
        depth += (byte in b"[{") - (byte in b"]}")
        deepest = max(deepest, depth)
    return deepest > _DEPTH_READ


def _failure_class(mark: Node, body: Any) -> str | None:
    code = body.get(mark.get("code", "")) if is_object(body) else None
    if isinstance(code, float) and code.is_integer():
        code = int(code)
    found: str | None = mark.get("classes", {}).get(str(code))
    return found


def _text(response: DrawnResponse, content: bytes) -> Any:
    named = [(b"content-type", response.media_type.encode("latin-1", "replace"))]
    charset = httpx.Response(200, headers=named).charset_encoding or "utf-8"
    try:
        return str(content, charset)
    except (LookupError, ValueError, TypeError):
        return UNREADABLE


def _unpacked(response: DrawnResponse, max_size: int) -> bytes | None:
    """Return the body, of which no more than one byte is too much; None if it cannot be unpacked."""
    names = response.values("content-encoding")
    content = response.content
    if not content:
        return content
    for name in reversed([each.strip().lower() for each in ",".join(names).split(",")]):
        try:
            if name == "gzip" and content:
                content = gzip.GzipFile(fileobj=io.BytesIO(content)).read(max_size + 1)
            elif name == "deflate":
                content = _inflated(content)
            elif name not in {"", "identity"}:
                return None
        except (OSError, EOFError, zlib.error):
            return None
    return content


def _inflated(content: bytes) -> bytes:
    try:
        return zlib.decompress(content)
    except zlib.error:
        return zlib.decompress(content, -zlib.MAX_WBITS)
