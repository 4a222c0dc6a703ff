"""What a failure is called and says, to the letter; and what it never says."""

from __future__ import annotations

import asyncio
import base64
import copy
import html
import json
import logging
import pickle
from typing import Any, Final
from unittest.mock import patch
from urllib.parse import quote, quote_plus

import httpx
import pytest
from example_api import ERRORS, Box, Kind, NotFound, Problem, Refusal, Thing, Unauthorized, WrongKey

from openapi_fuzz.network.situations import SECONDS
from openapi_fuzz.responses.mutations.statuses import WAITS
from openapi_runtime import UNSET, Client
from openapi_runtime.bodies import json_body, no_body, text_body
from openapi_runtime.decoding import anything, array, integer, string
from openapi_runtime.errors import (
    NO_ERROR_CLASSES,
    APIError,
    BadRequest,
    ClientError,
    ConfigurationError,
    ConnectionFailed,
    DecodeError,
    Failed,
    InternalServerError,
    InvalidArgument,
    RateLimited,
    ServerError,
    StatusError,
    TimedOut,
    UnexpectedStatus,
    failure_code,
    message_of,
    status_class,
)
from openapi_runtime.errors import NotFound as NotFoundAnywhere
from openapi_runtime.messages import TransportError
from openapi_runtime.operation import Operation
from openapi_runtime.redaction import LoggedURL, credentials_of, redact
from openapi_runtime.retries import retry_after

SECRET: Final = "made-up-secret"
WITHHELD: Final = "(a text that repeats a secret)"
NESTED: Final = b"[" * 100_000
PATHS: Final = ("/api", "/v2")
LACKS_PATH: Final = "; is base_url right? The API's own ends with /api or /v2"
UNHEARD_OF: Final = ", which the API does not document"
PROBLEM: Final = {"message": "no", "fields": {"a": ["b", 7, "", None], "c": {"d": True}}}
REFUSAL: Final = {"ok": False, "width": "x", "error": 403, "why": ["too", "soon"]}

READ: Final[Operation[Any, Any]] = Operation(
    id="read",
    method="GET",
    path="/things/{id}",
    success={200: json_body(Box.from_dict), "2XX": json_body(array(integer)), 204: no_body},
    failure={
        404: json_body(Problem.from_dict),
        405: json_body(Problem.from_dict),
        410: no_body,
        "4XX": json_body(Refusal.from_dict),
        503: text_body(string),
    },
    failure_in_success={200: json_body(Refusal.from_dict)},
    errors=ERRORS,
    base_paths=PATHS,
    secrets=("id",),
)
BARE: Final[Operation[Any, Any]] = Operation(id="read", method="GET", path="/things/{id}")


def failed(
    response: dict[str, Any] | Exception,
    of: Operation[Any, Any] = READ,
    *,
    is_async: bool = False,
    **settings: Any,
) -> Any:
    """Return the error of a call that is answered so."""

    def answer(_: httpx.Request) -> httpx.Response:
        if isinstance(response, Exception):
            raise response
        return httpx.Response(**{"status_code": 200, **response})

    base_url = settings.pop("base_url", "https://api.example/v2")
    settings = {"max_retries": 0, "httpx_args": {"transport": httpx.MockTransport(answer)}, **settings}
    request = of.request(path={"id": SECRET if of.secrets else 7})

    async def call() -> None:
        async with client:
            await of.call_async(client, request)

    client = Client(base_url, **settings)
    with pytest.raises(APIError) as raised:
        asyncio.run(call()) if is_async else of.call(client, request)
    assert SECRET not in f"{raised.value} {raised.value!r}"
    return raised.value


TOLD: Final[list[Any]] = [
    (READ, {"status_code": 404, "json": PROBLEM}, NotFound, "404 Not Found: no; a: b; 7; c: d: True"),
    (READ, {"status_code": 404, "json": {}}, NotFound, "404 Not Found"),
    (READ, {"status_code": 404, "content": b"<p>"}, NotFound, "404 Not Found"),
    (READ, {"status_code": 404, "content": NESTED}, NotFound, "404 Not Found"),
    (
        READ,
        {"status_code": 404, "json": {"message": f"no {SECRET}, no {SECRET}"}},
        NotFound,
        "404 Not Found: no ***, no ***",
    ),
    (READ, {"status_code": 401, "json": REFUSAL}, WrongKey, "401 Unauthorized, failure 403: too; soon"),
    (
        READ,
        {"status_code": 401, "json": {**REFUSAL, "error": 9}},
        Unauthorized,
        "401 Unauthorized, failure 9: too; soon",
    ),
    (
        READ,
        {"status_code": 418, "json": {**REFUSAL, "error": SECRET}},
        Failed,
        "418 I'm a teapot, failure ***: too; soon",
    ),
    (READ, {"status_code": 418, "json": {}}, ClientError, "418 I'm a teapot"),
    (READ, {"status_code": 200, "json": REFUSAL}, WrongKey, "200 OK, failure 403: too; soon"),
    (READ, {"status_code": 200, "json": {"ok": False, "width": ""}}, Failed, "200 OK"),
    (READ, {"status_code": 410}, ClientError, "410 Gone"),
    (READ, {"status_code": 500}, InternalServerError, f"500 Internal Server Error{UNHEARD_OF}"),
    (READ, {"status_code": 503, "content": b"busy"}, ServerError, "503 Service Unavailable"),
    (READ, {"status_code": 599}, ServerError, f"599{UNHEARD_OF}"),
    (READ, {"status_code": 777}, UnexpectedStatus, f"777{UNHEARD_OF}"),
    (READ, {"status_code": 302}, UnexpectedStatus, f"302 Found{UNHEARD_OF}"),
    (BARE, {"status_code": 200}, UnexpectedStatus, f"200 OK{UNHEARD_OF}"),
    (BARE, {"status_code": 404}, NotFoundAnywhere, f"404 Not Found{UNHEARD_OF}; is base_url right?"),
    (BARE, {"status_code": 404, "json": {"a": 1}}, NotFoundAnywhere, f"404 Not Found{UNHEARD_OF}"),
    (BARE, {"status_code": 403}, ClientError, f"403 Forbidden{UNHEARD_OF}"),
]


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize(("of", "response", "kind", "told"), TOLD)
def test_a_failure_is_told_to_the_letter(
    of: Operation[Any, Any], response: dict[str, Any], kind: type[StatusError], told: str, is_async: bool
) -> None:
    error = failed(response, of, is_async=is_async)
    assert isinstance(error, kind)
    assert str(error) == f"read: GET /things/{'***' if of.secrets else 7} answered {told}"


@pytest.mark.parametrize(
    ("base_url", "response", "told"),
    [
        ("https://api.example", {"status_code": 404, "html": "<p>Nothing here"}, LACKS_PATH),
        ("https://api.example", {"status_code": 301}, LACKS_PATH),
        ("https://api.example", {"status_code": 300}, LACKS_PATH),
        ("https://api.example", {"status_code": 499}, LACKS_PATH),
        ("https://api.example/other", {"status_code": 405, "html": "<p>Go away"}, LACKS_PATH),
        ("https://api.example", {"status_code": 500}, ""),
        ("https://api.example", {"status_code": 299, "html": "<p>"}, ""),
        ("https://api.example", {"status_code": 405, "json": PROBLEM}, ""),
        ("https://api.example", {"status_code": 410}, ""),
        ("https://api.example/gateway/v2/", {"status_code": 404}, ""),
        ("https://api.example/api", {"status_code": 301}, ""),
    ],
)
def test_a_base_url_that_is_likely_wrong_is_doubted(
    base_url: str, response: dict[str, Any], told: str
) -> None:
    error = failed(response, base_url=base_url)
    assert str(error).partition("; is base")[1:] == told.partition("; is base")[1:]


def test_a_failure_carries_what_came() -> None:
    error = failed({"status_code": 404, "json": PROBLEM, "headers": {"X-More": "1"}})
    assert (error.status, error.is_documented, error.operation_id) == (404, True, "read")
    assert (error.request_line, error.headers["x-more"]) == ("GET /things/***", "1")
    assert error.body == Problem.from_dict(PROBLEM)
    assert json.loads(error.content) == PROBLEM
    assert error.server_message == "no; a: b; 7; c: d: True"
    foreign = failed({"status_code": 500, "content": b"[1]", "headers": {"Content-Type": "Application/JSON"}})
    assert (foreign.body, foreign.is_documented, foreign.server_message) == ([1], False, None)
    assert failed({"status_code": 500, "content": b"[1]"}).body is None
    assert failed({"status_code": 200, "json": REFUSAL}).is_documented
    assert failed({"status_code": 401, "json": {**REFUSAL, "error": "wrong"}}).code == "wrong"


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize(
    ("response", "told"),
    [
        ({"json": {"width": "x"}}, "width: expected integer, got string"),
        ({"json": {"things": [{"id": 1, "kind": 2}]}}, "things[0].kind: expected string, got integer"),
        ({"json": []}, "expected object, got array"),
        ({"content": NESTED}, "expected JSON, got values nested too deeply"),
        ({"content": b"{"}, "expected JSON, got text that is not JSON from character 1 on"),
        ({"content": b"[1e999]"}, "expected JSON, got a number out of range"),
        ({"content": b"1" * 5000}, "expected JSON, got a number with too many digits"),
        ({"content": b"\xff"}, "expected JSON, got bytes that are not UTF-8"),
        ({"content": b""}, "expected JSON, got an empty body"),
        (
            {"content": b"<", "headers": {"Content-Type": f"text/{SECRET}"}},
            "expected JSON, got a body of type text/***",
        ),
        ({"status_code": 206, "json": [1, "x"]}, "[1]: expected integer, got string"),
    ],
)
def test_a_success_that_cannot_be_read_is_told_to_the_letter(
    response: dict[str, Any], told: str, is_async: bool
) -> None:
    headers = {"X-More": "1", **response.get("headers", {})}
    error = failed({**response, "headers": headers}, is_async=is_async)
    assert type(error) is DecodeError
    assert str(error) == f"read: {told}"
    assert repr(error) == f"DecodeError({str(error)!r})"
    status = response.get("status_code", 200)
    assert (error.status, error.request_line, error.operation_id) == (status, "GET /things/***", "read")
    assert error.headers["x-more"] == "1"
    assert "content" not in response or error.content == response["content"]


def test_a_body_nested_too_deeply_for_a_model_is_told() -> None:
    def give_up(_: object) -> None:
        raise RecursionError

    deep: Operation[Any, Any] = Operation(
        id="read",
        method="GET",
        path="/things",
        success={200: json_body(give_up)},
        failure={404: json_body(give_up)},
    )
    assert str(failed({"json": 1}, deep)) == "read: expected JSON, got values nested too deeply"
    assert failed({"status_code": 404, "json": 1}, deep).body is None


OF_STATUSES: Final = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    405: "MethodNotAllowed",
    408: "RequestTimeout",
    409: "Conflict",
    410: "Gone",
    413: "ContentTooLarge",
    415: "UnsupportedMediaType",
    422: "UnprocessableContent",
    429: "RateLimited",
    500: "InternalServerError",
    501: "NotImplementedByServer",
    502: "BadGateway",
    503: "ServiceUnavailable",
    504: "GatewayTimeout",
}


def test_a_status_says_whose_fault_it_is() -> None:
    for status in range(400, 600):
        kind = status_class(status)
        assert issubclass(kind, ClientError if status < 500 else ServerError)
        assert kind.__name__ == OF_STATUSES.get(status, "ClientError" if status < 500 else "ServerError")
        assert kind.documented_status == (status if status in OF_STATUSES else None)


def test_an_error_of_a_connection_is_told_without_secrets() -> None:
    for error, kind, told in (
        (
            httpx.ConnectError(f"refused {SECRET}"),
            ConnectionFailed,
            "no response (ConnectError: refused ***)",
        ),
        (httpx.ConnectTimeout("x"), TimedOut, "no response in time"),
        (httpx.ReadError(SECRET), ConnectionFailed, "no response (ReadError)"),
        (httpx.InvalidURL(SECRET), ConnectionFailed, "no response (InvalidURL)"),
    ):
        found = failed(error)
        assert type(found) is kind
        assert str(found).replace(" from api.example:443", "") == f"read: GET /things/***: {told}"
    keyed = failed(httpx.ConnectError("with made-up-key-of-mine"), headers={"X-Key": "made-up-key-of-mine"})
    assert "made-up-key" not in str(keyed)
    plain = TransportError("kind")
    assert (plain.kind, plain.detail, plain.origin, plain.sent_headers) == ("kind", "", "", {})
    assert (plain.timed_out, plain.is_unsent) == (False, False)
    assert (str(plain), plain.args) == ("kind", ("kind",))


@pytest.mark.parametrize(("text", "seconds"), {**SECONDS, **WAITS}.items())
def test_a_time_to_wait_is_a_number_of_seconds_or_none_at_all(text: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": text}) == seconds


def test_a_cookie_that_no_header_can_carry_is_no_response_and_not_shown() -> None:
    error = failed(UnicodeEncodeError("ascii", SECRET + "é", 14, 15, "made up"))
    assert "no response (UnicodeEncodeError)" in str(error)
    assert error.__cause__ is None


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("settings", [{}, {"httpx_args": {"cookies": None}}], ids=["pool", "httpx"])
@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "api.example", "https://"])
def test_a_url_that_leads_nowhere_has_no_origin(url: str, settings: dict[str, Any], is_async: bool) -> None:
    error = failed({}, BARE, base_url=url, is_async=is_async, **{"httpx_args": {}, **settings})
    assert type(error) is ConnectionFailed
    assert str(error).startswith("read: GET /things/7: no response (")


def test_an_argument_that_httpx_does_not_take_is_named() -> None:
    with patch("openapi_runtime.settings._TAKES_ANY", new=True):
        client = Client("https://api.example", httpx_args={"colour": SECRET})
    with pytest.raises(ConfigurationError, match=r"^httpx_args: .*colour") as caught:
        client.get_httpx_client()
    assert SECRET not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
def test_what_are_no_options_is_refused(is_async: bool) -> None:
    arguments: Any = Client("https://api.example"), BARE.request(path={"id": 7}), {"timeout": SECRET}
    with pytest.raises(InvalidArgument) as caught:
        asyncio.run(BARE.call_async(*arguments)) if is_async else BARE.call(*arguments)
    assert str(caught.value) == "read: options: expected Options, got dict"
    assert caught.value.operation_id == "read"


def test_a_client_is_shown_without_secrets() -> None:
    for url, shown in (
        (f"https://me:{SECRET}@api.example/v1?key={SECRET}#{SECRET}", "https://api.example/v1"),
        (f"http://[::{SECRET}", ""),
    ):
        client = Client(url, headers={"X-Key": SECRET})
        assert repr(client) == f"Client({shown!r})"
        assert SECRET not in repr(vars(client._connections._pool))


# ---- errors by themselves


@pytest.mark.parametrize(
    "error",
    [
        TimedOut("late", operation_id="read", request_line="GET /things"),
        DecodeError("integer", "string", "id"),
        NotFound(
            "none",
            status=404,
            body=Problem(message="no"),
            content=b"x",
            headers={"X": "y"},
            server_message="no",
        ),
        UnexpectedStatus("", status=302),
    ],
)
def test_an_error_survives_pickling_and_copying(error: APIError) -> None:
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301  # our own
        assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_an_error_that_is_nested_too_deeply_to_be_pickled_keeps_its_content() -> None:
    body: list[Any] = []
    for _ in range(100_000):
        body = [body]
    error = BadRequest("bad", status=400, body=body, content=b"[[", operation_id="read")
    again: BadRequest = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    assert vars(again) == {**vars(error), "body": None}
    assert error.body is body
    assert pickle.loads(pickle.dumps(BadRequest(status=400, body=[1]))).body == [1]  # noqa: S301
    while body:
        body = body[0]


def test_what_an_error_has_by_default() -> None:
    error = StatusError(status=500)
    assert (str(error), error.headers, error.body, error.content) == ("", {}, None, b"")
    assert (error.is_documented, error.server_message, error.retry_after) == (False, None, None)
    assert (error.operation_id, error.request_line) == ("", "")
    assert (str(APIError(message="made up")), str(APIError())) == ("made up", "")
    assert RateLimited(status=429, headers={"retry-after": "7"}).retry_after == 7.0
    decoding = DecodeError("a", "b").inside("rank").inside(3).inside("results").inside(0)
    assert (decoding.path, decoding.status, decoding.content) == ("[0].results[3].rank", 0, b"")
    assert (decoding.headers, str(decoding)) == ({}, "[0].results[3].rank: expected a, got b")


class Body:
    """A decoded body whose field `said` is for people to read."""

    error_message_fields = ("said",)

    def __init__(self, said: object) -> None:
        self.said = said


class Sealed:
    """A failure without a code."""

    failure_code_field = None


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("x", "x"),
        (7.5, "7.5"),
        (["a", "", ["b"], None], "a; b"),
        ({"size": 3, "name": {"long": True}, "other": None}, "size: 3; name: long: True; other"),
        (Box(width=3), "width: 3"),
        (
            Thing(id=7, kind=Kind.SMALL, additional_properties={"new": "x", "not": UNSET}),
            "id: 7; kind: small; new: x",
        ),
        (Problem(message="no", fields={"a": Body("b")}), "no; a: b"),
        (None, ""),
        (object(), ""),
    ],
)
def test_whatever_is_marked_as_a_message_is_put_into_words(said: object, message: str) -> None:
    assert message_of(Body(said)) == message
    assert message_of(said) == (message if isinstance(said, Problem) else "")


def test_a_code_is_read_where_there_is_one() -> None:
    codes: tuple[tuple[object, object], ...] = (
        (Refusal(error=403), 403),
        (Refusal(error="wrong"), "wrong"),
        (Refusal(), None),
        (Sealed(), None),
        ({"error": 403}, None),
    )
    assert [failure_code(body) for body, _ in codes] == [code for _, code in codes]
    assert NO_ERROR_CLASSES.of(200, Sealed()) is Failed
    assert NO_ERROR_CLASSES.of(404, Sealed()) is Failed
    assert NO_ERROR_CLASSES.of(404, None) is NotFoundAnywhere


# ---- redaction

ODD: Final = 'pass/phrase+1 & "more" \\ <ü😀>'
ESCAPED: Final[tuple[str, ...]] = (
    json.dumps(ODD)[1:-1],
    json.dumps(ODD)[1:-1].replace("/", r"\/"),
    json.dumps(ODD, ensure_ascii=False)[1:-1],
    quote(ODD),
    quote(ODD, safe="").lower(),
    quote_plus(ODD),
    html.escape(ODD),
    html.escape(ODD, quote=False),
    json.dumps(html.escape(ODD))[1:-1],
    json.dumps(quote_plus(ODD))[1:-1],
    html.escape(quote(ODD)),
)


@pytest.mark.parametrize(
    ("text", "secrets", "shown"),
    [
        ("no such thing, 50% off &amp; more", [], "no such thing, 50% off &amp; more"),
        (" no\r\nsuch\t thing\0\x1b[31m\u2028", [], "no such thing [31m"),
        ("x" * 300, [], "x" * 300),
        ("x" * 301, [], "x" * 300 + "…"),
        (f"no {ODD}, {ODD}!", [ODD], "no ***, ***!"),
        ("Bearer made-up", ["made-up", "Bearer made-up"], "***"),
        ("bWFkZS11cD8_Pg== bWFkZS11cD8/Pg!", ["made-up??>"], "***== ***!"),
        ("MTIzNDU2Nzg=", ["12345678"], "***="),
        ("MTIzNDU2Nw==", ["1234567"], "MTIzNDU2Nw=="),
        *((f"no {text}", [ODD], WITHHELD) for text in ESCAPED),
        # Of a very long text the beginning, less where it may end in a part of a secret.
        (" " * 19_996 + "seen", [], "seen"),
        (" " * 19_996 + "seen ", [], "seen"),
        (" " * 19_997 + "seen ", [], "see"),
        (" " * 19_985 + "seen" + " " * 99, ["z"], "see"),
        ("x" * 300, ["y" * 1_667], "x" * 300),
    ],
)
def test_a_text_is_shown_without_secrets(text: str, secrets: list[str], shown: str) -> None:
    assert redact(text, secrets) == shown


@pytest.mark.parametrize("cut", [0, 1, 5, 20, 200])
@pytest.mark.parametrize(
    "escape", [str, quote, html.escape, lambda text: json.dumps(html.escape(quote(text)))]
)
def test_a_secret_at_the_end_of_what_is_examined_is_not_shown(escape: Any, cut: int) -> None:
    secret = "made-up-secret/" * 110
    assert "made-up" not in redact(
        ("x" * 250 + escape(secret)).ljust(20_000 - cut) + escape(secret), [secret]
    )
    assert "made-up" not in redact(secret * 20, [secret * 20])


@pytest.mark.parametrize(
    ("headers", "credentials"),
    [
        ({}, set[str]()),
        ({"Authorization": "Bearer made-up"}, {"Bearer made-up", "made-up"}),
        ({"authorization": "made-up"}, {"made-up"}),
        ({"Proxy-Authorization": "Digest made-up"}, {"Digest made-up", "made-up"}),
        ({"Cookie": "a=made-up; b=x=y"}, {"made-up", "x=y"}),
        ({"Authorization": "Basic abc"}, {"Basic abc", "abc"}),
        ({"Authorization": "Basic !"}, {"Basic !", "!"}),
        ({"Authorization": "Basic /w=="}, {"Basic /w==", "/w=="}),
        ({"Authorization": "basic bWU6YTpi"}, {"basic bWU6YTpi", "bWU6YTpi", "a:b"}),
        ({"X-Key": "12345678", "X-Short": "1234567"}, {"12345678"}),
        ({"User-Agent": "made-up/1.0", "Traceparent": "0" * 16, "Content-Length": "123456789"}, set[str]()),
        (
            {"Transfer-Encoding": "chunked-up", "Host": "api.example", "Content-Type": "text/plain"},
            set[str](),
        ),
        (
            {"Accept": "application/json", "Accept-Encoding": "gzip, deflate", "Connection": "keep-alive"},
            set[str](),
        ),
    ],
)
def test_the_credentials_of_a_request_are_known_in_each_form(
    headers: dict[str, str], credentials: set[str]
) -> None:
    assert {*credentials_of(httpx.Headers(headers))} - {""} == credentials
    assert base64.b64decode("bWU6YTpi") == b"me:a:b"


@pytest.mark.parametrize(
    ("logged", "url", "shown"),
    [
        (
            LoggedURL("/a", "/a", ()),
            "https://api.example/v1/a?q=x+y&q=b",
            "https://api.example/v1/a?q=x+y&q=b",
        ),
        (
            LoggedURL("/a", "/a", ("key",)),
            "https://api.example/a?key=b&key=c&q=x",
            "https://api.example/a?key=***&key=***&q=x",
        ),
        (
            LoggedURL("/r/made-up", "/r/***", ()),
            "https://api.example/v1/r/made-up",
            "https://api.example/v1/r/***",
        ),
        (
            LoggedURL("/r/made-up", "/r/***", ()),
            "https://b.example/moved/made-up/?q=x",
            "https://b.example/***?q=x",
        ),
    ],
)
def test_a_url_is_logged_without_secrets(logged: LoggedURL, url: str, shown: str) -> None:
    assert str(logged.redacted(httpx.URL(url))).replace("%2A", "*") == shown


def test_what_is_logged_of_a_call_shows_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        logging.getLogger("hpack.table").debug("Adding %s", SECRET)
        logging.getLogger("hpack.hpack").debug("Adding %s", SECRET)
        logging.getLogger("httpx").info("load %(what)s", {"what": "certificates"})
        return httpx.Response(200, json=7)

    read: Operation[Any, Any] = Operation(
        id="read", method="GET", path="/r/{id}", success={200: json_body(anything)}, secrets=("id", "key")
    )
    transport = httpx.MockTransport(answer)
    with (
        caplog.at_level(logging.DEBUG),
        Client("https://api.example/v1", httpx_args={"transport": transport}) as client,
    ):
        assert read.call(client, read.request(path={"id": SECRET}, query={"key": SECRET})) == 7
        logging.getLogger("hpack.table").debug("of another client")
    assert SECRET not in caplog.text
    assert "GET https://api.example/v1/r/***?key=" in caplog.text
    assert "load certificates" in caplog.text
    assert "of another client" in caplog.text
    assert "Adding" not in caplog.text
