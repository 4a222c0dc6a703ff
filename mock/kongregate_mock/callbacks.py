"""Callbacks: what Kongregate sends to a game's own server, plain or signed, and what may come back."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
import time
from collections.abc import Mapping
from functools import cached_property
from http import HTTPStatus
from typing import Any, Final

import httpx

TIMEOUT_S: Final = 5.0
MAX_ANSWER_BYTES: Final = 64 * 1024


class CallbackError(Exception):
    """A callback that did not get a usable answer. Messages hold neither keys nor tokens."""


class ForbiddenURL(CallbackError, ValueError):
    """A callback URL that is not on this machine."""


class NoAnswer(CallbackError):
    """The game server could not be reached, or broke off."""


class TimedOut(NoAnswer):
    """The game server took too long."""


class BadAnswer(CallbackError):
    """The game server's answer is not what the callback asks for."""


class Sender:
    """Posts forms to game servers on this machine; elsewhere only with `any_host`.

    An answer has to be there within `timeout_s` seconds, whole.
    """

    def __init__(
        self,
        *,
        timeout_s: float = TIMEOUT_S,
        any_host: bool = False,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._timeout_s = timeout_s
        self._any_host = any_host
        self._transport = transport

    def post(self, url: str, form: Mapping[str, str]) -> bytes:
        """The body of the answer. Raises CallbackError."""
        self.check(url)
        deadline = time.monotonic() + self._timeout_s
        try:
            with self._client.stream("POST", url, data=dict(form)) as answer:
                return _read(answer, deadline)
        except httpx.TimeoutException:
            raise _timed_out() from None
        except (httpx.RequestError, httpx.InvalidURL) as error:
            raise NoAnswer(f"the game server did not answer: {type(error).__name__}") from None

    def check(self, url: str) -> None:
        """Raises ForbiddenURL."""
        try:
            parsed = httpx.URL(url)
        except httpx.InvalidURL:
            raise ForbiddenURL("a callback URL is not a URL") from None
        if parsed.scheme not in {"http", "https"} or not parsed.host:
            raise ForbiddenURL("a callback URL begins with http:// or https://")
        if not self._any_host and not _is_loopback(parsed.host):
            raise ForbiddenURL(f"callbacks go to this machine only, not to {parsed.host}")

    def close(self) -> None:
        """Let go of connections."""
        # Making a client reads all the certificates there are, so it is not made to be closed.
        if "_client" in vars(self):
            self._client.close()

    @cached_property
    def _client(self) -> httpx.Client:
        # Without the environment's proxies: a callback does not leave the machine.
        return httpx.Client(timeout=self._timeout_s, trust_env=False, transport=self._transport)


def sign(payload: Mapping[str, Any], api_key: str) -> str:
    """A `signed_request`: HMAC-SHA256 over the payload's text, a dot, the text; both unpadded base64url."""
    text = _base64url(json.dumps(payload, separators=(",", ":")).encode())
    signature = hmac.digest(api_key.encode(), text.encode(), hashlib.sha256)
    return f"{_base64url(signature)}.{text}"


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _read(answer: httpx.Response, deadline: float) -> bytes:
    if answer.status_code != HTTPStatus.OK:
        raise BadAnswer(f"the game server answered with the status {answer.status_code}")
    body = bytearray()
    for part in answer.iter_bytes():
        body += part
        if len(body) > MAX_ANSWER_BYTES:
            raise BadAnswer(f"the game server's answer has more than {MAX_ANSWER_BYTES} bytes")
        if time.monotonic() > deadline:
            raise _timed_out()
    return bytes(body)


def _timed_out() -> TimedOut:
    return TimedOut("the game server took too long to answer")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
