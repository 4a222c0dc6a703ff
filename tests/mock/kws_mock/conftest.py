from pathlib import Path

import httpx
import pytest

from kws_mock import KwsBehaviour, create
from kws_mock.tokens import Claims
from openapi_mock import Document, Mock, MockTransport, MovableClock, Settings, asgi_app
from openapi_mock.messages import is_json
from openapi_mock.responses import example_of

SECRETS = {
    "example-client": "made-up-secret",
    "second-client": "made-up-secret-2",
    "other-client": "made-up-secret-3",
}
CLIENTS = {355: "example-client", 356: "second-client", 400: "other-client"}
SPEC = Path(__file__).parents[3] / "openapi" / "kws.yaml"
START_MS = 1_750_000_000_000


class Clock:
    """A clock that tests set."""

    def __init__(self):
        self.now_ms = START_MS

    def __call__(self):
        return self.now_ms


class Caller(httpx.Client):
    """Calls operations by id, in process, with values placed as the document says.

    `appId` and `userId` in a path are the caller's own, unless they are given.
    """

    def __init__(self, mock: Mock, app_id=355, user_id=5073, **headers):
        super().__init__(transport=MockTransport(mock), base_url="http://kws.example", headers=headers)
        self._operations = {each.id: each for each in mock.operations}
        self._own = {"appId": app_id, "userId": user_id}

    def call(self, operation_id, /, *, auth=None, **values):
        """Send a request. Values that are neither in the path nor in the query are the body."""
        operation = self._operations[operation_id]
        sent = {"path": {}, "query": {}, "body": {}}
        places = {each.name: each.location for each in operation.parameters}
        for name, value in values.items():
            sent[places.get(name, "body")][name] = value
        request = {"auth": auth, "params": sent["query"]}
        known = {}
        if operation.request_body:
            form = operation.request_body.content[0]
            request["json" if is_json(form.name) else "data"] = sent["body"]
            known = form.node.get("schema").value["properties"]
        if unknown := sent["body"].keys() - known:
            raise TypeError(f"{operation_id} takes no {', '.join(unknown)}")
        return self.request(*self.place(operation_id, **sent["path"]), **request)

    def place(self, operation_id, /, **values):
        """Return method and path of a call, for requests that differ from the document."""
        operation = self._operations[operation_id]
        return operation.method, operation.bases[0] + operation.path.format(**{**self._own, **values})

    def sample(self, operation_id):
        """Return the document's example of the body as values for a call."""
        body = self._operations[operation_id].request_body
        return example_of(body.content[0].node) if body else {}


class Kws:
    """The mock with its state, and clients in the same process."""

    def __init__(self, document: Document, state: KwsBehaviour, clock: Clock):
        self.behaviour = state
        self.clock = clock
        self.mock = Mock(document, state)
        self._clients = []

    def anonymous(self, app_id=355, user_id=5073, **headers):
        self._clients.append(Caller(self.mock, app_id, user_id, **headers))
        return self._clients[-1]

    def with_token(self, token, **own):
        return self.anonymous(authorization=f"Bearer {token}", **own)

    def token(self, app_id=355, scope="app", user_id=None):
        return self.behaviour._tokens.issue(Claims(app_id, CLIENTS[app_id], scope, user_id))

    def app(self, app_id=355, scope="app"):
        return self.with_token(self.token(app_id, scope), app_id=app_id)

    def user(self, user_id=5073, app_id=355):
        return self.with_token(self.token(app_id, "user", user_id), app_id=app_id, user_id=user_id)

    def ask_for_token(self, client_id="example-client", secret=None, **form):
        secret = secret or SECRETS[client_id]
        client = self.anonymous()
        return client.request(*client.place("issueToken"), auth=(client_id, secret), data=form)

    def browser(self):
        """Return an async client that can also request the pages."""
        transport = httpx.ASGITransport(asgi_app(self.mock))
        return httpx.AsyncClient(transport=transport, base_url="http://kws.example")

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
def open_kws(document, clock):
    """Open mocks over a database."""
    opened = []

    def open_one(database=None):
        opened.append(Kws(document, create(Settings(database=database, clock=MovableClock(clock))), clock))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


@pytest.fixture
def kws(open_kws):
    return open_kws()


@pytest.fixture
def app(kws):
    """The back end of app 355."""
    return kws.app()


@pytest.fixture
def robin(kws):
    """User 5073 in app 355, signed in."""
    return kws.user()
