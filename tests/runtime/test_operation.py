# ruff: noqa: S301 (what is unpickled here is our own)
from __future__ import annotations

import base64
import json
import logging
import math
import pickle
import traceback
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from typing import Any

import httpx
import pytest
from example_api import (
    ERRORS,
    GET_THING,
    LOG_IN,
    RESET,
    URL,
    Box,
    Caller,
    Kind,
    NotFound,
    Problem,
    Refusal,
    Respond,
    Server,
    Thing,
    Unauthorized,
    WrongKey,
    always,
    get_thing,
    log_in,
    raising,
)

from openapi_runtime import UNSET, Client, File
from openapi_runtime.bodies import bytes_body, json_body, no_body, text_body
from openapi_runtime.decoding import anything, integer, string
from openapi_runtime.errors import (
    APIError,
    ClientError,
    ConnectionFailed,
    DecodeError,
    InternalServerError,
    InvalidArgument,
    MissingArgument,
    RateLimited,
    ServerError,
    StatusError,
    TimedOut,
    UnexpectedStatus,
    UnusableClient,
)
from openapi_runtime.errors import NotFound as NotFoundAnywhere
from openapi_runtime.operation import Operation, Request
from openapi_runtime.serialization import DeepObject, ExplodedObject, Joined, Label, Matrix
from openapi_runtime.transports import httpx_client

THING = {"id": 7, "kind": "small"}
SECRET_CODE = "made-up secret"


def put(path: str = "/things", **declared: Any) -> Operation[None, Any]:
    """Declare an operation that has any parameters and returns nothing."""
    return Operation(id="putThing", method="PUT", path=path, success={200: no_body, 204: no_body}, **declared)


def sent(operation: Operation[None, Any], request: Request) -> httpx.Request:
    server = Server(always(204))
    operation.call(server.client(), request)
    return server.last


def shown(error: BaseException) -> str:
    """Everything that a log shows of an error."""
    return f"{error!r} {error.args} {''.join(traceback.format_exception(error))}"


# ---- declarations


def test_an_operation_is_told_by_its_id_method_and_path() -> None:
    assert GET_THING.request_line == "GET /things/{thing-id}.json"
    error = GET_THING.error(InvalidArgument, ": no")
    assert str(error) == "getThing: no"
    assert (error.operation_id, error.request_line) == ("getThing", "GET /things/{thing-id}.json")
    assert repr(GET_THING).startswith("Operation(id='getThing', method='GET', path='/things/{thing-id}.json'")


# ---- building a request


def test_each_argument_goes_where_it_belongs() -> None:
    request = put("/users/{user}/things/{id}").request(
        path={"user": 5, "id": "a/b"},
        query={"offset": 0, "with": False, "kinds": ["small", Kind.BIG], "limit": UNSET},
        headers={"X-Trace": "t", "X-Count": 7, "X-Left": None},
        cookies={"session": "s", "theme": "dark"},
        body={"a": None, "b": UNSET},
    )
    got = sent(put("/users/{user}/things/{id}"), request)
    assert (got.method, got.url.raw_path) == (
        "PUT",
        b"/v1/users/5/things/a%2Fb?offset=0&with=false&kinds=small&kinds=big",
    )
    assert (got.headers["X-Trace"], got.headers["X-Count"]) == ("t", "7")
    assert "X-Left" not in got.headers
    assert got.headers["Cookie"] == "session=s; theme=dark"
    assert (got.headers["Content-Type"], got.content) == ("application/json", b'{"a":null}')


def test_an_object_is_written_in_the_style_of_its_parameter() -> None:
    operation = put()
    query = {
        "filter": DeepObject(Box(width=3)),
        "flat": ExplodedObject({"color": "red"}),
        "ids": Joined([1, 2]),
    }
    got = sent(operation, operation.request(query=query))
    assert got.url.params.multi_items() == [("filter[width]", "3"), ("color", "red"), ("ids", "1,2")]


def test_without_arguments_nothing_but_the_path_is_sent() -> None:
    got = sent(put(), put().request())
    assert (str(got.url), got.content) == (f"{URL}/things", b"")
    assert "Content-Type" not in got.headers
    assert "Cookie" not in got.headers


def test_a_query_that_the_path_has_is_kept() -> None:
    got = sent(put("/things?view=full"), put("/things?view=full").request())
    assert str(got.url) == f"{URL}/things?view=full"


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("a?b#c", b"/v1/things/a%3Fb%23c.json"),
        ("é ", b"/v1/things/%C3%A9%20.json"),
        ("..", b"/v1/things/%2E%2E.json"),
        ("{x}", b"/v1/things/%7Bx%7D.json"),
        (["a", "b"], b"/v1/things/a,b.json"),
    ],
)
def test_a_path_argument_stays_in_its_segment(value: object, path: bytes) -> None:
    server = Server(always(json=THING))
    GET_THING.call(server.client(), get_thing(value))
    assert server.last.url.raw_path == path


@pytest.mark.parametrize("value", ["", None, UNSET, []])
def test_a_path_argument_cannot_be_empty(value: object) -> None:
    with pytest.raises(MissingArgument) as caught:
        get_thing(value)
    why = "thing-id is part of the path /things/{thing-id}.json and cannot be empty"
    assert str(caught.value) == f"getThing: {why}"


def test_a_form_is_sent_as_a_form() -> None:
    server = Server(always(json="token"))
    assert LOG_IN.call(server.client(), log_in("p&ü")) == "token"
    assert server.last.content == b"user=robin&password=p%26%C3%BC"
    assert server.last.headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_a_file_is_uploaded() -> None:
    body = {"file": File(b"bytes", "name.txt", "text/plain"), "note": "n"}
    got = sent(put(), put().request(body=body, media_type="multipart/form-data"))
    assert got.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert b'filename="name.txt"' in got.content
    assert b"bytes" in got.content


def test_bytes_are_sent_under_their_media_type() -> None:
    got = sent(put(), put().request(body=b"\x00\x01", media_type="application/octet-stream"))
    assert (got.content, got.headers["Content-Type"]) == (b"\x00\x01", "application/octet-stream")


@pytest.mark.parametrize("nothing", [None, UNSET, []])
@pytest.mark.parametrize("place", ["query", "headers", "cookies"])
def test_a_required_parameter_of_which_nothing_would_be_sent_is_missing(place: str, nothing: object) -> None:
    operation = put(required=("names",))
    arguments: dict[str, Any] = {place: {"names": nothing, "offset": 1}}
    with pytest.raises(MissingArgument) as caught:
        operation.request(**arguments)
    assert str(caught.value) == "putThing needs names, and got nothing to send"
    arguments[place]["names"] = "x"
    operation.request(**arguments)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "path": ({"path": {"id": "made-up-secret \ud800"}}, "id: expected text without lone surrogates"),
    "query": ({"query": {"q": math.nan}}, "q: expected a finite number"),
    "header": ({"headers": {"X-Key": "made-up-secret\n"}}, "X-Key: expected printable ASCII"),
    "cookie": ({"cookies": {"s": "made-up-secret;"}}, "s: expected printable ASCII without a semicolon"),
    "body": ({"body": {"a": {"b": 1j}}}, "a.b: expected str, int"),
    "name": ({"query": {"made\r\nup\ud800": 1}}, "made up : expected text without lone surrogates"),
}


@pytest.mark.parametrize("place", REFUSED)
def test_what_no_request_can_carry_is_refused_by_its_place(place: str) -> None:
    arguments, message = REFUSED[place]
    all_arguments: dict[str, Any] = {"path": {"id": 1}, **arguments}
    with pytest.raises(InvalidArgument) as caught:
        put("/things/{id}").request(**all_arguments)
    error = caught.value
    assert str(error).startswith(f"putThing: {message}")
    assert isinstance(error, ValueError)
    assert (error.operation_id, error.request_line) == ("putThing", "PUT /things/{id}")
    assert "made-up-secret" not in str(error)
    assert str(error).isprintable()
    assert error.__cause__ is None
    assert error.__context__ is None


def test_an_argument_that_is_too_long_for_a_url_is_refused(caller: Caller) -> None:
    server = Server()
    request = GET_THING.request(path={"thing-id": 7}, query={"q": "made-up-secret" * 10_000})
    with pytest.raises(InvalidArgument) as caught:
        caller.call(GET_THING, server.client(), request)
    why = "the arguments make a URL that is too long"
    assert str(caught.value) == f"getThing: GET /things/7.json: {why}"
    assert "made-up" not in shown(caught.value)
    assert server.requests == []


# ---- sending it


@pytest.mark.parametrize(
    ("server_url", "url"),
    [
        ("/", "https://api.example/things"),
        ("https://eu.elsewhere.example/base", "https://eu.elsewhere.example/base/things"),
        ("../v2", "https://api.example/v2/things"),
    ],
)
def test_an_operation_may_live_elsewhere(server_url: str, url: str) -> None:
    operation = put(server=server_url)
    assert str(sent(operation, operation.request()).url) == url


def test_an_auth_sees_the_operation(caller: Caller) -> None:
    seen: list[Operation[Any, Any]] = []

    class Auth(httpx.Auth):
        def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
            seen.append(request.extensions["operation"])
            yield request

    operation = put(security=({}, {"token": ("read",)}))
    caller.call(operation, Server(always(204)).client(auth=Auth()), operation.request())
    assert seen == [operation]
    assert seen[0].security == ({}, {"token": ("read",)})


def test_an_error_of_an_auth_passes_through(caller: Caller) -> None:
    class Broken(Exception):
        pass

    def broken() -> httpx.Request:
        raise Broken

    class Auth(httpx.Auth):
        def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
            yield broken()

    with pytest.raises(Broken):
        caller.call(put(), Server().client(auth=Auth()), put().request())


def test_a_request_may_be_sent_more_than_once(caller: Caller) -> None:
    server = Server(always(204))
    client = server.client()
    request = put().request(query={"q": "x"}, body=[1])
    for _ in range(2):
        caller.call(put(), client, request)
    first, second = server.requests
    assert (first.url, first.content) == (second.url, second.content)


def test_a_redirect_is_followed_only_where_the_client_says_so(caller: Caller) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/things/7.json":
            return httpx.Response(302, headers={"Location": "/moved"})
        return httpx.Response(200, json=THING)

    with pytest.raises(UnexpectedStatus, match=r"answered 302 Found"):
        caller.call(GET_THING, Server(respond).client(), get_thing())
    assert caller.call(GET_THING, Server(respond).client(follow_redirects=True), get_thing()).id == 7


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (httpx.ConnectError("x"), ConnectionFailed),
        (httpx.ReadTimeout("x"), TimedOut),
        (httpx.PoolTimeout("x"), TimedOut),
        (httpx.RemoteProtocolError("x"), ConnectionFailed),
        (httpx.TooManyRedirects("x"), ConnectionFailed),
        (httpx.DecodingError("x"), ConnectionFailed),
        (httpx.InvalidURL("x"), ConnectionFailed),
    ],
)
def test_a_broken_connection_is_one_of_our_errors(
    caller: Caller, raised: Exception, expected: type[ConnectionFailed]
) -> None:
    with pytest.raises(ConnectionFailed) as caught:
        caller.call(GET_THING, Server(raising(raised)).client(), get_thing())
    assert type(caught.value) is expected
    assert str(caught.value).startswith("getThing: GET /things/7.json: no response")
    assert caught.value.__cause__ is raised
    assert pickle.loads(pickle.dumps(caught.value)).request_line == "GET /things/7.json"


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("https://api.example/made-up-secret", "api.example:443"),
        ("http://me:made-up-secret@api.example/v1?key=made-up-secret", "api.example:80"),
        ("http://[::1]:8081", "[::1]:8081"),
    ],
)
@pytest.mark.parametrize(
    ("raised", "message"),
    [
        (httpx.ConnectError("\n[Errno 111] refused"), " (ConnectError: [Errno 111] refused)"),
        (httpx.ConnectError(""), " (ConnectError)"),
        (httpx.LocalProtocolError("made-up-secret"), " (LocalProtocolError)"),
        (httpx.ConnectTimeout("made-up-secret"), " in time"),
    ],
)
def test_a_broken_connection_names_the_server_and_nothing_else(
    base_url: str, host: str, raised: Exception, message: str
) -> None:
    client = Server(raising(raised)).client(base_url)
    with pytest.raises(ConnectionFailed) as caught:
        GET_THING.call(client, get_thing())
    assert str(caught.value) == f"getThing: GET /things/7.json: no response from {host}{message}"


def test_a_broken_connection_to_nowhere_names_no_server(caller: Caller) -> None:
    with pytest.raises(ConnectionFailed) as caught:
        caller.call(GET_THING, Client(""), get_thing())
    assert str(caught.value) == "getThing: GET /things/7.json: no response (UnsupportedProtocol)"


def test_a_connection_that_breaks_while_it_is_read_is_one_of_our_errors(caller: Caller) -> None:
    class Breaking(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b"{"
            raise httpx.ReadError("made-up-secret")

        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"{"
            raise httpx.ReadError("made-up-secret")

    with pytest.raises(ConnectionFailed, match=r"no response from api\.example:443 \(ReadError\)$"):
        caller.call(GET_THING, Server(always(200, stream=Breaking())).client(), get_thing())


def test_a_transport_that_tells_of_the_request_gives_no_secret_away(caller: Caller) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        text = f"could not send {request.url} and {request.content!r}"
        raise httpx.ConnectError(text, request=request)

    with pytest.raises(ConnectionFailed, match="could not send https") as caught:
        caller.call(LOG_IN, Server(respond).client(), log_in())
    assert "phrase" not in str(caught.value)


@pytest.mark.parametrize("error", [RuntimeError("something else"), ZeroDivisionError()])
def test_an_error_that_is_not_of_the_network_passes_through(caller: Caller, error: Exception) -> None:
    with pytest.raises(type(error)) as caught:
        caller.call(GET_THING, Server(raising(error)).client(), get_thing())
    assert caught.value is error


async def test_a_call_through_a_closed_client_names_the_operation() -> None:
    server = Server(always(json=THING))
    client = server.client()
    client.close()
    await client.aclose()
    message = "getThing: GET /things/7.json: the client is closed: make a new one"
    with pytest.raises(UnusableClient) as caught:
        GET_THING.call(client, get_thing())
    with pytest.raises(UnusableClient) as awaited:
        await GET_THING.call_async(client, get_thing())
    assert str(caught.value) == str(awaited.value) == message
    assert server.requests == []


def test_a_cookie_of_the_server_that_no_header_can_hold_is_one_of_our_errors(caller: Caller) -> None:
    cookie = {"Set-Cookie": "é=made-up-sécret".encode("latin-1")}
    server = Server(always(json="x", headers=cookie))
    client = server.client()
    for _ in range(2):
        assert caller.call(LOG_IN, client, log_in()) == "x"
    keeping = server.client(httpx_args={"cookies": httpx.Cookies()})
    assert caller.call(LOG_IN, keeping, log_in()) == "x"
    with pytest.raises(ConnectionFailed, match=r"no response \(UnicodeEncodeError\)$") as caught:
        caller.call(LOG_IN, keeping, log_in())
    assert "cret" not in shown(caught.value)


# ---- reading a success


@pytest.mark.parametrize(
    ("read", "respond", "value"),
    [
        (json_body(string), always(json="Bob"), "Bob"),
        (json_body(anything), always(json=[1, {"a": None}]), [1, {"a": None}]),
        (text_body(string), always(text="Zeile"), "Zeile"),
        (bytes_body, always(content=b"\x89PNG"), b"\x89PNG"),
        (no_body, always(html="<p>ok</p>"), None),
    ],
)
def test_a_success_is_read_as_it_is_documented(
    caller: Caller, read: Any, respond: Respond, value: Any
) -> None:
    operation: Operation[Any, Any] = Operation(id="bare", method="GET", path="/", success={200: read})
    assert caller.call(operation, Server(respond).client(), operation.request()) == value


@pytest.mark.parametrize("documented", [206, "2XX", "default"])
def test_a_success_may_be_documented_by_range_or_default(caller: Caller, documented: int | str) -> None:
    operation: Operation[int | None, Any] = Operation(
        id="bare", method="GET", path="/", success={documented: json_body(integer), 204: no_body}
    )
    assert caller.call(operation, Server(always(206, json=7)).client(), operation.request()) == 7
    assert caller.call(operation, Server(always(204)).client(), operation.request()) is None


def test_a_default_that_documents_a_success_covers_no_failure(caller: Caller) -> None:
    operation: Operation[int, Any] = Operation(
        id="bare", method="GET", path="/", success={"default": json_body(integer)}
    )
    with pytest.raises(InternalServerError):
        caller.call(operation, Server(always(500, json=7)).client(), operation.request())


def test_a_wrong_field_is_named(caller: Caller) -> None:
    client = Server(always(json={**THING, "box": {"things": [{"id": 1}]}}, headers={"X-Y": "z"})).client()
    with pytest.raises(DecodeError) as caught:
        caller.call(GET_THING, client, get_thing())
    error = caught.value
    assert str(error) == "getThing: box.things[0].kind: expected string, got nothing"
    assert (error.operation_id, error.request_line) == ("getThing", "GET /things/7.json")
    assert (error.path, error.expected, error.got) == ("box.things[0].kind", "string", "nothing")
    assert (error.status, error.headers["x-y"]) == (200, "z")
    assert json.loads(error.content)["id"] == 7


def test_the_whole_response_is_of_a_documented_success_only_if_it_decodes(caller: Caller) -> None:
    with pytest.raises(DecodeError, match=r"^getThing: id: expected integer, got string$"):
        caller.send(GET_THING, Server(always(json={**THING, "id": "7"})).client(), get_thing())


def test_objects_nested_too_deeply_are_a_decode_error(caller: Caller) -> None:
    deep = b'{"id":1,"kind":"small","parent":' * 600 + b"null" + b"}" * 600
    with pytest.raises(DecodeError, match=r"^getThing: expected JSON, got values nested too deeply$"):
        caller.call(GET_THING, Server(always(content=deep)).client(), get_thing())


def test_a_decode_error_carries_the_response_without_showing_it(caller: Caller) -> None:
    server = Server(always(json="made-up-secret", headers={"Set-Cookie": "made-up-secret"}))
    with pytest.raises(DecodeError) as caught:
        caller.call(GET_THING, server.client(), get_thing())
    error = caught.value
    assert (error.content, error.headers["set-cookie"]) == (b'"made-up-secret"', "made-up-secret")
    assert "made-up-secret" not in shown(error)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.content, again.headers) == (str(error), error.content, error.headers)


def badly_packed(status: int, packing: str = "gzip") -> Respond:
    return lambda _: httpx.Response(
        status,
        headers={"Content-Encoding": packing, "X-Y": "z"},
        stream=httpx.ByteStream(b"not packed at all"),
    )


def test_a_success_that_cannot_be_unpacked_is_a_decode_error(caller: Caller) -> None:
    with pytest.raises(DecodeError) as caught:
        caller.call(GET_THING, Server(badly_packed(200)).client(), get_thing())
    assert str(caught.value) == "getThing: expected a body in gzip, got bytes that cannot be unpacked"
    assert (caught.value.status, caught.value.content, caught.value.headers["x-y"]) == (200, b"", "z")


def test_a_failure_that_cannot_be_unpacked_is_still_that_failure(caller: Caller) -> None:
    client = Server(badly_packed(404)).client()
    with pytest.raises(NotFound) as caught:
        caller.call(GET_THING, client, get_thing())
    assert (caught.value.body, caught.value.content, caught.value.headers["x-y"]) == (None, b"", "z")
    found = caller.send(GET_THING, client, get_thing())
    assert (found.status_code, found.parsed, found.content) == (404, None, b"")


class Counted(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that counts how often it was closed."""

    def __init__(self) -> None:
        self.closed = 0

    def __iter__(self) -> Iterator[bytes]:
        yield b'"x"'

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b'"x"'

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


@pytest.mark.parametrize(("status", "packing"), [(200, "identity"), (200, "gzip"), (404, "gzip"), (500, "x")])
def test_the_connection_is_given_back_whatever_came(caller: Caller, status: int, packing: str) -> None:
    stream = Counted()
    server = Server(always(status, headers={"Content-Encoding": packing}, stream=stream))
    try:
        assert caller.call(LOG_IN, server.client(), log_in()) == "x"
    except APIError:
        assert (status, packing) != (200, "identity")
    assert stream.closed == 1


# ---- reading a failure


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (404, NotFound),
        (599, ServerError),
        (500, InternalServerError),
        (429, RateLimited),
        (418, ClientError),
        (302, UnexpectedStatus),
        (202, UnexpectedStatus),
        (1, UnexpectedStatus),
        (999, UnexpectedStatus),
    ],
)
def test_every_status_but_a_documented_success_is_raised(
    caller: Caller, status: int, expected: type[StatusError]
) -> None:
    client = Server(always(status, json={"message": "no"})).client()
    with pytest.raises(StatusError) as caught:
        caller.call(GET_THING, client, get_thing())
    assert type(caught.value) is expected
    assert (caught.value.status, caught.value.operation_id) == (status, "getThing")
    assert caller.send(GET_THING, client, get_thing()).status_code == status


def test_a_failure_carries_what_the_server_says(caller: Caller) -> None:
    said = {"message": "no\nsuch thing", "fields": {"name": {"long": True}}}
    client = Server(always(404, json=said, headers={"X-Y": "z"})).client()
    with pytest.raises(NotFound) as caught:
        caller.call(GET_THING, client, get_thing())
    error = caught.value
    assert error.server_message == "no such thing; name: long: True"
    assert str(error) == (
        "getThing: GET /things/7.json answered 404 Not Found: no such thing; name: long: True"
    )
    assert error.body == Problem.from_dict(said)
    assert (json.loads(error.content), error.headers["x-y"]) == (said, "z")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.body) == (type(error), str(error), error.body)


def test_a_whole_response_has_the_failure_as_its_body(caller: Caller) -> None:
    client = Server(always(404, json={"message": "no"}, headers={"X-Y": "z"})).client()
    found = caller.send(GET_THING, client, get_thing())
    assert (found.status_code, found.parsed, found.headers["x-y"]) == (404, Problem(message="no"), "z")
    empty = caller.send(GET_THING, Server(always(777)).client(), get_thing())
    assert (empty.status_code, empty.parsed, empty.content) == (777, None, b"")


@pytest.mark.parametrize("content", [b"", b"<html>", b'{"message": 3}', b"\xff", b"[" * 100_000])
def test_a_failure_whose_body_does_not_decode_is_still_that_failure(caller: Caller, content: bytes) -> None:
    with pytest.raises(NotFound) as caught:
        caller.call(GET_THING, Server(always(404, content=content)).client(), get_thing())
    assert (caught.value.body, caught.value.content) == (None, content)
    assert str(caught.value) == "getThing: GET /things/7.json answered 404 Not Found"


@pytest.mark.parametrize("status", [400, 202, 599])
@pytest.mark.parametrize(
    ("content", "media_type", "body"),
    [
        (b'{"why": ["x"]}', "application/problem+json", {"why": ["x"]}),
        (b'"x"', "application/json; charset=utf-8", "x"),
        (b"404", "text/plain", None),
        (b'{"why": ', "application/json", None),
        (b"", "application/json", None),
    ],
)
def test_json_that_nobody_documented_is_kept_as_it_is(
    caller: Caller, status: int, content: bytes, media_type: str, body: object
) -> None:
    client = Server(always(status, content=content, headers={"Content-Type": media_type})).client()
    with pytest.raises(StatusError) as caught:
        caller.call(GET_THING, client, get_thing())
    assert (caught.value.body, caught.value.server_message) == (body, None)
    assert caller.send(GET_THING, client, get_thing()).parsed == body


@pytest.mark.parametrize("documented", ["4XX", "default"])
def test_a_range_or_a_default_covers_a_status_without_a_class(caller: Caller, documented: str) -> None:
    operation = put(failure={documented: json_body(Problem.from_dict)}, errors=ERRORS)
    with pytest.raises(StatusError) as caught:
        caller.call(operation, Server(always(418, json={"message": "m"})).client(), operation.request())
    assert type(caught.value) is ClientError
    assert caught.value.server_message == "m"
    assert str(caught.value) == "putThing: PUT /things answered 418 I'm a teapot: m"


def test_a_status_that_is_not_documented_is_told_as_such(caller: Caller) -> None:
    with pytest.raises(ClientError) as caught:
        caller.call(put(), Server(always(418, json={"message": "no"})).client(), put().request())
    told = "answered 418 I'm a teapot, which the API does not document"
    assert str(caught.value) == f"putThing: PUT /things {told}"


def test_a_404_that_is_not_documented_may_mean_a_wrong_base_url(caller: Caller) -> None:
    with pytest.raises(NotFoundAnywhere) as caught:
        caller.call(put(), Server(always(404)).client(), put().request())
    told = "answered 404 Not Found, which the API does not document; is base_url right?"
    assert str(caught.value) == f"putThing: PUT /things {told}"


PATHS = ("/api", "/v2")
LACKS_PATH = "; is base_url right? The API's own ends with /api or /v2"


@pytest.mark.parametrize(
    ("base_url", "answer", "told"),
    [
        ("https://api.example", {"status": 404, "html": "<p>Nothing here"}, LACKS_PATH),
        ("https://api.example", {"status": 404, "json": {"message": "no route"}}, LACKS_PATH),
        ("https://api.example/other", {"status": 301}, LACKS_PATH),
        ("https://api.example", {"status": 403, "html": "<p>Go away"}, LACKS_PATH),
        ("https://api.example", {"status": 500}, ""),
        ("https://api.example", {"status": 405, "json": {"message": "the API's own"}}, ""),
        ("https://api.example", {"status": 410}, ""),
        ("https://api.example/gateway/v2/", {"status": 404}, "; is base_url right?"),
        ("https://api.example/api", {"status": 403}, ""),
    ],
)
def test_a_base_url_that_lacks_the_path_of_the_apis_own_is_told(
    caller: Caller, base_url: str, answer: dict[str, Any], told: str
) -> None:
    operation = put(base_paths=PATHS, failure={405: json_body(Problem.from_dict), 410: no_body})
    client = Server(always(**answer)).client(base_url)
    with pytest.raises(StatusError) as caught:
        caller.call(operation, client, operation.request())
    assert str(caught.value).partition("; ")[1:] == told.partition("; ")[1:]


def test_an_operation_on_a_server_of_its_own_has_no_base_path_to_lack(caller: Caller) -> None:
    with pytest.raises(NotFoundAnywhere, match=r"document; is base_url right\?$"):
        caller.call(put(server="/"), Server(always(404)).client("https://api.example"), put().request())


def test_a_status_that_nobody_knows_has_no_phrase(caller: Caller) -> None:
    with pytest.raises(UnexpectedStatus, match=r"answered 777, which the API does not document$"):
        caller.call(put(), Server(always(777)).client(), put().request())


# ---- failures under the status of a success

SEALED: Operation[Box, Refusal] = Operation(
    id="getSealed",
    method="GET",
    path="/sealed",
    success={200: json_body(Box.from_dict)},
    failure={"4XX": json_body(Refusal.from_dict)},
    failure_in_success={200: json_body(Refusal.from_dict)},
    errors=ERRORS,
)
REFUSAL = {"ok": False, "width": "none", "error": 403, "why": "not your key"}


def test_a_success_is_the_value(caller: Caller) -> None:
    client = Server(always(json={"width": 7})).client()
    assert caller.call(SEALED, client, SEALED.request()) == Box(width=7)


@pytest.mark.parametrize("status", [200, 400, 401])
def test_a_failure_is_raised_by_its_code_under_any_status(caller: Caller, status: int) -> None:
    client = Server(always(status, json=REFUSAL)).client()
    with pytest.raises(WrongKey, match=f" answered {status} .*, failure 403: not your key$") as caught:
        caller.call(SEALED, client, SEALED.request())
    assert (caught.value.status, caught.value.code) == (status, 403)
    assert caller.send(SEALED, client, SEALED.request()).parsed == Refusal(error=403, why="not your key")


def test_a_failure_without_a_code_says_all_its_texts(caller: Caller) -> None:
    said = {**REFUSAL, "why": ["too soon", "too long"]}
    del said["error"]
    with pytest.raises(StatusError, match=r"answered 200 OK: too soon; too long$"):
        caller.call(SEALED, Server(always(json=said)).client(), SEALED.request())


@pytest.mark.parametrize("body", [{"width": "x"}, {"ok": "no", "width": "x"}, [], None])
def test_what_is_neither_success_nor_failure_is_a_decode_error(caller: Caller, body: object) -> None:
    with pytest.raises(DecodeError):
        caller.call(SEALED, Server(always(content=json.dumps(body))).client(), SEALED.request())


# ---- secrets


@pytest.mark.parametrize("auth", [httpx.BasicAuth("me", "made-up-secret"), None])
def test_a_message_never_repeats_what_the_request_kept_secret(
    caller: Caller, auth: httpx.BasicAuth | None
) -> None:
    blob = base64.b64encode(b"me:made-up-secret").decode()
    headers = {} if auth else {"Authorization": "Bearer made-up-secret", "Cookie": f"x={blob}"}
    said = {"message": f"no made-up-secret, no {blob}, no pass-phrase"}
    client = Server(always(401, json=said)).client(auth=auth, headers=headers)
    with pytest.raises(Unauthorized) as caught:
        caller.call(LOG_IN, client, log_in())
    assert str(caught.value) == "logIn: POST /login answered 401 Unauthorized: no ***, no ***, no ***"
    assert caught.value.server_message == "no ***, no ***, no ***"
    assert caught.value.body == Problem(message=said["message"])


SECRET_ARGUMENTS: list[dict[str, Any]] = [
    {"query": {"key": "made-up-secret"}},
    {"query": {"keys": ["x", "made-up-secret"]}},
    {"query": {"keys": Joined(["x", "made-up-secret"])}},
    {"headers": {"key": "made-up-secret"}},
    {"cookies": {"other": "made-up-secret"}},
    {"body": {"password": "made-up-secret"}},
    {"body": {"pins": ["x", ["made-up-secret"]]}},
    {"body": Thing(id=1, kind=Kind.BIG, additional_properties={"key": "made-up-secret"})},
    {"body": {"password": "made-up-secret"}, "media_type": "multipart/form-data"},
]


@pytest.mark.parametrize("arguments", SECRET_ARGUMENTS)
def test_a_secret_is_hidden_wherever_it_is_sent(
    caller: Caller, caplog: pytest.LogCaptureFixture, arguments: dict[str, Any]
) -> None:
    request = LOG_IN.request(**arguments)
    client = Server(always(401, json={"message": "no made-up-secret"})).client()
    with caplog.at_level(logging.DEBUG), pytest.raises(Unauthorized) as caught:
        caller.call(LOG_IN, client, request)
    assert caught.value.server_message == "no ***"
    assert "POST https://api.example/v1/login" in caplog.text
    assert "made-up" not in f"{shown(caught.value)} {caplog.text}"


@pytest.mark.parametrize("number", [4711, 0])
def test_a_secret_may_be_a_number(caller: Caller, number: int) -> None:
    client = Server(always(401, json={"message": f"no {number}"})).client()
    with pytest.raises(Unauthorized, match=r": no \*\*\*$"):
        caller.call(LOG_IN, client, LOG_IN.request(body={"password": number}))


@pytest.mark.parametrize("style", [Joined, Label, Matrix])
def test_a_secret_may_be_written_in_any_style(caller: Caller, style: Callable[[object], object]) -> None:
    client = Server(always(404, json={"message": "no made-up-secret"})).client()
    with pytest.raises(NotFound, match=r": no \*\*\*$"):
        caller.call(RESET, client, RESET.request(path={"code": style(["made-up-secret"]), "step": 2}))


def test_a_call_past_its_deadline_is_not_begun(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_left(_: float | None) -> float:
        return 0.0

    monkeypatch.setattr(httpx_client, "left", nothing_left)
    server = Server(always(json={}))
    with pytest.raises(TimedOut):
        caller.call(GET_THING, server.client(deadline=5.0, max_retries=0), get_thing())
    assert not server.requests


def test_the_repr_of_a_request_names_no_secret_by_itself() -> None:
    request = RESET.request(path={"code": SECRET_CODE, "step": 2})
    assert "secrets" not in repr(request)


def test_a_code_that_repeats_a_secret_is_hidden(caller: Caller) -> None:
    operation = put(failure={400: json_body(Refusal.from_dict)}, errors=ERRORS, secrets=("key",))
    client = Server(always(400, json={"ok": False, "error": "made-up-secret"})).client()
    with pytest.raises(StatusError, match=r"answered 400 Bad Request, failure \*\*\*$"):
        caller.call(operation, client, operation.request(query={"key": "made-up-secret"}))


def test_a_decode_error_repeats_no_secret(caller: Caller) -> None:
    for respond in (
        always(content=b"<html>", headers={"Content-Type": "text/pass-phrase"}),
        badly_packed(200, "pass-phrase, gzip"),
        always(content=b'{"pass-phrase": 1}'),
    ):
        with pytest.raises(DecodeError) as caught:
            caller.call(LOG_IN, Server(respond).client(), log_in())
        assert "phrase" not in f"{caught.value!r} {caught.value.path}"


def test_a_field_that_is_called_like_a_secret_is_not_named(caller: Caller) -> None:
    operation: Operation[Any, Any] = Operation(
        id="read", method="GET", path="/", success={200: json_body(_numbers)}, secrets=("key",)
    )
    client = Server(always(json={"made-up-secret": "x"})).client()
    with pytest.raises(DecodeError, match=r"^read: \*\*\*: expected integer, got string$"):
        caller.call(operation, client, operation.request(query={"key": "made-up-secret"}))


def _numbers(value: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, each in value.items():
        try:
            found[name] = integer(each)
        except DecodeError as error:
            raise error.inside(name) from None
    return found


def test_a_message_never_carries_the_query(caller: Caller) -> None:
    request = GET_THING.request(path={"thing-id": 7}, query={"q": "made-up-secret"})
    with pytest.raises(StatusError) as caught:
        caller.call(GET_THING, Server(always(500)).client(), request)
    assert "made-up-secret" not in str(caught.value)
    assert caught.value.request_line == "GET /things/7.json"


def test_a_secret_in_the_path_is_sent_and_shown_nowhere(
    caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    server = Server(always(404, json={"message": "no code made-up secret"}))
    request = RESET.request(path={"code": SECRET_CODE, "step": 2})
    with caplog.at_level(logging.DEBUG), pytest.raises(NotFound) as caught:
        caller.call(RESET, server.client(), request)
    assert server.last.url.path == "/v1/resets/made-up secret/2"
    line = "POST /resets/***/2"
    assert str(caught.value) == f"reset: {line} answered 404 Not Found: no code ***"
    assert caught.value.request_line == line
    assert "POST https://api.example/v1/resets/***/2" in caplog.text
    assert "secret" not in caplog.text


def test_a_text_that_repeats_a_secret_as_the_path_had_it_is_withheld(caller: Caller) -> None:
    client = Server(always(404, json={"message": "no page /resets/made-up%20secret/2"})).client()
    with pytest.raises(NotFound) as caught:
        caller.call(RESET, client, RESET.request(path={"code": SECRET_CODE, "step": 2}))
    assert caught.value.server_message == "(a text that repeats a secret)"


def test_a_secret_in_the_path_is_not_in_what_a_broken_connection_shows(caller: Caller) -> None:
    client = Server(raising(httpx.ConnectError("x"))).client()
    with pytest.raises(ConnectionFailed) as caught:
        caller.call(RESET, client, RESET.request(path={"code": SECRET_CODE, "step": 2}))
    assert caught.value.request_line == "POST /resets/***/2"
    cause = caught.value.__cause__
    assert isinstance(cause, httpx.RequestError)
    assert "secret" not in f"{caught.value} {cause.request.url}"
