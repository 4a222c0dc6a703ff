import gc
import logging
import sqlite3
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable

from kws_mock import KwsBehaviour, Store, create, create_tables, schema
from kws_mock.access import Subject
from kws_mock.codes import issue_code
from openapi_mock import Mock, MovableClock, Settings, UnusableDatabaseError, operation

MOCK = Path(__file__).parents[3] / "mock"
CALLBACK = "https://game.example/callback"


def trigger(client, **body):
    return client.call("triggerEvent", **{"token": "finished-level", **body})


def stars(client):
    return client.call("getScore").json()["score"]


def in_parallel(calls):
    with ThreadPoolExecutor(8) as pool:
        return [each.result() for each in [pool.submit(call) for call in calls]]


@pytest.mark.parametrize("processes", [1, 2], ids=["one mock in memory", "two mocks on one database"])
def test_a_limit_holds_however_many_call_at_once(open_kws, database, processes):
    mocks = [open_kws(database if processes > 1 else None) for _ in range(processes)]
    clients = [each.app() for each in mocks]
    responses = in_parallel([lambda client=client: trigger(client) for client in clients * (30 // processes)])
    assert sorted(each.status_code for each in responses) == [204] * 10 + [403] * 20
    assert [stars(client) for client in clients] == [120] * processes


def test_a_code_serves_once_however_many_redeem_it_at_once(open_kws, database, clock):
    mocks = [open_kws(database) for _ in range(2)]
    with mocks[0].behaviour._store.transaction() as connection:
        code = issue_code(connection, Subject(355, 5073), CALLBACK, None, clock.now_ms)
    form = {"grant_type": "authorization_code", "code": code, "redirectUri": CALLBACK}
    responses = in_parallel([lambda kws=kws: kws.ask_for_token(**form) for kws in mocks * 6])
    assert sorted(each.status_code for each in responses) == [200] + [400] * 11


def test_values_stored_at_once_are_all_there(open_kws, database):
    clients = [open_kws(database).app() for _ in range(2)]

    def store(client, number):
        return client.call("setAppData", name=f"number-{number % 10}", value=number)

    calls = [lambda c=clients[n % 2], n=n: store(c, n) for n in range(40)]
    assert {each.status_code for each in in_parallel(calls)} == {204}
    names = [each["name"] for each in clients[0].call("getAppData").json()["results"]]
    assert names == ["level", *(f"number-{number}" for number in range(10))]


def test_a_file_is_read_again_after_a_restart(open_kws, database):
    before = open_kws(database)
    token = before.token()
    trigger(before.app())
    before.close()
    after = open_kws(database)
    client = after.with_token(token)
    assert stars(client) == 30
    assert client.call("getLeaderboard").json()["count"] == 12


def test_an_acknowledged_write_survives_the_end_of_the_process(open_kws, database):
    program = f"""
import os, sys
sys.path.insert(0, {str(MOCK)!r})
from kws_mock import Settings, create
from kws_mock.access import Subject
from kws_mock import app_data
with create(Settings(database={database!r}))._store.transaction() as connection:
    app_data.write(connection, Subject(355, 5073), "level", 8)
os.kill(os.getpid(), 9)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9  # noqa: S603
    page = open_kws(database).app().call("getAppData").json()
    assert page["results"] == [{"name": "level", "value": 8}]


def test_two_mocks_in_memory_share_nothing(open_kws):
    one, other = open_kws(), open_kws()
    trigger(one.app())
    assert (stars(one.app()), stars(other.app())) == (30, 20)


def test_only_an_empty_database_is_seeded(open_kws, database):
    store = Store(database)
    with store.transaction() as connection:
        create_tables(connection)
        connection.execute(
            insert(schema.currencies).values(id=1, owner="o", singular_name="a", plural_name="b")
        )
        row = {"id": 1, "owner": "o", "name": "Own", "client_id": "own", "client_secret_digest": "x"}
        flags = {"implicit_flow": False, "loopback_redirects": False}
        numbers = {"default_currency_id": 1, "invitation_reward": 1}
        connection.execute(insert(schema.apps).values(**row, **flags, **numbers))
    store.close()
    kws = open_kws(database)
    assert kws.anonymous().call("getRandomDisplayName", appId=1).status_code == 200
    assert kws.anonymous().call("getRandomDisplayName", appId=355).status_code == 404
    assert kws.behaviour.banner() == []


def test_a_handler_that_fails_half_way_leaves_nothing_written(kws, app, monkeypatch):
    def rows():
        with kws.behaviour._store.transaction() as connection:
            return [connection.execute(select(each)).all() for each in schema.metadata.sorted_tables]

    before = rows()
    with monkeypatch.context() as broken:
        # The number of the award and its transaction are written by then.
        broken.setattr("kws_mock.points._BALANCE", None)
        assert trigger(app).status_code == 500
    assert rows() == before
    assert trigger(app).status_code == 204
    assert rows() != before


def test_an_invalid_response_leaves_nothing_written(open_kws, monkeypatch):
    right = KwsBehaviour.set_app_data

    @operation("setAppData")
    def wrong(self, call):
        right(self, call)
        return {"stored": True}

    monkeypatch.setattr(KwsBehaviour, "set_app_data", wrong)
    app = open_kws().app()
    assert app.call("setAppData", name="level", value=8).status_code == 500
    assert app.call("getAppData").json()["results"] == [{"name": "level", "value": 7}]


def test_display_names_are_unique_across_the_instance(kws):
    row = {"app_id": 400, "user_id": 5074, "display_name": "BraveOtter17", "activated_ms": 0, "number": 9}
    with pytest.raises(IntegrityError) as caught, kws.behaviour._store.transaction() as connection:
        connection.execute(insert(schema.activations).values(row))
    # The parameters of a failed statement are not in the message: they may be secrets.
    assert "BraveOtter17" not in str(caught.value)


def test_no_secret_is_kept_as_it_is(kws):
    with kws.behaviour._store.transaction() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM apps").all()
        rows += connection.exec_driver_sql("SELECT * FROM users").all()
    assert "made-up-secret" not in str(rows)
    assert "made-up-password" not in str(rows)


def test_the_banner_shows_credentials_that_work(kws):
    banner = dict(kws.behaviour.banner())
    assert "example-client" in banner["app 355"]
    assert "made-up-secret" in banner["app 355"]
    assert banner["sign-in"].startswith(
        "/oauth?clientId=example-client&redirectUri=https://game.example/callback"
    )


def test_every_operation_has_a_handler(kws):
    assert [each.id for each in kws.mock.operations if not kws.mock.is_handled(each.id)] == []


def test_no_password_is_logged(kws, caplog):
    caplog.set_level(logging.DEBUG)
    kws.ask_for_token(grant_type="authorization_code", code="made-up-code", redirectUri=CALLBACK)
    mine = [each.getMessage() for each in caplog.records if not each.name.startswith("http")]
    assert mine
    assert "made-up" not in "\n".join(mine)


def test_a_store_of_ones_own_needs_no_seed(clock):
    store = Store()
    with store.transaction() as connection:
        create_tables(connection)
    mock = Mock.from_file(
        MOCK.parent / "openapi" / "kws.yaml", KwsBehaviour(store, Settings(clock=MovableClock(clock)))
    )
    assert mock.is_handled("getScore")
    store.close()


def test_the_tables_can_be_made_in_postgresql_too():
    dialect = postgresql.dialect()
    statements = [str(CreateTable(table).compile(dialect=dialect)) for table in schema.metadata.sorted_tables]
    assert any("id BIGSERIAL NOT NULL" in each for each in statements)


def test_a_garbage_collected_store_closes_its_connections(database):
    store = Store(database)
    with store.transaction() as connection:
        raw = connection.connection.driver_connection
    del store
    gc.collect()
    with pytest.raises((sqlite3.ProgrammingError, psycopg.OperationalError), match="closed"):
        raw.execute("SELECT 1")


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "nosuch://there",
        "sqlite:///x?timeout=soon",
        "sqlite:///a\0b",
        "postgresql://me:made-up-secret@127.0.0.1:here/x",
        "postgresql://me:made-up-secret@127.0.0.1:9/x",
        "sqlite:////nowhere/kws.db",
    ],
)
def test_an_unusable_database_is_reported_without_its_password(url):
    with pytest.raises(UnusableDatabaseError) as caught:
        create(Settings(database=url))
    assert "made-up-secret" not in "".join(traceback.format_exception(caught.value))
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_written_is_reported(tmp_path):
    (tmp_path / "kws.db").touch()
    with pytest.raises(UnusableDatabaseError, match="readonly"):
        create(Settings(database=f"sqlite:///file:{tmp_path / 'kws.db'}?mode=ro&uri=true"))


def test_a_file_that_is_not_a_database_stays_unchanged(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("Not a database. " * 100, encoding="utf-8")
    with pytest.raises(UnusableDatabaseError, match=r"notes\.txt: file is not a database"):
        create(Settings(database=f"sqlite:///{file}"))
    assert file.read_text(encoding="utf-8").startswith("Not a database.")


def test_mocks_that_open_a_new_file_at_once_all_find_it_seeded_once(database, clock):
    opened = in_parallel([lambda: create(Settings(database=database, clock=MovableClock(clock)))] * 8)
    with opened[0]._store.transaction() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM signing_keys").scalar() == 1
        assert connection.exec_driver_sql("SELECT count(*) FROM apps").scalar() == 3
    for each in opened:
        each.close()
