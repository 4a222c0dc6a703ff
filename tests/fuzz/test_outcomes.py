"""What a failed call tells: its error's class, whether the status is documented, and no secret."""

from __future__ import annotations

import sys
from http import HTTPStatus
from typing import Any, Final

import httpx
import pytest
from hypothesis import strategies as st

from openapi_fuzz.properties import Properties
from openapi_runtime import Client
from openapi_runtime.bodies import json_body
from openapi_runtime.decoding import anything
from openapi_runtime.errors import (
    ClientError,
    ConfigurationError,
    ErrorClasses,
    ServerError,
    StatusError,
    UnexpectedStatus,
)
from openapi_runtime.operation import Operation

KEYS: Final = (404, 409, 418, 429, 500, 503, "4XX", "5XX", "default")
STATUSES: Final = st.sampled_from([404, 409, 418, 429, 500, 503]) | st.integers(300, 599)
# None of these is a secret, however long it is.
PLAIN_HEADERS: Final = (
    *("Accept", "Accept-Encoding", "Connection", "Content-Type", "Traceparent", "User-Agent"),
    *("Host", "Transfer-Encoding"),
)


class Known(StatusError):
    """An error that an API has a class of its own for."""


class Message:
    """A body that says something for people to read."""

    error_message_fields = ("message",)

    def __init__(self, message: str) -> None:
        self.message = message


def message(value: object) -> Message:
    found: Any = anything(value)
    return Message(found["message"])


def fail(operation: Operation[Any, Any], status: int, text: str = "", **settings: Any) -> StatusError:
    """Return the error of a call that a server answers so."""
    transport = httpx.MockTransport(lambda _: httpx.Response(status, json={"message": text}))
    settings = {"max_retries": 0, "httpx_args": {"transport": transport}, **settings}
    with Client("http://api.example", **settings) as client, pytest.raises(StatusError) as raised:
        operation.call(client, operation.request())
    return raised.value


def test_an_error_says_whether_its_status_is_documented(properties: Properties) -> None:
    def test(status: int, documented: set[Any], in_success: bool, known: set[int]) -> None:
        readers: dict[int | str, Any] = dict.fromkeys(documented, json_body(message))
        operation: Operation[Any, Any] = Operation(
            id="read",
            method="GET",
            path="/things",
            success={200: json_body(anything)},
            errors=ErrorClasses(dict.fromkeys(known, Known), {}),
            failure={} if in_success else readers,
            failure_in_success=readers if in_success else {},
        )
        error = fail(operation, status, "made up")
        is_documented = bool({status, f"{status // 100}XX", "default"} & documented)
        assert (error.status, error.is_documented) == (status, is_documented)
        assert (type(error) is Known) == (status in known)
        if status not in known:
            general = {4: ClientError, 5: ServerError}.get(status // 100, UnexpectedStatus)
            assert isinstance(error, general)
            assert error.documented_status in (None, status)
        is_unheard_of = not is_documented and status not in known
        assert ("which the API does not document" in str(error)) == is_unheard_of
        is_read = is_documented and not in_success
        assert error.server_message == ("made up" if is_read else None)
        assert ("made up" in str(error)) == is_read
        assert f"read: GET /things answered {status}" in str(error)
        if status in {each.value for each in HTTPStatus}:
            assert HTTPStatus(status).phrase.split()[0].lower() in str(error).lower()

    documented = st.sets(st.sampled_from(KEYS), max_size=3)
    known = st.sets(st.sampled_from([each for each in KEYS if isinstance(each, int)]), max_size=3)
    properties.hold(test, STATUSES, documented, st.booleans(), known, share=3)


def test_a_message_keeps_what_is_no_secret_and_no_more(properties: Properties) -> None:
    operation: Operation[Any, Any] = Operation(
        id="read",
        method="GET",
        path="/things",
        success={200: json_body(anything)},
        failure={404: json_body(message)},
    )

    def test(name: str, value: str, is_plain: bool) -> None:
        headers = {"Cookie" if name == "Host" else name: value}
        error = fail(operation, 404, f"<{value}>", headers=headers)
        assert error.server_message == (f"<{value}>" if is_plain else "<***>")

    values = st.text("abcdefgh0123456789", min_size=8, max_size=20)
    plain = st.sampled_from([each for each in PLAIN_HEADERS if each not in ("Host", "Transfer-Encoding")])
    properties.hold(test, plain, values, st.just(value=True), share=1)
    secret = st.sampled_from(["X-Api-Key", "Authorization", "Proxy-Authorization", "X-Further"])
    properties.hold(test, secret, values, st.just(value=False), share=1)
    pair = values.map(lambda value: f"session={value}")
    properties.hold(lambda cookie: check_cookie(operation, cookie), pair, share=1)


def check_cookie(operation: Operation[Any, Any], cookie: str) -> None:
    """Check that of a cookie the value is a secret, and its name is not."""
    error = fail(operation, 404, cookie, headers={"Cookie": cookie})
    assert error.server_message == "session=***"


@pytest.mark.parametrize("missing", ["pyreqwest", "pyreqwest.client", "openapi_runtime.messages"])
def test_a_transport_that_is_not_installed_is_named_and_any_other_fault_is_not_hidden(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "openapi_runtime.transports.fast", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    operation: Operation[Any, Any] = Operation(
        id="read", method="GET", path="/things", success={200: json_body(anything)}
    )
    is_extra = missing.startswith("pyreqwest")
    expected = ConfigurationError if is_extra else ModuleNotFoundError
    with pytest.raises(expected, match=missing.partition(".")[0]):
        operation.call(Client("http://api.example", transport="fast"), operation.request())
