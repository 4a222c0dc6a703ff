"""Callbacks: what Kongregate sends to a game's own server, plain or signed, and how that can fail."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
import logging
import time
from collections.abc import Mapping, Sequence
from functools import cached_property
from http import HTTPStatus
from typing import Any, Final

import httpx

logger = logging.getLogger("openapi_mock.callbacks")

TIMEOUT_S: Final = 5.0
MAX_ANSWER_BYTES: Final = 64 * 1024
_LONGEST_QUOTE: Final = 300


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

    No part of an answer may be longer in coming than `timeout_s` seconds, nor its body as a whole.
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

    def post(self, url: str, event: str, form: Mapping[str, str], secrets: Sequence[str]) -> bytes:
        """The body of the answer to a callback. What is raised shows none of `secrets`.

        Raises:
            CallbackError: There is none, or its status is not 200.
        """
        self.check(url)
        place = _origin(httpx.URL(url))
        try:
            status, body = self._answer(url, form)
        except httpx.TimeoutException:
            raise TimedOut(f"the game server at {place} took too long to answer") from None
        except (httpx.RequestError, httpx.InvalidURL) as error:
            why = str(error) or type(error).__name__
            raise NoAnswer(f"the game server at {place} did not answer: {why}") from None
        if status != HTTPStatus.OK:
            said = _said(body, secrets)
            raise BadAnswer(f"the game server at {place} answered with the status {status}{said}")
        logger.info("%s: answered by %s", event, place)
        return body

    def _answer(self, url: str, form: Mapping[str, str]) -> tuple[int, bytes]:
        deadline = time.monotonic() + self._timeout_s
        with self._client.stream("POST", url, data=dict(form)) as answer:
            return answer.status_code, _read(answer, deadline)

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
    body = bytearray()
    for part in answer.iter_bytes():
        body += part
        if len(body) > MAX_ANSWER_BYTES:
            raise BadAnswer(f"the game server's answer has more than {MAX_ANSWER_BYTES} bytes")
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("")
    return bytes(body)


def _said(body: bytes, secrets: Sequence[str]) -> str:
    """What a game server says of why it refused, on one line, and without what it was sent in confidence."""
    text = body.decode(errors="replace")
    for secret in secrets:
        text = text.replace(secret, "***")
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return f": {line[:_LONGEST_QUOTE]}" if line else ""


def _origin(url: httpx.URL) -> str:
    """Where a URL leads, without the parts that may hold something secret."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
