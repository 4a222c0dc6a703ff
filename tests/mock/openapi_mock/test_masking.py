"""What is shown of requests: everything but secrets, whatever was sent."""

import json

import httpx
import pytest

from mock_control_client import Api, Client
from openapi_mock import Request, load
from openapi_mock.control.api import control_mock

SECRET = "made-up-and-secret"


@pytest.fixture(scope="module", params=["kws", "kongregate"])
def mock(request):
    with load(request.param) as loaded:
        yield loaded


@pytest.fixture
def shown(mock):
    """Send a body to the mock, and return what its journal shows over HTTP."""
    control = control_mock(mock)

    def send(body, media_type="application/json", target="/nowhere"):
        mock.control.reset()
        mock.handle(Request("POST", target, {"content-type": media_type, "authorization": SECRET}, body))
        response = control.handle(Request("GET", "/_mock/requests"))
        assert response.status == 200
        return json.loads(response.content)["requests"][0]

    return send


@pytest.mark.parametrize(
    "body",
    [
        {"client_secret": SECRET},
        {"api_key": SECRET, "game_auth_token": SECRET},
        {"access_token": {"value": SECRET}},
        {"deep": [{"password": [SECRET]}]},
        {"redirectUri": f"https://game.example/callback?state=1&code={SECRET}"},
        {"url": f"https://game.example/#access_token={SECRET}"},
        SECRET,
    ],
)
def test_secrets_are_masked_wherever_they_are(shown, body):
    record = shown(json.dumps(body).encode())
    assert SECRET not in json.dumps(record)
    assert record["body"]


def test_secrets_of_forms_and_queries_are_masked(shown):
    form = f"code={SECRET}&redirectUri=https%3A%2F%2Fgame.example%2F%3Fcode%3D{SECRET}&level=7".encode()
    record = shown(form, "application/x-www-form-urlencoded", f"/nowhere?api_key={SECRET}&page=2")
    assert SECRET not in json.dumps(record)
    assert record["query"]["page"] == "2"
    assert record["body"]["level"] == "7"


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"client_secret": SECRET, "a": 1}),
        json.dumps({"redirectUri": f"https://game.example/?code={SECRET}"}),
        json.dumps(SECRET),
        f"token {SECRET}",
        f"{SECRET}{SECRET}{SECRET}",
        f"{{{SECRET}=1",
    ],
)
def test_what_is_no_form_but_declared_as_one_is_masked(shown, body):
    record = shown(f"level=7&{body}&odd[name]=8".encode(), "application/x-www-form-urlencoded")
    assert SECRET not in json.dumps(record)
    assert record["body"] == {"level": "7", "***": "***", "odd[name]": "8"}


def test_a_secret_in_the_name_of_a_property_is_masked(shown):
    record = shown(json.dumps({f"https://game.example/?code={SECRET}": 1}).encode())
    assert record["body"] == {"https://game.example/?code=***": "***"}


def test_a_name_that_the_document_calls_no_secret_is_shown():
    with load("kws") as mock:
        body = b'{"token": "finished-level"}'
        mock.handle(
            Request("POST", "/v1/users/5073/triggerEvent", {"content-type": "application/json"}, body)
        )
        with Api(
            Client("https://kws.example/_mock", httpx_args={"transport": control_mock(mock).transport()})
        ) as control:
            assert control.requests.list_requests().requests[0].body == {"token": "finished-level"}


@pytest.mark.parametrize(
    "body",
    [
        b'{"value": 1e999}',
        b'{"name": "\\ud800", "\\udfff": 1}',
        b'{"a":' * 500 + b"1" + b"}" * 500,
        b"[" * 100_000,
        b"\xff\xfe",
        b"NaN",
        b"",
    ],
)
def test_no_body_hides_the_journal(shown, body):
    assert shown(body)["status"] >= 400


def test_requests_after_a_number_come_in_their_order():
    with load("kws") as mock:
        transport = control_mock(mock).transport()
        with httpx.Client(transport=transport, base_url="https://kws.example/_mock") as http:
            for _ in range(5):
                mock.handle(Request("GET", "/nowhere"))
            newest = http.get("/requests", params={"limit": 2}).json()["requests"]
            following = http.get("/requests", params={"limit": 2, "after": 2}).json()["requests"]
    assert [each["number"] for each in newest] == [5, 4]
    assert [each["number"] for each in following] == [3, 4]
