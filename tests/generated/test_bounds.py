"""Arguments that the client itself refuses, where the spec marks their schema `x-checked`."""

from __future__ import annotations

import asyncio

import httpx
import pytest

LARGEST = 2**63 - 1


@pytest.fixture
def sent():
    return []


@pytest.fixture
def client(odd, sent):
    def answer(request):
        sent.append(request)
        return httpx.Response(204)

    return odd.Client("http://odd.example", httpx_args={"transport": httpx.MockTransport(answer)})


@pytest.mark.parametrize(
    ("counts", "place"),
    [
        ({"coins": -1}, r"counts\['coins'\]: expected at least 0"),
        ({"a": 1, "coins": LARGEST + 1}, r"counts\['coins'\]: expected at most"),
        ({"coins": 1.5}, "expected an integer, got number"),
        ({"coins": True}, "expected an integer, got boolean"),
        ({"coins": "12"}, "expected an integer, got string"),
        ({"coins": None}, "expected an integer, got null"),
    ],
)
def test_a_value_out_of_bounds_is_refused_before_anything_is_sent(odd, client, sent, counts, place):
    with pytest.raises(odd.errors.InvalidArgument, match=place):
        odd.Api(client).bounded.put_bounded(counts=counts)
    with pytest.raises(odd.errors.InvalidArgument, match=place):
        asyncio.run(odd.AsyncApi(client).bounded.put_bounded(counts=counts))
    assert sent == []


@pytest.mark.parametrize(
    ("ids", "place"), [([1, 2, 3], "ids: expected at most 2 items, got 3"), ([1, 0], r"ids\[1\]")]
)
def test_a_list_out_of_bounds_is_refused(odd, client, sent, ids, place):
    with pytest.raises(odd.errors.InvalidArgument, match=place):
        odd.Api(client).bounded.put_bounded(ids=ids, counts={})
    assert sent == []


def test_values_within_bounds_are_sent(odd, client, sent):
    odd.Api(client).bounded.put_bounded(ids=[1, 2], counts={"least": 0, "most": LARGEST})
    assert sent[0].url.params["ids"] == "1,2"
    assert sent[0].content == b'{"least":0,"most":%d}' % LARGEST
