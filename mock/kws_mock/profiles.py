"""Profiles, as far as the parent's permissions let an app read and change them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, select, update
from sqlalchemy.exc import IntegrityError

from openapi_mock import Violation
from openapi_mock.state.statements import Statement

from . import app_data, permissions
from .access import Subject
from .errors import conflict, forbidden, wrong
from .schema import activations, users


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a profile: its column, its name, and the permissions of which one is enough."""

    column: str
    in_profile: str
    in_update: tuple[str, ...]
    guards: tuple[str, ...]

    def is_allowed(self, decisions: Mapping[str, bool | None]) -> bool:
        return not self.guards or any(decisions[each] for each in self.guards)


_FIELDS: Final = (
    _Field("first_name", "firstName", ("firstName",), ("accessFirstName",)),
    _Field("last_name", "lastName", ("lastName",), ("accessLastName",)),
    _Field("language", "language", ("language",), ()),
    _Field("email", "email", ("email",), ("accessEmail",)),
    _Field("street", "streetAddress", ("address.street",), ("accessStreetAddress", "accessAddress")),
    _Field("post_code", "postCode", ("address.postCode",), ("accessPostalCode", "accessAddress")),
    _Field("city", "city", ("address.city",), ("accessCity", "accessAddress")),
    _Field(
        "country", "country", ("address.countryCode", "address.country"), ("accessCountry", "accessAddress")
    ),
)
_PROFILE: Final = Statement(
    select(users, activations.c.display_name)
    .select_from(
        users.outerjoin(
            activations,
            and_(activations.c.user_id == users.c.id, activations.c.app_id == bindparam("app")),
        )
    )
    .where(users.c.id == bindparam("user"))
)
_OTHERS: Final = Statement(
    select(users.c.id).where(users.c.email_key == bindparam("wanted"), users.c.id != bindparam("user"))
)
_UPDATE: Final = update(users).where(users.c.id == bindparam("user"))
_FIELDS_IN_UPDATE: Final = {name: field for field in _FIELDS for name in field.in_update}


def read(connection: Connection, subject: Subject, *, for_the_user: bool) -> dict[str, Any]:
    """Return the profile. Only the user themselves gets the parent's e-mail address."""
    wanted = {"app": subject.app_id, "user": subject.user_id}
    row = _PROFILE.first(connection, wanted)
    decisions = permissions.decisions(connection, subject)
    profile: dict[str, Any] = {
        "id": subject.user_id,
        "username": row.display_name or "",
        "dateOfBirth": row.date_of_birth.isoformat(),
    }
    for field in _FIELDS:
        value = getattr(row, field.column)
        if value is not None and field.is_allowed(decisions):
            profile[field.in_profile] = value
    if for_the_user and row.parent_email is not None:
        profile["parentEmail"] = row.parent_email
    return {**profile, "permissions": decisions, "appData": app_data.everything(connection, subject)}


def change(connection: Connection, subject: Subject, body: Mapping[str, Any]) -> None:
    """Change the given fields. Raises Problem (403, 409); the transaction then has to be rolled back.

    The subject has to be locked.
    """
    sent = {name: value for name, value in _flat(body) if name in _FIELDS_IN_UPDATE}
    decisions = permissions.decisions(connection, subject)
    refused = [name for name in sent if not _FIELDS_IN_UPDATE[name].is_allowed(decisions)]
    if refused:
        raise forbidden("permission not granted", *map(_lacks_permission, refused))
    values = {_FIELDS_IN_UPDATE[name].column: value for name, value in sent.items()}
    if "country" in values:
        values["country"] = values["country"].lower()
    if "email" in values:
        values["email_key"] = values["email"].lower()
        _check_free(connection, subject, values["email_key"])
    if values:
        _write(connection, subject, values)


def _flat(body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the values with dotted names, such as `address.street`."""
    for name, value in body.items():
        if name == "address":
            yield from ((f"address.{part}", each) for part, each in value.items())
        else:
            yield name, value


def _lacks_permission(name: str) -> Violation:
    return wrong(name, f"needs the permission {' or '.join(_FIELDS_IN_UPDATE[name].guards)}")


def _check_free(connection: Connection, subject: Subject, email_key: str) -> None:
    wanted = {"wanted": email_key, "user": subject.user_id}
    if _OTHERS.first(connection, wanted) is not None:
        raise _email_taken()


def _write(connection: Connection, subject: Subject, values: Mapping[str, Any]) -> None:
    try:
        connection.execute(_UPDATE, {**values, "user": subject.user_id})
    except IntegrityError as error:  # Taken by another user since the check above.
        raise _email_taken() from error


def _email_taken() -> Exception:
    return conflict("the email is taken", wrong("email", "belongs to another user"))
