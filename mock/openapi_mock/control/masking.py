"""What may be shown of requests and state: everything but secrets."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from openapi_mock.document import Document, Node
from openapi_reader import is_array, is_object

from .journal import Record

MASK: Final = "***"
_MORE: Final = "…"
_DEEPEST: Final = 32
_SHOWN_HEADERS: Final = ("accept", "accept-language", "content-type", "host", "prefer", "user-agent")
# Names of columns, and of fields of which the document says nothing.
_SECRET_WORDS: Final = re.compile(
    r"secret|password|token(?!_type)|api_?key|\bcode\b|signed_request|digest", re.IGNORECASE
)
_FIELD_NAME: Final = re.compile(r"[\w.\[\]-]{1,40}")
_URL_FIELD: Final = re.compile(r"([?&#;]([^=&#;?]+)=)([^&#;]+)")


class Masking:
    """Masks the secrets of one API: values of `format: password`, API keys, what is named like a secret."""

    def __init__(self, document: Document) -> None:
        named = set(_named_schemas(document))
        self._secret = {name for name, is_secret in named if is_secret}
        self._open = {name for name, _ in named} - self._secret

    def is_secret(self, name: str) -> bool:
        """Return whether values of this name are secrets."""
        return name in self._secret or (name not in self._open and is_secret_word(name))

    def json(self, value: Any, depth: int = 0) -> Any:
        """Return any parsed JSON value as one that can be shown, with the values of secrets masked."""
        if depth > _DEEPEST:
            return _MORE
        if is_object(value):
            return {
                _without_secrets(text(name)): MASK if self.is_secret(name) else self.json(each, depth + 1)
                for name, each in value.items()
            }
        if is_array(value):
            return [self.json(each, depth + 1) for each in value]
        if isinstance(value, float) and not math.isfinite(value):
            return str(value)
        return _without_secrets(text(value)) if isinstance(value, str) else value

    def fields(self, encoded: bytes) -> dict[str, str]:
        """Return the fields of a query or a form, masked."""
        try:
            pairs = parse_qsl(encoded.decode(errors="replace"), keep_blank_values=True, max_num_fields=100)
        except ValueError:
            return {}
        return dict(self._field(*pair) for pair in pairs)

    def _field(self, name: str, value: str) -> tuple[str, str]:
        # Any body can be declared as a form, and all of it is the name of a field then.
        if not (name in self._open or name in self._secret or _FIELD_NAME.fullmatch(name)):
            return MASK, MASK
        return name, MASK if self.is_secret(name) else _without_secrets(value)

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Return the headers that never hold secrets."""
        return {name: value for name, value in headers.items() if name in _SHOWN_HEADERS}

    def request(self, record: Record) -> dict[str, Any]:
        """Return what may be shown of a request's query, headers and body."""
        request = record.request
        is_form = "form-urlencoded" in request.headers.get("content-type", "")
        body = record.json
        # Of a text alone, nothing says what it is.
        shown = MASK if isinstance(body, str) else self.json(body)
        return {
            "query": self.fields(request.raw_query),
            "headers": self.headers(request.headers),
            "body": self.fields(request.body) if is_form else shown,
        }


def is_secret_word(name: str) -> bool:
    """Return whether a name is that of a secret, as far as its words tell."""
    return _SECRET_WORDS.search(name) is not None


def text(value: str) -> str:
    """Return text that can be sent: JSON may have halves of characters."""
    return value.encode("utf-8", "replace").decode()


def _without_secrets(value: str) -> str:
    """Return text in which the secrets of a URL are masked."""
    return _URL_FIELD.sub(lambda found: found[1] + MASK if is_secret_word(found[2]) else found[0], value)


def _named_schemas(document: Document) -> Iterator[tuple[str, bool]]:
    """Yield the names of properties, parameters and API keys, each with whether it is a secret there."""
    waiting: list[Node] = [document.node]
    while waiting:
        node = waiting.pop()
        if is_object(node.value):
            waiting += [node.child(key) for key in node.value]
            properties = node.value.get("properties")
            for name in properties if is_object(properties) else ():
                yield str(name), _is_password(node.child("properties").child(name))
            if "name" in node.value and "in" in node.value:
                is_key = node.value.get("type") == "apiKey"
                has_schema = is_object(node.value.get("schema"))
                yield str(node.value["name"]), is_key or (has_schema and _is_password(node.child("schema")))
        elif is_array(node.value):
            waiting += [node.child(index) for index in range(len(node.value))]


def _is_password(schema: Node) -> bool:
    value = schema.resolved().value
    return is_object(value) and value.get("format") == "password"
