"""Kongregate's callbacks in the document, from the mock, and with the replies of a game server."""

from __future__ import annotations

import base64
import hashlib
import hmac
import importlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx
import jsonschema_rs
import pytest

from kongregate_mock import Sender, create, sign
from openapi_mock import Mock
from openapi_mock.catalog import find_document
from openapi_reader import read

ROOT = Path(__file__).parents[2]
DOCUMENT: dict[str, Any] = read(ROOT / "openapi" / "kongregate.yaml").value
EVENTS = ("item_order_request", "item_order_placed", "invalidate_user_inventory")
KEY = "made-up-api-key"
GAME, ROBIN, WREN = 1001, 765, 766


def webhook(event: str) -> dict[str, Any]:
    name = DOCUMENT["webhooks"][event]["$ref"].removeprefix("#/components/pathItems/")
    found: dict[str, Any] = DOCUMENT["components"]["pathItems"][name]["post"]
    return found


def request_of(event: str) -> dict[str, Any]:
    found: dict[str, Any] = webhook(event)["requestBody"]["content"]
    return found["application/x-www-form-urlencoded"]


def reply_to(event: str) -> dict[str, Any]:
    found: dict[str, Any] = webhook(event)["responses"]["200"].get("content", {})
    return found.get("application/json", {})


def faults(schema: dict[str, Any], value: object) -> list[str]:
    whole = {**schema, "components": DOCUMENT["components"]}
    validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    return [str(error.message) for error in validator.iter_errors(value)]


def opened(signed_request: str) -> Any:
    """Return the payload of a signed request, whose signature has to be right."""
    signature, text = signed_request.split(".")
    digest = hmac.digest(KEY.encode(), text.encode(), hashlib.sha256)
    assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == signature
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def faults_of_form(event: str, form: dict[str, Any]) -> list[str]:
    """Return the errors in a callback for an event, in its fields and in the payload of a signed request."""
    schema = request_of(event)["schema"]
    texts = schema.get("properties", {})
    carried = {
        name: opened(form[name]) for name, text in texts.items() if "contentSchema" in text and name in form
    }
    # Forms have no numbers.
    fields = {name: int(value) if name == "user_id" else value for name, value in form.items()}
    inside = (faults(texts[name]["contentSchema"], payload) for name, payload in carried.items())
    return [*faults(schema, fields), *(fault for found in inside for fault in found)]


def event_of(form: dict[str, Any]) -> str:
    event: str = (opened(form["signed_request"]) if "signed_request" in form else form)["event"]
    return event


def test_there_is_one_webhook_for_each_event() -> None:
    assert tuple(DOCUMENT["webhooks"]) == EVENTS


@pytest.mark.parametrize("event", EVENTS)
def test_the_example_of_a_webhook_is_of_its_event_and_no_other(event: str) -> None:
    form = request_of(event)["example"]
    assert event_of(form) == event
    assert [other for other in EVENTS if not faults_of_form(other, form)] == [event]


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The game server of the examples."""
    monkeypatch.syspath_prepend(str(ROOT / "examples"))
    return importlib.import_module("kongregate_game_server")


def test_every_callback_of_the_mock_is_as_documented(example: Any) -> None:
    sent: list[dict[str, str]] = []

    def game_server(request: httpx.Request) -> httpx.Response:
        sent.append(dict(parse_qsl(request.content.decode(), strict_parsing=True)))
        status, headers, body = example.handle_callback(
            request.content, api_key=KEY, on_event=example.Shop().on_event
        )
        return httpx.Response(status, headers=headers, content=body)

    sender = Sender(transport=httpx.MockTransport(game_server))
    with Mock.from_file(find_document("kongregate"), behaviour=create(sender=sender)) as mock:
        site, url = mock.behaviour.site, "http://127.0.0.1:9/kongregate"
        for ware in example.WARES:
            site.order_items(GAME, ROBIN, WREN, ware, url, placed_twice=True)
        site.change_password(ROBIN)
        site.invalidate_user_inventory(GAME, ROBIN, url)
    assert {event_of(form) for form in sent} == set(EVENTS)
    assert {event_of(form): found for form in sent if (found := faults_of_form(event_of(form), form))} == {}


@pytest.mark.parametrize(
    ("event", "order_info"),
    [
        ("item_order_request", "potion"),
        ("item_order_request", "sharp-stick"),
        ("item_order_placed", "potion"),
        ("item_order_placed", "castle"),
    ],
)
def test_every_reply_of_the_example_is_as_documented(example: Any, event: str, order_info: str) -> None:
    payload = {**opened(request_of(event)["example"]["signed_request"]), "order_info": order_info}
    body = urlencode({"signed_request": sign(payload, KEY)}).encode()
    response = example.handle_callback(body, api_key=KEY, on_event=example.Shop().on_event)
    reply = json.loads(response.body)
    assert [other for other in EVENTS[:2] if not faults(reply_to(other)["schema"], reply)] == [event]


def test_the_example_has_no_reply_where_none_is_documented(example: Any) -> None:
    event = "invalidate_user_inventory"
    body = urlencode(request_of(event)["example"]).encode()
    response = example.handle_callback(body, api_key=KEY, on_event=example.Shop().on_event)
    assert (reply_to(event), response.status, response.body) == ({}, 200, b"")
