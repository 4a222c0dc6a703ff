"""What a client owes for a JSON value: this reading of a schema shares nothing with the client's.

A client looks at types and leaves constraints to the server. It keeps fields and values of enums that it does
not know, takes null for an optional field as its absence, and takes aliases for the names they stand for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final
from weakref import WeakKeyDictionary

import jsonschema_rs

from openapi_fuzz.document import Document, Node
from openapi_fuzz.serialization import same_json
from openapi_reader import Pointer, is_array, is_object, places_on

_CHECKED_FORMATS: Final = frozenset(("date", "date-time", "uuid"))
_KEPT: Final = frozenset(("type", "const", "required"))
_ALTERNATIVES: Final = frozenset(("oneOf", "anyOf"))
_FURTHER: Final = ("items", "additionalProperties")
_TYPES: Final = {bool: "boolean", int: "integer", float: "number", str: "string", type(None): "null"}

_SHAPES: Final[WeakKeyDictionary[Document, dict[int, Shape]]] = WeakKeyDictionary()


class Shape:
    """A schema, as far as a client that reads a value looks at it.

    Args:
        document: The document.
        schema: The schema.
    """

    def __init__(self, document: Document, schema: Node) -> None:
        self._document = document
        self._schema = schema
        self._node = flat(document, schema)

    @classmethod
    def of(cls, document: Document, schema: Node) -> Shape:
        """Return the shape of a schema of a document, which is made once."""
        shapes = _SHAPES.setdefault(document, {})
        if id(schema) not in shapes:
            shapes[id(schema)] = cls(document, schema)
        return shapes[id(schema)]

    @cached_property
    def alternatives(self) -> Sequence[Shape]:
        """The shapes of which a value has the first that fits; this one if there are no others."""
        node = self._node
        several = node.get("oneOf") or node.get("anyOf")
        if not several or "x-failure" in node:
            return (self,)
        found = [part for each in several for part in Shape.of(self._document, each).alternatives]
        # Without its code a failure may look like any other.
        return sorted(found, key=lambda each: "code" in (each.failure or {}))

    @property
    def failure(self) -> Node | None:
        """Its `x-failure`; None for a success."""
        found: Node | None = self._node.get("x-failure")
        return found

    def kept(self, value: Any) -> Any:
        """Return what a client gives back of a value: aliases renamed, and without what counts as absent."""
        node = self._node
        several = node.get("oneOf") or node.get("anyOf")
        if several:
            return _first(value, [Shape.of(self._document, each) for each in several])
        if is_array(value) and "items" in node:
            inner = Shape.of(self._document, node["items"])
            return [inner.kept(item) for item in value]
        if is_object(value) and _is_object_schema(node):
            return dict(self._kept_fields(node, value))
        return value

    def fits(self, value: Any) -> bool:
        """Return whether a client takes a value, as `kept` returns it."""
        return bool(self._validator.is_valid(encodable(value)))

    def wrong_places(self, value: Any) -> set[Pointer]:
        """Return where a value, as `kept` returns it, is wrong."""
        value = encodable(value)
        return set(_places(self._validator.iter_errors(value), value))

    @cached_property
    def _validator(self) -> Any:
        schemas = self._document.root.get("components", {}).get("schemas", {})
        tolerant = {name: _tolerant(self._document, node) for name, node in schemas.items()}
        whole = {**_tolerant(self._document, self._schema), "components": {"schemas": tolerant}}
        return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)

    def _kept_fields(self, node: Node, value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        properties: Mapping[str, Node] = node.get("properties", {})
        further = node.get("additionalProperties", True)
        for name, item in _renamed(self._document, properties, value).items():
            if name in properties:
                inner = Shape.of(self._document, properties[name])
                if item is not None or name in node.get("required", ()) or inner.fits(None):
                    yield name, inner.kept(item)
            elif is_object(further):
                yield name, Shape.of(self._document, further).kept(item)
            elif further:
                yield name, item


def flat(document: Document, node: Any) -> Any:
    """Return the schema that a reference leads to, with the parts of an `allOf` made one.

    A client has to know a failure even where its code is missing.
    """
    node = document.resolve(node)
    if is_object(node) and "x-failure" in node:
        code = node["x-failure"].get("code")
        return {**node, "required": [name for name in node.get("required", ()) if name != code]}
    if not is_object(node) or "allOf" not in node:
        return node
    merged = {name: each for name, each in node.items() if name != "allOf"}
    for part in (flat(document, each) for each in node["allOf"]):
        properties = {**part.get("properties", {}), **merged.get("properties", {})}
        required = [*part.get("required", ()), *merged.get("required", ())]
        merged = {**part, **merged}
        merged |= {"properties": properties} if properties else {}
        merged |= {"required": required} if required else {}
    return merged


def written_place(place: Pointer) -> str:
    """Return a place as an error shows it, such as `results[3].rank`."""
    text = ""
    for part in place:
        if isinstance(part, int) or not part:
            text += f"[{part}]" if part != "" else '[""]'
        else:
            text += f".{part}" if text else part
    return text


def _tolerant(document: Document, node: Any) -> Any:
    """Return a schema without what a client leaves to the server."""
    if not is_object(node) or "$ref" in node:
        return {"$ref": node["$ref"]} if is_object(node) else node
    node = flat(document, node)

    def inner(child: Any) -> Any:
        return _tolerant(document, child)

    found = {name: node[name] for name in _KEPT & node.keys()}
    found |= {name: [inner(each) for each in node[name]] for name in _ALTERNATIVES & node.keys()}
    found |= {name: inner(node[name]) for name in _FURTHER if is_object(node.get(name))}
    if "properties" in node:
        found["properties"] = {name: inner(each) for name, each in node["properties"].items()}
    if node.get("format") in _CHECKED_FORMATS:
        found["format"] = node["format"]
    if "enum" in node and "type" not in node:
        found["type"] = sorted({_TYPES[type(each)] for each in node["enum"]})
    if _is_object_schema(node):
        found.setdefault("type", "object")
    return found


def _first(value: Any, alternatives: Sequence[Shape]) -> Any:
    """Return what is kept by the first alternative that keeps everything, or else by the first that fits."""
    found = [kept for each in alternatives if each.fits(kept := each.kept(value))]
    return next((each for each in found if same_json(each, value)), found[0] if found else value)


def _is_object_schema(node: Node) -> bool:
    kinds = node.get("type")
    return "properties" in node or kinds == "object" or (is_array(kinds) and "object" in kinds)


def _renamed(
    document: Document, properties: Mapping[str, Node], value: Mapping[str, Any]
) -> Mapping[str, Any]:
    names = {
        alias: name
        for name, node in properties.items()
        for alias in document.resolve(node).get("x-aliases", ())
        if alias in value and name not in value
    }
    return {names.get(name, name): item for name, item in value.items()}


def _places(errors: Any, value: Any) -> Iterator[Pointer]:
    for error in errors:
        details = error.kind.as_dict()
        missing = (details["property"],) if error.kind.name == "required" else ()
        yield from ((*place, *missing) for place, _ in places_on(error.instance_path, value))
        for inner in details.get("context", ()):
            yield from _places(inner, value)


def encodable(value: Any) -> Any:
    """Return a value without halves of surrogate pairs, which no validator takes."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if is_array(value):
        return [encodable(each) for each in value]
    return {encodable(name): encodable(each) for name, each in value.items()} if is_object(value) else value
