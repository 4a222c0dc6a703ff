"""Support for clients that send query parameters in a JSON body, such as that of a GET."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from openapi_reader import is_array

from .decoding import decode_json, decode_pairs
from .messages import Request


def with_body_in_query(request: Request) -> Request:
    """Return a request with the fields of its JSON body added to its query, unless the query has them.

    For `Behaviour.prepare`. A body that is no JSON object stays as it is. The media type is ignored, since
    curl sends all data as a form by default. Raises Problem (400) for invalid JSON.
    """
    if not request.body.lstrip().startswith(b"{"):
        return request
    given = decode_pairs(request.raw_query, "query")
    fields = decode_json(request.body).items()
    further = [(name, text) for name, value in fields if name not in given for text in _texts(value)]
    query = b"&".join(filter(None, (request.raw_query, urlencode(further).encode())))
    return replace(request, target=request.raw_path + b"?" + query, body=b"")


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of a JSON value in a query: none for null, one for each item of a list."""
    if is_array(value):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value
    elif value is not None:
        yield json.dumps(value)
