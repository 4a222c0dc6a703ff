from pathlib import Path

import httpx
import pytest

from kongregate_mock import KongregateBehaviour, PageSizes, create
from openapi_mock import Document, Mock, MockTransport, MovableClock, Settings
from openapi_mock.responses import example_of

SPEC = Path(__file__).parents[3] / "openapi" / "kongregate.yaml"
START_MS = 1_750_000_000_000  # a Sunday afternoon in UTC
HOUR_MS = 3_600_000
ROBIN = {"api_key": "made-up-api-key", "user_id": 765, "game_auth_token": "made-up-game-token"}
WREN = {"api_key": "made-up-api-key", "user_id": 766, "game_auth_token": "made-up-game-token-wren"}


class Clock:
    """A clock that tests set."""

    def __init__(self):
        self.now_ms = START_MS

    def __call__(self):
        return self.now_ms

    def wait(self, *, hours):
        self.now_ms += hours * HOUR_MS


class Caller(httpx.Client):
    """Calls operations by id, in process, with values placed as the document says.

    `own` values are sent if an operation requires them, unless others are given; None leaves one out.
    """

    def __init__(self, mock: Mock, own):
        super().__init__(transport=MockTransport(mock), base_url="http://kongregate.example")
        self._operations = {each.id: each for each in mock.operations}
        self._own = own

    def call(self, operation_id, /, *, way="json", **values):
        """Send a request. Values that are neither in the path nor in the query are the body.

        `way` is json, form, query (a POST without a body), get (a GET with a query) or get-json (a GET with a
        JSON body, which also has the values of the query).
        """
        operation = self._operations[operation_id]
        places = {each.name: each.location for each in operation.parameters}
        sent = {"path": {}, "query": {}, "body": {}}
        own = {name: self._own[name] for name in self._required(operation) if name in self._own}
        for name, value in {**own, **values}.items():
            if value is not None:
                sent[places.get(name, "body")][name] = value
        request = {"params": {name: _text(value) for name, value in sent["query"].items()}}
        if way == "get-json":
            request = {"json": {**sent["query"], **sent["body"]}}
        elif operation.request_body:
            body = {"json": "json", "form": "data"}.get(way, "params")
            request[body] = sent["body"]
        elif sent["body"]:
            raise TypeError(f"{operation_id} takes no {', '.join(sent['body'])}")
        method, path = self.place(operation_id, **sent["path"])
        return self.request("GET" if way.startswith("get") else method, path, **request)

    def ok(self, operation_id, /, **values):
        """Return the body of a call that has to succeed."""
        response = self.call(operation_id, **values)
        body = response.json()
        assert response.status_code == 200
        assert not isinstance(body, dict) or body.get("success") is not False, body
        return body

    def refused(self, operation_id, /, **values):
        """Return code and description of a call that has to fail, under the status 200."""
        response = self.call(operation_id, **values)
        body = response.json()
        assert response.status_code == 200
        assert body.pop("success") is False
        assert list(body) == ["error", "error_description"]
        return body["error"], body["error_description"]

    def place(self, operation_id, /, **values):
        """Return method and path of a call, for requests that differ from the document."""
        operation = self._operations[operation_id]
        return operation.method, operation.bases[0] + operation.path.format(**values)

    def sample(self, operation_id):
        """Return the document's example of a request as values for a call."""
        operation = self._operations[operation_id]
        found = {}
        for each in operation.node.child("parameters").elements() if operation.parameters else ():
            if "example" in each.mapping():
                found[each.text("name")] = each.value["example"]
        body = operation.request_body
        return {**found, **(example_of(body.content[0].node) if body else {})}

    @staticmethod
    def _required(operation):
        yield from (each.name for each in operation.parameters if each.required)
        for each in operation.request_body.content if operation.request_body else ():
            yield from each.schema.resolved().value["required"]


def _text(value):
    return ",".join(map(str, value)) if isinstance(value, list) else value


class Kongregate:
    """The mock with its state, and clients in the same process."""

    def __init__(self, document: Document, state: KongregateBehaviour):
        self.behaviour = state
        self.site = state.site
        self.mock = Mock(document, state)
        self._clients = []

    def client(self, **own):
        self._clients.append(Caller(self.mock, own))
        return self._clients[-1]

    def execute(self, statement, *parameters):
        with self.behaviour._store.transaction() as connection:
            return connection.exec_driver_sql(statement, *parameters)

    def close(self):
        for client in self._clients:
            client.close()
        self.mock.close()


@pytest.fixture(scope="session")
def document():
    return Document.load(SPEC)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def open_kongregate(document, clock):
    """Open mocks over a database, with five friends and four scores per page."""
    opened = []

    def open_one(database=None, sender=None):
        sizes = PageSizes(friends=5, scores=4)
        opened.append(
            Kongregate(
                document, create(Settings(database=database, clock=MovableClock(clock)), sizes, sender)
            )
        )
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


@pytest.fixture
def kongregate(open_kongregate):
    return open_kongregate()


@pytest.fixture
def robin(kongregate):
    """Game 1001, acting for player 765."""
    return kongregate.client(**ROBIN)


@pytest.fixture
def wren(kongregate):
    """Game 1001, acting for player 766."""
    return kongregate.client(**WREN)


@pytest.fixture
def other_game(kongregate):
    """Game 1002, acting for player 765."""
    return kongregate.client(
        **ROBIN | {"api_key": "made-up-api-key-2", "game_auth_token": "made-up-game-token-2"}
    )
