"""The rules by which KWS keeps what it knows of users: events, points, boards, permissions, invitations."""

import itertools
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from fuzz_kws.known import ADDRESS, APP, USER, WITHOUT_PARENT
from fuzz_kws.world import START, World
from hypothesis import strategies as st

import kws
from kws_client.models import Address
from openapi_runtime import UNSET

HALVES = pytest.mark.parametrize("half", ["sync", "async"])
STARS, SHELLS = 2, 3
MOST_POINTS = 2**53 - 1
INVITATION_REWARD = 25
CODES = {400: (5, "validation"), 403: (1, "forbidden"), 404: (2, "notFound"), 409: (10, "conflict")}
START_MS = round(START.timestamp() * 1000)
# Token, number, points, currency and limit of the events that the mock is seeded with.
EVENTS = {"finished-level": (12, 10, STARS, 10), "daily-login": (13, 1, SHELLS, 1_000_000)}
PERMISSIONS = (
    "accessEmail",
    "accessAddress",
    "accessFirstName",
    "accessLastName",
    "accessStreetAddress",
    "accessCity",
    "accessPostalCode",
    "accessCountry",
    "sendPushNotification",
    "sendNewsletter",
    "enterCompetitions",
)
# Any one of these permissions lets an app see and change a field.
GUARDS = {
    "firstName": {"accessFirstName"},
    "lastName": {"accessLastName"},
    "language": set[str](),
    "email": {"accessEmail"},
    "streetAddress": {"accessStreetAddress", "accessAddress"},
    "postCode": {"accessPostalCode", "accessAddress"},
    "city": {"accessCity", "accessAddress"},
    "country": {"accessCountry", "accessAddress"},
}
FIELDS = {
    "firstName": "Lina",
    "lastName": "Lake",
    "language": "fr",
    "email": "lina@family.example",
    "streetAddress": "2 Short Lane",
    "postCode": "10115",
    "city": "Berlin",
    "country": "DE",
}
ARGUMENTS = {"firstName": "first_name", "lastName": "last_name", "language": "language", "email": "email"}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World() as world:
        yield world


def refused(call: Callable[[], Any], status: int, message: str = "", *names: str) -> None:
    """A call is refused with a status, whose typed body has its code, a message, and what is wrong."""
    with pytest.raises(kws.StatusError) as raised:
        call()
    error = raised.value
    body: Any = error.body
    assert (error.status, body.code, body.code_meaning) == (status, *CODES[status])
    assert message in body.error_message
    invalid = body.invalid.to_dict() if body.invalid else {}
    assert set(invalid) == set(names)
    assert all(each["code"] in (6, 7) and each["errorMessage"] for each in invalid.values())
    assert all(name in str(error) for name in names)


def rows(world: World, table: str, **wanted: Any) -> list[dict[str, Any]]:
    """Return rows of the mock's state, which no operation has to read back."""
    return [each for each in world.control.export()[table] if wanted.items() <= each.items()]


# ---- Events and points


@HALVES
def test_events_award_points_up_to_their_limit(world: World, half: Any, properties: Any) -> None:
    def check(triggers: list[tuple[str, int | None, str | None]]) -> None:
        session = world.begin(half).session()
        user = world.control.add_user("lina").user_id
        received, used, messages = {STARS: 0, SHELLS: 0}, dict.fromkeys(EVENTS, 0), list[str | None]()
        for token, points, text in triggers:
            number, default, currency, limit = EVENTS[token]
            given = {
                "points": UNSET if points is None else points,
                "description": UNSET if text is None else text,
            }

            def trigger(token: str = token, given: Any = given) -> Any:
                return world.done(session.users.trigger_event(user_id=user, token=token, **given))

            if used[token] < limit:
                trigger()
                used[token] += 1
                awarded = default if points is None else points
                received[currency] += awarded
                messages.append(None if text is None else text.replace("{{POINTS}}", str(awarded)))
            else:
                refused(trigger, 403, "limit")
            found = world.done(session.users.has_triggered_event(user_id=user, event_id=number))
            assert found.has_triggered_event == (used[token] >= limit)
            awarded_so_far = {currency: points for currency, points in received.items() if points}
            for read in (session.users.get_points, session.users.get_global_points):
                assert sums(world.done(read(user_id=user)).total_received) == awarded_so_far
        assert [each["message"] for each in rows(world, "transactions", user_id=user)] == messages

    few = st.tuples(
        st.sampled_from([*["finished-level"] * 4, "daily-login"]),
        st.one_of(st.none(), st.integers(1, 1000)),
        st.sampled_from([None, "You have {{POINTS}}, and again {{POINTS}}", "none"]),
    )
    properties.hold(check, st.lists(few, min_size=8, max_size=13), share=0.5)


def sums(found: list[Any]) -> dict[int, int]:
    return {each.currency_id: each.sum for each in found}


@HALVES
def test_an_event_of_another_app_or_of_none_is_not_there(world: World, half: Any) -> None:
    session = world.begin(half).session()
    refused(lambda: world.done(session.users.trigger_event(user_id=USER, token="first-swim")), 404, "event")
    refused(lambda: world.done(session.users.has_triggered_event(user_id=USER, event_id=14)), 404, "event")
    other = world.session(client_id="second-client", client_secret="made-up-secret-2")
    for attempt in (False, True):
        found = world.done(other.users.has_triggered_event(user_id=USER, event_id=14))
        assert found.has_triggered_event == attempt
        if not attempt:
            world.done(other.users.trigger_event(user_id=USER, token="first-swim"))
    refused(lambda: world.done(other.users.trigger_event(user_id=USER, token="first-swim")), 403, "limit")


@HALVES
def test_points_are_what_was_received_less_what_is_pending_or_spent(world: World, half: Any) -> None:
    session = world.begin(half).session()
    at = {"user_id": USER}
    own = world.done(session.users.get_points(**at))
    assert sums(own.total_received) == {STARS: 20, SHELLS: 28}
    assert sums(own.pending) == {SHELLS: 15}
    assert sums(own.total) == {STARS: 20, SHELLS: 13}
    assert {(each.singular_name, each.plural_name) for each in own.total} == {
        ("Star", "Stars"),
        ("Shell", "Shells"),
    }
    everywhere = world.done(session.users.get_global_points(**at))
    assert sums(everywhere.total_received) == {STARS: 29, SHELLS: 28}
    assert sums(everywhere.total) == {STARS: 25, SHELLS: 13}
    assert sums(everywhere.pending) == {SHELLS: 15}


@HALVES
def test_nobody_can_hold_more_points_than_a_number_of_json(world: World, half: Any) -> None:
    session = world.begin(half).session()
    user = world.control.add_user("lina").user_id
    world.control.give_points(user, MOST_POINTS - 1)

    def trigger() -> None:
        world.done(session.users.trigger_event(user_id=user, token="finished-level", points=1))

    trigger()
    refused(trigger, 409, "points")
    assert sums(world.done(session.users.get_points(user_id=user)).total) == {STARS: MOST_POINTS}
    assert len(rows(world, "transactions", user_id=user)) == 2


# ---- Boards


@HALVES
def test_boards_rank_what_was_received_in_their_interval(world: World, half: Any, properties: Any) -> None:
    def check(drawn: tuple[list[tuple[int, int, int, int]], int | None, int | None]) -> None:
        awards, start, end = drawn
        session = world.begin(half).session()
        users = [world.control.add_user(name).user_id for name in ("ada", "ben", "cleo")]
        for at, who, amount, currency in sorted(awards):
            world.control.clock.set(START + timedelta(milliseconds=at))
            world.control.give_points(users[who], amount, currency_id=currency)
        world.control.clock.set(START + timedelta(days=1))
        interval = {"start": START_MS + (start or 0)} | ({} if end is None else {"end": START_MS + end})
        if end is not None and end < (start or 0):
            refused(lambda: world.done(session.apps.get_leaderboard(**interval)), 400, "", "start")
            refused(
                lambda: world.done(session.users.get_score(user_id=users[0], **interval)), 400, "", "start"
            )
            return
        for currency in (STARS, SHELLS):
            scores = dict.fromkeys([each["user_id"] for each in rows(world, "activations", app_id=APP)], 0)
            for at, who, amount, of in awards:
                if of == currency and (start or 0) <= at and (end is None or at < end):
                    scores[users[who]] += amount
            ranked = sorted(scores.items(), key=lambda each: (-each[1], each[0]))
            for rank, (user, score) in enumerate(ranked, 1):
                if user in users:
                    own = world.done(session.users.get_score(user_id=user, currency_id=currency, **interval))
                    assert (own.rank, own.score) == (rank, score)
            if currency == STARS:
                board = world.done(session.apps.get_leaderboard(**interval))
                assert board.count == len(ranked)
                names = {
                    each["user_id"]: each["display_name"] for each in rows(world, "activations", app_id=APP)
                }
                found = [(each.rank, each.score, each.user or None) for each in board.results]
                assert found == [(rank, score, names[user]) for rank, (user, score) in enumerate(ranked, 1)]

    times = st.integers(0, 4)
    award = st.tuples(times, st.integers(0, 2), st.integers(1, 3), st.sampled_from([STARS, STARS, SHELLS]))
    ends = st.one_of(st.none(), st.integers(0, 5))
    properties.hold(check, st.tuples(st.lists(award, max_size=8), ends, ends), share=0.6)


@HALVES
def test_a_board_of_a_day_is_empty_the_next_day(world: World, half: Any) -> None:
    session = world.begin(half).session()
    user = world.control.add_user("lina").user_id
    midnight = START + timedelta(hours=12)
    for at, amount in ((midnight - timedelta(milliseconds=1), 5), (midnight, 7)):
        world.control.clock.set(at)
        world.control.give_points(user, amount)
    days = [round(each.timestamp() * 1000) for each in (midnight - timedelta(days=1), midnight)]
    days.append(days[-1] + 86_400_000)
    found = [
        world.done(session.users.get_score(user_id=user, start=start, end=end)).score
        for start, end in itertools.pairwise(days)
    ]
    assert found == [5, 7]


# ---- Permissions and profiles


@HALVES
def test_parents_decide_and_apps_only_ask(world: World, half: Any, properties: Any) -> None:
    def check(drawn: dict[str, str]) -> None:
        session = world.begin(half).session()
        user = world.control.add_user(
            "lina", first_name="Lina", email="lina@family.example", country="gb"
        ).user_id
        asked = [name for name, what in drawn.items() if what.startswith("asked")]
        if asked:
            world.done(session.users.request_permissions(user_id=user, permissions=asked))
        for name, what in drawn.items():
            if what.endswith("granted"):
                world.control.grant_permission(user, name)
            if what.endswith("denied"):
                world.control.deny_permission(user, name)
        if asked:
            # A second request changes nothing that was decided.
            world.done(session.users.request_permissions(user_id=user, permissions=asked))
        wanted = {
            name: True if what.endswith("granted") else False if what.endswith("denied") else None
            for name, what in drawn.items()
        }
        profile = world.done(session.users.get_profile(user_id=user)).to_dict()
        assert {name: profile["permissions"].get(name) for name in PERMISSIONS} == {
            name: wanted.get(name) for name in PERMISSIONS
        }
        assert "parentEmail" not in profile
        for field, guards in GUARDS.items():
            is_known = field in ("firstName", "language", "email", "country")
            is_open = not guards or any(wanted.get(each) for each in guards)
            assert (field in profile) == (is_known and is_open), field
        requested = {
            each["name"] for each in rows(world, "permissions", user_id=user) if each["requested_ms"]
        }
        assert requested == set(asked)
        change_each_field(world, session, user, wanted)

    states = st.sampled_from(["asked", "asked granted", "asked denied", "granted", "denied"])
    properties.hold(check, st.dictionaries(st.sampled_from(PERMISSIONS), states), share=0.5)


def change_each_field(world: World, session: Any, user: int, granted: dict[str, bool | None]) -> None:
    in_update = {profile: name for name, profile in ADDRESS.items() if name != "country"}
    for field, value in FIELDS.items():
        if field in ARGUMENTS:
            arguments, name = {ARGUMENTS[field]: value}, field
        else:
            arguments, name = (
                {"address": Address.from_dict({in_update[field]: value})},
                f"address.{in_update[field]}",
            )

        def change(arguments: Any = arguments) -> Any:
            return world.done(session.users.update_profile(user_id=user, **arguments))

        guards = GUARDS[field]
        if guards and not any(granted.get(each) for each in guards):
            refused(change, 403, "permission", name)
        else:
            change()
            found = world.done(session.users.get_profile(user_id=user)).to_dict()
            assert found[field] == (value.lower() if field == "country" else value)


@HALVES
def test_who_has_no_parent_has_nobody_to_ask(world: World, half: Any) -> None:
    session = world.begin(half).session()
    ask = session.users.request_permissions
    refused(
        lambda: world.done(ask(user_id=WITHOUT_PARENT, permissions=["accessEmail"])),
        409,
        "parent",
        "parentEmail",
    )
    refused(
        lambda: world.done(ask(user_id=USER, permissions=["accessEmail", "fly"])),
        404,
        "permission",
        "permissions.1",
    )
    assert rows(world, "permissions", user_id=WITHOUT_PARENT) == []


@HALVES
def test_an_email_belongs_to_one_user_whatever_its_case(world: World, half: Any) -> None:
    session = world.begin(half).session()

    def change(email: str) -> None:
        world.done(session.users.update_profile(user_id=USER, email=email))

    refused(lambda: change("Alex@Family.example"), 409, "email", "email")
    change("ROBIN@family.example")
    assert world.done(session.users.get_profile(user_id=USER)).email == "ROBIN@family.example"


@HALVES
def test_the_address_of_a_parent_is_for_the_user_alone(world: World, half: Any) -> None:
    session = world.begin(half).session()
    assert not world.done(session.users.get_profile(user_id=USER)).parent_email
    user = session.with_token(world.control.token(user_id=USER))
    profile = world.done(user.users.get_profile())
    assert profile.parent_email == "parent@family.example"
    assert (profile.id, profile.username, profile.date_of_birth) == (USER, "BraveOtter17", date(2014, 3, 9))
    other = session.with_token(world.control.token(user_id=WITHOUT_PARENT))
    assert not world.done(other.users.get_profile()).parent_email
    assert world.done(user.users.has_device_token()) != world.done(other.users.has_device_token())


# ---- Invitations and names


@HALVES
@pytest.mark.parametrize("times", [1, 2])
def test_who_invited_a_friend_is_rewarded_once_when_they_join(world: World, half: Any, times: int) -> None:
    session = world.begin(half).session()
    friend = world.control.add_user("lina", email="lina@family.example", app_id=None)
    before = world.control.points(WITHOUT_PARENT)
    for _ in range(times):
        world.done(session.users.invite_user(user_id=WITHOUT_PARENT, email="Lina@Family.example"))
    assert world.control.points(WITHOUT_PARENT) == before
    (row,) = rows(world, "invitations", user_id=WITHOUT_PARENT)
    assert (row["app_id"], row["email_key"], row["joined_ms"]) == (APP, "lina@family.example", None)
    assert row["invited_ms"] == START_MS
    world.wait(60)
    for _ in range(2):
        url = session.sign_in_url(redirect_uri="https://game.example/callback")
        world.control.sign_in(url, friend.username)
        assert world.control.points(WITHOUT_PARENT) == before + INVITATION_REWARD
    (row,) = rows(world, "invitations", user_id=WITHOUT_PARENT)
    assert row["joined_ms"] == START_MS + 60_000
    refused(
        lambda: world.done(session.users.invite_user(user_id=USER, email="ROBIN@family.example")),
        409,
        "",
        "email",
    )


@HALVES
def test_display_names_are_made_of_the_words_of_a_language(world: World, half: Any) -> None:
    words = {
        "en": ("Awesome|Brave|Clever|Happy|Quick|Sunny", "Dolphin|Heron|Ninja|Otter|Panda|Seal"),
        "fr": ("Brave|Calme|Habile|Joyeuse|Rapide|Sage", "Baleine|Loutre|Mouette|Pieuvre|Raie|Tortue"),
    }
    session = world.begin(half).session()
    names = set()
    for number, (language, of) in enumerate((("en", "en"), ("fr", "fr"), ("de", "en"))):
        adjectives, nouns = words[of]
        wanted = re.compile(f"({adjectives})({nouns})[1-9][0-9]{{3,}}")
        user = world.control.add_user(f"user{number}", language=language)
        found = world.done(session.users.get_profile(user_id=user.user_id)).username
        assert wanted.fullmatch(found), found
        assert found == user.display_name
        names.add(found)
    names |= {world.done(session.apps.get_random_display_name(app_id=APP)) for _ in range(5)}
    assert len(names) == 8


# ---- Countries


@HALVES
def test_a_child_is_younger_than_its_country_asks_for(world: World, half: Any, properties: Any) -> None:
    def check(drawn: tuple[str | None, date | None]) -> None:
        country, born = drawn
        session = world.begin(half).session(client_id=None, client_secret=None)
        given: dict[str, Any] = {"country": country} if country else {}
        given |= {"dob": born} if born else {}
        today = START.date()
        if born and born > today:
            refused(lambda: world.done(session.countries.get_child_age(**given)), 400, "", "dob")
            return
        found = world.done(session.countries.get_child_age(**given))
        assert found.country == (country or "us").lower()
        assert found.consent_age_for_country == AGES[found.country]
        if born is None:
            assert not found.age
            assert not isinstance(found.is_minor, bool)
            return
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        assert (found.age, found.is_minor) == (age, age < AGES[found.country])

    around = st.integers(0, 20).flatmap(
        lambda years: st.sampled_from(
            [START.date().replace(year=START.year - years) + timedelta(d) for d in (-1, 0, 1)]
        )
    )
    births = st.one_of(st.none(), around, st.dates(date(1900, 1, 1), date(2030, 1, 1)))
    codes = st.one_of(st.none(), st.sampled_from([*AGES, *(each.upper() for each in AGES)]))
    properties.hold(check, st.tuples(codes, births), share=2)
    refused(lambda: world.done(world.session().countries.get_child_age(country="zz")), 404, "country")


@HALVES
def test_a_child_comes_of_age_on_a_birthday(world: World, half: Any) -> None:
    session = world.begin(half).session(client_id=None, client_secret=None)
    born = START.date().replace(year=START.year - AGES["us"]) + timedelta(days=1)

    def ask() -> tuple[int, bool]:
        found = world.done(session.countries.get_child_age(country="us", dob=born))
        return found.age, found.is_minor

    assert ask() == (AGES["us"] - 1, True)
    world.wait(timedelta(days=1).total_seconds())
    assert ask() == (AGES["us"], False)


# Article 8 of the GDPR lets countries choose; elsewhere it is the law on children's data.
AGES = {"us": 13, "gb": 13, "de": 16, "fr": 15, "at": 14, "in": 18, "br": 12, "kr": 14, "va": 13, "ie": 16}


# ---- Stored values


@HALVES
def test_stored_values_are_those_of_one_user_in_one_app(world: World, half: Any, properties: Any) -> None:
    def check(steps: list[tuple[str, str, int | None]]) -> None:
        session = world.begin(half).session()
        users = {name: world.control.add_user(name).user_id for name in ("ada", "ben")}
        known: dict[tuple[int, str], int] = {}
        for who, name, value in steps:
            key = (users[who], name)
            if value is None:
                world.done(session.users.delete_app_data(user_id=users[who], name=name))
                known.pop(key, None)
            else:
                world.done(session.users.set_app_data(user_id=users[who], name=name, value=value))
                known[key] = value
        found = {
            (user, each.name): each.value
            for user in users.values()
            for each in world.done(session.users.get_app_data(user_id=user)).results
        }
        assert found == known
        stored = {(row["user_id"], row["name"]): row["value"] for row in rows(world, "app_data", app_id=APP)}
        assert stored == {**known, (USER, "level"): 7}

    values = st.one_of(st.none(), st.integers(-(2**31), 2**31 - 1))
    step = st.tuples(
        st.sampled_from(["ada", "ben"]), st.sampled_from(["level", "Level", "coins", "é "]), values
    )
    properties.hold(check, st.lists(step, max_size=10), share=0.5)
