from __future__ import annotations

import httpx
import pytest

from openapi_runtime.errors import APIError, ConfigurationError
from openapi_runtime.settings import (
    check_callable,
    check_flag,
    check_header,
    check_httpx_args,
    check_text,
    check_timeout,
    check_url,
    fits_header,
    is_loopback,
)

ACCEPTED = [
    "https://api.example",
    "https://api.example/v1/",
    "http://127.0.0.1:8080",
    "http://[::1]:8080",
    "http://localhost:8080/api",
    "http://api.localhost",
]
REFUSED = [
    ("http://api.example", "has to be https, or secrets travel in the clear"),
    ("http://10.0.0.7", "has to be https"),
    ("http://127.0.0.1.evil.example", "has to be https"),
    ("http://user:made-up-password@127.0.0.1", "without user name, password"),
    ("https://user:made-up-password@api.example", "without user name, password"),
    ("https://api.example?key=made-up-password", "without user name, password, query"),
    ("https://api.example#made-up-password", "without user name, password, query and fragment"),
    ("api.example", "has to be a URL such as https://"),
    ("ftp://made-up-password@api.example", "has to be a URL such as https://"),
    ("https://", "has to be a URL"),
    ("https://made-up-password@[::1", "has to be a URL"),
    ("https://api.example:made-up-password", "has to be a URL"),
    ("", "has to be a URL"),
    (None, "has to be a URL"),
    (httpx.URL("https://api.example"), "has to be a URL"),
    ("https://api.example:80800", "has to be a URL"),
    ("https://api.example:0", "has to be a URL"),
    ("https://made-up-password\ud800.example", "has to be a URL"),
    ("https://api.example/made-up-password\ud800", "has to be a URL"),
    ("\ud800", "has to be a URL"),
    ("https://xn--a.example", "has to be a URL"),
]


# ---- URLs


@pytest.mark.parametrize("url", ACCEPTED)
def test_https_is_accepted_and_http_to_this_machine(url: str) -> None:
    check_url("base_url", url)


@pytest.mark.parametrize(("url", "advice"), REFUSED)
def test_a_url_that_could_not_work_or_gives_away_secrets_is_refused(url: str, advice: str) -> None:
    with pytest.raises(ConfigurationError, match=advice) as caught:
        check_url("base_url", url)
    assert str(caught.value).startswith("base_url has to be ")
    assert "made-up-password" not in str(caught.value)
    assert caught.value.__context__ is None
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, APIError)


def test_http_leaves_the_machine_where_it_is_allowed_to() -> None:
    check_url("base_url", "http://mock.example:8080", allow_http=True)
    with pytest.raises(ConfigurationError, match="without user name"):
        check_url("base_url", "http://user@mock.example", allow_http=True)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("api.localhost", True),
        ("10.0.0.7", False),
        ("0.0.0.0", False),  # noqa: S104 (nothing listens there)
        ("notlocalhost", False),
        ("localhost.example", False),
    ],
)
def test_this_machine_is_known_by_its_addresses_and_names(host: str, *, loopback: bool) -> None:
    assert is_loopback(host) is loopback


# ---- headers


@pytest.mark.parametrize("value", ["", "a", "Bearer made-up", "a\tb"])
def test_a_header_may_be_any_printable_ascii(value: str) -> None:
    assert fits_header(value)
    check_header("token", value)


@pytest.mark.parametrize(
    "value", ["made-up\r\nsecret", "made-up-sécret", "made-up-secret ", " made-up-secret", "made-up\0secret"]
)
def test_a_value_that_no_header_can_carry_is_refused_unseen(value: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        check_header("token", value)
    assert str(caught.value) == "token: expected printable ASCII without spaces around it"
    assert caught.value.__context__ is None


def test_a_header_that_is_no_string_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"^headers\['X-Key'\]: expected a string, got NoneType$"):
        check_header("headers['X-Key']", None)


# ---- timeouts


@pytest.mark.parametrize("timeout", [1, 0.5, None, httpx.Timeout(5, connect=1)])
def test_a_timeout_is_seconds_or_none_or_one_of_httpx(timeout: object) -> None:
    check_timeout(timeout)


@pytest.mark.parametrize("timeout", [0, -1, -0.5, float("nan"), float("inf")])
def test_a_timeout_is_more_than_0_seconds_and_finite(timeout: float) -> None:
    with pytest.raises(ConfigurationError, match=rf"^timeout: expected .* seconds, got {timeout};"):
        check_timeout(timeout)


@pytest.mark.parametrize("timeout", ["30", True, (5, 30)])
def test_a_timeout_that_is_no_number_is_refused(timeout: object) -> None:
    with pytest.raises(ConfigurationError, match=r"^timeout: expected seconds as a number, an httpx"):
        check_timeout(timeout)


# ---- arguments of httpx


def test_arguments_of_httpx_are_a_mapping() -> None:
    check_httpx_args({"trust_env": False})
    with pytest.raises(ConfigurationError, match=r"^httpx_args: expected a mapping, got list$"):
        check_httpx_args(["retries"])


@pytest.mark.parametrize("name", ["auth", "base_url"])
def test_no_setting_comes_in_behind_the_checks(name: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        check_httpx_args({name: "http://made-up-secret@elsewhere.example"})
    assert str(caught.value) == f"httpx_args: {name} is an argument of the client itself"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"retries": 5}, "httpx.Client has no argument 'retries'"),
        ({5: 5}, "httpx.Client has no argument of type int"),
        ({"transport": 5}, "transport: expected a transport of httpx, got int"),
        ({"headers": 5}, "headers: expected a mapping of names to values, both printable ASCII"),
        ({"headers": {"X-Key": "made-up-secret-\ud800"}}, "headers: expected a mapping of names to values"),
    ],
)
def test_arguments_that_httpx_would_refuse_are_refused_at_once(arguments: object, told: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        check_httpx_args(arguments)
    assert str(caught.value).startswith(f"httpx_args: {told}")
    assert caught.value.__context__ is None
    assert "made-up" not in str(caught.value)


def test_arguments_that_httpx_takes_are_accepted() -> None:
    check_httpx_args({"transport": httpx.HTTPTransport(), "headers": {"X-Key": "made-up"}, "http2": False})
    check_httpx_args({"transport": None, "headers": None})


# ---- other settings


@pytest.mark.parametrize(
    ("value", "told"), [(5, "text, got int"), ("\ud800", "text without lone surrogates")]
)
def test_what_is_not_text_is_refused(value: object, told: str) -> None:
    check_text("name", "Zoë")
    with pytest.raises(ConfigurationError, match=f"^name: expected {told}$") as caught:
        check_text("name", value)
    assert caught.value.__context__ is None


def test_what_cannot_be_called_is_refused() -> None:
    check_callable("clock", len)
    with pytest.raises(ConfigurationError, match=r"^clock: expected a function, got int$"):
        check_callable("clock", 5)


def test_what_is_not_a_boolean_is_refused() -> None:
    check_flag("allow_http", value=False)
    with pytest.raises(ConfigurationError, match=r"^allow_http: expected True or False, got str$"):
        check_flag("allow_http", "false")
