"""JSON is read alike with and without the accelerator: the same values, and the same errors."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from example_api import Thing
from hypothesis import example, given
from hypothesis import strategies as st

from openapi_runtime.bodies import json_reader
from openapi_runtime.decoding import accelerator, parse_json, parse_json_plainly
from openapi_runtime.errors import DecodeError

NUMBERS = st.integers() | st.floats(allow_nan=False) | st.sampled_from([2**63, 2**64, -(2**63) - 1, 10**400])
SCALARS = st.none() | st.booleans() | NUMBERS | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)
THINGS = st.fixed_dictionaries(
    {"id": NUMBERS, "kind": st.text()},
    optional={
        "level": SCALARS,
        "size": NUMBERS,
        "made": st.datetimes().map(lambda moment: moment.isoformat() + "Z"),
        "parent": st.none(),
        "either": VALUES,
        "secret": SCALARS,
        "unknown": VALUES,
    },
)


def _written(value: object, indent: int | None, *, escaped: bool) -> bytes:
    return json.dumps(value, ensure_ascii=escaped, indent=indent).encode(errors="surrogatepass")


TEXTS = st.builds(_written, THINGS | VALUES, st.none() | st.integers(0, 3), escaped=st.booleans())


def _broken(text: bytes, at: int, by: bytes) -> bytes:
    at %= len(text) + 1
    return text[:at] + by + text[at + 1 :]


BROKEN = st.builds(_broken, TEXTS, st.integers(0, 1000), st.binary(max_size=2))
# What JSON's grammar is made of, in any order.
TOKENS = st.lists(
    st.sampled_from([*b'{}[],:"\\-+.eE0159 \n\tu', 0, 0xEF, 0xBB, 0xBF]) | st.integers(0, 255), max_size=12
)


def outcome(read: Any, content: bytes) -> str:
    try:
        return repr(read(content))
    except DecodeError as error:
        return f"{error!r} {error.__cause__!r} {error.__context__!r}"


def _read_plainly(content: bytes) -> Thing:
    return Thing.from_dict(parse_json_plainly(content))


@given(TEXTS | BROKEN | TOKENS.map(bytes))
@example(b"-0")
@example(b"-0.0")
@example(b"1E400")
@example(b"[NaN, Infinity]")
@example(b"9" * 5000)
@example(b"123456789012345678901234567890")
@example(b'{"id": 5.0, "kind": "small", "id": 6}')
@example(b'"\\ud800"')
@example(b'"\\ud83d\\ude00"')
@example(b'"\x01"')
@example(b'"\xed\xa0\x80"')
@example(b'\xef\xbb\xbf{"id": 1}')
@example(b"[" * 100_000)
def test_the_accelerator_changes_neither_values_nor_errors(content: bytes) -> None:
    assert accelerator() is not None
    assert outcome(parse_json, content) == outcome(parse_json_plainly, content)
    fast = outcome(json_reader(Thing.from_dict), content)
    plain = outcome(_read_plainly, content)
    assert fast == plain or not content


def test_json_is_read_where_the_accelerator_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msgspec.json", None)
    accelerator.cache_clear()
    try:
        assert accelerator() is None
        assert parse_json(b'{"id": 5.0}') == {"id": 5.0}
    finally:
        accelerator.cache_clear()
