"""Bodies of responses, packed, broken and too large: the value, or the error that says what is wrong."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import pytest
from hypothesis import strategies as st

from openapi_fuzz.network.calling import call_once
from openapi_fuzz.network.memory import Network
from openapi_fuzz.network.plans import Answer, Plan
from openapi_fuzz.properties import Properties
from openapi_runtime import Client
from openapi_runtime.bodies import bytes_body, json_body, no_body, text_body
from openapi_runtime.decoding import anything, string
from openapi_runtime.errors import APIError, DecodeError, NotFound, ResponseTooLarge
from openapi_runtime.exchange import Attempt
from openapi_runtime.operation import Operation


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


def in_members(content: bytes) -> bytes:
    middle = len(content) // 2
    return b"\0\0".join([gzip.compress(content[:middle]), gzip.compress(content[middle:]), b""])


PACKERS: Final[Mapping[tuple[str, str], Callable[[bytes], bytes]]] = {
    ("gzip", "gzip"): gzip.compress,
    ("x-gzip", "gzip"): gzip.compress,
    ("GZIP", "gzip"): gzip.compress,
    ("gzip", "members"): in_members,
    ("deflate", "zlib"): zlib.compress,
    ("deflate", "raw"): raw_deflate,
    ("identity", ""): bytes,
}
DAMAGES: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "none": bytes,
    "cut": lambda packed: packed[:-9],
    "spoilt": lambda packed: b"\x07made up" + packed,
}
MOST: Final = 5


def get(
    body: bytes, headers: Sequence[tuple[str, str]], status: int, *, is_async: bool, **settings: Any
) -> Any:
    """Return the value of a call that is answered so, or the error that it raises."""
    operation: Operation[Any, Any] = Operation(
        id="read",
        method="GET",
        path="/things",
        success={200: json_body(anything)},
        failure={404: json_body(anything)},
    )
    answer = Answer(status=status, headers=tuple(headers), body=body, pieces=3)
    with (network := Network([Plan(answer)])).serving():
        client = Client("http://api.example", max_retries=1, **settings)
        try:
            return call_once(client, operation, operation.request(), is_async=is_async)
        except APIError as error:
            return error
        finally:
            assert len(network.arrivals) == 1
            assert network.open == 0


@pytest.mark.parametrize(
    "further", [{}, {"httpx_args": {"http2": False}, "verify_ssl": False}], ids=["pool", "httpx"]
)
def test_a_packed_body_is_unpacked_within_its_limit(further: dict[str, Any], properties: Properties) -> None:
    def test(
        value: str,
        packers: list[tuple[str, str]],
        damage: str,
        spare: int,
        status: int,
        is_async: bool,
        in_one: bool,
    ) -> None:
        packed = plain = json.dumps(value).encode()
        sizes = [len(plain)]
        for each in packers:
            packed = PACKERS[each](packed)
            sizes.append(len(packed))
        is_packed = any(name != "identity" for name, _ in packers)
        damaged = DAMAGES[damage](packed) if is_packed else packed
        sizes[-1] = len(damaged)
        attempts: list[Attempt] = []
        names = [name for name, _ in packers]
        headers = (
            [("Content-Encoding", ", ".join(names))]
            if in_one
            else [("Content-Encoding", each) for each in names]
        )
        limit = max(1, max(sizes) + spare)
        found = get(
            damaged,
            headers,
            status,
            is_async=is_async,
            max_response_size=limit,
            on_attempt=attempts.append,
            **further,
        )
        is_spoilt = (is_packed and damage != "none") or len(names) > MOST
        assert [each.status for each in attempts] == [None if len(damaged) > limit else status]
        if len(damaged) > limit:
            assert attempts[0].reason == "TooLarge"
            assert attempts[0].retry_in is None
        if max(sizes) > limit and not (is_spoilt and len(damaged) <= limit):
            assert type(found) is ResponseTooLarge
            assert "more bytes than max_response_size allows" in str(found)
        elif not is_spoilt:
            assert found == value if status == 200 else found.body == value
            assert status == 200 or (type(found) is NotFound and found.content == plain)
        elif type(found) is not ResponseTooLarge:
            check_spoilt(found, status)

    values = st.text(st.characters(codec="utf-8"), max_size=40) | st.just("made up " * 2000)
    packers = st.lists(st.sampled_from([*PACKERS]), max_size=2) | st.just([("identity", "")] * 6)
    properties.hold(
        test,
        values,
        packers,
        st.sampled_from([*DAMAGES, "none", "none"]),
        st.integers(-1, 1),
        st.sampled_from((200, 404)),
        st.booleans(),
        st.booleans(),
        share=4,
    )


@pytest.mark.parametrize("packer", [*PACKERS], ids="-".join)
@pytest.mark.parametrize("damage", [*DAMAGES])
def test_each_encoding_is_undone_to_the_last_byte(packer: tuple[str, str], damage: str) -> None:
    plain = json.dumps(list(range(50))).encode()
    packed = PACKERS[packer](plain)
    if packer[0] == "identity":
        damage = "none"
    headers = [("Content-Encoding", packer[0])]
    for limit in (max(len(plain), len(packed)) + more for more in (0, -1)):
        found = get(
            DAMAGES[damage](packed) if damage != "spoilt" else b"\x07" + packed[1:],
            headers,
            200,
            is_async=False,
            max_response_size=limit,
        )
        if damage != "none":
            assert type(found) in (DecodeError, ResponseTooLarge)
        elif limit >= len(plain):
            assert found == list(range(50))
        else:
            assert type(found) is ResponseTooLarge


def check_spoilt(found: Any, status: int) -> None:
    """What cannot be unpacked is missing in a failure, and an error in place of a success."""
    if status == 200:
        assert type(found) is DecodeError
        assert (found.status, found.content) == (200, b"")
        # What is damaged may also unpack to nothing.
        assert found.expected.startswith("a body in ") or (found.expected, found.got) == (
            "JSON",
            "an empty body",
        )
        assert found.expected == "JSON" or found.got == "bytes that cannot be unpacked"
        return
    assert type(found) is NotFound
    assert (found.body, found.content) == (None, b"")


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "made-up"])
def test_an_encoding_that_was_not_asked_for_is_named(encoding: str) -> None:
    found = get(b"7", [("Content-Encoding", encoding)], 200, is_async=False)
    assert str(found) == f"read: expected a body in {encoding}, got bytes that cannot be unpacked"
    assert get(b"", [("Content-Encoding", encoding)], 404, is_async=False).content == b""


def test_a_little_that_unpacks_to_very_much_is_too_large() -> None:
    bomb = gzip.compress(gzip.compress(b"0" * 10_000_000))
    found = get(bomb, [("Content-Encoding", "gzip, gzip")], 200, is_async=True, max_response_size=2**20)
    assert type(found) is ResponseTooLarge


TEXT: Final = st.text(st.characters(codec="utf-8"), max_size=10)


OF_TEXT: Final[Operation[Any, Any]] = Operation(
    id="read",
    method="GET",
    path="/things",
    success={200: text_body(string), 201: bytes_body, 204: no_body, 206: json_body(anything)},
)


def read(content: bytes, media_type: str, status: int) -> Any:
    answer = Answer(status=status, body=content, media_type=media_type)
    with Network([Plan(answer)]).serving(), Client("http://api.example") as client:
        try:
            return OF_TEXT.call(client, OF_TEXT.request())
        except APIError as error:
            failed = error
    assert isinstance(failed, DecodeError)
    assert (failed.content, failed.status) == (content, status)
    return failed.got


@pytest.mark.parametrize("charset", ["", "utf-8", "latin-1", "utf-16", "ascii", "made-up"])
def test_a_body_of_a_text_is_read_in_its_charset(charset: str, properties: Properties) -> None:
    media_type = f"text/plain; charset={charset}" if charset else "text/plain"
    used = charset or "utf-8"

    def test(text: str, content: bytes) -> None:
        if charset != "made-up":
            packed = text.encode(used, "ignore")
            assert read(packed, media_type, 200) == packed.decode(used)
        try:
            expected = content.decode(used)
        except (UnicodeDecodeError, LookupError):
            # A charset that nobody knows is passed over.
            expected = f"bytes that are not {used if charset != 'made-up' else 'utf-8'}"
        if charset != "made-up":
            assert read(content, media_type, 200) == expected
        assert read(content, media_type, 201) == content
        assert read(b"", media_type, 204) is None

    properties.hold(test, TEXT, st.binary(max_size=4))


@pytest.mark.parametrize(
    ("content", "media_type", "got"),
    [
        (b"", "application/json", "an empty body"),
        (b"<p>", "text/html", "a body of type text/html"),
        (b"[1]", "text/html", [1]),
        (b"{", "", "text that is not JSON from character 1 on"),
        (b"\xff", "application/problem+json", "bytes that are not UTF-8"),
        (b"[" * 100_000, "application/json", "values nested too deeply"),
    ],
)
def test_a_body_that_is_no_json_is_told_apart(content: bytes, media_type: str, got: Any) -> None:
    assert read(content, media_type, 206) == got
