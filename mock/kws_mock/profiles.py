"""A user's details, as far as a parent lets the app see and change them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from . import app_data, permissions
from .access import Subject
from .errors import conflict, forbidden, wrong
from .schema import activations, users

_ADDRESS: Final = "accessAddress"
# Column: the permissions of which one is enough, none where none is needed.
_GUARDS: Final[Mapping[str, tuple[str, ...]]] = {
    "first_name": ("accessFirstName",),
    "last_name": ("accessLastName",),
    "language": (),
    "email": ("accessEmail",),
    "street": ("accessStreetAddress", _ADDRESS),
    "post_code": ("accessPostalCode", _ADDRESS),
    "city": ("accessCity", _ADDRESS),
    "country": ("accessCountry", _ADDRESS),
}
_NAMES_IN_PROFILE: Final = {
    "first_name": "firstName",
    "last_name": "lastName",
    "language": "language",
    "email": "email",
    "street": "streetAddress",
    "post_code": "postCode",
    "city": "city",
    "country": "country",
}
_NAMES_IN_UPDATE: Final = {
    "firstName": "first_name",
    "lastName": "last_name",
    "language": "language",
    "email": "email",
    "address.street": "street",
    "address.postCode": "post_code",
    "address.city": "city",
    "address.countryCode": "country",
    "address.country": "country",
}


def read(connection: Connection, subject: Subject, *, for_the_user: bool) -> dict[str, Any]:
    """The profile; the parent's e-mail is for the user's own eyes only."""
    row = connection.execute(select(users).where(users.c.id == subject.user_id)).mappings().one()
    answers = permissions.answers(connection, subject)
    profile: dict[str, Any] = {
        "id": subject.user_id,
        "username": _display_name(connection, subject) or "",
        "dateOfBirth": row["date_of_birth"].isoformat(),
    }
    for column, name in _NAMES_IN_PROFILE.items():
        if row[column] is not None and _is_allowed(column, answers):
            profile[name] = row[column]
    if for_the_user and row["parent_email"] is not None:
        profile["parentEmail"] = row["parent_email"]
    return {**profile, "permissions": answers, "appData": app_data.everything(connection, subject)}


def change(connection: Connection, subject: Subject, body: Mapping[str, Any]) -> None:
    """Change the fields that are there. Raises Problem (403, 409); then nothing may be committed.

    The subject has to be locked.
    """
    fields = {name: value for name, value in _flat(body) if name in _NAMES_IN_UPDATE}
    answers = permissions.answers(connection, subject)
    refused = [name for name in fields if not _is_allowed(_NAMES_IN_UPDATE[name], answers)]
    if refused:
        raise forbidden("permission not granted", *(wrong(name, _wants(name)) for name in refused))
    values = {_NAMES_IN_UPDATE[name]: value for name, value in fields.items()}
    if "country" in values:
        values["country"] = values["country"].lower()
    if "email" in values:
        values["email_key"] = values["email"].lower()
        _check_free(connection, subject, values["email_key"])
    if values:
        _write(connection, subject, values)


def _display_name(connection: Connection, subject: Subject) -> str | None:
    query = select(activations.c.display_name).where(
        activations.c.app_id == subject.app_id, activations.c.user_id == subject.user_id
    )
    name: str | None = connection.execute(query).scalar()
    return name


def _flat(body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Dotted names with their values."""
    for name, value in body.items():
        if name == "address":
            yield from ((f"address.{part}", each) for part, each in value.items())
        else:
            yield name, value


def _is_allowed(column: str, answers: Mapping[str, bool | None]) -> bool:
    guards = _GUARDS[column]
    return not guards or any(answers[each] for each in guards)


def _wants(name: str) -> str:
    return f"needs the permission {' or '.join(_GUARDS[_NAMES_IN_UPDATE[name]])}"


def _check_free(connection: Connection, subject: Subject, email_key: str) -> None:
    others = select(users.c.id).where(users.c.email_key == email_key, users.c.id != subject.user_id)
    if connection.execute(others).first() is not None:
        raise _email_taken()


def _write(connection: Connection, subject: Subject, values: Mapping[str, Any]) -> None:
    try:
        connection.execute(update(users).where(users.c.id == subject.user_id).values(**values))
    except IntegrityError as error:  # somebody else took the address since we looked
        raise _email_taken() from error


def _email_taken() -> Exception:
    return conflict("the email is taken", wrong("email", "belongs to another user"))
