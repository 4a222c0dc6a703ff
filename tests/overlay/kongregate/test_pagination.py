"""Friends and high scores come page after page, and end."""

import json

import httpx
import pytest

import kongregate
from kongregate import Friend


def profile(page, pages, numbers, names=None):
    return {
        "success": True,
        "user_id": 765,
        "username": "Robin",
        "private": False,
        "friends": [f"friend-{number}" for number in numbers] if names is None else names,
        "friend_ids": numbers,
        "muted_users": [],
        "muted_user_ids": [],
        "page_num": page,
        "num_pages": pages,
        "user_vars": {
            "username": "Robin",
            "level": 12,
            "points": 4711,
            "avatar_url": "a",
            "chat_avatar_url": "b",
            "developer": False,
            "moderator": False,
            "admin": False,
            "game_title": None,
            "game_url": None,
        },
    }


def pages_of_friends(*pages):
    def answer(request):
        number = int(request.url.params.get("page_num", 1))
        return httpx.Response(200, json=profile(number, len(pages), pages[number - 1]))

    return answer


async def collect(items):
    return [each async for each in items]


def test_friends_of_every_page_come_in_order(kong, server):
    server.answer = pages_of_friends([1, 2], [3], [4, 5])
    friends = list(kong.players.iter_friends(user_id=765))
    assert friends == [Friend(number, f"friend-{number}") for number in (1, 2, 3, 4, 5)]
    assert [dict(each.url.params) for each in server.requests] == [
        {"user_id": "765", "friends": "true"},
        {"user_id": "765", "page_num": "2", "friends": "true"},
        {"user_id": "765", "page_num": "3", "friends": "true"},
    ]


async def test_awaited_friends_of_every_page_come_in_order(async_kong, server):
    server.answer = pages_of_friends([1, 2], [3])
    friends = await collect(async_kong.players.iter_friends(username="Robin"))
    assert friends == [Friend(number, f"friend-{number}") for number in (1, 2, 3)]
    assert [each.url.params["username"] for each in server.requests] == ["Robin", "Robin"]


def test_a_page_is_fetched_when_its_first_friend_is_asked_for(kong, server):
    server.answer = pages_of_friends([1, 2], [3])
    friends = kong.players.iter_friends(user_id=765)
    assert server.requests == []
    assert [next(friends).user_id, next(friends).user_id] == [1, 2]
    assert len(server.requests) == 1


def test_a_private_profile_has_no_friends(kong, server):
    server.answer = httpx.Response(200, json=profile(1, 0, []))
    assert list(kong.players.iter_friends(user_id=767)) == []


async def test_friends_come_by_page_and_go_on_from_one(kong, async_kong, server):
    server.answer = pages_of_friends([1, 2], [3], [4, 5])
    first = next(kong.players.iter_friends(user_id=765).by_page())
    assert ([each.user_id for each in first.items], first.position, first.next_position) == ([1, 2], 1, 2)
    assert first.body.num_pages == 3
    rest = kong.players.iter_friends(user_id=765, page=first.next_position)
    assert [each.user_id for each in rest] == [3, 4, 5]
    awaited = async_kong.players.iter_friends(user_id=765, page=3).by_page()
    (last,) = await collect(awaited)
    assert ([each.user_id for each in last.items], last.next_position) == ([4, 5], None)


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ({}, kongregate.MissingArgument),
        ({"user_id": None}, kongregate.MissingArgument),
        ({"user_id": 765, "username": "Robin"}, kongregate.InvalidArgument),
    ],
)
def test_friends_are_of_one_player_named_in_one_way(kong, server, who, kind):
    with pytest.raises(kind, match="one player's friends: give user_id or username") as raised:
        list(kong.players.iter_friends(**who))
    assert raised.value.operation_id == "getUserInfo"
    assert server.requests == []


def test_a_server_that_repeats_a_page_does_not_loop(kong, server):
    server.answer = httpx.Response(200, json=profile(1, 9, [1, 2]))
    with pytest.raises(kongregate.PaginationError):
        list(kong.players.iter_friends(user_id=765))
    assert len(server.requests) == 2


def test_a_server_that_answers_with_another_page_is_found_out(kong, server):
    def answer(request):
        asked = int(request.url.params.get("page_num", 1))
        return httpx.Response(200, json=profile(asked if asked == 1 else asked + 1, 9, [asked]))

    server.answer = answer
    with pytest.raises(kongregate.PaginationError, match="asked for the page at 2, got the one at 3"):
        list(kong.players.iter_friends(user_id=765))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            profile(1, 1, [1, 2], ["Wren"]),
            "getUserInfo: friend_ids: expected 1 numbers, one for each name, got 2",
        ),
        (
            {"success": True, "users": []},
            "getUserInfo: expected one player's profile, got a list of profiles",
        ),
    ],
)
def test_a_page_that_holds_something_else_is_a_decode_error(kong, server, body, told):
    server.answer = httpx.Response(200, json=body)
    with pytest.raises(kongregate.DecodeError) as raised:
        list(kong.players.iter_friends(user_id=765))
    assert str(raised.value) == told


def test_several_profiles_are_read_though_they_are_called_plain_text(kong, server):
    several = {"success": True, "users": [profile(1, 1, []), profile(1, 1, [])]}
    server.answer = httpx.Response(
        200, content=json.dumps(several), headers={"content-type": "text/plain; charset=utf-8"}
    )
    found = kong.players.get_user_info(user_ids=[765, 766])
    assert [(each.username, each.friends, each.num_pages) for each in found.users] == [("Robin", [], 1)] * 2


# ---- high scores

PAGE_OF = {"daily": "today_page", "weekly": "weekly_page", "lifetime": "lifetime_page"}


def pages_of_scores(scope, *pages):
    def answer(request):
        number = int(request.url.params.get(PAGE_OF[scope], 1))
        scores = [
            {"username": "Robin", "level": 1, "score": score, "avatar_url": "a"}
            for score in pages[number - 1]
        ]
        others = {f"{other}_scores": [] for other in PAGE_OF if other != scope}
        return httpx.Response(
            200,
            json={
                "success": True,
                "page_count": len(pages),
                "per_page": 2,
                f"{scope}_scores": scores,
                **others,
            },
        )

    return answer


@pytest.mark.parametrize("scope", PAGE_OF)
def test_scores_are_paged_by_the_parameter_of_their_scope(kong, server, scope):
    server.answer = pages_of_scores(scope, [9, 8], [7])
    assert [each.score for each in kong.statistics.iter_high_scores(statistic_id=31, scope=scope)] == [
        9,
        8,
        7,
    ]
    assert [each.url.path for each in server.requests] == [f"/api/high_scores/{scope}/31.json"] * 2
    assert [dict(each.url.params) for each in server.requests] == [{}, {PAGE_OF[scope]: "2"}]


@pytest.mark.parametrize("scope", PAGE_OF)
async def test_awaited_scores_are_paged_by_the_parameter_of_their_scope(async_kong, server, scope):
    server.answer = pages_of_scores(scope, [9, 8], [7])
    scores = await collect(async_kong.statistics.iter_high_scores(statistic_id=31, scope=scope))
    assert [each.score for each in scores] == [9, 8, 7]
    assert [dict(each.url.params) for each in server.requests] == [{}, {PAGE_OF[scope]: "2"}]


async def test_scores_come_by_page_and_go_on_from_one(kong, async_kong, server):
    server.answer = pages_of_scores("weekly", [9, 8], [7])
    which = {"statistic_id": 31, "scope": "weekly"}
    first, second = kong.statistics.iter_high_scores(**which).by_page()
    assert ([each.score for each in first.items], first.next_position) == ([9, 8], 2)
    assert (second.position, second.next_position, second.body.page_count) == (2, None, 2)
    rest = async_kong.statistics.iter_high_scores(**which, page=first.next_position)
    assert [each.score for each in await collect(rest)] == [7]


@pytest.mark.parametrize("page", ["2", True, 1.5])
def test_a_page_to_begin_with_is_a_number(kong, server, page):
    told = "page: expected an integer"
    with pytest.raises(kongregate.InvalidArgument, match=f"^getHighScores: {told}"):
        kong.statistics.iter_high_scores(statistic_id=31, scope="weekly", page=page)
    with pytest.raises(kongregate.InvalidArgument, match=f"^getUserInfo: {told}"):
        kong.players.iter_friends(user_id=765, page=page)
    assert server.requests == []


def test_scores_of_no_scope_are_refused_before_the_network(kong, server):
    with pytest.raises(kongregate.InvalidArgument, match="daily, weekly, lifetime") as raised:
        list(kong.statistics.iter_high_scores(statistic_id=31, scope="monthly"))
    assert raised.value.request_line == "GET /api/high_scores/{scope}/{statistic_id}.json"
    assert server.requests == []


def test_scores_of_another_scope_do_not_count(kong, server):
    server.answer = httpx.Response(
        200, json={"success": True, "page_count": 1, "per_page": 2, "daily_scores": []}
    )
    with pytest.raises(kongregate.DecodeError, match="weekly_scores: expected array, got nothing"):
        list(kong.statistics.iter_high_scores(statistic_id=31, scope="weekly"))


def test_a_server_that_repeats_its_scores_does_not_loop(kong, server):
    score = {"username": "Robin", "level": 1, "score": 9, "avatar_url": "a"}
    server.answer = httpx.Response(
        200, json={"success": True, "page_count": 10**9, "per_page": 2, "daily_scores": [score, score]}
    )
    with pytest.raises(kongregate.PaginationError):
        list(kong.statistics.iter_high_scores(statistic_id=31, scope="daily"))
    assert len(server.requests) == 2
