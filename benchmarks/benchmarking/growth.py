"""Whether an operation takes longer where there are many users than in a store as it is seeded."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import urlencode

from attrs import evolve, frozen

from .measuring import OURS, Effort, Goal, Result, Row, measure
from .places import ROOT
from .workers import Task, Worker

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table

    from openapi_mock import Behaviour, Mock, MovableClock, Operation, Request

USERS: Final = 100_000
TRANSACTIONS: Final = 1_000_000
_FIRST_USER: Final = 1_000_000
_EMPTY: Final = "as seeded"
_APIS: Final = ("kws", "kongregate")
_FIRST_DAY_MS: Final = 1_709_251_200_000
_ROBIN: Final = 765
_AT_ONCE: Final = 50_000
_GOALS: Final = (Goal(OURS, _EMPTY, 1.5),)
_ROUNDS: Final = 7
_SECONDS: Final = 0.03


def _documented(api: str) -> Iterator[str]:
    from openapi_mock import Document
    from openapi_mock.operations import read_operations

    for operation in read_operations(Document.load(_document(api))):
        yield operation.id


def _document(api: str) -> Path:
    return ROOT / "openapi" / f"{api}.yaml"


ROWS: Final = tuple(
    Row(f"growth-{api}-{name}", f"{name} of {api}, {USERS:,} users", _GOALS)
    for api in _APIS
    for name in _documented(api)
)


def measured(effort: Effort, names: frozenset[str], _stock: Path) -> Iterator[Result]:
    """Yield what the rows with these names come to, unless time is short."""
    if effort.is_short:
        return
    brief = evolve(effort, rounds=min(effort.rounds, _ROUNDS), seconds=min(effort.seconds, _SECONDS))
    for api in _APIS:
        rows = [row for row in ROWS if row.name in names and row.name.startswith(f"growth-{api}-")]
        if not rows:
            continue
        _tell(f"Filling {api} with {USERS:,} users …")
        with Worker("growth:tasks", api, "full") as full, Worker("growth:tasks", api, "seeded") as seeded:
            for row in rows:
                task = row.name.rpartition("-")[2]
                yield Result(row, measure({OURS: full.work(task), _EMPTY: seeded.work(task)}, brief))


def _tell(what: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{what}\n")


# ---- In the process of a worker


def tasks(api: str, size: str) -> Mapping[str, Task]:
    """Every operation of an API, over a store of a size."""
    clock = _clock()
    mock, headers = _MAKERS[api](clock, is_full=size == "full")
    asked = {each.id: _example(each, headers(each)) for each in mock.operations}
    return {name: partial(_repeat, mock, clock, asked, name) for name in asked}


def _clock() -> MovableClock:
    from openapi_mock import MovableClock

    return MovableClock()


def _repeat(mock: Mock[Any], clock: MovableClock, asked: Mapping[str, Request], name: str, calls: int) -> int:
    for _ in range(calls):
        if name in _FIRST:
            _ask(mock, asked[_FIRST[name]])
        if name in _ONCE_A_DAY:
            clock.advance(days=1)
        _ask(mock, asked[name])
    return calls


# What the second one deletes, and what a user gets once a day.
_FIRST: Final = {"destroyGuild": "saveGuild", "destroySharedLink": "createSharedLink"}
_ONCE_A_DAY: Final = frozenset({"sendPrivateMessage"})


def _ask(mock: Mock[Any], request: Request) -> None:
    response = mock.handle(request)
    failed = response.status // 100 != 2  # noqa: PLR2004  # any success will do
    if failed or response.content.startswith(b'{"success":false'):
        raise ValueError(f"{request.method} {request.target!r}: {response.status}, {response.content!r}")


# Beyond what the document's examples say: pages of one size, and values that any number of calls may have.
_VALUES: Final[Mapping[str, Mapping[str, Any]]] = {
    "issueToken": {"grant_type": "client_credentials"},
    "getLeaderboard": {"limit": 10},
    "getUserInfo": {"user_id": 765},
    "listUserKongpanions": {"user_id": 765},
    "triggerEvent": {"token": "daily-login"},
    "requestPermissions": {"permissions": ["sendNewsletter"]},
    "createSharedLink": {"expiration": 4_000_000_000},
}


def _example(operation: Operation, headers: Mapping[str, str]) -> Request:
    """Return the request that the examples of the document make, as far as they are required."""
    from openapi_mock import Request
    from openapi_mock.responses import example_of

    further: dict[str, Any] = {**_VALUES.get(operation.id, {})}
    path, query = operation.path, dict[str, Any]()
    parameters = operation.node.get("parameters")
    examples = {each.text("name"): example_of(each) for each in (parameters.elements() if parameters else ())}
    for each in operation.parameters:
        if each.location == "path":
            path = path.replace(f"{{{each.name}}}", str(_PLACES.get(each.name, examples.get(each.name))))
        elif each.required or each.name in further:
            query[each.name] = further.pop(each.name, examples.get(each.name))
    target = operation.bases[0] + path + (f"?{urlencode(query)}" if query else "")
    if operation.request_body is None:
        return Request(operation.method, target, headers)
    media_type = operation.request_body.content[0]
    is_form = "urlencoded" in media_type.name
    body = urlencode(further) if is_form else json.dumps({**example_of(media_type.node), **further})
    return Request(operation.method, target, {**headers, "content-type": media_type.name}, body.encode())


_PLACES: Final = {"appId": 355, "userId": 5073, "scope": "lifetime", "statistic_id": 31, "user_id": 765}


_Headers: TypeAlias = "Callable[[Operation], Mapping[str, str]]"


def _transaction(behaviour: Behaviour[Any]) -> AbstractContextManager[Connection]:
    if behaviour.store is None:
        raise TypeError("a behaviour without a store does not grow")
    return behaviour.store.transaction()


@frozen
class _Filler:
    """Inserts many rows."""

    connection: Connection

    def add(self, table: Table, rows: Iterator[dict[str, Any]]) -> None:
        """Insert rows, so many at once."""
        while part := list(islice(rows, _AT_ONCE)):
            self.connection.execute(table.insert(), part)


def _numbers(count: int) -> ColumnElement[int]:
    """Return a column of as many numbers, from 0: the database counts a million in a second."""
    from sqlalchemy import literal, select

    numbers = select(literal(0).label("number")).cte(recursive=True)
    following = select(numbers.c.number + 1).where(numbers.c.number < count - 1)
    column: ColumnElement[int] = numbers.union_all(following).c.number
    return column


def _make_kws(clock: MovableClock, *, is_full: bool) -> tuple[Mock[Any], _Headers]:
    import base64

    from kws_mock import Settings, create
    from openapi_mock import Document, Mock

    behaviour = create(Settings(clock=clock))
    if is_full:
        with _transaction(behaviour) as connection:
            _fill_kws(_Filler(connection))
    mock = Mock(Document.load(_document("kws")), behaviour)
    token = mock.control.token(user_id=5073)
    basic = base64.b64encode(b"example-client:made-up-secret").decode()

    def headers(operation: Operation) -> Mapping[str, str]:
        is_basic = operation.id == "issueToken"
        return {"authorization": f"Basic {basic}" if is_basic else f"Bearer {token}"}

    return mock, headers


def _fill_kws(filler: _Filler) -> None:
    """Add users of one app, each of whom received as often as the others."""
    from datetime import date

    from sqlalchemy import insert, literal, select, update

    from kws_mock import schema

    app, currency, each_received = 355, 2, TRANSACTIONS // USERS
    users = range(_FIRST_USER, _FIRST_USER + USERS)
    db, key = filler.connection, {"app_id": app, "currency_id": currency}
    members = db.execute(select(schema.rosters.c.members).where(schema.rosters.c.app_id == app)).scalar_one()
    board = schema.boards.c.app_id == app, schema.boards.c.currency_id == currency
    version = db.execute(select(schema.boards.c.version).where(*board)).scalar_one()
    born = date(2014, 1, 1)
    filler.add(
        schema.users, ({"id": user, "date_of_birth": born, "email_key": f"{user}@x"} for user in users)
    )
    joined = {"app_id": app, "activated_ms": _FIRST_DAY_MS}
    filler.add(
        schema.activations,
        (
            {**joined, "user_id": user, "display_name": f"Name{user}", "number": members + index}
            for index, user in enumerate(users, start=1)
        ),
    )
    db.execute(update(schema.rosters).where(schema.rosters.c.app_id == app).values(members=members + USERS))
    index = _numbers(TRANSACTIONS)
    values: dict[str, Any] = {
        "app_id": literal(app),
        "currency_id": literal(currency),
        "user_id": _FIRST_USER + index % USERS,
        "kind": literal("received"),
        "amount": 1 + index % 97,
        "at_ms": _FIRST_DAY_MS + index,
        "event_id": literal(13),
        "event_number": 1 + index // USERS,
        "number": version + 1 + index,
    }
    db.execute(insert(schema.transactions).from_select(list(values), select(*values.values())))
    db.execute(update(schema.boards).where(*board).values(version=version + TRANSACTIONS))
    filler.add(
        schema.balances,
        (
            {
                **key,
                "user_id": _FIRST_USER + place,
                "received": sum(1 + (place + USERS * turn) % 97 for turn in range(each_received)),
                "pending": 0,
                "spent": 0,
            }
            for place in range(USERS)
        ),
    )
    filler.add(
        schema.app_data, ({"app_id": app, "user_id": user, "name": "level", "value": 1} for user in users)
    )


def _make_kongregate(clock: MovableClock, *, is_full: bool) -> tuple[Mock[Any], _Headers]:
    from sqlalchemy import update

    from kongregate_mock import Settings, create, schema
    from openapi_mock import Document, Mock

    behaviour = create(Settings(clock=clock))
    with _transaction(behaviour) as connection:
        # As many uses as there are calls.
        connection.execute(update(schema.owned_items).values(remaining_uses=10**9))
        if is_full:
            _fill_kongregate(_Filler(connection), clock())
    return Mock(Document.load(_document("kongregate")), behaviour), lambda _: {}


def _fill_kongregate(filler: _Filler, now_ms: int) -> None:
    """Add users with scores in all statistics of one game, friends, items and characters."""
    from sqlalchemy import insert, literal, select

    from kongregate_mock import schema
    from kongregate_mock.statistics import periods

    db, game = filler.connection, 1001
    users = range(_FIRST_USER, _FIRST_USER + USERS)
    robin = dict(db.execute(select(schema.users).where(schema.users.c.id == _ROBIN)).mappings().one())
    filler.add(schema.users, ({**robin, "id": user, "username": f"Name{user}"} for user in users))
    filler.add(
        schema.game_tokens, ({"game_id": game, "user_id": user, "token": f"t{user}"} for user in users)
    )
    filler.add(schema.friendships, ({"user_id": user, "other_id": 765} for user in users))
    item = {"game_id": game, "identifier": "potion", "name": "Potion", "description": "", "remaining_uses": 1}
    filler.add(schema.owned_items, ({**item, "user_id": user} for user in users))
    member = {"game_id": game, "server_identifier": "Default", "name": "Name"}
    filler.add(schema.characters, ({**member, "identifier": f"c{user}", "user_id": user} for user in users))
    for statistic, sign in ((31, -1), (32, 1), (33, -1)):
        for scope, period in periods(now_ms).items():
            key = {"statistic_id": statistic, "scope": scope, "period": period}
            user = _numbers(USERS) + _FIRST_USER
            row: dict[str, Any] = {
                **{name: literal(value) for name, value in key.items()},
                "user_id": user,
                "value": user % 9973,
                "place": sign * (user % 9973),
            }
            db.execute(insert(schema.scores).from_select(list(row), select(*row.values())))
            counted = (schema.score_counts.c[name] == value for name, value in key.items())
            more = schema.score_counts.update().where(*counted)
            db.execute(more.values(players=schema.score_counts.c.players + USERS))


_MAKERS: Final = {"kws": _make_kws, "kongregate": _make_kongregate}
