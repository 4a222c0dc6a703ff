# ruff: noqa: S301 (what is unpickled here is our own)
"""The models of a generated client: fields, decoding, encoding and reprs."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import uuid

import attrs
import pytest
from pydantic import TypeAdapter

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
    "datetime": "x",
    "parent": {"id": 1, "kind": "a-b", "parent": None},
    "box": {"things": [THING], "width": 3},
    "either": {"width": 1},
    "secret": "s",
    "class": "c",
    "to_dict": "t",
    "additional_properties": "a",
    "camelCase": True,
    "odd name!": "o",
    "always": "always",
    "version": 2,
    "mixed": "one",
    "inner": {"x": 1, "new": [1]},
    "anything": None,
    "nothing": None,
    "merged": {"lid": True, "width": 2},
    "unknown": {"kept": [None]},
}


# ---- fields


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Folder", {"a": {"b": {}, "c": {"d": {}}}}),
        ("Grove", {"a": [{"height": 1, "b": {"c": [{"height": 2}]}}], "d": []}),
        ("Notes", {"nested": ["a", ["b", [], ["c"]]]}),
    ],
)
def test_a_schema_may_contain_itself(odd, name, value):
    found = getattr(odd.models, name).from_dict(copy.deepcopy(value))
    assert found.to_dict() == value
    assert getattr(odd.models, name)().to_dict() == {}


def test_what_contains_itself_within_an_object_has_its_class_at_every_depth(odd):
    grove = odd.models.Grove.from_dict({"a": [{"height": 1, "b": {"c": [{"height": 2}]}}]})
    (oak,) = grove.additional_properties["a"]
    assert isinstance(oak.additional_properties["b"].additional_properties["c"][0], odd.models.Oak)
    with pytest.raises(DecodeError) as raised:
        odd.models.Folder.from_dict({"a": {"b": 7}})
    assert raised.value.path == "a.b"


def test_a_decoded_value_encodes_to_the_same_json(odd):
    thing = odd.models.Thing.from_dict(copy.deepcopy(WHOLE))
    assert thing.to_dict() == WHOLE
    assert type(thing.kind) is odd.models.Kind
    assert isinstance(thing.uuid, uuid.UUID)
    assert thing.made == dt.datetime.fromisoformat("2024-02-29T12:00:00.5+02:00")
    assert thing.additional_properties == {"unknown": {"kept": [None]}}
    assert pickle.loads(pickle.dumps(thing)) == thing
    assert copy.deepcopy(thing).to_dict() == WHOLE


def test_a_field_is_named_as_in_the_spec_unless_generated_code_needs_the_name(odd):
    names = [each.name for each in attrs.fields(odd.models.Box)]
    assert names == ["things", "width", "type", "list_", "str_", "max"]
    body = {"type": "t", "list": ["l"], "str": "s", "max": 1}
    assert odd.models.Box.from_dict(body).to_dict() == body


def test_a_field_that_the_schema_forbids_is_dropped(odd):
    assert odd.models.Box.from_dict({"width": 1, "new": 2}).to_dict() == {"width": 1}


def test_an_undocumented_null_counts_as_missing(odd):
    thing = odd.models.Thing.from_dict({**THING, "size": None, "box": None, "day": None})
    assert thing.size is odd.UNSET
    assert thing.box is odd.UNSET
    assert thing.day is None


def test_a_field_is_read_under_its_alias_and_written_under_its_own_name(odd):
    thing = odd.models.Thing.from_dict({**THING, "CamelCase": True})
    assert thing.camel_case is True
    assert thing.to_dict() == {**THING, "camelCase": True}


def test_a_field_s_own_name_wins_over_an_alias_and_nothing_is_lost(odd):
    thing = odd.models.Thing.from_dict({**THING, "camelCase": False, "CamelCase": True})
    assert thing.camel_case is False
    assert thing.additional_properties == {"CamelCase": True}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "7"}, "id: expected integer, got string"),
        ({"id": None}, "id: expected integer, got null"),
        ({"kind": 3}, "kind: expected string, got integer"),
        ({"level": "1"}, "level: expected integer, got string"),
        ({"size": "1"}, "size: expected number, got string"),
        ({"made": "yesterday"}, "made: expected date-time, got string"),
        ({"day": "20240229"}, "day: expected date, got string"),
        ({"uuid": "x"}, "uuid: expected UUID, got string"),
        ({"parent": []}, "parent: expected object, got array"),
        ({"box": {"things": [THING, {"id": 1}]}}, "box.things[1].kind: expected string, got nothing"),
        ({"either": 1.5}, "either: expected integer or array or object or string, got number"),
        ({"either": [1]}, "either[0]: expected boolean, got integer"),
        ({"pins": [1]}, "pins[0]: expected string, got integer"),
        ({"camelCase": 1}, "camelCase: expected boolean, got integer"),
        ({"always": "never"}, 'always: expected "always", got another value'),
        ({"version": True}, "version: expected 2, got boolean"),
        ({"odd name!": 1}, "odd name!: expected string, got integer"),
        ({"inner": {"x": "1"}}, "inner.x: expected integer, got string"),
        ({"nothing": 1}, "nothing: expected null, got integer"),
        ({"merged": {"lid": 1}}, "merged.lid: expected boolean, got integer"),
    ],
)
def test_a_wrong_field_is_named(odd, change, message):
    with pytest.raises(odd.errors.DecodeError) as caught:
        odd.models.Thing.from_dict({**THING, **change})
    assert str(caught.value) == message


# ---- enums


def test_an_unknown_enum_value_is_kept(odd):
    kind = odd.models.Kind("enormous")
    assert (type(kind), kind, kind.value) == (odd.models.Kind, "enormous", "enormous")
    assert odd.models.Level(99) == 99


def test_two_values_never_share_an_enum_member(odd):
    assert {member.value for member in odd.models.Kind} == {
        "small",
        "big",
        "a-b",
        "a_b",
        "",
        "1st",
        'q"\\\\',
        "True",
    }


# ---- documentation and reprs


def test_an_exclusive_bound_is_documented(odd):
    assert "max (int): More than 0 and less than 12." in " ".join(odd.models.Box.__doc__.split())


def test_no_repr_shows_a_secret(odd):
    secret = "made-up-secret"
    thing = odd.models.Thing.from_dict({**THING, "secret": secret, "pins": [secret]})
    body = odd.models.LogInBody(user="u", password=secret, api_key="k")
    assert secret not in f"{thing!r} {body!r}"
    assert (thing.secret, thing.pins) == (secret, [secret])


def test_unknown_fields_beside_a_secret_are_kept_out_of_the_repr(odd):
    token = odd.models.LogInResponse200.from_dict({"token": "made-up", "refresh_token": "made-up-too"})
    assert token.additional_properties == {"refresh_token": "made-up-too"}
    assert "made-up" not in repr(token)


def test_a_schema_is_made_of_every_model_even_where_they_need_each_other(odd):
    for name in odd.models.__all__:
        schema = TypeAdapter(getattr(odd.models, name)).json_schema()
        assert name in (schema.get("title"), schema.get("$ref", "").removeprefix("#/$defs/"))
    schemas = TypeAdapter(odd.models.Thing).json_schema()["$defs"]
    assert schemas["Box"]["properties"]["things"]["items"] == {"$ref": "#/$defs/Thing"}
    assert schemas["Box"]["properties"]["list"]["type"] == "array"
    assert schemas["Thing"]["properties"]["box"] == {"$ref": "#/$defs/Box"}
    assert schemas["Thing"]["required"] == ["id", "kind"]
