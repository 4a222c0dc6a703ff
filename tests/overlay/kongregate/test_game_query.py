"""The query of the game's page is parsed into a player."""

import pytest

import kongregate
from kongregate import GameQuery

QUERY = (
    "kongregate_username=Robin&kongregate_user_id=765&kongregate_game_auth_token=made-up-game-token"
    "&kongregate_game_id=1001&kongregate_host=https%3A%2F%2Fkongregate.example&kongregate_language=en"
)


def test_a_player_is_read_from_the_query():
    query = GameQuery.parse(QUERY)
    assert query == GameQuery(user_id=765, username="Robin", game_auth_token="made-up-game-token")
    assert not query.is_guest


def test_a_player_is_read_from_fields():
    query = GameQuery.parse(
        {"kongregate_username": "Robin", "kongregate_user_id": "765", "kongregate_game_auth_token": "made-up"}
    )
    assert (query.user_id, query.game_auth_token) == (765, "made-up")


@pytest.mark.parametrize("token", ["", "&kongregate_game_auth_token=", "&kongregate_game_auth_token=made-up"])
def test_a_guest_has_no_token(token):
    query = GameQuery.parse(f"kongregate_username=Guest_4711&kongregate_user_id=0{token}")
    assert query.is_guest
    assert query.game_auth_token is None


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("", kongregate.MissingField),
        (QUERY.replace("kongregate_game_auth_token", "token"), kongregate.MissingField),
        (QUERY.replace("765", "Robin"), kongregate.BadShape),
        (QUERY + "&kongregate_user_id=1", kongregate.DuplicateField),
        ("a" * 100_000, kongregate.BodyTooLarge),
    ],
)
def test_a_query_that_is_none_is_refused(query, kind):
    with pytest.raises(kind):
        GameQuery.parse(query)
