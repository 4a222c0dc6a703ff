"""The JSON body of a request whose parameters belong into the query, such as a GET."""

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
    """The request with the fields of its JSON body in its query, except those that the query has itself.

    For `Behaviour.prepare`. A body that is no JSON object stays as it is. Its media type says nothing: curl
    calls all data a form by default. Raises Problem (400) for what only begins like JSON.
    """
    if not request.body.lstrip().startswith(b"{"):
        return request
    given = decode_pairs(request.raw_query, "query")
    fields = decode_json(request.body).items()
    further = [(name, text) for name, value in fields if name not in given for text in _texts(value)]
    query = b"&".join(filter(None, (request.raw_query, urlencode(further).encode())))
    return replace(request, target=request.raw_path + b"?" + query, body=b"")


def _texts(value: Any) -> Iterator[str]:
    """What a JSON value is in a query: nothing for null, and each item of a list by itself."""
    if is_array(value):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value
    elif value is not None:
        yield json.dumps(value)
