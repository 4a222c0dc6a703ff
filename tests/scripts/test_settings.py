"""Settings of a client that could not work, or would go behind its checks, are refused when it is made."""

from __future__ import annotations

import traceback

import httpx
import pytest

URL = "https://odd.example"
EXPECTED = "expected printable ASCII without spaces around it"


@pytest.mark.parametrize("name", ["auth", "base_url"])
def test_no_setting_comes_in_behind_the_checks(odd, name):
    with pytest.raises(odd.errors.ConfigurationError) as caught:
        odd.Client(URL, httpx_args={name: "http://made-up-secret@elsewhere.example"})
    assert str(caught.value) == f"httpx_args: {name} is an argument of the client itself"


def test_a_setting_that_httpx_does_not_have_is_refused_when_the_client_is_made(odd):
    with pytest.raises(odd.errors.ConfigurationError, match="^httpx_args: httpx.Client takes no 5, retries$"):
        odd.Client(URL, httpx_args={"retries": 3, 5: 1, "trust_env": False})
    with pytest.raises(odd.errors.ConfigurationError, match="^httpx_args: expected a mapping, got list$"):
        odd.Client(URL, httpx_args=["retries"])


@pytest.mark.parametrize(
    "value", ["made-up\r\nsecret", "made-up-sécret", "made-up-secret ", "made-up\0secret"]
)
def test_a_value_that_no_header_can_carry_is_refused_unseen(odd, value):
    for place, make in {
        "token": lambda: odd.client.AuthenticatedClient(URL, token=value),
        "headers['X-Key']": lambda: odd.Client(URL).with_headers({"X-Key": value}),
        "cookies['key']": lambda: odd.Client(URL, cookies={"key": value}),
    }.items():
        with pytest.raises(odd.errors.ConfigurationError) as caught:
            make()
        assert str(caught.value).startswith(f"{place}: {EXPECTED}")
        assert "cret" not in "".join(traceback.format_exception_only(caught.value))
        assert caught.value.__context__ is None or caught.value.__suppress_context__


def test_a_header_that_is_no_text_is_refused(odd):
    with pytest.raises(
        odd.errors.ConfigurationError, match=r"headers\['X-Key'\]: expected a string, got NoneType"
    ):
        odd.Client(URL, headers={"X-Key": None})


@pytest.mark.parametrize("timeout", [0, -1, -0.5, float("nan"), float("inf")])
def test_a_time_that_nothing_can_take_is_refused(odd, timeout):
    with pytest.raises(
        odd.errors.ConfigurationError, match=rf"^timeout: {timeout} seconds are not a time to wait"
    ):
        odd.Client(URL, timeout=timeout)


@pytest.mark.parametrize("timeout", ["30", True, (5, 30)])
def test_a_timeout_that_is_no_number_is_refused(odd, timeout):
    with pytest.raises(odd.errors.ConfigurationError, match="^timeout: expected seconds as a number"):
        odd.Client(URL).with_timeout(timeout)


@pytest.mark.parametrize("timeout", [1, 0.5, None, httpx.Timeout(5, connect=1)])
def test_a_timeout_may_be_seconds_or_none_or_one_of_httpx(odd, timeout):
    assert odd.Client(URL, timeout=timeout).get_httpx_client().timeout == httpx.Timeout(timeout)
