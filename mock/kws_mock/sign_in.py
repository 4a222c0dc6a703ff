"""The single sign-on: starts a sign-in for an app, and ends it with a redirect to that app."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final
from urllib.parse import quote, urlencode

from sqlalchemy import Connection, bindparam, select

from openapi_mock.clock import Clock
from openapi_mock.control.actions import Refused
from openapi_mock.state.statements import Statement

from . import passwords
from .access import Subject
from .activations import activate
from .clients import OAuthClient, find_client, may_redirect_to
from .codes import issue_code
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
# The method `plain` shows the verifier to whoever sees the URL, so it is refused, named or not.
_CHALLENGE_METHOD: Final = "S256"
_PASSWORD: Final = Statement(
    select(users.c.id, users.c.password_hash).where(users.c.sign_in_name == bindparam("name"))
)
_CHALLENGE: Final = re.compile("[A-Za-z0-9_-]{43}")


class UnacceptableSignIn(Refused):
    """Raised for a sign-in that cannot start, nor redirect. The message is shown to the user."""


class WrongPassword(Refused):
    """Raised for a wrong name or password, without saying which."""

    def __init__(self) -> None:
        super().__init__("The name or the password is wrong.")


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in that a registered app has started, with an allowed redirect URI."""

    client: OAuthClient
    redirect_uri: str
    parameters: Mapping[str, str]

    @property
    def code_challenge(self) -> str | None:
        """The S256 challenge of PKCE, if the sign-in was started with it."""
        return self.parameters.get("code_challenge")


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
        _check_challenge(parameters)
        kept = {name: parameters[name] for name in _PARAMETERS if name in parameters}
        return SignIn(client, redirect_uri, kept)

    def finish(self, sign_in: SignIn, username: str, password: str) -> str:
        """Return the URL to redirect the browser to. Raises WrongPassword."""
        with self._store.transaction() as connection:
            row = _PASSWORD.first(connection, {"name": username})
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
            token = self._tokens.issue(claims, connection)
            return f"{_with_query(sign_in.redirect_uri, state)}#token={quote(token)}"
        code = issue_code(
            connection, subject, sign_in.redirect_uri, sign_in.code_challenge, now_ms, self._random
        )
        return _with_query(sign_in.redirect_uri, {**state, "code": code})


def _check_challenge(parameters: Mapping[str, str]) -> None:
    if not parameters.keys() & {"code_challenge", "code_challenge_method"}:
        return
    if parameters.get("code_challenge_method") != _CHALLENGE_METHOD:
        raise UnacceptableSignIn("code_challenge_method has to be S256.")
    if not _CHALLENGE.fullmatch(parameters.get("code_challenge", "")):
        raise UnacceptableSignIn("code_challenge has to be 43 characters of base64url, as S256 gives them.")


def _with_query(uri: str, parameters: Mapping[str, str]) -> str:
    if not parameters:
        return uri
    return f"{uri}{'&' if '?' in uri else '?'}{urlencode(parameters)}"
