"""Any response of a server makes a call of a generated client return a value or raise one of its errors."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import os
import pkgutil
import re
import typing
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openapi_runtime import Client
from openapi_runtime.errors import APIError

# HOSTILE_EXAMPLES=600 makes ten thousand responses for each client.
EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "40"))
CLIENTS = sorted(path.name for path in (Path(__file__).parents[2] / "generated").glob("*_client"))


def endpoints(client):
    package = importlib.import_module(f"{client}.api")
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(info.name)
        if hasattr(module, "OPERATION"):
            yield module


def documented_names(client):
    models = importlib.import_module(f"{client}.models")
    for model in models.__all__:
        source = inspect.getsource(getattr(models, model))
        yield from re.findall(r'(?:required|optional)\(found, "(\w+)"', source)


ENDPOINTS = [module for client in CLIENTS for module in endpoints(client)]

# Names in the documented responses, so that generated bodies resemble them.
keys = st.sampled_from(sorted({name for client in CLIENTS for name in documented_names(client)}))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("2014-03-09"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(keys | st.text(max_size=3), inner, max_size=6)
    ),
    max_leaves=12,
)
ODD_BODIES = [
    b"",
    b"null",
    b"NaN",
    b"[1e999]",
    b"[" * 5000,
    b"9" * 5000,
    b"\xef\xbb\xbf1",
    b'"\\ud800"',
    b"<html>",
    b'{"rank":',
]
bodies = (
    values.map(lambda value: json.dumps(value).encode())
    | st.binary(max_size=40)
    | st.sampled_from(ODD_BODIES)
)
statuses = st.sampled_from(
    [200, 201, 204, 206, 301, 302, 304, 400, 401, 403, 404, 405, 409, 418, 500, 502, 599]
) | st.integers(min_value=0, max_value=999)
ODD_HEADERS = {
    "Content-Type": [
        "application/json",
        "text/html",
        "application/json; charset=utf-16",
        "text/plain; charset=hex",
        "",
        "\x7f;;=",
        "x",
    ],
    "Location": ["/", "http://[", "//", "http://\x7f", "ftp://x", "https://odd.example:99999999"],
    "Content-Encoding": ["gzip", "deflate", "identity", "x"],
    "Set-Cookie": ["a=b", "=", ";;", "a=b; expires=never", "\xe9=\xe9"],
}
headers = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(each) for name, each in ODD_HEADERS.items()}
)


def value_for(annotation):
    """Return any argument that fits."""
    options = [
        each
        for each in typing.get_args(annotation) or (annotation,)
        if getattr(each, "__name__", "") not in {"Unset", "NoneType"}
    ]
    first = options[0] if options else annotation
    if first is int:
        return 1
    if first is str:
        return "x"
    if hasattr(first, "from_dict"):
        hints = typing.get_type_hints(first)
        needed = [f for f in first.__attrs_attrs__ if f.default is None or "NOTHING" in repr(f.default)]
        return first(**{field.name: value_for(hints[field.name]) for field in needed})
    if typing.get_origin(annotation) is None:
        return "x"
    return [value_for(each) for each in typing.get_args(annotation)]


def request(module):
    """Build a request from any arguments that it needs."""
    hints = typing.get_type_hints(module.request)
    parameters = inspect.signature(module.request).parameters.values()
    needed = [each.name for each in parameters if each.default is each.empty]
    return module.request(**{name: value_for(hints[name]) for name in needed})


def outcome(call):
    """Return the value or the error of a call. Other exceptions fail the test."""
    try:
        return "value", call()
    except APIError as error:
        return "error", type(error), str(error), error.operation_id, error.request_line


def name(module):
    return f"{module.__package__.partition('.')[0]} {module.OPERATION.id}"


@pytest.mark.parametrize("module", ENDPOINTS, ids=name)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(status=statuses, body=bodies, extra=headers)
def test_a_hostile_response_gives_a_value_or_an_api_error(module, status, body, extra):
    sent = {name: value.encode("latin-1") for name, value in extra.items()}

    def respond(_):
        return httpx.Response(status, headers=sent, stream=httpx.ByteStream(body))

    operation, built = module.OPERATION, request(module)
    client = Client(
        "https://odd.example", max_retries=0, httpx_args={"transport": httpx.MockTransport(respond)}
    )
    now = outcome(lambda: operation.call(client, built))
    later = outcome(lambda: asyncio.run(operation.call_async(client, built)))
    assert repr(now) == repr(later)
    if now[0] == "value":
        assert 200 <= status < 300
    else:
        assert all(now[1:])
    whole = outcome(lambda: operation.send(client, built))
    if whole[0] == "value":
        assert whole[1].status_code == status


def test_there_are_endpoints_of_every_client_to_try():
    assert {module.__package__.partition(".")[0] for module in ENDPOINTS} == {*CLIENTS}
    assert len(ENDPOINTS) >= 17 * 2
