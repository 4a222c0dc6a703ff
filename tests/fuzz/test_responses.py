"""Whatever a server responds, a client returns what the document says, or raises a typed error of it."""

from __future__ import annotations

from typing import Any

import jwt

from kongregate import AsyncKongregate, Kongregate
from kws import KWS, AsyncKWS
from openapi_fuzz import Clients, Target, response_tests
from openapi_fuzz.responses.calling import MAX_SIZE
from openapi_fuzz.responses.transport import RespondingTransport

from .test_apis import TARGETS

SECRET = "made-up-client-secret"
KEY = "made-up-key-of-a-game"
CLAIMS = {"appId": 355, "userId": 5073, "clientId": "made-up"}
TOKENS = {
    scope: jwt.encode({**CLAIMS, "scope": scope}, "made-up-signing-key" * 2)
    for scope in ("app", "frontend", "user")
}


def settings(transport: RespondingTransport) -> dict[str, Any]:
    return {"max_retries": 0, "max_response_size": MAX_SIZE, "httpx_args": {"transport": transport}}


def open_kws(target: Target, operation_id: str, transport: RespondingTransport) -> tuple[KWS, AsyncKWS]:
    security = target.endpoints[operation_id].operation.security
    scopes = [scope for each in security for scope in each.get("bearer", ())] or ["app"]
    credentials = {"client_id": "made-up", "client_secret": SECRET, "token": TOKENS[scopes[0]]}
    arguments = {**credentials, **settings(transport)}
    return KWS("https://server.example", **arguments), AsyncKWS("https://server.example", **arguments)


def open_kongregate(
    _target: Target, _operation_id: str, transport: RespondingTransport
) -> tuple[Kongregate, AsyncKongregate]:
    arguments = settings(transport)
    return (
        Kongregate(KEY, "https://server.example", **arguments),
        AsyncKongregate(KEY, "https://server.example", **arguments),
    )


SESSIONS = {
    "kws": Clients(open_kws, (SECRET, *TOKENS.values())),
    "kongregate": Clients(open_kongregate, (KEY,)),
}

TestResponses = response_tests(*TARGETS)
TestResponsesToSessions = response_tests(
    *(each for each in TARGETS if each.name in SESSIONS), clients=SESSIONS
)
