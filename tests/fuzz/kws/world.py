"""A mock of KWS whose clock stands still, with sessions of one half of the client and with its pages."""

from __future__ import annotations

import asyncio
import inspect
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

import httpx

from kws import KWS, AsyncKWS
from kws_mock import KwsControl
from openapi_fuzz import Server
from openapi_fuzz.sessions import Half
from openapi_mock import Mock, asgi_app, load
from openapi_mock.transport import MockTransport

from .known import CLIENT, SECRET

SPEC: Final = Path(__file__).parents[3] / "openapi" / "kws.yaml"
URL: Final = "https://kws.example"
START: Final = datetime(2026, 3, 9, 12, tzinfo=UTC)


class World:
    """A mock, and the sessions of one half of the client on it. They have the mock's clock.

    Attributes:
        control: What a test does to the mock.
        half: The half of the client.
        sent: The requests of all sessions.
    """

    control: KwsControl

    def __init__(self) -> None:
        self._mock: Mock[KwsControl] = load(SPEC)
        self.control = self._mock.control
        self._pages = Server(asgi_app(self._mock), URL)
        self._runner = asyncio.Runner()
        self.half: Half = "sync"
        self.sent: list[httpx.Request] = []
        self._transport = _Watched(self._mock, self.sent)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.close()
        self._pages.close()
        self._mock.close()

    def begin(self, half: Half) -> Self:
        """Begin anew, with the other or the same half of the client."""
        self.control.reset()
        self.control.clock.stop()
        self.control.clock.set(START)
        self.half = half
        self.sent.clear()
        return self

    def session(self, **settings: Any) -> Any:
        """Return a session of app 355, unless the settings say otherwise."""
        ours = {"base_url": URL, "sso_url": URL, "client_id": CLIENT, "client_secret": SECRET}
        further = {"max_retries": 0, "clock": self.seconds, "httpx_args": {"transport": self._transport}}
        kind = AsyncKWS if self.half == "async" else KWS
        return kind(**{**ours, **further, **settings})

    def done(self, result: Any) -> Any:
        """Return a result, which is awaited first if it has to be."""
        return self._runner.run(_awaited(result)) if inspect.isawaitable(result) else result

    def seconds(self) -> float:
        """Return the time in seconds since 1970, as sessions take it."""
        return self.control.clock() / 1000

    def wait(self, seconds: float) -> None:
        """Let time pass, for the mock and for the sessions."""
        self.control.clock.advance(seconds=seconds)

    @property
    def now(self) -> datetime:
        """The time."""
        return self.control.clock.now

    def requests(self, operation_id: str) -> int:
        """Return how many requests for an operation have come."""
        return len(self.control.requests.of(operation_id))

    def sign_in(self, url: str, username: str, password: str = "made-up-password") -> str:
        """Sign in at the page, as a browser does; return where it leads."""
        response = self._pages.http.get(url)
        assert response.status_code == httpx.codes.OK, response.text
        form = _Form.of(response.text)
        assert urlsplit(form.action or url).path == "/oauth"
        response = self._pages.http.post(
            "/oauth", data={**form.fields, "username": username, "password": password}
        )
        assert response.status_code == httpx.codes.SEE_OTHER, response.text
        return response.headers["location"]

    def page(self, url: str, form: dict[str, str] | None = None) -> httpx.Response:
        """Return a page, or what a form that is sent to it gives."""
        return self._pages.http.get(url) if form is None else self._pages.http.post(url, data=form)


class _Watched(MockTransport):
    """A transport to a mock, which keeps the requests."""

    def __init__(self, mock: Mock[KwsControl], sent: list[httpx.Request]) -> None:
        super().__init__(mock)
        self._sent = sent

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._sent.append(request)
        return super().handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._sent.append(request)
        return await super().handle_async_request(request)


async def _awaited(result: Any) -> Any:
    return await result


class _Form(HTMLParser):
    """The form of a page with a password: where it goes, and the fields that it keeps."""

    def __init__(self) -> None:
        super().__init__()
        self.action: str | None = None
        self.fields: dict[str, str] = {}
        self._in_form = False

    @classmethod
    def of(cls, page: str) -> Self:
        form = cls()
        form.feed(page)
        return form

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form" and (found.get("method") or "").lower() == "post":
            self.action, self._in_form = found.get("action"), True
        if tag == "input" and self._in_form and found.get("type") == "hidden":
            self.fields[found.get("name") or ""] = found.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in_form = False
