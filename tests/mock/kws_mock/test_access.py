import pytest

USER_CALLS = [
    ("GET", "/v2/apps/{app}/users/{user}", None),
    ("GET", "/v1/apps/{app}/users/{user}/appData", None),
    ("POST", "/v1/apps/{app}/users/{user}/appData/set", {"name": "level", "value": 99}),
    ("POST", "/v1/apps/{app}/users/{user}/appData/deleteByName", {"name": "level"}),
    ("GET", "/v2/apps/{app}/users/{user}/points", None),
    ("GET", "/v2/apps/{app}/users/{user}/score", None),
    ("PUT", "/v1/users/{user}", {"language": "de"}),
    ("POST", "/v1/users/{user}/hasTriggeredEvent", {"eventId": 12}),
    ("POST", "/v1/users/{user}/inviteUser", {"email": "friend@family.example"}),
    ("GET", "/v2/users/{user}/points", None),
    ("POST", "/v1/users/{user}/requestPermissions", {"permissions": ["accessEmail"]}),
    ("POST", "/v1/users/{user}/triggerEvent", {"token": "finished-level"}),
]
APP_CALLS = [call for call in USER_CALLS if "{app}" in call[1]]


def call(client, template, *, app=355, user=5073):
    method, path, body = template
    return client.request(method, path.format(app=app, user=user), json=body)


def refusal(answer):
    body = answer.json()
    return answer.status_code, body["code"], body["codeMeaning"], body["errorMessage"]


@pytest.mark.parametrize("template", USER_CALLS, ids=lambda each: each[1])
def test_an_app_may_act_for_its_users(app, template):
    assert call(app, template).is_success


@pytest.mark.parametrize("template", USER_CALLS, ids=lambda each: each[1])
def test_users_may_act_for_themselves(robin, template):
    assert call(robin, template).is_success


@pytest.mark.parametrize("template", USER_CALLS, ids=lambda each: each[1])
def test_a_user_of_another_app_only_is_forbidden(app, template):
    forbidden = (403, 1, "forbidden", "operation not supported for this user")
    assert refusal(call(app, template, user=5075)) == forbidden


@pytest.mark.parametrize("template", USER_CALLS, ids=lambda each: each[1])
def test_a_user_may_not_act_for_another_one(robin, template):
    forbidden = (403, 1, "forbidden", "operation not supported for this user")
    assert refusal(call(robin, template, user=5074)) == forbidden


@pytest.mark.parametrize("template", USER_CALLS, ids=lambda each: each[1])
def test_an_unknown_user_is_not_found(app, template):
    assert refusal(call(app, template, user=999_999)) == (404, 2, "notFound", "user not found")


@pytest.mark.parametrize("template", APP_CALLS, ids=lambda each: each[1])
def test_a_token_does_not_reach_another_app(app, robin, template):
    forbidden = (403, 1, "forbidden", "operation not supported for this client")
    assert refusal(call(app, template, app=356)) == forbidden
    assert refusal(call(robin, template, app=356)) == forbidden


@pytest.mark.parametrize("template", APP_CALLS, ids=lambda each: each[1])
def test_an_unknown_app_is_not_found(app, template):
    assert refusal(call(app, template, app=999_999)) == (404, 2, "notFound", "app not found")


@pytest.mark.parametrize("template", USER_CALLS, ids=lambda each: each[1])
def test_a_frontend_token_does_not_reach_users(kws, template):
    answer = call(kws.app(scope="frontend"), template)
    assert refusal(answer)[:3] == (403, 1, "forbidden")


@pytest.mark.parametrize("scope", ["app", "frontend"])
def test_only_a_user_has_device_tokens(kws, scope):
    answer = kws.app(scope=scope).get("/v1/apps/355/users/hasDeviceToken")
    assert refusal(answer)[:3] == (403, 1, "forbidden")


def test_a_device_token_belongs_to_one_user_in_one_app(kws):
    assert kws.user().get("/v1/apps/355/users/hasDeviceToken").json() is True
    assert kws.user(5074).get("/v1/apps/355/users/hasDeviceToken").json() is False
    assert kws.user(app_id=356).get("/v1/apps/356/users/hasDeviceToken").json() is False
    assert kws.user().get("/v1/apps/356/users/hasDeviceToken").status_code == 403
