"""A mock neither misses what only a server says in a request, nor says what only a client does."""

import json
from typing import Any

import pytest

from openapi_mock import Behaviour, Mock, Request, Response, operation

from .one_operation import document_of

SCHEMAS = {
    "Id": {"type": "integer", "readOnly": True},
    "Thing": {
        "type": "object",
        "required": ["id", "name", "key"],
        "properties": {
            "id": {"$ref": "#/components/schemas/Id"},
            "name": {"type": "string"},
            "key": {"type": "string", "writeOnly": True},
            "part": {"$ref": "#/components/schemas/Thing"},
        },
    },
}
CONTENT = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
DOCUMENT = document_of(
    {"requestBody": {"required": True, **CONTENT}, "responses": {"200": {"description": "It.", **CONTENT}}},
    components={"schemas": SCHEMAS},
)
SENT = {"name": "n", "key": "k"}


class Answering(Behaviour):
    """Answers with what it was sent, but for some fields."""

    def __init__(self, *hidden: str) -> None:
        self.hidden = hidden

    @operation("it")
    def answer(self, call: Any) -> Any:
        return {name: each for name, each in {"id": 1, **call.body}.items() if name not in self.hidden}


def answered(body: Any, behaviour: Behaviour | None = None) -> Response:
    headers = {"content-type": "application/json"}
    with Mock(DOCUMENT, behaviour) as mock:
        return mock.handle(Request("POST", "/", headers, json.dumps(body).encode()))


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        (SENT, []),
        ({**SENT, "id": 1, "part": SENT}, []),
        ({"id": 1, "name": "n"}, ["key"]),
        ({**SENT, "part": {"id": 1}}, ["part.name", "part.key"]),
    ],
)
def test_a_request_needs_what_is_not_the_servers_alone(body: Any, missing: list[str]) -> None:
    response = answered(body)
    assert [each["at"] for each in response.body.get("violations", ())] == missing
    assert response.status == (400 if missing else 200)


def test_a_made_response_is_without_what_only_a_client_says() -> None:
    body = answered(SENT).body
    assert [*body] == ["id", "name", "part"]
    assert [*body["part"]] == ["id", "name"]


@pytest.mark.parametrize(("hidden", "status"), [(["key"], 200), (["key", "id"], 500), (["name"], 500)])
def test_a_response_of_a_handler_needs_what_is_not_the_clients_alone(hidden: list[str], status: int) -> None:
    assert answered(SENT, Answering(*hidden)).status == status
