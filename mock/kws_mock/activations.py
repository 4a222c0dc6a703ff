"""Activation: a user joins an app by signing in to it for the first time."""

from __future__ import annotations

from random import Random
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select

from openapi_mock.state.statements import Statement, Upsert

from . import display_names, invitations
from .access import Subject, is_activated
from .schema import activations, device_tokens, rosters, users

_LANGUAGE: Final = Statement(select(users.c.language).where(users.c.id == bindparam("user")))
_DEVICE_TOKEN: Final = Statement(
    select(device_tokens.c.user_id)
    .where(device_tokens.c.app_id == bindparam("app"), device_tokens.c.user_id == bindparam("user"))
    .limit(1)
)
_NEXT_NUMBER: Final = Upsert(rosters, lambda _: {"members": rosters.c.members + 1}, rosters.c.members)
_INSERT: Final = Statement(insert(activations))


def activate(connection: Connection, subject: Subject, *, now_ms: int, random: Random) -> None:
    """Give a new user a display name, and points to those who invited them. Do nothing for other users."""
    # Looks twice: what another transaction has added while this one waited shows in a new statement only.
    if is_activated(connection, subject, lock=True) or is_activated(connection, subject):
        return
    language = language_of(connection, subject.user_id)
    name = display_names.free_name(connection, subject.app_id, language, random)
    join(connection, subject, display_name=name, now_ms=now_ms)
    invitations.reward_inviters(connection, subject, now_ms)


def join(connection: Connection, subject: Subject, *, display_name: str | None, now_ms: int) -> None:
    """Add the user to the app. All activations are written here.

    The display name is None after it was deleted.
    """
    first = {"app_id": subject.app_id, "members": 1}
    number = _NEXT_NUMBER.scalar(connection, first)
    key = {"app_id": subject.app_id, "user_id": subject.user_id}
    row = {**key, "display_name": display_name, "activated_ms": now_ms, "number": number}
    _INSERT.run(connection, row)


def language_of(connection: Connection, user_id: int) -> str | None:
    language: str | None = _LANGUAGE.scalar(connection, {"user": user_id})
    return language


def has_device_token(connection: Connection, subject: Subject) -> bool:
    wanted = {"app": subject.app_id, "user": subject.user_id}
    return _DEVICE_TOKEN.first(connection, wanted) is not None
