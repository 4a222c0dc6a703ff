"""The HTTP side of a callback URL, for any web framework."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Final, NamedTuple

from kongregate_client.errors import ConfigurationError

from .callbacks import Event, parse_callback
from .errors import CallbackError
from .replies import Reply, checked

logger: Final = logging.getLogger("kongregate")


class Answer(NamedTuple):
    """An HTTP answer for any web framework."""

    status: int
    headers: dict[str, str]
    body: bytes


def handle_callback(body: bytes, *, api_key: str, on_event: Callable[[Event], Reply | None]) -> Answer:
    """Answer a callback: what a game's callback URL has to do, without any web framework.

    What is refused is logged, as a warning of the logger `kongregate`.

    Args:
        body: The body of the POST as it came.
        api_key: The game's key.
        on_event: Called with the event; returns `items_reply(…)`, `completed()`, `canceled()`, or None where
            the event needs no answer. What it raises is passed on.

    Returns:
        Status 200 with the reply, or 400 with a line that says why the body is no callback for this game.

    Raises:
        InvalidReply: What `on_event` returned does not go with the event, or is one that Kongregate would not
            take.
        ConfigurationError: `api_key` is no key, or `on_event` no function.
    """
    check_handler(on_event)
    try:
        event = parse_callback(body, api_key=api_key)
    except CallbackError as error:
        return refuse(error)
    return answer(event, on_event(event))


def check_handler(on_event: object) -> None:
    """Raises ConfigurationError."""
    if not callable(on_event):
        raise ConfigurationError(
            f"on_event has to be a function that takes the event, not {type(on_event).__name__}"
        )


def refuse(error: CallbackError) -> Answer:
    """The answer to what is no callback for this game."""
    logger.warning("refused a callback: %s: %s", type(error).__name__, error)
    return _answer(HTTPStatus.BAD_REQUEST, "text/plain; charset=utf-8", str(error))


def answer(event: Event, reply: Reply | None) -> Answer:
    """The answer to an event. Raises InvalidReply."""
    sent = checked(event, reply)
    if sent is None:
        return _answer(HTTPStatus.OK, "text/plain; charset=utf-8", "")
    return _answer(HTTPStatus.OK, "application/json", json.dumps(sent))


def _answer(status: int, media_type: str, text: str) -> Answer:
    body = text.encode()
    return Answer(int(status), {"Content-Type": media_type, "Content-Length": str(len(body))}, body)
