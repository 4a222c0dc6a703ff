from __future__ import annotations

import datetime as dt
import decimal
import io
import json
import math
from collections import deque
from collections.abc import Callable
from typing import Any, Final

import pytest
from example_api import Box, Kind, Thing

from openapi_runtime import UNSET, File
from openapi_runtime.errors import InvalidArgument
from openapi_runtime.serialization import (
    DeepObject,
    ExplodedObject,
    Joined,
    Label,
    Matrix,
    body,
    cookie_header,
    header,
    json_text,
    pairs,
    segment,
    text,
)

LONE = "made-up-secret \ud800"
SURROGATES = "expected text without lone surrogates"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


def circular() -> dict[str, Any]:
    value: dict[str, Any] = {}
    value["self"] = value
    return value


# ---- parameters


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, []),
        (UNSET, []),
        (0, [("ids", "0")]),
        (False, [("ids", "false")]),
        (0.5, [("ids", "0.5")]),
        ("", [("ids", "")]),
        (Kind.BIG, [("ids", "big")]),
        (dt.date(2024, 2, 29), [("ids", "2024-02-29")]),
        (dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC), [("ids", "2024-02-29T12:00:00Z")]),
        ([1, Kind.BIG, None], [("ids", "1"), ("ids", "big"), ("ids", "")]),
        ((), []),
        (deque(["a"]), [("ids", "a")]),
        (Joined([1, 2]), [("ids", "1,2")]),
        (Joined(["a", "b"], "|"), [("ids", "a|b")]),
        (Joined([]), [("ids", "")]),
        (Joined(UNSET), []),
        (Joined("one"), [("ids", "one")]),
        (DeepObject({"color": "red", "sizes": [1, 2]}), [
            ("ids[color]", "red"), ("ids[sizes]", "1"), ("ids[sizes]", "2"),
        ]),
        (DeepObject(Box(width=3)), [("ids[width]", "3")]),
        (DeepObject(None), []),
        (ExplodedObject({"color": "red", "size": UNSET}), [("color", "red")]),
        (ExplodedObject(UNSET), []),
    ],
)  # fmt: skip
def test_a_parameter_is_written_in_its_style(value: object, written: list[tuple[str, str]]) -> None:
    assert pairs({"ids": value}) == written


def test_parameters_keep_their_order() -> None:
    assert pairs({"b": 1, "a": [2, 3], "c": None}) == [("b", "1"), ("a", "2"), ("a", "3")]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a/b", "a%2Fb"),
        ("a?b#c", "a%3Fb%23c"),
        ("é ", "%C3%A9%20"),
        (".", "%2E"),
        ("..", "%2E%2E"),
        ("a..b", "a..b"),
        ("{x}", "%7Bx%7D"),
        (7, "7"),
        (True, "true"),
        (["a", "b,c"], "a,b%2Cc"),
        (None, ""),
        ("", ""),
    ],
)
def test_a_value_stays_in_its_segment_of_the_path(value: object, written: str) -> None:
    assert segment(value, "id") == written


COLOR: Final = {"r": 1, "g": "a/b"}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Joined(["a", 7]), "a,7"),
        (Joined(COLOR), "r,1,g,a%2Fb"),
        (Joined(COLOR, pairs=True), "r=1,g=a%2Fb"),
        (Label("red"), ".red"),
        (Label(["a", 7]), ".a,7"),
        (Label(["a", 7], explode=True), ".a.7"),
        (Label(COLOR), ".r,1,g,a%2Fb"),
        (Label(COLOR, explode=True), ".r=1.g=a%2Fb"),
        (Label([]), ""),
        (Matrix("red"), ";id=red"),
        (Matrix(["a", 7]), ";id=a,7"),
        (Matrix(["a", 7], explode=True), ";id=a;id=7"),
        (Matrix(COLOR), ";id=r,1,g,a%2Fb"),
        (Matrix(COLOR, explode=True), ";r=1;g=a%2Fb"),
    ],
)
def test_a_segment_of_the_path_is_written_in_its_style(value: object, written: str) -> None:
    assert segment(value, "id") == written


def test_cookies_are_one_header() -> None:
    assert cookie_header([("a", "1"), ("b", "x=y")]) == "a=1; b=x=y"


@pytest.mark.parametrize("value", ["", "a", "a\tb c", "!~"])
def test_a_header_carries_printable_ascii(value: str) -> None:
    assert header(value, "X-Key") == value


# ---- bodies


def test_a_json_body_is_written_as_utf_8_without_spaces() -> None:
    content = body({"user": "ü😀", "level": None, "mood": UNSET}, "application/json")
    assert content == {"content": '{"user":"ü😀","level":null}'}
    assert body([Thing(id=7, kind=Kind.SMALL)], "application/vnd.api+json; charset=utf-8") == {
        "content": '[{"id":7,"kind":"small"}]'
    }


def test_a_form_repeats_the_name_of_a_list() -> None:
    value = {"user": "u&ü", "remember": True, "hints": ["a", "b"], "notes": None, "mood": UNSET}
    assert body(value, FORM) == {"content": "user=u%26%C3%BC&remember=true&hints=a&hints=b"}


def test_bytes_are_sent_as_they_are() -> None:
    assert body(b"\x00\x01", "application/octet-stream") == {"content": b"\x00\x01"}
    assert body(b"[1]", "application/json") == {"content": b"[1]"}


def test_a_multipart_body_has_a_part_for_each_file_and_field() -> None:
    opened = io.BytesIO(b"b")
    value = {"files": [File(b"a", "a.txt", "text/plain"), File(opened)], "note": "n", "level": 7}
    assert body(value, MULTIPART) == {
        "files": [
            ("files", ("a.txt", b"a", "text/plain")),
            ("files", (None, opened, "application/octet-stream")),
            ("note", (None, "n")),
            ("level", (None, "7")),
        ]
    }


# ---- what cannot be written

REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "query text": (lambda: pairs({"q": LONE}), f"q: {SURROGATES}"),
    "query name": (lambda: pairs({"\ud800": 1}), f"\ud800: {SURROGATES}"),
    "query number": (lambda: pairs({"q": math.nan}), "q: expected a finite number"),
    "query object": (
        lambda: pairs({"q": 1j}),
        "q: expected str, int, float, bool, None, a list or a mapping, got complex",
    ),
    "query item": (lambda: pairs({"q": ["a", LONE]}), f"q[1]: {SURROGATES}"),
    "query joined": (lambda: pairs({"q": Joined([1, math.nan])}), "q[1]: expected a finite number"),
    "query deep": (lambda: pairs({"q": DeepObject({"color": LONE})}), f"q[color]: {SURROGATES}"),
    "query no object": (lambda: pairs({"q": ExplodedObject("red")}), "q: expected an object, got string"),
    "query nested": (lambda: pairs({"q": circular()}), "q: values nested too deeply"),
    "path": (lambda: segment(LONE, "id"), f"id: {SURROGATES}"),
    "path item": (lambda: segment(["a", LONE], "id"), f"id[1]: {SURROGATES}"),
    "header text": (
        lambda: header("made-up-secret é", "X-Key"),
        "X-Key: expected printable ASCII without spaces around it",
    ),
    "header lines": (
        lambda: header("made-up-secret\r\nX: y", "X-Key"),
        "X-Key: expected printable ASCII without spaces around it",
    ),
    "cookie": (
        lambda: cookie_header([("session", "made-up-secret; admin=1")]),
        "session: expected printable ASCII without a semicolon",
    ),
    "cookie text": (
        lambda: cookie_header([("session", "made-up-secret é")]),
        "session: expected printable ASCII without spaces around it",
    ),
    "json text": (lambda: body({"user": LONE}, "application/json"), f"user: {SURROGATES}"),
    "json number": (
        lambda: body({"scores": {"coins": math.inf}}, "application/json"),
        "scores.coins: expected a finite number",
    ),
    "json decimal": (
        lambda: body({"level": decimal.Decimal(1)}, "application/json"),
        "level: expected str, int, float, bool, None, a list or a mapping, got Decimal",
    ),
    "json digits": (
        lambda: body({"level": 10**5000}, "application/json"),
        "level: expected an integer with fewer digits",
    ),
    "json bytes": (
        lambda: body({"user": b"u"}, "application/json"),
        "user: expected str, int, float, bool, None, a list or a mapping, got bytes",
    ),
    "json circle": (lambda: body(circular(), "application/json"), "body: values nested too deeply"),
    "json name": (
        lambda: body({LONE: 1}, "application/json"),
        "body: expected strings as keys, without lone surrogates",
    ),
    "json key": (
        lambda: body({"user": {(1, 2): 1}}, "application/json"),
        "user: expected strings as keys, without lone surrogates",
    ),
    "json item": (
        lambda: body([{"size": math.nan}], "application/json"),
        "body[0].size: expected a finite number",
    ),
    "json behind what is sound": (
        lambda: body({"a": {"b": [1, None]}, "c": math.nan}, "application/json"),
        "c: expected a finite number",
    ),
    "json alone": (lambda: body(math.nan, "application/json"), "body: expected a finite number"),
    "form": (lambda: body({"password": LONE}, FORM), f"password: {SURROGATES}"),
    "form item": (lambda: body({"hints": ["a", LONE]}, FORM), f"hints[1]: {SURROGATES}"),
    "form no object": (lambda: body([1], FORM), "body: expected an object, got array"),
    "raw": (lambda: body("text", "application/octet-stream"), "body: expected bytes, got string"),
    "part": (lambda: body({"note": LONE}, MULTIPART), f"note: {SURROGATES}"),
    "file name": (lambda: body({"file": File(b"", LONE)}, MULTIPART), f"file: {SURROGATES}"),
    "file type": (
        lambda: body({"file": File(b"", "n", "made-up-secret/x\r\nX: y")}, MULTIPART),
        "file: expected printable ASCII without spaces around it",
    ),
    "file in text mode": (
        lambda: body({"file": [File(io.StringIO("made-up-secret"))]}, MULTIPART),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "file[0]: expected bytes, or a file that is open in binary mode",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_no_request_can_carry_is_refused_by_its_place(kind: str) -> None:
    write, message = REFUSED[kind]
    with pytest.raises(InvalidArgument) as caught:
        write()
    assert str(caught.value) == message
    assert "made-up-secret" not in str(caught.value)


def test_json_that_is_too_deep_for_its_encoder_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_: object, **__: object) -> str:
        raise RecursionError

    monkeypatch.setattr(json, "dumps", give_up)
    with pytest.raises(InvalidArgument, match=r"^body: values nested too deeply$"):
        json_text([], "")


def test_json_text_names_its_place() -> None:
    assert json_text({"a": (1, 2)}, "filter") == '{"a":[1,2]}'
    with pytest.raises(InvalidArgument, match=r"^filter\.a: expected a finite number$"):
        json_text({"a": math.nan}, "filter")


def test_text_is_a_string_itself_or_the_json_of_another_value() -> None:
    assert text("é", "q") == "é"
    assert text({"a": 1}, "q") == '{"a":1}'
    assert text(None, "q") == ""
