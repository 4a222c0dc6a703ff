import pytest

from openapi_mock import Problem


def identifiers(body):
    return [each["identifier"] for each in body["items"]]


def uses(client, owned_id):
    found = [each["remaining_uses"] for each in client.ok("listUserItems")["items"] if each["id"] == owned_id]
    return found[0] if found else None


def test_a_catalogue_is_its_games_own(robin, other_game):
    catalogue = robin.ok("listItems")
    assert identifiers(catalogue) == ["sharp-stick", "potion", "castle"]
    assert catalogue["items"][0] == {
        "id": 11,
        "identifier": "sharp-stick",
        "name": "Sharp Stick",
        "description": "It has a point.",
        "price": 10,
        "tags": ["sword"],
        "game_id": 1001,
        "game_title": "Ocean Quest",
        "image_url": "https://cdn.example/sharp-stick.png",
    }
    assert identifiers(other_game.ok("listItems")) == ["fin"]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        (["sword"], ["sharp-stick"]),
        (["magic"], ["potion"]),
        (["magic", "sword"], ["sharp-stick", "potion"]),
        (["drink", "magic"], ["potion"]),
        (["nothing"], []),
    ],
)
def test_tags_choose_items_that_carry_at_least_one_of_them(robin, tags, found):
    assert identifiers(robin.ok("listItems", tags=tags)) == found


def test_all_tags_of_an_item_are_returned_for_any_requested_tag(robin):
    assert robin.ok("listItems", tags=["magic"])["items"][0]["tags"] == ["drink", "magic"]


def test_an_inventory_has_what_can_be_used_and_what_never_runs_out(robin, wren, other_game):
    found = robin.ok("listUserItems")
    assert [(each["id"], each["remaining_uses"]) for each in found["items"]] == [(4711, 3), (4712, None)]
    assert list(found["items"][0]) == ["id", "identifier", "name", "description", "remaining_uses", "data"]
    assert wren.ok("listUserItems")["items"] == []
    assert other_game.ok("listUserItems")["items"] == []


def test_each_use_is_counted_and_recorded_until_none_is_left(kongregate, robin, clock):
    responses = [robin.ok("use", id=4711) for _ in range(3)]
    assert [each["remaining_uses"] for each in responses] == [2, 1, 0]
    first = responses[0]["usage_record_id"]
    assert [each["usage_record_id"] for each in responses] == [first, first + 1, first + 2]
    assert uses(robin, 4711) is None
    assert robin.refused("use", id=4711) == (400, "This item has no uses left")
    records = kongregate.execute("SELECT owned_item_id, used_ms FROM usage_records WHERE id > 9000").all()
    assert records == [(4711, clock.now_ms)] * 3


def test_an_unlimited_item_and_a_used_up_one_cannot_be_used(robin):
    assert robin.refused("use", id=4712) == (400, "This item is unlimited and cannot be used")
    assert robin.refused("use", id=4713) == (400, "This item has no uses left")


def test_only_the_owner_in_the_same_game_can_use_an_item(robin, wren, other_game):
    for client in (wren, other_game):
        assert client.refused("use", id=4711) == (404, "Item not found")
    assert robin.refused("use", id=1) == (404, "Item not found")
    assert robin.refused("use", id=4711, game_auth_token="wrong") == (403, "Invalid credentials")
    assert uses(robin, 4711) == 3


def test_what_is_given_from_the_catalogue_is_owned(kongregate, robin, wren):
    number = kongregate.site.give_item(1001, 766, "potion")
    assert wren.ok("use", id=number)["remaining_uses"] == 0
    castle = kongregate.site.give_item(1001, 766, "castle")
    assert [(each["id"], each["name"]) for each in wren.ok("listUserItems")["items"]] == [(castle, "Castle")]
    assert robin.ok("listUserItems")["items"][0]["id"] == 4711


def test_only_what_is_in_the_games_catalogue_can_be_given(kongregate):
    for game_id, identifier in ((1001, "fin"), (1001, "nothing"), (1, "fin")):
        with pytest.raises(Problem, match="Item not found"):
            kongregate.site.give_item(game_id, 765, identifier)


def test_items_of_an_unknown_player_are_not_found(robin):
    assert robin.refused("listUserItems", user_id=1) == (404, "User not found")


@pytest.mark.parametrize(
    "operation_id", ["listItems", "listUserItems", "use", "submit", "sendPrivateMessage"]
)
def test_a_wrong_key_is_refused(robin, operation_id):
    values = {**robin.sample(operation_id), "api_key": "made-up-api-key-3"}
    assert robin.refused(operation_id, **values) == (403, "Invalid credentials")
