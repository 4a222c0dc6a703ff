"""Arguments that a generated client checks, since the spec marks their schema `x-checked`."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import deque

import httpx
import pytest

LARGEST = 2**63 - 1
DAY = dt.date(2001, 2, 3)

REFUSED = [
    ({"counts": {"coins": -1}}, "counts['coins']: expected at least 0"),
    ({"counts": {"a": 1, "coins": LARGEST + 1}}, f"counts['coins']: expected at most {LARGEST}"),
    ({"counts": {"coins": 1.5}}, "counts['coins']: expected an integer, got number"),
    ({"counts": {5: 1}}, "counts: expected strings as names, got integer"),
    ({"counts": None}, "counts: expected a mapping, got null"),
    ({"counts": [("coins", 1)]}, "counts: expected a mapping, got array"),
    ({"ids": [1, 2, 3]}, "ids: expected at most 2 items, got 3"),
    ({"ids": [1, 0]}, "ids[1]: expected at least 1"),
    ({"ids": 1}, "ids: expected a list, got integer"),
    ({"names": []}, "names: expected at least 1 items, got 0"),
    ({"names": "abc"}, "names: expected a list, got string"),
    ({"names": ["a", ""]}, "names[1]: expected at least 1 characters, got 0"),
    ({"names": ["abcd"]}, "names[0]: expected at most 3 characters, got 4"),
    ({"names": ["a,b"]}, "names[0]: expected text that matches ^[^,]+$"),
    ({"names": [1]}, "names[0]: expected a string, got integer"),
    ({"share": 0}, "share: expected more than 0"),
    ({"share": 1.0}, "share: expected less than 1"),
    ({"share": "1"}, "share: expected a number, got string"),
    ({"days": [DAY, DAY]}, "days: expected at most 1 items, got 2"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_a_value_that_violates_a_constraint_is_refused_before_anything_is_sent(
    connect, odd, arguments, message
):
    arguments = {"counts": {}, **arguments}
    api, server = connect()
    with pytest.raises(odd.errors.InvalidArgument) as caught:
        api.bounded.put_bounded(**arguments)
    assert str(caught.value) == f"putBounded: {message}"
    later, server_too = connect(asynchronous=True)
    with pytest.raises(odd.errors.InvalidArgument) as awaited:
        asyncio.run(later.bounded.put_bounded(**arguments))
    assert str(awaited.value) == str(caught.value)
    assert server.requests == server_too.requests == []


@pytest.mark.parametrize("hints", ["warm", b"warm", 7, {"warm"}, None])
def test_a_list_without_constraints_has_to_be_one_all_the_same(connect, odd, hints):
    api, server = connect()
    with pytest.raises(odd.errors.InvalidArgument, match=r"^logIn: hints: expected a list, got"):
        api.session.log_in(user="u", password="made-up", api_key="made-up", hints=hints)
    with pytest.raises(odd.errors.InvalidArgument, match=r"^listThings: kinds: expected a list, got string"):
        api.things.list_things(kinds="small")
    assert server.requests == []


def test_a_list_that_may_be_null_may_be_none(connect, odd):
    api, server = connect(httpx.Response(200, json={"token": "made-up-token"}))
    for notes in (None, ["warm"]):
        api.session.log_in(user="u", password="made-up", api_key="made-up", notes=notes)
    assert [b"notes=warm" in each.content for each in server.requests] == [False, True]
    with pytest.raises(odd.errors.InvalidArgument, match=r"^logIn: notes: expected a list, got string"):
        api.session.log_in(user="u", password="made-up", api_key="made-up", notes="warm")


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ({"level": None}, "level: expected an integer, got null"),
        ({"level": "1"}, "level: expected an integer, got string"),
        ({"level": True}, "level: expected an integer, got boolean"),
        ({"kinds": None}, "kinds: expected a list, got null"),
        ({"kinds": ["small", None]}, r"kinds\[1\]: expected a string, got null"),
        ({"other": 5}, "other: expected a string, got integer"),
    ],
)
def test_a_choice_of_a_wrong_type_is_refused(connect, odd, choice, told):
    api, server = connect()
    with pytest.raises(odd.errors.InvalidArgument, match=f"^putChoices: {told}$"):
        api.session.put_choices(**{"level": 1, **choice})
    assert server.requests == []


def test_choices_of_a_mapping_are_checked_too(connect, odd):
    api, server = connect(httpx.Response(204))
    with pytest.raises(odd.errors.InvalidArgument, match=r"^putMap: .*\['a'\]: expected a string, got null$"):
        api.session.put_map(additional_properties={"a": None})
    api.session.put_choices(level=7, kinds=["huge"], other=None)
    assert server.last.content == b'{"level":7,"kinds":["huge"],"other":null}'


def test_any_sequence_is_a_list(connect):
    api, server = connect(httpx.Response(204))
    api.bounded.put_bounded(ids=range(1, 3), names=deque(["a", "b"]), counts={})
    assert server.last.url.params["ids"] == "1,2"
    assert server.last.url.params.get_list("names") == ["a", "b"]


def test_values_within_their_constraints_are_sent(connect):
    api, server = connect(httpx.Response(204))
    api.bounded.put_bounded(
        ids=(1, 2), names=["a", "bcd"], share=0.5, days=[DAY], counts={"least": 0, "most": LARGEST}
    )
    assert server.last.url.params.multi_items() == [
        ("ids", "1,2"),
        ("names", "a"),
        ("names", "bcd"),
        ("share", "0.5"),
        ("days", "2001-02-03"),
    ]
    assert server.last.content == b'{"least":0,"most":%d}' % LARGEST


def test_nothing_is_asked_of_a_parameter_that_is_left_out_or_none(connect):
    api, server = connect(httpx.Response(204))
    api.bounded.put_bounded(share=None, ids=None, names=None, counts={})
    assert (server.last.url.query, server.last.content) == (b"", b"{}")


@pytest.mark.parametrize("name", ["user", "level", "mood"])
def test_a_field_with_an_argument_of_its_own_is_refused_among_the_others(connect, odd, name):
    api, server = connect()
    with pytest.raises(odd.errors.InvalidArgument) as caught:
        api.session.add_scores(user=1, user_body="u", scores={name: 5})
    assert str(caught.value) == f"addScores: scores[{name!r}]: has an argument of its own"
    assert server.requests == []
