from __future__ import annotations

import gzip
import zlib
from typing import Final

import pytest

from openapi_runtime.content import Body, UnpackError, unpack
from openapi_runtime.messages import HTTPResponse, TooLargeError, TransportError

TEXT: Final = b'{"a": 1}' * 10


def unpacked(packed: bytes, *encodings: str, max_size: int = 1000) -> bytes:
    headers = [(b"content-encoding", each.encode("latin-1")) for each in encodings]
    response = HTTPResponse(200, headers, packed, sent_headers={}, path="/things")
    unpack(response, max_size)
    assert not response.is_packed
    return response.content


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


# ---- unpacking


def test_a_body_without_an_encoding_is_left_as_it_is() -> None:
    assert unpacked(TEXT) == TEXT
    assert unpacked(TEXT, "identity") == TEXT
    assert unpacked(TEXT, "") == TEXT
    assert not unpacked(b"", "gzip")


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZip", " gzip ", "identity, gzip"])
def test_gzip_is_undone_however_it_is_written(encoding: str) -> None:
    assert unpacked(gzip.compress(TEXT), encoding) == TEXT


def test_deflate_is_undone_with_its_header_and_without() -> None:
    assert unpacked(zlib.compress(TEXT), "deflate") == TEXT
    assert unpacked(raw_deflate(TEXT), "deflate") == TEXT


def test_encodings_are_undone_from_the_last_to_the_first() -> None:
    packed = gzip.compress(zlib.compress(TEXT))
    assert unpacked(packed, "deflate, gzip") == unpacked(packed, "deflate", "gzip") == TEXT
    with pytest.raises(UnpackError):
        unpacked(packed, "gzip, deflate")


@pytest.mark.parametrize("between", [b"", b"\0" * 3, b"\0" * 10_000])
def test_one_gzip_member_may_follow_another(between: bytes) -> None:
    packed = between.join([gzip.compress(TEXT), gzip.compress(b""), gzip.compress(TEXT), b""])
    assert unpacked(packed, "gzip") == TEXT * 2


def test_very_many_gzip_members_are_unpacked_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    longest: list[int] = []
    make = zlib.decompressobj

    class Watched:
        """A decompressor that remembers how much it was given at once, all of which it may copy."""

        def __init__(self, wbits: int) -> None:
            self._own = make(wbits)

        def decompress(self, content: bytes, most: int) -> bytes:
            longest.append(len(content))
            return self._own.decompress(content, most)

        @property
        def eof(self) -> bool:
            return self._own.eof

        @property
        def unused_data(self) -> bytes:
            return self._own.unused_data

    monkeypatch.setattr(zlib, "decompressobj", Watched)
    assert unpacked(gzip.compress(b"x") * 1000, "gzip") == b"x" * 1000
    assert max(longest) <= 4096


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip;q=1", "\u00fc", "deflate, br"])
def test_an_encoding_that_is_not_known_is_refused_by_its_name(encoding: str) -> None:
    with pytest.raises(UnpackError) as caught:
        unpacked(gzip.compress(TEXT), encoding)
    assert str(caught.value) == encoding.rpartition(" ")[2]


def test_more_encodings_than_any_server_needs_are_refused() -> None:
    packed = TEXT
    for _ in range(6):
        packed = gzip.compress(packed)
    with pytest.raises(UnpackError, match=r"^6 encodings$"):
        unpacked(packed, *["gzip"] * 6)
    assert unpacked(gzip.decompress(packed), *["gzip"] * 5) == TEXT


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        pytest.param(b"no gzip at all", "gzip", id="no gzip"),
        pytest.param(gzip.compress(TEXT)[:-1], "gzip", id="gzip that is cut"),
        pytest.param(gzip.compress(TEXT) + b"more", "gzip", id="gzip and more"),
        pytest.param(gzip.compress(TEXT) + gzip.compress(TEXT)[:9], "gzip", id="a second member that is cut"),
        pytest.param(b"\0\0", "gzip", id="zeros"),
        pytest.param(b"no deflate at all", "deflate", id="no deflate"),
        pytest.param(zlib.compress(TEXT)[:-1], "deflate", id="deflate that is cut"),
        pytest.param(raw_deflate(TEXT)[:-1], "deflate", id="raw deflate that is cut"),
    ],
)
def test_bytes_in_another_encoding_are_refused_and_not_held(packed: bytes, encoding: str) -> None:
    with pytest.raises(UnpackError, match=f"^{encoding}$") as caught:
        unpacked(packed, encoding)
    assert caught.value.__context__ is None


# ---- limits


@pytest.mark.parametrize(
    ("pack", "encoding"), [(gzip.compress, "gzip"), (zlib.compress, "deflate"), (raw_deflate, "deflate")]
)
def test_a_body_may_have_just_as_many_bytes_as_allowed(pack: type, encoding: str) -> None:
    assert len(unpacked(pack(b" " * 1000), encoding)) == 1000
    with pytest.raises(TooLargeError):
        unpacked(pack(b" " * 1001), encoding)


def test_the_limit_is_for_all_members_together() -> None:
    member = gzip.compress(b" " * 500)
    assert len(unpacked(member * 2, "gzip")) == 1000
    with pytest.raises(TooLargeError):
        unpacked(member * 2 + gzip.compress(b" "), "gzip")


def test_chunks_make_a_body() -> None:
    assert not Body(5).content
    body = Body(5)
    body.add(b"ab")
    body.add(b"cde")
    assert body.content == b"abcde"
    with pytest.raises(TooLargeError):
        body.add(b"f")


def test_a_chunk_after_the_deadline_is_too_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openapi_runtime.content.time.monotonic", lambda: 1000.0)
    Body(5, 1000.0).add(b"a")
    with pytest.raises(TransportError, match=r"^ReadTimeout$") as caught:
        Body(5, 999.9).add(b"a")
    assert caught.value.timed_out
    assert not caught.value.is_unsent
