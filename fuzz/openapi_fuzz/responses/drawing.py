"""Valid responses, drawn from what a document says of an operation."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from urllib.parse import quote

import httpx
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from openapi_fuzz._schemathesis import values_of
from openapi_fuzz.document import Document, Node
from openapi_fuzz.media import is_json, media_type_of
from openapi_reader import is_object

from .reading import inlined
from .shapes import flat

Headers: TypeAlias = tuple[tuple[str, str], ...]

CONTENT_TYPE: Final = "content-type"
_OF_THE_BODY: Final = {CONTENT_TYPE, "content-encoding", "content-length", "transfer-encoding"}
_SHOWN: Final = 300
_MAPS: Final = frozenset(("properties", "patternProperties"))
_LISTS: Final = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))
_SCHEMAS: Final = frozenset(("items", "additionalProperties", "not"))
_CLASSES: Final = range(1, 6)
_ZONES: Final = st.integers(-14 * 60, 14 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))
# One object for all schemas: by its identity schemathesis knows what it has built already.
FORMATS: Final[dict[str, SearchStrategy[Any]]] = {
    "date": st.dates().map(dt.date.isoformat),
    "date-time": st.datetimes(timezones=_ZONES).map(lambda moment: moment.isoformat().replace("+00:00", "Z")),
    "uuid": st.uuids().map(str),
    "byte": st.binary(max_size=20).map(lambda data: base64.b64encode(data).decode()),
    "password": st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=8, max_size=40),
}
"""Strategies for texts by their `format`, beside those of schemathesis."""


@dataclass(frozen=True, repr=False)
class DrawnResponse:
    """A response that was drawn.

    Attributes:
        operation_id: What it responds to.
        status: Its status.
        headers: Names and values.
        content: The body as it is sent.
        value: The JSON value that the body stands for, or that it stood for before it was mutated.
        mutation: What was done to it; empty for a valid response.
        fault: What is raised once `content` is read; None where the response is whole.
        echoes: Texts that stand for a secret somewhere in it.
    """

    operation_id: str
    status: int
    headers: Headers = ()
    content: bytes = b""
    value: Any = None
    mutation: str = ""
    fault: type[httpx.TransportError] | None = None
    echoes: Collection[str] = ()

    def __repr__(self) -> str:
        shown = self.content[:_SHOWN] + (b"..." if len(self.content) > _SHOWN else b"")
        end = f", then {self.fault.__name__}" if self.fault else ""
        headers = "".join(f", {name}: {value}" for name, value in self.headers)
        return f"<{self.operation_id}, {self.mutation or 'valid'}: {self.status}{headers}, {shown!r}{end}>"

    def _repr_pretty_(self, printer: Any, _is_cycle: bool) -> None:  # noqa: FBT001 (the protocol of IPython)
        """Show it in the output of Hypothesis as `repr` does."""
        printer.text(repr(self))

    @property
    def media_type(self) -> str:
        """The `Content-Type`; empty if there is none."""
        return next(iter(self.values(CONTENT_TYPE)), "")

    def values(self, header: str) -> list[str]:
        """Return the values of a header, given by its name in lower case."""
        return [value for name, value in self.headers if name.lower() == header]


def written(value: Any) -> bytes:
    """Return a JSON value as text, as most servers write it; half a surrogate pair is escaped."""
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()


def responses_of(
    document: Document, operation_id: str, *, successes_only: bool = False
) -> SearchStrategy[DrawnResponse]:
    """Return a strategy for the documented responses of an operation; half of them are successes."""
    documented = document.operations[operation_id].responses
    drawn = {key: _response(document, operation_id, key, node) for key, node in documented.items()}
    successes = [each for key, each in drawn.items() if key.startswith("2")]
    failures = [each for key, each in drawn.items() if not key.startswith("2")]
    if not failures or (successes and successes_only):
        return st.one_of(successes)
    is_success = st.booleans() if successes else st.just(value=False)
    return is_success.flatmap(lambda success: st.one_of(successes if success else failures))


def drawable(document: Document, schema: Node) -> Node:
    """Return a schema with all that it refers to, without further fields and items: these are a mutation."""
    schemas = document.root.get("components", {}).get("schemas", {})
    closed = {name: _closed(document, each) for name, each in schemas.items()}
    return {**_closed(document, schema), "components": {"schemas": closed}}


@st.composite
def _response(draw: DrawFn, document: Document, operation_id: str, key: str, response: Node) -> DrawnResponse:
    media_type, schema = media_type_of(response)
    value, content = None, b""
    if is_json(media_type) or media_type.startswith("text/"):
        value = draw(values_of(drawable(document, schema), FORMATS))
        content = value.encode() if isinstance(value, str) and not is_json(media_type) else written(value)
    elif media_type:
        content = draw(st.binary())
    return DrawnResponse(
        operation_id,
        draw(st.sampled_from(_statuses(key, document.operations[operation_id].responses))),
        ((CONTENT_TYPE, media_type), *draw(_headers(document, response)).items())[0 if media_type else 1 :],
        content,
        value,
    )


def _statuses(key: str, documented: Collection[str]) -> list[int]:
    """Return the statuses that a key of `responses` stands for beside the others."""
    if key.isdigit():
        return [int(key)]
    taken = {int(each) for each in documented if each.isdigit()}
    classes = {each for each in _CLASSES if f"{each}XX" in documented} if key == "default" else set[int]()
    candidates = range(400, 600) if key == "default" else range(int(key[0]) * 100, int(key[0]) * 100 + 100)
    return [status for status in candidates if status not in taken and status // 100 not in classes]


def _headers(document: Document, response: Node) -> SearchStrategy[dict[str, str]]:
    """Return a strategy for the documented headers, but those that describe the body."""
    declared = {name: document.resolve(node) for name, node in response.get("headers", {}).items()}
    drawn = {
        name: values_of(drawable(document, node.get("schema", {})), FORMATS).map(_header)
        for name, node in declared.items()
        if name.lower() not in _OF_THE_BODY
    }
    return st.fixed_dictionaries(drawn)


def _header(value: Any) -> str:
    return quote(value, safe=" /:;,=?&") if isinstance(value, str) else json.dumps(value)


def _closed(document: Document, schema: Any, above: Collection[int] = ()) -> Any:
    """Return a schema without further fields and items; nothing fits it where it comes again in itself."""
    schema = inlined(document, schema)
    if not is_object(schema) or id(schema) in above:
        return schema if not is_object(schema) else False
    if "$ref" in schema:
        return schema
    above = {*above, id(schema)}

    def inner(child: Any) -> Any:
        return _closed(document, child, above)

    node = _with_own_fields(document, flat(document, schema) if "allOf" in schema else schema)
    closed = {**node}
    closed |= {name: {key: inner(each) for key, each in node[name].items()} for name in _MAPS & node.keys()}
    closed |= {name: [inner(each) for each in node[name]] for name in _LISTS & node.keys()}
    closed |= {name: inner(node[name]) for name in _SCHEMAS & node.keys()}
    if "properties" in node and node.get("type") == "object":
        closed["properties"] = {**{name: {} for name in node.get("required", ())}, **closed["properties"]}
        closed.setdefault("additionalProperties", False)
    if "prefixItems" in node:
        closed.setdefault("items", False)
    return closed


def _with_own_fields(document: Document, node: Node) -> Node:
    """Return a schema with its fields in each of its alternatives, where these are closed."""
    keyword = next((each for each in ("oneOf", "anyOf") if each in node), None)
    if keyword is None or "properties" not in node:
        return node
    own = {name: each for name, each in node.items() if name != keyword}
    return {keyword: [flat(document, {"allOf": [each, own]}) for each in node[keyword]]}
