"""The façade of a generated client: arguments, requests, values and errors."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import math

import httpx
import pytest

THING = {"id": 7, "kind": "small"}
SECRET = "made-up-secret"


def response(status=200, **body):
    return httpx.Response(status, **body)


class Values:
    """Supplies values by name, and records the names."""

    def __init__(self, odd, **values):
        self.unset = odd.UNSET
        self.values = values
        self.asked = []

    def supply(self, name, operation, deadline):
        self.asked.append((name, operation.id))
        return self.values.get(name, self.unset)

    async def supply_async(self, name, operation, deadline):
        return self.supply(name, operation, deadline)


# ---- URLs


def test_a_base_url_without_the_path_of_the_specs_server_is_reported(connect, odd):
    api, _ = connect(response(404, html="<p>Nothing here"), base_url="https://odd.example")
    with pytest.raises(odd.errors.StatusError, match=r"base_url right\? The API's own ends with /api$"):
        api.things.list_things()
    with pytest.raises(odd.errors.StatusError, match=r"base_url right\?$"):
        api.default.rooted()


# ---- places of arguments


def test_arguments_left_out_are_not_sent_and_defaults_are_the_servers(connect):
    api, server = connect(response(json={"results": []}))
    api.things.list_things()
    assert str(server.last.url) == "https://odd.example/api/things"


def test_falsy_arguments_are_sent(connect):
    api, server = connect(response(json={"results": []}))
    api.things.list_things(offset=0, with_=False, self_=0.5)
    assert dict(server.last.url.params) == {"offset": "0", "with": "false", "self": "0.5"}


def test_lists_and_objects_are_written_in_the_style_of_the_spec(connect, odd):
    api, server = connect(response(json={"results": []}))
    chosen = odd.models.ListThingsFilter(color="red")
    api.things.list_things(ids=[1, 2], kinds=["small", odd.models.Kind.BIG], pipes=["a", "b"], filter=chosen)
    assert server.last.url.params.multi_items() == [
        ("ids", "1,2"),
        ("kinds", "small"),
        ("kinds", "big"),
        ("pipes", "a|b"),
        ("filter[color]", "red"),
    ]


def test_an_object_that_the_spec_explodes_is_written_as_its_fields(connect, odd):
    api, server = connect(response(204))
    flat = odd.models.GetBoundedFlat(additional_properties={"color": "red"})
    api.bounded.get_bounded(day=dt.date(2001, 2, 3), names=["a"], x_mood="good", mark=1, flat=flat)
    assert server.last.url.query == b"day=2001-02-03&names=a&mark=1&color=red"


def test_headers_and_cookies_go_where_they_belong(connect):
    api, server = connect(response(json={"results": []}))
    api.things.list_things(x_trace="t", session="s")
    assert server.last.headers["X-Trace"] == "t"
    assert server.last.headers["Cookie"] == "session=s"


def test_a_path_argument_stays_in_its_segment(connect):
    api, server = connect(response(json=THING))
    api.things.get_thing(thing_id="a/b")
    assert server.last.url.raw_path == b"/api/things/a%2Fb.json"


def test_none_is_sent_as_null_and_unset_is_not_sent(connect, odd):
    api, server = connect(supplier=Values(odd, user=1))
    api.session.add_scores(user_body="u", level=None)
    assert json.loads(server.last.content) == {"user": "u", "level": None}
    assert server.last.headers["Content-Type"] == "application/json"


def test_additional_fields_have_an_argument_of_their_own(connect):
    api, server = connect()
    api.session.add_scores(user=5, user_body="u", mood="good", scores={"coins": 3})
    assert server.last.url.path == "/api/users/5/scores"
    assert json.loads(server.last.content) == {"user": "u", "mood": "good", "coins": 3}


def test_a_form_is_sent_as_a_form(connect):
    api, server = connect(response(json={"token": "t"}))
    api.session.log_in(user="u&", password="p", api_key="k", remember=True, hints=["a", "b"])
    assert server.last.content == b"user=u%26&password=p&api_key=k&remember=true&hints=a&hints=b"
    assert server.last.headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_a_body_that_is_not_an_object_is_one_argument(connect, odd):
    api, server = connect(response(204))
    api.session.put_list(body=[odd.models.Thing.from_dict(THING)])
    assert json.loads(server.last.content) == [THING]
    api.session.upload_raw(body=b"\x00\x01")
    assert server.last.content == b"\x00\x01"
    assert server.last.headers["Content-Type"] == "application/octet-stream"


def test_an_optional_body_may_be_left_out(connect):
    api, server = connect(response(204))
    api.session.put_map()
    assert server.last.content == b""
    assert "Content-Type" not in server.last.headers
    api.session.put_map(additional_properties={"a": "big"})
    assert json.loads(server.last.content) == {"a": "big"}


def test_a_file_is_uploaded(connect, odd):
    api, server = connect(response(204))
    api.session.upload(file=odd.File(b"bytes", "name.txt", "text/plain"), note="n")
    assert b'filename="name.txt"' in server.last.content
    assert b"bytes" in server.last.content
    assert server.last.headers["Content-Type"].startswith("multipart/form-data; boundary=")


def test_an_operation_may_live_elsewhere(connect):
    api, server = connect()
    api.default.rooted()
    assert str(server.last.url) == "https://odd.example/untagged"
    api.default.post_untagged()
    assert str(server.last.url) == "https://eu.elsewhere.example/base/untagged"


def test_a_tag_named_like_what_the_root_has_gets_another_name(connect):
    api, server = connect(response(204))
    api.close_api.shut()
    assert server.last.url.path == "/api/doors"
    assert callable(api.close)


def test_an_operation_declares_its_security(connect):
    seen = []

    class Auth(httpx.Auth):
        def auth_flow(self, request):
            seen.append(request.extensions["operation"])
            yield request

    api, _ = connect(response(204), auth=Auth())
    api.from_.class_(thing_id="a")
    api.session.upload_raw(body=b"")
    assert [(each.id, each.method, each.path) for each in seen] == [
        ("class", "DELETE", "/things/{thing-id}.json"),
        ("uploadRaw", "PUT", "/upload"),
    ]
    assert seen[0].security == ()
    assert seen[1].security == ({}, {"header_key": (), "token": ("read", "write")})


# ---- arguments that the client supplies


def test_left_out_arguments_are_supplied_by_the_client(connect, odd):
    values = Values(odd, user=5, kind="big", api_key="k")
    api, server = connect(response(json={"token": "t"}), supplier=values)
    api.session.add_scores(user_body="u")
    assert (server.last.url.path, dict(server.last.url.params)) == ("/api/users/5/scores", {"kind": "big"})
    api.session.log_in(user="u", password="p")
    assert b"api_key=k" in server.last.content
    assert values.asked == [("kind", "addScores"), ("user", "addScores"), ("api_key", "logIn")]


async def test_left_out_arguments_are_supplied_by_the_client_when_awaited(connect, odd):
    api, server = connect(supplier=Values(odd, user=5), asynchronous=True)
    await api.session.add_scores(user_body="u")
    assert server.last.url.path == "/api/users/5/scores"


def test_what_is_given_is_not_asked_for(connect, odd):
    values = Values(odd)
    api, server = connect(supplier=values)
    api.session.add_scores(user=0, kind="", user_body="u")
    assert server.last.url.path == "/api/users/0/scores"
    assert values.asked == []


def test_an_argument_that_nobody_supplies_is_named(connect, odd):
    for supplier in (None, Values(odd)):
        api, server = connect(supplier=supplier)
        with pytest.raises(odd.errors.MissingArgument, match=r"addScores needs user: pass user=…"):
            api.session.add_scores(user_body="u")
        assert server.requests == []


# ---- arguments that are refused

REFUSED = {
    "path": (
        lambda api, _: api.things.get_thing(thing_id="\ud800"),
        "thing-id: expected text without lone surrogates",
    ),
    "renamed": (
        lambda api, _: api.things.list_things(client_query="\ud800"),
        "client: expected text without lone surrogates",
    ),
    "keyword": (lambda api, _: api.things.list_things(self_=math.nan), "self: expected a finite number"),
    "joined": (
        lambda api, _: api.things.list_things(ids=[1, math.nan]),
        r"ids\[1\]: expected a finite number",
    ),
    "repeated": (
        lambda api, _: api.things.list_things(kinds=["small", "\ud800"]),
        r"kinds\[1\]: expected text without lone surrogates",
    ),
    "deep": (
        lambda api, odd: api.things.list_things(filter=odd.models.ListThingsFilter(color="\ud800")),
        r"filter\[color\]: expected text without lone surrogates",
    ),
    "object": (lambda api, _: api.things.list_things(filter="red"), "filter: expected an object, got string"),
    "header": (lambda api, _: api.things.list_things(x_trace="é"), "X-Trace: expected printable ASCII"),
    "cookie": (
        lambda api, _: api.things.list_things(session="a; admin=1"),
        "session: expected printable ASCII without a semicolon",
    ),
    "json": (
        lambda api, _: api.session.add_scores(user=1, user_body="u", level=math.inf),
        "level: expected a finite number",
    ),
    "additional": (
        lambda api, _: api.session.add_scores(user=1, user_body="u", scores={"coins": math.nan}),
        "coins: expected a finite number",
    ),
    "whole body": (
        lambda api, odd: api.session.put_list(
            body=[odd.models.Thing(id=1, kind=odd.models.Kind.BIG, size=math.nan)]
        ),
        r"body\[0\]\.size: expected a finite number",
    ),
    "raw": (lambda api, _: api.session.upload_raw(body="text"), "body: expected bytes, got string"),
    "form": (
        lambda api, _: api.session.log_in(user="u", password="p", api_key="k", hints=["a", "\ud800"]),
        r"hints\[1\]: expected text without lone surrogates",
    ),
    "part": (
        lambda api, odd: api.session.upload(file=odd.File(b"", "\ud800")),
        "file: expected text without lone surrogates",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_no_request_can_carry_is_refused_by_its_name_in_the_spec(connect, odd, kind):
    call, message = REFUSED[kind]
    api, server = connect()
    with pytest.raises(odd.errors.InvalidArgument, match=f": {message}") as caught:
        call(api, odd)
    later, server_too = connect(asynchronous=True)
    with pytest.raises(odd.errors.InvalidArgument) as awaited:
        asyncio.run(call(later, odd))
    assert str(awaited.value) == str(caught.value)
    assert server.requests == server_too.requests == []


@pytest.mark.parametrize("value", ["", None])
def test_an_empty_path_argument_is_refused_before_the_network(connect, odd, value):
    api, server = connect(response(json=THING))
    with pytest.raises(odd.errors.MissingArgument, match="thing-id is part of the path"):
        api.things.get_thing(thing_id=value)
    assert server.requests == []


@pytest.mark.parametrize("name", ["day", "names", "X-Mood"])
def test_a_required_parameter_of_which_nothing_would_be_sent_is_missing(connect, odd, name):
    flat = odd.models.GetBoundedFlat()
    given = {"day": dt.date(2001, 2, 3), "names": ["a"], "x_mood": "good", "mark": 1, "flat": flat}
    argument = name.lower().replace("-", "_")
    for nothing in (None, odd.UNSET, []) if name == "names" else (None, odd.UNSET):
        api, server = connect()
        with pytest.raises(odd.errors.MissingArgument) as caught:
            api.bounded.get_bounded(**{**given, argument: nothing})
        assert str(caught.value) == f"getBounded needs {name}, and got nothing to send"
        assert server.requests == []


def test_a_required_parameter_may_be_null_where_null_is_among_its_values(connect, odd):
    api, server = connect(response(204))
    flat = odd.models.GetBoundedFlat()
    api.bounded.get_bounded(day=dt.date(2001, 2, 3), names=["a"], x_mood="good", mark=None, flat=flat)
    assert server.last.url.query == b"day=2001-02-03&names=a"


# ---- return values


@pytest.mark.parametrize(
    ("name", "sent", "value"),
    [
        ("bare_string", {"json": "Bob"}, "Bob"),
        ("bare_boolean", {"json": False}, False),
        ("bare_text", {"text": "Zeile"}, "Zeile"),
        ("bare_bytes", {"content": b"\x89PNG"}, b"\x89PNG"),
        ("bare_anything", {"json": [1, {"a": None}]}, [1, {"a": None}]),
        ("bare_default", {"json": "x"}, "x"),
        ("bare_either", {"json": 7}, 7),
    ],
)
async def test_a_bare_value_is_returned_as_it_is(connect, name, sent, value):
    assert getattr(connect(response(**sent))[0].bare, name)() == value
    later, _ = connect(response(**sent), asynchronous=True)
    assert await getattr(later.bare, name)() == value


def test_arrays_and_maps_are_typed(connect):
    assert connect(response(json=[THING]))[0].bare.bare_array()[0].id == 7
    counts = connect(response(json={"a": 1, "b": None}))[0].bare.bare_map()
    assert counts.additional_properties == {"a": 1, "b": None}


def test_an_empty_success_is_none_whatever_its_body(connect):
    assert connect(response(204))[0].bare.bare_either() is None
    assert connect(response(200, html="<p>ok</p>"))[0].default.rooted() is None


def test_a_wrong_field_is_named(connect, odd):
    api, _ = connect(response(json=[{"kind": "big"}]))
    with pytest.raises(
        odd.errors.DecodeError, match=r"^bareArray: \[0\]\.id: expected integer, got nothing$"
    ):
        api.bare.bare_array()


# ---- failures


@pytest.mark.parametrize(
    ("status", "name"),
    [(404, "NotFound"), (599, "Status599"), (500, "InternalServerError"), (202, "UnexpectedStatus")],
)
async def test_each_documented_status_has_a_class(connect, odd, status, name):
    api, _ = connect(response(status, json={"message": "no"}))
    with pytest.raises(odd.errors.StatusError) as caught:
        api.things.get_thing(thing_id="a")
    later, _ = connect(response(status, json={"message": "no"}), asynchronous=True)
    with pytest.raises(odd.errors.StatusError) as awaited:
        await later.things.get_thing(thing_id="a")
    assert type(caught.value) is type(awaited.value) is getattr(odd.errors, name)
    assert (caught.value.status, caught.value.operation_id) == (status, "getThing")


def test_a_failure_carries_its_typed_body(connect, odd):
    api, _ = connect(response(404, json={"message": "no\nsuch thing", "code": 20}))
    with pytest.raises(odd.errors.NotFound) as caught:
        api.things.get_thing(thing_id="a")
    assert str(caught.value) == "getThing: GET /things/a.json answered 404 Not Found: no such thing"
    assert caught.value.body == odd.models.Problem(message="no\nsuch thing", code=odd.models.Level.VALUE_20)


def test_a_failure_names_the_fields_that_it_is_about(connect, odd):
    fields = {"name": {"why": "too\nlong", "rank": 3}, "size": {"rank": 1}, "a.b": {"why": "not known"}}
    api, _ = connect(response(404, json={"message": "no", "fields": fields}))
    with pytest.raises(odd.errors.NotFound) as caught:
        api.things.get_thing(thing_id="a")
    assert caught.value.server_message == "no; name: too long; size; a.b: not known"


def test_a_range_and_a_default_cover_what_has_no_class(connect, odd):
    api, _ = connect(response(418, json={"message": "m"}))
    for call in (lambda: api.from_.class_(thing_id="a"), api.things.list_things):
        with pytest.raises(odd.errors.StatusError) as caught:
            call()
        assert type(caught.value) is odd.errors.ClientError
        assert caught.value.server_message == "m"


# ---- failures under the status of a success


@pytest.fixture
def get_envelope(connect):
    """Call the operation of a server that has one response."""
    return lambda body, status=200: connect(response(status, json=body))[0].envelopes.get_envelope(key=SECRET)


def test_a_success_is_the_value_without_the_alternatives_that_are_failures(odd, get_envelope):
    assert get_envelope({"ok": True, "inside": 7}) == odd.models.Sealed(ok=True, inside=7)


@pytest.mark.parametrize("status", [200, 400, 418])
def test_a_failure_is_raised_by_its_code_under_any_status(odd, get_envelope, status):
    with pytest.raises(odd.errors.WrongKey, match=r", failure 403: not your key$") as raised:
        get_envelope({"ok": False, "error": 403, "why": "not your key"}, status)
    assert (raised.value.status, raised.value.code) == (status, 403)


def test_an_unknown_code_is_a_plain_failure(odd, get_envelope):
    with pytest.raises(odd.errors.Failed) as raised:
        get_envelope({"ok": False, "error": 999})
    assert type(raised.value) is odd.errors.Failed
    assert raised.value.body.error == 999


def test_the_message_of_a_failure_without_a_code_has_all_its_texts(odd, get_envelope):
    with pytest.raises(odd.errors.Failed, match="too soon; too long") as raised:
        get_envelope({"ok": False, "errors": ["too soon", "too long"]})
    assert raised.value.code is None


def test_a_failure_that_leaves_its_code_out_is_a_failure_all_the_same(odd, get_envelope):
    with pytest.raises(odd.errors.Failed) as raised:
        get_envelope({"ok": False})
    assert raised.value.code is None


@pytest.mark.parametrize("body", [{}, {"ok": True}, {"ok": "no", "error": 403}, [], None])
def test_what_is_neither_success_nor_failure_is_not_decoded(odd, get_envelope, body):
    with pytest.raises(odd.errors.DecodeError):
        get_envelope(body)


# ---- whole responses


async def test_with_raw_response_returns_the_whole_response_and_raises_for_no_status(connect, odd):
    sent = response(404, json={"message": "no"}, headers={"X-Y": "z"})
    found = connect(sent)[0].with_raw_response.things.get_thing(thing_id="a")
    later, _ = connect(sent, asynchronous=True)
    awaited = await later.with_raw_response.things.get_thing(thing_id="a")
    for each in (found, awaited):
        assert (each.status_code, each.headers["x-y"]) == (404, "z")
        assert each.parsed == odd.models.Problem(message="no")


def test_with_raw_response_has_the_value_of_a_success(connect, odd):
    found = connect(response(json=THING))[0].with_raw_response.things.get_thing(thing_id="a")
    assert found.parsed == odd.models.Thing.from_dict(THING)
    assert json.loads(found.content) == THING


def test_with_raw_response_has_a_failure_under_the_status_of_a_success(connect):
    api, _ = connect(response(json={"ok": False, "error": 403}))
    assert api.with_raw_response.envelopes.get_envelope(key=SECRET).parsed.error == 403


def test_with_raw_response_has_every_part_and_every_method_but_the_iterators(connect):
    for asynchronous in (False, True):
        api, _ = connect(asynchronous=asynchronous)
        for part in ("things", "from_", "close_api", "bare", "default", "bounded", "envelopes", "session"):
            methods = {name for name in dir(getattr(api, part)) if not name.startswith(("_", "iter_"))}
            assert methods == set(vars(getattr(api.with_raw_response, part)))


def test_with_raw_response_shares_the_connections(connect):
    api, _ = connect()
    assert api.with_raw_response.client is api.client


# ---- secrets


def test_a_secret_of_the_path_is_shown_nowhere(connect, odd, caplog):
    api, server = connect(response(404, json={"message": f"no {SECRET}"}))
    with caplog.at_level(logging.DEBUG), pytest.raises(odd.errors.NotFound) as caught:
        api.session.reset(code=SECRET, step=2)
    assert server.last.url.path == f"/api/resets/{SECRET}/2"
    assert str(caught.value) == "reset: POST /resets/***/2 answered 404 Not Found: no ***"
    assert SECRET not in caplog.text


def test_a_secret_of_the_query_is_in_no_log_record(get_envelope, caplog):
    with caplog.at_level(logging.DEBUG):
        get_envelope({"ok": True, "inside": 7})
    assert "GET https://odd.example/api/envelope?key=" in caplog.text
    assert SECRET not in caplog.text


def test_a_secret_of_the_body_is_in_no_message(connect, odd):
    api, _ = connect(response(401, json={"message": f"no {SECRET}"}))
    with pytest.raises(odd.errors.Unauthorized, match=r": no \*\*\*$"):
        api.session.log_in(user="u", password=SECRET, api_key="k")


def test_a_secret_cookie_is_in_no_message(connect, odd):
    api, _ = connect(response(500, json={"message": f"no {SECRET}"}))
    with pytest.raises(odd.errors.StatusError, match=r": no \*\*\*$"):
        api.things.list_things(session=SECRET)
