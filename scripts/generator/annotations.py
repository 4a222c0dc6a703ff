"""The annotation and the decoder of a schema, and the classes that they need.

The input is the library's property for the schema.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from openapi_python_client.parser.properties import AnyProperty, Class, EnumProperty, ModelProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.properties.uuid import UuidProperty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Annotation and decoder of each simple property.
_PLAIN: dict[type, tuple[str, str]] = {
    AnyProperty: ("Any", "anything"),
    NoneProperty: ("None", "null"),
    BooleanProperty: ("bool", "boolean"),
    IntProperty: ("int", "integer"),
    FloatProperty: ("float", "number"),
    StringProperty: ("str", "string"),
    DateProperty: ("datetime.date", "date"),
    DateTimeProperty: ("datetime.datetime", "date_time"),
    UuidProperty: ("UUID", "uuid"),
    FileProperty: ("File", "file"),
}


def annotation(prop: Any) -> str:
    """Return the type of a value in a response or a model."""
    return _annotation(prop, _strict)


def argument(prop: Any) -> str:
    """Return the type of a façade argument: everything that can be sent."""
    return _annotation(prop, _wide)


def _annotation(prop: Any, named: Callable[[Any], str | None]) -> str:
    special = named(prop)
    if special is not None:
        return special
    if isinstance(prop, UnionProperty):
        others = [inner for inner in prop.inner_properties if not isinstance(inner, NoneProperty)]
        # Only a single alternative can be widened: with several, an argument could be ambiguous.
        inside = named if len(others) == 1 else _strict
        alternatives = [_annotation(inner, inside) for inner in prop.inner_properties]
        if "Any" in alternatives:
            return "Any"
        return " | ".join(sorted(dict.fromkeys(alternatives), key=lambda text: text == "None"))
    if isinstance(prop, ConstProperty):
        return f"Literal[{prop.value.python_code.as_unembedded_code()}]"
    if isinstance(prop, EnumProperty | ModelProperty):
        return str(prop.class_info.name)
    return _PLAIN[type(prop)][0]


def _strict(prop: Any) -> str | None:
    return f"list[{_annotation(prop.inner_property, _strict)}]" if isinstance(prop, ListProperty) else None


def _wide(prop: Any) -> str | None:
    if isinstance(prop, ListProperty):
        return f"Sequence[{_annotation(prop.inner_property, _wide)}]"
    if isinstance(prop, EnumProperty):
        values = ", ".join(repr(value) for value in enum_values(prop).values())
        return f"{prop.class_info.name} | Literal[{values}]"
    return None


def enum_values(prop: EnumProperty) -> dict[str, str | int]:
    """Return the members of an enum. The library keeps strings as they are written between double quotes."""
    return {
        name: _unescape(value) if isinstance(value, str) else value for name, value in prop.values.items()
    }


def _unescape(value: str) -> str:
    text: str = json.loads(f'"{value}"')
    return text


def decoder(prop: Any) -> str:
    """Return the expression that decodes a JSON value of this type."""
    if isinstance(prop, ListProperty):
        return f"array({decoder(prop.inner_property)})"
    if isinstance(prop, ModelProperty):
        return f"{prop.class_info.name}.from_dict"
    if isinstance(prop, EnumProperty):
        return f"member({prop.class_info.name})"
    if isinstance(prop, ConstProperty):
        value = prop.value.python_code.as_unembedded_code()
        return f"cast({f'Decoder[{annotation(prop)}]'!r}, constant({value}))"
    if isinstance(prop, UnionProperty):
        return _union_decoder(prop)
    return _PLAIN[type(prop)][1]


def _union_decoder(prop: UnionProperty) -> str:
    others = [inner for inner in prop.inner_properties if not isinstance(inner, NoneProperty)]
    if any(isinstance(inner, AnyProperty) for inner in others):
        return "anything"
    # The most specific type first: a date is also a string, and an open enum accepts every string.
    others.sort(key=_looseness)
    chosen = ", ".join(decoder(inner) for inner in others)
    either = chosen if len(others) == 1 else f"union({chosen})"
    return either if len(others) == len(prop.inner_properties) else f"nullable({either})"


# What tells that a JSON value is of a shape as it stands, with nothing to decode.
_CHECKS: dict[type, str] = {
    NoneProperty: "value is None",
    BooleanProperty: "type(value) is bool",
    IntProperty: "type(value) is int",
    FloatProperty: "type(value) is int or (type(value) is float and isfinite(value))",
    StringProperty: "type(value) is str",
}


def check(prop: Any) -> str:
    """Return the condition under which `value` is kept as it is; empty where it always has to be decoded."""
    kinds: list[type] = [type(prop)]
    if isinstance(prop, UnionProperty):
        kinds = [type(inner) for inner in prop.inner_properties]
    checks = dict.fromkeys(_CHECKS.get(kind, "") for kind in kinds)
    return "" if "" in checks else " or ".join(checks)


def _looseness(prop: Any) -> int:
    order = (ConstProperty, UuidProperty, DateTimeProperty, DateProperty, BooleanProperty, IntProperty)
    if isinstance(prop, order):
        return order.index(type(prop))
    if isinstance(prop, EnumProperty):
        return len(order) + 2
    return len(order) + (3 if isinstance(prop, StringProperty) else 1)


def is_nullable(prop: Any) -> bool:
    """Return whether null is a value of this type."""
    if isinstance(prop, UnionProperty):
        return any(is_nullable(inner) for inner in prop.inner_properties)
    return isinstance(prop, NoneProperty | AnyProperty)


def leaves(prop: Any) -> Iterator[Any]:
    """Yield the types that this one is composed of."""
    if isinstance(prop, ListProperty):
        yield from leaves(prop.inner_property)
    elif isinstance(prop, UnionProperty):
        for inner in prop.inner_properties:
            yield from leaves(inner)
    else:
        yield prop


def classes(prop: Any) -> Iterator[Class]:
    """Yield the generated classes in this type."""
    for leaf in leaves(prop):
        if isinstance(leaf, EnumProperty | ModelProperty):
            yield leaf.class_info


def solid(prop: Any) -> Any:
    """Return the alternative that is not null, if there is exactly one."""
    if isinstance(prop, UnionProperty):
        others = [each for each in prop.inner_properties if not isinstance(each, NoneProperty)]
        return others[0] if len(others) == 1 else prop
    return prop


def alternatives(annotation: str) -> list[str]:
    """Return the parts of a union, without splitting inside brackets."""
    parts: list[str] = []
    depth = start = 0
    for index, char in enumerate(annotation):
        depth += (char == "[") - (char == "]")
        if char == "|" and depth == 0:
            parts.append(annotation[start:index].strip())
            start = index + 1
    return [*parts, annotation[start:].strip()]


def narrowed(prop: Any, source: str) -> str:
    """Return the expression that converts a façade argument to its type in a model."""
    change = _narrow(prop, source)
    if change is None:
        return source
    guards = [f"isinstance({source}, Unset)"] if not prop.required else []
    if is_nullable(prop):
        guards.append(f"{source} is None")
    return f"{source} if {' or '.join(guards)} else {change}" if guards else change


def _narrow(prop: Any, source: str) -> str | None:
    if isinstance(prop, EnumProperty):
        return f"{prop.class_info.name}({source})"
    if isinstance(prop, ListProperty):
        inner = _narrow(prop.inner_property, "item")
        if inner is not None and is_nullable(prop.inner_property):
            inner = f"None if item is None else {inner}"
        return f"list({source})" if inner is None else f"[{inner} for item in {source}]"
    if isinstance(prop, UnionProperty):
        inner = solid(prop)
        return None if inner is prop else _narrow(inner, source)
    return None
