"""Bodies that are compressed, correctly or not, or that break off."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import httpx
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from openapi_fuzz.responses.drawing import DrawnResponse

from .editing import Mutation, content_type, with_headers

BOMB: Final = gzip.compress(bytes(32 * 2**20), mtime=0)
"""32 MiB in 32 KiB."""


def packed(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Compress the body as `Content-Encoding` says."""
    name = draw(st.sampled_from(list(_PACKERS)))
    content = _PACKERS[name](response.content)
    return with_headers(
        replace(response, content=content), *content_type(response), ("content-encoding", name)
    )


def wrongly_packed(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Declare a `Content-Encoding` that the body does not have, or has with a byte missing or wrong."""
    whole = _gzipped(response.content)
    middle = len(whole) // 2
    name, content = draw(
        st.sampled_from(
            (
                ("gzip", response.content or b"plain"),
                ("gzip", whole[:-9]),
                ("gzip", whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :]),
                ("deflate", b"\x00" + response.content),
                ("br", response.content or b"plain"),
                ("gzip, gzip", whole),
            )
        )
    )
    return with_headers(
        replace(response, content=content), *content_type(response), ("content-encoding", name)
    )


def bomb(_draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Send a body that is far larger once it is decompressed."""
    return with_headers(
        replace(response, content=BOMB), *content_type(response), ("content-encoding", "gzip")
    )


def broken_off(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Break off before the head, or anywhere in the body."""
    fault = draw(
        st.sampled_from(
            (
                httpx.ReadError,
                httpx.RemoteProtocolError,
                httpx.ReadTimeout,
                httpx.ConnectError,
                httpx.ConnectTimeout,
            )
        )
    )
    end = draw(st.integers(0, len(response.content)))
    return replace(response, content=response.content[:end], fault=fault)


def _gzipped(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


_PACKERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "gzip": _gzipped,
    "deflate": zlib.compress,
    "identity": bytes,
}


MUTATIONS: Final[Sequence[Mutation]] = (packed, wrongly_packed, bomb, broken_off)
