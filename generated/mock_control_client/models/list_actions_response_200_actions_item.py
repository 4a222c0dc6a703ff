# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines ListActionsResponse200ActionsItem."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    encode_fields,
    fields,
    initialised,
    new,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model

from .list_actions_response_200_actions_item_arguments import ListActionsResponse200ActionsItemArguments

_KNOWN: Final = frozenset({"name", "summary", "arguments"})


@define(kw_only=True)
class ListActionsResponse200ActionsItem(Model):
    """ListActionsResponse200ActionsItem.

    Attributes:
        name (str): The name.
        summary (str): What it does.
        arguments (ListActionsResponse200ActionsItemArguments): The JSON Schema of its arguments.
    """

    name: str
    summary: str
    arguments: ListActionsResponse200ActionsItemArguments
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "name": self.name,
                "summary": self.summary,
                "arguments": self.arguments,
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
        value = found.get("name")
        self.name = value if type(value) is str else required(found, "name", string)
        value = found.get("summary")
        self.summary = value if type(value) is str else required(found, "summary", string)
        self.arguments = required(found, "arguments", ListActionsResponse200ActionsItemArguments.from_dict)
        if len(found) > 3:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is ListActionsResponse200ActionsItem else initialised(self)
