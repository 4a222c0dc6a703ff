"""Invitations of friends to an app, and the points for those who join."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from openapi_mock.state import upsert

from . import points
from .access import Subject, is_activated
from .errors import conflict, wrong
from .schema import apps, invitations, users
from .scores import default_currency


def invite(connection: Connection, subject: Subject, email: str, now_ms: int) -> None:
    """Invite a friend, or remind one who was invited already, without a second reward.

    The subject has to be locked. Raises Problem (409) for the user's own e-mail address.
    """
    email_key = email.lower()
    own: str | None = connection.execute(
        select(users.c.email_key).where(users.c.id == subject.user_id)
    ).scalar()
    if email_key == own:
        raise conflict("users cannot invite themselves", wrong("email", "is the user's own"))
    key = {"app_id": subject.app_id, "user_id": subject.user_id, "email_key": email_key}
    upsert(connection, invitations, key, invited_ms=now_ms)


def reward_inviters(connection: Connection, newcomer: Subject, now_ms: int) -> None:
    """Award points to everybody who invited the new user to the app."""
    email_key = select(users.c.email_key).where(users.c.id == newcomer.user_id).scalar_subquery()
    reward: int = connection.execute(
        select(apps.c.invitation_reward).where(apps.c.id == newcomer.app_id)
    ).scalar_one()
    currency_id = default_currency(connection, newcomer.app_id)
    open_invitations = (
        invitations.c.app_id == newcomer.app_id,
        invitations.c.email_key == email_key,
        invitations.c.joined_ms.is_(None),
    )
    inviters = connection.execute(
        select(invitations.c.user_id).where(*open_invitations).order_by(invitations.c.user_id)
    ).scalars()
    for user_id in inviters.all():
        inviter = Subject(newcomer.app_id, user_id)
        is_activated(connection, inviter, lock=True)  # Required by points.receive.
        points.receive(connection, inviter, currency_id, reward, now_ms=now_ms)
    connection.execute(update(invitations).where(*open_invitations).values(joined_ms=now_ms))
