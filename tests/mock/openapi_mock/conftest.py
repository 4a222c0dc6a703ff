from pathlib import Path

import pytest

from openapi_mock import Behaviour, Document, Mock, Principal, Problem, Request, operation

SHOP = Path(__file__).with_name("shop.yaml")
TOKENS = {"reader": {"read"}, "writer": {"read", "write"}}


class ShopBehaviour(Behaviour):
    """Remembers items by number; `reader` and `writer` are the tokens."""

    def __init__(self):
        self.items = {1: {"name": "lamp"}}
        self.calls = []

    def authenticate(self, scheme, credentials, context):
        if scheme.name == "key":
            return Principal("key", frozenset())
        if credentials.secret not in TOKENS:
            raise Problem(401, "wrong-token", "that token is wrong")
        return Principal(scheme.name, frozenset(TOKENS[credentials.secret]), credentials.secret)

    @operation("listItems")
    def list_items(self, call):
        self.calls.append(call)
        return list(self.items.values())[: call.query["limit"]]

    @operation("addItem")
    def add_item(self, call):
        self.calls.append(call)
        if call.body in self.items.values():
            raise Problem(409, "conflict", "it is there already")
        self.items[len(self.items) + 1] = call.body
        return call.body

    @operation("getItem")
    def get_item(self, call):
        self.calls.append(call)
        return self.items[call.path["itemId"]]

    @operation("deleteItem")
    def delete_item(self, call):
        del self.items[call.path["itemId"]]


@pytest.fixture
def behaviour():
    return ShopBehaviour()


@pytest.fixture
def shop(behaviour):
    return Mock.from_file(SHOP, behaviour)


@pytest.fixture
def shop_file():
    return SHOP


@pytest.fixture
def mock_of():
    """Return a mock for paths, or for one operation at `GET /`, and further parts of a document."""

    def make(paths=None, behaviour=None, *, operation=None, method="get", path="/", **rest):
        paths = paths or {path: {method: {"operationId": "it", "responses": {"200": {}}, **operation}}}
        return Mock(Document({"openapi": "3.1.0", "paths": paths, **rest}), behaviour)

    return make


class Recorder(Behaviour):
    """Handles `it` with an empty success, and records the calls."""

    def __init__(self):
        self.calls = []

    @operation("it")
    def it(self, call):
        self.calls.append(call)


@pytest.fixture
def recorder():
    return Recorder()


@pytest.fixture
def send():
    """Send a request. `json` and `form` stand for their media types."""

    def send(mock, method, target, body=b"", *, media_type=None, token=None, headers=None):
        headers = dict(headers or {})
        if media_type:
            headers["content-type"] = {
                "json": "application/json",
                "form": "application/x-www-form-urlencoded",
            }.get(media_type, media_type)
        if token:
            headers["authorization"] = f"Bearer {token}"
        return mock.handle(Request(method, target, headers, body))

    return send


@pytest.fixture
def at():
    """Return the places of the violations in an error of the engine, as `location:path:keyword`."""

    def at(response):
        return sorted(f"{each['in']}:{each['at']}:{each['keyword']}" for each in response.body["violations"])

    return at
