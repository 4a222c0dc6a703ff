"""App data: integers that an app stores for a user by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, select

from openapi_mock.state.statements import Statement, replacing

from .access import Subject
from .paging import Page
from .schema import app_data

_of_user: Final = (
    select(app_data.c.name, app_data.c.value)
    .where(app_data.c.app_id == bindparam("app"), app_data.c.user_id == bindparam("user"))
    .order_by(app_data.c.name)
)
_OF_USER: Final = Statement(_of_user)
_page: Final = _of_user.add_columns(func.count().over()).offset(bindparam("skipped")).limit(bindparam("size"))
_PAGE: Final = Statement(_page)
_NAMED: Final = Statement(_page.where(app_data.c.name == bindparam("wanted")))
_SAVE: Final = replacing(app_data, ("value",))
_DELETE: Final = Statement(
    delete(app_data).where(
        app_data.c.app_id == bindparam("app"),
        app_data.c.user_id == bindparam("user"),
        app_data.c.name == bindparam("wanted"),
    )
)


def read(connection: Connection, subject: Subject, page: Page, name: str | None = None) -> dict[str, Any]:
    """Return one page, sorted by name; with `name`, only the value of that name."""
    statement = _PAGE if name is None else _NAMED
    wanted = {**_key(subject), "wanted": name}
    rows = statement.all(connection, {**wanted, "skipped": page.offset, "size": page.limit})
    if not rows and page.offset:  # Behind the last one: how many there are is in the first row.
        first = statement.first(connection, {**wanted, "skipped": 0, "size": 1})
        return page.envelope(first[2] if first else 0, [])
    return page.envelope(rows[0][2] if rows else 0, _described(rows))


def everything(connection: Connection, subject: Subject) -> list[dict[str, Any]]:
    return _described(_OF_USER.all(connection, _key(subject)))


def write(connection: Connection, subject: Subject, name: str, value: int) -> None:
    """Create or replace a value. The subject has to be locked."""
    row = {"app_id": subject.app_id, "user_id": subject.user_id, "name": name, "value": value}
    _SAVE.run(connection, row)


def forget(connection: Connection, subject: Subject, name: str) -> None:
    """Delete the value of a name, if there is one."""
    _DELETE.run(connection, {**_key(subject), "wanted": name})


def _key(subject: Subject) -> dict[str, Any]:
    return {"app": subject.app_id, "user": subject.user_id}


def _described(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"name": row[0], "value": row[1]} for row in rows]
