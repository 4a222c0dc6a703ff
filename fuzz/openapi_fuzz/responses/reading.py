"""The schemas of a document as the types of a client have them: what a client does not look at is left out.

A form of a schema is a schema of few keywords: `$ref`, `anyOf`, `type`, `format`, `pattern`, `const`,
`items`, and for an object `properties`, `required`, `additionalProperties`, `x-failure` and `x-aliases`, here
with the names that they stand for. The empty one takes any value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

import jsonschema_rs

from openapi_fuzz.document import Document, Node
from openapi_reader import is_array, is_object

_COMPONENT: Final = re.compile("#/components/schemas/([^/]+)")
_PLAIN_TYPES: Final = ("string", "number", "integer", "null")
_DATE: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME: Final = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
# The validator does not look at every character of a date.
_PATTERNS: Final[Mapping[str, str]] = {
    "date": f"^{_DATE}$",
    "date-time": f"^{_DATE}[Tt ]{_TIME}$",
    "uuid": "",
}
_KINDS: Final = {str: "string", int: "integer", type(None): "null"}
_NULL: Final[Node] = {"type": "null"}
_ANY_OBJECT: Final[Node] = {"type": "object"}


def component_of(schema: Any) -> str | None:
    """Return the name of the component that a schema refers to as a whole; None if it does not."""
    found = _COMPONENT.fullmatch(schema.get("$ref", "")) if is_object(schema) else None
    return found[1] if found else None


def inlined(document: Document, schema: Any) -> Any:
    """Return what a reference to anything but a component leads to, with what stands beside it."""
    while is_object(schema) and "$ref" in schema and component_of(schema) is None:
        beside = {name: each for name, each in schema.items() if name != "$ref"}
        target = document.resolve({"$ref": schema["$ref"]})
        schema = {**target, **beside} if is_object(target) and beside else target
    return schema


class Reading:
    """The forms of all schemas of a document.

    Args:
        document: The document.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._schemas: Mapping[str, Any] = document.root.get("components", {}).get("schemas", {})
        self._forms: dict[str, Node] = {}
        self._validators: dict[int, tuple[Node, Any]] = {}

    @cached_property
    def components(self) -> Node:
        """The forms that other forms refer to, as the `components` of a document."""
        return {"schemas": {name: self._named(name) for name in self._schemas}}

    def resolved(self, form: Node) -> Node:
        """Return the form that a reference leads to; any other form as it is."""
        while "$ref" in form:
            form = self._named(component_of(form) or "")
        return form

    def validator(self, form: Node) -> Any:
        """Return what validates values of a form, which is made once."""
        if id(form) not in self._validators:
            whole = {**form, "components": self.components}
            found = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
            self._validators[id(form)] = form, found
        return self._validators[id(form)][1]

    def form(self, schema: Any) -> Node:
        """Return the form of a schema."""
        schema = inlined(self._document, schema)
        if not is_object(schema) or id(schema) in self._endless:
            return {}
        if "$ref" in schema:
            return {"$ref": schema["$ref"]}
        kinds, values = _types(schema), _enum(schema)
        others = [kind for kind in kinds if kind != "null"]
        is_nullable = "null" in kinds or None in values
        if is_nullable and len(others) == 1 and (values or others[0] in {"object", "array"}):
            core = {**schema, "type": others[0], "enum": [each for each in values if each is not None]}
            return self._union([self.form(core), _NULL])
        return self._one(schema, kinds, values)

    def _one(self, schema: Node, kinds: list[Any], values: list[Any]) -> Node:
        """Return the form of a schema that is no reference, and not the union of another one with null."""
        alternatives = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
        parts = [inlined(self._document, each) for each in (*schema.get("allOf", ()), *alternatives)]
        if len(parts) == 1 and component_of(parts[0]):
            return {"$ref": parts[0]["$ref"]}
        if kinds == ["boolean"]:
            return {"type": "boolean"}
        if values:
            kinds = list(dict.fromkeys(_KINDS[type(each)] for each in values))
            return self._union([{"type": kind} for kind in kinds])
        if alternatives:
            return self._union([*map(self.form, alternatives)])
        if len(kinds) > 1:
            return self._union([self.form({**schema, "type": kind}) for kind in kinds])
        if isinstance(schema.get("const"), str | int):
            return {"const": schema["const"]}
        return self._of_type(schema, kinds[0])

    def _of_type(self, schema: Node, kind: str | None) -> Node:
        if kind in _PLAIN_TYPES:
            form = schema.get("format", "")
            is_checked = kind == "string" and form in _PATTERNS
            return {"type": kind, **({"format": form, "pattern": _PATTERNS[form]} if is_checked else {})}
        if kind == "array":
            items = [*schema.get("prefixItems", ()), *([schema["items"]] if "items" in schema else [])]
            return {"type": "array", "items": self._union([*map(self.form, items)]) if items else {}}
        is_model = kind == "object" or "allOf" in schema or (kind is None and "properties" in schema)
        return self._object(schema) if is_model else {}

    def _union(self, forms: list[Node]) -> Node:
        """Return the form of a union, which takes any value if one of the parts does."""
        if len(forms) == 1:
            return forms[0]
        return {"anyOf": forms} if all(map(self.resolved, forms)) else {}

    def _named(self, name: str) -> Node:
        if name not in self._forms:
            # What leads back to itself is a class.
            self._forms[name] = _ANY_OBJECT
            self._forms[name] = self.form(self._schemas[name])
        return self._forms[name]

    # ---- objects

    def _object(self, schema: Node) -> Node:
        fields, required = self._fields(schema)
        further = schema.get("additionalProperties", True)
        aliases = {
            alias: name
            for name, nodes in fields.items()
            for node in nodes
            for alias in self._document.resolve(node).get("x-aliases", ())
        }
        return {
            "type": "object",
            "properties": {name: _narrowest([*map(self.form, nodes)]) for name, nodes in fields.items()},
            "required": [name for name in fields if name in required],
            "additionalProperties": self.form(further) if is_object(further) else further,
            "x-aliases": aliases,
            **({"x-failure": schema["x-failure"]} if "x-failure" in schema else {}),
        }

    def _fields(self, schema: Node) -> tuple[dict[str, list[Any]], set[str]]:
        """Return the schemas of each property, also those of the parts of an `allOf`, and what is required.

        A client has to know a failure even where its code is missing.
        """
        fields: dict[str, list[Any]] = {}
        required = {*schema.get("required", ())} - {schema.get("x-failure", {}).get("code")}
        own = [schema]
        for part in (inlined(self._document, each) for each in schema.get("allOf", ())):
            if component_of(part):
                inherited, needed = self._fields(self._document.resolve(part))
                for name, nodes in inherited.items():
                    fields.setdefault(name, []).extend(nodes)
                required |= needed & inherited.keys()
            elif is_object(part):
                own.append(part)
                required |= {*part.get("required", ())}
        for each in own:
            for name, node in each.get("properties", {}).items():
                fields.setdefault(name, []).append(node)
        return fields, required

    # ---- references that lead back

    @cached_property
    def _endless(self) -> set[int]:
        """The ids of the references that lead back with no class on the way, of which any value is one."""
        found: set[int] = set()
        finished: set[str] = set()

        def visit(name: str, path: tuple[str, ...]) -> None:
            for reference in _references(self._schemas[name]):
                target = component_of(reference) or ""
                if target in (*path, name):
                    found.add(id(reference))
                elif target in self._schemas.keys() - finished and not _is_class(self._schemas[target]):
                    visit(target, (*path, name))
            finished.add(name)

        for name, schema in self._schemas.items():
            if name not in finished and not _is_class(schema):
                visit(name, ())
        return found


def _types(schema: Node) -> list[Any]:
    """Return the types of a schema; a single None if it has none that counts."""
    # Of a constant that is a boolean, nothing but the constant counts.
    kinds = None if isinstance(schema.get("const"), bool) else schema.get("type")
    return [*kinds] if is_array(kinds) else [kinds]


def _enum(schema: Node) -> list[Any]:
    """Return the values of an enum that a class can be made of: texts or integers, and null."""
    values: list[Any] = schema.get("enum", [])
    solid = [each for each in values if each is not None]
    is_known = any(all(type(each) is kind for each in solid) for kind in (str, int))
    return [*values] if is_known else []


def _narrowest(forms: list[Node]) -> Node:
    """Return what a field is of which several schemas say something."""
    found = forms[0]
    for each in forms[1:]:
        if (
            not found
            or (found == {"type": "number"} and each == {"type": "integer"})
            or (found == {"type": "string"} and "format" in each)
        ):
            found = each
    return found


def _is_class(schema: Any) -> bool:
    return is_object(schema) and (
        "object" in _types(schema) or "allOf" in schema or ("type" not in schema and "properties" in schema)
    )


def _references(schema: Any) -> Iterator[Node]:
    """Yield the references anywhere in a schema, but in objects that may be null, which are named classes."""
    if is_array(schema):
        for each in schema:
            yield from _references(each)
    elif is_object(schema):
        if "$ref" in schema:
            yield schema
        for each in schema.values():
            if not (is_object(each) and {*_types(each)} == {"object", "null"}):
                yield from _references(each)
