# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines FieldError."""

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
    integer,
    new,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset({"code", "codeMeaning", "errorMessage"})


@define(kw_only=True)
class FieldError(Model):
    """FieldError.

    Attributes:
        code (int): 6 missing, 7 invalid value.
        code_meaning (str): The code in a word.
        error_message (str): What is wrong with the field, in words.
    """

    json_names: ClassVar[Mapping[str, str]] = {"code_meaning": "codeMeaning", "error_message": "errorMessage"}

    error_message_fields: ClassVar[tuple[str, ...]] = ("error_message",)

    code: int
    code_meaning: str
    error_message: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "code": self.code,
                "codeMeaning": self.code_meaning,
                "errorMessage": self.error_message,
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
        value = found.get("code")
        self.code = value if type(value) is int else required(found, "code", integer)
        value = found.get("codeMeaning")
        self.code_meaning = value if type(value) is str else required(found, "codeMeaning", string)
        value = found.get("errorMessage", UNSET)
        self.error_message = (
            value if type(value) is str or type(value) is Unset else optional(found, "errorMessage", string)
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is FieldError else initialised(self)
