"""Any request gets a response, and never a 5xx."""

import json
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openapi_mock import Mock, Request

# Handlers of the shop fail on purpose for unknown items, so the responses here are synthesised.
METHODS = st.one_of(st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD"]), st.text(max_size=8))
PATHS = ["/api/items", "/api/items/5", "/api/items/newest", "/api/reports/1/x.json", "/health", "/"]
TARGETS = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=60),
    st.builds(
        lambda path, query: f"{path}?{query}".encode("utf-8", "surrogatepass"),
        st.sampled_from(PATHS),
        st.one_of(
            st.text(max_size=30), st.builds(lambda text: f"limit={quote(text, errors='replace')}", st.text())
        ),
    ),
    st.builds(lambda raw: b"/api/items/" + raw, st.binary(max_size=20)),
)
HEADERS = st.dictionaries(
    st.sampled_from(["content-type", "authorization", "cookie", "x-key", "accept"]),
    st.one_of(
        st.sampled_from(["application/json", "application/x-www-form-urlencoded", "Bearer x", "Basic eDp5"]),
        st.text(max_size=30),
    ),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)


@pytest.fixture(scope="module")
def any_mock(request):
    return Mock.from_file(request.path.with_name("shop.yaml"))


@settings(max_examples=400, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(method=METHODS, target=TARGETS, headers=HEADERS, body=st.binary(max_size=200))
def test_arbitrary_bytes_never_raise_and_never_give_a_5xx(any_mock, method, target, headers, body):
    response = any_mock.handle(Request(method, target, headers, body))
    assert response.status < 500
    assert isinstance(response.content, bytes)


@settings(max_examples=300, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(value=JSON, raw=st.booleans())
def test_arbitrary_json_is_added_or_refused_with_reasons(any_mock, value, raw):
    body = json.dumps({"name": "x", "parts": [value]} if raw else value).encode()
    headers = {"content-type": "application/json", "authorization": "Bearer x"}
    response = any_mock.handle(Request("POST", "/api/items", headers, body))
    assert response.status in {201, 400}
    assert response.status == 201 or response.body["error"] == "malformed-body" or response.body["violations"]


@settings(max_examples=200, deadline=None, database=None)
@given(
    body=st.binary(max_size=100)
    | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_arbitrary_forms_are_added_or_refused(any_mock, body):
    headers = {"content-type": "application/x-www-form-urlencoded", "authorization": "Bearer x"}
    assert any_mock.handle(Request("POST", "/api/items", headers, body)).status in {201, 400}


@pytest.mark.parametrize(
    "path", ["/api/items/" + "9" * 10_000, "/" + "/" * 10_000, "/api" + "/items" * 5_000, "/%" * 999]
)
def test_long_paths_are_refused(path, any_mock):
    assert any_mock.handle(Request("GET", path)).status in {200, 400, 404}
