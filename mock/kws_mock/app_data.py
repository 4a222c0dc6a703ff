"""App data: integers that an app stores for a user by name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, select

from openapi_mock.state import upsert

from .access import Subject
from .paging import Page
from .schema import app_data


def read(connection: Connection, subject: Subject, page: Page, name: str | None = None) -> dict[str, Any]:
    """Return one page, sorted by name; with `name`, only the value of that name."""
    wanted = _of(subject) if name is None else (*_of(subject), app_data.c.name == name)
    count = connection.execute(select(func.count()).select_from(app_data).where(*wanted)).scalar_one()
    return page.envelope(count, _select(connection, wanted, page))


def everything(connection: Connection, subject: Subject) -> list[dict[str, Any]]:
    return _select(connection, _of(subject))


def write(connection: Connection, subject: Subject, name: str, value: int) -> None:
    """Create or replace a value. The subject has to be locked."""
    key = {"app_id": subject.app_id, "user_id": subject.user_id, "name": name}
    upsert(connection, app_data, key, value=value)


def forget(connection: Connection, subject: Subject, name: str) -> None:
    """Delete the value of a name, if there is one."""
    connection.execute(delete(app_data).where(*_of(subject), app_data.c.name == name))


def _of(subject: Subject) -> tuple[ColumnElement[bool], ...]:
    return app_data.c.app_id == subject.app_id, app_data.c.user_id == subject.user_id


def _select(
    connection: Connection, wanted: tuple[ColumnElement[bool], ...], page: Page | None = None
) -> list[dict[str, Any]]:
    query = select(app_data.c.name, app_data.c.value).where(*wanted).order_by(app_data.c.name)
    if page is not None:
        query = query.offset(page.offset).limit(page.limit)
    return [{"name": row.name, "value": row.value} for row in connection.execute(query)]
