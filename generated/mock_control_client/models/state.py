# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines State."""

from __future__ import annotations

from typing import Any, Self

from attrs import define
from openapi_runtime.decoding import Object, encode_fields, fields, initialised, new, required
from openapi_runtime.models import Model

from .state_tables import StateTables


@define(kw_only=True)
class State(Model):
    """The state of a mock.

    Attributes:
        tables (StateTables): The rows by table.
    """

    tables: StateTables

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "tables": self.tables,
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
        self.tables = required(found, "tables", StateTables.from_dict)
        return self if cls is State else initialised(self)
