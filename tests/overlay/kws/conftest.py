"""A KWS of a few lines, for what a real mock does not let happen: odd tokens, refusals, slowness, silence."""

from __future__ import annotations

import asyncio
import threading
import time

import httpx
import jwt
import pytest

from kws import KWS, AsyncKWS
from openapi_mock import MockTransport, asgi_app, load

CLIENT_ID = "example-client"
SECRET = "made-up-secret"
BASE_URL = "https://kws.example"


def make_token(**claims):
    payload = {"appId": 355, "clientId": CLIENT_ID, "scope": "app", "iat": 1000, "exp": 87400, **claims}
    kept = {name: value for name, value in payload.items() if value is not None}
    return jwt.encode(kept, "made-up-signing-key-of-thirty-two-bytes", algorithm="HS256")


def as_sent(request):
    """A copy: what sends a request once more changes its headers."""
    body = request.content if isinstance(request.stream, httpx.ByteStream) else b""
    return httpx.Request(
        request.method, request.url, headers=request.headers, content=body, extensions=request.extensions
    )


class Clock:
    """Seconds, standing still until moved."""

    def __init__(self):
        self.now = 5000.0

    def __call__(self):
        return self.now


class Server(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Issues tokens and says yes to everything else. Tests replace what it answers."""

    def __init__(self):
        self.requests = []
        self.delay_s = 0.0
        self.token_claims = {}
        self.token_fields = {"token_type": "bearer", "expires_in": 86400}
        self.refused = set()
        self.token_answer = None
        self.answer = httpx.Response(204)
        self._count = 0
        self._lock = threading.Lock()

    def handle_request(self, request):
        with self._lock:
            self.requests.append(as_sent(request))
        if self._is_token(request):
            time.sleep(self.delay_s)
        return self._respond(request)

    async def handle_async_request(self, request):
        self.requests.append(as_sent(request))
        if self._is_token(request):
            await asyncio.sleep(self.delay_s)
        return self._respond(request)

    @property
    def token_requests(self):
        return [each for each in self.requests if self._is_token(each)]

    @property
    def calls(self):
        return [each for each in self.requests if not self._is_token(each)]

    @staticmethod
    def _is_token(request):
        return request.extensions["operation"].id == "issueToken"

    def _respond(self, request):
        if self._is_token(request):
            return self.token_answer(request) if self.token_answer else self._issue()
        if request.headers.get("authorization", "").removeprefix("Bearer ") in self.refused:
            return httpx.Response(401, json={"ErrorCode": "invalid_token"})
        answer = self.answer(request) if callable(self.answer) else self.answer
        return httpx.Response(
            answer.status_code, headers=answer.headers, stream=httpx.ByteStream(answer.content)
        )

    def _issue(self):
        with self._lock:
            self._count += 1
        token = make_token(jti=self._count, **self.token_claims)
        return httpx.Response(200, json={"access_token": token, **self.token_fields})


@pytest.fixture
def server():
    return Server()


@pytest.fixture(name="make_token")
def token_maker():
    return make_token


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def arguments(server, clock):
    """What both kinds of session are made with."""
    return {
        "base_url": BASE_URL,
        "client_id": CLIENT_ID,
        "client_secret": SECRET,
        "sso_url": "https://club.example",
        "httpx_args": {"transport": server},
        "max_retries": 0,
        "clock": clock,
    }


@pytest.fixture
def session(arguments):
    with KWS(**arguments) as session:
        yield session


@pytest.fixture
async def async_session(arguments):
    async with AsyncKWS(**arguments) as session:
        yield session


@pytest.fixture
def mock():
    mock = load("kws")
    yield mock
    mock.behaviour.close()


@pytest.fixture
def mock_arguments(mock):
    """A session with the mock, in process."""
    return {
        "base_url": BASE_URL,
        "client_id": CLIENT_ID,
        "client_secret": SECRET,
        "sso_url": "https://club.example",
        "httpx_args": {"transport": MockTransport(mock)},
    }


@pytest.fixture
async def browser(mock):
    """Sees the pages of the mock, too."""
    transport = httpx.ASGITransport(asgi_app(mock))
    async with httpx.AsyncClient(transport=transport, base_url="https://club.example") as browser:
        yield browser
