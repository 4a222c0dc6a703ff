import pytest

from kws_mock import app_data
from kws_mock.access import Subject
from kws_mock.paging import Page


def store(client, name, value):
    response = client.call("setAppData", name=name, value=value)
    assert (response.status_code, response.content) == (204, b"")


def stored(client, **query):
    page = client.call("getAppData", **query).json()
    return {each["name"]: each["value"] for each in page["results"]}


def test_what_is_stored_is_read_back(app):
    store(app, "depth", 12)
    assert stored(app) == {"level": 7, "depth": 12}
    assert stored(app, name="depth") == {"depth": 12}


@pytest.mark.parametrize(
    "name", ["a", "päron", "a/b?c=d&e", "'; DROP TABLE app_data; --", "%", " ", "level "]
)
@pytest.mark.parametrize("value", [0, -1, 2**53 - 1, -(2**53) + 1])
def test_whatever_the_document_allows_can_be_kept(kws, name, value):
    subject = Subject(355, 5073)
    with kws.behaviour._store.transaction() as connection:
        app_data.write(connection, subject, name, value)
        page = app_data.read(connection, subject, Page(0, 10), name)
    assert page["results"] == [{"name": name, "value": value}]


def test_storing_again_replaces(app):
    store(app, "level", 8)
    assert stored(app) == {"level": 8}


def test_a_whole_number_with_a_point_is_a_whole_number(app):
    store(app, "level", 8.0)
    assert stored(app) == {"level": 8}


def test_what_is_forgotten_is_gone(app):
    response = app.call("deleteAppData", name="level")
    assert (response.status_code, response.content) == (204, b"")
    assert stored(app) == {}


def test_deleting_an_unknown_name_is_not_an_error(app):
    assert app.call("deleteAppData", name="nothing").status_code == 204
    assert stored(app) == {"level": 7}


def test_each_user_and_each_app_has_values_of_their_own(kws, app):
    kws.app(356).call("setAppData", name="level", value=1)
    app.call("setAppData", userId=5074, name="level", value=2)
    assert stored(app) == {"level": 7}


def test_pages_are_cut_by_offset_and_limit(app):
    for value, name in enumerate(["acorns", "beads", "coins", "depth", "eggs"]):
        store(app, name, value)
    page = app.call("getAppData", offset=1, limit=2).json()
    results = [{"name": "beads", "value": 1}, {"name": "coins", "value": 2}]
    assert page == {"offset": 1, "limit": 2, "count": 6, "results": results}
    assert app.call("getAppData", offset=6, limit=2).json()["results"] == []


def test_the_server_decides_on_a_limit_that_is_left_out_or_0(app):
    page = app.call("getAppData").json()
    assert (page["offset"], page["limit"], page["count"]) == (0, 1000, 1)
    assert Page.of({"limit": 0}) == Page.of({})


def test_the_profile_lists_what_is_stored(app):
    store(app, "depth", 4)
    profile = app.call("getProfile").json()
    assert profile["appData"] == [{"name": "depth", "value": 4}, {"name": "level", "value": 7}]
