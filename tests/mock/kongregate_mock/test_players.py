import pytest

CREDENTIALS = (403, "Invalid credentials")
LISTS = ("friends", "friend_ids", "muted_users", "muted_user_ids")


def test_a_token_authenticates_its_player(robin, wren):
    assert robin.ok("authenticate") == {"success": True, "username": "Robin", "user_id": 765}
    assert wren.ok("authenticate")["username"] == "Wren"


@pytest.mark.parametrize(
    "wrong",
    [
        {"api_key": "made-up-api-key-3"},
        {"api_key": "made-up-api-key-2"},
        {"game_auth_token": "made-up-game-token-wren"},
        {"game_auth_token": "péng"},
        {"user_id": 766},
        {"user_id": 1},
        {"user_id": 2**63 - 1},
    ],
)
def test_wrong_credentials_are_refused_without_saying_which(robin, wrong):
    assert robin.refused("authenticate", **wrong) == CREDENTIALS


def test_a_token_is_for_one_game(other_game):
    assert other_game.ok("authenticate")["username"] == "Robin"
    assert other_game.refused("authenticate", game_auth_token="made-up-game-token") == CREDENTIALS


def test_a_new_password_changes_the_tokens_for_every_game(kongregate, robin, wren, other_game):
    kongregate.site.change_password(765)
    for client, game_id in ((robin, 1001), (other_game, 1002)):
        assert client.refused("authenticate") == CREDENTIALS
        assert client.ok("authenticate", game_auth_token=kongregate.site.game_auth_token(game_id, 765))
    assert kongregate.site.game_auth_token(1001, 765) != kongregate.site.game_auth_token(1002, 765)
    assert robin.refused("use", id=4711) == CREDENTIALS
    assert wren.ok("authenticate")


def test_a_first_visit_to_a_game_makes_a_token_that_stays(kongregate, robin):
    token = kongregate.site.game_auth_token(1001, 770)
    assert kongregate.site.game_auth_token(1001, 770) == token
    assert robin.ok("authenticate", user_id=770, game_auth_token=token)["username"] == "Heron"


def test_one_profile_has_friends_and_muted_players(kongregate):
    client = kongregate.client()
    found = client.ok("getUserInfo", username="Wren", friends="true")
    assert found == {
        "success": True,
        "user_id": 766,
        "username": "Wren",
        "private": False,
        "friends": ["Robin"],
        "friend_ids": [765],
        "muted_users": [],
        "muted_user_ids": [],
        "page_num": 1,
        "num_pages": 1,
        "user_vars": {
            "username": "Wren",
            "level": 3,
            "points": 40,
            "avatar_url": "https://cdn.example/wren.png",
            "chat_avatar_url": "https://cdn.example/wren-small.png",
            "developer": False,
            "moderator": True,
            "admin": False,
            "game_title": None,
            "game_url": None,
            "gender": "Female",
            "age": 21,
        },
    }
    robin = client.ok("getUserInfo", user_id=765)
    assert (robin["muted_users"], robin["muted_user_ids"]) == (["Kestrel"], [785])
    assert robin["user_vars"]["game_title"] == "Ocean Quest"
    assert "age" not in robin["user_vars"]


def test_friends_are_paginated(kongregate):
    client = kongregate.client()
    robin = {"user_id": 765, "friends": "true"}
    pages = [client.ok("getUserInfo", **robin, page_num=number) for number in (1, 2, 3, 4)]
    assert [each["num_pages"] for each in pages] == [3] * 4
    assert [each["page_num"] for each in pages] == [1, 2, 3, 4]
    assert [len(each["friends"]) for each in pages] == [5, 5, 2, 0]
    ids = [number for each in pages for number in each["friend_ids"]]
    assert ids == list(range(766, 778))
    assert pages[3]["muted_user_ids"] == [785]
    assert client.ok("getUserInfo", **robin, page_num=2**31 - 1)["friends"] == []


@pytest.mark.parametrize("friends", [{}, {"friends": "false"}])
def test_friends_are_included_only_on_request(kongregate, friends):
    found = kongregate.client().ok("getUserInfo", user_id=765, **friends)
    assert (found["friends"], found["friend_ids"], found["num_pages"]) == ([], [], 1)
    assert found["muted_user_ids"] == [785]


def test_a_private_profile_has_empty_lists(kongregate):
    client = kongregate.client()
    found = client.ok("getUserInfo", username="Kit", friends="true")
    assert found["private"] is True
    assert [found[name] for name in LISTS] == [[]] * 4
    assert (found["page_num"], found["num_pages"]) == (1, 1)
    assert "age" not in found["user_vars"]


@pytest.mark.parametrize(
    "query", [{"usernames": ["Wren", "Nobody", "Robin", "Wren"]}, {"user_ids": [766, 1, 765, 766]}]
)
def test_several_profiles_have_the_requested_order_without_unknown_players(kongregate, query):
    found = kongregate.client().ok("getUserInfo", **query)
    assert [each["username"] for each in found["users"]] == ["Wren", "Robin"]
    assert found["users"][0]["user_vars"]["age"] == 21


@pytest.mark.parametrize("friends", [{}, {"friends": "true"}])
def test_each_of_several_has_the_fields_of_one_and_empty_lists(kongregate, friends):
    client = kongregate.client()
    alone = client.ok("getUserInfo", user_id=765)
    (among_others,) = client.ok("getUserInfo", user_ids=[765], **friends)["users"]
    assert alone["muted_users"] == ["Kestrel"]
    assert among_others == {**alone, **{name: [] for name in LISTS}}


def test_at_most_50_profiles_are_returned(kongregate):
    client = kongregate.client()
    assert len(client.ok("getUserInfo", user_ids=list(range(765, 815)))["users"]) == 40
    code, description = client.refused("getUserInfo", user_ids=list(range(765, 816)))
    assert (code, "user_ids" in description) == (400, True)


@pytest.mark.parametrize(
    ("query", "failure"),
    [
        ({}, (400, "Required: username, user_id, usernames or user_ids")),
        (
            {"username": "Robin", "user_ids": [765]},
            (400, "Give only one of username, user_id, usernames or user_ids"),
        ),
        ({"username": "Nobody"}, (404, "User not found")),
        ({"user_id": 1}, (404, "User not found")),
    ],
)
def test_who_is_meant_has_to_be_clear(kongregate, query, failure):
    assert kongregate.client().refused("getUserInfo", **query) == failure


def test_a_guest_is_not_a_player(kongregate):
    assert kongregate.client().refused("getUserInfo", user_id=0)[0] == 400


def test_badges_are_a_bare_list_the_oldest_first(kongregate):
    client = kongregate.client()
    assert client.place("listBadges", username="Robin")[1] == "/accounts/Robin/badges.json"
    assert client.ok("listBadges", username="Robin") == [
        {"badge_id": 3, "created_at": "2016-04-10T13:20:59+00:00"},
        {"badge_id": 7, "created_at": "2017-01-02T00:00:00+00:00"},
    ]
    assert client.ok("listBadges", username="Wren") == []


def test_a_failure_stands_in_the_place_of_the_bare_list(kongregate):
    response = kongregate.client().call("listBadges", username="Nobody")
    assert response.status_code == 200
    assert response.json() == {"success": False, "error": 404, "error_description": "User not found"}
