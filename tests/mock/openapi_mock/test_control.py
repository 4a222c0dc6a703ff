"""The control object: the clock, and what it does to a mock with a state."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from openapi_mock import MovableClock
from openapi_mock.control import StatelessError
from openapi_mock.control.actions import ActionError, action, actions_of

NOON = datetime(2025, 6, 15, 12, tzinfo=UTC)


class TestClock:
    """A clock over one that stands still."""

    @pytest.fixture
    def clock(self):
        return MovableClock(lambda: 1_000_000)

    def test_it_runs_like_the_one_beneath_until_it_is_moved(self, clock):
        assert clock() == 1_000_000
        assert clock.advance(days=1, seconds=0.5) == datetime.fromtimestamp(1000 + 86_400.5, UTC)
        assert clock() == 1_000_000 + 86_400_500
        clock.advance(hours=-24)
        assert clock() == 1_000_500
        clock.reset()
        assert clock() == 1_000_000

    def test_it_is_set_to_a_time_with_a_zone(self, clock):
        assert clock.set(NOON.astimezone(timezone(timedelta(hours=2)))) == NOON
        assert clock.now == NOON
        with pytest.raises(ValueError, match="no zone"):
            clock.set(datetime(2025, 6, 15))  # noqa: DTZ001  # that is the mistake

    def test_it_stands_still_while_it_is_stopped(self):
        time_ms = iter(range(0, 100, 10))
        clock = MovableClock(lambda: next(time_ms))
        clock.stop()
        assert (clock.is_stopped, clock(), clock()) == (True, 0, 0)
        clock.set(NOON)
        assert clock.now == NOON
        clock.start()
        assert (clock.is_stopped, clock() - NOON.timestamp() * 1000) == (False, 10)


class Lamp:
    """A control object of its own."""

    @action
    def light(
        self, room: str, *, brightness: int = 50, colours: list[str] | None = None
    ) -> dict[str, object]:
        """Light a lamp.

        More of it.
        """
        return {"room": room, "brightness": brightness, "colours": colours}

    @action
    def dark(self) -> None:
        """Put out all lamps."""


def test_actions_are_called_by_name_with_json():
    actions = actions_of(Lamp())
    assert [(each.name, each.summary) for each in actions.values()] == [
        ("dark", "Put out all lamps."),
        ("light", "Light a lamp."),
    ]
    assert actions["light"].run({"room": "hall", "colours": ["red"]}) == {
        "room": "hall",
        "brightness": 50,
        "colours": ["red"],
    }
    assert actions["dark"].run({}) is None
    assert actions["light"].schema["required"] == ["room"]
    assert set(actions["light"].schema["properties"]) == {"room", "brightness", "colours"}


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ({}, "room"),
        ({"room": 3}, r"\$.room"),
        ({"room": "hall", "brightness": "much"}, r"\$.brightness"),
        ({"room": "hall", "door": True}, "door"),
    ],
)
def test_an_action_names_the_argument_that_is_wrong(arguments, place):
    with pytest.raises(ActionError, match=place):
        actions_of(Lamp())["light"].run(arguments)


def test_a_reset_leaves_neither_faults_nor_requests(shop):
    shop.control.fail(status=500)
    shop.control.clock.advance(days=1)
    shop.handle(_request())
    shop.control.reset()
    assert (len(shop.control.requests), list(shop.control.faults)) == (0, [])
    assert abs(shop.control.clock.now - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_mock_without_a_state_says_so(shop):
    for call in (shop.control.export, shop.control.snapshot, lambda: shop.control.load({})):
        with pytest.raises(StatelessError, match="keeps no state"):
            call()


def _request():
    from openapi_mock import Request  # noqa: PLC0415

    return Request("GET", "/api/items", {"authorization": "Bearer reader"})
