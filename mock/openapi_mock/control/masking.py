"""What may be shown of requests and state: everything but secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from openapi_mock.document import Document
from openapi_reader import is_array, is_object

from .journal import Record

MASK: Final = "***"
_SHOWN_HEADERS: Final = ("accept", "accept-language", "content-type", "host", "prefer", "user-agent")
# Columns of the state and fields of forms, whatever a document says of them.
_SECRET_WORDS: Final = re.compile(
    r"secret|password|token(?!_type)|api_?key|\bcode\b|signed_request|digest", re.IGNORECASE
)


class Masking:
    """Masks the secrets of one API: values of `format: password`, API keys, what is named like a secret."""

    def __init__(self, document: Document) -> None:
        self._names = frozenset(_secret_names(document.root))

    def is_secret(self, name: str) -> bool:
        """Return whether values of this name are secrets."""
        return name in self._names or _SECRET_WORDS.search(name) is not None

    def json(self, value: Any) -> Any:
        """Return a JSON value in which the values of secret fields are masked."""
        if is_object(value):
            return {
                name: MASK if self.is_secret(name) and not is_object(each) else self.json(each)
                for name, each in value.items()
            }
        return [self.json(each) for each in value] if is_array(value) else value

    def fields(self, encoded: bytes) -> dict[str, str]:
        """Return the fields of a query or a form, masked."""
        try:
            pairs = parse_qsl(encoded.decode(errors="replace"), keep_blank_values=True, max_num_fields=100)
        except ValueError:
            return {}
        return {name: MASK if self.is_secret(name) else value for name, value in pairs}

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Return the headers that never hold secrets."""
        return {name: value for name, value in headers.items() if name in _SHOWN_HEADERS}

    def request(self, record: Record) -> dict[str, Any]:
        """Return what may be shown of a request's query, headers and body."""
        request = record.request
        is_form = "form-urlencoded" in request.headers.get("content-type", "")
        return {
            "query": self.fields(request.raw_query),
            "headers": self.headers(request.headers),
            "body": self.fields(request.body) if is_form else self.json(record.json),
        }


def _secret_names(value: Any) -> Iterator[str]:
    """Yield the names of properties and parameters that a document calls passwords, and of API keys."""
    if is_object(value):
        properties = value.get("properties")
        for name, schema in properties.items() if is_object(properties) else ():
            if is_object(schema) and schema.get("format") == "password":
                yield name
        if _is_secret_parameter(value):
            yield str(value["name"])
        for each in value.values():
            yield from _secret_names(each)
    elif is_array(value):
        for each in value:
            yield from _secret_names(each)


def _is_secret_parameter(value: Mapping[str, Any]) -> bool:
    schema = value.get("schema")
    is_password = is_object(schema) and schema.get("format") == "password"
    return "name" in value and "in" in value and (is_password or value.get("type") == "apiKey")
