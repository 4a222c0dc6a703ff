# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines AppDataEntry."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    encode_fields,
    fields,
    initialised,
    integer,
    new,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"name", "value"})


@define(kw_only=True)
class AppDataEntry(Model):
    """AppDataEntry.

    Attributes:
        name (str): The name, of any characters. At least 1 character.
        value (int): The value, a whole number. At least -(2^53 - 1) and at most 2^53 - 1.
    """

    name: str
    value: int
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "name": self.name,
                "value": self.value,
            },
            self.additional_properties,
        )

    @classmethod
    def from_dict(cls, source: object) -> Self:
        """Decode a JSON object.

        Raises:
            DecodeError: It has another shape.
        """
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        value = found.get("name")
        self.name = value if type(value) is str else required(found, "name", string)
        value = found.get("value")
        self.value = value if type(value) is int else required(found, "value", integer)
        if len(found) > 2:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is AppDataEntry else initialised(self)
