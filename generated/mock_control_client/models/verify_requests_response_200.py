# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines VerifyRequestsResponse200."""

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
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset({"ok", "count", "message"})


@define(kw_only=True)
class VerifyRequestsResponse200(Model):
    """VerifyRequestsResponse200.

    Attributes:
        ok (bool): Whether there are as many as expected.
        count (int): How many requests fit.
        message (str): If not: what was expected, and what was received.
    """

    ok: bool
    count: int
    message: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "ok": self.ok,
                "count": self.count,
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
        value = found.get("ok")
        self.ok = value if type(value) is bool else required(found, "ok", boolean)
        value = found.get("count")
        self.count = value if type(value) is int else required(found, "count", integer)
        value = found.get("message", UNSET)
        self.message = (
            value if type(value) is str or type(value) is Unset else optional(found, "message", string)
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is VerifyRequestsResponse200 else initialised(self)
