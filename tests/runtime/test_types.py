# ruff: noqa: S301 (what is unpickled here is our own)
from __future__ import annotations

import copy
import pickle

import httpx
import pytest

from openapi_runtime import UNSET, File, Response


@pytest.mark.parametrize("again", [pickle.loads(pickle.dumps(UNSET)), copy.deepcopy(UNSET)])
def test_unset_is_one_false_value_however_it_is_copied(again: object) -> None:
    assert again is UNSET
    assert not UNSET
    assert repr(UNSET) == "UNSET"


def test_no_repr_shows_what_a_file_or_a_response_holds() -> None:
    headers = httpx.Headers({"Set-Cookie": "made-up-secret"})
    response: Response[int] = Response(status_code=200, headers=headers, content=b"made-up-secret", parsed=7)
    assert repr(response) == "Response(status_code=200, parsed=7)"
    assert repr(File(b"made-up-secret", "a.txt")) == "File(file_name='a.txt', mime_type=None)"
