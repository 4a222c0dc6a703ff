"""Iterators give what is on all pages, in order, each once, with as many requests as that needs."""

from __future__ import annotations

import asyncio
import itertools
import json

import httpx
import pytest
from hypothesis import strategies as st

import kongregate
from kongregate import AsyncKongregate, Friend, Kongregate
from kongregate_client.models import HighScore

SCOPES = {"daily": "today_page", "weekly": "weekly_page", "lifetime": "lifetime_page"}
LISTS = ("friends", *SCOPES)
VARS = {
    **dict.fromkeys(("username", "avatar_url", "chat_avatar_url"), "a"),
    **dict.fromkeys(("level", "points"), 1),
    **dict.fromkeys(("developer", "moderator", "admin"), False),
    **dict.fromkeys(("game_title", "game_url")),
}


def score(number):
    return {"username": f"player-{number}", "level": 1, "score": number, "avatar_url": "a"}


def profile(numbers, page, pages, **others):
    return {
        "success": True,
        "user_id": 765,
        "username": "Robin",
        "private": False,
        "friends": [f"player-{each}" for each in numbers],
        "friend_ids": numbers,
        "muted_users": [],
        "muted_user_ids": [],
        "page_num": page,
        "num_pages": pages,
        "user_vars": VARS,
        **others,
    }


class Pages(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A server with these numbers on its pages. `spoil` makes something else of one of them.

    Attributes:
        asked: The pages that were asked for, in order.
        marks: What the requests said in a header of their own.
    """

    def __init__(self, name, pages, spoil=None):
        self.asked, self.marks = [], set()
        self._name = name
        self._pages = pages
        self._spoil = spoil or (lambda _page, body: body)

    def handle_request(self, request):
        query = dict(request.url.params)
        if self._name == "friends":
            assert request.url.path == "/api/user_info.json"
            assert query.pop("friends") == "true"
            assert query.pop("user_id", None) or query.pop("username")
            page = int(query.pop("page_num", 1))
        else:
            assert request.url.path == f"/api/high_scores/{self._name}/31.json"
            page = int(query.pop(SCOPES[self._name], 1))
        assert query == {}
        self.asked.append(page)
        self.marks.add(request.headers.get("x-mark"))
        found = self._spoil(page, self._body(page))
        return found if isinstance(found, httpx.Response) else respond(200, found)

    async def handle_async_request(self, request):
        return self.handle_request(request)

    def _body(self, page):
        numbers = self._pages[page - 1] if 0 < page <= len(self._pages) else []
        if self._name == "friends":
            return profile(numbers, page, len(self._pages))
        scores = {f"{self._name}_scores": [score(each) for each in numbers]}
        return {"success": True, **scores, "page_count": len(self._pages), "per_page": 3}

    def run(self, use, **arguments):
        """What comes of an iterator that is used in some way, which is the same for sync and async."""
        self.asked = []
        settings = {
            "base_url": "https://kongregate.example",
            "httpx_args": {"transport": self},
            "max_retries": 0,
        }
        with Kongregate("made-up-api-key", **settings) as kong:
            found = drain(use(self._items(kong, arguments)))
        asked, self.asked = self.asked, []

        async def awaiting():
            async with AsyncKongregate("made-up-api-key", **settings) as kong:
                return await drain_async(use(self._items(kong, arguments)))

        assert asyncio.run(awaiting()) == found
        assert self.asked == asked
        return found

    def _items(self, kong, arguments):
        if self._name == "friends":
            return kong.players.iter_friends(**{"user_id": 765, **arguments})
        return kong.statistics.iter_high_scores(statistic_id=31, scope=self._name, **arguments)


def respond(status, body):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(content))


def drain(items):
    """Everything that comes, or as many as are wanted; and the name of the error that ends it."""
    found = []
    try:
        found.extend(itertools.islice(*items) if isinstance(items, tuple) else items)
    except kongregate.APIError as error:
        return found, type(error).__name__
    return found, None


async def drain_async(items):
    found = []
    items, most = items if isinstance(items, tuple) else (items, None)
    try:
        while most is None or len(found) < most:
            found.append(await anext(items))
    except StopAsyncIteration:
        pass
    except kongregate.APIError as error:
        return found, type(error).__name__
    return found, None


def all_of(items):
    return items


def as_items(name, numbers):
    if name == "friends":
        return [Friend(each, f"player-{each}") for each in numbers]
    return [HighScore.from_dict(score(each)) for each in numbers]


@st.composite
def paged(draw, min_size=1):
    """Numbers on pages: none of them empty, but perhaps the only one."""
    if min_size == 1 and draw(st.integers(0, 9)) == 0:
        return [[]]
    numbers = draw(st.lists(st.integers(1, 10**6), min_size=max(1, min_size), max_size=12, unique=True))
    size = draw(st.integers(1, len(numbers) + 1))
    return [numbers[start : start + size] for start in range(0, len(numbers), size)]


def joined(pages):
    return [each for page in pages for each in page]


@pytest.mark.parametrize("name", LISTS)
def test_all_pages_come_in_order(properties, name):
    def check(pages, data):
        server = Pages(name, pages)
        assert server.run(all_of) == (as_items(name, joined(pages)), None)
        assert server.asked == [*range(1, len(pages) + 1)]
        first = data.draw(st.integers(1, len(pages)))
        assert server.run(all_of, page=first) == (as_items(name, joined(pages[first - 1 :])), None)
        assert server.asked == [*range(first, len(pages) + 1)]

    properties.hold(check, paged(), st.data(), share=0.5)


@pytest.mark.parametrize("name", LISTS)
def test_every_page_is_asked_for_with_the_options_of_the_call(name):
    server = Pages(name, [[1], [2]])
    found, error = server.run(all_of, options=kongregate.Options(headers={"X-Mark": "made up"}))
    assert (found, error) == (as_items(name, [1, 2]), None)
    assert server.marks == {"made up"}


@pytest.mark.parametrize("name", LISTS)
def test_who_stops_early_has_asked_for_no_more(properties, name):
    def check(pages, data):
        numbers = joined(pages)
        count = data.draw(st.integers(0, len(numbers)))
        server = Pages(name, pages)
        assert server.run(lambda items: (items, count)) == (as_items(name, numbers[:count]), None)
        ends = [sum(map(len, pages[:each])) for each in range(len(pages))]
        assert server.asked == [each + 1 for each, end in enumerate(ends) if end < count]

    properties.hold(check, paged(), st.data(), share=0.5)


@pytest.mark.parametrize("name", LISTS)
def test_whole_pages_say_where_the_next_one_is(properties, name):
    def check(pages):
        server = Pages(name, pages)
        found, error = server.run(lambda items: items.by_page())
        assert error is None
        assert [[*each.items] for each in found] == [as_items(name, page) for page in pages]
        assert [each.position for each in found] == [*range(1, len(pages) + 1)]
        assert [each.next_position for each in found] == [*range(2, len(pages) + 1), None]
        counts = [each.body.num_pages if name == "friends" else each.body.page_count for each in found]
        assert counts == [len(pages)] * len(pages)
        assert server.asked == [*range(1, len(pages) + 1)]

    properties.hold(check, paged(), share=0.5)


TROUBLES = {
    "an error": (lambda _page, _body: respond(500, b""), "InternalServerError"),
    "a failure": (
        lambda _page, _body: {"success": False, "error": 404, "error_description": "made up"},
        "Failed",
    ),
    "no JSON": (lambda _page, body: respond(200, json.dumps(body).encode()[:-1]), "DecodeError"),
    "no list": (
        lambda _page, body: {
            key: value
            for key, value in body.items()
            if key not in ("friend_ids", *(f"{each}_scores" for each in SCOPES))
        },
        "DecodeError",
    ),
}


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("name", LISTS)
def test_trouble_at_one_page_comes_after_the_items_before_it(properties, name, trouble):
    spoil, error = TROUBLES[trouble]

    def check(pages, data):
        spoiled = data.draw(st.integers(1, len(pages)))
        server = Pages(name, pages, lambda page, body: spoil(page, body) if page == spoiled else body)
        assert server.run(all_of) == (as_items(name, joined(pages[: spoiled - 1])), error)
        assert server.asked == [*range(1, spoiled + 1)]

    properties.hold(check, paged(), st.data(), share=0.25)


@pytest.mark.parametrize("name", LISTS)
def test_after_trouble_the_same_page_is_asked_for_again(properties, name):
    def check(pages, data):
        spoiled = data.draw(st.integers(1, len(pages)))
        left = [1]

        def once(page, body):
            return respond(503, b"") if page == spoiled and left and left.pop() else body

        server = Pages(name, pages, once)
        with Kongregate(
            "made-up-api-key", "https://kongregate.example", max_retries=0, httpx_args={"transport": server}
        ) as kong:
            items = server._items(kong, {})
            found, error = drain(items)
            assert error == "ServiceUnavailable"
            rest, error = drain(items)
        assert (found + rest, error) == (as_items(name, joined(pages)), None)
        assert server.asked == [*range(1, spoiled + 1), *range(spoiled, len(pages) + 1)]

    properties.hold(check, paged(), st.data(), share=0.25)


@pytest.mark.parametrize("name", LISTS)
def test_pages_that_come_again_end_in_an_error(properties, name):
    """A server that says there are more pages, and goes round in a circle of them, sooner or later."""

    def check(pages, before, first):
        circle = [each for each in pages if len(each) > 1]
        if not circle:
            return

        def numbers_of(page):
            if page <= before:
                return [10**6 + page, 10**7 + page]
            return circle[(page - before - 1) % len(circle)]

        def again(page, body):
            assert page < 100, "nobody notices"
            numbers = numbers_of(page)
            if name == "friends":
                return profile(numbers, page, 10**6, page_num=first)
            return {**body, f"{name}_scores": [score(each) for each in numbers], "page_count": 10**6}

        server = Pages(name, pages, again)
        found, error = server.run(all_of)
        assert error == "PaginationError"
        # A page is compared with one before it: the first, the second, the fourth, the eighth and so on.
        noticed = next(
            page
            for page in itertools.count(2)
            if numbers_of(page) == numbers_of(1 << ((page - 1).bit_length() - 1))
        )
        # Pages of friends have numbers, and the second says that it is the first.
        assert len(server.asked) == (2 if name == "friends" else noticed)
        assert found == as_items(name, joined([numbers_of(each) for each in server.asked[:-1]]))

    properties.hold(check, paged(min_size=2), st.sampled_from([0, 0, 1, 3, 6]), st.just(1), share=0.5)


@pytest.mark.parametrize("name", [each for each in LISTS if each != "friends"])
def test_a_single_item_may_come_again_a_hundred_times(name):
    """Others may have the same score; a server that never says anything else goes round in a circle."""
    server = Pages(name, [[7]] * 100)
    assert server.run(all_of) == (as_items(name, [7] * 100), None)
    always = {f"{name}_scores": [score(7)], "page_count": 10**6}
    endless = Pages(name, [[7]], lambda _, body: {**body, **always})
    found, error = endless.run(all_of)
    assert error == "PaginationError"
    assert found == as_items(name, [7] * (len(endless.asked) - 1))
    assert 100 < len(endless.asked) < 300


def test_a_page_that_says_it_is_another_one_is_refused(properties):
    def check(pages, data):
        spoiled = data.draw(st.integers(2, len(pages)))
        said = data.draw(st.integers(1, 9).filter(lambda each: each != spoiled))
        server = Pages(
            "friends", pages, lambda page, body: {**body, "page_num": said if page == spoiled else page}
        )
        assert server.run(all_of) == (as_items("friends", joined(pages[: spoiled - 1])), "PaginationError")

    properties.hold(check, paged(min_size=2).filter(lambda pages: len(pages) > 1), st.data(), share=0.5)


def test_an_empty_page_is_the_last_one(properties):
    """Friends may go while their pages are read."""

    def check(name, pages, data):
        emptied = data.draw(st.integers(1, len(pages)))

        def empty(page, body):
            if page < emptied:
                return body
            keys = ("friends", "friend_ids", f"{name}_scores")
            return {key: [] if key in keys else value for key, value in body.items()}

        server = Pages(name, pages, empty)
        assert server.run(all_of) == (as_items(name, joined(pages[: emptied - 1])), None)
        assert server.asked == [*range(1, emptied + 1)]

    properties.hold(check, st.sampled_from(LISTS), paged(), st.data())


def test_friends_have_a_number_and_a_name_each(properties):
    def check(pages, extra):
        def lacking(_page, body):
            return {
                **body,
                "friends": body["friends"] + extra[1:],
                "friend_ids": body["friend_ids"][: -len(extra)],
            }

        assert Pages("friends", pages, lacking).run(all_of) == ([], "DecodeError")

    pages = st.lists(st.integers(1, 100), min_size=3, max_size=5).map(lambda page: [page])
    properties.hold(check, pages, st.sampled_from([["a"], ["a", "b"]]), share=0.3)


def test_a_list_of_profiles_is_nobodys_friends():
    server = Pages("friends", [[1]], lambda _page, body: {"success": True, "users": [body]})
    assert server.run(all_of) == ([], "DecodeError")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"user_id": None}, kongregate.MissingArgument),
        ({"username": "Robin"}, kongregate.InvalidArgument),
        ({"user_id": "765"}, kongregate.InvalidArgument),
        ({"user_id": True}, kongregate.InvalidArgument),
        ({"user_id": None, "username": ""}, kongregate.InvalidArgument),
        ({"user_id": None, "username": 7}, kongregate.InvalidArgument),
        *(({"page": page}, kongregate.InvalidArgument) for page in ("1", 1.0, True, [1])),
    ],
)
def test_what_is_no_friends_list_is_refused_before_anything_is_sent(arguments, error):
    server = Pages("friends", [[1]])
    with (
        Kongregate("made-up-api-key", httpx_args={"transport": server}) as kong,
        pytest.raises(error) as told,
    ):
        kong.players.iter_friends(**{"user_id": 765, **arguments})
    assert server.asked == []
    assert "page" not in arguments or ": page: expected an integer" in str(told.value)


@pytest.mark.parametrize(
    "arguments", [{"username": None}, {"user_id": None, "username": "Robin"}, {"page": None}]
)
def test_none_is_left_out_of_a_friends_list(arguments):
    server = Pages("friends", [[1]])
    with Kongregate("made-up-api-key", httpx_args={"transport": server}) as kong:
        assert [each.user_id for each in kong.players.iter_friends(**{"user_id": 765, **arguments})] == [1]
    assert server.asked == [1]


@pytest.mark.parametrize(
    "arguments",
    [
        *({"scope": scope} for scope in ("", "Daily", "today", "friends", None, 7, [])),
        {"page": "1"},
        {"page": True},
    ],
)
def test_what_is_no_scope_is_refused_before_anything_is_sent(arguments):
    server = Pages("daily", [[1]])
    settings = {"httpx_args": {"transport": server}}
    for kong in (Kongregate("made-up-api-key", **settings), AsyncKongregate("made-up-api-key", **settings)):
        with pytest.raises(kongregate.InvalidArgument):
            kong.statistics.iter_high_scores(**{"statistic_id": 31, "scope": "daily", **arguments})
    assert server.asked == []
