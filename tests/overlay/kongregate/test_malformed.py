"""Whatever comes in, it is an event or a `CallbackError`."""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kongregate
from kongregate import CallbackError, parse_callback

KEY = "made-up-api-key"
EVENTS = (kongregate.ItemOrderRequest, kongregate.ItemOrderPlaced, kongregate.InvalidateUserInventory)

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(
    [
        "event",
        "api_key",
        "time",
        "user_id",
        "username",
        "game_auth_token",
        "signed_request",
        "algorithm",
        "order_id",
    ]
)
known_values = st.sampled_from(
    ["invalidate_user_inventory", "item_order_request", "item_order_placed", KEY, "HMAC-SHA256", "765"]
)
anything_goes = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def outcome(form):
    """The event, or None for what was refused with an error of the right kind and a plain message."""
    try:
        event = parse_callback(form, api_key=KEY)
    except CallbackError as error:
        refused = error
    else:
        assert isinstance(event, EVENTS)
        return event
    assert type(refused) is not CallbackError
    assert str(refused).isprintable()
    assert KEY not in str(refused)
    return None


@anything_goes
@given(st.binary() | st.text(st.characters()))
def test_any_body(body):
    assert outcome(body) is None


@anything_goes
@given(
    st.dictionaries(names | st.text(), known_values | st.text(st.characters()) | json_values | st.binary())
)
def test_any_mapping(fields):
    outcome(fields)


@anything_goes
@given(st.lists(st.tuples(names, known_values | st.text())))
def test_any_form_of_known_fields(fields):
    outcome(urlencode(fields))


@anything_goes
@given(st.text("AZaz09-_.=", max_size=60))
def test_any_signed_request(text):
    assert outcome({"signed_request": text}) is None


@anything_goes
@given(st.binary())
def test_any_content_that_is_signed(signer, content):
    assert outcome(signer.body(content)) is None


@anything_goes
@given(
    changes=st.dictionaries(
        names | st.sampled_from(["game_id", "buyer_id", "order_info"]), known_values | json_values
    )
)
def test_any_payload_that_is_signed(signer, order, changes):
    outcome(signer.body({**order, **changes}))


@anything_goes
@given(changes=st.dictionaries(names, known_values | st.text()))
def test_any_plain_callback(plain, changes):
    event = outcome(urlencode({**plain, **changes}))
    if event is not None and "api_key" in changes:
        assert changes["api_key"] == KEY


@pytest.mark.parametrize("place", range(0, 250, 7))
def test_one_changed_character_of_a_signed_request_is_never_an_event(signer, order, place):
    text = signer.request(order)
    place %= len(text) - 1
    if text[place] == "." or text[place + 1] == ".":
        # The last character before a dot has bits that mean nothing.
        return
    changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
    assert outcome({"signed_request": changed}) is None
