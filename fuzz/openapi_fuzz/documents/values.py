"""Values that fit a schema, drawn by a reading of it that neither a client nor a mock shares."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, TypeAlias

from hypothesis import strategies as st

from openapi_reader import is_object

Resolve: TypeAlias = Callable[[Any], Any]

_MOST_ITEMS: Final = 3
_DEPTH: Final = 4
_INT64: Final = 2**63
_TEXT: Final = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
# What is special somewhere on the way: in URLs, in forms, in headers, in JSON.
_ODD_TEXTS: Final = st.sampled_from(
    [
        *("/", "%", "%2F", "..", ".", "a/b", "a b", "a+b", "a&b=c", "?", "#", ";", "~", "null", "true", "0"),
        *(
            '"',
            "'",
            "\\",
            "\N{LATIN SMALL LETTER U WITH DIAERESIS}",
            "\N{SNOWMAN}",
            "\N{PARTY POPPER}",
            "{x}",
            "[0]",
            "*",
            "$",
        ),
    ]
)
_TEXTS: Final[Mapping[str, Sequence[str]]] = {
    "date": ("2024-02-29", "0001-01-01", "9999-12-31"),
    "date-time": ("2024-02-29T12:00:00Z", "2024-01-31T23:59:59.123456+14:00", "2024-01-31t00:00:00-11:30"),
    "time": ("12:00:00Z", "23:59:59.5+01:00"),
    "duration": ("P1D", "PT1H30M"),
    "email": ("someone@mail.example", "a+b@mail.example"),
    "hostname": ("host.example", "a"),
    "ipv4": ("127.0.0.1", "255.255.255.255"),
    "ipv6": ("::1", "2001:db8::ff"),
    "uri": ("https://host.example/a?b=c#d", "urn:isbn:0"),
    "uri-reference": ("/a/b?c", "../d", ""),
    "uuid": ("00000000-0000-4000-8000-000000000000", "ABCDEF01-2345-6789-abcd-ef0123456789"),
    "json-pointer": ("", "/a~1b/0"),
    "regex": ("^a.*$", "[0-9]+"),
    "byte": ("", "dGV4dA=="),
}
_WORDS: Final = st.sampled_from(["one", "two", "x1", "otherName"])


def values_of(schema: Any, resolve: Resolve, depth: int = _DEPTH) -> st.SearchStrategy[Any]:
    """Return a strategy for values of a schema, nearly all of which fit: patterns may cross lengths.

    Args:
        schema: A schema without conditions and negations.
        resolve: Returns the schema that a reference leads to, and any other as it is.
        depth: How many levels are filled with what may be left out.
    """
    schema = resolve(schema)
    if not is_object(schema):
        return st.none() | st.booleans() | _TEXT
    known: Mapping[str, Any] = schema
    if "const" in known:
        return st.just(known["const"])
    if "enum" in known:
        return st.sampled_from(known["enum"])
    for keyword in ("oneOf", "anyOf"):
        if keyword in known:
            return st.one_of([values_of(each, resolve, depth) for each in known[keyword]])
    if "allOf" in known:
        return _merged([values_of(each, resolve, depth) for each in known["allOf"]])
    kinds = known.get("type", "object" if "properties" in known else ["string", "integer", "boolean"])
    listed = [kinds] if isinstance(kinds, str) else list(kinds)
    return st.one_of([_of_kind(kind, known, resolve, depth) for kind in listed])


def _merged(parts: Sequence[st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    def merge(values: tuple[Any, ...]) -> Any:
        objects = [each for each in values if is_object(each)]
        return {name: item for each in objects for name, item in each.items()} if objects else values[-1]

    return st.tuples(*parts).map(merge)


def _of_kind(kind: str, schema: Mapping[str, Any], resolve: Resolve, depth: int) -> st.SearchStrategy[Any]:
    match kind:
        case "integer":
            # In lowest terms, the integers among the multiples are those of the numerator.
            return _numbers(schema, Fraction(_exact(schema.get("multipleOf", 1)).numerator))
        case "number":
            return _numbers(schema, _exact(schema.get("multipleOf", 0.25)))
        case "string":
            return _texts(schema)
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case "array":
            most = schema.get("maxItems", _MOST_ITEMS) if depth > 0 else 0
            items = values_of(schema.get("items", True), resolve, depth - 1)
            least = schema.get("minItems", 0)
            unique = repr if schema.get("uniqueItems") else None
            return st.lists(items, min_size=least, max_size=max(least, most), unique_by=unique)
        case _:
            return _objects(schema, resolve, depth)


def _numbers(schema: Mapping[str, Any], step: Fraction) -> st.SearchStrategy[Any]:
    least = _exact(max(schema.get("minimum", -_INT64), schema.get("exclusiveMinimum", -_INT64)))
    most = _exact(min(schema.get("maximum", _INT64 - 1), schema.get("exclusiveMaximum", _INT64 - 1)))
    first, last = math.ceil(least / step), math.floor(most / step)
    if "exclusiveMinimum" in schema and first * step == _exact(schema["exclusiveMinimum"]):
        first += 1
    if "exclusiveMaximum" in schema and last * step == _exact(schema["exclusiveMaximum"]):
        last -= 1
    counts = st.sampled_from([first, last]) | st.integers(first, last)
    return counts.map(lambda count: _nearest(count * step)).filter(
        lambda value: _exact(value) % step == 0  # The text of 2041601567367556.75 ends in .8.
    )


def _exact(value: float) -> Fraction:
    """Return the number that stands in JSON, of which a float may be the nearest one only."""
    return Fraction(repr(value))


def _nearest(value: Fraction) -> float:
    return value.numerator if value.denominator == 1 else float(value)


def _texts(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if schema.get("format") == "binary":
        return st.binary(max_size=40)
    if form := _TEXTS.get(schema.get("format", "")):
        return st.sampled_from(form)
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    if "pattern" in schema:
        plain = st.characters(codec="ascii", exclude_categories=["Cc"])
        # To Python, a text may end with a line break after its end.
        return st.from_regex(schema["pattern"], alphabet=plain).map(lambda text: text.rstrip("\n"))
    if least or most is not None:
        return st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=least, max_size=most)
    return _TEXT | _ODD_TEXTS


def _objects(schema: Mapping[str, Any], resolve: Resolve, depth: int) -> st.SearchStrategy[Any]:
    properties: Mapping[str, Any] = schema.get("properties", {})
    required = schema.get("required", ())
    others = schema.get("additionalProperties", True)
    fields = {name: values_of(properties.get(name, True), resolve, depth - 1) for name in required}
    optional = {
        name: values_of(each, resolve, depth - 1)
        for name, each in properties.items()
        if name not in required and depth > 0
    }
    known = st.fixed_dictionaries(fields, optional=optional)
    if others is False or depth <= 0:
        return known
    further = st.dictionaries(_WORDS, values_of(others, resolve, 0), max_size=2)
    return st.tuples(further, known).map(lambda both: {**both[0], **both[1]})
