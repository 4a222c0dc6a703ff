"""Arguments that the client itself refuses, where the spec marks their schema `x-checked`."""

from __future__ import annotations

import asyncio
import datetime
from collections import deque

import httpx
import pytest

LARGEST = 2**63 - 1
DAY = datetime.date(2001, 2, 3)

REFUSED = [
    ({"counts": {"coins": -1}}, "counts['coins']: expected at least 0"),
    ({"counts": {"a": 1, "coins": LARGEST + 1}}, f"counts['coins']: expected at most {LARGEST}"),
    ({"counts": {"coins": 1.5}}, "counts['coins']: expected an integer, got number"),
    ({"counts": {"coins": True}}, "counts['coins']: expected an integer, got boolean"),
    ({"counts": {"coins": "12"}}, "counts['coins']: expected an integer, got string"),
    ({"counts": {"coins": None}}, "counts['coins']: expected an integer, got null"),
    ({"counts": {5: 1}}, "counts: expected strings as names, got integer"),
    ({"counts": 5}, "counts: expected a mapping, got integer"),
    ({"counts": None}, "counts: expected a mapping, got null"),
    ({"counts": [("coins", 1)]}, "counts: expected a mapping, got array"),
    ({"ids": [1, 2, 3]}, "ids: expected at most 2 items, got 3"),
    ({"ids": [1, 0]}, "ids[1]: expected at least 1"),
    ({"ids": 1}, "ids: expected a list, got integer"),
    ({"names": []}, "names: expected at least 1 items, got 0"),
    ({"names": "abc"}, "names: expected a list, got string"),
    ({"names": b"abc"}, "names: expected a list, got bytes"),
    ({"names": {"abc"}}, "names: expected a list, got set"),
    ({"names": ["a", ""]}, "names[1]: expected at least 1 characters, got 0"),
    ({"names": ["abcd"]}, "names[0]: expected at most 3 characters, got 4"),
    ({"names": ["a,b"]}, "names[0]: expected text that matches ^[^,]+$"),
    ({"names": [1]}, "names[0]: expected a string, got integer"),
    ({"share": 0}, "share: expected more than 0"),
    ({"share": 1.0}, "share: expected less than 1"),
    ({"share": "1"}, "share: expected a number, got string"),
    ({"days": [DAY, DAY]}, "days: expected at most 1 items, got 2"),
]


@pytest.fixture
def sent():
    return []


@pytest.fixture
def client(odd, sent):
    def answer(request):
        sent.append(request)
        return httpx.Response(204)

    return odd.Client("http://odd.example", httpx_args={"transport": httpx.MockTransport(answer)})


@pytest.mark.parametrize(("arguments", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_a_value_out_of_bounds_is_refused_before_anything_is_sent(odd, client, sent, arguments, message):
    arguments = {"counts": {}, **arguments}
    with pytest.raises(odd.errors.InvalidArgument) as caught:
        odd.Api(client).bounded.put_bounded(**arguments)
    assert str(caught.value) == f"putBounded: {message}"
    with pytest.raises(odd.errors.InvalidArgument) as awaited:
        asyncio.run(odd.AsyncApi(client).bounded.put_bounded(**arguments))
    assert str(awaited.value) == str(caught.value)
    assert sent == []


@pytest.mark.parametrize("hints", ["warm", b"warm", 7, {"warm"}, None])
def test_a_list_without_bounds_has_to_be_one_all_the_same(odd, client, sent, hints):
    with pytest.raises(odd.errors.InvalidArgument, match="^logIn: hints: expected a list, got"):
        odd.Api(client).session.log_in(user="u", password="made-up", api_key="made-up", hints=hints)
    with pytest.raises(odd.errors.InvalidArgument, match="^listThings: kinds: expected a list, got string"):
        odd.Api(client).things.list_things(kinds="small")
    assert sent == []


def test_a_list_that_may_be_null_may_be_none(odd, sent):
    client = odd.Client("http://odd.example", httpx_args={"transport": httpx.MockTransport(logged_in(sent))})
    for notes in (None, ["warm"]):
        odd.Api(client).session.log_in(user="u", password="made-up", api_key="made-up", notes=notes)
    assert [b"notes=warm" in each.content for each in sent] == [False, True]
    with pytest.raises(odd.errors.InvalidArgument, match="^logIn: notes: expected a list, got string"):
        odd.Api(client).session.log_in(user="u", password="made-up", api_key="made-up", notes="warm")


def logged_in(sent):
    def answer(request):
        sent.append(request)
        return httpx.Response(200, json={"token": "made-up-token"})

    return answer


def test_any_sequence_is_a_list(odd, client, sent):
    odd.Api(client).bounded.put_bounded(ids=range(1, 3), names=deque(["a", "b"]), counts={})
    assert sent[0].url.params["ids"] == "1,2"
    assert sent[0].url.params.get_list("names") == ["a", "b"]


def test_values_within_bounds_are_sent(odd, client, sent):
    odd.Api(client).bounded.put_bounded(
        ids=(1, 2), names=["a", "bcd"], share=0.5, days=[DAY], counts={"least": 0, "most": LARGEST}
    )
    assert [*sent[0].url.params.multi_items()] == [
        ("ids", "1,2"),
        ("names", "a"),
        ("names", "bcd"),
        ("share", "0.5"),
        ("days", "2001-02-03"),
    ]
    assert sent[0].content == b'{"least":0,"most":%d}' % LARGEST


def test_nothing_is_asked_of_a_parameter_that_is_left_out_or_none(odd, client, sent):
    odd.Api(client).bounded.put_bounded(share=None, ids=None, names=None, counts={})
    assert (sent[0].url.query, sent[0].content) == (b"", b"{}")


@pytest.mark.parametrize("name", ["user", "level", "mood"])
def test_a_field_with_an_argument_of_its_own_is_refused_among_the_others(odd, client, sent, name):
    with pytest.raises(odd.errors.InvalidArgument) as caught:
        odd.Api(client).session.add_scores(user=1, user_body="u", scores={name: 5})
    assert str(caught.value) == f"addScores: scores[{name!r}]: has an argument of its own"
    assert sent == []
