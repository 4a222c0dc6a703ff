import json
import logging

import pytest

USE = {"api_key": "made-up-api-key", "user_id": 765, "game_auth_token": "made-up-game-token", "id": 4711}
USE_NEEDS = (400, "api_key, user_id, game_auth_token, and id are required parameters")


@pytest.mark.parametrize("way", ["json", "form", "query"])
def test_a_body_may_be_json_a_form_or_a_query(robin, way):
    assert robin.ok("use", way=way, id=4711)["remaining_uses"] == 2
    assert robin.ok("submit", way=way, **{"high-score": 2000, "coins": 1}) == {"success": True}
    best = robin.ok("getHighScores", scope="daily", statistic_id=33)["daily_scores"][0]
    assert best["score"] == 2000
    assert (
        robin.ok("saveGuild", way=way, guild_identifier="owls & co", guild_name="Ö")["guild_identifier"]
        == "owls & co"
    )
    assert robin.ok("destroySharedLink", way=way, id="level-7") == {"success": True}


def test_using_and_submitting_go_by_get_too(robin):
    assert robin.ok("use", way="get", id=4711)["remaining_uses"] == 2
    assert robin.ok("submit", way="get", coins=1) == {"success": True}


def test_a_get_may_have_its_parameters_as_a_json_body(robin):
    assert robin.ok("authenticate", way="get-json")["username"] == "Robin"
    assert robin.ok("use", way="get-json", id=4711)["remaining_uses"] == 2
    assert robin.ok("submit", way="get-json", coins=1) == {"success": True}
    tagged = robin.ok("listItems", way="get-json", tags=["magic", "drink"])
    assert [each["identifier"] for each in tagged["items"]] == ["potion"]
    found = robin.ok("getUserInfo", way="get-json", user_id=765, friends=True, page_num=2, username=None)
    assert (found["page_num"], len(found["friends"])) == (2, 5)


def test_what_the_query_of_a_get_has_counts_before_its_body(robin):
    method, path = robin.place("authenticate")
    wrong = {**USE, "user_id": 1, "game_auth_token": "made-up-wrong-token"}
    query = {"user_id": 765, "game_auth_token": "made-up-game-token"}
    assert robin.request(method, path, params=query, json=wrong).json()["username"] == "Robin"
    _, path = robin.place("use")
    used = robin.request("GET", path, params={"id": 4711}, json={**USE, "id": 4712}).json()
    assert used["remaining_uses"] == 2


def test_the_json_of_a_get_is_read_though_curl_calls_it_a_form(robin):
    _, path = robin.place("use")
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert robin.request("GET", path, content=json.dumps(USE), headers=form).json()["remaining_uses"] == 2


@pytest.mark.parametrize("body", ["", "[]", "null", "id=4711", "4711"])
def test_any_other_body_of_a_get_means_nothing(robin, body):
    method, path = robin.place("authenticate")
    query = {"user_id": 765, "game_auth_token": "made-up-game-token", "api_key": "made-up-api-key"}
    assert robin.request(method, path, params=query, content=body).json()["success"] is True
    _, path = robin.place("use")
    assert robin.request("GET", path, params=USE, content=body).json()["remaining_uses"] == 2


def test_a_body_of_a_get_that_only_begins_like_json_is_refused(robin):
    response = robin.request(*robin.place("authenticate"), content='{"user_id": 765').json()
    assert (response["success"], response["error"]) == (False, 400)


def test_nothing_else_that_changes_something_goes_by_get(robin):
    response = robin.call("destroyGuild", way="get", guild_identifier="round-table")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.json()["error"] == 405


@pytest.mark.parametrize("way", ["form", "query", "get", "get-json"])
def test_numbers_in_a_form_have_to_be_numbers(robin, way):
    code, description = robin.refused("use", way=way, id="4711x")
    assert (code, description.startswith("id ")) == (400, True)


def test_a_field_that_is_there_twice_is_refused(robin):
    assert robin.refused("use", way="form", id=[4711, 4711])[0] == 400


def test_with_a_body_the_query_means_nothing(robin):
    method, path = robin.place("use")
    assert robin.request(method, path, params={"id": 4712}, json=USE).json()["remaining_uses"] == 2


@pytest.mark.parametrize("way", ["json", "form", "query", "get", "get-json"])
@pytest.mark.parametrize("missing", ["api_key", "user_id", "game_auth_token", "id"])
def test_a_missing_parameter_is_reported_with_all_required_ones(robin, way, missing):
    assert robin.refused("use", way=way, **{"id": 4711, missing: None}) == USE_NEEDS


def test_nothing_at_all_lacks_everything(robin):
    response = robin.request(*robin.place("use")).json()
    assert (response["error"], response["error_description"]) == USE_NEEDS


@pytest.mark.parametrize(
    ("operation_id", "description"),
    [
        ("authenticate", "user_id, game_auth_token, and api_key are required parameters"),
        ("listItems", "api_key is a required parameter"),
        ("listUserItems", "api_key and user_id are required parameters"),
        ("destroySharedLink", "api_key, game_auth_token, and user_id are required parameters"),
    ],
)
def test_required_parameters_are_listed_in_the_wording_of_the_site(robin, operation_id, description):
    values = {**robin.sample(operation_id), "api_key": None}
    assert robin.refused(operation_id, **values) == (400, description)


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"null", "application/json"),
        (b"\xff", "application/json"),
        (b"id=%ff", "application/x-www-form-urlencoded"),
        (b"id=4711", "text/plain"),
        (b"id=4711", "application/json; charset=utf-16"),
        (b'{"a": ' + b"[" * 200 + b"]" * 200 + b"}", "application/json"),
    ],
)
def test_a_body_that_cannot_be_read_is_a_failure_about_parameters(robin, body, media_type):
    response = robin.request(*robin.place("use"), content=body, headers={"content-type": media_type})
    assert response.status_code == 200
    assert (response.json()["success"], response.json()["error"]) == (False, 400)


@pytest.mark.parametrize("path", ["/", "/api", "/api/items.xml", "/items.json", "/badges.json"])
def test_an_unknown_path_is_an_http_error(robin, path):
    response = robin.get(path)
    assert response.status_code == 404
    assert (response.json()["success"], response.json()["error"]) == (False, 404)


def test_an_exception_is_a_500_without_details(robin, monkeypatch):
    def fail(*_args):
        raise RuntimeError("made-up-api-key")

    monkeypatch.setattr("kongregate_mock.items.catalogue", fail)
    response = robin.call("listItems")
    assert response.status_code == 500
    assert (response.json()["success"], response.json()["error"]) == (False, 500)
    assert "made-up" not in response.text


# 0 is allowed where the schema says so; the largest numbers must not break the database.
@pytest.mark.parametrize("number", [2**63 - 1, 2**63, 10**18, 1e18, 9.223372036854775807e18, 1e300, -1])
def test_no_number_is_too_large_for_a_response(robin, number):
    method, path = robin.place("use")
    for body in ({**USE, "id": number}, {**USE, "user_id": number}):
        assert robin.request(method, path, json=body).status_code == 200
    values = {"api_key": "made-up-api-key", "user_id": 765, "coins": number}
    assert robin.request(*robin.place("submit"), json=values).status_code == 200


def test_no_secret_is_in_a_log_or_in_a_response(robin, caplog):
    caplog.set_level(logging.DEBUG)
    secrets = {"api_key": "made-up-wrong-key", "game_auth_token": "made-up-wrong-token"}
    for way in ("json", "form", "query", "get", "get-json"):
        for values in (secrets, {"game_auth_token": "made-up-wrong-token"}, {"user_id": "made-up-wrong-key"}):
            assert "made-up" not in robin.call("use", way=way, id=4711, **values).text
        assert robin.ok("submit", way=way, coins=1)
    assert "made-up" not in robin.call("authenticate", **secrets).text
    mine = [each.getMessage() for each in caplog.records if not each.name.startswith("http")]
    assert mine
    assert "made-up" not in "\n".join(mine)
