"""A callback gets the documented response: the game's reply, or a line that says what is wrong."""

from __future__ import annotations

import asyncio
import json
import logging
from itertools import chain, repeat

import pytest
from fuzz_kongregate import callbacks
from fuzz_kongregate.callbacks import FAULTS, KEY
from hypothesis import reject
from hypothesis import strategies as st
from starlette.applications import Starlette

import kongregate
from kongregate import GameQuery, Item, handle_callback, items_reply, parse_callback
from kongregate.starlette import callback_route

PLAIN = "text/plain; charset=utf-8"
TEXTS = st.one_of(st.sampled_from(["a", " a ", "ä\N{PILE OF POO}", '"\\', "<b>", "\ud800"]), callbacks.texts)
WORDS = TEXTS.filter(str.strip)
BLANKS = st.sampled_from(["", " ", "\t\n", "\N{NO-BREAK SPACE}"])
PRICES = st.one_of(st.integers(0, 100), st.just(2**63 - 1))
ITEMS = st.fixed_dictionaries({"name": WORDS, "description": WORDS, "price": PRICES, "image_url": WORDS})
STATES = {"completed": kongregate.completed, "canceled": kongregate.canceled}
STICK = {"name": "Stick", "description": "It shines.", "price": 2, "image_url": "https://cdn.example/s.png"}


def bodies(event):
    """Good callbacks of an event, as they are received."""
    if event == "invalidate_user_inventory":
        return callbacks.notices().map(lambda fields: callbacks.encoded([*fields.items()]).encode())
    forms = callbacks.orders(events=[event]).map(lambda each: {"signed_request": callbacks.sign(each)})
    return forms.map(lambda fields: callbacks.encoded([*fields.items()]).encode())


def any_bodies():
    return st.sampled_from([*callbacks.ORDER_EVENTS, "invalidate_user_inventory"]).flatmap(bodies)


def answer(event):
    match event:
        case kongregate.ItemOrderRequest():
            return items_reply([Item(**STICK)])
        case kongregate.ItemOrderPlaced():
            return kongregate.completed()
        case _:
            return None


def assert_response(response, status, media_type, body):
    assert (response.status, response.body) == (status, body)
    assert response.headers == {"Content-Type": media_type, "Content-Length": str(len(body))}


# ---- replies that are right


def test_a_request_is_answered_with_the_items(properties):
    def check(body, items, make):
        response = handle_callback(body, api_key=KEY, on_event=lambda _: make(items))
        assert_response(response, 200, "application/json", json.dumps(json.loads(response.body)).encode())
        assert json.loads(response.body) == {"items": items}

    ways = st.sampled_from(
        [
            lambda items: items_reply([Item(**each) for each in items]),
            lambda items: items_reply(Item(**each) for each in items),
            lambda items: {"items": items},
            lambda items: {"items": tuple(Item(**each) for each in items)},
        ]
    )
    properties.hold(check, bodies("item_order_request"), st.lists(ITEMS, min_size=1, max_size=4), ways)


@pytest.mark.parametrize("state", STATES)
def test_a_placed_order_is_answered_with_its_state(properties, state):
    def check(body, by_hand):
        reply = {"state": state} if by_hand else STATES[state]()
        response = handle_callback(body, api_key=KEY, on_event=lambda _: reply)
        assert_response(response, 200, "application/json", b'{"state": "%s"}' % state.encode())

    properties.hold(check, bodies("item_order_placed"), st.booleans(), share=0.3)


def test_a_notice_is_answered_with_nothing(properties):
    def check(body):
        assert_response(handle_callback(body, api_key=KEY, on_event=lambda _: None), 200, PLAIN, b"")

    properties.hold(check, bodies("invalidate_user_inventory"), share=0.3)


def test_the_game_is_told_of_the_event_once(properties):
    def check(body):
        seen = []
        handle_callback(body, api_key=KEY, on_event=lambda event: (seen.append(event), answer(event))[1])
        assert seen == [parse_callback(body, api_key=KEY)]

    properties.hold(check, any_bodies())


# ---- replies that are wrong


def broken(item):
    """The item with one thing wrong."""
    names = st.sampled_from(["name", "description", "image_url"])
    values = st.one_of(BLANKS, st.sampled_from([None, 7, [], {}]))
    texts = st.tuples(names, values).map(lambda pair: {**item, pair[0]: pair[1]})
    prices = st.sampled_from([-1, 1.5, True, "2", None, float("nan"), []]).map(
        lambda price: {**item, "price": price}
    )
    lacking = st.sampled_from(sorted(item)).map(
        lambda name: {each: value for each, value in item.items() if each != name}
    )
    return st.one_of(texts, prices, lacking, st.sampled_from([None, "Stick", 7, []]))


def replies_to(event):
    """Replies that the event does not take."""
    completed = st.sampled_from([{"state": "completed"}, {"state": "canceled"}])
    items = ITEMS.map(lambda item: {"items": [item]})
    odd = st.sampled_from(["", "completed", 0, False, [], {}, object(), print, b"{}"])
    nothing = st.none()
    if event == "item_order_request":
        with_broken = st.tuples(st.lists(ITEMS, max_size=2), ITEMS.flatmap(broken)).map(
            lambda both: {"items": [*both[0], both[1]]}
        )
        return st.one_of(
            completed, odd, nothing, with_broken, st.sampled_from([{"items": []}, {"items": None}])
        )
    if event == "item_order_placed":
        states = st.sampled_from(["", "complete", "Completed", "placed", None, 7, ["completed"]])
        return st.one_of(items, odd, nothing, states.map(lambda state: {"state": state}))
    return st.one_of(items, odd, completed)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("item_order_request", "ItemOrderRequest"),
        ("item_order_placed", "ItemOrderPlaced"),
        ("invalidate_user_inventory", "InvalidateUserInventory"),
    ],
)
def test_a_reply_that_the_event_does_not_take_is_refused(properties, event, kind):
    def check(body, reply):
        with pytest.raises(kongregate.InvalidReply, match=rf"^on_event returned no reply to {kind}: "):
            handle_callback(body, api_key=KEY, on_event=lambda _: reply)

    properties.hold(check, bodies(event), replies_to(event), share=2)


def test_items_that_are_none_are_refused(properties):
    def check(good, bad, after):
        with pytest.raises(kongregate.InvalidReply, match=r"^items_reply: "):
            items_reply([*(Item(**each) for each in good), bad, *after])

    properties.hold(
        check, st.lists(ITEMS, max_size=2), ITEMS.flatmap(broken), st.lists(st.none(), max_size=1)
    )
    for items in ((), 7, None):
        with pytest.raises(kongregate.InvalidReply, match=r"^items_reply: "):
            items_reply(items)


def test_an_item_with_something_wrong_cannot_be_made(properties):
    def check(item):
        if isinstance(item, dict):
            with pytest.raises((kongregate.InvalidArgument, TypeError)):
                Item(**item)

    properties.hold(check, ITEMS.flatmap(broken))


def test_what_the_game_raises_is_passed_on(properties):
    class MadeUpError(Exception):
        pass

    def fail(_):
        raise MadeUpError

    def check(body):
        with pytest.raises(MadeUpError):
            handle_callback(body, api_key=KEY, on_event=fail)

    properties.hold(check, any_bodies(), share=0.3)


# ---- callbacks that are wrong

# No body can hold such a form.
ONLY_PARSED = (
    "half a character",
    "a signed request that is no text",
    "a plain field that is no text",
    "no kind of form",
)


def received(source):
    """A form as a body."""
    if not isinstance(source, dict):
        return source.encode() if isinstance(source, str) else source
    listed = {name: value if isinstance(value, list | tuple) else [value] for name, value in source.items()}
    return callbacks.encoded([(name, each) for name, values in listed.items() for each in values]).encode()


@pytest.mark.parametrize("fault", [each for each in FAULTS if each not in ONLY_PARSED])
def test_a_refused_callback_is_answered_with_why_and_logged(properties, fault, caplog):
    error, sources = FAULTS[fault]

    def check(source):
        try:
            body = received(source)
        except (TypeError, UnicodeEncodeError):
            # No body can hold such a field.
            reject()
        caplog.clear()
        with caplog.at_level(logging.WARNING, logger="kongregate"):
            response = handle_callback(body, api_key=KEY, on_event=pytest.fail)
        with pytest.raises(kongregate.CallbackError) as raised:
            parse_callback(body, api_key=KEY)
        assert type(raised.value).__name__ == error
        assert_response(response, 400, PLAIN, str(raised.value).encode())
        assert str(raised.value)
        (record,) = caplog.records
        assert (record.name, record.levelno) == ("kongregate", logging.WARNING)
        assert record.getMessage() == f"refused a callback: {error}: {raised.value}"
        assert KEY not in record.getMessage()

    properties.hold(check, sources, share=0.25)


@pytest.mark.parametrize("on_event", [None, 7, "answer"])
def test_what_cannot_be_called_is_refused_at_once(on_event):
    for refused in (
        lambda: handle_callback(b"", api_key=KEY, on_event=on_event),
        lambda: callback_route("/callbacks", api_key=KEY, on_event=on_event),
    ):
        with pytest.raises(kongregate.ConfigurationError, match=r"\bon_event\b"):
            refused()


# ---- the route


async def post(chunks, *, on_event=answer, disconnected=False, method="POST"):
    """What the route sends back for a body in chunks, and how many of them it has read."""
    app = Starlette(routes=[callback_route("/callbacks", api_key=KEY, on_event=on_event)])
    last = {"type": "http.disconnect"} if disconnected else {"type": "http.request", "body": b""}
    parts = ({"type": "http.request", "body": each, "more_body": True} for each in chunks)
    received, sent, read = chain(parts, repeat(last)), [], []

    async def receive():
        read.append(1)
        return next(received)

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": "/callbacks", "query_string": b"", "headers": []}
    await app(scope, receive, send)
    start, *body = sent
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], headers, b"".join(each.get("body", b"") for each in body), len(read)


def chunks_of(body, sizes):
    while body:
        size = next(sizes)
        yield body[:size]
        body = body[size:]


def test_the_route_responds_as_the_function_does_whatever_the_chunks(properties):
    def check(body, sizes):
        status, headers, content, _ = asyncio.run(post(chunks_of(body, chain.from_iterable(repeat(sizes)))))
        wanted = handle_callback(body, api_key=KEY, on_event=answer)
        assert (status, content) == (wanted.status, wanted.body)
        assert headers == {name.lower(): value for name, value in wanted.headers.items()}

    broken_bodies = st.sampled_from([b"", b"made-up", b"event=%ff", b"signed_request=A.B"])
    sizes = st.lists(st.integers(1, 200), min_size=1, max_size=5)
    properties.hold(check, st.one_of(any_bodies(), broken_bodies), sizes)


def test_the_route_reads_no_more_than_a_callback_can_have(properties):
    def check(size):
        status, _, content, read = asyncio.run(post(repeat(b"a" * size), on_event=pytest.fail))
        assert (status, content) == (400, b"the body has more than 65536 bytes")
        assert read == callbacks.MOST_BYTES // size + 1

    properties.hold(check, st.sampled_from([1000, 4096, 65536, 65537, 100_000]), share=0.3)


def test_a_body_of_the_largest_size_is_read_to_its_end():
    body = b"signed_request=" + b"a" * (callbacks.MOST_BYTES - 15)
    status, _, content, _ = asyncio.run(post([body], on_event=pytest.fail))
    assert (status, content) == (400, b"a signed request consists of a signature, a dot and a payload")


def test_who_disconnects_has_sent_no_callback(properties):
    def check(body, length):
        sent = asyncio.run(post([body[:length]], on_event=pytest.fail, disconnected=True))
        assert sent[0] == 400
        assert sent[2] == b""

    properties.hold(check, any_bodies(), st.integers(1, 400), share=0.5)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
def test_the_route_is_for_posts_only(method):
    assert asyncio.run(post([b""], on_event=pytest.fail, method=method))[0] == 405


@pytest.mark.parametrize("key", ["", " ", "a b"])
def test_the_route_wants_a_key_when_it_is_made(key):
    with pytest.raises(kongregate.ConfigurationError, match="api_key"):
        callback_route("/callbacks", api_key=key, on_event=answer)


# ---- the query of a game's page


def queries(user_ids):
    """The documented query of a game's page."""
    return st.fixed_dictionaries(
        {
            "kongregate_username": callbacks.texts,
            "kongregate_user_id": user_ids.map(str),
            "kongregate_game_auth_token": st.sampled_from(["made-up-game-token", "", "ä"]),
            "kongregate_game_id": st.just("1001"),
            "kongregate_language": st.sampled_from(["en", "de"]),
        }
    )


def test_a_query_says_who_plays(properties):
    def check(data, fields):
        source = data.draw(callbacks.handed_over(fields))
        found, number = GameQuery.parse(source), int(fields["kongregate_user_id"])
        assert (type(found.user_id), found.user_id, found.is_guest) == (int, number, number == 0)
        assert found.username == fields["kongregate_username"]
        token = fields["kongregate_game_auth_token"]
        assert found.game_auth_token == (token if number else None)
        assert "made-up-game-token" not in repr(found)

    numbers = st.one_of(st.just(0), st.integers(0, 10**19 - 1))
    properties.hold(check, st.data(), queries(numbers), share=2)


def test_a_guest_needs_no_token(properties):
    def check(fields):
        del fields["kongregate_game_auth_token"]
        assert GameQuery.parse(fields).game_auth_token is None

    properties.hold(check, queries(st.just(0)), share=0.3)


def test_a_query_with_something_wrong_is_refused(properties):
    def check(data, fields):
        name = data.draw(
            st.sampled_from(
                [each for each in fields if each[11:] in ("username", "user_id", "game_auth_token")]
            )
        )
        lacking = {each: value for each, value in fields.items() if each != name}
        for error, source in (
            (kongregate.MissingField, lacking),
            (kongregate.DuplicateField, {**fields, name: ["a", "a"]}),
            (kongregate.BadShape, {**fields, name: 7}),
            (
                kongregate.BadShape,
                {**fields, "kongregate_user_id": data.draw(st.sampled_from(["", "-1", "x", "1" * 20]))},
            ),
        ):
            with pytest.raises(error, match="field kongregate_"):
                GameQuery.parse(source)

    properties.hold(check, st.data(), queries(st.integers(1, 10)))
