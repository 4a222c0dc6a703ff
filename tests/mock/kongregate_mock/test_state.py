from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from kongregate_mock import KongregateBehaviour, Store, create, schema
from openapi_mock import Document, Mock, Settings, UnusableDatabaseError, load

SPEC = Path(__file__).parents[3] / "openapi" / "kongregate.yaml"
OPERATIONS = [each.id for each in Mock(Document.load(SPEC)).operations]
# The documentation's example of one response lacks `success`, and another response is a bare list.
WITHOUT_SUCCESS = {"destroyGuild", "listBadges"}
ROBIN = {"api_key": "made-up-api-key", "user_id": 765, "game_auth_token": "made-up-game-token"}


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_the_documents_example_of_a_request_succeeds_on_a_fresh_mock(kongregate, operation_id):
    client = kongregate.client()
    response = client.ok(operation_id, **client.sample(operation_id))
    assert operation_id in WITHOUT_SUCCESS or response["success"] is True


def test_every_operation_has_a_handler(kongregate):
    assert [each.id for each in kongregate.mock.operations if not kongregate.mock.is_handled(each.id)] == []


def in_parallel(calls):
    with ThreadPoolExecutor(8) as pool:
        return [each.result() for each in [pool.submit(call) for call in calls]]


@pytest.mark.parametrize("processes", [1, 2], ids=["one mock in memory", "two mocks on one database"])
def test_uses_are_counted_right_however_many_call_at_once(open_kongregate, database, processes):
    mocks = [open_kongregate(database if processes > 1 else None) for _ in range(processes)]
    clients = [each.client(**ROBIN) for each in mocks]
    responses = in_parallel([lambda c=c: c.call("use", id=4711).json() for c in clients * (12 // processes)])
    assert sorted(each["remaining_uses"] for each in responses if each["success"]) == [0, 1, 2]
    assert {each.get("error") for each in responses} == {None, 400}


def test_sums_are_right_and_one_message_is_sent_however_many_call_at_once(open_kongregate, database):
    clients = [open_kongregate(database).client(**ROBIN) for _ in range(2)]
    in_parallel([lambda c=c: c.ok("submit", user_id=767, coins=3) for c in clients * 10])
    message = {"user_id": 767, "content": "Hi"}
    sent = in_parallel([lambda c=c: c.call("sendPrivateMessage", **message).json() for c in clients * 5])
    assert [each["success"] for each in sent].count(True) == 1
    found = clients[0].ok("getHighScores", scope="lifetime", statistic_id=31, lifetime_page=10)
    assert [each["score"] for each in found["lifetime_scores"] if each["username"] == "Kit"] == [60]


def test_a_file_is_read_again_after_a_restart(open_kongregate, database):
    before = open_kongregate(database)
    before.client(**ROBIN).ok("use", id=4711)
    before.site.change_password(765)
    token = before.site.game_auth_token(1001, 765)
    before.close()
    after = open_kongregate(database).client(**ROBIN | {"game_auth_token": token})
    assert after.ok("listUserItems")["items"][0]["remaining_uses"] == 2
    assert after.ok("authenticate")["username"] == "Robin"


def test_two_mocks_in_memory_share_nothing(open_kongregate):
    one, other = (open_kongregate().client(**ROBIN) for _ in range(2))
    one.ok("use", id=4711)
    assert other.ok("use", id=4711)["remaining_uses"] == 2


def test_a_database_of_ones_own_is_not_seeded(open_kongregate, database):
    store = Store(schema.metadata, database)
    game = {"id": 1, "title": "Own", "url": "https://own.example", "api_key": "made-up-own-key"}
    store.set_up(lambda connection: connection.execute(insert(schema.games).values(game)))
    store.close()
    kongregate = open_kongregate(database)
    assert kongregate.client(api_key="made-up-own-key").ok("listItems")["items"] == []
    assert kongregate.client(**ROBIN).refused("listItems") == (403, "Invalid credentials")
    assert not [value for _, value in kongregate.behaviour.banner() if "made-up" in value]


def test_a_handler_that_fails_half_way_leaves_nothing_written(kongregate, robin, monkeypatch):
    written = []

    def save(connection, table, key, **row):
        written.append(table.name)
        if table.name == "characters":
            raise RuntimeError
        connection.execute(insert(table).values(**key, **row))

    monkeypatch.setattr("kongregate_mock.guilds.upsert", save)
    values = {"character_identifier": "a", "character_name": "A", "guild_identifier": "owls"}
    assert robin.call("saveCharacter", **values).status_code == 500
    assert written == ["guilds", "characters"]
    assert kongregate.execute("SELECT count(*) FROM guilds").scalar() == 1


def test_the_banner_shows_credentials_that_work(kongregate):
    banner = dict(kongregate.behaviour.banner())
    assert "made-up-api-key" in banner["game 1001"]
    assert "made-up-game-token-wren" in banner["user 766"]
    kongregate.site.change_password(766)
    assert "user 766" not in dict(kongregate.behaviour.banner())


def test_it_is_found_by_its_name(database):
    with load("kongregate", database) as mock:
        assert isinstance(mock.behaviour, KongregateBehaviour)
        assert {each.bases for each in mock.operations} == {("",)}


def test_an_unusable_database_is_reported():
    with pytest.raises(UnusableDatabaseError):
        create(Settings(database="sqlite:////nowhere/kongregate.db"))


def test_the_database_of_another_mock_is_refused_and_left_as_it_is(tmp_path):
    file = tmp_path / "kws.db"
    load("kws", f"sqlite:///{file}").close()
    before = file.read_bytes()
    with pytest.raises(UnusableDatabaseError, match=r"its table users has no .*; it is another mock's"):
        load("kongregate", f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_the_tables_can_be_made_in_postgresql_too():
    dialect = postgresql.dialect()
    statements = [str(CreateTable(table).compile(dialect=dialect)) for table in schema.metadata.sorted_tables]
    assert any("GENERATED BY DEFAULT AS IDENTITY (START WITH 10001)" in each for each in statements)
