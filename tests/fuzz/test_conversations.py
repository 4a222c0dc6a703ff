"""Conversations with each mock, word for word: what is asked, what a test does to it, and what comes back.

They stand in `tests/fuzz/<API>/conversations.yaml`. They come soon to refusals of a behaviour that drawn
requests come to late, and hold their words and numbers.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qsl

import httpx
import msgspec
import pytest

from openapi_fuzz import Server
from openapi_mock import Mock, MovableClock, Problem, Settings, asgi_app, load
from openapi_mock.control.actions import Refused, actions_of
from openapi_mock.state.store import LoadError
from openapi_reader import read

FOLDER = Path(__file__).parent
START = datetime(2026, 3, 9, 12, tzinfo=UTC)
# Boards are kept by days: what a mock begins with has to come from the same one in every run.
SEEDED = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONVERSATIONS = {api: read(FOLDER / api / "conversations.yaml").value for api in ("kws", "kongregate")}
DRAWN = re.compile(r"[0-9a-f]{64}|eyJ[\w.-]+")
"""Tokens, of which only that they are there is written down."""


def as_written(given: Any) -> Any:
    """Return what a step gave as JSON has it, without what is drawn."""
    return json.loads(DRAWN.sub("drawn", json.dumps(given)))


class Conversation:
    """A mock that begins anew for each conversation, at the same time and with the same random numbers."""

    def __init__(self, api: str) -> None:
        clock = MovableClock(lambda: int(SEEDED.timestamp() * 1000))
        self.mock: Mock[Any] = load(api, settings=Settings(clock=clock, random=Random(0)))
        self.server = Server(asgi_app(self.mock), "http://localhost")

    def begin(self) -> None:
        self.mock.control.reset()
        self.mock.control.clock.stop()
        self.mock.control.clock.set(START)
        self.mock.random.seed(0)

    def close(self) -> None:
        self.server.close()
        self.mock.close()

    def take(self, step: dict[str, Any]) -> Any:
        """Take one step, and return what it gives; with replies of a game, also the callbacks that it got."""
        if "replies" not in step:
            return self.result(step)
        with self.game(step["replies"]) as callbacks:
            return {"result": self.result(step), "callbacks": callbacks}

    def result(self, step: dict[str, Any]) -> Any:
        match step:
            case {"ask": str(asked)}:
                return self.ask(*asked.split(" ", 1), step)
            case {"do": str(name)}:
                return self.do(name, step.get("with", {}))
            case {"damage": [table, index, column], "to": value}:
                return self.load_damaged(table, index, column, value)
            case {"arguments of": str(name)}:
                return actions_of(self.mock.control)[name].schema
            case {"claims of": who}:
                payload = self.mock.control.token(**who).split(".")[1]
                return json.loads(base64.urlsafe_b64decode(payload + "=="))
            case {"wait": seconds}:
                self.mock.control.clock.advance(seconds=seconds)
                return None
            case {"rows": table, "where": where}:
                rows = self.mock.control.export()[table]
                return [
                    {name: value for name, value in each.items() if name != "password_hash"}
                    for each in rows
                    if where.items() <= each.items()
                ]
            case _:
                raise AssertionError(f"there is no such step: {step}")

    def ask(self, method: str, path: str, step: dict[str, Any]) -> list[Any]:
        headers = step.get("headers", {})
        if "as" in step:
            headers = headers | {"authorization": f"Bearer {self.mock.control.token(**step['as'])}"}
        sent = {"json": step["json"]} if "json" in step else {}
        if "auth" in step:
            sent["auth"] = tuple(step["auth"])
        if "form" in step:
            sent["data"] = step["form"]
        response = self.server.http.request(method, path, headers=headers, **sent)
        if "follow" in step:
            response = self.server.http.get(response.headers["location"])
        if "location" in response.headers:
            return [response.status_code, response.headers["location"]]
        if not response.headers.get("content-type", "").startswith("application/json"):
            assert not [each for each in step.get("hides", ()) if each in response.text], step
            return [response.status_code, [each for each in step.get("shows", ()) if each in response.text]]
        return [response.status_code, response.json()]

    @contextmanager
    def game(self, replies: list[Any]) -> Iterator[list[dict[str, Any]]]:
        """Let a game server give these replies; yield the callbacks that it gets, as they come."""
        callbacks: list[dict[str, Any]] = []
        left = iter(replies)

        def reply(request: httpx.Request) -> httpx.Response:
            assert request.method == "POST"
            form = dict(parse_qsl(request.content.decode()))
            if "signed_request" in form:
                payload = form["signed_request"].partition(".")[2]
                form = json.loads(base64.urlsafe_b64decode(payload + "=="))
            callbacks.append(form)
            found = next(left)
            return httpx.Response(200, content=found if isinstance(found, str) else json.dumps(found))

        with httpx.Client(transport=httpx.MockTransport(reply)) as client:
            self.mock.control.send_callbacks_through(client)
            yield callbacks
        self.mock.control.send_callbacks_through(None)

    def load_damaged(self, table: str, index: int, column: str, value: Any) -> Any:
        """Load the state but for one value; return what is wrong with it, or the row that comes of it."""
        state = {name: [dict(each) for each in rows] for name, rows in self.mock.control.export().items()}
        state[table][index][column] = value
        try:
            self.mock.control.load(state)
        except LoadError as error:
            return str(error)
        return dict(self.mock.control.export()[table][index])

    def do(self, name: str, arguments: dict[str, Any]) -> Any:
        action = name.removeprefix("site.")
        owner = self.mock.behaviour.site if name != action else self.mock.control
        try:
            return msgspec.to_builtins(getattr(owner, action)(**arguments))
        except Problem as problem:
            return [problem.status, problem.message]
        except Refused as refused:
            return ["refused", refused.reason]


@pytest.fixture(scope="module")
def conversations() -> Iterator[dict[str, Conversation]]:
    opened = {api: Conversation(api) for api in CONVERSATIONS}
    yield opened
    for each in opened.values():
        each.close()


@pytest.mark.parametrize(
    ("api", "about"), [(api, about) for api, found in CONVERSATIONS.items() for about in found]
)
def test_a_conversation_is_as_it_was_written_down(
    conversations: dict[str, Conversation], api: str, about: str
) -> None:
    conversation = conversations[api]
    conversation.begin()
    for step in CONVERSATIONS[api][about]:
        given = as_written(conversation.take(step))
        assert given == step.get("gives"), step


@pytest.mark.parametrize("api", CONVERSATIONS)
def test_who_is_added_is_shown_without_secrets(conversations: dict[str, Conversation], api: str) -> None:
    conversation = conversations[api]
    conversation.begin()
    added = conversation.mock.control.add_user("lina")
    secret = {"kws": "password", "kongregate": "game_auth_token"}[api]
    assert secret not in repr(added)
    assert getattr(added, secret) not in repr(added)
    assert "lina" in repr(added)
    with pytest.raises(AttributeError):
        added.username = "other"


def test_the_credentials_of_a_control_are_those_of_its_seed(conversations: dict[str, Conversation]) -> None:
    found = {api: dict(each.mock.control.credentials) for api, each in conversations.items()}
    assert found == {
        "kws": {"client_id": "example-client", "client_secret": "made-up-secret"},
        "kongregate": {"api_key": "made-up-api-key"},
    }
