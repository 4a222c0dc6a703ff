# ruff: noqa: S301 (what is unpickled here is our own)
from __future__ import annotations

import copy
import pickle
from typing import Any

import httpx
import pytest

from openapi_runtime import UNSET, File, Response


@pytest.mark.parametrize("again", [pickle.loads(pickle.dumps(UNSET)), copy.deepcopy(UNSET)])
def test_unset_is_one_false_value_however_it_is_copied(again: object) -> None:
    assert again is UNSET
    assert not UNSET
    assert repr(UNSET) == "UNSET"


VALUES = [
    File(b"x", "a.txt", mime_type="text/plain"),
    Response(200, httpx.Headers({"A": "b"}), b"7", parsed=7),
]


@pytest.mark.parametrize("value", VALUES)
def test_files_and_responses_equal_their_copies_and_nothing_else(value: object) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert again == value
        assert type(again) is type(value)
    assert value != File(b"x", "b.txt")
    assert value != "x"


@pytest.mark.parametrize("value", VALUES)
def test_files_and_responses_are_frozen(value: Any) -> None:
    for name in (value.__match_args__[0], "other"):
        with pytest.raises(AttributeError, match=f"cannot assign to '{name}'"):
            setattr(value, name, None)
        with pytest.raises(AttributeError, match=f"cannot delete '{name}'"):
            delattr(value, name)


def test_a_file_can_be_matched_and_hashed() -> None:
    match File(b"x", "a.txt"):
        case File(payload, name):
            assert (payload, name) == (b"x", "a.txt")
    assert len({File(b"x"), File(b"x"), File(b"y")}) == 2


def test_no_repr_shows_what_a_file_or_a_response_holds() -> None:
    headers = httpx.Headers({"Set-Cookie": "made-up-secret"})
    response: Response[int] = Response(status_code=200, headers=headers, content=b"made-up-secret", parsed=7)
    assert repr(response) == "Response(status_code=200, parsed=7)"
    assert repr(File(b"made-up-secret", "a.txt")) == "File(file_name='a.txt', mime_type=None)"
