# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines ActiveFault."""

from __future__ import annotations

from math import isfinite
from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    encode_fields,
    fields,
    initialised,
    integer,
    member,
    new,
    number,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

from .fault_kind import FaultKind

_KNOWN: Final = frozenset(
    {"id", "kind", "probability", "operation", "status", "retry_after", "delay", "times"}
)


@define(kw_only=True)
class ActiveFault(Model):
    """A fault that happens now.

    Attributes:
        id (int): Its number. A 64-bit number.
        kind (FaultKind): What happens. `status`: an error of that status. `delay`: the response comes late.
            `reset`: the connection is reset before the request is handled; `lost-response`: after it. `cut`:
            the connection is closed in the middle of the body. `drip`: the body comes byte by byte.
            `truncated`, `malformed`: the body is no whole JSON. `wrong-type`, `missing-field`: one value has
            another type, or is missing. `html`: a page of a proxy. `duplicate-callback`: a callback is
            delivered twice. One of `"status"`, `"delay"`, `"reset"`, `"lost-response"`, `"cut"`, `"drip"`,
            `"truncated"`, `"malformed"`, `"wrong-type"`, `"missing-field"`, `"html"`, `"duplicate-callback"`.
        probability (float): The share of the requests that it happens to.
        operation (str): The operation id, or the name of an event; all, without one.
        status (int): The status of `status` and `html`.
        retry_after (int): Seconds, sent in `Retry-After` with `status`.
        delay (float): Seconds that the response comes late.
        times (int): To how many more requests it happens; without it, to all.
    """

    id: int
    kind: FaultKind
    probability: float
    operation: str | Unset = UNSET
    status: int | Unset = UNSET
    retry_after: int | Unset = UNSET
    delay: float | Unset = UNSET
    times: int | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "id": self.id,
                "kind": self.kind,
                "probability": self.probability,
                "operation": self.operation,
                "status": self.status,
                "retry_after": self.retry_after,
                "delay": self.delay,
                "times": self.times,
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
        value = found.get("id")
        self.id = value if type(value) is int else required(found, "id", integer)
        self.kind = required(found, "kind", member(FaultKind))
        value = found.get("probability")
        self.probability = (
            value
            if type(value) is int or (type(value) is float and isfinite(value))
            else required(found, "probability", number)
        )
        value = found.get("operation", UNSET)
        self.operation = (
            value if type(value) is str or type(value) is Unset else optional(found, "operation", string)
        )
        value = found.get("status", UNSET)
        self.status = (
            value if type(value) is int or type(value) is Unset else optional(found, "status", integer)
        )
        value = found.get("retry_after", UNSET)
        self.retry_after = (
            value if type(value) is int or type(value) is Unset else optional(found, "retry_after", integer)
        )
        value = found.get("delay", UNSET)
        self.delay = (
            value
            if type(value) is int or (type(value) is float and isfinite(value)) or type(value) is Unset
            else optional(found, "delay", number)
        )
        value = found.get("times", UNSET)
        self.times = (
            value if type(value) is int or type(value) is Unset else optional(found, "times", integer)
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is ActiveFault else initialised(self)
