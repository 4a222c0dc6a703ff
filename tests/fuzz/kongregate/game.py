"""A game with a server of its own: what receives callbacks, on a wire on which things happen to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

import kongregate

URL = "https://game.example/callbacks"
KEY = "made-up-api-key"

Happening = Callable[[bytes, Callable[[bytes], httpx.Response]], httpx.Response]
"""What happens to a callback on its way: it gets the body, and what delivers one."""


@dataclass
class Game:
    """The server of a game, which hands items out once for each order, as it should.

    Attributes:
        offer: What it offers for an order.
        states: What becomes of placed orders, one after the other; the last of them goes on.
        events: The events that it was told of, as they came.
        handed_out: The orders for which it has handed something out.
        api_key: The key that it takes for its own.
    """

    offer: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    states: list[str] = field(default_factory=lambda: ["completed"])
    events: list[kongregate.Event] = field(default_factory=list[kongregate.Event])
    handed_out: set[int] = field(default_factory=set[int])
    api_key: str = KEY

    def begin(self, offer: list[dict[str, Any]], *states: str) -> None:
        """Forget the events, and offer this from now on."""
        self.offer, self.states, self.api_key = offer, [*states], KEY
        self.events.clear()

    def on_event(self, event: kongregate.Event) -> kongregate.Reply | None:
        self.events.append(event)
        match event:
            case kongregate.ItemOrderRequest():
                return kongregate.items_reply([kongregate.Item(**each) for each in self.offer])
            case kongregate.ItemOrderPlaced():
                state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
                if state == "completed":
                    self.handed_out.add(event.order_id)
                return {"state": state}
            case _:
                return None

    def receive(self, body: bytes) -> httpx.Response:
        """Respond to a callback."""
        response = kongregate.handle_callback(body, api_key=self.api_key, on_event=self.on_event)
        return httpx.Response(response.status, headers=response.headers, content=response.body)


class Wire(httpx.BaseTransport):
    """The way from Kongregate to the game.

    Attributes:
        bodies: The callbacks that went over it.
        happening: What happens to them; None lets all pass.
    """

    def __init__(self, game: Game) -> None:
        self.bodies: list[bytes] = []
        self.happening: Happening | None = None
        self._game = game

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = request.read()
        assert (request.method, str(request.url)) == ("POST", URL)
        assert request.headers["content-type"] == "application/x-www-form-urlencoded"
        self.bodies.append(body)
        response = self.happening(body, self._game.receive) if self.happening else self._game.receive(body)
        return httpx.Response(
            response.status_code, headers=response.headers, stream=httpx.ByteStream(response.content)
        )


# ---- What happens on the way


def _failing(error: httpx.TransportError, *, delivered: bool) -> Happening:
    def happen(body: bytes, deliver: Callable[[bytes], httpx.Response]) -> httpx.Response:
        if delivered:
            deliver(body)
        raise error

    return happen


def _instead(response: Callable[[httpx.Response], httpx.Response]) -> Happening:
    return lambda body, deliver: response(deliver(body))


def _changed(change: Callable[[bytes], bytes]) -> Happening:
    return lambda body, deliver: deliver(change(body))


NO_RESPONSE, TIMED_OUT, INVALID = "NoResponse", "TimedOut", "InvalidResponse"
HAPPENINGS: Mapping[str, tuple[str, Happening]] = {
    "the game cannot be reached": (NO_RESPONSE, _failing(httpx.ConnectError("made up"), delivered=False)),
    "the reply is lost": (NO_RESPONSE, _failing(httpx.ReadError("made up"), delivered=True)),
    "the reply is late": (TIMED_OUT, _failing(httpx.ReadTimeout("made up"), delivered=True)),
    "the reply is an error": (INVALID, _instead(lambda _: httpx.Response(500, content=KEY.encode()))),
    "the reply is another success": (
        INVALID,
        _instead(lambda reply: httpx.Response(201, content=reply.content)),
    ),
    "the reply is moved": (
        INVALID,
        _instead(lambda reply: httpx.Response(302, headers={"location": URL}, content=reply.content)),
    ),
    "the reply is cut": (INVALID, _instead(lambda reply: httpx.Response(200, content=reply.content[:-1]))),
    "the reply is empty": (INVALID, _instead(lambda _: httpx.Response(200, content=b""))),
    "the reply is a list": (INVALID, _instead(lambda _: httpx.Response(200, content=b"[]"))),
    "the reply is too large": (
        INVALID,
        _instead(lambda reply: httpx.Response(200, content=reply.content + b" " * 65536)),
    ),
    "the reply has half a character": (
        INVALID,
        _instead(
            lambda _: httpx.Response(200, content=b'{"items": [{"name": "\\ud800"}], "state": "\\ud800"}')
        ),
    ),
    "the callback is cut": (INVALID, _changed(lambda body: body[:-1])),
    "the callback is doubled in itself": (INVALID, _changed(lambda body: body + b"&" + body)),
    "the callback is emptied": (INVALID, _changed(lambda _: b"")),
}
"""What may happen to a callback, and the error that the site has for it."""
