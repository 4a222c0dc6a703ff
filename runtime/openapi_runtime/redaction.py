"""Keeps secrets out of messages and logs."""

from __future__ import annotations

import base64
import binascii
import html
import json
import logging
import re
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, NamedTuple, cast
from urllib.parse import unquote, unquote_plus

import httpx

_MAX_LENGTH: Final = 300
_MAX_EXAMINED: Final = 20_000
# What a character may become: the most that JSON in HTML in a URL makes of it.
_LONGEST_ESCAPE: Final = 12
_SHORTEST: Final = 8
_NO_SECRETS: Final = frozenset(
    (
        *("accept", "accept-encoding", "connection", "content-length", "content-type", "cookie", "host"),
        *("traceparent", "transfer-encoding", "user-agent"),
    )
)
_REPLACEMENT: Final = "***"
_WITHHELD: Final = "(a text that repeats a secret)"
# As many as there are in a row: two may stand for one character.
_JSON_ESCAPES: Final = re.compile(r'(?:\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})+')


def redact(text: str, secrets: Collection[str] = ()) -> str:
    """Return a server's text as a message can carry it: on one line, at most 300 characters, without secrets.

    A secret that stands in it as it was sent, or in Base64, is replaced. Where one is found only after
    escapes of URLs, HTML and JSON are undone, the whole text is withheld.
    """
    text = _beginning(text, secrets)
    secrets = {form for secret in secrets for form in _forms(secret)}
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, _REPLACEMENT)
    if any(secret in form for form in _unescaped(text) for secret in secrets):
        return _WITHHELD
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return text if len(text) <= _MAX_LENGTH else f"{text[:_MAX_LENGTH]}…"


def _beginning(text: str, secrets: Collection[str]) -> str:
    """Return as much of a text as a message can need: looking through all of a long one takes seconds."""
    if len(text) <= _MAX_EXAMINED:
        return text
    # The cut may leave the beginning of a secret, in its longest form.
    longest = max(map(len, secrets), default=0)
    return text[: max(_MAX_EXAMINED - _LONGEST_ESCAPE * longest, 0)]


def _forms(secret: str) -> Iterator[str]:
    """Yield a secret as it is, and a long one in both alphabets of Base64."""
    yield secret
    if len(secret) < _SHORTEST:
        return
    content = secret.encode("utf-8", "surrogatepass")
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        yield encode(content).decode().rstrip("=")


def _unescaped(text: str) -> Iterator[str]:
    """Yield a text with the escapes of JSON, HTML and URLs undone, in each combination."""
    for without_json in (text, _JSON_ESCAPES.sub(_parsed, text)):
        for without_html in (without_json, html.unescape(without_json)):
            yield from (without_html, unquote(without_html), unquote_plus(without_html))


def _parsed(escapes: re.Match[str]) -> str:
    return str(json.loads(f'"{escapes[0]}"'))


def credentials_of(headers: httpx.Headers) -> Iterator[str]:
    """Yield the credentials that the headers of a request carry, each form of them."""
    yield from (pair.partition("=")[2] for pair in headers.get("cookie", "").split("; "))
    for name in ("authorization", "proxy-authorization"):
        value = headers.get(name, "")
        scheme, _, credentials = value.partition(" ")
        yield from (value, credentials or scheme)
        if scheme.lower() == "basic":
            yield _basic_password(credentials)
    # A program may send a key in any header; what is short would be found in every text.
    for name, value in headers.items():
        if name.lower() not in _NO_SECRETS and len(value) >= _SHORTEST:
            yield value


def _basic_password(credentials: str) -> str:
    try:
        return base64.b64decode(credentials).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


# ---- httpx's log


class LoggedURL(NamedTuple):
    """How the URL of one request is logged.

    Attributes:
        path: The path that is sent, without that of the base URL.
        shown: The same path without secrets.
        secrets: Names of the query parameters whose values are secrets.
    """

    path: str
    shown: str
    secrets: Collection[str]

    def redacted(self, url: httpx.URL) -> httpx.URL:
        """Return a URL without the secrets of its path and query."""
        if self.path == self.shown and not self.secrets:
            return url
        pairs = url.params.multi_items()
        params = [(name, _REPLACEMENT if name in self.secrets else value) for name, value in pairs]
        path = self._path(url.raw_path.decode("ascii").partition("?")[0])
        url = url.copy_with(raw_path=path.encode("ascii"))
        return url.copy_with(params=params) if params else url

    def _path(self, path: str) -> str:
        if self.path == self.shown:
            return path
        # A redirect may lead to a path of another form, where the secret could stand anywhere.
        return path.removesuffix(self.path) + self.shown if path.endswith(self.path) else f"/{_REPLACEMENT}"


_LOGGED_URL: Final[ContextVar[LoggedURL | None]] = ContextVar("_LOGGED_URL", default=None)


@contextmanager
def logging_as(url: LoggedURL) -> Generator[None]:
    """Have httpx log the request that is sent meanwhile without its secrets."""
    token = _LOGGED_URL.set(url)
    try:
        yield
    finally:
        _LOGGED_URL.reset(token)


class _RedactURLs(logging.Filter):
    """Redacts the URLs that httpx logs of a request with secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with its URLs redacted."""
        logged = _LOGGED_URL.get()
        if logged is not None and isinstance(record.args, tuple):
            record.args = tuple(
                logged.redacted(cast("httpx.URL", each)) if type(each).__name__ == "URL" else each
                for each in record.args
            )
        return True


class _DropHeaders(logging.Filter):
    """Drops what a codec of headers logs of a request: each header as it is, and again in codes."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let no record pass while a request is sent."""
        return _LOGGED_URL.get() is None


for _name in ("httpx", "httpx2"):
    logging.getLogger(_name).addFilter(_RedactURLs())
# Those of HTTP/2. A filter of `hpack` itself would not see what they log.
for _name in ("hpack.hpack", "hpack.table"):
    logging.getLogger(_name).addFilter(_DropHeaders())
