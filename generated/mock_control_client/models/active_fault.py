# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines ActiveFault."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any, ClassVar, Final, Self

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
    {"kind", "id", "operation", "status", "retryAfter", "delay", "times", "probability"}
)


@define(kw_only=True)
class ActiveFault(Model):
    """A fault that happens now.

    Attributes:
        kind (FaultKind): What happens. `status`: an error of that status. `delay`: the response comes late.
            `reset`: the connection is reset before the request is handled; `lost-response`: after it. `cut`:
            the connection is closed in the middle of the body. `drip`: the body comes byte by byte.
            `truncated`, `malformed`: the body is no whole JSON. `wrong-type`, `missing-field`: one value has
            another type, or is missing. `html`: a page of a proxy. `duplicate-callback`: a callback is
            delivered twice. One of `"status"`, `"delay"`, `"reset"`, `"lost-response"`, `"cut"`, `"drip"`,
            `"truncated"`, `"malformed"`, `"wrong-type"`, `"missing-field"`, `"html"`, `"duplicate-callback"`.
        id (int): Its number. A 64-bit number.
        operation (str): The operation id, or, for `duplicate-callback`, the name of an event; all, without
            one.
        status (int): The status of `status` and `html`. At least 400 and at most 599.
        retry_after (int): Seconds, sent in `Retry-After` with `status`. At least 0.
        delay (float): Seconds that the response comes late. At least 0 and at most 3600.
        times (int): To how many requests it happens; without it, to all. At least 1.
        probability (float): The share of the requests that it happens to. More than 0 and at most 1.
    """

    json_names: ClassVar[Mapping[str, str]] = {"retry_after": "retryAfter"}

    kind: FaultKind
    id: int
    operation: str | Unset = UNSET
    status: int | Unset = UNSET
    retry_after: int | Unset = UNSET
    delay: float | Unset = UNSET
    times: int | Unset = UNSET
    probability: float | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "kind": self.kind,
                "id": self.id,
                "operation": self.operation,
                "status": self.status,
                "retryAfter": self.retry_after,
                "delay": self.delay,
                "times": self.times,
                "probability": self.probability,
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
        self.kind = required(found, "kind", member(FaultKind))
        value = found.get("id")
        self.id = value if type(value) is int else required(found, "id", integer)
        value = found.get("operation", UNSET)
        self.operation = (
            value if type(value) is str or type(value) is Unset else optional(found, "operation", string)
        )
        value = found.get("status", UNSET)
        self.status = (
            value if type(value) is int or type(value) is Unset else optional(found, "status", integer)
        )
        value = found.get("retryAfter", UNSET)
        self.retry_after = (
            value if type(value) is int or type(value) is Unset else optional(found, "retryAfter", integer)
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
        value = found.get("probability", UNSET)
        self.probability = (
            value
            if type(value) is int or (type(value) is float and isfinite(value)) or type(value) is Unset
            else optional(found, "probability", number)
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is ActiveFault else initialised(self)
