import re
from types import SimpleNamespace

import pytest

from openapi_mock import MAX_BODY_SIZE


def kebab_case(path):
    """`/v1/appData/5` becomes `/v1/app-data/5`."""
    return re.sub("[A-Z]", lambda capital: f"-{capital[0].lower()}", path)


@pytest.mark.parametrize("slash", ["", "/"])
def test_paths_in_kebab_case_are_answered_too(kws, robin, slash):
    for operation in kws.mock.operations:
        method, path = robin.place(operation.id)
        answer = robin.request(method, kebab_case(path) + slash, json=robin.sample(operation.id) or None)
        # The user may not ask for a token of the app, but is heard.
        assert answer.is_success or operation.id == "issueToken"
        assert answer.status_code not in {404, 405}


def test_what_stands_in_braces_keeps_its_spelling(kws):
    operation = SimpleNamespace(id="someOperation", path="/v9/appsOf/{ownerId}/appData")
    assert set(kws.behaviour.aliases(operation)) == {"/v9/apps-of/{ownerId}/app-data"}


@pytest.mark.parametrize("spelled", [str, kebab_case])
def test_the_path_of_the_device_token_may_hold_the_users_own_id(robin, spelled):
    method, path = robin.place("hasDeviceToken")
    before, _, last = path.rpartition("/")
    assert robin.request(method, spelled(f"{before}/5073/{last}")).json() is True
    for other in ("5074", "05073", "me"):
        assert robin.request(method, spelled(f"{before}/{other}/{last}")).status_code == 403


def test_a_body_on_get_and_a_content_type_without_a_body_are_ignored(app):
    place = app.place("getLeaderboard")
    assert app.request(*place, json={"limit": "x"}).status_code == 200
    assert app.request(*place, headers={"content-type": "application/json"}).status_code == 200


def test_an_unknown_path_is_not_found(app):
    answer = app.get("/there/is/nothing")
    assert (answer.status_code, answer.json()["code"], answer.json()["codeMeaning"]) == (404, 2, "notFound")


def test_a_wrong_method_names_the_right_one(app):
    _, path = app.place("getLeaderboard")
    answer = app.delete(path)
    assert (answer.status_code, answer.json()["code"]) == (405, 1)
    assert answer.headers["allow"] == "GET"


def test_a_missing_field_has_code_6_and_a_wrong_one_code_7(app):
    answer = app.call("setAppData", value="seven")
    assert answer.status_code == 400
    body = answer.json()
    assert (body["code"], body["codeMeaning"]) == (5, "validation")
    assert body["invalid"] == {
        "name": {"code": 6, "codeMeaning": "missing", "errorMessage": "is required"},
        "value": {
            "code": 7,
            "codeMeaning": "invalidValue",
            "errorMessage": body["invalid"]["value"]["errorMessage"],
        },
    }


def test_nested_fields_are_named_with_dots(app):
    answer = app.call("updateProfile", email=0, address={"city": 1, "countryCode": 2})
    assert {name: each["code"] for name, each in answer.json()["invalid"].items()} == {
        "email": 7,
        "address.city": 7,
        "address.countryCode": 7,
    }
    answer = app.call("requestPermissions", permissions=["accessEmail", 1])
    assert list(answer.json()["invalid"]) == ["permissions.1"]


def test_a_body_that_is_missing_is_said_to_be(app):
    answer = app.request(*app.place("triggerEvent"))
    assert answer.json()["invalid"]["body"]["code"] == 6


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"{", "application/json"),
        (b"<token/>", "application/xml"),
        (b" " * (MAX_BODY_SIZE + 1), "application/json"),
    ],
)
def test_a_body_that_cannot_be_read_is_a_bad_request(app, content, media_type):
    answer = app.request(*app.place("triggerEvent"), content=content, headers={"content-type": media_type})
    assert (answer.status_code, answer.json()["code"]) == (400, 5)


def test_a_fault_of_our_own_is_unexpected_and_tells_nothing(app, monkeypatch):
    def fail(*_):
        raise RuntimeError("made-up-secret")

    monkeypatch.setattr("kws_mock.points.in_app", fail)
    answer = app.call("getPoints")
    assert (answer.status_code, answer.json()["code"], answer.json()["codeMeaning"]) == (
        500,
        11,
        "unexpected",
    )
    assert "made-up-secret" not in answer.text
