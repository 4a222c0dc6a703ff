# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines RunActionResponse200."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import Object, anything, encode_fields, fields, initialised, new, required, rest
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"result"})


@define(kw_only=True)
class RunActionResponse200(Model):
    """RunActionResponse200.

    Attributes:
        result (Any): What the action has returned; null for nothing.
    """

    result: Any
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "result": self.result,
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
        self.result = required(found, "result", anything)
        if len(found) > 1:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is RunActionResponse200 else initialised(self)
