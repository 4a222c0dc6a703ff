"""The single sign-on: starts a sign-in for an app, and ends it with a redirect to that app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final
from urllib.parse import quote, urlencode

from sqlalchemy import Connection, select

from openapi_mock.clock import Clock

from . import passwords
from .access import Subject
from .activations import activate
from .clients import OAuthClient, find_client, may_redirect_to
from .codes import issue_code, s256
from .schema import users
from .store import Store
from .tokens import Claims, TokenIssuer

_PARAMETERS: Final = (
    "clientId",
    "redirectUri",
    "state",
    "language",
    "code_challenge",
    "code_challenge_method",
)
_CHALLENGE_METHODS: Final = ("S256", "plain")


class UnacceptableSignIn(Exception):
    """Raised for a sign-in that cannot start, nor redirect. The message is shown to the user."""


class WrongPassword(Exception):
    """Raised for a wrong name or password, without saying which."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in that a registered app has started, with an allowed redirect URI."""

    client: OAuthClient
    redirect_uri: str
    parameters: Mapping[str, str]

    @property
    def code_challenge(self) -> str | None:
        """The S256 challenge, also for a sign-in with the method `plain`."""
        challenge = self.parameters.get("code_challenge")
        if challenge is None or self.parameters.get("code_challenge_method") == "S256":
            return challenge
        return s256(challenge)


class SignInService:
    """The logic of the sign-in page."""

    def __init__(self, store: Store, tokens: TokenIssuer, clock: Clock, random: Random) -> None:
        self._store = store
        self._tokens = tokens
        self._clock = clock
        self._random = random

    def start(self, parameters: Mapping[str, str]) -> SignIn:
        """Return the sign-in of a query. Raises UnacceptableSignIn."""
        with self._store.transaction() as connection:
            client = find_client(connection, parameters.get("clientId", ""))
            if client is None:
                raise UnacceptableSignIn("No app has this clientId.")
            redirect_uri = parameters.get("redirectUri", "")
            if not may_redirect_to(connection, client, redirect_uri):
                raise UnacceptableSignIn(f"{client.app_name} has not registered this redirectUri.")
        if parameters.get("code_challenge_method", "plain") not in _CHALLENGE_METHODS:
            raise UnacceptableSignIn("code_challenge_method has to be S256 or plain.")
        kept = {name: parameters[name] for name in _PARAMETERS if name in parameters}
        return SignIn(client, redirect_uri, kept)

    def finish(self, sign_in: SignIn, username: str, password: str) -> str:
        """Return the URL to redirect the browser to. Raises WrongPassword."""
        with self._store.transaction() as connection:
            row = connection.execute(
                select(users.c.id, users.c.password_hash).where(users.c.sign_in_name == username)
            ).first()
        # Outside of the transaction, which would be long: hashing is slow on purpose.
        if not passwords.is_password(password, row.password_hash if row else None) or row is None:
            raise WrongPassword
        with self._store.transaction() as connection:
            return self._admit(connection, sign_in, Subject(sign_in.client.app_id, row.id))

    def _admit(self, connection: Connection, sign_in: SignIn, subject: Subject) -> str:
        now_ms = self._clock()
        activate(connection, subject, now_ms=now_ms, random=self._random)
        state = {"state": sign_in.parameters["state"]} if "state" in sign_in.parameters else {}
        if sign_in.client.implicit_flow:
            claims = Claims(subject.app_id, sign_in.client.client_id, "user", subject.user_id)
            return f"{_with_query(sign_in.redirect_uri, state)}#token={quote(self._tokens.issue(claims))}"
        code = issue_code(connection, subject, sign_in.redirect_uri, sign_in.code_challenge, now_ms)
        return _with_query(sign_in.redirect_uri, {**state, "code": code})


def _with_query(uri: str, parameters: Mapping[str, str]) -> str:
    if not parameters:
        return uri
    return f"{uri}{'&' if '?' in uri else '?'}{urlencode(parameters)}"
