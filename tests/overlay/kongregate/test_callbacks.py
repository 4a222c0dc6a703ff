"""A callback becomes an event only if it was made with the game's key; each thing wrong has its own error."""

import re
from datetime import datetime, timedelta, timezone
from urllib.parse import urlencode

import pytest

import kongregate
from kongregate import InvalidateUserInventory, ItemOrderPlaced, ItemOrderRequest, parse_callback

KEY = "made-up-api-key"
OTHER_KEY = "made-up-api-key-2"

# The vector that Kongregate publishes.
VECTOR_KEY = "748e63d7-c48c-418c-aa25-80456de2b98c"
VECTOR = (
    "GbmlDg_VNvaFZFKMR6iIXBqQWtdCyzgwSPTc1IB7pC8.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImV2ZW50IjoidGVzdCJ9"
)


def forms(fields):
    """One callback in every form that a web framework may have it in."""
    text = urlencode(fields)
    return [fields, {name: [value] for name, value in fields.items()}, text, text.encode()]


# ---- what is right


def test_the_published_vector_is_verified():
    payload = kongregate.verify_signed_request(VECTOR, api_key=VECTOR_KEY)
    assert payload == {"algorithm": "HMAC-SHA256", "event": "test"}


def test_the_published_vector_names_an_event_that_is_not_known():
    for form in forms({"signed_request": VECTOR}):
        with pytest.raises(kongregate.UnknownEvent, match="'test'") as raised:
            parse_callback(form, api_key=VECTOR_KEY)
        assert raised.value.event == "test"


@pytest.mark.parametrize(
    ("name", "kind"), [("item_order_request", ItemOrderRequest), ("item_order_placed", ItemOrderPlaced)]
)
def test_a_signed_order_becomes_its_event(signer, order, name, kind):
    for form in forms({"signed_request": signer.request({**order, "event": name})}):
        event = parse_callback(form, api_key=KEY)
        assert type(event) is kind
        assert event == kind.from_dict({**order, "event": name})
        assert (event.game_id, event.buyer_id, event.recipient_id) == (1001, 765, 766)
        assert (event.order_id, event.order_info) == (88, "sharp-stick")


def test_a_request_is_no_placed_order(signer, order):
    request = parse_callback(signer.body(order), api_key=KEY)
    placed = parse_callback(signer.body({**order, "event": "item_order_placed"}), api_key=KEY)
    assert not isinstance(placed, ItemOrderRequest)
    assert request != placed


def test_a_plain_callback_becomes_its_event(plain):
    for form in forms(plain):
        event = parse_callback(form, api_key=KEY)
        assert isinstance(event, InvalidateUserInventory)
        assert (event.user_id, event.username, event.game_auth_token) == (765, "Robin", "made-up-game-token")
        assert event.time == datetime(2016, 4, 10, 6, 20, 59, tzinfo=timezone(timedelta(hours=-7)))


def test_an_algorithm_may_be_left_out(signer, order):
    del order["algorithm"]
    assert parse_callback(signer.body(order), api_key=KEY).order_id == 88


def test_fields_that_came_later_are_passed_over(signer, order, plain):
    assert parse_callback(signer.body({**order, "new": {"deep": [1]}}), api_key=KEY).order_id == 88
    assert parse_callback({**plain, "new": "1"}, api_key=KEY).user_id == 765


def test_beside_a_signed_request_nothing_else_counts(signer, order, plain):
    event = parse_callback({**plain, "signed_request": signer.request(order)}, api_key=KEY)
    assert isinstance(event, ItemOrderRequest)
    with pytest.raises(kongregate.WrongKey):
        parse_callback({**plain, "signed_request": signer.request(order, key=OTHER_KEY)}, api_key=KEY)


# ---- what is not of this game


def test_a_signature_of_another_key_is_refused(signer, order):
    with pytest.raises(kongregate.WrongKey, match="not signed with this game's key"):
        parse_callback(signer.body(order, key=OTHER_KEY), api_key=KEY)


@pytest.mark.parametrize("change", ["order_id", "recipient_id", "event"])
def test_a_payload_under_the_signature_of_another_is_refused(signer, order, change):
    signature = signer.request(order).partition(".")[0]
    payload = signer.request({**order, change: 1}).partition(".")[2]
    with pytest.raises(kongregate.WrongKey):
        parse_callback({"signed_request": f"{signature}.{payload}"}, api_key=KEY)


@pytest.mark.parametrize(
    "signature", ["", "AAAA", "ä", "\udc80", VECTOR.partition(".")[0] + "=", VECTOR.partition(".")[0][:-1]]
)
def test_a_signature_that_is_none_is_refused(signature):
    with pytest.raises(kongregate.WrongKey):
        kongregate.verify_signed_request(f"{signature}.{VECTOR.partition('.')[2]}", api_key=VECTOR_KEY)


@pytest.mark.parametrize("key", [OTHER_KEY, "", KEY[:-1], KEY.upper(), "schl\xfcssel", "\udc80"])
def test_a_plain_callback_with_another_key_is_refused(plain, key):
    with pytest.raises(kongregate.WrongKey, match="not this game's"):
        parse_callback({**plain, "api_key": key}, api_key=KEY)


@pytest.mark.parametrize("compared", ["made-up-api-key", "signature"])
def test_keys_and_signatures_are_compared_in_constant_time(monkeypatch, signer, order, plain, compared):
    """However alike they are, the standard library's comparison decides."""
    seen = []
    monkeypatch.setattr("hmac.compare_digest", lambda a, b: bool(seen.append((a, b))))
    form = plain if compared == KEY else {"signed_request": signer.request(order)}
    with pytest.raises(kongregate.WrongKey):
        parse_callback(form, api_key=KEY)
    ((one, other),) = seen
    assert one == other
    assert isinstance(one, bytes)


def test_nothing_of_a_forged_payload_is_looked_at(signer):
    for payload in (b"{", b"[]", b'{"algorithm": "none"}', b'{"event": "made-up"}'):
        with pytest.raises(kongregate.WrongKey):
            parse_callback(signer.body(payload, key=OTHER_KEY), api_key=KEY)


@pytest.mark.parametrize("key", ["", " "])
def test_without_a_key_nothing_is_believed(signer, order, plain, key):
    with pytest.raises(kongregate.ConfigurationError):
        parse_callback({**plain, "api_key": key}, api_key=key)
    with pytest.raises(kongregate.ConfigurationError):
        kongregate.verify_signed_request(signer.request(order), api_key=key)


# ---- what is not understood


@pytest.mark.parametrize("algorithm", ["HMAC-SHA1", "none", "hmac-sha256", "", None, 256, ["HMAC-SHA256"]])
def test_another_algorithm_is_refused(signer, order, algorithm):
    with pytest.raises(kongregate.WrongAlgorithm, match="HMAC-SHA256"):
        parse_callback(signer.body({**order, "algorithm": algorithm}), api_key=KEY)


@pytest.mark.parametrize("text", ["A", "ä", "A A", "AA.AA", "AA\n"])
def test_a_payload_that_is_not_base64url_is_refused(signer, text):
    with pytest.raises(kongregate.BadBase64, match="base64url"):
        parse_callback({"signed_request": f"{signer.signature(text)}.{text}"}, api_key=KEY)


@pytest.mark.parametrize("text", ["", "AAAA", "made-up"])
def test_a_signed_request_without_a_dot_is_refused(text):
    with pytest.raises(kongregate.BadShape, match="a signature, a dot and a payload"):
        parse_callback({"signed_request": text}, api_key=KEY)


@pytest.mark.parametrize("payload", [b"", b"{", b"\xff", b"nothing", b'{"a": NaN}', b"[" * 10_000])
def test_what_is_not_json_is_refused(signer, payload):
    with pytest.raises(kongregate.BadJSON, match="expected JSON"):
        parse_callback(signer.body(payload), api_key=KEY)


@pytest.mark.parametrize(
    "payload", [b"[]", b"7", b"null", b'"made-up"', b'{"event": 7}', b'{"event": ["test"]}']
)
def test_json_of_another_shape_is_refused(signer, payload):
    with pytest.raises(kongregate.BadShape, match=r"the signed callback: (event: )?expected"):
        parse_callback(signer.body(payload), api_key=KEY)


@pytest.mark.parametrize("name", ["event", "game_id", "buyer_id", "recipient_id", "order_id", "order_info"])
def test_an_order_without_one_of_its_fields_is_refused(signer, order, name):
    del order[name]
    with pytest.raises(kongregate.MissingField, match=name):
        parse_callback(signer.body(order), api_key=KEY)


@pytest.mark.parametrize("name", ["game_id", "buyer_id", "recipient_id", "order_id", "order_info"])
@pytest.mark.parametrize("value", [None, True, [], {}, 1.5])
def test_an_order_with_a_field_of_another_type_is_refused(signer, order, name, value):
    with pytest.raises(kongregate.BadShape, match=name):
        parse_callback(signer.body({**order, name: value}), api_key=KEY)


@pytest.mark.parametrize("name", ["event", "api_key", "time", "user_id", "username", "game_auth_token"])
def test_a_plain_callback_without_one_of_its_fields_is_refused(plain, name):
    del plain[name]
    for form in forms(plain):
        with pytest.raises(kongregate.MissingField, match=f"{name} is missing"):
            parse_callback(form, api_key=KEY)


@pytest.mark.parametrize("name", ["event", "api_key", "time", "user_id", "username", "game_auth_token"])
def test_a_field_that_is_there_twice_is_refused(plain, name):
    twice = [*plain.items(), (name, plain[name])]
    for form in (urlencode(twice), {**plain, name: [plain[name], plain[name]]}):
        with pytest.raises(kongregate.DuplicateField, match=f"{name} occurs several times"):
            parse_callback(form, api_key=KEY)


def test_two_signed_requests_are_refused(signer, order):
    body = signer.body(order)
    with pytest.raises(kongregate.DuplicateField, match="signed_request"):
        parse_callback(body + b"&" + body, api_key=KEY)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("user_id", ""),
        ("user_id", "-1"),
        ("user_id", "7.5"),
        ("user_id", "\N{ARABIC-INDIC DIGIT SEVEN}"),
        ("user_id", "1" * 20),
        ("user_id", 765),
        ("time", "yesterday"),
        ("time", "2016-04-10 06:20:59"),
        ("time", "2016-02-30 06:20:59 -0700"),
        ("username", {}),
        ("api_key", b"made-up-api-key"),
    ],
)
def test_a_plain_field_that_is_not_what_it_has_to_be_is_refused(plain, name, value):
    with pytest.raises(kongregate.BadShape, match=f"(field {name} is|plain callback: {name}: expected) "):
        parse_callback({**plain, name: value}, api_key=KEY)


def test_a_blank_field_is_there(plain):
    for form in forms({**plain, "username": ""}):
        assert parse_callback(form, api_key=KEY).username == ""
    with pytest.raises(kongregate.WrongKey):
        parse_callback(urlencode({**plain, "api_key": ""}), api_key=KEY)


def test_an_empty_list_of_values_is_a_missing_field(plain):
    with pytest.raises(kongregate.MissingField, match="username"):
        parse_callback({**plain, "username": []}, api_key=KEY)


@pytest.mark.parametrize(
    "body",
    [
        b"made-up",
        b'{"event": "item_order_request"}',
        b"event=%ff",
        b"\xff=1",
        b"a=1&&b=2",
    ],
)
def test_a_body_that_is_no_form_is_refused(body):
    with pytest.raises(kongregate.BadShape, match="not a form"):
        parse_callback(body, api_key=KEY)


@pytest.mark.parametrize("form", [b"", "", {}])
def test_an_empty_body_is_refused(form):
    with pytest.raises(kongregate.MissingField, match="the body is empty: pass it before a framework"):
        parse_callback(form, api_key=KEY)


def test_more_than_a_callback_needs_is_refused():
    fits = "a" * 65_536
    with pytest.raises(kongregate.BadShape):
        parse_callback(fits, api_key=KEY)
    for form in (fits + "a", fits.encode() + b"a"):
        with pytest.raises(kongregate.BodyTooLarge, match="65536"):
            parse_callback(form, api_key=KEY)


@pytest.mark.parametrize("event", ["item_order_request", "item_order_placed", "made-up", ""])
def test_an_order_that_is_not_signed_is_no_order(plain, order, event):
    fields = {name: str(value) for name, value in order.items()}
    with pytest.raises(kongregate.UnknownEvent) as raised:
        parse_callback({**fields, **plain, "event": event}, api_key=KEY)
    assert raised.value.event == event


def test_an_unknown_event_is_shown_on_one_line(signer, order):
    name = "made\r\nup\x1b[31m" + "x" * 1000
    with pytest.raises(kongregate.UnknownEvent) as raised:
        parse_callback(signer.body({**order, "event": name}), api_key=KEY)
    assert raised.value.event == name
    assert re.fullmatch(r"[ -~…]{50,400}", str(raised.value))


@pytest.mark.parametrize("source", [7, parse_callback, [("event", "invalidate_user_inventory")]])
def test_what_is_neither_a_body_nor_fields_is_refused(source):
    with pytest.raises(kongregate.BadShape, match="expected a form as text, or a mapping of its fields, not"):
        parse_callback(source, api_key=KEY)
