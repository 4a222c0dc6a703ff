"""Expressions for the constraints that the client checks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from openapi_python_client.parser.properties import EnumProperty
from openapi_python_client.parser.properties.list_property import ListProperty

from generator import annotations as types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.document import Json
    from generator.schemas import Schemas

_LIMITS = (
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "enum",
)
_NUMBERS = ("integer", "number")
# Formats of strings that are objects in Python.
_OBJECTS = ("binary", "date", "date-time", "uuid")


class ConstraintsWriter:
    """Writes the `Constraints` of values marked `x-checked`, and of fields that are given by their names.

    A list without that mark is only checked to be one, since a string would be taken for a list of its
    letters.
    """

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas

    def of_value(self, schema: Any) -> str:
        """Return the constraints of a value; for most, empty unless the schema is marked `x-checked`."""
        return self._of_argument(schema, nullable=False)

    def of_parameter(self, schema: Any) -> str:
        """Return the constraints of a parameter, for which None means that it is left out."""
        return self._of_argument(schema, nullable=True)

    def of_field(self, schema: Any) -> str:
        """Return the constraints of a field of a model; empty without the mark."""
        return self.of_value(schema) if self._schemas.about(schema).get("x-checked") else ""

    def of_member(self, prop: Any) -> str:
        """Return the type of a value that becomes an enum member, or a list of them; empty for others."""
        solid = types.solid(prop)
        null = "True" if types.is_nullable(prop) else ""
        if isinstance(solid, ListProperty):
            items = self.of_member(solid.inner_property)
            return _constraints([("type", "'array'"), ("nullable", null), ("items", items)]) if items else ""
        if not isinstance(solid, EnumProperty):
            return ""
        kind = "integer" if solid.value_type is int else "string"
        return _constraints([("type", repr(kind)), ("nullable", null)])

    def of_fields(self, schema: Any, prop: Any, reserved: Iterable[str]) -> str:
        """Return the constraints of a mapping of fields. `reserved` are those with arguments of their own."""
        names = repr(tuple(reserved))
        values = self.of_changed(schema, prop)
        return _constraints([("type", "'object'"), ("reserved", names), ("values", values)])

    def of_changed(self, schema: Any, prop: Any) -> str:
        """Return the constraints of a value, or its type where the call makes something else of it."""
        marked = bool(self._schemas.about(schema).get("x-checked"))
        return self.of_value(schema) if marked else self.of_member(prop) or self.of_value(schema)

    def _of_argument(self, schema: Any, *, nullable: bool) -> str:
        about = self._schemas.about(schema)
        if about.get("x-checked"):
            return self._of(about, nullable=nullable)
        return _constraints(self._kind(about, nullable=nullable)) if _type(about) == repr("array") else ""

    def _of(self, about: Json, *, nullable: bool = False) -> str:
        items = self._of(self._schemas.about(about["items"])) if "items" in about else ""
        said = [(_snake(key), repr(about[key])) for key in _LIMITS if key in about]
        return _constraints([*self._kind(about, nullable=nullable), *said, ("items", items)])

    def _kind(self, about: Json, *, nullable: bool) -> list[tuple[str, str]]:
        null = "True" if nullable or self._schemas.is_nullable(about) else ""
        return [("type", _type(about)), ("nullable", null)]


def _constraints(said: Iterable[tuple[str, str]]) -> str:
    given = ", ".join(f"{name}={value}" for name, value in said if value and value != "()")
    return f"Constraints({given})" if given else ""


def _types(about: Json) -> list[str]:
    types = about.get("type", [])
    return [types] if isinstance(types, str) else types


def _type(about: Json) -> str:
    """Return the only JSON type of a value; empty if it may be an object of another class in Python."""
    solid = [each for each in _types(about) if each != "null"]
    if len(solid) != 1 or "enum" in about or "const" in about or about.get("format") in _OBJECTS:
        return ""
    return repr(solid[0]) if solid[0] in (*_NUMBERS, "string", "array") else ""


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
