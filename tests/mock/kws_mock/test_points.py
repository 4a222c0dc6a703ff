import pytest

from kws_mock import points
from kws_mock.access import Subject

STAR = {"currencyId": 2, "singularName": "Star", "pluralName": "Stars"}
SHELL = {"currencyId": 3, "singularName": "Shell", "pluralName": "Shells"}
SAFE = 2**53 - 1
FIRST_DAY_MS = 1_709_251_200_000
"""2024-03-01: the day of the first transactions in the seed. Each further one is a day later."""


def trigger(client, user=5073, **body):
    return client.call("triggerEvent", **{"userId": user, "token": "finished-level", **body})


def score(client, user=5073, **query):
    return client.call("getScore", userId=user, **query).json()


def leaders(client, **query):
    return client.call("getLeaderboard", **query).json()


def has_triggered(client, event_id):
    return client.call("hasTriggeredEvent", eventId=event_id)


def test_points_are_summed_by_currency(app):
    assert app.call("getPoints").json() == {
        "total": [{"sum": 20, **STAR}, {"sum": 13, **SHELL}],
        "pending": [{"sum": 15, **SHELL}],
        "totalReceived": [{"sum": 20, **STAR}, {"sum": 28, **SHELL}],
    }


def test_global_points_are_those_of_all_apps_of_the_owner_less_what_was_spent(app):
    points = app.call("getGlobalPoints").json()
    assert points["total"] == [{"sum": 25, **STAR}, {"sum": 13, **SHELL}]
    assert points["totalReceived"] == [{"sum": 29, **STAR}, {"sum": 28, **SHELL}]


def test_another_owners_points_are_not_seen(kws):
    assert kws.app(400).call("getGlobalPoints", userId=5075).json()["total"][0]["sum"] == 12
    assert kws.app(356).call("getGlobalPoints", userId=5076).json()["total"] == [{"sum": 4386, **STAR}]


def test_a_user_without_points_has_empty_lists(app):
    empty = {"total": [], "pending": [], "totalReceived": []}
    assert app.call("getPoints", userId=5074).json() == empty


@pytest.mark.parametrize(("body", "awarded"), [({}, 10), ({"points": 3}, 3), ({"points": 2.0}, 2)])
def test_an_event_awards_its_points_or_those_asked_for(app, body, awarded):
    response = trigger(app, **body)
    assert (response.status_code, response.content) == (204, b"")
    assert app.call("getPoints").json()["totalReceived"][0] == {
        "sum": 20 + awarded,
        **STAR,
    }
    assert app.call("getGlobalPoints").json()["totalReceived"][0] == {"sum": 29 + awarded, **STAR}
    assert score(app)["score"] == 20 + awarded


def test_an_event_is_refused_once_its_limit_is_reached(app):
    for _ in range(10):
        assert has_triggered(app, 12).json() == {"hasTriggeredEvent": False}
        assert trigger(app).status_code == 204
    assert has_triggered(app, 12).json() == {"hasTriggeredEvent": True}
    response = trigger(app)
    assert (response.status_code, response.json()["code"]) == (403, 1)
    assert score(app)["score"] == 120


def test_a_limit_counts_for_each_user_and_each_event(app):
    for _ in range(10):
        trigger(app)
    assert trigger(app, user=5074).status_code == 204
    assert has_triggered(app, 13).json() == {"hasTriggeredEvent": False}


def test_an_event_without_a_limit_is_never_used_up(kws):
    forest = kws.app(400)
    for _ in range(12):
        assert forest.call("triggerEvent", userId=5075, token="climbed-tree").status_code == 204
    response = forest.call("hasTriggeredEvent", userId=5075, eventId=15)
    assert response.json() == {"hasTriggeredEvent": False}


@pytest.mark.parametrize("code", ["nothing", "first-swim"])
def test_an_event_of_no_app_or_of_another_one_is_not_found(app, code):
    response = trigger(app, token=code)
    assert (response.status_code, response.json()["code"], response.json()["errorMessage"]) == (
        404,
        2,
        "event not found",
    )


@pytest.mark.parametrize("event_id", [1, 14])
def test_the_limit_of_an_unknown_event_is_not_found(app, event_id):
    assert has_triggered(app, event_id).status_code == 404


def test_nobody_holds_more_points_than_json_keeps_exact(kws, app):
    with kws.behaviour._store.transaction() as connection:
        points.record(connection, Subject(355, 5073), 2, points.RECEIVED, SAFE - 29, now_ms=0)
    response = trigger(app, points=1)
    assert (response.status_code, response.json()["code"]) == (409, 10)
    assert app.call("getGlobalPoints").json()["totalReceived"][0]["sum"] == SAFE


def test_the_message_to_the_user_has_the_points(kws, app):
    trigger(app, points=5, description="<b>{{POINTS}}</b> of {{POINTS}}")
    with kws.behaviour._store.transaction() as connection:
        query = "SELECT message FROM transactions WHERE message IS NOT NULL"
        assert connection.exec_driver_sql(query).scalars().all() == ["<b>5</b> of 5"]


def test_the_leaderboard_ranks_everybody_the_best_first(app):
    board = leaders(app)
    assert (board["offset"], board["limit"], board["count"]) == (0, 1000, 12)
    assert [each["rank"] for each in board["results"]] == list(range(1, 13))
    scores = [each["score"] for each in board["results"]]
    assert scores == sorted(scores, reverse=True)
    assert board["results"][0] == {"rank": 1, "score": 4386, "user": "SunnySeal3"}
    assert board["results"][-1] == {"rank": 12, "score": 0, "user": "HappyHeron404"}


def test_equal_scores_are_ranked_by_user_id_and_a_deleted_name_is_null(app):
    assert leaders(app, offset=1, limit=2)["results"] == [
        {"rank": 2, "score": 1235, "user": "CleverHeron88"},
        {"rank": 3, "score": 1235, "user": None},
    ]
    assert score(app, user=5077) == {"score": 1235, "rank": 2}
    assert score(app, user=5078) == {"score": 1235, "rank": 3}


def test_pages_of_the_leaderboard_make_up_the_whole(app):
    whole = leaders(app)["results"]
    pages = [leaders(app, offset=offset, limit=5) for offset in range(0, 20, 5)]
    assert [each for page in pages for each in page["results"]] == whole
    assert {page["count"] for page in pages} == {12}
    assert pages[-1]["results"] == []


def test_score_and_leaderboard_agree_for_everybody(app):
    rows = {(each["rank"], each["score"]) for each in leaders(app)["results"]}
    ids = [5073, 5074, *range(5076, 5086)]
    assert {(each["rank"], each["score"]) for each in (score(app, user=user) for user in ids)} == rows


def test_an_interval_includes_its_start_and_excludes_its_end(app, clock):
    clock.now_ms += 1000
    trigger(app, points=6)
    at = clock.now_ms
    expected = {
        (at, at + 1): 6,
        (at, None): 6,
        (at + 1, None): 0,
        (at - 1, at): 0,
        (None, at): 20,
        (at, at): 0,
    }
    for (start, end), received in expected.items():
        query = {name: value for name, value in (("start", start), ("end", end)) if value is not None}
        assert score(app, **query)["score"] == received
    assert leaders(app, start=at, limit=1)["results"] == [{"rank": 1, "score": 6, "user": "BraveOtter17"}]


def test_the_leaderboard_of_a_day_has_that_days_points(app):
    start = FIRST_DAY_MS + 5 * 86_400_000
    board = leaders(app, start=start, end=start + 86_400_000, limit=2)["results"]
    assert [(each["score"], each["rank"]) for each in board] == [(4000, 1), (0, 2)]


@pytest.mark.parametrize("operation", ["getLeaderboard", "getScore"])
def test_an_interval_that_ends_before_it_starts_is_refused(app, operation):
    response = app.call(operation, start=2, end=1)
    assert (response.status_code, response.json()["invalid"]["start"]["code"]) == (400, 7)


def test_a_score_is_of_one_currency(app):
    assert score(app, currencyId=3) == {"score": 28, "rank": 1}
    assert score(app, currencyId=2) == score(app)


@pytest.mark.parametrize(
    "given", [{}, {"currencyId": 3}, {"start": FIRST_DAY_MS + 1}, {"end": FIRST_DAY_MS + 1}]
)
def test_what_is_left_empty_in_a_score_counts_as_left_out(app, given):
    """The documented example: `score?start=&end=&currencyId=`."""
    assert score(app, **{"start": "", "end": "", "currencyId": "", **given}) == score(app, **given)


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        ("getLeaderboard", "start"),
        ("getLeaderboard", "limit"),
        ("getAppData", "name"),
        ("getChildAge", "dob"),
    ],
)
def test_elsewhere_an_empty_parameter_is_refused(app, operation, name):
    response = app.call(operation, **{name: ""})
    assert (response.status_code, response.json()["invalid"][name]["code"]) == (400, 7)


def test_a_whole_number_may_have_a_point(app):
    assert leaders(app, limit="5.0", offset="1e0") == leaders(app, limit=5, offset=1)
    assert app.call("getScore", userId="5073.0").json() == score(app)
    assert app.call("getLeaderboard", limit="5.5").status_code == 400
    assert app.call("setAppData", name="level", value=5.0).status_code == 204
    assert app.call("getAppData", name="level").json()["results"] == [{"name": "level", "value": 5}]


@pytest.mark.parametrize("currency_id", [1, 4])
def test_an_unknown_currency_or_one_of_another_owner_is_not_found(app, currency_id):
    response = app.call("getScore", currencyId=currency_id)
    assert (response.status_code, response.json()["errorMessage"]) == (404, "currency not found")


@pytest.mark.parametrize("scope", ["app", "frontend"])
def test_anybody_with_a_token_of_the_app_sees_its_leaderboard(kws, scope):
    assert kws.app(scope=scope).call("getLeaderboard").status_code == 200
    assert kws.app(356, scope=scope).call("getLeaderboard", appId=355).status_code == 403
    assert kws.app(scope=scope).call("getLeaderboard", appId=9).status_code == 404
