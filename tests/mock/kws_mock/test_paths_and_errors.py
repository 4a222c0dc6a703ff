import pytest

from openapi_mock import MAX_BODY_SIZE


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v2/apps/355/random-display-name", None),
        ("GET", "/v1/apps/355/users/has-device-token", None),
        ("GET", "/v1/apps/355/users/5073/has-device-token", None),
        ("GET", "/v1/apps/355/users/5073/hasDeviceToken", None),
        ("GET", "/v1/apps/355/users/5073/app-data", None),
        ("POST", "/v1/apps/355/users/5073/app-data/delete-by-name", {"name": "level"}),
        ("POST", "/v1/apps/355/users/5073/app-data/set", {"name": "level", "value": 1}),
        ("GET", "/v1/countries/child-age", None),
        ("POST", "/v1/users/5073/has-triggered-event", {"eventId": 12}),
        ("POST", "/v1/users/5073/invite-user", {"email": "friend@family.example"}),
        ("POST", "/v1/users/5073/request-permissions", {"permissions": ["accessEmail"]}),
        ("POST", "/v1/users/5073/trigger-event", {"token": "daily-login"}),
    ],
)
@pytest.mark.parametrize("slash", ["", "/"])
def test_paths_in_kebab_case_are_answered_too(robin, method, path, body, slash):
    assert robin.request(method, path + slash, json=body).is_success


def test_the_user_id_in_the_path_of_the_device_token_has_to_be_the_users_own(robin):
    for other in ("5074", "05073", "me"):
        assert robin.get(f"/v1/apps/355/users/{other}/has-device-token").status_code == 403


def test_a_body_on_get_and_a_content_type_without_a_body_are_ignored(app):
    assert app.request("GET", "/v1/apps/355/leaders", json={"limit": "x"}).status_code == 200
    headers = {"content-type": "application/json"}
    assert app.get("/v1/apps/355/leaders", headers=headers).status_code == 200


def test_an_unknown_path_is_not_found(app):
    answer = app.get("/v1/apps/355/nothing")
    assert (answer.status_code, answer.json()["code"], answer.json()["codeMeaning"]) == (404, 2, "notFound")


def test_a_wrong_method_names_the_right_one(app):
    answer = app.delete("/v1/apps/355/leaders")
    assert (answer.status_code, answer.json()["code"]) == (405, 1)
    assert answer.headers["allow"] == "GET"


def test_a_missing_field_has_code_6_and_a_wrong_one_code_7(app):
    answer = app.post("/v1/apps/355/users/5073/appData/set", json={"value": "seven"})
    assert answer.status_code == 400
    body = answer.json()
    assert (body["code"], body["codeMeaning"]) == (5, "validation")
    assert body["invalid"] == {
        "name": {"code": 6, "codeMeaning": "missing", "errorMessage": "name is required"},
        "value": {
            "code": 7,
            "codeMeaning": "invalidValue",
            "errorMessage": body["invalid"]["value"]["errorMessage"],
        },
    }


def test_nested_fields_are_named_with_dots(app):
    answer = app.put(
        "/v1/users/5073", json={"email": "nobody", "address": {"city": "", "countryCode": "gbr"}}
    )
    assert {name: each["code"] for name, each in answer.json()["invalid"].items()} == {
        "email": 7,
        "address.city": 7,
        "address.countryCode": 7,
    }
    answer = app.post("/v1/users/5073/requestPermissions", json={"permissions": ["accessEmail", 1]})
    assert list(answer.json()["invalid"]) == ["permissions.1"]


def test_a_body_that_is_missing_is_said_to_be(app):
    answer = app.post("/v1/users/5073/triggerEvent")
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
    answer = app.post("/v1/users/5073/triggerEvent", content=content, headers={"content-type": media_type})
    assert (answer.status_code, answer.json()["code"]) == (400, 5)


def test_a_fault_of_our_own_is_unexpected_and_tells_nothing(app, monkeypatch):
    def fail(*_):
        raise RuntimeError("made-up-secret")

    monkeypatch.setattr("kws_mock.points.in_app", fail)
    answer = app.get("/v2/apps/355/users/5073/points")
    assert (answer.status_code, answer.json()["code"], answer.json()["codeMeaning"]) == (
        500,
        11,
        "unexpected",
    )
    assert "made-up-secret" not in answer.text
