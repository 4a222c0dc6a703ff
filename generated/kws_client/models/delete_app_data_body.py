# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines DeleteAppDataBody."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    encode_fields,
    fields,
    initialised,
    new,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"name"})


@define(kw_only=True)
class DeleteAppDataBody(Model):
    """DeleteAppDataBody.

    Attributes:
        name (str): The name whose value is forgotten. At least 1 character.
    """

    name: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "name": self.name,
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
        if len(found) > 1:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is DeleteAppDataBody else initialised(self)
