"""A Kongregate of one function, a signer of callbacks, and a search for secrets."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import traceback

import httpx
import pytest

from kongregate import AsyncKongregate, Kongregate

BASE_URL = "https://kongregate.example"
KEY = "made-up-api-key"
TOKEN = "made-up-game-token"


class Server(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers everything with `answer`: a response, what to raise, or a function of the request."""

    def __init__(self):
        self.requests = []
        self.answer = httpx.Response(200, json={"success": True})

    def handle_request(self, request):
        request.read()
        return self._respond(request)

    async def handle_async_request(self, request):
        await request.aread()
        return self._respond(request)

    def _respond(self, request):
        self.requests.append(request)
        answer = self.answer(request) if callable(self.answer) else self.answer
        stream = httpx.ByteStream(answer.content)
        return httpx.Response(answer.status_code, headers=answer.headers, stream=stream)


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def arguments(server):
    """What both kinds of session are made with."""
    return {"api_key": KEY, "base_url": BASE_URL, "httpx_args": {"transport": server}}


@pytest.fixture
def kong(arguments):
    with Kongregate(**arguments) as kong:
        yield kong


@pytest.fixture
async def async_kong(arguments):
    async with AsyncKongregate(**arguments) as kong:
        yield kong


def unpadded(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


class Signer:
    """Makes callbacks the way Kongregate does, by other code than the package's."""

    key = KEY

    def request(self, payload, *, key=None):
        """A signed request: of fields, or of the content of a payload as it is."""
        content = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        text = unpadded(content)
        return f"{self.signature(text, key=key)}.{text}"

    def signature(self, text, *, key=None):
        """The signature of a text, whatever it is."""
        return unpadded(hmac.new((key or self.key).encode(), text.encode(), hashlib.sha256).digest())

    def body(self, payload, **options):
        """The form that carries it."""
        return f"signed_request={self.request(payload, **options)}".encode()


@pytest.fixture
def signer():
    return Signer()


@pytest.fixture
def order():
    """The payload of an order, as Kongregate sends it."""
    return {
        "algorithm": "HMAC-SHA256",
        "event": "item_order_request",
        "game_id": 1001,
        "buyer_id": 765,
        "recipient_id": 766,
        "order_id": 88,
        "order_info": "sharp-stick",
    }


@pytest.fixture
def plain():
    """The fields of a plain callback."""
    return {
        "event": "invalidate_user_inventory",
        "api_key": KEY,
        "time": "2016-04-10 06:20:59 -0700",
        "user_id": "765",
        "username": "Robin",
        "game_auth_token": TOKEN,
    }


class Secrets:
    """Everything that a developer may get to see, searched for what nobody may see."""

    names = (KEY, TOKEN)

    def __init__(self):
        self.seen = []

    def look_at(self, thing):
        self.seen.append(repr(thing))
        if isinstance(thing, BaseException):
            self.seen += traceback.format_exception(thing)
            self.seen.append(repr((str(thing), thing.args, vars(thing))))
            for other in (thing.__cause__, thing.__context__):
                if other is not None:
                    self.look_at(other)

    def assert_nowhere(self):
        assert self.seen
        assert [text for text in self.seen if any(name in text for name in self.names)] == []


@pytest.fixture
def secrets():
    return Secrets()


@pytest.fixture
def debug_log(caplog):
    """Every line of every logger, from DEBUG on."""
    with caplog.at_level(logging.DEBUG):
        for name in ("httpx", "httpcore", "asyncio", "kongregate", "kongregate_client"):
            caplog.set_level(logging.DEBUG, logger=name)
        yield caplog
