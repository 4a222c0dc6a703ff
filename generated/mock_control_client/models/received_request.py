# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines ReceivedRequest."""

from __future__ import annotations

from math import isfinite
from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    array,
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
from .received_request_headers import ReceivedRequestHeaders
from .received_request_query import ReceivedRequestQuery
from .received_request_values import ReceivedRequestValues
from .violation import Violation

_KNOWN: Final = frozenset(
    {
        "number",
        "time",
        "method",
        "path",
        "status",
        "duration",
        "violations",
        "operation",
        "values",
        "fault",
        "query",
        "headers",
        "body",
    }
)


@define(kw_only=True)
class ReceivedRequest(Model):
    """A request, and what the mock made of it. Secrets are masked.

    Attributes:
        number (int): Counts up from 1. A 64-bit number.
        time (int): The mock's time, in milliseconds since 1970-01-01 UTC. A 64-bit number.
        method (str): The method.
        path (str): The template of the path; empty if there is no such operation.
        status (int): The status of the response.
        duration (float): How many milliseconds the response took.
        violations (list[Violation]): What is wrong with the request.
        operation (str): The operation id; missing if there is no such operation.
        values (ReceivedRequestValues): The values of the path's parameters.
        fault (FaultKind): What happens. `status`: an error of that status. `delay`: the response comes late.
            `reset`: the connection is reset before the request is handled; `lost-response`: after it. `cut`:
            the connection is closed in the middle of the body. `drip`: the body comes byte by byte.
            `truncated`, `malformed`: the body is no whole JSON. `wrong-type`, `missing-field`: one value has
            another type, or is missing. `html`: a page of a proxy. `duplicate-callback`: a callback is
            delivered twice. One of `"status"`, `"delay"`, `"reset"`, `"lost-response"`, `"cut"`, `"drip"`,
            `"truncated"`, `"malformed"`, `"wrong-type"`, `"missing-field"`, `"html"`, `"duplicate-callback"`.
        query (ReceivedRequestQuery): The query parameters, as text.
        headers (ReceivedRequestHeaders): The headers that hold no secrets.
        body (Any): The JSON body, or the fields of a form.
    """

    number: int
    time: int
    method: str
    path: str
    status: int
    duration: float
    violations: list[Violation]
    operation: str | Unset = UNSET
    values: ReceivedRequestValues | Unset = UNSET
    fault: FaultKind | Unset = UNSET
    query: ReceivedRequestQuery | Unset = UNSET
    headers: ReceivedRequestHeaders | Unset = UNSET
    body: Any | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "number": self.number,
                "time": self.time,
                "method": self.method,
                "path": self.path,
                "status": self.status,
                "duration": self.duration,
                "violations": self.violations,
                "operation": self.operation,
                "values": self.values,
                "fault": self.fault,
                "query": self.query,
                "headers": self.headers,
                "body": self.body,
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
        value = found.get("number")
        self.number = value if type(value) is int else required(found, "number", integer)
        value = found.get("time")
        self.time = value if type(value) is int else required(found, "time", integer)
        value = found.get("method")
        self.method = value if type(value) is str else required(found, "method", string)
        value = found.get("path")
        self.path = value if type(value) is str else required(found, "path", string)
        value = found.get("status")
        self.status = value if type(value) is int else required(found, "status", integer)
        value = found.get("duration")
        self.duration = (
            value
            if type(value) is int or (type(value) is float and isfinite(value))
            else required(found, "duration", number)
        )
        self.violations = required(found, "violations", array(Violation.from_dict))
        value = found.get("operation", UNSET)
        self.operation = (
            value if type(value) is str or type(value) is Unset else optional(found, "operation", string)
        )
        self.values = optional(found, "values", ReceivedRequestValues.from_dict)
        self.fault = optional(found, "fault", member(FaultKind))
        self.query = optional(found, "query", ReceivedRequestQuery.from_dict)
        self.headers = optional(found, "headers", ReceivedRequestHeaders.from_dict)
        self.body = optional(found, "body", anything)
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is ReceivedRequest else initialised(self)
