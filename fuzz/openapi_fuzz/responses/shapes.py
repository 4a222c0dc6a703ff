"""What a client owes for a JSON value: this reading of a schema shares nothing with the client's.

A client looks at types and leaves constraints to the server. It keeps fields and values of enums that it does
not know, takes null for an optional field as its absence, and takes aliases for the names they stand for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final
from weakref import WeakKeyDictionary

from openapi_fuzz.document import Document, Node
from openapi_fuzz.serialization import same_json
from openapi_reader import Pointer, is_array, is_object, places_on

from .reading import Reading

_SHAPES: Final[WeakKeyDictionary[Document, dict[int, Shape]]] = WeakKeyDictionary()
_READINGS: Final[WeakKeyDictionary[Document, Reading]] = WeakKeyDictionary()


# What holds of a number is said by one part, and that it is a whole one by another.
_WHOLE: Final = (["integer", "number"], ["number", "integer"])


class Shape:
    """A schema, as far as a client that reads a value looks at it.

    Args:
        document: The document.
        schema: The schema.
    """

    def __init__(self, document: Document, schema: Node) -> None:
        self._document = document
        self._schema = schema
        if document not in _READINGS:
            _READINGS[document] = Reading(document)
        self._reading = _READINGS[document]
        self._form = self._reading.form(schema)

    @classmethod
    def of(cls, document: Document, schema: Node) -> Shape:
        """Return the shape of a schema of a document, which is made once."""
        shapes = _SHAPES.setdefault(document, {})
        if id(schema) not in shapes:
            shapes[id(schema)] = cls(document, schema)
        return shapes[id(schema)]

    @cached_property
    def alternatives(self) -> Sequence[Shape]:
        """The shapes of which a value has the first that fits, where one is a failure; or else this one."""
        node = self._document.resolve(self._schema)
        several = node.get("oneOf") or node.get("anyOf") or ()
        found = [part for each in several for part in Shape.of(self._document, each).alternatives]
        if "x-failure" in node or all(each.failure is None for each in found):
            return (self,)
        # Without its code a failure may look like any other.
        return sorted(found, key=lambda each: "code" in (each.failure or {}))

    @property
    def failure(self) -> Node | None:
        """Its `x-failure`; None for a success."""
        found: Node | None = self._reading.resolved(self._form).get("x-failure")
        return found

    @property
    def is_text(self) -> bool:
        """Whether a text is a value of it as it stands; of other kinds a text holds JSON."""
        form = self._reading.resolved(self._form)
        return not form or form.get("type") == "string" or isinstance(form.get("const"), str)

    def kept(self, value: Any) -> Any:
        """Return what a client gives back of a value: aliases renamed, and without what counts as absent."""
        return self._kept(self._form, value)

    def fits(self, value: Any) -> bool:
        """Return whether a client takes a value, as `kept` returns it."""
        return self._fits(self._form, value)

    def wrong_places(self, value: Any) -> set[Pointer]:
        """Return where a value, as `kept` returns it, is wrong."""
        value = encodable(value)
        return set(_places(self._reading.validator(self._form).iter_errors(value), value))

    def _kept(self, form: Node, value: Any) -> Any:
        form = self._reading.resolved(form)
        if "anyOf" in form:
            return self._first(form["anyOf"], value)
        if is_array(value) and "items" in form:
            return [self._kept(form["items"], item) for item in value]
        if is_object(value) and "properties" in form:
            return dict(self._kept_fields(form, value))
        return value

    def _first(self, forms: Sequence[Node], value: Any) -> Any:
        """Return what is kept by the first form that keeps everything, or else by the first that fits."""
        found = [kept for each in forms if self._fits(each, kept := self._kept(each, value))]
        return next((each for each in found if same_json(each, value)), found[0] if found else value)

    def _kept_fields(self, form: Node, value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        properties, further = form["properties"], form["additionalProperties"]
        for name, item in _renamed(form["x-aliases"], value).items():
            if name in properties:
                inner = properties[name]
                if item is not None or name in form["required"] or self._fits(inner, None):
                    yield name, self._kept(inner, item)
            elif is_object(further):
                yield name, self._kept(further, item)
            elif further:
                yield name, item

    def _fits(self, form: Node, value: Any) -> bool:
        validator = self._reading.validator(form)
        try:
            return bool(validator.is_valid(value))
        except UnicodeEncodeError:
            return bool(validator.is_valid(encodable(value)))


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
        properties = _both(part.get("properties", {}), merged.get("properties", {}))
        required = [*dict.fromkeys([*part.get("required", ()), *merged.get("required", ())])]
        is_whole = [part.get("type"), merged.get("type")] in _WHOLE
        merged = {**part, **merged}
        merged |= {"type": "integer"} if is_whole else {}
        merged |= {"properties": properties} if properties else {}
        merged |= {"required": required} if required else {}
    return merged


def _both(properties: Mapping[str, Any], others: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the properties of two schemas that hold at once."""
    names = [name for name in properties if name in others and others[name] != properties[name]]
    common = {name: {"allOf": [others[name], properties[name]]} for name in names}
    return {**properties, **others, **common}


def written_place(place: Pointer) -> str:
    """Return a place as an error shows it, such as `results[3].rank`."""
    text = ""
    for part in place:
        if isinstance(part, int) or not part:
            text += f"[{part}]" if part != "" else '[""]'
        else:
            text += f".{part}" if text else part
    return text


def _renamed(aliases: Mapping[str, str], value: Mapping[str, Any]) -> Mapping[str, Any]:
    names = {alias: name for alias, name in aliases.items() if alias in value and name not in value}
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
