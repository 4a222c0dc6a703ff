# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines CurrencySum."""

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
    required,
    rest,
    string,
)
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"sum", "currencyId", "singularName", "pluralName"})


@define(kw_only=True)
class CurrencySum(Model):
    """CurrencySum.

    Attributes:
        sum (int): The amount, in this currency.
        currency_id (int): The currency's number. At least 1 and at most 2^53 - 1.
        singular_name (str): What one of it is called.
        plural_name (str): What several of it are called.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "currency_id": "currencyId",
        "singular_name": "singularName",
        "plural_name": "pluralName",
    }

    sum: int
    currency_id: int
    singular_name: str
    plural_name: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "sum": self.sum,
                "currencyId": self.currency_id,
                "singularName": self.singular_name,
                "pluralName": self.plural_name,
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
        value = found.get("sum")
        self.sum = value if type(value) is int else required(found, "sum", integer)
        value = found.get("currencyId")
        self.currency_id = value if type(value) is int else required(found, "currencyId", integer)
        value = found.get("singularName")
        self.singular_name = value if type(value) is str else required(found, "singularName", string)
        value = found.get("pluralName")
        self.plural_name = value if type(value) is str else required(found, "pluralName", string)
        if len(found) > 4:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is CurrencySum else initialised(self)
