"""Activation: a user joins an app by signing in to it for the first time."""

from __future__ import annotations

from random import Random

from sqlalchemy import Connection, exists, insert, select

from . import display_names, invitations
from .access import Subject, is_activated
from .schema import activations, device_tokens, users


def activate(connection: Connection, subject: Subject, *, now_ms: int, random: Random) -> None:
    """Give a new user a display name, and points to those who invited them. Do nothing for other users."""
    if is_activated(connection, subject, lock=True):
        return
    language = language_of(connection, subject.user_id)
    name = display_names.free_name(connection, subject.app_id, language, random)
    connection.execute(
        insert(activations).values(
            app_id=subject.app_id, user_id=subject.user_id, display_name=name, activated_ms=now_ms
        )
    )
    invitations.reward_inviters(connection, subject, now_ms)


def language_of(connection: Connection, user_id: int) -> str | None:
    language: str | None = connection.execute(select(users.c.language).where(users.c.id == user_id)).scalar()
    return language


def has_device_token(connection: Connection, subject: Subject) -> bool:
    registered = exists().where(
        device_tokens.c.app_id == subject.app_id, device_tokens.c.user_id == subject.user_id
    )
    return bool(connection.execute(select(registered)).scalar())
