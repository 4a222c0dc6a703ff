# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines OwnedKongpanion."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    array,
    boolean,
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

_KNOWN: Final = frozenset(
    {
        "id",
        "name",
        "description",
        "tags",
        "normal_icon_url",
        "normal_icon_url_medium",
        "normal_icon_url_small",
        "shiny_icon_url",
        "shiny_icon_url_medium",
        "shiny_icon_url_small",
        "shiny",
    }
)


@define(kw_only=True)
class OwnedKongpanion(Model):
    """OwnedKongpanion.

    Attributes:
        id (int): The companion's number.
        name (str): What it is called.
        description (str): What it is.
        tags (list[str]): Its tags.
        normal_icon_url (str): Its picture.
        normal_icon_url_medium (str): The same, medium.
        normal_icon_url_small (str): The same, small.
        shiny_icon_url (str): Its shiny picture.
        shiny_icon_url_medium (str): The same, medium.
        shiny_icon_url_small (str): The same, small.
        shiny (bool): Whether the player has the shiny one.
    """

    id: int
    name: str
    description: str
    tags: list[str]
    normal_icon_url: str
    normal_icon_url_medium: str
    normal_icon_url_small: str
    shiny_icon_url: str
    shiny_icon_url_medium: str
    shiny_icon_url_small: str
    shiny: bool
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "id": self.id,
                "name": self.name,
                "description": self.description,
                "tags": self.tags,
                "normal_icon_url": self.normal_icon_url,
                "normal_icon_url_medium": self.normal_icon_url_medium,
                "normal_icon_url_small": self.normal_icon_url_small,
                "shiny_icon_url": self.shiny_icon_url,
                "shiny_icon_url_medium": self.shiny_icon_url_medium,
                "shiny_icon_url_small": self.shiny_icon_url_small,
                "shiny": self.shiny,
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
        value = found.get("id")
        self.id = value if type(value) is int else required(found, "id", integer)
        value = found.get("name")
        self.name = value if type(value) is str else required(found, "name", string)
        value = found.get("description")
        self.description = value if type(value) is str else required(found, "description", string)
        self.tags = required(found, "tags", array(string))
        value = found.get("normal_icon_url")
        self.normal_icon_url = value if type(value) is str else required(found, "normal_icon_url", string)
        value = found.get("normal_icon_url_medium")
        self.normal_icon_url_medium = (
            value if type(value) is str else required(found, "normal_icon_url_medium", string)
        )
        value = found.get("normal_icon_url_small")
        self.normal_icon_url_small = (
            value if type(value) is str else required(found, "normal_icon_url_small", string)
        )
        value = found.get("shiny_icon_url")
        self.shiny_icon_url = value if type(value) is str else required(found, "shiny_icon_url", string)
        value = found.get("shiny_icon_url_medium")
        self.shiny_icon_url_medium = (
            value if type(value) is str else required(found, "shiny_icon_url_medium", string)
        )
        value = found.get("shiny_icon_url_small")
        self.shiny_icon_url_small = (
            value if type(value) is str else required(found, "shiny_icon_url_small", string)
        )
        value = found.get("shiny")
        self.shiny = value if type(value) is bool else required(found, "shiny", boolean)
        if len(found) > 11:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is OwnedKongpanion else initialised(self)
