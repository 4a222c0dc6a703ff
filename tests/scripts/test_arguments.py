"""Arguments that no request can carry are refused before anything is sent, wherever they would go."""

from __future__ import annotations

import asyncio
import datetime as dt
import decimal
import io
import math

import httpx
import pytest

LONE = "made-up-secret \ud800"
TEXT = "expected text without lone surrogates"


def circular():
    value = {}
    value["self"] = value
    return value


REFUSED = {
    "nan": (
        lambda api, _: api.session.add_scores(user_body="u", scores={"coins": math.nan}),
        "coins: .*finite",
    ),
    "infinity": (lambda api, _: api.session.add_scores(user_body="u", level=-math.inf), "level: .*finite"),
    "decimal": (
        lambda api, _: api.session.add_scores(user_body="u", level=decimal.Decimal(1)),
        "level: expected str, int, float, bool, None, a list or a mapping, got Decimal",
    ),
    "digits": (lambda api, _: api.session.add_scores(user_body="u", level=10**5000), "level: .*fewer digits"),
    "bytes": (lambda api, _: api.session.add_scores(user_body=b"u"), "user: .*got bytes"),
    "circle": (lambda api, _: api.session.add_scores(user_body=circular()), "nested too deeply"),
    "text": (lambda api, _: api.session.add_scores(user_body=LONE), f"user: {TEXT}"),
    "name": (
        lambda api, _: api.session.add_scores(user_body="u", scores={LONE: 1}),
        "body: expected strings as keys",
    ),
    "key": (
        lambda api, _: api.session.add_scores(user_body={(1, 2): 1}),
        "user: expected strings as keys",
    ),
    "item": (
        lambda api, models: api.session.put_list(
            body=[models.Thing(id=1, kind=models.Kind.BIG, size=math.nan)]
        ),
        r"body\[0\]\.size: expected a finite number",
    ),
    "path": (lambda api, _: api.things.get_thing(thing_id=LONE), f"thing-id: {TEXT}"),
    "paths": (lambda api, _: api.things.get_thing(thing_id=["a", LONE]), rf"thing-id\[1\]: {TEXT}"),
    "query": (lambda api, _: api.things.list_things(client_query=LONE), f"client: {TEXT}"),
    "number": (lambda api, _: api.things.list_things(self_=math.nan), "self: expected a finite number"),
    "object": (lambda api, _: api.things.list_things(offset=1j), "offset: .*got complex"),
    "joined": (
        lambda api, _: api.things.list_things(ids=[1, math.nan]),
        r"ids\[1\]: expected a finite number",
    ),
    "listed": (lambda api, _: api.things.list_things(kinds=["small", LONE]), rf"kinds\[1\]: {TEXT}"),
    "deep": (
        lambda api, models: api.things.list_things(filter=models.ListThingsFilter(color=LONE)),
        rf"filter\[color\]: {TEXT}",
    ),
    "flat": (lambda api, _: api.things.list_things(filter="red"), "filter: expected an object, got string"),
    "header": (
        lambda api, _: api.things.list_things(x_trace="made-up-secret é"),
        "X-Trace: expected printable",
    ),
    "header line": (
        lambda api, _: api.things.list_things(x_trace="made-up-secret\r\nX: y"),
        "X-Trace: expected",
    ),
    "cookie": (
        lambda api, _: api.things.list_things(session="made-up-secret; admin=1"),
        "session: .*no semicolon",
    ),
    "form": (lambda api, _: api.session.log_in(user="u", password=LONE, api_key="k"), f"password: {TEXT}"),
    "form list": (
        lambda api, _: api.session.log_in(user="u", password="p", api_key="k", hints=["a", LONE]),
        rf"hints\[1\]: {TEXT}",
    ),
    "raw": (lambda api, _: api.session.upload_raw(body="text"), "body: expected bytes, got string"),
}
UPLOADS = {
    "note": ({"file": (b"",), "note": LONE}, f"note: {TEXT}"),
    "file name": ({"file": (b"", LONE)}, f"file: {TEXT}"),
    "media type": ({"file": (b"", "n", "made-up-secret/x\r\nX: y")}, "file: expected printable"),
    "text": (
        {"file": (io.StringIO("made-up-secret"),)},
        "file: expected bytes, or a file that is open in binary",
    ),
}


def refused(caught, message):
    caught.match(message)
    assert isinstance(caught.value, ValueError)
    assert caught.value.operation_id
    assert str(caught.value).startswith(f"{caught.value.operation_id}: ")
    assert "made-up-secret" not in str(caught.value)
    assert str(caught.value).isprintable()
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("kind", REFUSED)
def test_what_no_request_can_carry_is_refused_by_name(connect, odd, kind):
    call, message = REFUSED[kind]
    api, wire = connect(supplier=Five())
    with pytest.raises(odd.errors.InvalidArgument) as caught:
        call(api, odd.models)
    refused(caught, message)
    later, wire_too = connect(supplier=Five(), asynchronous=True)
    with pytest.raises(odd.errors.InvalidArgument) as awaited:
        asyncio.run(call(later, odd.models))
    assert str(awaited.value) == str(caught.value)
    assert wire.requests == wire_too.requests == []


@pytest.mark.parametrize("kind", UPLOADS)
def test_what_no_upload_can_carry_is_refused_by_name(connect, odd, kind):
    arguments, message = UPLOADS[kind]
    api, wire = connect()
    with pytest.raises(odd.errors.InvalidArgument) as caught:
        api.session.upload(**{**arguments, "file": odd.File(*arguments["file"])})
    refused(caught, message)
    assert wire.requests == []


def test_text_of_any_script_is_sent_as_utf_8(connect):
    api, wire = connect(httpx.Response(200, json={"token": "t", "id": 7, "kind": "big"}), supplier=Five())
    api.session.add_scores(user_body="ü😀")
    assert wire.last.content == '{"user":"ü😀"}'.encode()
    api.session.log_in(user="ü😀", password="p", api_key="k")
    assert wire.last.content == b"user=%C3%BC%F0%9F%98%80&password=p&api_key=k"
    api.things.get_thing(thing_id="ü😀")
    assert wire.last.url.path == "/api/things/ü😀.json"


@pytest.mark.parametrize("name", ["day", "names", "X-Mood"])
def test_a_required_parameter_of_which_nothing_would_be_sent_is_missing(connect, odd, name):
    given = {
        "day": dt.date(2001, 2, 3),
        "names": ["a"],
        "x_mood": "good",
        "mark": 1,
        "flat": odd.models.GetBoundedFlat(),
    }
    argument = name.lower().replace("-", "_")
    for nothing in (None, odd.UNSET, []) if name == "names" else (None, odd.UNSET):
        api, wire = connect()
        with pytest.raises(odd.errors.MissingArgument) as caught:
            api.bounded.get_bounded(**{**given, argument: nothing})
        assert str(caught.value) == f"getBounded needs {name}, and got nothing to send"
        assert wire.requests == []


def test_a_required_parameter_may_be_null_where_null_is_among_its_values(connect, odd):
    api, wire = connect(httpx.Response(204))
    flat = odd.models.GetBoundedFlat()
    api.bounded.get_bounded(day=dt.date(2001, 2, 3), names=["a"], x_mood="good", mark=None, flat=flat)
    assert wire.last.url.query == b"day=2001-02-03&names=a"


class Five:
    """Supplies whatever is left out of a path."""

    def supply(self, _name, _operation):
        return 5

    async def supply_async(self, _name, _operation):
        return 5
