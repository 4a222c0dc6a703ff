# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines VerifyRequestsBody."""

from __future__ import annotations

from typing import Any, Self

from attrs import define
from openapi_runtime.decoding import (
    Object,
    anything,
    encode_fields,
    fields,
    initialised,
    integer,
    new,
    optional,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

from .verify_requests_body_form import VerifyRequestsBodyForm
from .verify_requests_body_path import VerifyRequestsBodyPath
from .verify_requests_body_query import VerifyRequestsBodyQuery


@define(kw_only=True)
class VerifyRequestsBody(Model):
    """VerifyRequestsBody.

    Attributes:
        operation (str): The operation id; any, without one.
        status (int): The status of the response; any, without one. At least 100 and at most 599.
        times (int): How often exactly; at least once, without it. At least 0.
        path (VerifyRequestsBodyPath): Values that the parameters of the path have to have, as text.
        query (VerifyRequestsBodyQuery): Query parameters that the request has to have, as text.
        form (VerifyRequestsBodyForm): Fields that a form has to have, as text.
        json (Any): What the JSON body has to have; fields of objects may be left out.
    """

    operation: str | Unset = UNSET
    status: int | Unset = UNSET
    times: int | Unset = UNSET
    path: VerifyRequestsBodyPath | Unset = UNSET
    query: VerifyRequestsBodyQuery | Unset = UNSET
    form: VerifyRequestsBodyForm | Unset = UNSET
    json: Any | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "operation": self.operation,
                "status": self.status,
                "times": self.times,
                "path": self.path,
                "query": self.query,
                "form": self.form,
                "json": self.json,
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
        value = found.get("operation", UNSET)
        self.operation = (
            value if type(value) is str or type(value) is Unset else optional(found, "operation", string)
        )
        value = found.get("status", UNSET)
        self.status = (
            value if type(value) is int or type(value) is Unset else optional(found, "status", integer)
        )
        value = found.get("times", UNSET)
        self.times = (
            value if type(value) is int or type(value) is Unset else optional(found, "times", integer)
        )
        self.path = optional(found, "path", VerifyRequestsBodyPath.from_dict)
        self.query = optional(found, "query", VerifyRequestsBodyQuery.from_dict)
        self.form = optional(found, "form", VerifyRequestsBodyForm.from_dict)
        self.json = optional(found, "json", anything)
        return self if cls is VerifyRequestsBody else initialised(self)
