"""The initial state: from `seed.yaml`, or another file that fits `seed.schema.yaml`, to rows."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, Table, insert

from openapi_mock.settings import Settings
from openapi_mock.state.seeds import Seed, read_seed, time_ms

from . import app_data, countries, points
from .access import Subject
from .activations import join
from .clients import authenticate
from .epochs import new_epoch
from .passwords import digest, hash_password
from .schema import apps, currencies, device_tokens, events, name_words, permissions, redirect_uris, users

_HERE: Final = Path(__file__).parent
_INVITATION_REWARD: Final = 25
_COLUMNS: Final = {
    "username": "sign_in_name",
    "language": "language",
    "firstName": "first_name",
    "lastName": "last_name",
    "email": "email",
    "parentEmail": "parent_email",
}
_ADDRESS: Final = {"street": "street", "postCode": "post_code", "city": "city", "countryCode": "country"}
_KINDS_OF_WORDS: Final = {"adjectives": "adjective", "nouns": "noun"}
_CURRENCY: Final = "currency of the app's owner"
_MOST_SHOWN: Final = 5


def read(settings: Settings) -> Seed:
    """Return the seed of the settings, or the default one. Raises SeedError."""
    seed = read_seed(settings.seed, settings.seed_source, _HERE)
    _check_apps(seed)
    _check_users(seed)
    seed.check()
    return seed


def fill(connection: Connection, seed: Seed, *, now_ms: int, random: Random) -> None:
    """Fill an empty database. Raises SeedError."""
    start = seed.value.get("start")
    start_ms = now_ms if start is None else time_ms(start)
    with seed.writing():
        countries.fill(connection)
        new_epoch(connection)
        _insert(connection, currencies, map(_currency, seed.value["currencies"]))
        for app in seed.value["apps"]:
            _fill_app(connection, app)
        _insert(connection, users, (_user(each, random) for each in seed.value["users"]))
        for user in seed.value["users"]:
            for membership in user.get("apps", ()):
                _fill_membership(connection, Subject(membership["id"], user["id"]), membership, start_ms)
        _fill_points(connection, seed, start_ms)


def banner(connection: Connection, seed: Seed) -> list[tuple[str, str]]:
    """Return rows of things to try, as far as the database still holds the seeded data."""
    there = [
        app for app in seed.value["apps"] if authenticate(connection, app["clientId"], app["clientSecret"])
    ]
    rows = [
        (f"app {each['id']}", f"{each['name']}: client id {each['clientId']}, secret {each['clientSecret']}")
        for each in there
    ]
    return rows and [*rows, *_things_to_try(seed, there[0])]


# ---- What a schema cannot say


def _check_apps(seed: Seed) -> None:
    seed.unique("the id", seed.members("id", "currencies"))
    seed.unique("the id", seed.members("id", "apps"))
    seed.unique("the clientId", seed.members("clientId", "apps"))
    seed.unique("the id", seed.members("id", "apps", "*", "events"))
    for place, app in seed.each("apps"):
        seed.unique("the token", seed.members("token", *place, "events"))
        ids = _currencies_of(seed, app)
        seed.known(_CURRENCY, ids, [((*place, "defaultCurrency"), app["defaultCurrency"])])
        seed.known(_CURRENCY, ids, seed.members("currency", *place, "events"))


def _check_users(seed: Seed) -> None:
    seed.unique("the id", seed.members("id", "users"))
    seed.unique("the username", seed.members("username", "users"))
    emails = seed.members("email", "users")
    seed.unique("the email", ((place, each.lower()) for place, each in emails))
    seed.unique("the displayName", seed.members("displayName", "users", "*", "apps"))
    known = {app["id"]: app for app in seed.value["apps"]}
    seed.known("app", known, seed.members("id", "users", "*", "apps"))
    for place, _ in seed.each("users"):
        seed.unique("the app", seed.members("id", *place, "apps"))
    _check_points(seed)
    for place, membership in seed.each("users", "*", "apps"):
        app = known.get(membership["id"])
        if app is not None:
            seed.known(_CURRENCY, _currencies_of(seed, app), seed.members("currency", *place, "points"))
            tokens = {each["token"] for each in app.get("events", ())}
            seed.known("event of this app", tokens, seed.members("event", *place, "points"))


def _check_points(seed: Seed) -> None:
    for place, user in seed.each("users"):
        received: Counter[int] = Counter()
        for inner, membership in seed.each(*place, "apps"):
            for index, each in enumerate(membership.get("points", ())):
                received[each["currency"]] += each["amount"] * (
                    each.get("kind", points.RECEIVED) == points.RECEIVED
                )
                if received[each["currency"]] > points.MOST_POINTS:
                    where = (*inner, "points", index, "amount")
                    seed.wrong(where, f"user {user['id']} receives more than {points.MOST_POINTS} points")


def _currencies_of(seed: Seed, app: Mapping[str, Any]) -> set[int]:
    return {each["id"] for each in seed.value["currencies"] if each["owner"] == app["owner"]}


# ---- Rows


def _fill_app(connection: Connection, app: Mapping[str, Any]) -> None:
    app_id: int = app["id"]
    row = {
        "id": app_id,
        "owner": app["owner"],
        "name": app["name"],
        "client_id": app["clientId"],
        "client_secret_digest": digest(app["clientSecret"]),
        "implicit_flow": app.get("implicitFlow", False),
        "loopback_redirects": app.get("loopbackRedirects", False),
        "default_currency_id": app["defaultCurrency"],
        "invitation_reward": app.get("invitationReward", _INVITATION_REWARD),
    }
    connection.execute(insert(apps).values(row))
    _insert(
        connection, redirect_uris, ({"app_id": app_id, "uri": each} for each in app.get("redirectUris", ()))
    )
    words = app.get("displayNameWords", {})
    _insert(
        connection,
        name_words,
        (
            {"app_id": app_id, "language": language, "kind": kind, "word": word}
            for language, found in words.items()
            for name, kind in _KINDS_OF_WORDS.items()
            for word in found[name]
        ),
    )
    _insert(connection, events, (_event(app_id, each) for each in app.get("events", ())))


def _currency(currency: Mapping[str, Any]) -> dict[str, Any]:
    names = {"singular_name": currency["singularName"], "plural_name": currency["pluralName"]}
    return {"id": currency["id"], "owner": currency["owner"], **names}


def _event(app_id: int, event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": event["id"],
        "app_id": app_id,
        "code": event["token"],
        "points": event["points"],
        "currency_id": event["currency"],
        "limit_per_user": event.get("limitPerUser"),
    }


def _user(user: Mapping[str, Any], random: Random) -> dict[str, Any]:
    password, address = user.get("password"), user.get("address", {})
    email: str | None = user.get("email")
    return {
        "id": user["id"],
        "date_of_birth": date.fromisoformat(user["dateOfBirth"]),
        **{column: user.get(name) for name, column in _COLUMNS.items()},
        **{column: address.get(name) for name, column in _ADDRESS.items()},
        "email_key": email and email.lower(),
        "password_hash": None if password is None else hash_password(password, random),
    }


def _fill_membership(
    connection: Connection, subject: Subject, membership: Mapping[str, Any], start_ms: int
) -> None:
    joined_ms = time_ms(membership["joined"]) if "joined" in membership else start_ms
    join(connection, subject, display_name=membership.get("displayName"), now_ms=joined_ms)
    key = {"app_id": subject.app_id, "user_id": subject.user_id}
    decided = membership.get("permissions", {})
    _insert(
        connection, permissions, ({**key, "name": name, "granted": each} for name, each in decided.items())
    )
    _insert(
        connection, device_tokens, ({**key, "token": each} for each in membership.get("deviceTokens", ()))
    )
    for name, value in membership.get("appData", {}).items():
        app_data.write(connection, subject, name, value)


def _fill_points(connection: Connection, seed: Seed, start_ms: int) -> None:
    """Record the points of all users in the order in which they were received."""
    event_ids = {
        (app["id"], event["token"]): event["id"]
        for app in seed.value["apps"]
        for event in app.get("events", ())
    }
    found = [
        (time_ms(each["at"]) if "at" in each else start_ms, Subject(membership["id"], user["id"]), each)
        for user in seed.value["users"]
        for membership in user.get("apps", ())
        for each in membership.get("points", ())
    ]
    for at_ms, subject, each in sorted(found, key=operator.itemgetter(0)):
        points.record(
            connection,
            subject,
            each["currency"],
            each.get("kind", points.RECEIVED),
            each["amount"],
            now_ms=at_ms,
            event_id=event_ids.get((subject.app_id, each.get("event"))),
        )


def _insert(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    if found := list(rows):
        connection.execute(insert(table), found)


# ---- The banner


def _things_to_try(seed: Seed, app: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield users and events, and where to sign in to an app."""
    found = seed.value["users"]
    by_name = [each for each in found if "username" in each]
    if shown := (by_name or found)[:_MOST_SHOWN]:
        more = [f"{len(found) - len(shown)} more"] if len(found) > len(shown) else []
        yield "users", ", ".join([*map(_summary, shown), *more])
    if app.get("events"):
        yield "events", ", ".join(f"{each['token']} (id {each['id']})" for each in app["events"])
    if app.get("redirectUris"):
        uri = quote(app["redirectUris"][0], safe=":/")
        yield "sign-in", f"/oauth?clientId={quote(app['clientId'])}&redirectUri={uri}"
    if by_name:
        names = (f"{each['username']} ({each['id']}), {each['password']}" for each in by_name[:_MOST_SHOWN])
        yield "name, password", "; ".join(names)
    if email := next((each["parentEmail"] for each in found if each.get("parentEmail")), None):
        yield "parents", f"/parents?email={quote(email, safe='@')}"


def _summary(user: Mapping[str, Any]) -> str:
    joined = [str(each["id"]) for each in user.get("apps", ())]
    if not joined:
        return f"{user['id']} (in no app)"
    return f"{user['id']} (in app{'s' if len(joined) > 1 else ''} {' and '.join(joined)})"
