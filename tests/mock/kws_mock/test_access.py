from pathlib import Path

import pytest

from openapi_mock import Mock

OPERATIONS = Mock.from_file(Path(__file__).parents[3] / "openapi" / "kws.yaml").operations
OF_USERS = [each for each in OPERATIONS if "{userId}" in each.path]
OF_USERS_IN_APPS = [each for each in OF_USERS if "{appId}" in each.path]


def each_of(operations):
    return pytest.mark.parametrize("operation", [each.id for each in operations])


def call(client, operation, **place):
    return client.call(operation, **place, **client.sample(operation))


def refusal(response):
    body = response.json()
    return response.status_code, body["code"], body["codeMeaning"], body["errorMessage"]


@each_of(each for each in OF_USERS if "app" in each.scopes)
def test_an_app_may_act_for_its_users(app, operation):
    assert call(app, operation).is_success


@each_of(each for each in OF_USERS if "user" in each.scopes)
def test_users_may_act_for_themselves(robin, operation):
    assert call(robin, operation).is_success


@each_of(OF_USERS)
def test_a_user_of_another_app_only_is_forbidden(app, operation):
    forbidden = (403, 1, "forbidden", "operation not supported for this user")
    assert refusal(call(app, operation, userId=5075)) == forbidden


@each_of(OF_USERS)
def test_a_user_may_not_act_for_another_one(robin, operation):
    forbidden = (403, 1, "forbidden", "operation not supported for this user")
    assert refusal(call(robin, operation, userId=5074)) == forbidden


@each_of(OF_USERS)
def test_an_unknown_user_is_not_found(app, operation):
    assert refusal(call(app, operation, userId=999)) == (404, 2, "notFound", "user not found")


@each_of(OF_USERS_IN_APPS)
def test_a_token_does_not_reach_another_app(app, robin, operation):
    forbidden = (403, 1, "forbidden", "operation not supported for this client")
    assert refusal(call(app, operation, appId=356)) == forbidden
    assert refusal(call(robin, operation, appId=356)) == forbidden


@each_of(OF_USERS_IN_APPS)
def test_an_unknown_app_is_not_found(app, operation):
    assert refusal(call(app, operation, appId=999)) == (404, 2, "notFound", "app not found")


@each_of(each for each in OF_USERS if "frontend" not in each.scopes)
def test_a_frontend_token_does_not_reach_users(kws, operation):
    response = call(kws.app(scope="frontend"), operation)
    assert refusal(response)[:3] == (403, 1, "forbidden")


@pytest.mark.parametrize("scope", ["app", "frontend"])
def test_only_a_user_has_device_tokens(kws, scope):
    response = kws.app(scope=scope).call("hasDeviceToken")
    assert refusal(response)[:3] == (403, 1, "forbidden")


def test_a_device_token_belongs_to_one_user_in_one_app(kws):
    assert kws.user().call("hasDeviceToken").json() is True
    assert kws.user(5074).call("hasDeviceToken").json() is False
    assert kws.user(app_id=356).call("hasDeviceToken").json() is False
    assert kws.user().call("hasDeviceToken", appId=356).status_code == 403
