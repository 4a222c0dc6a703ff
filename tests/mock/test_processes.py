"""Mocks in processes of their own over one database: what they grant once, and what a crash leaves."""

import asyncio
import logging
import os
import random
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import psycopg
import pytest

import openapi_mock
import openapi_reader
from kws_mock import schema
from kws_mock.tokens import TokenIssuer
from openapi_mock import Request
from openapi_mock.state import Store, counters

pytestmark = pytest.mark.slow

CALLS = 200
TRIES = 20
LONGEST_WAIT_S = 20
ROUNDS = int(os.environ.get("CRASH_ROUNDS", "2"))
"""How many crashes each database has to survive."""
WRITERS = 4
SEED = Path(schema.__file__).with_name("seed.yaml")
CALLBACK = "https://game.example/callback"
CLIENT = ("example-client", "made-up-secret")
ROBIN = {"api_key": "made-up-api-key", "user_id": 765, "game_auth_token": "made-up-game-token"}

logger = logging.getLogger("tests.crashes")


@pytest.fixture
def serve_two(serve_apart):
    """Serve one API by two processes, which start at the same time, and return their URLs."""

    def serve(api, database):
        with ThreadPoolExecutor(2) as pool:
            started = [pool.submit(serve_apart, api, "--database", database) for _ in range(2)]
            return [each.result().url for each in started]

    return serve


def at_once(urls, path, **request):
    """Send the same request many times, to all URLs in turn, and return the responses.

    On a busy machine a request may wait for its lock for too long. It had no effect then, and is repeated.
    """

    async def send_one(http, url):
        response = None
        for _ in range(TRIES):
            response = await http.post(url + path, **request)
            if response.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
        return response

    async def send_all():
        limits = httpx.Limits(max_connections=100)
        async with httpx.AsyncClient(limits=limits, timeout=60) as http:
            return await asyncio.gather(*(send_one(http, urls[each % len(urls)]) for each in range(CALLS)))

    return asyncio.run(send_all())


def bearer(url):
    form = {"grant_type": "client_credentials"}
    token = httpx.post(f"{url}/oauth/token", data=form, auth=CLIENT).json()["access_token"]
    return {"authorization": f"Bearer {token}"}


def test_a_code_is_exchanged_once_however_many_ask_two_processes_for_it(serve_two, postgresql):
    urls = serve_two("kws", postgresql)
    started = {"clientId": CLIENT[0], "redirectUri": CALLBACK}
    page = httpx.post(
        f"{urls[0]}/oauth", data={**started, "username": "robin", "password": "made-up-password"}
    )
    code = parse_qs(urlsplit(page.headers["location"]).query)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "redirectUri": CALLBACK}
    responses = at_once(urls, "/oauth/token", data=form, auth=CLIENT)
    assert Counter(each.status_code for each in responses) == {200: 1, 400: CALLS - 1}


def test_an_item_is_used_as_often_as_it_can_be_however_many_ask_two_processes(serve_two, postgresql):
    urls = serve_two("kongregate", postgresql)
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("UPDATE owned_items SET remaining_uses = 50 WHERE id = 4711")
    bodies = [each.json() for each in at_once(urls, "/api/use_item.json", json={**ROBIN, "id": 4711})]
    used = [each for each in bodies if each["success"]]
    assert sorted(each["remaining_uses"] for each in used) == list(range(50))
    assert len({each["usage_record_id"] for each in used}) == 50
    assert {each["error"] for each in bodies if not each["success"]} == {400}


def test_an_event_awards_up_to_its_limit_however_many_ask_two_processes(serve_two, postgresql):
    urls = serve_two("kws", postgresql)
    headers = bearer(urls[0])
    body = {"token": "finished-level"}
    responses = at_once(urls, "/v1/users/5073/triggerEvent", json=body, headers=headers)
    assert Counter(each.status_code for each in responses) == {204: 10, 403: CALLS - 10}
    for url in urls:
        score = httpx.get(f"{url}/v2/apps/355/users/5073/score", headers=headers).json()
        assert score["score"] == 20 + 10 * 10


def test_a_user_joins_an_app_once_however_many_sign_ins_two_processes_get(serve_two, postgresql):
    urls = serve_two("kws", postgresql)
    form = {
        "clientId": "other-client",
        "redirectUri": "https://forest.example/callback?from=kws",
        "username": "kim",
        "password": "made-up-password",
    }
    responses = at_once(urls, "/oauth", data=form)
    assert Counter(each.status_code for each in responses) == {303: CALLS}
    with psycopg.connect(postgresql) as connection:
        joined = connection.execute("SELECT count(*) FROM activations WHERE app_id = 400").fetchone()
    assert joined == (2,)


class Writer:
    """Writes until the server is gone, and remembers what was acknowledged."""

    def __init__(self):
        self.stored = set()
        self.tried = set()
        self.awarded = 0
        self.award_tries = 0

    def run(self, url, headers, prefix, may_end):
        with httpx.Client(base_url=url, headers=headers, timeout=20) as http:
            for number in range(100_000):
                if may_end.is_set():
                    return
                try:
                    self._write(http, f"{prefix}-{number}")
                except httpx.TransportError:
                    return

    def _write(self, http, name):
        self.tried.add(name)
        if http.post("/v1/apps/355/users/5073/appData/set", json={"name": name, "value": 1}).is_success:
            self.stored.add(name)
        self.award_tries += 1
        response = http.post("/v1/users/5073/triggerEvent", json={"token": "daily-login"})
        self.awarded += response.is_success


def crash_under_load(serve_apart, database, writer, round_number, between=lambda: None):
    """Let writers work, and kill the mock while they do."""
    before = sum(len(each.stored) for each in writer)
    served = serve_apart("kws", "--database", database)
    headers, may_end = bearer(served.url), threading.Event()
    with ThreadPoolExecutor(WRITERS) as pool:
        try:
            running = [
                pool.submit(writer[each].run, served.url, headers, f"{round_number}-{each}", may_end)
                for each in range(WRITERS)
            ]
            wait_for_writes(writer, before)
            time.sleep(random.uniform(0.1, 0.5))
            between()
            served.end(signal.SIGKILL)
        finally:
            may_end.set()
        for each in running:
            each.result()


def wait_for_writes(writers, before):
    """Wait until something more was acknowledged."""
    deadline = time.monotonic() + LONGEST_WAIT_S
    while sum(len(each.stored) for each in writers) == before and time.monotonic() < deadline:
        time.sleep(0.01)


def check(database, writers):
    """Check that what was acknowledged is there, that nothing else is, and that the sums are right."""
    store = Store(schema.metadata, database)
    try:
        rows = store.export()
    finally:
        store.close()
    stored = set().union(*(each.stored for each in writers))
    tried = set().union(*(each.tried for each in writers))
    there = {row["name"] for row in rows["app_data"] if row["user_id"] == 5073} - {"level"}
    assert stored <= there <= tried
    awards = [row for row in rows["transactions"] if row["event_id"] == 13]
    assert sum(each.awarded for each in writers) <= len(awards) <= sum(each.award_tries for each in writers)
    assert sorted(row["event_number"] for row in awards) == list(range(1, len(awards) + 1))
    sums = Counter()
    for row in rows["transactions"]:
        sums[row["user_id"], row["app_id"], row["currency_id"], row["kind"]] += row["amount"]
    for row in rows["balances"]:
        for kind in ("received", "pending", "spent"):
            assert row[kind] == sums[row["user_id"], row["app_id"], row["currency_id"], kind]
    return len(stored) + sum(each.awarded for each in writers)


def test_no_acknowledged_write_is_lost_when_a_mock_on_a_file_is_killed(serve_apart, tmp_path):
    database = f"sqlite:///{tmp_path / 'kws.db'}"
    writers = [Writer() for _ in range(WRITERS)]
    for each in range(ROUNDS):
        crash_under_load(serve_apart, database, writers, each)
        acknowledged = check(database, writers)
    logger.info("%d crashes, %d acknowledged writes, none lost", ROUNDS, acknowledged)
    assert acknowledged > 0


def test_no_acknowledged_write_is_lost_when_a_mock_on_postgresql_or_its_server_is_killed(
    serve_apart, unreliable_postgresql
):
    _, database = unreliable_postgresql.create_database()
    writers = [Writer() for _ in range(WRITERS)]

    def crash_the_server():
        unreliable_postgresql.stop(signal.SIGKILL)
        time.sleep(0.05)
        unreliable_postgresql.start()

    for each in range(ROUNDS):
        between = crash_the_server if each % 2 else lambda: None
        crash_under_load(serve_apart, database, writers, each, between)
        acknowledged = check(database, writers)
    logger.info("%d crashes, %d acknowledged writes, none lost", ROUNDS, acknowledged)
    assert acknowledged > 0


@pytest.fixture
def open_two(database):
    """Two mocks of KWS over one database, each as in a process of its own."""
    mocks = [openapi_mock.load("kws", database=database) for _ in range(2)]
    yield mocks
    for mock in mocks:
        mock.close()


def is_accepted(mock, token):
    path = "/v2/apps/355/users/5073/points"
    response = mock.handle(Request("GET", path, {"authorization": f"Bearer {token}"}))
    assert response.status in {200, 401}
    return response.status == httpx.codes.OK


@pytest.mark.parametrize("replace", ["reset", "load", "load without a key", "restore", "seed"])
def test_tokens_are_valid_in_all_processes_after_one_of_them_has_replaced_the_state(open_two, replace):
    one, other = open_two
    snapshot, rows = one.control.snapshot(), one.control.export()
    match replace:
        case "reset":
            one.control.reset()
        case "load":
            rows["signing_keys"][0]["key"] = "another-key-that-is-made-up-for-this-test"
            one.control.load(rows)
        case "load without a key":
            one.control.load({**rows, "signing_keys": []})
        case "restore":
            one.control.restore(snapshot)
        case "seed":
            one.control.seed(openapi_reader.read(SEED).value)
    assert is_accepted(other, one.control.token())
    assert is_accepted(one, other.control.token())


def test_forged_tokens_do_not_have_the_key_read_each_time(open_two, monkeypatch):
    mock, _ = open_two
    read, really = [], TokenIssuer._read

    def count(*given):
        read.append(1)
        really(*given)

    monkeypatch.setattr(TokenIssuer, "_read", count)
    for _ in range(500):
        assert not is_accepted(mock, "forged")
    assert len(read) < 50


def test_a_state_that_could_not_be_replaced_leaves_the_key(open_two, monkeypatch):
    mock, _ = open_two
    token, rows = mock.control.token(), mock.control.export()
    rows["signing_keys"][0]["key"] = "another-key-that-is-made-up-for-this-test"

    def fail(*_):
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(counters, "advance", fail)
        with pytest.raises(ZeroDivisionError):
            mock.control.load(rows)
    assert is_accepted(mock, token)
