# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines Refusal."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Self

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

_KNOWN: Final = frozenset({"error", "message"})


@define(kw_only=True)
class Refusal(Model):
    """Why a request was refused.

    Attributes:
        error (str): A word for programs.
        message (str): A sentence for people.
    """

    error_message_fields: ClassVar[tuple[str, ...]] = ("message",)

    error: str
    message: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "error": self.error,
                "message": self.message,
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
        value = found.get("error")
        self.error = value if type(value) is str else required(found, "error", string)
        value = found.get("message")
        self.message = value if type(value) is str else required(found, "message", string)
        if len(found) > 2:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Refusal else initialised(self)
