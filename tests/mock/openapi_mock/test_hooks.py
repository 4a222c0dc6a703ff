"""Hooks of a behaviour for requests that differ from the document."""

from dataclasses import replace

import pytest

from openapi_mock import Problem

FORM = "application/x-www-form-urlencoded"
TAKES_A_NUMBER = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["count"],
                    "properties": {"count": {"type": "integer"}},
                }
            }
        },
    },
    "responses": {"204": {}},
}


@pytest.fixture
def hooked(recorder, mock_of):
    """A mock of `POST /` that takes a number as JSON, with hooks put into its behaviour."""

    def make(**hooks):
        for name, hook in hooks.items():
            setattr(recorder, name, hook)
        return mock_of(behaviour=recorder, operation=TAKES_A_NUMBER, method="post")

    return make


def test_a_further_method_leads_to_the_operation_and_is_not_advertised(hooked, recorder, send):
    mock = hooked(methods=lambda _: ["PUT"])
    assert send(mock, "PUT", "/", b'{"count": 2}', media_type="json").status == 204
    assert recorder.calls[0].operation.method == "POST"
    assert send(mock, "GET", "/").headers["allow"] == "POST"


def test_a_further_method_does_not_hide_a_documented_one(recorder, mock_of, send):
    responses = {"204": {}}
    item = {
        "post": {"operationId": "it", "responses": responses},
        "get": {"operationId": "other", "responses": {"202": {}}},
    }
    recorder.methods = lambda operation: ["GET"] if operation.id == "it" else []
    mock = mock_of({"/": item}, recorder)
    assert send(mock, "GET", "/").status == 202
    assert recorder.calls == []


def test_a_further_media_type_is_read_by_the_documented_schema(hooked, recorder, send):
    mock = hooked(media_types=lambda _: [FORM])
    assert send(mock, "POST", "/", b"count=2", media_type="form").status == 204
    assert send(mock, "POST", "/", b'{"count": 3}', media_type="json").status == 204
    assert [each.body for each in recorder.calls] == [{"count": 2}, {"count": 3}]
    assert send(mock, "POST", "/", b"count=two", media_type="form").status == 400
    refused = send(mock, "POST", "/", b"2", media_type="text/plain")
    assert (refused.status, refused.headers["accept"]) == (415, f"application/json, {FORM}")


def test_a_further_media_type_means_nothing_without_a_body(recorder, mock_of, send):
    recorder.media_types = lambda _: [FORM]
    mock = mock_of(behaviour=recorder, operation={"responses": {"204": {}}}, method="post")
    assert send(mock, "POST", "/", b"a=1", media_type="form").status == 204


def test_a_behaviour_can_adapt_a_request_to_the_document(hooked, recorder, send):
    def prepare(request, operation):
        assert operation.id == "it"
        return replace(
            request, body=b'{"count": %s}' % request.body, headers={"content-type": "application/json"}
        )

    mock = hooked(prepare=prepare)
    assert send(mock, "POST", "/", b"7", media_type="text/plain").status == 204
    assert recorder.calls[0].body == {"count": 7}


@pytest.mark.parametrize(("body", "media_type"), [(b'{"number": 7}', "json"), (b"number=7", "form")])
def test_a_behaviour_can_adapt_a_decoded_body_to_the_document(hooked, recorder, send, body, media_type):
    def adapt(body, operation):
        assert operation.id == "it"
        return {"count": int(body["number"])}

    mock = hooked(adapt=adapt, media_types=lambda _: [FORM])
    assert send(mock, "POST", "/", body, media_type=media_type).status == 204
    assert recorder.calls[0].body == {"count": 7}


def test_a_body_that_was_adapted_is_validated_all_the_same(hooked, recorder, send, at):
    mock = hooked(adapt=lambda body, operation: {"count": f"{body['count']} of {operation.id}"})
    refused = send(mock, "POST", "/", b'{"count": 7}', media_type="json")
    assert at(refused) == ["body:count:type"]
    assert recorder.calls == []


def test_a_request_can_be_refused_before_it_is_read(hooked, recorder, send):
    def refuse(_request, _operation):
        raise Problem(418, "teapot", "no")

    assert send(hooked(prepare=refuse), "POST", "/").status == 418
    assert recorder.calls == []
