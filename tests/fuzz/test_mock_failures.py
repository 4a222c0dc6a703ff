"""What a mock says of failures, mistakes and requests is what happened."""

from __future__ import annotations

import contextlib
import copy
import json
import sqlite3
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import strategies as st
from sqlalchemy import exc

from openapi_mock import Document, Mock, Problem, Request, Settings, SpecificationError, load, serve
from openapi_mock.control.actions import Refused
from openapi_mock.control.api import control_mock
from openapi_mock.state import databases

KWS = Path(__file__).parents[2] / "openapi" / "kws.yaml"
KONGREGATE = KWS.with_name("kongregate.yaml")
NAMES = {
    "a mapping": {"a": 1},
    "a list": [1],
    "a string": "made up",
    "a boolean": True,
    "nothing": None,
    "a number": 1,
}


# ---- Databases


def sqlite_error(kind, code):
    error = kind("made up\nof two lines")
    error.sqlite_errorcode = code
    return error


def postgresql_error(state):
    error = Exception("made up")
    error.sqlstate = state
    return error


BUSY = [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR]
CAUSES = [
    *((sqlite_error(sqlite3.OperationalError, code), 503) for code in BUSY),
    (sqlite_error(sqlite3.OperationalError, sqlite3.SQLITE_ERROR), None),
    (sqlite_error(sqlite3.DataError, sqlite3.SQLITE_TOOBIG), 400),
    (sqlite_error(sqlite3.IntegrityError, sqlite3.SQLITE_CONSTRAINT), None),
]
WRAPPED = [
    (exc.OperationalError, "08006", False, 503),
    (exc.InterfaceError, None, False, 503),
    (exc.DataError, "22003", False, 400),
    (exc.OperationalError, "54000", False, 400),
    (exc.ProgrammingError, "42601", False, None),
    (exc.ProgrammingError, "42601", True, 503),
    (exc.IntegrityError, "23505", False, None),
]


def told(error):
    problem = databases.problem_of(error)
    assert problem is None or isinstance(problem, Problem)
    if problem is not None:
        assert "made up" not in problem.message
        assert problem.headers == ({"retry-after": "1"} if problem.status == 503 else {})
        assert problem.kind == {503: "unavailable", 400: "unstorable"}[problem.status]
    return problem and problem.status


@pytest.mark.parametrize(("cause", "status"), CAUSES)
def test_an_error_of_sqlite_means_the_same_with_sqlalchemy_around_it(cause, status):
    assert told(cause) == status
    kind = {
        sqlite3.OperationalError: exc.OperationalError,
        sqlite3.DataError: exc.DataError,
        sqlite3.IntegrityError: exc.IntegrityError,
    }[type(cause)]
    assert told(kind("SELECT made_up", {}, cause)) == status
    assert databases.reason_of(kind("SELECT made_up", {}, cause)) == "made up of two lines"
    assert databases.reason_of(cause) == "made up of two lines"


@pytest.mark.parametrize(("kind", "state", "is_lost", "status"), WRAPPED)
def test_an_error_of_a_server_says_whether_to_try_again(kind, state, is_lost, status):
    error = kind("SELECT made_up", {}, postgresql_error(state), connection_invalidated=is_lost)
    assert told(error) == status


def test_only_a_full_pool_among_other_errors_is_a_failure_of_the_database():
    assert told(exc.TimeoutError("made up")) == 503
    assert told(ValueError("made up")) is None
    assert told(exc.ArgumentError("made up")) is None


def test_whoever_finds_the_database_locked_is_told_to_try_again(tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "_BUSY_TIMEOUT_S", 0.01)
    file = tmp_path / "state.db"
    body = {"api_key": "made-up-api-key", "guild_identifier": "round", "guild_name": "Round"}
    with (
        load(KONGREGATE, settings=Settings(database=f"sqlite:///{file}")) as mock,
        httpx.Client(transport=mock.transport(), base_url="http://mock.example") as client,
        contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        refused = client.post("/api/guilds.json", data=body)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
        other.execute("ROLLBACK")
        assert client.post("/api/guilds.json", data=body).status_code == 200


# ---- Actions, documents, hosts


@pytest.mark.parametrize("text", ["", "made up", "of two\nlines"])
def test_a_refusal_has_a_reason_even_without_a_text(text):
    class Unlucky(Refused):
        pass

    assert Unlucky(text).reason == (text or "Unlucky")


@pytest.mark.parametrize("found", NAMES)
@pytest.mark.parametrize(("wanted", "asked"), [("a mapping", "mapping"), ("a list", "elements")])
def test_a_document_with_something_else_in_a_place_is_told_what_it_is(wanted, asked, found):
    node = Document({"openapi": "3.1.0", "it": NAMES[found]}).node.child("it")
    if wanted == found:
        assert len(list(getattr(node, asked)())) == 1
    else:
        with pytest.raises(SpecificationError, match=rf"expected {wanted}, found {found}$"):
            list(getattr(node, asked)())


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_server_takes_requests_to_the_name_it_listens_on_and_to_no_other(host):
    family = "[::1]" if host == "::1" else "127.0.0.1"
    with load(KONGREGATE) as mock, serve(mock, host, allowed_hosts=["game.example"]) as url:
        assert url.startswith(f"http://{family}:")
        for name in ("game.example", "127.0.0.1", "other.example"):
            asked = f"{url}/api/user_info.json?username=Robin"
            response = httpx.get(asked, headers={"Host": name}, trust_env=False)
            assert response.is_success == (name != "other.example"), response.text


# ---- The journal


def nested(children):
    return st.lists(children, max_size=3) | st.dictionaries(st.sampled_from("abc"), children, max_size=3)


JSON = st.recursive(st.sampled_from([None, True, False, 0, 1, "", "a"]), nested, max_leaves=8)


def parts(draw, value):
    """A part of a value: fields of its objects may be left out."""
    if isinstance(value, dict):
        return {name: parts(draw, each) for name, each in value.items() if draw(st.booleans())}
    return copy.deepcopy(value)


def changed(draw, value):
    """A value that is no part of another one."""
    if isinstance(value, dict) and value and draw(st.booleans()):
        name = draw(st.sampled_from([*value]))
        return {**value, name: changed(draw, value[name])}
    if isinstance(value, dict):
        return draw(st.sampled_from([{**value, "z": 1}, [value], "z"]))
    if isinstance(value, list):
        return draw(st.sampled_from([[*value, "z"], {"z": value}, None if value else {}, "z"]))
    return draw(st.sampled_from(["z", {"z": value}, [value]]))


def test_a_request_is_found_by_each_part_of_its_body_and_by_nothing_else(properties):
    with (
        load(KWS) as mock,
        httpx.Client(transport=mock.transport(), base_url="http://mock.example") as client,
    ):

        def check(data):
            body = {"sent": data.draw(JSON)}
            mock.control.requests.clear()
            client.post("/v1/users/5073/inviteUser", json=body)
            requests = mock.control.requests
            for wanted in (body, {}, {"sent": parts(data.draw, body["sent"])}):
                assert len(requests.matching(json=wanted)) == 1
                assert len(requests.assert_called("inviteUser", json=wanted, times=1)) == 1
            wrong = {"sent": changed(data.draw, body["sent"])}
            assert requests.matching(json=wrong) == []
            with pytest.raises(AssertionError, match="was called 0 times"):
                requests.assert_called("inviteUser", json=wrong)
            assert len(requests.matching(path={"userId": 5073})) == 1
            assert requests.matching(path={"userId": 5074}) == []
            assert json.loads(requests.last.request.body) == body

        properties.hold(check, st.data())


@pytest.mark.parametrize(("levels", "shown"), [(31, "deep"), (32, "…"), (40, "…")])
@pytest.mark.parametrize("kind", [list, dict])
def test_the_journal_shows_32_levels_of_a_body(kind, levels, shown):
    def nested_in(value, levels):
        for _ in range(levels):
            value = [value] if kind is list else {"a": value}
        return {"sent": value}

    with load(KWS) as mock:
        body, headers = json.dumps(nested_in("deep", levels)), {"content-type": "application/json"}
        mock.handle(Request("POST", "/v1/users/5073/inviteUser", headers, body.encode()))
        (listed,) = control_mock(mock).handle(Request("GET", "/_mock/requests")).body["requests"]
    assert listed["body"] == nested_in(shown, min(levels, 32))


WITH_SECRETS = """
openapi: 3.1.0
info: {title: it, version: "1"}
components:
  schemas: {Pin: {type: string, format: password}}
  securitySchemes: {key: {type: apiKey, in: query, name: entry}}
paths:
  /it:
    post:
      parameters:
        - {name: pass, in: query, schema: {$ref: "#/components/schemas/Pin"}}
        - {name: colour, in: query, schema: {type: string}}
      requestBody:
        content:
          application/json:
            schema:
              properties:
                pin: {$ref: "#/components/schemas/Pin"}
                token: {type: string}
                box: {properties: {size: {type: object}, hidden: {type: string, format: password}}}
      responses: {"200": {description: it}}
"""


def test_the_journal_masks_what_the_document_calls_secret_and_nothing_else():
    sent = {
        "pin": "1234",
        "token": "shown",
        "box": {"size": {"x": 5}, "hidden": ["a"]},
        "apiKey": "b",
        "other": None,
    }
    query = {"pass": "c", "colour": "red", "entry": "d", "my_secret": "e", "code": "f", "decoder": "g"}
    with Mock(Document.parse(WITH_SECRETS)) as mock:
        target = f"/it?{urlencode(query)}"
        mock.handle(Request("POST", target, {"content-type": "application/json"}, json.dumps(sent).encode()))
        (listed,) = control_mock(mock).handle(Request("GET", "/_mock/requests")).body["requests"]
    hidden = {"hidden": "***", "size": {"x": 5}}
    assert listed["body"] == {**sent, "pin": "***", "box": hidden, "apiKey": "***"}
    masked = dict.fromkeys(("pass", "entry", "my_secret", "code"), "***")
    assert listed["query"] == {**query, **masked}
