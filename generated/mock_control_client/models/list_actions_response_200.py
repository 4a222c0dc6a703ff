# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines ListActionsResponse200."""

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

from .list_actions_response_200_actions_item import ListActionsResponse200ActionsItem

_KNOWN: Final = frozenset({"actions"})


@define(kw_only=True)
class ListActionsResponse200(Model):
    """ListActionsResponse200.

    Attributes:
        actions (list[ListActionsResponse200ActionsItem]): The actions.
    """

    actions: list[ListActionsResponse200ActionsItem]
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "actions": self.actions,
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
        self.actions = required(found, "actions", array(ListActionsResponse200ActionsItem.from_dict))
        if len(found) > 1:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is ListActionsResponse200 else initialised(self)
