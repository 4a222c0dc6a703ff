"""What a test does to KWS besides calling it: users, permissions, points, sign-ins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sqlalchemy import Connection, bindparam, func, insert, or_, select

from openapi_mock.control import Control, Controlled
from openapi_mock.control.actions import action
from openapi_mock.pages.html import read_fields

from . import app_data, points
from .access import Subject, check_exists, is_activated
from .activations import activate
from .errors import conflict, not_found
from .passwords import hash_password
from .permissions import decide, decisions
from .schema import activations, apps, users
from .tokens import Claims, TokenIssuer

if TYPE_CHECKING:
    from .sign_in import SignInService
    from .store import Store

PASSWORD: Final = "made-up-password"  # noqa: S105  # made up
_APP: Final = 355
_CLIENT_ID: Final = select(apps.c.client_id).where(apps.c.id == bindparam("app"))
_DISPLAY_NAME: Final = select(activations.c.display_name).where(
    activations.c.app_id == bindparam("app"), activations.c.user_id == bindparam("user")
)
_CURRENCY: Final = select(apps.c.default_currency_id).where(apps.c.id == bindparam("app"))
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
        username: str,
        *,
        password: str = PASSWORD,
        app_id: int | None = _APP,
        date_of_birth: date = date(2014, 1, 1),
        language: str = "en",
        country: str | None = None,
        first_name: str | None = None,
        last_name: str | None = None,
        email: str | None = None,
        parent_email: str | None = "parent@family.example",
        permissions: Sequence[str] = (),
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
        with self._mock.turn, self._kws.transaction() as connection:
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
                _decide(connection, subject, permissions, self.clock(), granted=True)
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
            wanted = currency_id or connection.execute(_CURRENCY, {"app": app_id}).scalar_one()
            totals = points.in_app(connection, subject)["total"]
        return next((each["sum"] for each in totals if each["currencyId"] == wanted), 0)

    @action
    def give_points(
        self, user_id: int, amount: int, *, app_id: int = _APP, currency_id: int | None = None
    ) -> None:
        """Award points, in the app's default currency or another one. Raises Problem (409) for too many."""
        with self._mock.turn, self._kws.transaction() as connection:
            subject = _subject(connection, app_id, user_id, lock=True)
            wanted = currency_id or connection.execute(_CURRENCY, {"app": app_id}).scalar_one()
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
            started = self._sign_ins.start(read_fields(urlsplit(url).query))
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
        chosen = [names] if isinstance(names, str) else names
        with self._mock.turn, self._kws.transaction() as connection:
            subject = _subject(connection, app_id, user_id, lock=True)
            _decide(connection, subject, chosen, self.clock(), granted=granted)


def _subject(connection: Connection, app_id: int, user_id: int, *, lock: bool = False) -> Subject:
    """Return a user who has joined an app. Raises Problem (404)."""
    check_exists(connection, app_id)
    subject = Subject(app_id, user_id)
    if not is_activated(connection, subject, lock=lock):
        raise not_found("user in this app")
    return subject


def _decide(
    connection: Connection, subject: Subject, names: Sequence[str], now_ms: int, *, granted: bool
) -> None:
    for name in names:
        decide(connection, subject, name, granted=granted, now_ms=now_ms)
