import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, select

from openapi_mock.state import Store, upsert

METADATA = MetaData()
WORDS = Table(
    "words",
    METADATA,
    Column("language", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("word", String, nullable=False),
    Column("uses", Integer),
)


@pytest.fixture
def store():
    store = Store(METADATA)
    store.set_up(lambda _: None)
    yield store
    store.close()


def test_upsert_inserts_a_row_and_then_updates_it_alone(store):
    with store.transaction() as connection:
        upsert(connection, WORDS, {"language": "en", "number": 1}, word="one", uses=5)
        upsert(connection, WORDS, {"language": "en", "number": 2}, word="two")
        upsert(connection, WORDS, {"language": "en", "number": 1}, word="ONE")
        rows = connection.execute(select(WORDS).order_by(WORDS.c.number)).all()
    assert [tuple(row) for row in rows] == [("en", 1, "ONE", 5), ("en", 2, "two", None)]
