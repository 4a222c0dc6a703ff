# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines Fault."""

from __future__ import annotations

from math import isfinite
from typing import Any, Self

from attrs import define
from openapi_runtime.decoding import (
    Object,
    encode_fields,
    fields,
    initialised,
    integer,
    member,
    new,
    number,
    optional,
    required,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

from .fault_kind import FaultKind


@define(kw_only=True)
class Fault(Model):
    """How requests fail.

    Attributes:
        kind (FaultKind): What happens. `status`: an error of that status. `delay`: the response comes late.
            `reset`: the connection is reset before the request is handled; `lost-response`: after it. `cut`:
            the connection is closed in the middle of the body. `drip`: the body comes byte by byte.
            `truncated`, `malformed`: the body is no whole JSON. `wrong-type`, `missing-field`: one value has
            another type, or is missing. `html`: a page of a proxy. `duplicate-callback`: a callback is
            delivered twice. One of `"status"`, `"delay"`, `"reset"`, `"lost-response"`, `"cut"`, `"drip"`,
            `"truncated"`, `"malformed"`, `"wrong-type"`, `"missing-field"`, `"html"`, `"duplicate-callback"`.
        operation (str): The operation id, or, for `duplicate-callback`, the name of an event; all, without
            one.
        status (int): The status of `status` and `html`. At least 400 and at most 599.
        retry_after (int): Seconds, sent in `Retry-After` with `status`. At least 0.
        delay (float): Seconds that the response comes late. At least 0 and at most 3600.
        times (int): To how many requests it happens; without it, to all. At least 1.
        probability (float): The share of the requests that it happens to. More than 0 and at most 1.
    """

    kind: FaultKind
    operation: str | Unset = UNSET
    status: int | Unset = UNSET
    retry_after: int | Unset = UNSET
    delay: float | Unset = UNSET
    times: int | Unset = UNSET
    probability: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "kind": self.kind,
                "operation": self.operation,
                "status": self.status,
                "retry_after": self.retry_after,
                "delay": self.delay,
                "times": self.times,
                "probability": self.probability,
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
        self.kind = required(found, "kind", member(FaultKind))
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
        value = found.get("probability", UNSET)
        self.probability = (
            value
            if type(value) is int or (type(value) is float and isfinite(value)) or type(value) is Unset
            else optional(found, "probability", number)
        )
        return self if cls is Fault else initialised(self)
