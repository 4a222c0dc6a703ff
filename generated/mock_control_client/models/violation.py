# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines Violation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    encode_fields,
    fields,
    initialised,
    member,
    new,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model

from .violation_in import ViolationIn

_KNOWN: Final = frozenset({"in", "at", "keyword", "message"})


@define(kw_only=True)
class Violation(Model):
    """One error in a request.

    Attributes:
        in_ (ViolationIn): Where the value is. One of `"path"`, `"query"`, `"header"`, `"cookie"`, `"body"`.
        at (str): The way to the value, such as `address.street`.
        keyword (str): What the value breaks.
        message (str): A sentence for people.
    """

    json_names: ClassVar[Mapping[str, str]] = {"in_": "in"}

    in_: ViolationIn
    at: str
    keyword: str
    message: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "in": self.in_,
                "at": self.at,
                "keyword": self.keyword,
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
        self.in_ = required(found, "in", member(ViolationIn))
        value = found.get("at")
        self.at = value if type(value) is str else required(found, "at", string)
        value = found.get("keyword")
        self.keyword = value if type(value) is str else required(found, "keyword", string)
        value = found.get("message")
        self.message = value if type(value) is str else required(found, "message", string)
        if len(found) > 4:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Violation else initialised(self)
