# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines Failure."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Literal, Self, cast

from attrs import define, field
from openapi_runtime.decoding import (
    Decoder,
    Object,
    anything,
    constant,
    encode_fields,
    fields,
    initialised,
    integer,
    new,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset({"success", "error", "error_description"})


@define(kw_only=True)
class Failure(Model):
    """Why a call did not succeed.

    Attributes:
        success (Literal[False]):
        error (int): The kind of failure; 400 for parameters, 403 for credentials.
        error_description (str): What went wrong, in words.
    """

    failure_code_field: ClassVar[str | None] = "error"

    error_message_fields: ClassVar[tuple[str, ...]] = ("error_description",)

    success: Literal[False]
    error: int | Unset = UNSET
    error_description: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "success": self.success,
                "error": self.error,
                "error_description": self.error_description,
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
        self.success = required(found, "success", cast("Decoder[Literal[False]]", constant(False)))
        value = found.get("error", UNSET)
        self.error = (
            value if type(value) is int or type(value) is Unset else optional(found, "error", integer)
        )
        value = found.get("error_description", UNSET)
        self.error_description = (
            value
            if type(value) is str or type(value) is Unset
            else optional(found, "error_description", string)
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Failure else initialised(self)
