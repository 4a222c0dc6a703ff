"""Responses of operations without a handler: examples of the document, or values built from schemas.

The same document always gives the same response, unless values that are made up anew are asked for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random
from typing import TYPE_CHECKING, Any, Final, TypeVar

from jsonschema_rs import Draft202012Validator, ValidationError
from rstr import Rstr

from openapi_reader import is_array, is_object

from .document import Document, Node
from .messages import NO_BODY, Response, is_json
from .operations import DocumentedResponse, MediaType
from .responses import concrete, example_of, examples_of, preferred
from .sides import is_marked
from .validation import SchemaValidator, Validators

if TYPE_CHECKING:
    from _typeshed import SupportsLenAndGetItem

_T = TypeVar("_T")

_ATTEMPTS: Final = 12
_MAX_ITEMS: Final = 1000
_MAX_REPEAT: Final = 10_000
# How many schemas are looked at in one attempt, and in all that fail: some stand for more than can be built.
_MAX_STEPS_OF_ONE: Final = 10_000
_MAX_STEPS: Final = 25_000
# Of values made up anew: how many variants there are, how often there are optional properties, and how many
# items more than there have to be.
_VARIANTS: Final = 1000
_OPTIONAL: Final = 0.75
_FURTHER_ITEMS: Final = 3
# The interval for integers without bounds.
_ROOMY: Final = 2
# How long a text a pattern may give that repeats what repeats.
_MOST_CHARACTERS: Final = 1_000_000
_REPEATED_GROUP: Final = re.compile(r"\)[*+{]")
_COUNT: Final = re.compile(r"\{([1-9][0-9]{0,9})")
_FORMATS: Final[Mapping[str, str]] = {
    "date": "2024-01-31",
    "date-time": "2024-01-31T12:00:00Z",
    "time": "12:00:00Z",
    "duration": "P1D",
    "email": "someone@mail.example",
    "idn-email": "someone@mail.example",
    "hostname": "host.example",
    "idn-hostname": "host.example",
    "ipv4": "127.0.0.1",
    "ipv6": "::1",
    "uri": "https://host.example/",
    "uri-reference": "/path",
    "iri": "https://host.example/",
    "iri-reference": "/path",
    "uri-template": "/path/{id}",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "json-pointer": "/field",
    "relative-json-pointer": "0",
    "regex": "^.*$",
    "byte": "dGV4dA==",
}


class _Unbuildable(Exception):
    """Raised when an attempt finds no value: the schema is infinitely recursive, or allows nothing."""


def synthesise_response(
    documented: DocumentedResponse | None,
    status: int,
    validators: Validators,
    *,
    example: str | None = None,
    random: Random | None = None,
) -> Response:
    """Return the documented response, with a valid body if one can be found, else with the first attempt.

    `example` names the example to use. With `random`, values are made up instead, each time other ones.
    """
    if documented is None:
        return Response(status)
    headers = {
        each.name: _header(each.node, each.schema, validators) for each in documented.headers if each.required
    }
    media_type = preferred(documented.content)
    if media_type is None:
        return Response(status, headers=headers)
    named = NO_BODY if example is None else examples_of(documented).get(example, NO_BODY)
    body = _body(media_type, validators, named, random if example is None else None)
    return Response(status, body, headers, concrete(media_type.name, body))


def _body(media_type: MediaType, validators: Validators, named: Any, random: Random | None) -> Any:
    example = example_of(media_type.node) if named is NO_BODY else named
    as_json = is_json(media_type.name) or is_json(concrete(media_type.name, {}))
    if media_type.schema is None:
        return ({} if as_json else "") if example is NO_BODY else example
    value = synthesise(media_type.schema, validators.compile(media_type.schema), example, random)
    return value if as_json or isinstance(value, str) else ""


def synthesise(
    schema: Node, validator: SchemaValidator, example: Any = NO_BODY, random: Random | None = None
) -> Any:
    """Return the example if valid, else a valid value built from the schema, else the first attempt."""
    first: Any = example
    for candidate in _candidates(schema, example, random):
        if not validator.violations(candidate, "body"):
            return candidate
        first = candidate if first is NO_BODY else first
    return None if first is NO_BODY else first


def _candidates(schema: Node, example: Any, random: Random | None) -> Iterator[Any]:
    if random is not None:
        builders = (_RandomBuilder(schema.document, attempt, random) for attempt in range(_ATTEMPTS))
        yield from _built(builders, schema)
    if example is not NO_BODY:
        yield example
    yield from _built((_Builder(schema.document, attempt) for attempt in range(_ATTEMPTS)), schema)


def _built(builders: Iterable[_Builder], schema: Node) -> Iterator[Any]:
    steps = 0
    for builder in builders:
        try:
            value = builder.build(schema.value, ())
        except (_Unbuildable, ArithmeticError):
            steps += builder.steps
            if steps > _MAX_STEPS:
                return
        else:
            yield value


def _header(node: Node, schema: Node | None, validators: Validators) -> str:
    value = example_of(node)
    if value is NO_BODY:
        value = synthesise(schema, validators.compile(schema)) if schema else "text"
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Builder:
    """Builds a value. The number of the attempt decides what the schema leaves open.

    That is: the alternative of several, whether to include optional properties, whether to use examples, and
    how often a pattern repeats.
    """

    def __init__(self, document: Document, attempt: int) -> None:
        self._document = document
        self._attempt = attempt
        self._with_examples = attempt % 2 == 0
        self._with_optional = attempt % 4 in {0, 1}
        self._choice = attempt // 4
        self.steps = 0

    def build(self, schema: Any, stack: tuple[str, ...], variant: int = 0) -> Any:
        """Return a value for the schema.

        `stack` has the references that are being built; `variant` makes the items of an array differ.
        """
        schema, stack = self._flatten(schema, stack)
        if schema is False:
            raise _Unbuildable
        if schema is True:
            return {}
        if "if" in schema:
            return self.build(self._condition(schema), stack, variant)
        for keyword in ("oneOf", "anyOf"):
            if options := schema.get(keyword):
                return self._alternative(schema, keyword, options, stack, variant)
        if self._with_examples and variant == 0:
            examples = schema.get("examples")
            if "example" in schema:
                return schema["example"]
            if is_array(examples) and examples:
                return examples[0]
        if "const" in schema:
            return schema["const"]
        if values := schema.get("enum"):
            return values[(self._choice + variant) % len(values)]
        return self._of_type(schema, stack, variant)

    def _condition(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Return the schema merged with one outcome of its condition."""
        rest = {key: value for key, value in schema.items() if key not in {"if", "then", "else"}}
        if self._choice % 2:
            return {"allOf": [rest, schema.get("else", True)]}
        return {"allOf": [rest, schema["if"], schema.get("then", True)]}

    def _alternative(
        self, schema: Any, keyword: str, options: Any, stack: tuple[str, ...], variant: int
    ) -> Any:
        rest = {key: value for key, value in schema.items() if key != keyword}
        for offset in range(len(options)):
            option = options[(self._choice + offset) % len(options)]
            parts = [_discriminated(schema, option), rest, option]
            try:
                return self.build({"allOf": parts}, stack, variant)
            except _Unbuildable:
                continue
        raise _Unbuildable

    def _of_type(self, schema: Mapping[str, Any], stack: tuple[str, ...], variant: int) -> Any:
        builders: dict[str, Callable[[Mapping[str, Any], tuple[str, ...], int], Any]] = {
            "object": self._object,
            "array": self._array,
            "string": self._string,
            "integer": self._number,
            "number": self._number,
            "boolean": lambda _schema, _stack, variant: variant % 2 == 0,
            "null": lambda _schema, _stack, _variant: None,
        }
        kinds = _kinds(schema)
        for offset in range(len(kinds)):
            try:
                return builders[kinds[(self._choice + offset) % len(kinds)]](schema, stack, variant)
            except (_Unbuildable, KeyError):
                continue
        raise _Unbuildable

    def _object(self, schema: Mapping[str, Any], stack: tuple[str, ...], variant: int) -> dict[str, Any]:
        required = schema.get("required", [])
        properties = schema.get("properties", {})
        built: dict[str, Any] = {}
        for name in (*properties, *(name for name in required if name not in properties)):
            if name not in required and not self._with_optional:
                continue
            if is_marked(self._document, properties.get(name), "writeOnly"):
                continue
            try:
                built[name] = self.build(
                    properties.get(name, schema.get("additionalProperties", True)), stack, variant
                )
            except _Unbuildable:
                if name in required:
                    raise
        for index in range(len(built), min(_count(schema, "minProperties", 0), _MAX_ITEMS)):
            built[f"field{index}"] = self.build(schema.get("additionalProperties", True), stack, index)
        return dict(list(built.items())[: max(_count(schema, "maxProperties", len(built)), len(required))])

    def _array(self, schema: Mapping[str, Any], stack: tuple[str, ...], variant: int) -> list[Any]:
        least, most = _count(schema, "minItems", 0), _count(schema, "maxItems", _MAX_ITEMS)
        count = min(max(least, 1 if self._with_optional else 0), most, _MAX_ITEMS)
        first = schema.get("prefixItems", [])
        items: list[Any] = []
        for index in range(max(count, min(len(first), most))):
            try:
                items.append(
                    self.build(
                        first[index] if index < len(first) else schema.get("items", True), stack, index
                    )
                )
            except _Unbuildable:
                if index < least:
                    raise
                break
        return items

    def _string(self, schema: Mapping[str, Any], stack: tuple[str, ...], variant: int) -> str:
        least = min(_count(schema, "minLength", 0), _MAX_REPEAT)
        most = _count(schema, "maxLength", max(least, _MAX_REPEAT))
        if pattern := schema.get("pattern"):
            return _matching(pattern, least, most, self._attempt + variant)
        if found := _FORMATS.get(schema.get("format", "")):
            return found if variant == 0 else _vary(schema["format"], found, variant)
        text = "text" if variant == 0 else f"text{variant}"
        return text.ljust(least, "x")[-most:] if most else ""

    def _number(self, schema: Mapping[str, Any], stack: tuple[str, ...], variant: int) -> int | float:
        whole = "number" not in _kinds(schema) or "integer" in _kinds(schema)
        least = max(schema.get("minimum", -math.inf), schema.get("exclusiveMinimum", -math.inf))
        most = min(schema.get("maximum", math.inf), schema.get("exclusiveMaximum", math.inf))
        is_roomy = whole or most - least > _ROOMY
        # Without any room, a step leads to the only value.
        step = schema.get("multipleOf", 1 if is_roomy else (most - least) / 4 or abs(most) or 1)
        start = least if least > 0 or most <= 0 else 0
        if start == -math.inf:
            start = most - step * 2
        value = math.ceil(start / step) * step
        if value == schema.get("exclusiveMinimum"):
            value += step
        value += step * variant
        return int(value) if whole and value == int(value) else value

    def _flatten(self, schema: Any, stack: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
        """Return the schema with its reference and its `allOf` merged into it."""
        self.steps += 1
        if self.steps > _MAX_STEPS_OF_ONE:
            raise _Unbuildable
        if not is_object(schema):
            return schema is not False, stack
        parts: list[Any] = []
        if isinstance(reference := schema.get("$ref"), str):
            if stack.count(reference) > (1 if self._with_optional else 0):
                raise _Unbuildable
            stack = (*stack, reference)
            parts.append(self._document.node.follow(reference).value)
        parts.extend(schema.get("allOf", ()))
        merged: Any = {key: value for key, value in schema.items() if key not in ("$ref", "allOf")}
        for part in parts:
            flat, stack = self._flatten(part, stack)
            if flat is False:
                return False, stack
            if flat is not True:
                merged = _merge(merged, flat)
        return merged, stack


def _discriminated(schema: Mapping[str, Any], option: Any) -> Any:
    """Return what the discriminator of a schema says about one of its alternatives."""
    discriminator = schema.get("discriminator")
    reference = option.get("$ref") if is_object(option) else None
    if not is_object(discriminator) or not isinstance(reference, str):
        return True
    mapping, property_ = discriminator.get("mapping"), discriminator.get("propertyName")
    if not isinstance(property_, str):
        return True
    name = reference.rpartition("/")[2]
    named = mapping.items() if is_object(mapping) else ()
    value = next((key for key, target in named if target in (reference, name)), name)
    return {"properties": {property_: {"const": value}}, "required": [property_]}


class _RandomBuilder(_Builder):
    """Builds another value each time."""

    def __init__(self, document: Document, attempt: int, random: Random) -> None:
        super().__init__(document, attempt)
        self._random = random
        self._with_examples = False
        self._attempt = random.randrange(1 << 30)

    def build(self, schema: Any, stack: tuple[str, ...], variant: int = 0) -> Any:
        self._choice = self._random.randrange(1 << 16)
        return super().build(schema, stack, variant)

    def _of_type(self, schema: Mapping[str, Any], stack: tuple[str, ...], variant: int) -> Any:
        return super()._of_type(schema, stack, variant + self._random.randrange(_VARIANTS))

    def _object(self, schema: Mapping[str, Any], stack: tuple[str, ...], variant: int) -> dict[str, Any]:
        required = schema.get("required", [])
        properties = {
            name: each
            for name, each in schema.get("properties", {}).items()
            if name in required or self._random.random() < _OPTIONAL
        }
        return super()._object({**schema, "properties": properties}, stack, 0)

    def _array(self, schema: Mapping[str, Any], stack: tuple[str, ...], variant: int) -> list[Any]:
        least = _count(schema, "minItems", 0)
        most = min(_count(schema, "maxItems", _MAX_ITEMS), least + _FURTHER_ITEMS)
        count = self._random.randint(least, max(least, most)) if self._with_optional else least
        return super()._array({**schema, "minItems": count}, stack, variant)

    def _number(self, schema: Mapping[str, Any], stack: tuple[str, ...], variant: int) -> int | float:
        most = min(schema.get("maximum", math.inf), schema.get("exclusiveMaximum", math.inf))
        value = super()._number(schema, stack, variant)
        while variant and (value > most or value == schema.get("exclusiveMaximum")):
            variant //= 2
            value = super()._number(schema, stack, variant)
        return value


def _count(schema: Mapping[str, Any], keyword: str, default: int) -> int:
    """Return a count, which a document may write as 1.0."""
    return int(schema.get(keyword, default))


def _kinds(schema: Mapping[str, Any]) -> list[str]:
    declared = schema.get("type")
    if isinstance(declared, str):
        return [declared]
    if is_array(declared):
        return [str(kind) for kind in declared if kind != "null"] + ["null"] * ("null" in declared)
    hints = {
        "array": ("items", "prefixItems", "minItems"),
        "string": ("pattern", "format", "minLength", "maxLength"),
        "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    }
    # A keyword rules out no value of another type, so that such a value is the last resort.
    return [kind for kind, words in hints.items() if any(word in schema for word in words)] + ["object"]


def _merge(left: Mapping[str, Any], right: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema for the values that both allow, as far as building needs it."""
    merged = {**left, **right}
    for key in left.keys() & right.keys():
        one, other = left[key], right[key]
        match key:
            case "properties":
                both = {name: {"allOf": [one[name], other[name]]} for name in one.keys() & other.keys()}
                merged[key] = {**one, **other, **both}
            case "required":
                merged[key] = list(dict.fromkeys([*one, *other]))
            case "type":
                ours, theirs = _kinds(left), _kinds(right)
                narrow = [
                    kind for kind in ours if kind in theirs or (kind == "integer" and "number" in theirs)
                ]
                merged[key] = narrow or (["integer"] if "integer" in theirs and "number" in ours else [])
            case "enum":
                merged[key] = [value for value in one if value in other]
            case "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties":
                merged[key] = max(one, other)
            case "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties":
                merged[key] = min(one, other)
            case "oneOf" | "anyOf":
                merged[key] = [{"allOf": [ours, theirs]} for ours in one for theirs in other]
            case "items" | "additionalProperties":
                merged[key] = {"allOf": [one, other]}
            case _:
                pass
    return merged


def _vary(form: str, text: str, variant: int) -> str:
    match form:
        case "uuid":
            return f"{variant:08d}{text[8:]}"
        case "email" | "idn-email":
            return f"someone{variant}@mail.example"
        case "date" | "date-time":
            return f"{2024 + variant % 1000}{text[4:]}"
        case "uri" | "iri" | "uri-reference" | "iri-reference" | "json-pointer":
            return f"{text}{variant}"
        case _:
            return text


def _matching(pattern: str, least: int, most: int, attempt: int) -> str:
    """Return a text of an allowed length that matches the regular expression."""
    choices = _Choices(attempt)
    if math.prod(int(count) for count in _COUNT.findall(pattern)) > _MAX_REPEAT:
        raise _Unbuildable
    try:
        # Unlike that of Python, this engine takes no exponential time.
        validator = Draft202012Validator({"pattern": pattern})
        nested = 1 + min(len(_REPEATED_GROUP.findall(pattern)), 3)
        for choices.repeat in (attempt % 5, 0, 1, 2, least, max(least // 2, 1), max(least - 1, 1)):
            if choices.repeat**nested > _MOST_CHARACTERS:
                continue
            text = Rstr(choices).xeger(pattern)
            for candidate in (text, text.ljust(least, text[-1:] or "x")):
                if least <= len(candidate) <= most and validator.is_valid(candidate):
                    return candidate
    except (re.error, ValidationError, ValueError, OverflowError, RecursionError, LookupError) as error:
        raise _Unbuildable from error
    raise _Unbuildable


class _Choices(Random):
    """Chooses letters and digits, and `repeat` repetitions, or the nearest that a pattern allows."""

    repeat = 0

    def randint(self, a: int, b: int) -> int:
        # Of more than a hundred repetitions, rstr has `b` below `a`.
        return max(a, min(self.repeat, b))

    def choice(self, seq: SupportsLenAndGetItem[_T]) -> _T:
        options = [seq[index] for index in range(len(seq))]
        plain = [each for each in options if str(each).isalnum()]
        # rstr chooses characters from sets, whose order differs between processes.
        return super().choice(sorted(plain or options, key=repr))
