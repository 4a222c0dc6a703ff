# ruff: noqa: S301, S603 (what is run and unpickled here is our own)
from __future__ import annotations

import base64
import copy
import datetime as dt
import html
import importlib
import json
import logging
import pickle
import subprocess
import sys
import threading
import time
import traceback
import uuid
from functools import partial
from pathlib import Path
from urllib.parse import quote, quote_plus

import attrs
import httpx
import pytest

GENERATED = Path(__file__).parents[2] / "generated"
THING = {"id": 7, "kind": "small"}


def answering(status=200, **body):
    return httpx.Response(status, **body)


class Supplier:
    def __init__(self, **values):
        self.values = values
        self.asked = []

    def supply(self, name, operation):
        self.asked.append((name, operation.id))
        return self.values.get(name, sys.modules["odd_client"].UNSET)

    async def supply_async(self, name, operation):
        return self.supply(name, operation)


# ---- what is asked


def test_arguments_left_out_are_not_sent_and_defaults_are_the_servers(connect):
    api, wire = connect(answering(json={"results": []}))
    api.things.list_things()
    assert str(wire.last.url) == "https://odd.example/api/things"


def test_falsy_arguments_are_sent(connect):
    api, wire = connect(answering(json={"results": []}))
    api.things.list_things(offset=0, with_=False, self_=0.5)
    assert dict(wire.last.url.params) == {"offset": "0", "with": "false", "self": "0.5"}


def test_lists_and_objects_are_written_in_the_style_of_the_spec(connect, odd):
    api, wire = connect(answering(json={"results": []}))
    chosen = odd.models.ListThingsFilter(color="red")
    api.things.list_things(ids=[1, 2], kinds=["small", odd.models.Kind.BIG], pipes=["a", "b"], filter=chosen)
    assert wire.last.url.params.multi_items() == [
        ("ids", "1,2"),
        ("kinds", "small"),
        ("kinds", "big"),
        ("pipes", "a|b"),
        ("filter[color]", "red"),
    ]


def test_dates_are_written_as_rfc_3339_asks(connect):
    api, wire = connect(answering(json={"results": []}))
    since = dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC)
    api.things.list_things(since=since, day=dt.date(2024, 2, 29))
    assert dict(wire.last.url.params) == {"since": "2024-02-29T12:00:00Z", "day": "2024-02-29"}


def test_headers_and_cookies_go_where_they_belong(connect):
    api, wire = connect(answering(json={"results": []}))
    api.things.list_things(x_trace="t", session="s")
    assert wire.last.headers["X-Trace"] == "t"
    assert wire.last.headers["Cookie"] == "session=s"


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("a/b", "/api/things/a%2Fb.json"),
        ("a?b#c", "/api/things/a%3Fb%23c.json"),
        ("é ", "/api/things/%C3%A9%20.json"),
        ("..", "/api/things/%2E%2E.json"),
        ("{x}", "/api/things/%7Bx%7D.json"),
    ],
)
def test_a_path_argument_stays_in_its_segment(connect, value, path):
    api, wire = connect(answering(json=THING))
    api.things.get_thing(thing_id=value)
    assert wire.last.url.raw_path.decode() == path


@pytest.mark.parametrize("value", ["", None])
def test_an_empty_path_argument_is_refused_before_the_network(connect, odd, value):
    api, wire = connect(answering(json=THING))
    with pytest.raises(odd.errors.MissingArgument, match="thing-id is part of the path"):
        api.things.get_thing(thing_id=value)
    assert wire.requests == []


def test_none_is_sent_as_null_and_unset_is_not_sent(connect):
    api, wire = connect(supplier=Supplier(user=1))
    api.session.add_scores(user_body="u", level=None)
    assert json.loads(wire.last.content) == {"user": "u", "level": None}
    assert wire.last.headers["Content-Type"] == "application/json"


def test_additional_fields_have_an_argument_of_their_own(connect):
    api, wire = connect()
    api.session.add_scores(user=5, user_body="u", mood="good", scores={"coins": 3})
    assert wire.last.url.path == "/api/users/5/scores"
    assert json.loads(wire.last.content) == {"user": "u", "mood": "good", "coins": 3}


def test_a_form_is_sent_as_a_form(connect):
    api, wire = connect(answering(json={"token": "t"}))
    api.session.log_in(user="u&", password="p", api_key="k", remember=True, hints=["a", "b"])
    assert wire.last.content == b"user=u%26&password=p&api_key=k&remember=true&hints=a&hints=b"
    assert wire.last.headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_a_body_that_is_no_object_is_one_argument(connect, odd):
    api, wire = connect(answering(204))
    api.session.put_list(body=[odd.models.Thing.from_dict(THING)])
    assert json.loads(wire.last.content) == [THING]
    api.session.upload_raw(body=b"\x00\x01")
    assert wire.last.content == b"\x00\x01"
    assert wire.last.headers["Content-Type"] == "application/octet-stream"


def test_an_optional_body_may_be_left_out(connect):
    api, wire = connect(answering(204))
    api.session.put_map()
    assert wire.last.content == b""
    assert "Content-Type" not in wire.last.headers
    api.session.put_map(additional_properties={"a": "big"})
    assert json.loads(wire.last.content) == {"a": "big"}


def test_a_file_is_uploaded(connect, odd):
    api, wire = connect(answering(204))
    api.session.upload(file=odd.File(b"bytes", "name.txt", "text/plain"), note="n")
    assert b'filename="name.txt"' in wire.last.content
    assert b"bytes" in wire.last.content
    assert wire.last.headers["Content-Type"].startswith("multipart/form-data; boundary=")


def test_an_operation_may_live_elsewhere(connect):
    api, wire = connect()
    api.default.rooted()
    assert str(wire.last.url) == "https://odd.example/untagged"
    api.default.post_untagged()
    assert str(wire.last.url) == "https://eu.elsewhere.example/base/untagged"


def test_an_auth_sees_the_operation(connect):
    seen = []

    class Auth(httpx.Auth):
        def auth_flow(self, request):
            seen.append(request.extensions["operation"])
            yield request

    api, _ = connect(answering(204), auth=Auth())
    api.from_.class_(thing_id="a")
    api.session.upload_raw(body=b"")
    assert [(each.id, each.method, each.path) for each in seen] == [
        ("class", "DELETE", "/things/{thing-id}.json"),
        ("uploadRaw", "PUT", "/upload"),
    ]
    assert seen[0].security == ()
    assert seen[1].security == ({}, {"header_key": (), "token": ("read", "write")})


# ---- arguments the client supplies


def test_what_is_left_out_comes_from_the_client(connect):
    supplier = Supplier(user=5, kind="big", api_key="k")
    api, wire = connect(answering(json={"token": "t"}), supplier=supplier)
    api.session.add_scores(user_body="u")
    assert (wire.last.url.path, dict(wire.last.url.params)) == ("/api/users/5/scores", {"kind": "big"})
    api.session.log_in(user="u", password="p")
    assert b"api_key=k" in wire.last.content
    assert supplier.asked == [("kind", "addScores"), ("user", "addScores"), ("api_key", "logIn")]


async def test_what_is_left_out_comes_from_the_client_when_awaited(connect):
    api, wire = connect(supplier=Supplier(user=5), asynchronous=True)
    await api.session.add_scores(user_body="u")
    assert wire.last.url.path == "/api/users/5/scores"


def test_what_is_given_is_not_asked_for(connect):
    supplier = Supplier()
    api, wire = connect(supplier=supplier)
    api.session.add_scores(user=0, kind="", user_body="u")
    assert wire.last.url.path == "/api/users/0/scores"
    assert supplier.asked == []


@pytest.mark.parametrize("supplier", [None, Supplier()])
def test_what_nobody_has_is_missed_by_name(connect, odd, supplier):
    api, wire = connect(supplier=supplier)
    with pytest.raises(odd.errors.MissingArgument, match=r"addScores needs user: pass user=…") as caught:
        api.session.add_scores(user_body="u")
    assert isinstance(caught.value, TypeError)
    assert wire.requests == []


# ---- what comes back


def test_bare_values_come_back_as_they_are(connect):
    assert connect(answering(json="Bob"))[0].bare.bare_string() == "Bob"
    assert connect(answering(json=False))[0].bare.bare_boolean() is False
    assert connect(answering(json=[THING]))[0].bare.bare_array()[0].id == 7
    assert connect(answering(json={"a": 1, "b": None}))[0].bare.bare_map().additional_properties == {
        "a": 1,
        "b": None,
    }
    assert connect(answering(text="Zeile"))[0].bare.bare_text() == "Zeile"
    assert connect(answering(content=b"\x89PNG"))[0].bare.bare_bytes() == b"\x89PNG"
    assert connect(answering(json=[1, {"a": None}]))[0].bare.bare_anything() == [1, {"a": None}]
    assert connect(answering(json="x"))[0].bare.bare_default() == "x"


def test_an_empty_success_is_none_whatever_comes_with_it(connect):
    assert connect(answering(204))[0].bare.bare_either() is None
    assert connect(answering(200, html="<p>ok</p>"))[0].default.rooted() is None


def test_json_is_read_whatever_it_is_called(connect):
    api, _ = connect(httpx.Response(200, text='"Bob"', headers={"Content-Type": "text/html"}))
    assert api.bare.bare_string() == "Bob"


def test_a_value_becomes_json_again_unchanged(odd):
    whole = {
        "id": 7,
        "kind": "enormous",
        "level": -1,
        "size": 2.5,
        "made": "2024-02-29T12:00:00.5+02:00",
        "day": None,
        "uuid": "AAAAAAAA-bbbb-4ccc-8ddd-eeeeeeeeeeee",
        "datetime": "x",
        "parent": {"id": 1, "kind": "a-b", "parent": None},
        "box": {"things": [THING], "width": 3},
        "either": {"width": 1},
        "secret": "s",
        "class": "c",
        "to_dict": "t",
        "additional_properties": "a",
        "camelCase": True,
        "odd name!": "o",
        "always": "always",
        "version": 2,
        "mixed": "one",
        "inner": {"x": 1, "new": [1]},
        "anything": None,
        "nothing": None,
        "merged": {"lid": True, "width": 2},
        "unknown": {"kept": [None]},
    }
    thing = odd.models.Thing.from_dict(copy.deepcopy(whole))
    assert thing.to_dict() == whole
    assert type(thing.kind) is odd.models.Kind
    assert isinstance(thing.uuid, uuid.UUID)
    assert thing.made == dt.datetime.fromisoformat("2024-02-29T12:00:00.5+02:00")
    assert thing.additional_properties == {"unknown": {"kept": [None]}}
    assert pickle.loads(pickle.dumps(thing)) == thing
    assert copy.deepcopy(thing).to_dict() == whole


def test_a_field_the_schema_forbids_is_dropped(odd):
    assert odd.models.Box.from_dict({"width": 1, "new": 2}).to_dict() == {"width": 1}


def test_null_where_null_is_no_value_counts_as_left_out(odd):
    thing = odd.models.Thing.from_dict({**THING, "size": None, "box": None, "day": None})
    assert thing.size is odd.UNSET
    assert thing.box is odd.UNSET
    assert thing.day is None


def test_a_whole_float_is_an_integer(odd):
    assert odd.models.Thing.from_dict({"id": 5.0, "kind": "small"}).id == 5
    assert type(odd.models.Thing.from_dict({"id": 5.0, "kind": "small"}).id) is int


def test_an_unknown_enum_value_is_kept(odd):
    kind = odd.models.Kind("enormous")
    assert isinstance(kind, odd.models.Kind)
    assert kind == "enormous"
    assert kind.value == "enormous"
    assert kind not in list(odd.models.Kind)
    assert pickle.loads(pickle.dumps(kind)) == kind
    assert odd.models.Level(99) == 99


def test_two_values_never_share_an_enum_member(odd):
    assert {member.value for member in odd.models.Kind} == {
        "small",
        "big",
        "a-b",
        "a_b",
        "",
        "1st",
        'q"\\\\',
        "True",
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "7"}, "id: expected integer, got string"),
        ({"id": True}, "id: expected integer, got boolean"),
        ({"id": 7.5}, "id: expected integer, got number"),
        ({"id": None}, "id: expected integer, got null"),
        ({"kind": 3}, "kind: expected string, got integer"),
        ({"made": "yesterday"}, "made: expected date-time, got string"),
        ({"made": "2024-02-30T00:00:00Z"}, "made: expected date-time, got a time that does not exist"),
        ({"day": "20240229"}, "day: expected date, got string"),
        ({"uuid": "x"}, "uuid: expected UUID, got string"),
        ({"box": {"things": [THING, {"id": 1}]}}, "box.things[1].kind: expected string, got nothing"),
        ({"either": 1.5}, "either: expected integer or array or object or string, got number"),
        ({"either": [1]}, "either[0]: expected boolean, got integer"),
        ({"always": "never"}, 'always: expected "always", got another value'),
        ({"version": True}, "version: expected 2, got boolean"),
        ({"odd name!": 1}, "odd name!: expected string, got integer"),
    ],
)
def test_a_wrong_field_is_named(connect, odd, change, message):
    api, _ = connect(answering(json={**THING, **change}))
    with pytest.raises(odd.errors.DecodeError) as caught:
        api.things.get_thing(thing_id="a")
    assert str(caught.value) == f"getThing: {message}"
    assert caught.value.request_line == "GET /things/a.json"
    assert caught.value.status == 200


def test_a_missing_field_is_named(connect, odd):
    api, _ = connect(answering(json=[{"kind": "big"}]))
    with pytest.raises(
        odd.errors.DecodeError, match=r"^bareArray: \[0\]\.id: expected integer, got nothing$"
    ):
        api.bare.bare_array()


@pytest.mark.parametrize(
    ("content", "media", "got"),
    [
        (b"", "application/json", "an empty body"),
        (b"<html>", "text/html; charset=utf-8", "a body of type text/html; charset=utf-8"),
        (b'{"id": ', "application/json", "text that is not JSON from character 7 on"),
        (b"\xff\xfe", "application/json", "bytes that are not UTF-8"),
        (b'\xef\xbb\xbf{"id": 1}', "application/json", "text that is not JSON from character 0 on"),
        (b'{"id": NaN}', "application/json", "NaN"),
        (b'{"id": 1e999}', "application/json", "a number out of range"),
        (b'{"id": ' + b"9" * 5000 + b"}", "application/json", "a number with too many digits"),
        (b"[" * 100_000, "application/json", "values nested too deeply"),
    ],
)
def test_a_body_that_is_no_json_is_a_decode_error(connect, odd, content, media, got):
    api, _ = connect(httpx.Response(200, content=content, headers={"Content-Type": media}))
    with pytest.raises(odd.errors.DecodeError) as caught:
        api.things.get_thing(thing_id="a")
    assert str(caught.value) == f"getThing: expected JSON, got {got}"


def test_objects_nested_too_deeply_are_a_decode_error(connect, odd):
    deep = b'{"id":1,"kind":"small","parent":' * 600 + b"null" + b"}" * 600
    api, _ = connect(httpx.Response(200, content=deep))
    with pytest.raises(odd.errors.DecodeError, match="nested too deeply"):
        api.things.get_thing(thing_id="a")


# ---- failures


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (404, "NotFound"),
        (599, "Status599"),
        (500, "UnexpectedStatus"),
        (302, "UnexpectedStatus"),
        (202, "UnexpectedStatus"),
        (1, "UnexpectedStatus"),
        (999, "UnexpectedStatus"),
    ],
)
def test_every_status_but_a_documented_success_is_raised(connect, odd, status, name):
    api, _ = connect(answering(status, json={"message": "no"}))
    with pytest.raises(odd.errors.StatusError) as caught:
        api.things.get_thing(thing_id="a")
    assert type(caught.value).__name__ == name
    assert caught.value.status == status
    assert caught.value.operation_id == "getThing"


def test_a_failure_carries_what_the_server_says(connect, odd):
    api, _ = connect(answering(404, json={"message": "no\nsuch thing", "code": 20}))
    with pytest.raises(odd.errors.NotFound) as caught:
        api.things.get_thing(thing_id="a")
    assert str(caught.value) == "getThing: GET /things/a.json answered 404 Not Found: no such thing"
    assert caught.value.body == odd.models.Problem(message="no\nsuch thing", code=odd.models.Level.VALUE_20)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), str(again), again.body) == (type(caught.value), str(caught.value), caught.value.body)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("x", "x"),
        (["a", "", ["b"], 7, None], "a; b; 7"),
        ({"size": 3, "name": {"long": True}, "other": None}, "size: 3; name: long: True; other"),
        (None, ""),
        (object(), ""),
    ],
)
def test_whatever_is_marked_as_a_message_is_put_into_words(odd, told, said):
    class Body:
        error_message_fields = ("told",)

    body = Body()
    body.told = told
    assert odd.errors.message_of(body) == said


def test_an_object_without_words_of_its_own_is_told_by_its_fields(odd):
    body = odd.models.Problem(message="no", fields=odd.models.Thing(id=7, kind=odd.models.Kind.SMALL))
    assert odd.errors.message_of(body).startswith("no; id: 7; kind: small")


def test_a_failure_names_the_fields_that_it_is_about(connect, odd):
    fields = {"name": {"why": "too\nlong", "rank": 3}, "size": {"rank": 1}, "a.b": {"why": "not known"}}
    api, _ = connect(answering(404, json={"message": "no", "fields": fields}))
    with pytest.raises(odd.errors.NotFound) as caught:
        api.things.get_thing(thing_id="a")
    assert caught.value.server_message == "no; name: too long; size; a.b: not known"
    assert str(caught.value).endswith(f": {caught.value.server_message}")


@pytest.mark.parametrize("content", [b"", b"<html>", b'{"message": 3}', b"\xff", b"[" * 100_000])
def test_a_failure_whose_body_does_not_decode_is_still_that_failure(connect, odd, content):
    api, _ = connect(httpx.Response(404, content=content))
    with pytest.raises(odd.errors.NotFound) as caught:
        api.things.get_thing(thing_id="a")
    assert caught.value.body is None
    assert caught.value.content == content
    assert "base_url" not in str(caught.value)


@pytest.mark.parametrize("status", [400, 202, 599])
@pytest.mark.parametrize(
    ("content", "media", "body"),
    [
        (b'{"why": ["x"]}', "application/problem+json", {"why": ["x"]}),
        (b'"x"', "application/json; charset=utf-8", "x"),
        (b"404", "text/plain", None),
        (b'{"why": ', "application/json", None),
        (b"", "application/json", None),
    ],
)
def test_json_that_nobody_documented_is_kept_as_it_is(connect, odd, status, content, media, body):
    api, _ = connect(httpx.Response(status, content=content, headers={"Content-Type": media}))
    with pytest.raises(odd.errors.StatusError) as caught:
        api.things.get_thing(thing_id="a")
    assert caught.value.body == body
    assert caught.value.server_message is None
    get_thing = importlib.import_module("odd_client.api.things.get_thing")
    assert get_thing.sync_detailed(client=api.client, thing_id="a").parsed == body


def test_a_range_and_a_default_cover_what_has_no_class(connect, odd):
    api, _ = connect(answering(418, json={"message": "m"}))
    with pytest.raises(odd.errors.StatusError) as caught:
        api.from_.class_(thing_id="a")
    assert type(caught.value) is odd.errors.StatusError
    assert caught.value.server_message == "m"
    with pytest.raises(odd.errors.StatusError) as caught:
        api.things.list_things()
    assert caught.value.server_message == "m"


@pytest.mark.parametrize(
    ("raised", "name"),
    [
        (httpx.ConnectError("x"), "ConnectionFailed"),
        (httpx.ReadTimeout("x"), "TimedOut"),
        (httpx.PoolTimeout("x"), "TimedOut"),
        (httpx.RemoteProtocolError("x"), "ConnectionFailed"),
        (httpx.TooManyRedirects("x"), "ConnectionFailed"),
        (httpx.DecodingError("x"), "ConnectionFailed"),
        (httpx.InvalidURL("x"), "ConnectionFailed"),
    ],
)
async def test_a_broken_connection_is_one_of_our_errors(connect, odd, raised, name):
    def answer(_):
        raise raised

    with pytest.raises(odd.errors.ConnectionFailed) as caught:
        connect(answer)[0].things.list_things(session="made-up-secret")
    with pytest.raises(odd.errors.ConnectionFailed) as awaited:
        await connect(answer, asynchronous=True)[0].things.list_things(session="made-up-secret")
    assert type(caught.value).__name__ == type(awaited.value).__name__ == name
    assert str(caught.value) == str(awaited.value)
    assert caught.value.__cause__ is raised
    assert pickle.loads(pickle.dumps(caught.value)).request_line == "GET /things"


@pytest.mark.parametrize(
    ("base_url", "server"),
    [
        ("https://odd.example/made-up-secret", "odd.example:443"),
        ("http://me:made-up-secret@odd.example/api?key=made-up-secret", "odd.example:80"),
        ("http://[::1]:8081", "[::1]:8081"),
    ],
)
@pytest.mark.parametrize(
    ("raised", "message"),
    [
        (
            httpx.ConnectError("\n[Errno 111] refused"),
            "no answer from {} (ConnectError: [Errno 111] refused)",
        ),
        (httpx.ConnectError(""), "no answer from {} (ConnectError)"),
        (httpx.LocalProtocolError("made-up-secret"), "no answer from {} (LocalProtocolError)"),
        (httpx.ConnectTimeout("x"), "no answer from {} in time"),
    ],
)
def test_a_broken_connection_names_the_server_and_nothing_else(odd, base_url, server, raised, message):
    def answer(_):
        raise raised

    client = odd.Client(base_url, httpx_args={"transport": httpx.MockTransport(answer)})
    with pytest.raises(odd.errors.ConnectionFailed) as caught:
        odd.Api(client).bare.bare_string()
    assert str(caught.value) == f"bareString: GET /bare/string: {message.format(server)}"


def test_a_transport_that_tells_of_the_request_gives_no_secret_away(connect, odd):
    def answer(request):
        raise httpx.ConnectError(f"could not send {request.url} and {request.content!r}", request=request)

    with pytest.raises(odd.errors.ConnectionFailed, match="could not send http") as caught:
        connect(answer)[0].session.log_in(user="u", password="made-up-secret", api_key="k")
    assert "made-up" not in str(caught.value)


def test_a_status_that_is_not_documented_is_told_as_such(connect, odd):
    api, _ = connect(answering(418, json={"message": "no"}))
    with pytest.raises(odd.errors.UnexpectedStatus) as caught:
        api.bare.bare_string()
    told = "answered 418 I'm a teapot, which the API does not document"
    assert str(caught.value) == f"bareString: GET /bare/string {told}"


def test_an_error_of_an_auth_passes_through(connect):
    class Broken(Exception):
        pass

    class Auth(httpx.Auth):
        def auth_flow(self, request):
            raise Broken
            yield request

    with pytest.raises(Broken):
        connect(auth=Auth())[0].bare.bare_string()


def badly_packed(status):
    return lambda _: httpx.Response(
        status,
        headers={"Content-Encoding": "gzip", "X-Y": "z"},
        stream=httpx.ByteStream(b"not packed at all"),
    )


async def test_a_success_that_does_not_unpack_is_a_decode_error(connect, odd):
    with pytest.raises(odd.errors.DecodeError) as caught:
        connect(badly_packed(200))[0].bare.bare_string()
    assert str(caught.value) == "bareString: expected a body in gzip, got bytes that do not unpack"
    assert (caught.value.status, caught.value.content, caught.value.headers["x-y"]) == (200, b"", "z")
    with pytest.raises(odd.errors.DecodeError) as awaited:
        await connect(badly_packed(200), asynchronous=True)[0].bare.bare_string()
    assert str(awaited.value) == str(caught.value)


async def test_a_failure_that_does_not_unpack_is_still_that_failure(connect, odd):
    with pytest.raises(odd.errors.NotFound) as caught:
        connect(badly_packed(404))[0].things.get_thing(thing_id="a")
    assert (caught.value.body, caught.value.content, caught.value.headers["x-y"]) == (None, b"", "z")
    with pytest.raises(odd.errors.NotFound):
        await connect(badly_packed(404), asynchronous=True)[0].things.get_thing(thing_id="a")


async def test_the_connection_is_given_back_whatever_came(odd):
    class Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
        closed = 0

        def __iter__(self):
            yield b'"x"'

        async def __aiter__(self):
            yield b'"x"'

        def close(self):
            Stream.closed += 1

        async def aclose(self):
            Stream.closed += 1

    def answer(_):
        return httpx.Response(200, headers=headers, stream=Stream())

    client = odd.Client("https://odd.example", httpx_args={"transport": httpx.MockTransport(answer)})
    headers = {}
    assert odd.Api(client).bare.bare_string() == await odd.AsyncApi(client).bare.bare_string() == "x"
    assert Stream.closed == 2
    headers = {"Content-Encoding": "gzip"}
    with pytest.raises(odd.errors.DecodeError):
        odd.Api(client).bare.bare_string()
    with pytest.raises(odd.errors.DecodeError):
        await odd.AsyncApi(client).bare.bare_string()
    assert Stream.closed == 4


def test_a_decode_error_carries_the_answer_without_showing_it(connect, odd):
    answer = answering(json="made-up-secret", headers={"Set-Cookie": "made-up-secret"})
    api, _ = connect(answer)
    with pytest.raises(odd.errors.DecodeError) as caught:
        api.things.get_thing(thing_id="a")
    error = caught.value
    assert (error.content, error.headers["set-cookie"]) == (b'"made-up-secret"', "made-up-secret")
    shown = "".join(traceback.format_exception(error))
    assert "made-up-secret" not in f"{error} {error!r} {error.args} {shown}"
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.content, again.headers) == (str(error), error.content, error.headers)


def test_a_cookie_that_no_header_can_hold_is_one_of_our_errors(connect, odd):
    cookie = {"Set-Cookie": "é=é".encode("latin-1")}
    api, _ = connect(lambda _: httpx.Response(200, headers=cookie, json="x"))
    assert api.bare.bare_string() == "x"
    with pytest.raises(odd.errors.ConnectionFailed, match="UnicodeEncodeError"):
        api.bare.bare_string()


def test_clients_with_their_own_credentials_share_connections(connect):
    seen = []
    api, _ = connect(
        lambda request: seen.append(request.headers.get("Authorization")) or httpx.Response(200, json="x")
    )
    other = api.client.with_auth(httpx.BasicAuth("a", "made-up-secret"))
    assert other.get_httpx_client() is api.client.get_httpx_client()
    type(api)(other).bare.bare_string()
    api.bare.bare_string()
    assert seen[0].startswith("Basic ")
    assert seen[1] is None


# ---- the functions underneath


async def test_detailed_functions_give_the_whole_answer(odd, connect):
    get_thing = importlib.import_module("odd_client.api.things.get_thing")
    api, _ = connect(answering(404, json={"message": "no"}, headers={"X-Y": "z"}))
    found = get_thing.sync_detailed(client=api.client, thing_id="a")
    assert (found.status_code, found.parsed, found.headers["x-y"]) == (
        404,
        odd.models.Problem(message="no"),
        "z",
    )
    api, _ = connect(answering(777), asynchronous=True)
    found = await get_thing.asyncio_detailed(client=api.client, thing_id="a")
    assert (found.status_code, found.parsed, found.content) == (777, None, b"")


def test_a_changed_client_leaves_the_original_alone(odd):
    client = odd.AuthenticatedClient("https://odd.example", token="made-up-secret", headers={"a": "1"})
    before = dict(client.get_httpx_client().headers)
    other = client.with_headers({"b": "2"}).with_cookies({"c": "3"}).with_timeout(3.0)
    assert dict(client.get_httpx_client().headers) == before
    assert client.get_httpx_client().timeout != other.get_httpx_client().timeout
    assert other.get_httpx_client().headers["b"] == "2"
    assert other.get_httpx_client().headers["Authorization"] == "Bearer made-up-secret"
    assert "c" not in client.get_httpx_client().cookies
    client.close()
    other.close()


async def test_closing_is_for_both_kinds(odd):
    client = odd.Client("https://odd.example")
    with client:
        assert not client.get_httpx_client().is_closed
    async with client:
        assert not client.get_async_httpx_client().is_closed
    assert client.get_httpx_client().is_closed
    assert client.get_async_httpx_client().is_closed
    client.close()
    await client.aclose()
    with pytest.raises(odd.errors.ConfigurationError, match="the client is closed"), client:
        pass
    with pytest.raises(odd.errors.ConfigurationError, match="the client is closed"):
        async with client:
            pass


async def test_what_was_closed_before_its_first_call_is_closed_all_the_same(connect, odd):
    api, wire = connect(answering(json="x"))
    later, wire_too = connect(answering(json="x"), asynchronous=True)
    with api:
        pass
    async with later:
        pass
    with pytest.raises(odd.errors.ConfigurationError, match="bareString: .*the client is closed"):
        api.bare.bare_string()
    with pytest.raises(odd.errors.ConfigurationError, match="bareString: .*the client is closed"):
        await later.bare.bare_string()
    assert wire.requests == wire_too.requests == []


def test_closing_waits_for_a_first_use_and_closes_what_it_made(odd, monkeypatch):
    begun = threading.Event()

    class Slow(httpx.Client):
        def __init__(self, **settings):
            begun.set()
            time.sleep(0.05)
            super().__init__(**settings)

    client = odd.Client("https://odd.example")
    monkeypatch.setattr(httpx, "Client", Slow)
    thread = threading.Thread(target=client.get_httpx_client)
    thread.start()
    begun.wait(10)
    client.close()
    thread.join()
    assert client.get_httpx_client().is_closed


@pytest.mark.parametrize("told", ["Event loop is closed", "<Lock> is bound to a different event loop"])
async def test_a_client_of_another_event_loop_says_so(connect, odd, told):
    def answer(_):
        raise RuntimeError(told)

    with pytest.raises(odd.errors.ConnectionFailed, match="another event loop: make one client for each"):
        await connect(answer, asynchronous=True)[0].bare.bare_string()


@pytest.mark.parametrize("error", [RuntimeError("something else"), ZeroDivisionError()])
def test_an_error_that_is_not_of_the_network_passes_through(connect, error):
    def answer(_):
        raise error

    with pytest.raises(type(error)) as caught:
        connect(answer)[0].bare.bare_string()
    assert caught.value is error


def test_an_argument_that_is_too_long_for_a_url_is_refused(connect, odd):
    api, wire = connect()
    long = ["made-up-secret" * 10_000]
    with pytest.raises(odd.errors.InvalidArgument, match="listThings: GET /things: .* make no URL") as caught:
        api.things.list_things(kinds=long)
    assert "made-up" not in "".join(traceback.format_exception(caught.value))
    assert wire.requests == []


async def test_a_call_through_a_closed_client_says_so(connect, odd):
    api, wire = connect(answering(json="x"))
    later, wire_too = connect(answering(json="x"), asynchronous=True)
    with api:
        api.bare.bare_string()
    async with later:
        await later.bare.bare_string()
    with pytest.raises(odd.errors.ConfigurationError, match="bareString: .*the client is closed") as caught:
        api.bare.bare_string()
    with pytest.raises(odd.errors.ConfigurationError) as awaited:
        await later.bare.bare_string()
    assert str(caught.value) == str(awaited.value)
    assert len(wire.requests) == len(wire_too.requests) == 1


# ---- secrets


def test_no_repr_shows_a_secret(odd):
    secret = "made-up-secret"
    client = odd.AuthenticatedClient(
        f"https://me:{secret}@odd.example/api?key={secret}",
        token=secret,
        headers={"X-Key": secret},
        cookies={"session": secret},
        auth=httpx.BasicAuth("me", secret),
        httpx_args={"params": {"key": secret}},
    )
    shown = [
        client,
        odd.models.Thing.from_dict({**THING, "secret": secret, "pins": [secret]}),
        odd.models.LogInBody(user="u", password=secret, api_key="k"),
        odd.Response(
            status_code=200,
            headers=httpx.Headers({"Set-Cookie": secret}),
            content=secret.encode(),
            parsed=None,
        ),
        odd.File(secret.encode()),
    ]
    assert all(secret not in repr(each) for each in shown)
    assert repr(client) == "AuthenticatedClient('https://odd.example/api')"


@pytest.mark.parametrize("auth", [httpx.BasicAuth("me", "made-up-secret"), None])
def test_a_message_never_repeats_what_the_request_kept_secret(connect, odd, auth):
    blob = base64.b64encode(b"me:made-up-secret").decode()
    headers = {} if auth else {"Authorization": "Bearer made-up-secret", "Cookie": f"x={blob}"}
    text = f"no made-up-secret, no {blob}, no pass-phrase"
    api, _ = connect(answering(401, json={"message": text}), auth=auth, headers=headers)
    with pytest.raises(odd.errors.Unauthorized) as caught:
        api.session.log_in(user="u", password="pass-phrase", api_key="k")
    assert str(caught.value) == "logIn: POST /login answered 401 Unauthorized: no ***, no ***, no ***"


@pytest.mark.parametrize(
    "write",
    [
        quote,
        quote_plus,
        partial(quote, safe=""),
        lambda text: quote(text, safe="").replace("%2F", "%2f").replace("%C3%BC", "%c3%bc"),
        json.dumps,
        lambda text: text.replace("/", r"\/"),
        html.escape,
    ],
)
def test_a_message_repeats_a_secret_in_no_other_form(connect, odd, write):
    secret = 'pass/phrase & "more" ü'
    api, _ = connect(answering(401, json={"message": f"no {write(secret)}"}))
    with pytest.raises(odd.errors.Unauthorized) as caught:
        api.session.log_in(user="u", password=secret, api_key="k")
    assert "***" in caught.value.server_message
    assert "phrase" not in str(caught.value)


def test_a_decode_error_repeats_no_secret(connect, odd):
    for headers, content in (
        ({"Content-Type": "text/pass-phrase"}, b"<html>"),
        ({"Content-Encoding": "pass-phrase"}, b"x"),
        ({}, b'{"token": {"pass-phrase": 1}}'),
    ):
        api, _ = connect(httpx.Response(200, headers=headers, content=content))
        with pytest.raises(odd.errors.DecodeError) as caught:
            api.session.log_in(user="u", password="pass-phrase", api_key="k")
        assert "phrase" not in f"{caught.value!r} {caught.value.path}"


def test_a_message_never_carries_the_query(connect, odd):
    api, _ = connect(answering(500))
    with pytest.raises(odd.errors.StatusError) as caught:
        api.things.list_things(client_query="made-up-secret")
    assert "made-up-secret" not in str(caught.value)
    assert caught.value.request_line == "GET /things"


SECRET_CODE = "made-up secret"


def test_a_secret_in_the_path_is_sent_and_shown_nowhere(connect, odd, caplog):
    said = answering(404, json={"message": "no code made-up secret, no made-up%20secret"})
    api, wire = connect(said)
    with caplog.at_level(logging.DEBUG), pytest.raises(odd.errors.NotFound) as caught:
        api.session.reset(code=SECRET_CODE, step=2)
    assert wire.last.url.path == "/api/resets/made-up secret/2"
    line = "POST /resets/***/2"
    assert str(caught.value) == f"reset: {line} answered 404 Not Found: no code ***, no ***"
    assert caught.value.server_message == "no code ***, no ***"
    assert caught.value.request_line == line
    assert "POST https://odd.example/api/resets/***/2" in caplog.text
    assert "secret" not in caplog.text


def test_a_secret_in_the_path_is_not_in_what_a_broken_connection_shows(connect, odd):
    def answer(_):
        raise httpx.ConnectError("x")

    with pytest.raises(odd.errors.ConnectionFailed) as caught:
        connect(answer)[0].session.reset(code=SECRET_CODE, step=2)
    assert caught.value.request_line == "POST /resets/***/2"
    assert "secret" not in f"{caught.value} {caught.value.__cause__.request.url}"


# ---- what an import costs


def test_importing_the_package_imports_no_endpoint_and_no_model():
    code = "import sys, kws_client; print(*sorted(m for m in sys.modules if m.startswith('kws_client')))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=GENERATED, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["kws_client", "kws_client.client", "kws_client.errors", "kws_client.types"]


def test_importing_one_model_imports_only_what_it_is_made_of():
    code = (
        "import sys; from kws_client.models import Leaderboard; "
        "print(*sorted(m for m in sys.modules if '.models.' in m))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=GENERATED, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["kws_client.models.leaderboard", "kws_client.models.leaderboard_entry"]


def test_every_model_can_be_reached_and_nothing_else(odd):
    for name in odd.models.__all__:
        assert getattr(odd.models, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        getattr(odd.models, "Nothing")  # noqa: B009
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(odd, "nothing")  # noqa: B009
    assert set(odd.models.__all__) <= set(dir(odd.models))


def test_an_exclusive_bound_is_told(odd):
    assert "max (int): More than 0 and less than 12." in " ".join(odd.models.Box.__doc__.split())


def test_a_field_is_named_as_in_the_spec_unless_generated_code_needs_the_name(odd):
    names = [each.name for each in attrs.fields(odd.models.Box)]
    assert names == ["things", "width", "type", "list_", "str_", "max"]
    body = {"type": "t", "list": ["l"], "str": "s", "max": 1}
    assert odd.models.Box.from_dict(body).to_dict() == body
