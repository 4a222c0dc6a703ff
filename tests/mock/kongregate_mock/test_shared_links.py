import pytest

from openapi_mock import Problem

LINK = {"id": "cave", "name": "The cave", "type": "level", "link_params": "kv_level=9"}


@pytest.fixture
def create(robin, clock):
    """Create a link that expires in an hour."""

    def create(client=robin, **values):
        return client.ok("createSharedLink", **{**LINK, "expiration": clock.now_ms // 1000 + 3600, **values})

    return create


def is_missing(site, link_id, game_id=1001):
    with pytest.raises(Problem, match="Shared link not found"):
        site.follow_link(game_id, link_id)
    return True


def test_a_link_hands_its_parameters_to_the_game(kongregate, create):
    assert create() == {"success": True}
    assert kongregate.site.follow_link(1001, "cave") == {"kv_level": "9"}


def test_only_parameters_in_kv_pass(kongregate, create):
    create(link_params="?kv_a=1&level=9&KV_b=2&kv_c=%26&kv_d=")
    assert kongregate.site.follow_link(1001, "cave") == {"kv_a": "1", "kv_c": "&", "kv_d": ""}


def test_further_parameters_are_json(kongregate, create):
    create(kv_params='{"depth": 3, "with": ["a", null]}')
    assert kongregate.site.follow_link(1001, "cave") == {"kv_level": "9", "depth": 3, "with": ["a", None]}


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("{", "kv_params is not JSON"),
        ("", "kv_params is not JSON"),
        ("[1]", "kv_params is not a JSON object"),
        ("7", "kv_params is not a JSON object"),
    ],
)
def test_further_parameters_have_to_be_a_json_object(kongregate, robin, text, description):
    values = {**LINK, "expiration": 4102444800, "kv_params": text}
    assert robin.refused("createSharedLink", **values) == (400, description)
    assert is_missing(kongregate.site, "cave")


def test_a_link_expires(kongregate, robin, clock, create):
    create()
    clock.wait(hours=1)
    assert is_missing(kongregate.site, "cave")
    assert robin.refused("destroySharedLink", id="cave") == (404, "Shared link not found")


def test_a_link_cannot_have_expired_already(robin, clock):
    values = {**LINK, "expiration": clock.now_ms // 1000}
    assert robin.refused("createSharedLink", **values) == (400, "expiration is in the past")


def test_the_same_player_makes_a_link_anew(kongregate, create):
    create()
    create(link_params="kv_level=10")
    assert kongregate.site.follow_link(1001, "cave") == {"kv_level": "10"}


def test_another_players_link_is_not_replaced_until_it_expires(kongregate, wren, clock, create):
    create()
    values = {**LINK, "expiration": 4102444800, "link_params": "kv_by=wren"}
    assert wren.refused("createSharedLink", **values) == (400, "id is that of another player's link")
    clock.wait(hours=1)
    assert wren.ok("createSharedLink", **values)
    assert kongregate.site.follow_link(1001, "cave") == {"kv_by": "wren"}


def test_each_game_has_links_of_its_own(kongregate, other_game, create):
    create()
    create(other_game, link_params="kv_level=1")
    assert kongregate.site.follow_link(1001, "cave") == {"kv_level": "9"}
    assert kongregate.site.follow_link(1002, "cave") == {"kv_level": "1"}


def test_only_who_shared_a_link_takes_it_down(kongregate, robin, wren, other_game):
    for client in (wren, other_game):
        assert client.refused("destroySharedLink", id="level-7") == (404, "Shared link not found")
    assert kongregate.site.follow_link(1001, "level-7") == {"kv_level": "7"}
    assert robin.ok("destroySharedLink", id="level-7") == {"success": True}
    assert is_missing(kongregate.site, "level-7")


def test_a_link_takes_the_players_token(robin):
    values = {**LINK, "expiration": 4102444800, "game_auth_token": "wrong"}
    assert robin.refused("createSharedLink", **values) == (403, "Invalid credentials")
    assert robin.refused("destroySharedLink", id="level-7", game_auth_token="wrong") == (
        403,
        "Invalid credentials",
    )


def test_too_many_parameters_are_refused(robin):
    values = {**LINK, "expiration": 4102444800, "link_params": "&".join(["kv_a=1"] * 101)}
    assert robin.refused("createSharedLink", **values) == (400, "link_params has more than 100 parameters")
