# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines MessageFailure."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Literal, Self, cast

from attrs import define, field
from openapi_runtime.decoding import (
    Decoder,
    Object,
    anything,
    array,
    constant,
    encode_fields,
    fields,
    initialised,
    new,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"success", "errors"})


@define(kw_only=True)
class MessageFailure(Model):
    """Why a message was not sent.

    Attributes:
        success (Literal[False]):
        errors (list[str]): What went wrong, in words.
    """

    failure_code_field: ClassVar[str | None] = None

    error_message_fields: ClassVar[tuple[str, ...]] = ("errors",)

    success: Literal[False]
    errors: list[str]
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "success": self.success,
                "errors": self.errors,
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
        self.errors = required(found, "errors", array(string))
        if len(found) > 2:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is MessageFailure else initialised(self)
