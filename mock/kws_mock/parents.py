"""What parents see and decide: the permissions that apps have requested for their children."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, select

from openapi_mock.clock import Clock

from . import permissions
from .access import Subject
from .schema import activations, apps, users
from .schema import permissions as table
from .store import Store


@dataclass(frozen=True, slots=True)
class Request:
    """A permission that an app has requested: granted, refused, or None while the parent has not decided."""

    name: str
    granted: bool | None
    requested_ms: int | None
    decided_ms: int | None


@dataclass(frozen=True, slots=True)
class Child:
    """A child in one app, with what the app has requested; what waits for a decision comes first."""

    subject: Subject
    app_name: str
    display_name: str
    requests: tuple[Request, ...]


class ParentService:
    """The logic of the parents' page."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def parents(self) -> Sequence[str]:
        """Return the e-mail addresses of all parents whose children have joined an app."""
        query = select(users.c.parent_email).join(activations, activations.c.user_id == users.c.id)
        with self._store.transaction() as connection:
            known = connection.execute(query.where(users.c.parent_email.is_not(None)).distinct())
            return sorted(known.scalars())

    def children(self, parent_email: str) -> Sequence[Child]:
        """Return the parent's children in all of their apps. Upper and lower case are the same."""
        query = (
            select(
                activations.c.app_id,
                activations.c.user_id,
                activations.c.display_name,
                apps.c.name.label("app_name"),
            )
            .join(users, users.c.id == activations.c.user_id)
            .join(apps, apps.c.id == activations.c.app_id)
            .where(func.lower(users.c.parent_email) == parent_email.strip().lower())
            .order_by(activations.c.user_id, activations.c.app_id)
        )
        with self._store.transaction() as connection:
            return [_child(connection, row) for row in connection.execute(query).mappings().all()]

    def grant(self, subject: Subject, name: str) -> None:
        """Grant a permission. Raises Problem (404)."""
        self._decide(subject, name, granted=True)

    def deny(self, subject: Subject, name: str) -> None:
        """Refuse a permission, or take it back. Raises Problem (404)."""
        self._decide(subject, name, granted=False)

    def _decide(self, subject: Subject, name: str, *, granted: bool) -> None:
        with self._store.transaction() as connection:
            permissions.decide(connection, subject, name, granted, self._clock())


def _child(connection: Connection, row: RowMapping) -> Child:
    subject = Subject(row["app_id"], row["user_id"])
    of_child = select(table.c.name, table.c.granted, table.c.requested_ms, table.c.decided_ms).where(
        table.c.app_id == subject.app_id, table.c.user_id == subject.user_id
    )
    found = [Request(*each) for each in connection.execute(of_child)]
    found.sort(key=lambda each: (each.granted is not None, permissions.NAMES.index(each.name)))
    name = row["display_name"] or f"User {subject.user_id}"
    return Child(subject, row["app_name"], name, tuple(found))
