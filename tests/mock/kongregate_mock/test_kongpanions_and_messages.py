import pytest


def refusal(client, **values):
    response = client.call("sendPrivateMessage", **values)
    assert response.status_code == 200
    return response.json()


def test_all_kongpanions_are_listed(kongregate):
    found = kongregate.client().ok("listKongpanions")["kongpanions"]
    assert [each["name"] for each in found] == ["Hoot", "Sprocket", "Inky"]
    assert found[1] == {
        "id": 2,
        "name": "Sprocket",
        "description": "A robot.",
        "tags": ["machine", "small"],
        "normal_icon_url": "https://cdn.example/sprocket.png",
        "normal_icon_url_medium": "https://cdn.example/sprocket-m.png",
        "normal_icon_url_small": "https://cdn.example/sprocket-s.png",
        "shiny_icon_url": "https://cdn.example/sprocket-shiny.png",
        "shiny_icon_url_medium": "https://cdn.example/sprocket-shiny-m.png",
        "shiny_icon_url_small": "https://cdn.example/sprocket-shiny-s.png",
    }


@pytest.mark.parametrize(
    ("query", "has"),
    [
        ({"username": "Robin"}, {"Hoot": False, "Inky": True}),
        ({"user_id": 766}, {"Hoot": True}),
        ({"user_id": 767}, {}),
    ],
)
def test_a_players_kongpanions_are_shiny_or_not(kongregate, query, has):
    found = kongregate.client().ok("listUserKongpanions", **query)["kongpanions"]
    assert {each["name"]: each["shiny"] for each in found} == has


@pytest.mark.parametrize(
    ("query", "failure"),
    [
        ({}, (400, "Required: username or user_id")),
        ({"username": "Robin", "user_id": 765}, (400, "Give only one of username or user_id")),
        ({"username": "Nobody"}, (404, "User not found")),
    ],
)
def test_whose_kongpanions_has_to_be_clear(kongregate, query, failure):
    assert kongregate.client().refused("listUserKongpanions", **query) == failure


def test_a_player_gets_one_message_a_day(kongregate, robin, clock):
    assert robin.ok("sendPrivateMessage", user_id=766, content="Hi") == {"success": True}
    again = {"success": False, "errors": ["This player was sent a message today"]}
    assert refusal(robin, username="Wren", content="Hi again") == again
    clock.wait(hours=8)
    assert refusal(robin, user_id=766, content="Hi again") == again
    clock.wait(hours=1)
    assert robin.ok(
        "sendPrivateMessage", username="Wren", content="Monday", image_url="https://cdn.example/a.png"
    )
    kept = kongregate.execute("SELECT content, image_url FROM messages ORDER BY day").all()
    assert kept == [("Hi", None), ("Monday", "https://cdn.example/a.png")]


def test_messages_of_other_games_and_to_other_players_do_not_count(robin, other_game):
    for client, user_id in ((robin, 766), (robin, 765), (other_game, 766)):
        assert client.ok("sendPrivateMessage", user_id=user_id, content="Hi") == {"success": True}


@pytest.mark.parametrize(
    ("to", "error"),
    [
        ({}, "Required: username or user_id"),
        ({"user_id": 766, "username": "Wren"}, "Give only one of username or user_id"),
        ({"user_id": 1}, "User not found"),
    ],
)
def test_the_errors_of_a_message_are_a_list(robin, to, error):
    assert refusal(robin, content="Hi", **to) == {"success": False, "errors": [error]}


def test_missing_credentials_have_the_common_error(robin):
    assert robin.refused("sendPrivateMessage", user_id=766) == (
        400,
        "api_key and content are required parameters",
    )
