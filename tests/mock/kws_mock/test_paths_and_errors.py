import re
from types import SimpleNamespace

import pytest

from openapi_mock import MAX_BODY_SIZE


def kebab_case(path):
    """`/v1/appData/5` becomes `/v1/app-data/5`."""
    return re.sub("[A-Z]", lambda capital: f"-{capital[0].lower()}", path)


@pytest.mark.parametrize("slash", ["", "/"])
def test_paths_in_kebab_case_are_accepted(kws, robin, slash):
    for operation in kws.mock.operations:
        method, path = robin.place(operation.id)
        response = robin.request(method, kebab_case(path) + slash, json=robin.sample(operation.id) or None)
        # The user may not ask for a token of the app, but is authenticated.
        assert response.is_success or operation.id == "issueToken"
        assert response.status_code not in {404, 405}


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
    response = app.get("/there/is/nothing")
    assert (response.status_code, response.json()["code"], response.json()["codeMeaning"]) == (
        404,
        2,
        "notFound",
    )


def test_a_wrong_method_names_the_right_one(app):
    _, path = app.place("getLeaderboard")
    response = app.delete(path)
    assert (response.status_code, response.json()["code"]) == (405, 1)
    assert response.headers["allow"] == "GET"


def test_a_missing_field_has_code_6_and_a_wrong_one_code_7(app):
    response = app.call("setAppData", value="seven")
    assert response.status_code == 400
    body = response.json()
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
    response = app.call("updateProfile", email=0, address={"city": 1, "countryCode": 2})
    assert {name: each["code"] for name, each in response.json()["invalid"].items()} == {
        "email": 7,
        "address.city": 7,
        "address.countryCode": 7,
    }
    response = app.call("requestPermissions", permissions=["accessEmail", 1])
    assert list(response.json()["invalid"]) == ["permissions.1"]


def test_a_missing_body_is_reported(app):
    response = app.request(*app.place("triggerEvent"))
    assert response.json()["invalid"]["body"]["code"] == 6


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"{", "application/json"),
        (b"<token/>", "application/xml"),
        (b" " * (MAX_BODY_SIZE + 1), "application/json"),
    ],
)
def test_a_body_that_cannot_be_read_is_a_bad_request(app, content, media_type):
    response = app.request(*app.place("triggerEvent"), content=content, headers={"content-type": media_type})
    assert (response.status_code, response.json()["code"]) == (400, 5)


def test_an_exception_is_an_unexpected_error_without_details(app, monkeypatch):
    def fail(*_):
        raise RuntimeError("made-up-secret")

    monkeypatch.setattr("kws_mock.points.in_app", fail)
    response = app.call("getPoints")
    assert (response.status_code, response.json()["code"], response.json()["codeMeaning"]) == (
        500,
        11,
        "unexpected",
    )
    assert "made-up-secret" not in response.text
