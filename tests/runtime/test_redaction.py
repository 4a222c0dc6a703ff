from __future__ import annotations

import base64
import html
import json
import logging
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote, quote_plus

import httpx
import pytest
from example_api import GET_THING, URL, get_thing

from openapi_runtime import Client
from openapi_runtime.redaction import LoggedURL, credentials_of, logging_as, redact

WITHHELD = "(a text that repeats a secret)"
SECRET = 'pass/phrase+1 & "more" \\ <ü😀>'


# ---- texts of a server


def test_a_text_without_secrets_is_kept() -> None:
    assert redact("no such thing") == "no such thing"
    assert redact("50% off &amp; more", ["made-up"]) == "50% off &amp; more"


def test_a_text_is_one_line_of_printable_characters() -> None:
    assert redact(" no\r\nsuch\t thing\0\x1b[31m\u2028\ud800") == "no such thing [31m"


def test_a_long_text_is_cut() -> None:
    assert redact("x" * 300) == "x" * 300
    assert redact("x" * 301) == "x" * 300 + "…"


def test_a_secret_is_replaced_where_it_stands_as_it_was_sent() -> None:
    assert redact(f"no {SECRET}, no {SECRET}!", [SECRET]) == "no ***, no ***!"


def test_the_longer_of_two_secrets_is_replaced_first() -> None:
    assert redact("Bearer made-up", ["made-up", "Bearer made-up"]) == "***"


def in_json(text: str) -> str:
    return json.dumps(text)[1:-1]


def in_json_as_utf_8(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def in_json_with_slashes_escaped(text: str) -> str:
    return in_json(text).replace("/", r"\/")


def in_url(text: str) -> str:
    return quote(text, safe="")


def in_url_in_lower_case(text: str) -> str:
    return re.sub("%..", lambda escape: escape[0].lower(), in_url(text))


def in_url_all_escaped(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def in_html(text: str) -> str:
    return html.escape(text)


def in_html_with_quotes(text: str) -> str:
    return html.escape(text, quote=False)


def in_html_all_escaped(text: str) -> str:
    return "".join(f"&#{ord(char)};" for char in text)


ESCAPES: list[Callable[[str], str]] = [
    in_json,
    in_json_as_utf_8,
    in_json_with_slashes_escaped,
    quote,
    quote_plus,
    in_url,
    in_url_in_lower_case,
    in_url_all_escaped,
    in_html,
    in_html_with_quotes,
    in_html_all_escaped,
    lambda text: in_json(in_html(text)),
    lambda text: in_json_with_slashes_escaped(quote_plus(text)),
    lambda text: in_html(quote(text)),
]


@pytest.mark.parametrize("escape", ESCAPES)
def test_a_text_that_holds_a_secret_in_escapes_is_withheld(escape: Callable[[str], str]) -> None:
    assert redact(f"no {escape(SECRET)}", [SECRET]) == WITHHELD


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_secret_in_base64_is_replaced(encode: Callable[[bytes], bytes]) -> None:
    secret = "made-up??>secret"
    assert redact(f"no {encode(secret.encode()).decode()}", [secret]) == "no ***=="
    assert redact(f"no {encode(secret.encode()).decode().rstrip('=')}!", [secret]) == "no ***!"


@pytest.mark.parametrize("secret", ["a%20b&amp;", r"a\nb&amp;c", "a+b c", "a\nb\t"])
@pytest.mark.parametrize("escape", ESCAPES)
def test_a_secret_that_looks_escaped_itself_is_found_all_the_same(
    secret: str, escape: Callable[[str], str]
) -> None:
    assert redact(f"no {escape(secret)}", [secret]) in {
        WITHHELD,
        f"no {escape(secret)}".replace(secret, "***"),
    }


# ---- credentials


@pytest.mark.parametrize(
    ("headers", "credentials"),
    [
        ({}, set[str]()),
        ({"Authorization": "Bearer made-up"}, {"Bearer made-up", "made-up"}),
        ({"Authorization": "made-up"}, {"made-up"}),
        ({"Proxy-Authorization": "Digest made-up"}, {"Digest made-up", "made-up"}),
        ({"Cookie": "a=made-up; b=x=y"}, {"made-up", "x=y"}),
        ({"Authorization": "Basic !"}, {"Basic !", "!"}),
        ({"Authorization": "Basic /w=="}, {"Basic /w==", "/w=="}),
    ],
)
def test_the_credentials_of_a_request_are_known_in_each_form(
    headers: dict[str, str], credentials: set[str]
) -> None:
    assert {*credentials_of(httpx.Headers(headers))} - {""} == credentials


def test_a_key_in_a_header_of_any_name_is_known_unless_it_is_short() -> None:
    headers = httpx.Headers({"X-Api-Key": "made-up-key", "X-Own": "1", "User-Agent": "made-up/1.0 program"})
    assert {*credentials_of(headers)} - {""} == {"made-up-key"}


def test_the_password_of_basic_credentials_is_known() -> None:
    coded = base64.b64encode(b"me:made-up:secret").decode()
    found = {*credentials_of(httpx.Headers({"Authorization": f"basic {coded}"}))}
    assert {coded, "made-up:secret"} < found


# ---- httpx's log


@pytest.mark.parametrize(
    ("logged", "url", "shown"),
    [
        (
            LoggedURL("/things", "/things", ()),
            "https://api.example/v1/things?q=x",
            "https://api.example/v1/things?q=x",
        ),
        (
            LoggedURL("/things", "/things", ("key",)),
            "https://api.example/v1/things?key=made-up&key=too&q=x",
            "https://api.example/v1/things?key=***&key=***&q=x",
        ),
        (
            LoggedURL("/resets/made-up%20secret", "/resets/***", ()),
            "https://api.example/v1/resets/made-up%20secret",
            "https://api.example/v1/resets/***",
        ),
        (
            LoggedURL("/resets/made-up", "/resets/***", ()),
            "https://elsewhere.example/moved/made-up/?q=x",
            "https://elsewhere.example/***?q=x",
        ),
    ],
)
def test_a_url_is_logged_without_the_secrets_of_its_path_and_query(
    logged: LoggedURL, url: str, shown: str
) -> None:
    assert str(logged.redacted(httpx.URL(url))).replace("%2A", "*") == shown


def test_httpx_logs_the_url_of_a_call_without_its_secrets(caplog: pytest.LogCaptureFixture) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200))
    with caplog.at_level(logging.INFO, "httpx"), httpx.Client(transport=transport) as client:
        with logging_as(LoggedURL("/resets/made-up", "/resets/***", ("key",))):
            client.get("https://api.example/resets/made-up?key=made-up")
        assert "made-up" not in caplog.text
        assert "GET https://api.example/resets/***?key=" in caplog.text
        client.get("https://api.example/outside")
        assert "GET https://api.example/outside" in caplog.text


def test_a_record_without_urls_is_logged_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "httpx"), logging_as(LoggedURL("/a", "/a", ("key",))):
        logging.getLogger("httpx").info("load %(what)s", {"what": "certificates"})
        logging.getLogger("httpx").info("nothing to fill in")
    assert [record.getMessage() for record in caplog.records] == ["load certificates", "nothing to fill in"]


@pytest.mark.parametrize("name", ["hpack.hpack", "hpack.table"])
def test_nothing_is_logged_of_the_headers_of_http_2(caplog: pytest.LogCaptureFixture, name: str) -> None:
    def handle(_: httpx.Request) -> httpx.Response:
        logging.getLogger(name).debug("Adding %s to the header table", (b":path", b"/things/made-up-secret"))
        return httpx.Response(200, json={"id": 7, "kind": "big"})

    client = Client(URL, max_retries=0, httpx_args={"transport": httpx.MockTransport(handle)})
    with caplog.at_level(logging.DEBUG):
        GET_THING.call(client, get_thing("made-up-secret"))
    assert name not in {each.name for each in caplog.records}
    with caplog.at_level(logging.DEBUG):
        logging.getLogger(name).debug("of another client")
    assert "of another client" in caplog.text


# ---- very long texts


def test_of_a_very_long_text_only_the_beginning_is_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    examined: list[int] = []

    def unescaped(text: str) -> Iterator[str]:
        examined.append(len(text))
        yield text

    monkeypatch.setattr("openapi_runtime.redaction._unescaped", unescaped)
    assert redact("x" * 8_000_000, ["made-up-secret"]) == "x" * 300 + "…"
    assert max(examined) <= 20_000


@pytest.mark.parametrize("escape", [str, *ESCAPES])
@pytest.mark.parametrize("cut", [1, 5, 20, 200])
def test_a_secret_at_the_end_of_what_is_examined_is_not_shown(escape: Callable[[str], str], cut: int) -> None:
    """A long secret reaches back from the end to what is shown."""
    secret = "made-up-secret/" * 110
    text = "x" * 250 + escape(secret)
    shown = redact(text.ljust(20_000 - cut) + escape(secret), [secret])
    assert "made-up" not in shown


def test_a_secret_that_is_longer_than_what_is_examined_is_not_shown() -> None:
    secret = "made-up-secret" * 2000
    assert "made-up" not in redact(secret, [secret])
