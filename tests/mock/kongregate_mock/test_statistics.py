import pytest

MOST = 2**63 - 1

MONDAY_MS = 1_750_032_000_000  # midnight in UTC, with which a week begins


def submit(client, **values):
    assert client.ok("submit", **values) == {"success": True}


def table(client, statistic_id, scope="lifetime", page=None):
    parameter = {"daily": "today_page", "weekly": "weekly_page", "lifetime": "lifetime_page"}[scope]
    return client.ok("getHighScores", scope=scope, statistic_id=statistic_id, **{parameter: page})


def score(client, statistic_id, username, scope="lifetime"):
    first = table(client, statistic_id, scope)
    pages = [first, *(table(client, statistic_id, scope, each) for each in range(2, first["page_count"] + 1))]
    found = [
        each["score"] for page in pages for each in page[f"{scope}_scores"] if each["username"] == username
    ]
    return found[0] if found else None


# Kit has no scores yet.
@pytest.mark.parametrize(
    ("name", "statistic_id", "result"),
    [("coins", 31, 17), ("best-time", 32, 3), ("high-score", 33, 9), ("rank", 34, 5)],
)
def test_what_a_new_value_does_depends_on_the_type(robin, name, statistic_id, result):
    for value in (9, 3, 5):
        submit(robin, user_id=767, **{name: value})
    assert score(robin, statistic_id, "Kit") == result


def test_several_statistics_are_submitted_at_once(robin):
    submit(robin, user_id=767, **{"coins": 2, "high-score": 5})
    assert (score(robin, 31, "Kit"), score(robin, 33, "Kit")) == (2, 5)


def test_no_statistic_at_all_is_fine(robin):
    submit(robin)


# Of these, only the first would be the value of a statistic.
@pytest.mark.parametrize(
    "value", [2, "made-up-game-token", "", None, True, -1, 1.5, 2**70, [1], {"coins": 7}]
)
def test_a_field_that_names_no_statistic_is_passed_over_whatever_it_holds(robin, value):
    submit(robin, user_id=767, coins=1, game_auth_token=value, nothing=value)
    method, path = robin.place("submit")
    body = {"api_key": "made-up-api-key", "user_id": 767, "coins": 1, "game_auth_token": value}
    assert robin.request(method, path, json=body).json() == {"success": True}
    assert score(robin, 31, "Kit") == 2


@pytest.mark.parametrize("way", ["form", "query", "get", "get-json"])
def test_it_is_passed_over_however_it_is_sent(robin, way):
    submit(robin, way=way, user_id=767, coins=1, game_auth_token="made-up-game-token")
    assert score(robin, 31, "Kit") == 1


def test_what_is_a_statistic_of_another_game_only_is_none(other_game):
    submit(other_game, **{"high-score": "many"})
    assert other_game.refused("submit", coins="many")[0] == 400


def test_without_a_game_nothing_is_a_statistic(robin):
    assert robin.refused("submit", api_key="made-up-api-key-3", coins="many") == (403, "Invalid credentials")


def test_a_player_may_be_numbered_in_text(robin):
    submit(robin, user_id="767", coins=1)
    assert score(robin, 31, "Kit") == 1
    assert robin.refused("submit", user_id="1", coins=1) == (404, "User not found")


@pytest.mark.parametrize(
    "number", ["", "0", "0767", "-767", "767.0", " 767", "767\n", "Kit", "9" * 19, "9" * 5000]
)
def test_other_text_is_not_the_number_of_a_player(robin, number):
    code, description = robin.refused("submit", user_id=number, coins=1)
    assert (code, description.startswith("user_id ")) == (400, True)


def test_a_statistic_belongs_to_its_game(robin, other_game):
    submit(other_game, user_id=767, coins=4)
    assert (score(robin, 31, "Kit"), score(robin, 41, "Kit")) == (None, 4)


@pytest.mark.parametrize("value", [0, MOST])
def test_the_whole_range_is_kept_exactly(robin, value):
    submit(robin, user_id=767, rank=value)
    assert score(robin, 34, "Kit") == value


@pytest.mark.parametrize("value", [-1, 1.5, "3", MOST + 1, None, True, 1e19])
def test_an_invalid_value_of_a_statistic_is_refused_and_changes_nothing(robin, value):
    operation = robin.place("submit")
    body = {"api_key": "made-up-api-key", "user_id": 767, "high-score": 5, "coins": value}
    response = robin.request(*operation, json=body).json()
    assert (response["success"], response["error"]) == (False, 400)
    assert "coins" in response["error_description"]
    assert score(robin, 33, "Kit") is None


def test_a_sum_stays_at_the_most_there_is(robin):
    submit(robin, user_id=767, coins=MOST)
    submit(robin, user_id=767, coins=7)
    assert score(robin, 31, "Kit") == MOST


def test_days_and_weeks_end(robin, clock):
    submit(robin, user_id=767, coins=5)
    clock.now_ms = MONDAY_MS - 1
    submit(robin, user_id=767, coins=1)
    scopes = ("daily", "weekly", "lifetime")
    assert [score(robin, 31, "Kit", each) for each in scopes] == [6, 6, 6]
    clock.now_ms = MONDAY_MS
    assert [score(robin, 31, "Kit", each) for each in scopes] == [None, None, 6]
    submit(robin, user_id=767, coins=2)
    clock.wait(hours=24)
    assert [score(robin, 31, "Kit", each) for each in scopes] == [None, 2, 8]


def test_each_scope_has_its_list_and_its_page(robin):
    lifetime = table(robin, 31)
    assert list(lifetime) == ["success", "lifetime_scores", "page_count", "per_page"]
    assert (lifetime["page_count"], lifetime["per_page"]) == (10, 4)
    assert lifetime["lifetime_scores"][0] == {
        "username": "Robin",
        "level": 12,
        "score": 1000,
        "avatar_url": "https://cdn.example/robin.png",
    }
    assert [each["score"] for each in table(robin, 31, page=2)["lifetime_scores"]] == [950, 940, 930, 920]
    assert len(table(robin, 31, page=10)["lifetime_scores"]) == 3
    assert table(robin, 31, page=11)["lifetime_scores"] == []
    assert (table(robin, 31, "weekly")["page_count"], table(robin, 31, "daily")["page_count"]) == (5, 3)


def test_pages_of_other_scopes_mean_nothing(robin):
    other = robin.ok("getHighScores", scope="lifetime", statistic_id=31, weekly_page=2, today_page=3)
    assert other == table(robin, 31)


def test_the_least_is_best_where_the_type_is_min(robin):
    scores = [each["score"] for each in table(robin, 32)["lifetime_scores"]]
    assert scores == [610, 620, 630, 640]


def test_of_equal_scores_the_lower_number_ranks_first(robin):
    for user_id in (768, 766, 765, 767):
        submit(robin, user_id=user_id, rank=7)
    assert [each["username"] for each in table(robin, 34)["lifetime_scores"]] == [
        "Robin",
        "Wren",
        "Kit",
        "Lark",
    ]


def test_an_empty_list_has_one_page(robin):
    found = table(robin, 34)
    assert (found["lifetime_scores"], found["page_count"]) == ([], 1)


def test_friends_and_the_player_are_ranked_among_themselves(robin, wren):
    friends = wren.ok("getFriendsHighScores", statistic_id=31, user_id=766)
    assert [each["username"] for each in friends.pop("friends_scores")] == ["Robin", "Wren"]
    assert friends == {"success": True, "page_count": 1, "per_page": 4}
    of_robin = robin.ok("getFriendsHighScores", statistic_id=31, user_id=765)
    assert [each["score"] for each in of_robin["friends_scores"]] == [1000, 990, 970, 960]
    assert of_robin["page_count"] == 3


def test_a_private_profile_has_no_friends(robin):
    found = robin.ok("getFriendsHighScores", statistic_id=31, user_id=767)
    assert (found["friends_scores"], found["page_count"]) == ([], 1)


def test_unknown_names_are_reported_as_not_found(robin):
    assert robin.refused("getHighScores", scope="daily", statistic_id=1) == (404, "Statistic not found")
    assert robin.refused("getFriendsHighScores", statistic_id=1, user_id=765) == (404, "Statistic not found")
    assert robin.refused("getFriendsHighScores", statistic_id=31, user_id=1) == (404, "User not found")
    assert robin.refused("submit", user_id=1, coins=1) == (404, "User not found")


def test_a_scope_that_does_not_exist_is_refused(robin):
    code, description = robin.refused("getHighScores", scope="yearly", statistic_id=31)
    assert (code, "scope" in description) == (400, True)
