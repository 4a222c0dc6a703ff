# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines Requests."""

from __future__ import annotations

from typing import Any, Final, Self

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

from .received_request import ReceivedRequest

_KNOWN: Final = frozenset({"requests"})


@define(kw_only=True)
class Requests(Model):
    """What a mock has received.

    Attributes:
        requests (list[ReceivedRequest]): The requests.
    """

    requests: list[ReceivedRequest]
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "requests": self.requests,
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
        self.requests = required(found, "requests", array(ReceivedRequest.from_dict))
        if len(found) > 1:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Requests else initialised(self)
