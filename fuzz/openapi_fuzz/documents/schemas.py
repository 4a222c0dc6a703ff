"""Random schemas: those that a value fits by construction, and those whose keywords may conflict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from hypothesis import strategies as st

Schema: TypeAlias = dict[str, Any]

_FORMATS: Final = (
    *("date", "date-time", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uri-reference"),
    *("uuid", "json-pointer", "regex", "byte", "password"),
)

_PATTERNS: Final = (
    *("^[a-z]{1,8}$", "^[^,]+$", r"^\d{3}-\d{4}$", r"\S", "^(red|green|blue)$", "^v[0-9]+(\\.[0-9]+){0,2}$"),
    *("^[A-Z][a-z]*$", "^#[0-9a-f]{6}$", "^x?y+z*$", "^[^@]+@[^@]+$"),
)
_NAMES: Final = (
    "id",
    "name",
    "kind",
    "camelCase",
    "snake_case",
    "class",
    "x-y",
    "odd name!",
    "data",
    "\u00fc",
)
_MOST_FIELDS: Final = 4
_DEPTH: Final = 3
_LIMIT: Final = 2**53
_VALUES: Final = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "a", "text", "2024-01-31"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=2),
    max_leaves=3,
)
_COUNTS: Final = st.integers(0, 5)


def schemas(references: Sequence[str] = (), *, depth: int = _DEPTH) -> st.SearchStrategy[Schema]:
    """Return a strategy for schemas that some value fits, and that is plain from each keyword by itself.

    Args:
        references: Schemas to refer to, such as `#/components/schemas/A`; each has to be one of these itself,
            and only optional properties and items lead to them, so that they may lead back.
        depth: How deep schemas stand within schemas.
    """
    leaves = [_integers(), _numbers(), _texts(), _enums(), st.sampled_from([{"type": "boolean"}, {}])]
    if depth <= 0:
        return st.one_of(leaves)
    inner = schemas(references, depth=depth - 1)
    optional = inner if not references else st.one_of(inner, st.sampled_from(references).map(_reference))
    objects = _objects(inner, optional)
    return st.one_of(
        *leaves, _arrays(optional), objects, _nullable(leaves), _unions(inner), _combinations(inner), objects
    )


def conflicting_schemas(references: Sequence[str] = ()) -> st.SearchStrategy[Any]:
    """Return a strategy for schemas of all keywords: what they say may be impossible, or refer to itself."""
    schema: st.SearchStrategy[Any] = st.deferred(lambda: st.one_of(plain, st.booleans(), wild))
    plain = schemas(references, depth=1)
    keywords = _wild_keywords(schema, references)
    wild = st.one_of(
        _several(keywords), st.tuples(plain, _several(keywords)).map(lambda both: both[0] | both[1])
    )
    return wild


@st.composite
def _several(draw: st.DrawFn, keywords: dict[str, Any]) -> Schema:
    """Return a schema of a few keywords: of many, nothing would be left."""
    names = draw(st.lists(st.sampled_from([*keywords]), min_size=1, max_size=4, unique=True))
    return {name: draw(keywords[name]) for name in names}


def _wild_keywords(schema: st.SearchStrategy[Any], references: Sequence[str]) -> dict[str, Any]:
    types = st.sampled_from(["object", "array", "string", "integer", "number", "boolean", "null"])
    named = st.dictionaries(st.sampled_from(_NAMES), schema, max_size=3)
    several = st.lists(schema, min_size=1, max_size=3)
    numbers = st.integers(-5, 5) | st.sampled_from([0.5, 1e300, -1e300, 2**63])
    counts = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
    bounds = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
    return {
        "$ref": st.sampled_from([*references, "#/components/schemas/Loop"]),
        "type": types | st.lists(types, min_size=1, max_size=3, unique=True),
        "enum": st.lists(_VALUES, min_size=1, max_size=3, unique_by=repr),
        "const": _VALUES,
        **dict.fromkeys(counts, _COUNTS),
        **dict.fromkeys(bounds, numbers),
        "multipleOf": st.sampled_from([1, 2, 7, 0.1, 0.25, 1e-9, 1e300]),
        "pattern": st.sampled_from([*_PATTERNS, "^$", "(a+)+b", "^(?!a)", "[a-z]{999}"]),
        "format": st.sampled_from([*_FORMATS, "binary", "int32", "unheard-of"]),
        **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs"), named),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), several),
        **dict.fromkeys(("items", "contains", "not", "if", "then", "else", "propertyNames"), schema),
        **dict.fromkeys(("additionalProperties", "unevaluatedProperties", "unevaluatedItems"), schema),
        "required": st.lists(st.sampled_from(_NAMES), max_size=3, unique=True),
        "dependentRequired": st.dictionaries(st.sampled_from(_NAMES), st.just(["id"]), max_size=1),
        "uniqueItems": st.booleans(),
        "examples": st.lists(_VALUES, max_size=2),
        "example": _VALUES,
        "default": _VALUES,
    }


# ---- Values of one kind


@st.composite
def _integers(draw: st.DrawFn) -> Schema:
    step = draw(st.sampled_from([1, 1, 2, 7, 100]))
    least = step * draw(st.integers(-_LIMIT // 100, _LIMIT // 100))
    bounds: Schema = {"minimum": least, "maximum": least + step * draw(st.integers(0, 3))}
    if draw(st.booleans()):
        bounds = {"exclusiveMinimum": least - 1, "exclusiveMaximum": least + 1}
    found = {"type": "integer", **draw(_some(bounds))}
    if draw(st.booleans()):
        found["format"] = "int64"
    return {**found, "multipleOf": step} if step > 1 else found


@st.composite
def _numbers(draw: st.DrawFn) -> Schema:
    # Powers of two, so that multiples are exact.
    step = draw(st.sampled_from([1, 0.5, 0.25]))
    least = step * draw(st.integers(-1000, 1000))
    bounds: Schema = {"minimum": least, "maximum": least + step * draw(st.integers(0, 3))}
    if draw(st.booleans()):
        bounds = {"exclusiveMinimum": least - step, "exclusiveMaximum": least + step}
    found = {"type": "number", **draw(_some(bounds))}
    return {**found, "multipleOf": step} if draw(st.booleans()) else found


@st.composite
def _texts(draw: st.DrawFn) -> Schema:
    match draw(st.sampled_from(["plain", "long", "pattern", "format"])):
        case "long":
            least = draw(_COUNTS)
            return {"type": "string", **draw(_some({"minLength": least, "maxLength": least + draw(_COUNTS)}))}
        case "pattern":
            return {"type": "string", "pattern": draw(st.sampled_from(_PATTERNS))}
        case "format":
            return {"type": "string", "format": draw(st.sampled_from(_FORMATS))}
        case _:
            return {"type": "string"}


def _enums() -> st.SearchStrategy[Schema]:
    texts = st.lists(st.sampled_from(["a", "b", "A-b", "a b", "1", "class"]), min_size=1, unique=True)
    numbers = st.lists(st.integers(-3, 3), min_size=1, unique=True)
    return st.one_of(
        texts.map(lambda values: {"type": "string", "enum": values}),
        numbers.map(lambda values: {"type": "integer", "enum": values}),
        st.sampled_from(["only", 7, True]).map(lambda value: {"const": value}),
    )


def _nullable(leaves: Sequence[st.SearchStrategy[Schema]]) -> st.SearchStrategy[Schema]:
    return st.one_of(leaves).filter(lambda each: "type" in each and "enum" not in each).map(_or_null)


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


# ---- Values of several kinds


@st.composite
def _arrays(draw: st.DrawFn, items: st.SearchStrategy[Schema]) -> Schema:
    least, item = draw(st.integers(0, 2)), draw(items)
    if "$ref" in item:
        # An item that leads back may be left out.
        least = 0
    return {"type": "array", "items": item, **draw(_some({"minItems": least, "maxItems": least + 2}))}


@st.composite
def _objects(
    draw: st.DrawFn, needed: st.SearchStrategy[Schema], optional: st.SearchStrategy[Schema]
) -> Schema:
    names = draw(st.lists(st.sampled_from(_NAMES), max_size=_MOST_FIELDS, unique=True))
    required = [name for name in names if draw(st.booleans())]
    properties = {name: draw(needed if name in required else optional) for name in names}
    found: Schema = {"type": "object", "properties": properties}
    if required:
        found["required"] = required
    others = draw(st.sampled_from([None, None, True, False, {"type": "integer"}]))
    return found if others is None else {**found, "additionalProperties": others}


@st.composite
def _unions(draw: st.DrawFn, inner: st.SearchStrategy[Schema]) -> Schema:
    if draw(st.booleans()):
        return {"anyOf": draw(st.lists(inner, min_size=1, max_size=3))}
    # Of several kinds, so that exactly one of them fits.
    kinds = ["integer", "string", "array", "object", "boolean", "null"]
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3, unique=True))
    return {"oneOf": [{"type": kind} for kind in chosen]}


@st.composite
def _combinations(draw: st.DrawFn, inner: st.SearchStrategy[Schema]) -> Schema:
    """Return an object in parts that have no field in common."""
    names = draw(st.permutations(_NAMES))
    count = draw(st.integers(1, 3))
    parts = [
        {"type": "object", "required": [name], "properties": {name: draw(inner)}} for name in names[:count]
    ]
    return {"allOf": parts}


@st.composite
def _some(draw: st.DrawFn, keywords: Schema) -> Schema:
    return {key: value for key, value in keywords.items() if draw(st.booleans())}


def _reference(reference: str) -> Schema:
    return {"$ref": reference}
