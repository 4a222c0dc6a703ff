"""What a test does to KWS besides calling it: users, permissions, points, sign-ins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias
from urllib.parse import urlsplit

from msgspec import Meta
from sqlalchemy import Connection, bindparam, func, insert, or_, select

from openapi_mock.control import Control, Controlled
from openapi_mock.control.actions import action
from openapi_mock.pages.html import UnreadableForm, read_fields

from . import app_data, points
from .access import Subject, check_exists, is_activated
from .activations import activate
from .errors import conflict, not_found
from .passwords import hash_password
from .permissions import decide, decisions
from .schema import activations, apps, users
from .sign_in import UnacceptableSignIn
from .tokens import Claims, TokenIssuer

if TYPE_CHECKING:
    from .sign_in import SignInService
    from .store import Store

PASSWORD: Final = "made-up-password"  # noqa: S105  # made up
_APP: Final = 355
# As in seeds.
_Name: TypeAlias = Annotated[str, Meta(min_length=1, max_length=150)]
_Language: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z]{2}\Z")]
_Country: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z]{2}\Z")]
_Email: TypeAlias = Annotated[str, Meta(pattern=r"^[^@\s]+@[^@\s]+\Z", max_length=400)]
_Amount: TypeAlias = Annotated[int, Meta(ge=1, le=points.MOST_POINTS)]
_CLIENT_ID: Final = select(apps.c.client_id).where(apps.c.id == bindparam("app"))
_DISPLAY_NAME: Final = select(activations.c.display_name).where(
    activations.c.app_id == bindparam("app"), activations.c.user_id == bindparam("user")
)
_NEXT_ID: Final = select(func.coalesce(func.max(users.c.id), 0) + 1)
_TAKEN: Final = select(users.c.id).where(
    or_(users.c.sign_in_name == bindparam("name"), users.c.email_key == bindparam("email"))
)


@dataclass(frozen=True, slots=True)
class User:
    """A user who can sign in by name and password. `display_name` is the one in the app they have joined."""

    user_id: int
    username: str
    password: str = field(repr=False)
    display_name: str | None = None


class KwsControl(Control):
    """Controls a mock of KWS. The app is 355 of the default seed, unless another one is named.

    Methods that name a user or an app raise openapi_mock.Problem (404) for one that does not exist.
    """

    credentials: Final[Mapping[str, str]] = MappingProxyType(
        {"client_id": "example-client", "client_secret": "made-up-secret"}
    )
    """The credentials of app 355 of the default seed, as arguments of a session."""

    def __init__(self, mock: Controlled, store: Store, tokens: TokenIssuer, sign_in: SignInService) -> None:
        super().__init__(mock)
        self._kws = store
        self._tokens = tokens
        self._sign_ins = sign_in

    @action
    def add_user(
        self,
        username: _Name,
        *,
        password: _Name = PASSWORD,
        app_id: int | None = _APP,
        date_of_birth: date = date(2014, 1, 1),
        language: _Language = "en",
        country: _Country | None = None,
        first_name: str | None = None,
        last_name: str | None = None,
        email: _Email | None = None,
        parent_email: _Email | None = "parent@family.example",
        permissions: str | Sequence[str] = (),
    ) -> User:
        """Add a user, who joins the app at once, with the permissions that the parent has granted.

        With None as `app_id`, they join no app before they sign in to one. Raises Problem (409) for a name
        or an e-mail address that is taken.
        """
        row = {
            "sign_in_name": username,
            "password_hash": hash_password(password),
            "date_of_birth": date_of_birth,
            "language": language,
            "country": country,
            "first_name": first_name,
            "last_name": last_name,
            "email": email,
            "email_key": email and email.lower(),
            "parent_email": parent_email,
        }
        # No other user gets the same number meanwhile.
        with self._mock.turn, self._kws.exclusive() as connection:
            if connection.execute(_TAKEN, {"name": username, "email": row["email_key"]}).first():
                raise conflict("a user has this name or e-mail address")
            user_id = connection.execute(_NEXT_ID).scalar_one()
            connection.execute(insert(users).values(id=user_id, **row))
            name = None
            if app_id is not None:
                check_exists(connection, app_id)
                subject = Subject(app_id, user_id)
                activate(connection, subject, now_ms=self.clock(), random=self.random)
                name = connection.execute(_DISPLAY_NAME, {"app": app_id, "user": user_id}).scalar()
                _decide(connection, subject, _listed(permissions), self.clock(), granted=True)
        return User(user_id, username, password, name)

    @action
    def grant_permission(self, user_id: int, names: str | list[str], *, app_id: int = _APP) -> None:
        """Let the parent grant permissions to the app, such as `accessEmail`."""
        self._decided(user_id, app_id, names, granted=True)

    @action
    def deny_permission(self, user_id: int, names: str | list[str], *, app_id: int = _APP) -> None:
        """Let the parent refuse permissions to the app."""
        self._decided(user_id, app_id, names, granted=False)

    @action
    def permissions(self, user_id: int, *, app_id: int = _APP) -> dict[str, bool | None]:
        """Return each permission by name: granted, refused, or None while the parent has not decided."""
        with self._mock.turn, self._kws.transaction() as connection:
            return decisions(connection, _subject(connection, app_id, user_id))

    @action
    def points(self, user_id: int, *, app_id: int = _APP, currency_id: int | None = None) -> int:
        """Return the points that the user can spend in the app, in its default currency or another one."""
        with self._mock.turn, self._kws.transaction() as connection:
            subject = _subject(connection, app_id, user_id)
            wanted = points.currency_of(connection, app_id, currency_id)
            totals = points.in_app(connection, subject)["total"]
        return next((each["sum"] for each in totals if each["currencyId"] == wanted), 0)

    @action
    def give_points(
        self, user_id: int, amount: _Amount, *, app_id: int = _APP, currency_id: int | None = None
    ) -> None:
        """Award points, in the app's default currency or another one. Raises Problem (409) for too many."""
        with self._mock.turn, self._kws.transaction() as connection:
            subject = _subject(connection, app_id, user_id, lock=True)
            wanted = points.currency_of(connection, app_id, currency_id)
            points.record(connection, subject, wanted, points.RECEIVED, amount, now_ms=self.clock())

    @action
    def set_app_data(self, user_id: int, name: str, value: int, *, app_id: int = _APP) -> None:
        """Store a value of the app for the user."""
        with self._mock.turn, self._kws.transaction() as connection:
            app_data.write(connection, _subject(connection, app_id, user_id, lock=True), name, value)

    @action
    def sign_in(self, url: str, username: str, password: str = PASSWORD) -> str:
        """Sign in at a sign-in URL, as the user would in the browser, and return the callback URL.

        Raises UnacceptableSignIn or WrongPassword where the page would show an error.
        """
        with self._mock.turn:
            started = self._sign_ins.start(_fields(url))
            return self._sign_ins.finish(started, username, password)

    @action
    def token(self, *, user_id: int | None = None, app_id: int = _APP) -> str:
        """Return an access token of the app, or of a user in it."""
        with self._mock.turn, self._kws.transaction() as connection:
            if user_id is not None:
                _subject(connection, app_id, user_id)
            client_id = connection.execute(_CLIENT_ID, {"app": app_id}).scalar()
            if client_id is None:
                raise not_found("app")
            claims = Claims(app_id, client_id, "app" if user_id is None else "user", user_id)
            return self._tokens.issue(claims, connection)

    def _decided(self, user_id: int, app_id: int, names: str | list[str], *, granted: bool) -> None:
        with self._mock.turn, self._kws.transaction() as connection:
            subject = _subject(connection, app_id, user_id, lock=True)
            _decide(connection, subject, _listed(names), self.clock(), granted=granted)


def _fields(url: str) -> dict[str, str]:
    """Return the query of a URL by name. Raises UnacceptableSignIn."""
    try:
        return read_fields(urlsplit(url).query)
    except UnreadableForm as error:
        raise UnacceptableSignIn(str(error)) from None
    except ValueError:
        raise UnacceptableSignIn("This is not a URL.") from None


def _subject(connection: Connection, app_id: int, user_id: int, *, lock: bool = False) -> Subject:
    """Return a user who has joined an app. Raises Problem (404)."""
    check_exists(connection, app_id)
    subject = Subject(app_id, user_id)
    if not is_activated(connection, subject, lock=lock):
        raise not_found("user in this app")
    return subject


def _listed(names: str | Sequence[str]) -> Sequence[str]:
    return [names] if isinstance(names, str) else names


def _decide(
    connection: Connection, subject: Subject, names: Sequence[str], now_ms: int, *, granted: bool
) -> None:
    for name in names:
        decide(connection, subject, name, granted=granted, now_ms=now_ms)
