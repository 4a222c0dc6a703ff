"""Made-up apps, users and points for an empty database, with a result for every operation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Table, insert

from . import countries, points
from .access import Subject
from .activations import join
from .clients import authenticate
from .epochs import new_epoch
from .passwords import digest, hash_password
from .schema import (
    app_data,
    apps,
    currencies,
    device_tokens,
    events,
    name_words,
    permissions,
    redirect_uris,
    users,
)

CLIENTS: Final = {
    "example-client": "made-up-secret",
    "second-client": "made-up-secret-2",
    "other-client": "made-up-secret-3",
}
PASSWORD: Final = "made-up-password"  # noqa: S105  # made up
FIRST_DAY_MS: Final = 1_709_251_200_000
"""2024-03-01: the day of the first transactions. Each further one is a day later."""
_DAY_MS: Final = 86_400_000

_CURRENCIES: Final = (
    {"id": 2, "owner": "ocean", "singular_name": "Star", "plural_name": "Stars"},
    {"id": 3, "owner": "ocean", "singular_name": "Shell", "plural_name": "Shells"},
    {"id": 4, "owner": "forest", "singular_name": "Acorn", "plural_name": "Acorns"},
)
_APPS: Final = (
    {
        "id": 355,
        "owner": "ocean",
        "name": "Ocean Quest",
        "client_id": "example-client",
        "implicit_flow": False,
    },
    {"id": 356, "owner": "ocean", "name": "Reef Run", "client_id": "second-client", "implicit_flow": True},
    {
        "id": 400,
        "owner": "forest",
        "name": "Forest Friends",
        "client_id": "other-client",
        "implicit_flow": False,
    },
)
_REDIRECT_URIS: Final = (
    {"app_id": 355, "uri": "https://game.example/callback"},
    {"app_id": 356, "uri": "https://reef.example/callback"},
    {"app_id": 400, "uri": "https://forest.example/callback?from=kws"},
)
_WORDS: Final = {
    ("en", "adjective"): ("Awesome", "Brave", "Clever", "Happy", "Quick", "Sunny"),
    ("en", "noun"): ("Dolphin", "Heron", "Ninja", "Otter", "Panda", "Seal"),
    ("fr", "adjective"): ("Brave", "Calme", "Habile", "Joyeuse", "Rapide", "Sage"),
    ("fr", "noun"): ("Baleine", "Loutre", "Mouette", "Pieuvre", "Raie", "Tortue"),
}
_EVENTS: Final = (
    {"id": 12, "app_id": 355, "code": "finished-level", "points": 10, "currency_id": 2, "limit_per_user": 10},
    {
        "id": 13,
        "app_id": 355,
        "code": "daily-login",
        "points": 1,
        "currency_id": 3,
        "limit_per_user": 1_000_000,
    },
    {"id": 14, "app_id": 356, "code": "first-swim", "points": 5, "currency_id": 2, "limit_per_user": 1},
    {"id": 15, "app_id": 400, "code": "climbed-tree", "points": 3, "currency_id": 4, "limit_per_user": None},
)
_ROBIN: Final = {
    "id": 5073,
    "sign_in_name": "robin",
    "date_of_birth": date(2014, 3, 9),
    "language": "en",
    "first_name": "Robin",
    "last_name": "Rivers",
    "email": "robin@family.example",
    "street": "1 Long Lane",
    "post_code": "N1 7AA",
    "city": "London",
    "country": "gb",
    "parent_email": "parent@family.example",
}
_OTHER_USERS: Final = (
    {
        "id": 5074,
        "sign_in_name": "kim",
        "date_of_birth": date(2013, 7, 21),
        "language": "fr",
        "country": "fr",
    },
    {
        "id": 5075,
        "sign_in_name": "alex",
        "date_of_birth": date(2012, 11, 2),
        "language": "en",
        "email": "alex@family.example",
        "country": "us",
        "parent_email": "guardian@family.example",
    },
)
# App, user, display name; None after it was deleted.
_ACTIVATIONS: Final = (
    (355, 5073, "BraveOtter17"),
    (355, 5074, "QuietPanda42"),
    (355, 5076, "SunnySeal3"),
    (355, 5077, "CleverHeron88"),
    (355, 5078, None),
    (355, 5079, "HappyNinja5"),
    (355, 5080, "QuickDolphin61"),
    (355, 5081, "AwesomeSeal7"),
    (355, 5082, "BravePanda230"),
    (355, 5083, "SunnyOtter12"),
    (355, 5084, "CleverSeal9"),
    (355, 5085, "HappyHeron404"),
    (356, 5073, "SwiftTurtle8"),
    (356, 5076, "CalmRay21"),
    (400, 5075, "MossyFox33"),
)
_GRANTED: Final = (
    "accessEmail",
    "accessAddress",
    "accessFirstName",
    "accessLastName",
    "accessStreetAddress",
    "accessCity",
    "accessPostalCode",
    "accessCountry",
    "sendPushNotification",
)
# App, user, currency, kind, amount.
_TRANSACTIONS: Final[tuple[tuple[int, int, int, points.Kind, int], ...]] = (
    (355, 5073, 2, "received", 20),
    (355, 5073, 3, "received", 28),
    (355, 5073, 3, "pending", 15),
    (356, 5073, 2, "received", 9),
    (356, 5073, 2, "spent", 4),
    (355, 5076, 2, "received", 4000),
    (355, 5076, 2, "received", 386),
    (355, 5077, 2, "received", 1235),
    (355, 5078, 2, "received", 1235),
    (355, 5079, 2, "received", 410),
    (355, 5080, 2, "received", 77),
    (355, 5081, 2, "received", 60),
    (355, 5082, 2, "received", 45),
    (355, 5083, 2, "received", 31),
    (355, 5084, 2, "received", 8),
    (400, 5075, 4, "received", 12),
)


def fill(connection: Connection) -> None:
    """Fill an empty database."""
    countries.fill(connection)
    new_epoch(connection)
    for table, rows in _rows():
        connection.execute(insert(table), list(rows))
    for app, user, name in _ACTIVATIONS:
        join(connection, Subject(app, user), display_name=name, now_ms=FIRST_DAY_MS)
    for table, rows in _rows_of_members():
        connection.execute(insert(table), list(rows))
    for day, (app, user, currency, kind, amount) in enumerate(_TRANSACTIONS):
        points.record(
            connection, Subject(app, user), currency, kind, amount, now_ms=FIRST_DAY_MS + day * _DAY_MS
        )


def banner(connection: Connection) -> list[tuple[str, str]]:
    """Return rows of things to try, as far as the database still holds the seeded data."""
    rows = [
        (f"app {app['id']}", f"{app['name']}: client id {client_id}, secret {CLIENTS[client_id]}")
        for app in _APPS
        if authenticate(connection, client_id := str(app["client_id"]), CLIENTS[client_id])
    ]
    return rows and [
        *rows,
        (
            "users",
            "5073 (in apps 355 and 356), 5074 (no parent's e-mail, no permissions), 5075 (in app 400 only)",
        ),
        ("events", "finished-level (id 12, 10 times for each user), daily-login (id 13)"),
        ("sign-in", "/oauth?clientId=example-client&redirectUri=https://game.example/callback"),
        ("sign in as", f"robin (5073), kim (5074) or alex (5075), password {PASSWORD}"),
        ("permissions of children", "/parents?email=parent@family.example"),
    ]


def _rows() -> Iterable[tuple[Table, Iterable[Mapping[str, Any]]]]:
    yield currencies, _CURRENCIES
    yield (
        apps,
        (
            {
                **app,
                "client_secret_digest": digest(CLIENTS[str(app["client_id"])]),
                "loopback_redirects": app["client_id"] == "example-client",
                "default_currency_id": 4 if app["owner"] == "forest" else 2,
                "invitation_reward": 25,
            }
            for app in _APPS
        ),
    )
    yield redirect_uris, _REDIRECT_URIS
    yield (
        name_words,
        (
            {"app_id": 355, "language": language, "kind": kind, "word": word}
            for (language, kind), words in _WORDS.items()
            for word in words
        ),
    )
    yield events, _EVENTS
    yield users, _users()


def _rows_of_members() -> Iterable[tuple[Table, Iterable[Mapping[str, Any]]]]:
    yield device_tokens, [{"app_id": 355, "user_id": 5073, "token": "made-up-device-token"}]
    yield (
        permissions,
        (
            {"app_id": 355, "user_id": 5073, "name": name, "granted": name in _GRANTED}
            for name in (*_GRANTED, "enterCompetitions")
        ),
    )
    yield app_data, [{"app_id": 355, "user_id": 5073, "name": "level", "value": 7}]


def _users() -> Iterable[dict[str, Any]]:
    known = {int(str(user["id"])): user for user in (_ROBIN, *_OTHER_USERS)}
    for user_id in sorted({user for _, user, _ in _ACTIVATIONS}):
        user = known.get(user_id, {"id": user_id, "date_of_birth": date(2014, 1, 1), "language": "en"})
        email = user.get("email")
        # All rows of one insert need the same columns.
        blank = dict.fromkeys(column.name for column in users.columns)
        yield {
            **blank,
            **user,
            "email_key": email and str(email).lower(),
            "password_hash": hash_password(PASSWORD) if "sign_in_name" in user else None,
        }
