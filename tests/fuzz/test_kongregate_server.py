"""Names of servers, which no operation of Kongregate reads back, and bodies that nobody can read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from openapi_fuzz.document import Document
from openapi_mock import Mock, Request, load

if TYPE_CHECKING:
    from collections.abc import Iterator

GUILD = {"api_key": "made-up-api-key", "guild_identifier": "made-up", "guild_name": "Made up"}
SAVED = {"success": True, "guild_identifier": "made-up"}
SPEC = Path(__file__).parents[2] / "openapi" / "kongregate.yaml"
SUPPORTED = "application/json, application/x-www-form-urlencoded"


@pytest.fixture
def mock() -> Iterator[Mock[Any]]:
    with load("kongregate") as mock:
        yield mock


@pytest.fixture
def http(mock: Mock[Any]) -> Iterator[httpx.Client]:
    with httpx.Client(transport=mock.transport(), base_url="https://kongregate.example") as http:
        yield http


def test_a_server_keeps_its_name_until_it_gets_another_one(mock: Mock[Any], http: httpx.Client) -> None:
    def saved(**server: str) -> tuple[Any, dict[str, str]]:
        body = http.post("/api/guilds.json", json={**GUILD, **server}).json()
        return body, {each["identifier"]: each["name"] for each in mock.control.export()["servers"]}

    assert saved() == ({**SAVED, "server_identifier": "Default"}, {"Default": "Default"})
    # One that is new has the name of the server that is there without a name.
    moon = {"server_identifier": "moon"}
    assert saved(**moon) == ({**SAVED, **moon}, {"Default": "Default", "moon": "Default"})
    assert saved(**moon, server_name="Luna") == ({**SAVED, **moon}, {"Default": "Default", "moon": "Luna"})
    assert saved(**moon) == ({**SAVED, **moon}, {"Default": "Default", "moon": "Luna"})
    assert saved(server_name="Earth")[1] == {"Default": "Earth", "moon": "Luna"}
    assert saved()[1] == {"Default": "Earth", "moon": "Luna"}


def test_the_time_of_a_badge_has_whole_seconds(mock: Mock[Any], http: httpx.Client) -> None:
    rows = mock.control.export()
    for badge in rows["badges"]:
        badge["earned_ms"] = 1_460_294_459_750
    mock.control.load(rows)
    (badge, *_) = http.get("/accounts/Robin/badges.json").json()
    assert badge["created_at"] == "2016-04-10T13:20:59+00:00"


@pytest.mark.parametrize("status", [500, 503])
def test_a_failure_of_the_server_is_the_same_for_all_operations(mock: Mock[Any], status: int) -> None:
    for operation in Document(SPEC).operations.values():
        method, _, path = operation.label.partition(" ")
        with mock.control.fail(operation.id, status=status):
            response = mock.handle(Request(method, re.sub(r"\{\w+\}", "1", path)))
        told = {"success": False, "error": status, "error_description": "the service is not available now"}
        assert (response.status, response.body) == (status, told)


@pytest.mark.parametrize(
    ("media_type", "body", "description"),
    [
        ("text/csv", b"a", f"the media type 'text/csv' is not supported; supported: {SUPPORTED}"),
        ("application/json; charset=latin-1", b"{}", "the only supported charset is UTF-8"),
    ],
)
def test_a_body_that_cannot_be_read_is_a_failure_as_documented(
    http: httpx.Client, media_type: str, body: bytes, description: str
) -> None:
    response = http.post("/api/guilds.json", content=body, headers={"content-type": media_type})
    found = {"success": False, "error": 400, "error_description": description}
    assert (response.status_code, response.json()) == (200, found)
