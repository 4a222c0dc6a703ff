"""What a request prefers, it gets: any documented status, any example, values made up anew."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import httpx
import jsonschema_rs
import pytest
from hypothesis import strategies as st

from openapi_fuzz import Document, HostileTarget
from openapi_fuzz.requests.judging import Probe
from openapi_mock import Mock, load
from openapi_mock.serving.asgi import asgi_app
from openapi_mock.settings import Settings

from .test_apis import target

SPECS = Path(__file__).parents[2] / "openapi"
GARDEN = Path(__file__).parent / "specs" / "garden.yaml"
# A session of KWS needs a token that only its behaviour issues.
MOCKS = [("kws", True), ("kongregate", True), ("kongregate", False)]
SPELLINGS = ["{0}={1}", '{0}="{1}"', " {0} = {1} ", "respond-async, wait=5, {0}={1}", "{0}={1};q=1, {0}=no"]


def probed(name, *, is_handled):
    """A mock with or without its behaviour, to be asked in valid requests."""
    spec = SPECS / f"{name}.yaml"
    if is_handled:
        found = replace(target(spec), mock=lambda: load(spec, settings=Settings(random=Random(0))))
    else:
        found = replace(target(spec), mock=lambda: Mock.from_file(spec), credentials={})
    return Probe(
        HostileTarget(found, asgi_app, lambda mock: mock.journal.clear(), lambda _: None, lambda _: "")
    )


@pytest.fixture(scope="module", params=MOCKS, ids=str)
def asked(request):
    """A function that asks an operation with a preference, and the document."""
    name, is_handled = request.param
    document = Document(SPECS / f"{name}.yaml")
    requests = {}
    with probed(name, is_handled=is_handled) as probe:

        def ask(operation_id, header):
            if operation_id not in requests:
                requests[operation_id] = probe.requests(operation_id)[0]
            value = header.encode("utf-8", "surrogatepass")
            found = probe.send(requests[operation_id].with_headers(b"prefer", value))
            assert found is not None
            return found

        ask.document, ask.is_handled = document, is_handled
        yield ask


def media_type_of(response):
    content = response.get("content", {})
    return next(iter(content.values()), None)


def examples_of(document, response):
    found = (media_type_of(response) or {}).get("examples", {})
    resolved = {name: document.resolve(each) for name, each in found.items()}
    return {name: each["value"] for name, each in resolved.items() if "value" in each}


def fits(document, response, body):
    """Whether a body is as documented, where one is."""
    media_type = media_type_of(response)
    if media_type is None:
        return body == b""
    schema = {"components": document.root.get("components", {}), "allOf": [media_type.get("schema", {})]}
    return jsonschema_rs.is_valid(schema, json.loads(body))


CODES = ["200", "201", "204", "400", "401", "403", "404", "409", "500", "299", "418", "999", "x", "20", "2OO"]


def test_a_preferred_status_is_answered_as_documented_or_said_to_be_missing(asked, properties):
    document = asked.document

    def check(operation_id, code, spelling, is_dynamic):
        operation = document.operations[operation_id]
        is_status = code.isdecimal() and code[0] in "12345" and len(code) == 3
        documented = operation.response(int(code)) if is_status else None
        header = spelling.format("code", code) + (", dynamic=true" if is_dynamic else "")
        found = asked(operation_id, header)
        if documented is None:
            assert found.status in {404, 200}
            assert "preference-applied" not in found.headers
            # Without a behaviour, a refusal is the documented example of one, if there is one.
            assert b"not documented" in found.body or not asked.is_handled
            return
        assert found.status == int(code)
        assert f'code="{code}"' in found.headers["preference-applied"]
        assert ("dynamic" in found.headers["preference-applied"]) == is_dynamic
        assert fits(document, documented, found.body)
        if not is_dynamic:
            assert asked(operation_id, header) == found

    properties.hold(
        check,
        st.sampled_from([*document.operations]),
        st.sampled_from(CODES),
        st.sampled_from(SPELLINGS),
        st.booleans(),
        share=0.5,
    )


def test_a_preferred_example_is_that_of_the_document(asked, properties):
    document = asked.document
    known = [
        (operation.id, status, name, value)
        for operation in document.operations.values()
        for status, response in operation.responses.items()
        for name, value in examples_of(document, response).items()
    ]
    if not known:
        pytest.fail("no example has a name, which shows nothing")

    def check(example, spelling, other):
        operation_id, status, name, value = example
        code = status if status.isdecimal() else ""
        header = spelling.format("example", name) + (f", code={code}" if code else "")
        found = asked(operation_id, header)
        assert (str(found.status) == code) or not code
        assert json.loads(found.body) == value
        missing = asked(operation_id, f"example=nothing-{other}")
        assert missing.status in {404, 200}
        assert "preference-applied" not in missing.headers

    properties.hold(check, st.sampled_from(known), st.sampled_from(SPELLINGS), st.integers(0, 9), share=0.5)


def test_whatever_stands_in_the_header_there_is_a_response(asked, properties):
    document = asked.document
    words = st.sampled_from(
        ["code", "example", "dynamic", "=", '"', "\\", ",", ";", "404", "true", " ", "\xff"]
    )

    def check(operation_id, text):
        assert asked(operation_id, text).status < 500 or "code" in text

    texts = st.lists(words, max_size=9).map("".join) | st.text(max_size=20)
    properties.hold(check, st.sampled_from([*document.operations]), texts, share=0.5)


def test_values_that_are_made_up_anew_differ_and_are_as_documented():
    document = Document(GARDEN)
    transport = Mock.from_file(GARDEN).transport()
    with httpx.Client(transport=transport, base_url="http://mock.example/v1") as http:
        found = [http.get("/plants", headers={"prefer": "dynamic=true"}) for _ in range(20)]
    assert len({each.content for each in found}) > 1
    response = document.operations["listPlants"].response(200)
    assert all(each.status_code == 200 and fits(document, response, each.content) for each in found)
