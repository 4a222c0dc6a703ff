"""Models as fields of Pydantic models."""

from __future__ import annotations

from typing import Any, cast

import pytest
from attrs import define, field
from example_api import Box, Thing
from pydantic import BaseModel, TypeAdapter, ValidationError

from openapi_runtime import UNSET, File, Unset
from openapi_runtime.constraints import Constraints
from openapi_runtime.decoding import fields, integer, required
from openapi_runtime.models import Model

THING = {
    "id": 7,
    "kind": "small",
    "made": "2024-02-29T12:00:00Z",
    "parent": {"id": 1, "kind": "huge"},
    "new": [1],
}


class Shelf(BaseModel):
    label: str
    things: list[Thing]


@define(kw_only=True)
class Sealed(Model):
    """A model with a field under another name, a constraint, a file, and no room for others."""

    json_names = {"price_in_kreds": "priceInKreds"}  # noqa: RUF012

    price_in_kreds: int = field(validator=Constraints(minimum=0))
    picture: File | Unset = UNSET

    @classmethod
    def from_dict(cls, source: object) -> Sealed:
        return cls(price_in_kreds=required(fields(source), "priceInKreds", integer))


def errors_of(of: Any, value: object) -> list[Any]:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(of).validate_python(value)
    return cast("list[Any]", caught.value.errors())


def test_a_field_is_decoded_and_encoded_as_everywhere() -> None:
    found = Shelf.model_validate({"label": "top", "things": [THING]})
    assert found.things == [Thing.from_dict(THING)]
    assert found.model_dump() == {"label": "top", "things": [THING]}
    assert Shelf.model_validate_json(found.model_dump_json()) == found


def test_an_instance_is_taken_as_it_is() -> None:
    thing = Thing.from_dict(THING)
    assert Shelf(label="top", things=[thing]).things[0] is thing


def test_a_wrong_field_is_named_by_its_path_and_its_value_is_not_shown() -> None:
    [error] = errors_of(Shelf, {"label": "top", "things": [THING, {"box": {"things": [{"id": "s3cret"}]}}]})
    assert error["loc"] == ("things", 1, "id")
    [error] = errors_of(Thing, {**THING, "box": {"things": [{"id": "s3cret"}]}})
    assert error["loc"] == ("box", "things", 0, "id")
    assert (error["type"], error["msg"]) == ("decoding", "expected integer, got string")
    assert error["input"] == "string"


def test_a_constraint_is_named() -> None:
    [error] = errors_of(Sealed, {"priceInKreds": -1})
    assert (error["type"], error["msg"]) == ("constraint", "Sealed.price_in_kreds: expected at least 0")


def test_a_schema_has_the_names_of_json_and_asks_for_what_is_required() -> None:
    assert TypeAdapter(Sealed).json_schema() == {
        "title": "Sealed",
        "type": "object",
        "properties": {
            "priceInKreds": {"title": "Priceinkreds", "type": "integer"},
            "picture": {"format": "binary", "title": "Picture", "type": "string"},
        },
        "required": ["priceInKreds"],
    }


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_a_schema_refers_to_those_of_other_models_and_to_itself(mode: Any) -> None:
    schemas = Shelf.model_json_schema(mode=mode)["$defs"]
    assert sorted(schemas) == ["Box", "Kind", "Level", "Thing"]
    thing = schemas["Thing"]["properties"]
    assert thing["parent"] == {"anyOf": [{"$ref": "#/$defs/Thing"}, {"type": "null"}]}
    assert thing["made"] == {"format": "date-time", "title": "Made", "type": "string"}
    assert schemas["Box"]["properties"]["things"]["items"] == {"$ref": "#/$defs/Thing"}
    assert schemas["Thing"]["additionalProperties"] is True
    assert "additionalProperties" not in schemas["Box"]
    assert TypeAdapter(list[Box]).json_schema(mode=mode)["items"] == {"$ref": "#/$defs/Box"}
