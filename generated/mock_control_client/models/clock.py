# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines Clock."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    boolean,
    encode_fields,
    fields,
    initialised,
    integer,
    new,
    required,
    rest,
)
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"time", "stopped"})


@define(kw_only=True)
class Clock(Model):
    """The mock's time.

    Attributes:
        time (int): Milliseconds since 1970-01-01 UTC. A 64-bit number.
        stopped (bool): Whether the clock stands still.
    """

    time: int
    stopped: bool
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "time": self.time,
                "stopped": self.stopped,
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
        value = found.get("time")
        self.time = value if type(value) is int else required(found, "time", integer)
        value = found.get("stopped")
        self.stopped = value if type(value) is bool else required(found, "stopped", boolean)
        if len(found) > 2:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Clock else initialised(self)
