"""Invitations of friends to an app, and the points for those who join."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, select, update

from openapi_mock.state.statements import Statement, replacing

from . import points
from .access import Subject, is_activated
from .errors import conflict, wrong
from .schema import apps, invitations, users

_email: Final = select(users.c.email_key).where(users.c.id == bindparam("user"))
_EMAIL: Final = Statement(_email)
_SAVE: Final = replacing(invitations, ("invited_ms",))
_REWARD: Final = Statement(
    select(apps.c.invitation_reward, apps.c.default_currency_id).where(apps.c.id == bindparam("app"))
)
_OPEN: Final = (
    invitations.c.app_id == bindparam("app"),
    invitations.c.email_key == _email.scalar_subquery(),
    invitations.c.joined_ms.is_(None),
)
_INVITERS: Final = Statement(select(invitations.c.user_id).where(*_OPEN).order_by(invitations.c.user_id))
_CLOSE: Final = Statement(update(invitations).where(*_OPEN).values(joined_ms=bindparam("now")))


def invite(connection: Connection, subject: Subject, email: str, now_ms: int) -> None:
    """Invite a friend, or remind one who was invited already, without a second reward.

    The subject has to be locked. Raises Problem (409) for the user's own e-mail address.
    """
    email_key = email.lower()
    own: str | None = _EMAIL.scalar(connection, {"user": subject.user_id})
    if email_key == own:
        raise conflict("users cannot invite themselves", wrong("email", "is the user's own"))
    key = {"app_id": subject.app_id, "user_id": subject.user_id, "email_key": email_key}
    _SAVE.run(connection, {**key, "invited_ms": now_ms})


def reward_inviters(connection: Connection, newcomer: Subject, now_ms: int) -> None:
    """Award points to everybody who invited the new user to the app."""
    wanted = {"app": newcomer.app_id, "user": newcomer.user_id}
    reward, currency_id = _REWARD.first(connection, wanted)
    inviters = [Subject(newcomer.app_id, user_id) for user_id in _INVITERS.scalars(connection, wanted)]
    # All of them before the first award, which takes the lock of a board: whoever receives has those two in
    # this order, too, so that nobody waits for the other one.
    for inviter in inviters:
        is_activated(connection, inviter, lock=True)
    for inviter in inviters:
        points.record(connection, inviter, currency_id, points.RECEIVED, reward, now_ms=now_ms)
    _CLOSE.run(connection, {**wanted, "now": now_ms})
