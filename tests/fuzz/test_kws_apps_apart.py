"""Apps of one owner share currencies and users, and nothing else: neither boards nor invitations."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from fuzz_kws.known import USER
from fuzz_kws.world import START, World
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

OTHER = 5076
"""Who, just as USER, has joined both apps."""
APPS = {355: {}, 356: {"client_id": "second-client", "client_secret": "made-up-secret-2"}}
STARS, SHELLS = 2, 3
REWARD = 25
HALVES = pytest.mark.parametrize("half", ["sync", "async"])
START_MS = int(START.timestamp() * 1000)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World() as found:
        yield found


def ranked(state: dict[str, Any], app: int, currency: int, start: int | None) -> list[tuple[int, int]]:
    """Who is ranked in an app, with their scores, counted from what is stored."""
    received = Counter({each["user_id"]: 0 for each in state["activations"] if each["app_id"] == app})
    for each in state["transactions"]:
        of = (each["app_id"], each["currency_id"], each["kind"])
        if of == (app, currency, "received") and (start is None or each["at_ms"] >= start):
            received[each["user_id"]] += each["amount"]
    return sorted(received.items(), key=lambda each: (-each[1], each[0]))


def test_boards_that_were_read_follow_what_their_own_app_awards(world: World, properties: Any) -> None:
    def check(awards: list[tuple[int, int, int, int]]) -> None:
        world.begin("sync")
        sessions = {app: world.session(**settings) for app, settings in APPS.items()}
        for app, user, currency, amount in awards:
            compare(world, sessions)
            world.wait(1)
            world.control.give_points(user, amount, app_id=app, currency_id=currency)
        compare(world, sessions)

    award = st.tuples(
        st.sampled_from([*APPS]),
        st.sampled_from([USER, OTHER]),
        st.sampled_from([STARS, SHELLS]),
        st.integers(1, 9),
    )
    properties.hold(check, st.lists(award, min_size=3, max_size=3), share=0.1)


def compare(world: World, sessions: dict[int, Any]) -> None:
    """Compare each app's boards with what is stored."""
    state = world.control.export()
    for start in (None, START_MS + 2000):
        interval = {} if start is None else {"start": start}
        for app, session in sessions.items():
            board = session.apps.get_leaderboard(**interval).results
            wanted = [score for _, score in ranked(state, app, STARS, start)]
            assert [(each.rank, each.score) for each in board] == [*enumerate(wanted, 1)][: len(board)]
            shells = ranked(state, app, SHELLS, start)
            own = session.users.get_score(user_id=OTHER, currency_id=SHELLS, **interval)
            assert shells[own.rank - 1] == (OTHER, own.score)


def test_who_joins_first_is_on_a_board_that_was_read_before(world: World) -> None:
    world.begin("sync")
    kept = {"apps", "currencies", "events", "name_words", "redirect_uris"}
    state = {
        name: [each for each in rows if name in kept or each.get("app_id") != 356]
        for name, rows in world.control.export().items()
    }
    world.control.load(state)
    session = world.session(**APPS[356])
    assert [*session.apps.get_leaderboard().results] == []
    world.control.add_user("lina", app_id=356)
    for interval in ({}, {"start": 0}):
        assert [each.rank for each in session.apps.get_leaderboard(**interval).results] == [1]


@HALVES
@pytest.mark.parametrize("joined", APPS)
def test_only_who_invited_to_the_same_app_is_rewarded(world: World, half: Any, joined: int) -> None:
    world.begin(half)
    friend = world.control.add_user("lina", email="lina@family.example", app_id=None)
    inviters = {355: USER, 356: OTHER}
    for app, inviter in inviters.items():
        session = world.session(**APPS[app])
        for _ in range(2):
            world.wait(60)
            world.done(session.users.invite_user(user_id=inviter, email="lina@family.example"))
    before = {app: world.control.points(inviter, app_id=app) for app, inviter in inviters.items()}
    found = {each["app_id"]: each for each in world.control.export()["invitations"]}
    assert {app: each["user_id"] for app, each in found.items()} == inviters
    # Who is reminded was invited just now.
    assert {app: each["invited_ms"] - START_MS for app, each in found.items()} == {355: 120_000, 356: 240_000}
    redirect = {355: "https://game.example/callback", 356: "https://reef.example/callback"}[joined]
    url = world.session(**APPS[joined]).sign_in_url(redirect_uri=redirect)
    world.control.sign_in(url, friend.username)
    after = {app: world.control.points(inviter, app_id=app) for app, inviter in inviters.items()}
    assert {app: after[app] - before[app] for app in APPS} == {
        app: REWARD if app == joined else 0 for app in APPS
    }
    found = {each["app_id"]: each["joined_ms"] for each in world.control.export()["invitations"]}
    assert found == {app: START_MS + 240_000 if app == joined else None for app in APPS}
