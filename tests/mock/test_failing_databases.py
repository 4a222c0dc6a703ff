"""What a mock does while its database fails, and afterwards."""

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest
from sqlalchemy import event, text

from openapi_mock import MockTransport, UnusableDatabaseError, load, serve

UNAVAILABLE = (503, "the database is not available: try again")


class Kws:
    """Calls of KWS that write a row, count the rows written so far, and lock a user."""

    name = "kws"
    write_path = "/v1/apps/355/users/5073/appData/set"
    errors = frozenset({"code", "codeMeaning", "errorMessage"})
    locked = "SELECT id FROM users WHERE id = 5073 FOR UPDATE"

    def __init__(self, http):
        self._http = http
        form = {"grant_type": "client_credentials"}
        token = http.post("/oauth/token", data=form, auth=("example-client", "made-up-secret"))
        http.headers["authorization"] = f"Bearer {token.json()['access_token']}"

    def write(self, name, padding=""):
        return self._http.post(self.write_path, json={"name": f"{name}{padding}", "value": 1})

    def read_of_another(self):
        return self._http.get("/v1/apps/355/users/5074/appData")

    def count(self):
        return self._http.get("/v1/apps/355/users/5073/appData", params={"limit": 1}).json()["count"] - 1

    def refusal(self, response):
        body = response.json()
        assert body.keys() == self.errors
        return response.status_code, body["errorMessage"]


class Kongregate:
    """Calls of Kongregate that write a row, count the rows written so far, and lock a game."""

    name = "kongregate"
    errors = frozenset({"success", "error", "error_description"})
    locked = "SELECT id FROM games WHERE id = 1001 FOR UPDATE"

    def __init__(self, http):
        self._http = http

    def write(self, name, padding=""):
        values = {"character_identifier": name, "character_name": f"Owl{padding}", "guild_identifier": name}
        return self._http.post("/api/characters.json", json={"api_key": "made-up-api-key", **values})

    def read_of_another(self):
        return self._http.get("/api/items.json", params={"api_key": "made-up-api-key-2"})

    def count(self):
        with self._http._transport.mock.behaviour.store.transaction() as connection:
            characters = connection.execute(text("SELECT count(*) FROM characters")).scalar_one()
            guilds = connection.execute(text("SELECT count(*) FROM guilds")).scalar_one()
        assert guilds == characters + 1
        return characters

    def refusal(self, response):
        body = response.json()
        assert body.keys() == self.errors
        assert body["success"] is False
        return body["error"], body["error_description"]


@pytest.fixture(params=[Kws, Kongregate], ids=["kws", "kongregate"])
def open_api(request):
    opened = []

    def open_one(url=None):
        mock = load(request.param.name, url)
        opened.append(mock)
        http = httpx.Client(transport=MockTransport(mock), base_url="http://mock.example")
        opened.append(http)
        api = request.param(http)
        api.store = mock.behaviour.store
        api.mock = mock
        return api

    yield open_one
    for each in reversed(opened):
        each.close()


def fails(api, response):
    assert api.refusal(response) == UNAVAILABLE
    assert response.headers["retry-after"] == "1"


@contextmanager
def held(store, statement):
    """Hold a lock in another thread's transaction."""
    is_held, may_end = threading.Event(), threading.Event()

    def hold():
        with store.transaction() as connection:
            connection.execute(text(statement)).all()
            is_held.set()
            may_end.wait(20)

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        try:
            assert is_held.wait(20)
            yield
        finally:
            may_end.set()
        holding.result()


def test_a_locked_row_stalls_only_who_needs_it_and_those_not_for_long(open_api, postgresql):
    api = open_api(f"{postgresql}&options=-c%20lock_timeout=300ms")
    assert api.mock.behaviour.serial is False
    with held(api.store, api.locked), ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(api.write, "lives")
        assert api.read_of_another().status_code == 200
        assert not waiting.done()
        fails(api, waiting.result())
    assert api.count() == 0
    assert api.write("lives").is_success
    assert api.count() == 1


def test_the_first_call_after_a_lost_connection_works(open_api, postgresql, postgresql_server):
    api = open_api(postgresql)
    for number in range(3):
        assert api.write(f"lives-{number}").is_success
        postgresql_server.disconnect_all(postgresql.partition("?")[0].rpartition("/")[2])
    assert api.count() == 3


def test_while_others_write_a_snapshot_can_be_restored(open_api, postgresql):
    api = open_api(postgresql)
    snapshot, may_end = api.store.snapshot(), threading.Event()

    def write(writer):
        found = []
        for number in range(1000):
            if may_end.is_set():
                break
            found.append(api.write(f"lives-{writer}-{number}").is_success)
        return found

    with ThreadPoolExecutor(3) as pool:
        try:
            writing = [pool.submit(write, writer) for writer in range(3)]
            for _ in range(5):
                time.sleep(0.1)
                api.store.restore(snapshot)
        finally:
            may_end.set()
        assert all(written for each in writing for written in each.result())
    api.store.restore(snapshot)
    assert api.count() == 0


def test_a_connection_lost_within_a_call_is_a_refusal_and_writes_nothing(
    open_api, postgresql, postgresql_server
):
    api = open_api(postgresql)

    def disconnect(_connection, _cursor, statement, *_):
        if statement.startswith("INSERT"):
            event.remove(api.store._engine, "before_cursor_execute", disconnect)
            postgresql_server.disconnect_all(postgresql.partition("?")[0].rpartition("/")[2])

    event.listen(api.store._engine, "before_cursor_execute", disconnect)
    fails(api, api.write("lives"))
    assert api.count() == 0
    assert api.write("lives").is_success


def test_while_the_server_is_down_calls_are_refused_and_afterwards_they_work(
    open_api, unreliable_postgresql, caplog
):
    _, url = unreliable_postgresql.create_database()
    api = open_api(url)
    assert api.write("before").is_success
    unreliable_postgresql.stop()
    try:
        started = time.monotonic()
        fails(api, api.write("during"))
        fails(api, api.write("during"))
        assert time.monotonic() - started < 5
    finally:
        unreliable_postgresql.start()
    assert api.write("after").is_success
    assert api.count() == 2
    warnings = [each.getMessage() for each in caplog.records if each.name == "openapi_mock.state"]
    assert len(warnings) == 2
    assert "during" not in "".join(warnings)


def test_a_page_is_refused_too_while_the_server_is_down(unreliable_postgresql):
    _, url = unreliable_postgresql.create_database()
    page = "/oauth?clientId=example-client&redirectUri=https://game.example/callback"
    with load("kws", url) as mock, serve(mock) as base:
        unreliable_postgresql.stop()
        try:
            assert httpx.get(base + page).status_code == 503
        finally:
            unreliable_postgresql.start()
        assert httpx.get(base + page).status_code == 200


@contextmanager
def full_disk(store, spare_pages=3):
    """Let SQLite's file grow by some pages only. The store has one connection, since one thread uses it."""
    with store.transaction() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages + spare_pages}"))
    yield
    with store.transaction() as connection:
        connection.execute(text("PRAGMA max_page_count = 1000000"))


@pytest.mark.parametrize("place", ["memory", "file"])
def test_on_a_full_disk_calls_are_refused_whole_and_afterwards_they_work(open_api, tmp_path, place):
    api = open_api(None if place == "memory" else f"sqlite:///{tmp_path / 'mock.db'}")
    padding = "x" * 400
    with full_disk(api.store):
        responses = [api.write(f"lives-{number}", padding) for number in range(60)]
        stored = [each for each in responses if each.is_success and "false" not in each.text]
        assert 0 < len(stored) < 60
        for each in responses[len(stored) :]:
            fails(api, each)
        assert api.count() == len(stored)
    assert api.write("after").is_success
    assert api.count() == len(stored) + 1


def test_text_that_no_database_takes_is_refused_by_the_api_and_not_stored(open_api, database):
    api = open_api(database)
    assert api.refusal(api.write("le\0vel")) == (400, "text holds the character NUL")
    assert api.refusal(api.write("".join(map(chr, range(0x4E00, 0x4E00 + 10_000)))))[0] == 400
    assert api.refusal(api.write("x" * 10_000))[0] == 400
    assert api.count() == 0


def test_a_missing_driver_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(
        UnusableDatabaseError, match=r"PostgreSQL needs psycopg: pip install '\S+\[postgresql\]'"
    ):
        load("kws", "postgresql://127.0.0.1:9/nothing")
