# ruff: noqa: S301 (what is unpickled here is our own)
from __future__ import annotations

import copy
import datetime as dt
import math
import pickle
from collections import OrderedDict, deque
from enum import Enum
from types import MappingProxyType
from typing import Any
from uuid import UUID

import pytest
from attrs import define, field
from example_api import Box, Kind, Level, Thing

from openapi_runtime import UNSET, File
from openapi_runtime.decoding import (
    Decoder,
    anything,
    array,
    boolean,
    constant,
    date,
    date_time,
    encode,
    encode_fields,
    fields,
    file,
    integer,
    kind,
    member,
    null,
    nullable,
    number,
    optional,
    parse_json,
    renamed,
    required,
    rest,
    string,
    union,
    uuid,
)
from openapi_runtime.errors import DecodeError

THING = {"id": 7, "kind": "small"}
WHOLE = {
    "id": 7,
    "kind": "enormous",
    "level": -1,
    "size": 2.5,
    "made": "2024-02-29T12:00:00.5+02:00",
    "day": None,
    "uuid": "AAAAAAAA-bbbb-4ccc-8ddd-eeeeeeeeeeee",
    "parent": {"id": 1, "kind": "big", "parent": None},
    "box": {"width": 3, "things": [THING]},
    "either": {"width": 1},
    "always": "always",
    "secret": "s",
    "unknown": {"kept": [None]},
}


# ---- JSON text


def test_json_is_parsed() -> None:
    assert parse_json('{"é": [1, -2.5, true, null]}'.encode()) == {"é": [1, -2.5, True, None]}


@pytest.mark.parametrize(
    ("content", "got"),
    [
        (b"", "text that is not JSON from character 0 on"),
        (b'{"id": ', "text that is not JSON from character 7 on"),
        (b"\xff\xfe", "bytes that are not UTF-8"),
        (b'\xef\xbb\xbf{"id": 1}', "text that is not JSON from character 0 on"),
        (b"NaN", "NaN"),
        (b"[-Infinity]", "-Infinity"),
        (b'{"id": 1e999}', "a number out of range"),
        (b"9" * 5000, "a number with too many digits"),
        (b"[" * 100_000, "values nested too deeply"),
    ],
)
def test_what_is_not_json_is_refused(content: bytes, got: str) -> None:
    with pytest.raises(DecodeError) as caught:
        parse_json(content)
    assert str(caught.value) == f"expected JSON, got {got}"
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or caught.value.__suppress_context__


# ---- plain values


@pytest.mark.parametrize(
    ("decode", "value"),
    [
        (anything, [1, {"a": None}]),
        (anything, None),
        (null, None),
        (boolean, False),
        (integer, 2**70),
        (number, 2.5),
        (string, ""),
        (constant("a"), "a"),
        (constant(2), 2),
        (constant(False), False),
    ],
)
def test_a_value_of_the_expected_kind_is_returned_as_it_is(decode: Decoder[object], value: object) -> None:
    found = decode(value)
    assert found == value
    assert type(found) is type(value)


def test_a_whole_float_is_an_integer() -> None:
    assert type(integer(5.0)) is int
    assert integer(5.0) == 5


def test_an_integer_stays_exact_where_a_number_is_expected() -> None:
    assert type(number(2**70)) is int


@pytest.mark.parametrize(
    ("decode", "value", "message"),
    [
        (null, 0, "expected null, got integer"),
        (boolean, 1, "expected boolean, got integer"),
        (boolean, "true", "expected boolean, got string"),
        (integer, True, "expected integer, got boolean"),
        (integer, 7.5, "expected integer, got number"),
        (integer, math.inf, "expected integer, got number"),
        (integer, "7", "expected integer, got string"),
        (number, True, "expected number, got boolean"),
        (number, math.nan, "expected number, got number"),
        (string, None, "expected string, got null"),
        (string, ["x"], "expected string, got array"),
        (fields, [], "expected object, got array"),
        (date, "20240229", "expected date, got string"),
        (date, "2023-02-29", "expected date, got a date that does not exist"),
        (date, 20240229, "expected date, got integer"),
        (date_time, "yesterday", "expected date-time, got string"),
        (date_time, "2024-02-30T00:00:00Z", "expected date-time, got a time that does not exist"),
        (date_time, "2024-02-29", "expected date-time, got string"),
        (date_time, {}, "expected date-time, got object"),
        (uuid, "x", "expected UUID, got string"),
        (uuid, "{AAAAAAAA-bbbb-4ccc-8ddd-eeeeeeeeeeee}", "expected UUID, got string"),
        (constant("a"), "b", 'expected "a", got another value'),
        (constant(2), True, "expected 2, got boolean"),
        (constant(True), 1, "expected true, got integer"),
        (file, "x", "expected file, got string"),
    ],
)
def test_another_kind_of_value_is_refused(decode: Decoder[Any], value: object, message: str) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(value)
    assert str(caught.value) == message


def test_a_type_that_json_does_not_have_is_called_by_its_name() -> None:
    assert kind(1j) == "complex"


def test_a_file_is_accepted_as_it_is() -> None:
    upload = File(b"x")
    assert file(upload) is upload


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-02-29T12:00:00Z", dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC)),
        ("2024-02-29t12:00:00.25z", dt.datetime(2024, 2, 29, 12, 0, 0, 250_000, dt.UTC)),
        ("2024-02-29 12:00:00+0200", dt.datetime(2024, 2, 29, 10, tzinfo=dt.UTC)),
        ("2024-02-29T12:00:00", dt.datetime(2024, 2, 29, 12)),  # noqa: DTZ001 (it has none)
    ],
)
def test_a_date_time_is_encoded_as_it_came(text: str, moment: dt.datetime) -> None:
    found = date_time(text)
    assert found == moment
    assert encode(found) == text
    assert encode(pickle.loads(pickle.dumps(found))) == encode(copy.deepcopy(found)) == text


def test_a_time_reckoned_from_a_decoded_one_is_written_anew() -> None:
    later = date_time("2024-02-29T12:00:00.50Z") + dt.timedelta(seconds=1)
    assert encode(later) == "2024-02-29T12:00:01.500000Z"
    assert encode(pickle.loads(pickle.dumps(later))) == encode(later)


def test_a_uuid_is_encoded_as_it_came() -> None:
    found = uuid("AAAAAAAA-bbbb-4ccc-8ddd-eeeeeeeeeeee")
    assert found == UUID("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee")
    assert encode(found) == encode(copy.deepcopy(found)) == "AAAAAAAA-bbbb-4ccc-8ddd-eeeeeeeeeeee"
    assert encode(pickle.loads(pickle.dumps(found))) == encode(found)


# ---- enums


def test_an_enum_keeps_values_that_it_does_not_know() -> None:
    found = member(Kind)("enormous")
    assert isinstance(found, Kind)
    assert (found, found.value, found.name) == ("enormous", "enormous", "UNKNOWN_enormous")
    assert found not in list(Kind)
    assert pickle.loads(pickle.dumps(found)) == found
    level = member(Level)(99)
    assert isinstance(level, Level)
    assert (level, level.value) == (99, 99)
    assert pickle.loads(pickle.dumps(level)) == level


def test_a_known_value_is_the_member_itself_even_after_pickling() -> None:
    assert member(Kind)("big") is Kind.BIG
    assert member(Level)(20.0) is Level.HIGH
    assert pickle.loads(pickle.dumps(Kind.BIG)) is Kind.BIG


@pytest.mark.parametrize(
    ("of", "value"), [(Kind, 1), (Kind, None), (Level, "1"), (Level, True), (Level, 1.5)]
)
def test_a_value_of_another_type_is_no_member(of: type[Enum], value: object) -> None:
    with pytest.raises(DecodeError):
        member(of)(value)


@pytest.mark.parametrize(("of", "value"), [(Kind, 1), (Kind, None), (Level, "1"), (Level, 1.5)])
def test_an_enum_refuses_a_value_of_another_type_as_enums_do(of: type[Enum], value: object) -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        of(value)


# ---- composed values


def test_a_wrong_item_is_named_by_its_index() -> None:
    assert array(integer)([1, 2]) == [1, 2]
    with pytest.raises(DecodeError, match=r"^\[1\]\[0\]: expected integer, got null$"):
        array(array(integer))([[], [None]])
    with pytest.raises(DecodeError, match=r"^expected array, got string$"):
        array(string)("abc")


def test_null_is_a_value_where_the_decoder_says_so() -> None:
    assert nullable(integer)(None) is None
    assert nullable(integer)(7) == 7


def test_a_union_decodes_the_first_alternative_that_fits() -> None:
    decode = union(integer, array(boolean), string)
    assert decode(5) == 5
    assert decode([True]) == [True]
    assert decode("x") == "x"


def test_a_union_prefers_the_alternative_that_keeps_every_field() -> None:
    decode = union(Box.from_dict, Thing.from_dict)
    assert decode({"width": 1}) == Box(width=1)
    assert decode(THING) == Thing(id=7, kind=Kind.SMALL)


def test_a_union_falls_back_on_the_first_alternative_where_each_loses_something() -> None:
    assert union(Box.from_dict, Box.from_dict)({"width": 1, "depth": 2}) == Box(width=1)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1.5, "expected integer or array or object, got number"),
        ([1, "x"], "[1]: expected integer, got string"),
        ({"width": "x"}, "width: expected integer, got string"),
    ],
)
def test_a_union_names_the_place_where_only_one_alternative_comes_close(value: object, message: str) -> None:
    decode = union(integer, array(integer), Box.from_dict)
    with pytest.raises(DecodeError) as caught:
        decode(value)
    assert str(caught.value) == message


def test_a_union_names_each_place_where_several_alternatives_come_close() -> None:
    with pytest.raises(DecodeError, match=r"^expected integer at width or integer at id, got object$"):
        union(Box.from_dict, Thing.from_dict)({"width": "x"})


# ---- fields


def test_a_model_becomes_json_again_unchanged() -> None:
    thing = Thing.from_dict(copy.deepcopy(WHOLE))
    assert thing.to_dict() == WHOLE
    assert thing.additional_properties == {"unknown": {"kept": [None]}}
    assert pickle.loads(pickle.dumps(thing)) == thing
    assert copy.deepcopy(thing).to_dict() == WHOLE


def test_a_field_that_the_model_has_no_room_for_is_dropped() -> None:
    assert Box.from_dict({"width": 1, "new": 2}).to_dict() == {"width": 1}


def test_null_counts_as_absent_where_it_is_no_value_of_the_field() -> None:
    thing = Thing.from_dict({**THING, "size": None, "box": None, "day": None})
    assert (thing.size, thing.box, thing.day) == (UNSET, UNSET, None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": None}, "id: expected integer, got null"),
        ({"kind": 3}, "kind: expected string, got integer"),
        ({"box": {"things": [THING, {"id": 1}]}}, "box.things[1].kind: expected string, got nothing"),
        ({"either": ["x"]}, "either[0]: expected integer, got string"),
    ],
)
def test_a_wrong_field_is_named_by_its_path(change: dict[str, object], message: str) -> None:
    with pytest.raises(DecodeError) as caught:
        Thing.from_dict({**THING, **change})
    assert str(caught.value) == message


def test_a_missing_field_is_told_from_one_that_is_null() -> None:
    assert required({"a": None}, "a", anything) is None
    with pytest.raises(DecodeError, match=r"^a: expected a value, got nothing$"):
        required({}, "a", anything)
    assert optional({}, "a", integer) is UNSET


def test_an_object_may_be_any_mapping() -> None:
    assert fields(MappingProxyType({"a": 1})) == {"a": 1}


def test_the_rest_is_decoded_field_by_field() -> None:
    assert rest({"id": 1, "coins": 5}, frozenset({"id"}), integer) == {"coins": 5}
    with pytest.raises(DecodeError, match=r"^coins: expected integer, got string$"):
        rest({"coins": "5"}, frozenset(), integer)


def test_a_field_is_read_under_its_alias() -> None:
    assert renamed({"postalCode": "N1", "id": 1}, {"postalCode": "postCode"}) == {"postCode": "N1", "id": 1}


def test_a_field_s_own_name_wins_over_an_alias_and_nothing_is_lost() -> None:
    both = {"postCode": "N1", "postalCode": "E8"}
    assert renamed(both, {"postalCode": "postCode"}) == both


# ---- models


def test_what_is_unknown_has_room_however_a_model_was_made() -> None:
    decoded, made = Thing.from_dict(THING), Thing(id=7, kind=Kind.SMALL)
    assert decoded == made
    assert repr(decoded) == repr(made)
    again = pickle.loads(pickle.dumps(Thing.from_dict(THING)))
    for thing in (decoded, made, again):
        thing.additional_properties["coins"] = 5
        assert thing.to_dict() == {**THING, "coins": 5}


@pytest.mark.parametrize("model", [Thing.from_dict(THING), Box()])
def test_a_model_has_no_attribute_but_its_own(model: object) -> None:
    name = "additional_properties" if isinstance(model, Box) else "nothing"
    with pytest.raises(AttributeError, match=rf"object has no attribute '{name}'"):
        getattr(model, name)


def test_a_subclass_is_initialised_with_what_it_adds() -> None:
    @define(kw_only=True)
    class Marked(Thing):
        label: str = "none"
        size_doubled: float = field(init=False)

        def __attrs_post_init__(self) -> None:
            self.size_doubled = 2 * self.size if self.size else 0

    marked = Marked.from_dict({**THING, "size": 2.5, "coins": 5})
    assert (marked.label, marked.size_doubled) == ("none", 5.0)
    assert marked.to_dict() == {**THING, "size": 2.5, "coins": 5}


def test_a_model_is_written_as_json_text() -> None:
    assert Thing.from_dict(THING).to_json() == '{"id": 7, "kind": "small"}'
    assert Thing.from_dict(THING).to_json(indent=1) == '{\n "id": 7,\n "kind": "small"\n}'
    with pytest.raises(ValueError, match="not JSON compliant"):
        Thing(id=7, kind=Kind.BIG, size=math.inf).to_json()


# ---- encoding


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        (None, None),
        (True, True),
        ((1, Kind.BIG), [1, "big"]),
        ({5}, [5]),
        (frozenset({Level.HIGH}), [20]),
        (deque(["a"]), ["a"]),
        (range(2), [0, 1]),
        (OrderedDict[str, object](a=UNSET, b=[None]), {"b": [None]}),
        (dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC), "2024-02-29T12:00:00Z"),
        (dt.datetime(2024, 2, 29, 12), "2024-02-29T12:00:00"),  # noqa: DTZ001 (it has none)
        (dt.date(2024, 2, 29), "2024-02-29"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (Thing(id=7, kind=Kind.SMALL), THING),
        (b"bytes", b"bytes"),
        (UNSET, UNSET),
    ],
)
def test_a_typed_value_is_encoded_as_json(value: object, encoded: object) -> None:
    assert encode(value) == encoded


def test_a_known_field_wins_over_an_additional_one() -> None:
    assert encode_fields({"a": 1, "b": UNSET}, {"a": 2, "c": 3}) == {"a": 1, "c": 3}
    assert encode_fields({"a": 1}) == {"a": 1}


def test_an_error_of_a_json_text_keeps_no_part_of_the_text() -> None:
    with pytest.raises(DecodeError) as raised:
        parse_json(b'{"made-up": ')
    assert raised.value.__context__ is None
