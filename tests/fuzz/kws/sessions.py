"""A session of KWS for each kind of credentials, as users make them."""

from __future__ import annotations

from collections.abc import Mapping

from kws import KWS, AsyncKWS, MissingCredentials, ScopeError
from openapi_fuzz import Opening, Operation, Server, Session
from openapi_fuzz.sessions import Half, Scheme
from openapi_mock import Mock

from .known import APP, CLIENT, SECRET, USER

SCOPES = ("app", "frontend", "user")


def credentials(server: Server) -> Mapping[Scheme, str]:
    """Return what is sent raw: a token of each scope, fetched without any client."""

    def token(scope: str) -> str:
        form = {"grant_type": "client_credentials", "scope": scope}
        response = server.http.post("/oauth/token", data=form, auth=(CLIENT, SECRET))
        found: str = response.raise_for_status().json()["access_token"]
        return found

    assert isinstance(server.app, Mock)
    return {
        "basic": f"{CLIENT}:{SECRET}",
        ("bearer", "app"): token("app"),
        ("bearer", "frontend"): token("frontend"),
        ("bearer", "user"): server.app.control.token(user_id=USER),
    }


def open_sessions(opening: Opening) -> Mapping[Scheme, Session]:
    """Return a session without credentials, one that asks for tokens alone, and one of each scope."""
    return {
        "": _without_token(opening),
        "basic": _of_client(opening),
        ("bearer", "app"): _of_app(opening, "app"),
        ("bearer", "frontend"): _of_app(opening, "frontend"),
        ("bearer", "user"): _of_user(opening),
    }


def _settings(opening: Opening) -> dict[str, object]:
    place = {"base_url": opening.base_url, "allow_http": True, "max_retries": 0}
    return {**place, "httpx_args": {"transport": opening.transport()}}


def _without_token(opening: Opening) -> Session:
    def refuses(operation: Operation) -> type[Exception] | None:
        return MissingCredentials if operation.needs_credentials else None

    settings = _settings(opening)
    return Session(KWS(**settings), AsyncKWS(**settings), refuses=refuses)


def _of_client(opening: Opening) -> Session:
    settings = {**_settings(opening), "client_id": CLIENT, "client_secret": SECRET}
    return Session(KWS(**settings), AsyncKWS(**settings), secret=f"{CLIENT}:{SECRET}")


def _of_app(opening: Opening, scope: str) -> Session:
    transport = opening.transport()
    settings = {
        **_settings(opening),
        "client_id": CLIENT,
        "client_secret": SECRET,
        "scope": scope,
        "httpx_args": {"transport": transport},
    }

    def fetched(half: Half) -> str:
        """The token that the server issued last: what was sent before does not matter."""
        response = transport.own.get((half, "issueToken"))
        token: str = response.json().get("access_token", "") if response else ""
        return token

    return Session(
        KWS(**settings),
        AsyncKWS(**settings),
        secret=fetched,
        supplied={"appId": APP},
        refuses=lambda operation: ScopeError if _excludes(operation, scope) else None,
    )


def _of_user(opening: Opening) -> Session:
    token = opening.credentials["bearer", "user"]
    settings = {**_settings(opening), "token": token}

    def refuses(operation: Operation) -> type[Exception] | None:
        if any("basic" in each for each in operation.security):
            return MissingCredentials
        return ScopeError if _excludes(operation, "user") else None

    return Session(
        KWS(**settings),
        AsyncKWS(**settings),
        secret=token,
        supplied={"appId": APP, "userId": USER},
        refuses=refuses,
    )


def _excludes(operation: Operation, scope: str) -> bool:
    """Return whether an operation takes tokens, and none of this scope."""
    scopes = {each for alternative in operation.security for each in alternative.get("bearer", ())}
    return bool(scopes) and scope not in scopes
