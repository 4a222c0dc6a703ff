"""Failures that come under a status of success, and keys that travel in the query."""

from __future__ import annotations

import json
import logging

import httpx
import pytest

KEY = "made-up-key"


@pytest.fixture
def ask(odd):
    """Calls the operation against a server that gives one answer."""

    def ask(body, status=200):
        def answer(_request):
            return httpx.Response(status, content=json.dumps(body))

        client = odd.Client("http://odd.example", httpx_args={"transport": httpx.MockTransport(answer)})
        with client:
            return odd.Api(client).envelopes.get_envelope(key=KEY)

    return ask


def test_a_success_is_the_value_without_the_alternatives_that_are_failures(ask):
    sealed = ask({"ok": True, "inside": 7})
    assert type(sealed).__name__ == "Sealed"
    assert sealed.inside == 7


def test_a_failure_is_raised_by_its_code_under_any_status(odd, ask):
    for status in (200, 400, 418):
        with pytest.raises(
            odd.errors.WrongKey, match=f" answered {status} .*, failure 403: not your key$"
        ) as raised:
            ask({"ok": False, "error": 403, "why": "not your key"}, status)
        assert (raised.value.status, raised.value.code) == (status, 403)


def test_an_unknown_code_is_a_plain_failure(odd, ask):
    with pytest.raises(odd.errors.Failed) as raised:
        ask({"ok": False, "error": 999})
    assert type(raised.value) is odd.errors.Failed
    assert raised.value.body.error == 999


def test_a_failure_without_a_code_says_all_its_texts(odd, ask):
    with pytest.raises(odd.errors.Failed, match="too soon; too long") as raised:
        ask({"ok": False, "errors": ["too soon", "too long"]})
    assert raised.value.code is None


@pytest.mark.parametrize("body", [{}, {"ok": False}, {"ok": True}, {"ok": "no", "error": 403}, [], None])
def test_what_is_neither_success_nor_failure_is_not_decoded(odd, ask, body):
    with pytest.raises(odd.errors.DecodeError):
        ask(body)


def test_the_whole_answer_has_the_failure_as_its_body(odd):
    def answer(_request):
        return httpx.Response(200, json={"ok": False, "error": 403})

    from odd_client.api.envelopes import get_envelope  # noqa: PLC0415  # made by the fixture

    with odd.Client("http://odd.example", httpx_args={"transport": httpx.MockTransport(answer)}) as client:
        response = get_envelope.sync_detailed(client=client, key=KEY)
    assert response.parsed.error == 403


def test_a_key_in_the_query_is_in_no_log_record(ask, caplog):
    with caplog.at_level(logging.DEBUG):
        ask({"ok": True, "inside": 7})
    assert "GET http://odd.example/envelope?key=" in caplog.text
    assert KEY not in caplog.text
