"""Callbacks: requests to a game's own server, plain or signed, and how they fail."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
import logging
import time
from collections.abc import Collection, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import httpx

from openapi_mock.control.actions import Refused
from openapi_mock.control.faults import Faults

logger = logging.getLogger("openapi_mock.callbacks")

TIMEOUT_S: Final = 5.0
MAX_RESPONSE_BYTES: Final = 64 * 1024
_LONGEST_QUOTE: Final = 300


class CallbackError(Refused):
    """Raised for a callback that gets no usable response. Messages hold neither keys nor tokens.

    `quote` is what the server at the URL said. It ends the message, and is for the log, not for a page.
    """

    def __init__(self, message: str, quote: str = "") -> None:
        super().__init__(message + quote)
        self.without_quote = message

    @property
    def reason(self) -> str:
        return self.without_quote


class ForbiddenURL(CallbackError, ValueError):
    """Raised for a callback URL that is not on this machine."""


class NoResponse(CallbackError):
    """Raised when the game server cannot be reached, or closes the connection early."""


class TimedOut(NoResponse):
    """Raised when the game server takes too long."""


class InvalidResponse(CallbackError):
    """Raised for a response that does not fit the callback."""


class Sender:
    """Posts forms to game servers on this machine, on `hosts`, or with `any_host` anywhere.

    Neither a part of a response nor its whole body may take longer than `timeout_s` seconds.
    """

    def __init__(
        self,
        *,
        timeout_s: float = TIMEOUT_S,
        hosts: Collection[str] = (),
        any_host: bool = False,
        transport: httpx.BaseTransport | None = None,
        faults: Faults | None = None,
    ) -> None:
        self._timeout_s = timeout_s
        self._hosts = frozenset(map(str.lower, hosts))
        self._any_host = any_host
        self._transport = transport
        self._faults = Faults() if faults is None else faults
        self._client: httpx.Client | None = None
        self._given: httpx.Client | None = None

    def use(self, client: httpx.Client | None) -> None:
        """Send through this client from now on, to any host; None is for a client of its own, as at first.

        A client that was given is not closed here.
        """
        self._given = client

    def post(self, url: str, event: str, form: Mapping[str, str], secrets: Sequence[str]) -> bytes:
        """Return the body of the response to a callback. Errors hold none of `secrets`.

        Raises:
            CallbackError: There is none, or its status is not 200.
        """
        self.check(url)
        place = _origin(httpx.URL(url))
        try:
            status, body = self._send(url, form)
            if self._faults.take(event, of_callback=True):
                self._send(url, form)
        except httpx.TimeoutException:
            raise TimedOut(f"the game server at {place} took too long to respond") from None
        except (httpx.RequestError, httpx.InvalidURL) as error:
            why = str(error) or type(error).__name__
            raise NoResponse(f"the game server at {place} did not respond: {why}") from None
        if status != HTTPStatus.OK:
            quoted = _quote(body, secrets)
            raise InvalidResponse(f"the game server at {place} responded with the status {status}", quoted)
        logger.info("%s: response from %s", event, place)
        return body

    def _send(self, url: str, form: Mapping[str, str]) -> tuple[int, bytes]:
        deadline = time.monotonic() + self._timeout_s
        with self._opened().stream("POST", url, data=dict(form)) as response:
            return response.status_code, _read(response, deadline)

    def check(self, url: str) -> None:
        """Check the URL of a game server. Raises ForbiddenURL."""
        try:
            parsed = httpx.URL(url)
        except httpx.InvalidURL:
            raise ForbiddenURL("a callback URL is not a URL") from None
        if parsed.scheme not in {"http", "https"} or not parsed.host:
            raise ForbiddenURL("a callback URL begins with http:// or https://")
        if not (self._may_be_anywhere or parsed.host in self._hosts or _is_loopback(parsed.host)):
            advice = "allow it by --callback-host, or in a test by send_callbacks_through"
            raise ForbiddenURL(f"callbacks go to this machine only, not to {parsed.host}: {advice}")

    def close(self) -> None:
        """Close connections."""
        if self._client is not None:
            self._client.close()

    @property
    def _may_be_anywhere(self) -> bool:
        return self._any_host or self._given is not None

    def _opened(self) -> httpx.Client:
        if self._given is not None:
            return self._given
        if self._client is None:
            # The environment's proxies are ignored, so that a callback stays on the machine.
            self._client = httpx.Client(timeout=self._timeout_s, trust_env=False, transport=self._transport)
        return self._client


def sign(payload: Mapping[str, Any], api_key: str) -> str:
    """Return a `signed_request`: HMAC-SHA256 of the payload, a dot, the payload; both unpadded base64url."""
    text = _base64url(json.dumps(payload, separators=(",", ":")).encode())
    signature = hmac.digest(api_key.encode(), text.encode(), hashlib.sha256)
    return f"{_base64url(signature)}.{text}"


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _read(response: httpx.Response, deadline: float) -> bytes:
    body = bytearray()
    for part in response.iter_bytes():
        body += part
        if len(body) > MAX_RESPONSE_BYTES:
            raise InvalidResponse(f"the game server's response has more than {MAX_RESPONSE_BYTES} bytes")
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("")
    return bytes(body)


def _quote(body: bytes, secrets: Sequence[str]) -> str:
    """Return the body of a failed response on one line, without secrets."""
    text = body.decode(errors="replace")
    for secret in secrets:
        text = text.replace(secret, "***")
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return f": {line[:_LONGEST_QUOTE]}" if line else ""


def _origin(url: httpx.URL) -> str:
    """Return the origin of a URL, without the parts that may hold secrets."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
