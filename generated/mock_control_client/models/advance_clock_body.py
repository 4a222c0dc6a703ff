# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines AdvanceClockBody."""

from __future__ import annotations

from math import isfinite
from typing import Any, Self

from attrs import define
from openapi_runtime.decoding import Object, encode_fields, fields, initialised, new, number, required
from openapi_runtime.models import Model


@define(kw_only=True)
class AdvanceClockBody(Model):
    """AdvanceClockBody.

    Attributes:
        seconds (float): By how much, back if it is negative. At least -3153600000 and at most 3153600000.
    """

    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "seconds": self.seconds,
            },
        )

    @classmethod
    def from_dict(cls, source: object) -> Self:
        """Decode a JSON object.

        Raises:
            DecodeError: It has another shape.
        """
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        value = found.get("seconds")
        self.seconds = (
            value
            if type(value) is int or (type(value) is float and isfinite(value))
            else required(found, "seconds", number)
        )
        return self if cls is AdvanceClockBody else initialised(self)
