"""Values on their way in and out of models: read, checked, written, shown, and handed to Pydantic."""

from __future__ import annotations

import asyncio
import copy
import datetime as dt
import html
import json
import math
import pickle
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Self
from unittest.mock import patch
from urllib.parse import quote, quote_plus
from uuid import UUID

import httpx
import jsonschema_rs
import pydantic
import pytest
from attrs import define, field
from example_api import Box, Kind, Level, Thing
from hypothesis import strategies as st

import kongregate
import kws
from openapi_fuzz import Document
from openapi_fuzz.clients.constraints import is_forbidden
from openapi_fuzz.network.memory import Network
from openapi_fuzz.properties import Properties
from openapi_runtime import UNSET, File, Response, Unset, decoding
from openapi_runtime.constraints import Constraints
from openapi_runtime.errors import DecodeError, InvalidArgument, UnusableClient
from openapi_runtime.lazy import lazy_attributes, lazy_names
from openapi_runtime.models import Model
from openapi_runtime.operation import Operation, Request
from openapi_runtime.redaction import redact
from openapi_runtime.version import version_of

DOCUMENT: Final = Document(Path(__file__).parent / "specs" / "garden.yaml")
CALL: Final[Operation[Any, Any]] = Operation(id="call", method="GET", path="/things")
SECRET: Final = "made-up-secret"

SCALARS: Final = st.sampled_from(
    (
        None,
        True,
        False,
        0,
        1,
        -1,
        5,
        5.0,
        5.5,
        -0.0,
        1e300,
        2**63,
        "",
        "a",
        "1",
        "ab",
        "a,b",
        "x y",
        "é",
        "abcdef",
    )
)
DATES: Final = st.sampled_from(
    (
        *("2024-02-29", "2023-02-29", "2024-2-9", "20240229", "2024-02-29T12:00:00Z", "2024-02-29 12:00:00"),
        *(
            "2024-02-29t12:00:00.5+02:00",
            "2024-02-29T25:00:00Z",
            "2024-02-29T12:00Z",
            "2024-02-29T12:00:00+0200",
        ),
        *("6F9619FF-8b86-d011-b42d-00cf4fc964ff", "6f9619ff8b86d011b42d00cf4fc964ff", "٢٠٢٤-٠٢-٢٩"),
    )
)
VALUES: Final = st.recursive(
    SCALARS | DATES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=4,
)


# ---- constraints


def schemas() -> st.SearchStrategy[dict[str, Any]]:
    whole = st.integers(0, 3)
    bounds = {
        name: st.sampled_from((-1, 0, 1, 5, 5.5))
        for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
    }
    sizes = dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), whole)
    kinds = st.sampled_from(("integer", "number", "string", "array"))
    further = {"enum": st.just(["a", 1, None]), "pattern": st.sampled_from((r"\S", "^a", "b$", "^[^,]+$"))}
    plain = st.fixed_dictionaries({}, optional={"type": kinds, **bounds, **sizes, **further})
    return plain | st.builds(lambda schema, items: {**schema, "type": "array", "items": items}, plain, plain)


def constraints_of(schema: dict[str, Any], *, nullable: bool) -> Constraints:
    names = {"exclusiveMinimum": "exclusive_minimum", "exclusiveMaximum": "exclusive_maximum"}
    names |= {
        "minLength": "min_length",
        "maxLength": "max_length",
        "minItems": "min_items",
        "maxItems": "max_items",
    }
    given = {names.get(name, name): value for name, value in schema.items()}
    if "items" in given:
        given["items"] = constraints_of(given["items"], nullable=False)
    if "enum" in given:
        given.pop("type", None)  # As the generator does.
    return Constraints(**given, nullable=nullable)


def test_a_constraint_forbids_what_the_schema_does(properties: Properties) -> None:
    def test(schema: dict[str, Any], value: object, nullable: bool) -> None:
        constraints = constraints_of(schema, nullable=nullable)
        if not is_forbidden(schema, value, DOCUMENT, nullable=nullable):
            constraints.check(value, "argument", CALL)
            assert not [*constraints.faults(value, "argument")]
            return
        with pytest.raises(InvalidArgument) as caught:
            constraints.check(value, "argument", CALL)
        assert str(caught.value).startswith("call: argument")
        assert (caught.value.operation_id, caught.value.request_line) == ("call", "GET /things")
        assert "abcdef" not in str(caught.value)

    properties.hold(test, schemas(), VALUES | st.just(UNSET), st.booleans(), share=20)


PATTERNS: Final = (
    *(r"\S", r"^\s*$", r"[^\s]", r"^[\s\d]+$", r"^[a-z]{2}$", "a$|b", r"\$", "^[$]$", r"^[\]$]$", r"^\\$"),
    *(r"\w", r"\d", r"^\D$", r"^\W$", r"^[^\w]$"),
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_means_what_it_does_in_a_schema(pattern: str) -> None:
    """Python takes other characters for blank, digits and letters, and a line break for an end."""
    validator = jsonschema_rs.Draft202012Validator({"pattern": pattern})
    characters = [
        chr(number) for number in (*range(0x300), *range(0x660, 0x66A), *range(0x1680, 0x3001), 0xFEFF)
    ]
    for text in ("", "ab", "ab\n", "a$", *characters, *(f"{each}\n" for each in characters[:0x80])):
        faults = [*Constraints(pattern=pattern).faults(text, "argument")]
        assert (faults == []) == validator.is_valid(text), repr(text)


def test_the_fields_of_a_mapping_are_checked_one_by_one() -> None:
    constraints = Constraints(type="object", reserved=("own",), values=Constraints(type="integer", minimum=0))
    for value, place in (
        ({"own": 1}, "argument['own']: has an argument of its own"),
        ({1: 1}, "argument: expected strings as names, got integer"),
        ({"a": 1, "b": -1}, "argument['b']: expected at least 0"),
        ({"a": "x"}, "argument['a']: expected an integer, got string"),
        ([1], "argument: expected a mapping, got array"),
    ):
        with pytest.raises(InvalidArgument) as caught:
            constraints.check(value, "argument", CALL)
        assert str(caught.value) == f"call: {place}"
    constraints.check({"a": 0, "b": 7}, "argument", CALL)
    with pytest.raises(InvalidArgument, match=r"argument: expected 1 or \"a\"$"):
        Constraints(enum=(1, "a")).check(2, "argument", CALL)
    for bound, text in (
        ({"exclusive_minimum": 1}, "more than 1"),
        ({"exclusive_maximum": 1}, "less than 1"),
        ({"maximum": 0}, "at most 0"),
    ):
        with pytest.raises(InvalidArgument, match=f"expected {text}$"):
            Constraints(**bound).check(1, "argument", CALL)


# ---- decoders


def is_date(value: Any) -> bool:
    try:
        return (
            isinstance(value, str)
            and len(value) == 10
            and value.isascii()
            and bool(dt.date.fromisoformat(value))
        )
    except ValueError:
        return False


def is_moment(value: Any) -> bool:
    return value in (
        "2024-02-29T12:00:00Z",
        "2024-02-29 12:00:00",
        "2024-02-29t12:00:00.5+02:00",
        "2024-02-29T12:00:00+0200",
    )


def is_integer(value: object) -> bool:
    return type(value) is int or (type(value) is float and value.is_integer())


ACCEPTS: Final[dict[str, tuple[Callable[[object], Any], Callable[[Any], bool]]]] = {
    "boolean": (decoding.boolean, lambda value: isinstance(value, bool)),
    "integer": (decoding.integer, is_integer),
    "number": (decoding.number, lambda value: type(value) in (int, float)),
    "string": (decoding.string, lambda value: isinstance(value, str)),
    "null": (decoding.null, lambda value: value is None),
    "date": (decoding.date, is_date),
    "date_time": (decoding.date_time, is_moment),
    "uuid": (decoding.uuid, lambda value: isinstance(value, str) and value.startswith("6F9619FF-")),
    "constant": (decoding.constant(1), lambda value: type(value) is int and value == 1),
    "kind": (decoding.member(Kind), lambda value: isinstance(value, str)),
    "level": (decoding.member(Level), is_integer),
    "array": (
        decoding.array(decoding.string),
        lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value),
    ),
    "nullable": (decoding.nullable(decoding.boolean), lambda value: value is None or isinstance(value, bool)),
    "union": (decoding.union(decoding.boolean, decoding.string), lambda value: isinstance(value, bool | str)),
    "anything": (decoding.anything, lambda _: True),
}


@pytest.mark.parametrize("name", ACCEPTS)
def test_a_decoder_takes_what_its_type_allows(name: str, properties: Properties) -> None:
    decode, accepts = ACCEPTS[name]

    def test(value: Any) -> None:
        if not accepts(value):
            with pytest.raises(DecodeError) as caught:
                decode(value)
            assert "abcdef" not in str(caught.value)
            return
        found = decode(value)
        assert decoding.encode(found) == value
        for same in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found)):  # noqa: S301
            assert (type(same), decoding.encode(same)) == (type(found), value)

    properties.hold(test, VALUES, share=5)


def test_a_value_that_fits_no_alternative_is_wrong_where_the_only_likely_one_says() -> None:
    either, both = decoding.array(decoding.string), decoding.array(decoding.boolean)
    places: dict[str, tuple[decoding.Decoder[Any], str, str]] = {
        "no alternative goes into it": (
            decoding.union(decoding.string, decoding.boolean),
            "",
            "string or boolean",
        ),
        "one does": (decoding.union(decoding.string, either), "[1]", "string"),
        "several do": (decoding.union(either, both), "", "string at [1] or boolean at [0]"),
    }
    for decode, path, expected in places.values():
        with pytest.raises(DecodeError) as caught:
            decode(["abcdef", 7])
        assert (caught.value.path, caught.value.expected) == (path, expected)


THING: Final = {"id": 7, "kind": "small"}
TOLD: Final[tuple[tuple[decoding.Decoder[Any], object, str], ...]] = (
    (decoding.null, 0, "expected null, got integer"),
    (decoding.boolean, 1, "expected boolean, got integer"),
    (decoding.integer, 5.5, "expected integer, got number"),
    (decoding.integer, True, "expected integer, got boolean"),
    (decoding.number, math.nan, "expected number, got number"),
    (decoding.number, "5", "expected number, got string"),
    (decoding.string, None, "expected string, got null"),
    (decoding.string, 1j, "expected string, got complex"),
    (decoding.date, "2023-02-29", "expected date, got a date that does not exist"),
    (decoding.date, "20240229", "expected date, got string"),
    (decoding.date_time, "2024-02-29T25:00:00Z", "expected date-time, got a time that does not exist"),
    (decoding.date_time, [], "expected date-time, got array"),
    (decoding.uuid, {}, "expected UUID, got object"),
    (decoding.file, "text", "expected file, got string"),
    (decoding.constant("a"), "b", 'expected "a", got another value'),
    (decoding.constant(False), 0, "expected false, got integer"),
    (decoding.member(Kind), 1, "expected string, got integer"),
    (decoding.member(Level), "1", "expected integer, got string"),
    (decoding.array(decoding.string), "ab", "expected array, got string"),
    (decoding.array(decoding.array(decoding.integer)), [[], [1, None]], "[1][1]: expected integer, got null"),
    (decoding.fields, [], "expected object, got array"),
    (Thing.from_dict, {**THING, "id": None}, "id: expected integer, got null"),
    (
        Thing.from_dict,
        {**THING, "box": {"things": [THING, {"id": 1}]}},
        "box.things[1].kind: expected string, got nothing",
    ),
    (Thing.from_dict, {**THING, "either": ["x"]}, "either[0]: expected integer, got string"),
    (
        lambda value: decoding.required(decoding.fields(value), "a", decoding.anything),
        {},
        "a: expected a value, got nothing",
    ),
    (
        lambda value: decoding.rest(decoding.fields(value), frozenset("b"), decoding.integer),
        {"a": ""},
        "a: expected integer, got string",
    ),
)


def test_a_decoder_tells_what_it_expected_and_got() -> None:
    for decode, value, told in TOLD:
        with pytest.raises(DecodeError) as caught:
            decode(value)
        assert str(caught.value) == told
        assert caught.value.__context__ is None or caught.value.__suppress_context__


ENCODED: Final[tuple[tuple[object, object], ...]] = (
    ((1, Kind.BIG, Level.HIGH), [1, "big", 20]),
    ({5}, [5]),
    (frozenset({"a"}), ["a"]),
    (deque(["a", None]), ["a", None]),
    (range(2), [0, 1]),
    (MappingProxyType({"a": UNSET, "b": [None]}), {"b": [None]}),
    (dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC), "2024-02-29T12:00:00Z"),
    (dt.datetime(2024, 2, 29, 12), "2024-02-29T12:00:00"),  # noqa: DTZ001  # it has none
    (dt.date(2024, 2, 29), "2024-02-29"),
    (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
    (decoding.date_time("2024-02-29T12:00:00.50Z") + dt.timedelta(seconds=1), "2024-02-29T12:00:01.500000Z"),
    (Box(width=3), {"width": 3}),
    (b"bytes", b"bytes"),
    (bytearray(b"bytes"), bytearray(b"bytes")),
    (UNSET, UNSET),
)


def test_a_typed_value_is_encoded_as_json() -> None:
    for value, encoded in ENCODED:
        assert decoding.encode(value) == encoded
        assert type(decoding.encode(value)) is type(encoded)
        if not isinstance(value, MappingProxyType):
            assert decoding.encode(pickle.loads(pickle.dumps(value))) == encoded  # noqa: S301  # our own
    assert decoding.encode_fields({"a": 1, "b": UNSET}, {"a": 2, "c": 3}) == {"a": 1, "c": 3}
    assert decoding.file(known := File(b"")) is known
    assert repr(decoding.integer(5.0)) == "5"


def test_an_enum_keeps_values_that_it_does_not_know() -> None:
    for found, value in ((decoding.member(Kind)("odd"), "odd"), (decoding.member(Level)(99), 99)):
        assert (found, found.value, found.name) == (value, value, f"UNKNOWN_{value}")
        assert isinstance(found, Kind | Level)
        assert found not in list(type(found))
        assert type(pickle.loads(pickle.dumps(found))) is type(found)  # noqa: S301  # our own
    assert decoding.member(Kind)("big") is pickle.loads(pickle.dumps(Kind.BIG)) is Kind.BIG  # noqa: S301
    for of, wrong in ((Kind, 1), (Kind, None), (Level, "1"), (Level, 1.5)):
        with pytest.raises(ValueError, match="is not a valid"):
            of(wrong)


def test_the_alternative_that_keeps_every_field_is_taken() -> None:
    either = decoding.union(Box.from_dict, Thing.from_dict)
    assert either({"width": 1}) == Box(width=1)
    assert either(THING) == Thing(id=7, kind=Kind.SMALL)
    assert decoding.union(Box.from_dict, Box.from_dict)({"width": 1, "more": 2}) == Box(width=1)
    lists = decoding.union(decoding.array(Box.from_dict), decoding.array(Thing.from_dict))
    assert lists([THING]) == [Thing(id=7, kind=Kind.SMALL)]


def test_fields_are_found_under_the_names_that_a_model_has() -> None:
    aliases = {"postalCode": "postCode"}
    assert decoding.renamed({"postalCode": "N1", "id": 1}, aliases) == {"postCode": "N1", "id": 1}
    both = {"postCode": "N1", "postalCode": "E8"}
    assert decoding.renamed(both, aliases) == both
    assert decoding.fields(mapping := MappingProxyType({"a": 1})) is mapping
    assert decoding.rest({"id": 1, "a": 5}, frozenset({"id"}), decoding.integer) == {"a": 5}
    assert decoding.optional({"a": None}, "a", decoding.integer) is UNSET
    assert decoding.optional({}, "a", decoding.nullable(decoding.integer)) is UNSET
    assert decoding.optional({"a": None}, "a", decoding.nullable(decoding.integer)) is None


def test_a_model_of_a_program_is_made_whole() -> None:
    @define(kw_only=True)
    class Marked(Thing):
        label: str = "none"
        doubled: float = field(init=False)

        def __attrs_post_init__(self) -> None:
            self.doubled = 2 * (self.size or 0)

    marked = Marked.from_dict({**THING, "size": 2.5, "coins": 5})
    assert (marked.label, marked.doubled, marked.size) == ("none", 5.0, 2.5)
    assert marked.additional_properties == {"coins": 5}
    for thing in (Thing.from_dict(THING), Thing(id=7, kind=Kind.SMALL), Marked.from_dict(THING)):
        assert thing.additional_properties == {}
        thing.additional_properties["coins"] = 5
        assert thing.to_dict() == {**THING, "coins": 5}
    with pytest.raises(AttributeError, match="'Thing' object has no attribute 'nothing'"):
        _ = Thing.from_dict(THING).nothing  # type: ignore[attr-defined]


@pytest.mark.parametrize("is_installed", [True, False])
def test_json_is_read_with_the_accelerator_or_without(is_installed: bool) -> None:
    decoding.accelerator.cache_clear()
    try:
        with patch.dict(sys.modules, {} if is_installed else {"msgspec.json": None}):
            assert (decoding.accelerator() is None) is not is_installed
            assert decoding.parse_json(b'[1, "\\ud800"]') == [1, "\ud800"]
    finally:
        decoding.accelerator.cache_clear()


def read_by_the_standard_library(content: bytes) -> list[object] | None:
    """Return a JSON value in a list; None if there is none, or a number is not finite."""
    try:
        value = json.loads(content.decode())
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError):
        return None
    return [value]


@pytest.mark.parametrize("parse", [decoding.parse_json, decoding.parse_json_plainly])
def test_json_is_read_as_the_standard_library_reads_it(
    parse: Callable[[bytes], object], properties: Properties
) -> None:
    def test(content: bytes) -> None:
        expected = read_by_the_standard_library(content)
        if expected is None:
            with pytest.raises(DecodeError) as caught:
                parse(content)
            assert caught.value.expected == "JSON"
            assert caught.value.__context__ is None
            return
        assert [parse(content)] == expected

    odd = st.sampled_from(
        (
            b"NaN",
            b"1e999",
            b"-Infinity",
            b'"\\ud800"',
            b"\xff",
            b"{",
            b"1" * 5000,
            b"[" * 100_000,
            b"",
            b"01",
            b'{"a":1,"a":2}',
        )
    )
    valid = VALUES.map(lambda value: json.dumps(value).encode())
    properties.hold(test, valid | odd | st.binary(max_size=4), share=2)


# ---- models

THINGS: Final = st.fixed_dictionaries(
    {"id": st.sampled_from((1, 7, "x")), "kind": st.sampled_from(("small", "odd", 1))},
    optional={
        "level": st.sampled_from((1, 20, 3, None)),
        "size": st.sampled_from((1, 1.5, "1")),
        "made": DATES,
        "day": st.none() | DATES,
        "uuid": DATES,
        "box": st.sampled_from(
            ({"width": 1}, {"width": "abcdef"}, {"things": [{"id": 1, "kind": "big"}, {"id": 2}]}, [])
        ),
        "either": VALUES,
        "always": st.sampled_from(("always", "never")),
        "secret": st.just(SECRET),
        "more": VALUES,
    },
)


@pytest.fixture
def adapter() -> pydantic.TypeAdapter[Thing]:
    return pydantic.TypeAdapter(Thing)


def check_refused(adapter: pydantic.TypeAdapter[Thing], value: dict[str, Any], error: DecodeError) -> None:
    """Pydantic says the same of a value as the model, at the same place, and does not show it."""
    with pytest.raises(pydantic.ValidationError) as caught:
        adapter.validate_python(value)
    (detail,) = caught.value.errors()
    assert detail["msg"] == f"expected {error.expected}, got {error.got}"
    steps = "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in detail["loc"])
    assert steps.removeprefix(".") == error.path
    assert detail["input"] == error.got
    assert not any(text in str(caught.value) for text in (SECRET, "abcdef"))


def test_pydantic_takes_what_a_model_takes(
    adapter: pydantic.TypeAdapter[Thing], properties: Properties
) -> None:
    def test(value: dict[str, Any]) -> None:
        try:
            expected = Thing.from_dict(value)
        except DecodeError as error:
            check_refused(adapter, value, error)
            return
        found = adapter.validate_python(value)
        assert found == expected
        assert adapter.validate_python(found) is found
        assert adapter.dump_python(found) == found.to_dict() == json.loads(found.to_json())
        assert adapter.validate_json(json.dumps(value)) == found
        assert Thing.from_dict(found.to_dict()) == found
        assert SECRET not in repr(found)
        assert copy.deepcopy(found) == pickle.loads(pickle.dumps(found)) == found  # noqa: S301

    properties.hold(test, THINGS, share=10)


def test_pydantic_describes_a_model(adapter: pydantic.TypeAdapter[Thing]) -> None:
    schema = adapter.json_schema()
    thing, box = schema["$defs"]["Thing"], schema["$defs"]["Box"]
    assert (thing["title"], box["title"]) == ("Thing", "Box")
    assert thing["required"] == ["id", "kind"]
    assert thing["additionalProperties"] is True
    assert thing["properties"]["id"] == {"title": "Id", "type": "integer"}
    assert box["properties"]["width"]["type"] == "integer"
    assert box.get("additionalProperties") is not True
    with pytest.raises(pydantic.ValidationError, match="expected object"):
        pydantic.TypeAdapter(Box).validate_python(7)
    with pytest.raises(AttributeError, match="'Box' object has no attribute 'additional_properties'"):
        _ = Box().additional_properties  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="not JSON compliant"):
        Thing(id=1, kind=Kind.BIG, size=math.nan).to_json()
    assert Box(width=1).to_json(indent=1) == '{\n "width": 1\n}'


@pytest.mark.parametrize(
    ("make", "hidden"),
    [
        (lambda more: File(b"abcdef", f"name{more}", "text/plain"), "abcdef"),
        (lambda more: Response(200 + len(more), httpx.Headers({"X-Key": SECRET}), b"abcdef", [1]), SECRET),
    ],
)
def test_a_plain_value_is_frozen_and_compared_by_what_it_holds(
    make: Callable[[str], Any], hidden: str
) -> None:
    one, same, other = make(""), make(""), make("x")
    assert one == same != other
    assert one != 7
    assert pickle.loads(pickle.dumps(one)) == copy.copy(one) == one  # noqa: S301
    assert hidden not in repr(one)
    assert "abcdef" not in repr(one)
    assert repr(one).startswith(
        f"{type(one).__name__}({type(one).__match_args__[0 if isinstance(one, Response) else 1]}="
    )
    if isinstance(one, File):
        assert len({one, same, other}) == 2
    for change in (lambda: setattr(one, "payload", 7), lambda: delattr(one, "payload")):
        with pytest.raises(AttributeError, match="is frozen"):
            change()
    assert pickle.loads(pickle.dumps(UNSET)) is copy.deepcopy(UNSET) is UNSET  # noqa: S301
    assert (bool(UNSET), repr(UNSET)) == (False, "UNSET")


@define(kw_only=True)
class Checked(Model):
    """A model that checks its field, as one of a program may."""

    word: str | Unset = field(
        default=UNSET, validator=Constraints(type="string", min_length=2, pattern=r"\S")
    )
    file: File | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        return decoding.encode_fields({"word": self.word})

    @classmethod
    def from_dict(cls, source: object) -> Self:
        return cls(word=decoding.optional(decoding.fields(source), "word", decoding.string))


@pytest.mark.parametrize(
    ("word", "fault"),
    [
        ("a", "Checked.word: expected at least 2 characters, got 1"),
        ("  ", "Checked.word: expected text that is not blank"),
    ],
)
def test_a_constraint_of_a_field_is_told_by_pydantic_too(word: str, fault: str) -> None:
    with pytest.raises(InvalidArgument) as caught:
        Checked(word=word)
    assert str(caught.value) == fault
    with pytest.raises(pydantic.ValidationError) as told:
        pydantic.TypeAdapter(Checked).validate_python({"word": word})
    (detail,) = told.value.errors()
    assert (detail["msg"], detail["type"], detail["input"]) == (fault, "constraint", "object")
    assert told.value.__context__ is None
    assert pydantic.TypeAdapter(Checked).validate_python({"word": "ab"}) == Checked(word="ab")
    described = pydantic.TypeAdapter(Checked).json_schema()["properties"]
    assert described["file"] == {"format": "binary", "title": "File", "type": "string"}


def test_sizes_are_told() -> None:
    for constraints, value, told in (
        (Constraints(max_length=1), "ab", "expected at most 1 characters, got 2"),
        (Constraints(min_items=2), [1], "expected at least 2 items, got 1"),
        (Constraints(max_items=1), [1, 2], "expected at most 1 items, got 2"),
        (Constraints(pattern="^a"), "b", "expected text that matches ^a"),
        (Constraints(items=Constraints(minimum=1)), [1, 0], None),
    ):
        place = "argument[1]: expected at least 1" if told is None else f"argument: {told}"
        assert [*constraints.faults(value, "argument")] == [place]


@pytest.mark.parametrize(
    ("of", "given"),
    [
        (Operation, ("call", "GET", "/things")),
        (Request, ("/things", "/things", (), {}, {}, ())),
        (Constraints, ("integer",)),
        (kws.Claims, ("app",)),
        (kws.SignIn, ("https://kws.example", "made-up", "https://game.example")),
        (kongregate.InvalidateUserInventory, (1, "a", "b", None)),
        (kongregate.GameQuery, (1, "a", "b")),
    ],
)
def test_what_has_many_attributes_is_made_with_their_names(of: Any, given: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match="takes 1 positional argument"):
        of(*given)


# ---- packages


@pytest.mark.parametrize("package", [kws, kongregate])
def test_a_package_has_what_it_says_and_nothing_else(package: Any) -> None:
    for name in package.__all__:
        vars(package).pop(name, None) if name in package.__getattr__.__code__.co_freevars else None
        assert getattr(package, name) is not None
    with pytest.raises(AttributeError, match=f"module '{package.__name__}' has no attribute 'nonsense'"):
        _ = package.nonsense


def test_a_name_is_imported_when_it_is_used() -> None:
    get = lazy_attributes("openapi_runtime", {"left": "openapi_runtime.deadlines"})
    assert get("left").__name__ == "left"
    with pytest.raises(AttributeError, match="has no attribute 'right'"):
        get("right")
    get = lazy_names("kws", ".errors", ".client", "kws_client.errors")
    name = next(each for each in kws.__all__ if "Error" in each)
    assert get(name) is getattr(kws, name)
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        get("nonsense")
    assert version_of("made-up-distribution") == "unknown"


def test_a_session_that_is_derived_leaves_the_connections_open() -> None:
    with Network().serving():
        with kongregate.Kongregate(SECRET, base_url="http://127.0.0.1") as session:
            with session.with_options(max_retries=0) as derived:
                assert derived.client.options.max_retries == 0
                assert derived.client is not session.client
                _ = derived.players
            derived.close()
            derived.client._transport()
            assert repr(session) == "Kongregate(Client('http://127.0.0.1'))"
        with pytest.raises(UnusableClient):
            session.client._transport()

        async def use() -> None:
            async with kongregate.AsyncKongregate(SECRET, base_url="http://127.0.0.1") as session:
                async with session.with_options(max_retries=0):
                    pass
                session.client._async_transport()
            with pytest.raises(UnusableClient):
                session.client._async_transport()

        asyncio.run(use())


# ---- secrets

ESCAPES: Final[tuple[Callable[[str], str], ...]] = (
    str,
    quote,
    quote_plus,
    html.escape,
    lambda text: json.dumps(text)[1:-1],
    lambda text: "".join(f"\\u{ord(char):04x}" for char in text),
    lambda text: "".join(f"&#{ord(char)};" for char in text),
    lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    lambda text: html.escape(quote(text)),
)


def test_a_message_holds_no_secret_however_it_is_written(properties: Properties) -> None:
    def test(before: str, escape: int, after: str, secret: str) -> None:
        text = before + ESCAPES[escape](secret) + after
        shown = redact(text, [secret, ""][: 1 + (not secret)])
        assert len(shown) <= 301
        assert shown.isprintable()
        assert secret not in shown.replace("***", "").replace("(a text that repeats a secret)", "")
        if escape == 0 and not (set(before + after) & set("%&\\")) and len(text) < 250:
            expected = text.replace(secret, "***")
            assert shown == " ".join(
                "".join(char if char.isprintable() else " " for char in expected).split()
            )
        elif ESCAPES[escape](secret) != secret and len(text) < 19_000:
            assert shown == "(a text that repeats a secret)"

    words = st.sampled_from(("", "no: ", "x\ny ", "100 % ", "a" * 400, "b" * 21_000))
    secrets = st.sampled_from((SECRET, 'a"b<c>d e', "sécret&more", "k/e=y+1"))
    properties.hold(test, words, st.integers(0, len(ESCAPES) - 1), words, secrets, share=5)
