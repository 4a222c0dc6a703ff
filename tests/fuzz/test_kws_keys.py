"""The key of tokens is that of the database, also when another process has replaced it there."""

from __future__ import annotations

import contextlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

import kws_mock.tokens
from openapi_mock import Mock, Settings, load


def status(mock: Mock[Any], token: str) -> int:
    headers = {"authorization": f"Bearer {token}"}
    with httpx.Client(transport=mock.transport(), base_url="https://kws.example", headers=headers) as http:
        return http.get("/v1/apps/355/leaders").status_code


def replace_key(mock: Mock[Any], key: str) -> None:
    state = mock.control.export()
    mock.control.load({**state, "signing_keys": [{**state["signing_keys"][0], "key": key}]})


def test_a_key_that_another_mock_replaced_is_read_at_most_once_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = SimpleNamespace(s=100.0)
    monkeypatch.setattr(kws_mock.tokens, "time", SimpleNamespace(monotonic=lambda: now.s))
    settings = Settings(database=f"sqlite:///{tmp_path / 'state.db'}")
    with contextlib.ExitStack() as opened:
        one, other = (opened.enter_context(load("kws", settings=settings)) for _ in range(2))
        first = other.control.token()
        assert (status(one, first), status(other, first)) == (200, 200)
        replace_key(one, "made-up-key-" * 3)
        second = one.control.token()
        # Known from before, and the key was read in this second.
        assert status(other, first) == 200
        # A token that does not fit has the key read once more.
        assert [status(other, each) for each in (second, first)] == [200, 401]
        assert [status(one, each) for each in (second, first)] == [200, 401]
        replace_key(one, "made-up-other-key-" * 3)
        third = one.control.token()
        for now.s, wanted in ((100.5, 401), (100.96875, 401), (101.0, 200)):
            assert status(other, third) == wanted
        replace_key(one, "made-up-third-key-" * 3)
        # Whoever issues a token uses the key that is there now.
        assert status(one, other.control.token()) == 200


def test_a_state_without_a_key_keeps_that_of_the_state_before() -> None:
    with load("kws") as mock:
        token, state = mock.control.token(), mock.control.export()
        mock.control.load({**state, "signing_keys": []})
        assert status(mock, token) == 200
        assert mock.control.export()["signing_keys"][0]["key"] == state["signing_keys"][0]["key"]
        replace_key(mock, "made-up-key-" * 3)
        assert status(mock, token) == 401
        assert status(mock, mock.control.token()) == 200
