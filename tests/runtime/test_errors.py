# ruff: noqa: S301 (what is unpickled here is our own)
from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from example_api import (
    ERRORS,
    Box,
    Kind,
    NotFound,
    Problem,
    Refusal,
    Server,
    Thing,
    Unauthorized,
    WrongKey,
    always,
)

from openapi_runtime import errors
from openapi_runtime.bodies import json_body, no_body
from openapi_runtime.errors import (
    NO_ERROR_CLASSES,
    APIError,
    ConfigurationError,
    ConnectionFailed,
    DecodeError,
    Failed,
    InvalidArgument,
    MissingArgument,
    PaginationError,
    StatusError,
    TimedOut,
    UnexpectedStatus,
    UnusableClient,
    failure_code,
    message_of,
)
from openapi_runtime.operation import Operation


class Body:
    """A decoded body whose field `said` is for people to read."""

    error_message_fields = ("said",)

    def __init__(self, said: object) -> None:
        self.said = said


# ---- the hierarchy


@pytest.mark.parametrize(
    ("error", "base"),
    [
        (ConnectionFailed, APIError),
        (TimedOut, ConnectionFailed),
        (ConfigurationError, ValueError),
        (UnusableClient, ConfigurationError),
        (MissingArgument, TypeError),
        (InvalidArgument, ValueError),
        (PaginationError, APIError),
        (DecodeError, APIError),
        (UnexpectedStatus, StatusError),
        (Failed, StatusError),
        (StatusError, APIError),
    ],
)
def test_an_error_can_be_caught_by_what_it_is(error: type[Exception], base: type[Exception]) -> None:
    assert issubclass(error, base)
    assert issubclass(error, APIError)


@pytest.mark.parametrize(
    "error",
    [
        TimedOut("too slow", operation_id="getThing", request_line="GET /things/7"),
        DecodeError("integer", "string", "id"),
        NotFound(
            "none",
            status=404,
            body=Problem(message="no"),
            content=b"x",
            headers={"X": "y"},
            server_message="no",
            operation_id="getThing",
            request_line="GET /things/7",
        ),
    ],
)
def test_an_error_survives_pickling_and_copying(error: APIError) -> None:
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(again) is type(error)
        assert str(again) == str(error)
        assert vars(again) == vars(error)


def test_an_error_whose_body_is_nested_too_deeply_to_be_pickled_keeps_its_content() -> None:
    body: list[Any] = []
    for _ in range(100_000):
        body = [body]
    error = NotFound(
        "none", status=404, body=body, content=b"[[", headers={"X": "y"}, operation_id="getThing"
    )
    again: NotFound = pickle.loads(pickle.dumps(error))
    assert vars(again) == {**vars(error), "body": None}
    assert error.body is body
    while body:
        body = body[0]


def test_a_status_error_without_headers_has_none() -> None:
    assert StatusError(status=500).headers == {}


# ---- where a value does not decode


def test_a_decode_error_names_the_operation_and_the_place() -> None:
    error = DecodeError("integer", "string").inside("rank").inside(3).inside("results")
    assert error.path == "results[3].rank"
    assert str(error) == "results[3].rank: expected integer, got string"
    error.operation_id = "getLeaderboard"
    assert str(error) == "getLeaderboard: results[3].rank: expected integer, got string"
    assert repr(error) == f"DecodeError({str(error)!r})"


def test_a_path_may_begin_with_an_index() -> None:
    assert DecodeError("integer", "string").inside(0).inside(1).path == "[1][0]"
    assert DecodeError("integer", "string").inside("[").inside("a").path == "a.["
    assert DecodeError("integer", "string").inside("").inside("a").path == 'a[""]'


# ---- the class for a response


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (404, None, NotFound),
        (429, None, errors.RateLimited),
        (503, None, errors.ServiceUnavailable),
        (418, None, errors.ClientError),
        (599, None, errors.ServerError),
        (302, None, UnexpectedStatus),
        (999, None, UnexpectedStatus),
        (200, Refusal(error=403), WrongKey),
        (200, Refusal(error="wrong"), WrongKey),
        (401, Refusal(error=999), Unauthorized),
        (200, Refusal(error=999), Failed),
        (200, Refusal(), Failed),
    ],
)
def test_a_failure_is_raised_by_its_code_or_else_its_status(
    status: int, body: object, expected: type[StatusError]
) -> None:
    assert ERRORS.of(status, body) is expected


def test_an_api_without_classes_of_its_own_has_the_general_ones() -> None:
    assert NO_ERROR_CLASSES.of(404, None) is errors.NotFound
    assert NO_ERROR_CLASSES.of(200, Refusal(error=403)) is Failed


@pytest.mark.parametrize("status", range(400, 600))
def test_every_failing_status_says_whose_fault_it_is(status: int) -> None:
    kind = errors.ClientError if status < 500 else errors.ServerError
    assert issubclass(errors.status_class(status), kind)


@pytest.mark.parametrize("documents", [True, False])
@pytest.mark.parametrize(("status", "kind"), [(429, errors.RateLimited), (503, errors.ServiceUnavailable)])
async def test_a_server_that_asks_to_wait_is_an_error_of_its_own_documented_or_not(
    status: int, kind: type[StatusError], documents: bool
) -> None:
    failure: dict[int | str, Any] = {status: json_body(Problem.from_dict)} if documents else {}
    operation: Operation[Any, Any] = Operation(
        id="read", method="GET", path="/things", success={200: no_body}, failure=failure, errors=ERRORS
    )
    client = Server(always(status, headers={"Retry-After": "7"}, json={"message": "slowly"})).client()
    with pytest.raises(kind) as caught:
        operation.call(client, operation.request())
    with pytest.raises(kind) as awaited:
        await operation.call_async(client, operation.request())
    for each in (caught.value, awaited.value):
        assert (each.status, each.retry_after, each.is_documented) == (status, 7.0, documents)


@pytest.mark.parametrize(("header", "seconds"), [({}, None), ({"retry-after": "7"}, 7.0)])
def test_a_status_error_tells_how_long_to_wait(header: dict[str, str], seconds: float | None) -> None:
    assert errors.RateLimited(status=429, headers=header).retry_after == seconds


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (Refusal(error=403), 403),
        (Refusal(error="wrong"), "wrong"),
        (Refusal(), None),
        (Problem(message="no"), None),
        (None, None),
        ({"error": 403}, None),
    ],
)
def test_the_code_of_a_failure_is_read_where_the_model_has_one(body: object, code: int | str | None) -> None:
    assert failure_code(body) == code
    assert Failed(status=200, body=body).code == code


def test_a_model_may_be_a_failure_without_a_code() -> None:
    class Complaints:
        failure_code_field = None

    assert failure_code(Complaints()) is None
    assert NO_ERROR_CLASSES.of(200, Complaints()) is Failed


# ---- what a server says for people to read


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("x", "x"),
        (7, "7"),
        (["a", "", ["b"], 7, None], "a; b; 7"),
        ({"size": 3, "name": {"long": True}, "other": None}, "size: 3; name: long: True; other"),
        (Box(width=3), "width: 3"),
        (Problem(message="no", fields={"a": Body("b")}), "no; a: b"),
        (None, ""),
        (object(), ""),
    ],
)
def test_whatever_is_marked_as_a_message_is_put_into_words(said: object, message: str) -> None:
    assert message_of(Body(said)) == message


@pytest.mark.parametrize("body", [None, "text", {"message": "x"}, Box(width=1)])
def test_a_body_without_marked_fields_says_nothing(body: Any) -> None:
    assert message_of(body) == ""


def test_an_object_without_a_message_of_its_own_is_told_by_its_fields() -> None:
    thing = Thing(id=7, kind=Kind.SMALL, additional_properties={"new": "x"})
    assert message_of(Body(thing)) == "id: 7; kind: small; new: x"
