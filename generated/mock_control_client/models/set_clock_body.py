# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines SetClockBody."""

from __future__ import annotations

from typing import Any, Self

from attrs import define
from openapi_runtime.decoding import (
    Object,
    boolean,
    encode_fields,
    fields,
    initialised,
    integer,
    new,
    optional,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset


@define(kw_only=True)
class SetClockBody(Model):
    """SetClockBody.

    Attributes:
        time (int): Milliseconds since 1970-01-01 UTC; the present time, without it. At least 0 and at most
            253402300799999. A 64-bit number.
        stopped (bool): Whether the clock stands still from then on.
    """

    time: int | Unset = UNSET
    stopped: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "time": self.time,
                "stopped": self.stopped,
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
        value = found.get("time", UNSET)
        self.time = value if type(value) is int or type(value) is Unset else optional(found, "time", integer)
        value = found.get("stopped", UNSET)
        self.stopped = (
            value if type(value) is bool or type(value) is Unset else optional(found, "stopped", boolean)
        )
        return self if cls is SetClockBody else initialised(self)
