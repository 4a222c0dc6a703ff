"""Bodies of responses: collected and unpacked within limits of size and time."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from .messages import HTTPResponse, TooLargeError, TransportError

ACCEPTED: Final = "gzip, deflate"
"""The encodings that `unpack` undoes: those whose output zlib can bound."""

# A server names one, and rarely two; to undo thousands takes minutes.
_MOST_ENCODINGS: Final = 5
_STEP: Final = 4096
_GZIP: Final = 31
_ZLIB: Final = 15
_RAW_DEFLATE: Final = -15


class UnpackError(Exception):
    """Raised for a body that is not in the encoding that its headers name."""


class Body:
    """Collects the chunks of a body.

    Args:
        max_size: The most bytes that it may have.
        deadline: When it has to be complete, in seconds of `time.monotonic()`; None for no limit.
    """

    __slots__ = ("_chunks", "_deadline", "_max_size", "_size")

    def __init__(self, max_size: int, deadline: float | None = None) -> None:
        self._chunks: list[bytes] = []
        self._size = 0
        self._max_size = max_size
        self._deadline = deadline

    def add(self, chunk: bytes) -> None:
        """Add a chunk.

        Raises:
            TooLargeError: There are more bytes than allowed.
            TransportError: The deadline has passed.
        """
        self._size += len(chunk)
        if self._size > self._max_size:
            raise TooLargeError
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise TransportError("ReadTimeout", timed_out=True)
        self._chunks.append(chunk)

    @property
    def content(self) -> bytes:
        """All of it."""
        return self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)


def unpack(response: HTTPResponse, max_size: int) -> None:
    """Undo the `Content-Encoding` of a response.

    Raises:
        UnpackError: The body is in another encoding, or in one that is not known here.
        TooLargeError: It has more bytes than allowed once unpacked.
    """
    response.is_packed = False
    written = [value for name, value in response.raw_headers if name == b"content-encoding"]
    if not written or not response.content:
        return
    encodings = b",".join(written).decode("latin-1").lower().split(",")
    packed, response.content = response.content, b""
    if len(encodings) > _MOST_ENCODINGS:
        raise UnpackError(f"{len(encodings)} encodings")
    for encoding in reversed([each.strip() for each in encodings]):
        if encoding not in ("", "identity"):
            packed = _unpacked(encoding, packed, max_size)
    response.content = packed


def _unpacked(encoding: str, packed: bytes, max_size: int) -> bytes:
    undo = _DECODERS.get(encoding)
    if undo is None:
        raise UnpackError(encoding)
    try:
        return undo(packed, max_size)
    except zlib.error:
        pass
    # Raised outside `except`, so that `__context__` cannot hold the bytes.
    raise UnpackError(encoding)


def _gunzip(packed: bytes, max_size: int) -> bytes:
    """Unpack all members of a gzip file, of which one may follow another."""
    unpacked = bytearray()
    member: Any = zlib.decompressobj(_GZIP)
    # In steps, since each member copies what follows it: of very many, each would copy all the others.
    for start in range(0, len(packed), _STEP):
        chunk = packed[start : start + _STEP]
        while chunk:
            if member.eof:
                if not (chunk := chunk.lstrip(b"\0")):
                    break
                member = zlib.decompressobj(_GZIP)
            unpacked += member.decompress(chunk, max_size + 1 - len(unpacked))
            if len(unpacked) > max_size:
                raise TooLargeError
            chunk = member.unused_data
    if not member.eof:
        raise zlib.error("incomplete")
    return bytes(unpacked)


def _inflate(packed: bytes, max_size: int) -> bytes:
    """Unpack what RFC 9110 calls deflate, or else what some servers take it for."""
    try:
        return _bounded(zlib.decompressobj(_ZLIB), packed, max_size)
    except zlib.error:
        return _bounded(zlib.decompressobj(_RAW_DEFLATE), packed, max_size)


def _bounded(decompressor: Any, packed: bytes, max_size: int) -> bytes:
    unpacked: bytes = decompressor.decompress(packed, max_size + 1)
    if len(unpacked) > max_size:
        raise TooLargeError
    if not decompressor.eof:
        raise zlib.error("incomplete")
    return unpacked


_DECODERS: Final[Mapping[str, Callable[[bytes, int], bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
}
