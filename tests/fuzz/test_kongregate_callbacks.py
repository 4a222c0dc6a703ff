"""A callback becomes the event that was sent, or exactly the error that says what is wrong with it."""

from __future__ import annotations

import json

import pytest
from fuzz_kongregate import callbacks
from fuzz_kongregate.callbacks import FAULTS, KEY, OTHER_KEY
from hypothesis import event
from hypothesis import strategies as st

import kongregate
from kongregate import (
    InvalidateUserInventory,
    ItemOrderPlaced,
    ItemOrderRequest,
    handle_callback,
    parse_callback,
)

KINDS = {
    "item_order_request": ItemOrderRequest,
    "item_order_placed": ItemOrderPlaced,
    "invalidate_user_inventory": InvalidateUserInventory,
}
TOKEN = "made-up-game-token"


def assert_order(found, payload):
    """Every field has the value and the type that was sent, and whatever else was sent is kept."""
    assert type(found) is KINDS[payload["event"]]
    for name in callbacks.ORDER_FIELDS:
        assert (type(getattr(found, name)), getattr(found, name)) == (type(payload[name]), payload[name])
    known = {*callbacks.ORDER_FIELDS, "algorithm"}
    assert found.additional_properties == {each: payload[each] for each in payload.keys() - known}
    assert found.to_dict() == payload


def assert_notice(found, fields):
    assert type(found) is InvalidateUserInventory
    assert (type(found.user_id), found.user_id) == (int, int(fields["user_id"]))
    assert (found.username, found.game_auth_token) == (fields["username"], fields["game_auth_token"])
    sent = callbacks.read_time(fields["time"])
    assert (found.time, found.time.utcoffset()) == (sent, sent.utcoffset())
    assert not fields["game_auth_token"] or fields["game_auth_token"] not in repr(found)


def assert_names_no_secret(error):
    """Neither the error nor what it was raised from."""
    while error is not None:
        shown = f"{error!r} {error}"
        assert KEY not in shown
        assert TOKEN not in shown
        error = error.__cause__ or error.__context__


def outcome(source):
    """What becomes of a callback: its event, or the name of the error."""
    try:
        return parse_callback(source, api_key=KEY)
    except kongregate.CallbackError as error:
        assert_names_no_secret(error)
        return type(error).__name__


# ---- what is right


def test_a_signed_callback_becomes_what_was_sent(properties):
    def check(data, payload):
        source = data.draw(callbacks.handed_over({"signed_request": callbacks.sign(payload)}))
        assert_order(parse_callback(source, api_key=KEY), payload)

    properties.hold(check, st.data(), callbacks.orders(), share=4)


def test_a_plain_callback_becomes_what_was_sent(properties):
    def check(data, fields):
        assert_notice(parse_callback(data.draw(callbacks.handed_over(fields)), api_key=KEY), fields)

    properties.hold(check, st.data(), callbacks.notices(), share=4)


def test_a_whole_number_may_be_written_as_any_number(properties):
    def check(payload, number, text):
        content = json.dumps({**payload, "order_id": 0}).replace(
            '"order_id": 0', f'"order_id": {text(number)}'
        )
        found = parse_callback({"signed_request": callbacks.sign(content.encode())}, api_key=KEY)
        assert (type(found.order_id), found.order_id) == (int, number)

    texts = st.sampled_from([str, "{}.0".format, "{}e0".format, "{}0E-1".format])
    # JSON has no 00E-1.
    numbers = st.integers(-(10**6), 10**6).filter(bool)
    properties.hold(check, callbacks.orders(), numbers, texts)


def test_beside_a_signed_request_nothing_else_counts(properties):
    def check(data, fields, payload):
        both = {**fields, "signed_request": callbacks.sign(payload)}
        assert_order(parse_callback(data.draw(callbacks.handed_over(both)), api_key=KEY), payload)
        forged = {**fields, "signed_request": callbacks.sign(payload, OTHER_KEY)}
        assert outcome(data.draw(callbacks.handed_over(forged))) == "WrongKey"

    properties.hold(check, st.data(), callbacks.notices(), callbacks.orders())


def test_the_payload_of_a_signed_request_is_what_was_signed(properties):
    def check(payload):
        text = callbacks.sign(payload)
        assert kongregate.verify_signed_request(text, api_key=KEY) == payload
        with pytest.raises(kongregate.WrongKey):
            kongregate.verify_signed_request(text, api_key=OTHER_KEY)

    properties.hold(check, callbacks.orders(events=["test", "", *callbacks.ORDER_EVENTS]))


# ---- what is wrong


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_has_its_own_error(properties, fault):
    error, sources = FAULTS[fault]

    def check(source):
        assert outcome(source) == error

    properties.hold(check, sources, share=0.5)


@pytest.mark.parametrize("fault", ["a signed event that is unknown", "a plain event that is unknown"])
def test_an_unknown_event_is_named_without_the_key(properties, fault):
    def check(source):
        with pytest.raises(kongregate.UnknownEvent) as raised:
            parse_callback(source, api_key=KEY)
        form = "signed" if "signed" in fault else "plain"
        shown = raised.value.event.replace(KEY, "***")
        assert str(raised.value) == f"no {form} callback is known for the event {shown!r}"

    properties.hold(check, FAULTS[fault][1])


@pytest.mark.parametrize("kind", ["signed", "plain"])
def test_a_callback_cut_at_any_byte_is_refused(properties, kind):
    def check(payload, fields):
        values = {"signed_request": callbacks.sign(payload)} if kind == "signed" else fields
        body = callbacks.encoded([*values.items()]).encode()
        for length in range(len(body)):
            part = body[:length]
            for source in (part, part.decode()):
                found, wanted = outcome(source), callbacks.outcomes(part)
                assert (found if isinstance(found, str) else found_event(found)) in wanted, part

    properties.hold(check, callbacks.orders(), callbacks.notices(), share=0.1)


def found_event(found):
    return next(name for name, kind in KINDS.items() if type(found) is kind)


def test_any_body_is_read_as_the_documentation_says(properties):
    """Bodies put together from good parts and odd ones, so that many things are wrong at once, or none."""

    def check(pairs):
        body = "&".join(f"{name}={value}" if value is not None else name for name, value in pairs).encode()
        found, wanted = outcome(body), callbacks.outcomes(body)
        assert (found if isinstance(found, str) else found_event(found)) in wanted
        event(next(iter(wanted)))

    good = {
        "event": ["invalidate_user_inventory", "invalidate%5Fuser%5finventory", "test"],
        "api_key": [KEY, KEY, OTHER_KEY],
        "time": ["2016-04-10+06:20:59+-0700", "2016-04-10%2006:20:59%20%2B0530", "2016-04-10"],
        "user_id": ["765", "0765", "x"],
        "username": ["Robin", "", "%ff"],
        "game_auth_token": [TOKEN],
    }
    parts = [st.tuples(st.just(name), st.sampled_from(values)) for name, values in good.items()]
    whole = st.tuples(*parts).map(list)
    others = st.lists(
        st.one_of(*parts, st.tuples(st.sampled_from(["new", "", "%FF"]), st.sampled_from(["1", None]))),
        max_size=3,
    )
    bodies = st.tuples(whole, others, st.integers(0, 12)).map(
        lambda chosen: [each for place, each in enumerate(chosen[0]) if place != chosen[2]] + chosen[1]
    )
    properties.hold(check, bodies, share=4)


@pytest.mark.parametrize("size", [callbacks.MOST_BYTES - 1, callbacks.MOST_BYTES, callbacks.MOST_BYTES + 1])
def test_a_body_has_a_largest_size(size):
    signed = f"signed_request={callbacks.sign({'event': 'test'})}&a="
    body = signed + "a" * (size - len(signed))
    wanted = "BodyTooLarge" if size > callbacks.MOST_BYTES else "UnknownEvent"
    assert [outcome(body), outcome(body.encode())] == [wanted, wanted]


@pytest.mark.parametrize("key", ["", " ", "a b", "ä", None, 7, b"key", "made-up\n"])
def test_nothing_is_believed_without_a_key(key):
    good = {"signed_request": callbacks.sign({"event": "test"})}
    for refused in (
        lambda: parse_callback(good, api_key=key),
        lambda: kongregate.verify_signed_request(good["signed_request"], api_key=key),
        lambda: handle_callback(b"a=1", api_key=key, on_event=print),
        lambda: kongregate.Kongregate(key),
    ):
        with pytest.raises(kongregate.ConfigurationError, match="api_key has to be the game's key"):
            refused()
