# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines Points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    array,
    encode_fields,
    fields,
    initialised,
    new,
    required,
    rest,
)
from openapi_runtime.models import Model

from .currency_sum import CurrencySum

_KNOWN: Final = frozenset({"total", "pending", "totalReceived"})


@define(kw_only=True)
class Points(Model):
    """Points.

    Attributes:
        total (list[CurrencySum]): What the user can spend now.
        pending (list[CurrencySum]): What transactions in progress have blocked.
        total_received (list[CurrencySum]): What the user ever received.
    """

    json_names: ClassVar[Mapping[str, str]] = {"total_received": "totalReceived"}

    total: list[CurrencySum]
    pending: list[CurrencySum]
    total_received: list[CurrencySum]
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "total": self.total,
                "pending": self.pending,
                "totalReceived": self.total_received,
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
        self.total = required(found, "total", array(CurrencySum.from_dict))
        self.pending = required(found, "pending", array(CurrencySum.from_dict))
        self.total_received = required(found, "totalReceived", array(CurrencySum.from_dict))
        if len(found) > 3:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Points else initialised(self)
