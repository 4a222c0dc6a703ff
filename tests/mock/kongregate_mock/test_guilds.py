import pytest

KNIGHT = {"character_identifier": "knight-1", "character_name": "Sir Robin"}


def characters(kongregate):
    return kongregate.execute(
        "SELECT server_identifier, identifier, name, user_id, guild_identifier, guild_admin_level"
        " FROM characters ORDER BY server_identifier, identifier"
    ).all()


def guilds(kongregate):
    return kongregate.execute(
        "SELECT game_id, server_identifier, identifier, name FROM guilds ORDER BY 1, 2, 3"
    ).all()


def servers(kongregate):
    return kongregate.execute("SELECT identifier, name FROM servers ORDER BY 1").all()


SEEDED = (1001, "Default", "round-table", "The Round Table")


def test_a_character_needs_neither_a_player_nor_a_guild(kongregate, robin):
    assert robin.ok("saveCharacter", **KNIGHT) == {
        "success": True,
        "user_id": None,
        "server_identifier": "Default",
        "guild_identifier": None,
        "character_identifier": "knight-1",
    }
    assert characters(kongregate) == [("Default", "knight-1", "Sir Robin", None, None, None)]


def test_a_character_makes_the_guild_that_is_missing(kongregate, robin):
    guild = {"guild_identifier": "owls", "guild_name": "The Owls", "guild_admin_level": "superadmin"}
    response = robin.ok(
        "saveCharacter", **KNIGHT, **guild, user_id=765, server_identifier="eu", server_name="Europe"
    )
    assert response["guild_identifier"] == "owls"
    assert guilds(kongregate) == [SEEDED, (1001, "eu", "owls", "The Owls")]
    assert servers(kongregate) == [("Default", "Default"), ("eu", "Europe")]
    assert characters(kongregate) == [("eu", "knight-1", "Sir Robin", 765, "owls", "superadmin")]


def test_a_guild_made_without_a_name_is_called_by_its_identifier(kongregate, robin):
    robin.ok("saveCharacter", **KNIGHT, guild_identifier="owls")
    assert guilds(kongregate) == [(1001, "Default", "owls", "owls"), SEEDED]


def test_a_character_does_not_rename_a_guild_that_is_there(kongregate, robin):
    robin.ok("saveCharacter", **KNIGHT, guild_identifier="round-table", guild_name="Another")
    assert guilds(kongregate) == [SEEDED]


@pytest.mark.parametrize(("way", "nothing"), [("json", None), ("json", ""), ("form", ""), ("query", "")])
def test_an_empty_guild_takes_a_character_out_of_its_guild(kongregate, robin, way, nothing):
    robin.ok("saveCharacter", **KNIGHT, guild_identifier="round-table", guild_admin_level="admin")
    body = {**KNIGHT, "api_key": "made-up-api-key", "guild_identifier": nothing, "guild_admin_level": "admin"}
    method, path = robin.place("saveCharacter")
    how = {"json": "json", "form": "data", "query": "params"}[way]
    response = robin.request(method, path, **{how: body}).json()
    assert (response["success"], response["guild_identifier"]) == (True, None)
    assert characters(kongregate) == [("Default", "knight-1", "Sir Robin", None, None, None)]
    assert guilds(kongregate) == [SEEDED]


@pytest.mark.parametrize("level", ["superadmin", "admin", "Keeper of the Round Table", ""])
def test_a_level_in_the_guild_is_any_text(kongregate, robin, level):
    robin.ok("saveCharacter", **KNIGHT, guild_identifier="round-table", guild_admin_level=level)
    assert characters(kongregate) == [("Default", "knight-1", "Sir Robin", None, "round-table", level)]


@pytest.mark.parametrize("operation_id", ["saveGuild", "destroyGuild"])
@pytest.mark.parametrize("nothing", ["", None])
def test_a_guild_itself_is_not_named_by_nothing(robin, operation_id, nothing):
    method, path = robin.place(operation_id)
    body = {"api_key": "made-up-api-key", "guild_identifier": nothing, "guild_name": "Owls"}
    response = robin.request(method, path, json=body).json()
    assert (response["success"], response["error"]) == (False, 400)


def test_saving_again_replaces_the_character(kongregate, robin):
    robin.ok("saveCharacter", **KNIGHT, guild_identifier="round-table", user_id=765)
    robin.ok("saveCharacter", character_identifier="knight-1", character_name="Sir Wren", user_id=766)
    assert characters(kongregate) == [("Default", "knight-1", "Sir Wren", 766, None, None)]


def test_servers_keep_characters_apart(kongregate, robin):
    robin.ok("saveCharacter", **KNIGHT)
    robin.ok("saveCharacter", **KNIGHT, server_identifier="eu")
    assert [each[0] for each in characters(kongregate)] == ["Default", "eu"]
    assert servers(kongregate) == [("Default", "Default"), ("eu", "Default")]


def test_a_server_is_renamed_only_by_a_call_that_names_it(kongregate, robin):
    robin.ok("saveCharacter", **KNIGHT, server_identifier="eu", server_name="Europe")
    robin.ok("saveCharacter", **KNIGHT, server_identifier="eu")
    assert servers(kongregate)[1] == ("eu", "Europe")
    robin.ok(
        "saveGuild", guild_identifier="owls", guild_name="Owls", server_identifier="eu", server_name="EU"
    )
    assert servers(kongregate)[1] == ("eu", "EU")


@pytest.mark.parametrize("lonely", [{"guild_name": "The Owls"}, {"guild_admin_level": "admin"}])
def test_what_belongs_to_a_guild_needs_one(kongregate, robin, lonely):
    code, description = robin.refused("saveCharacter", **KNIGHT, **lonely)
    assert (code, description) == (400, f"{next(iter(lonely))} needs guild_identifier")
    assert characters(kongregate) == []


def test_a_character_of_an_unknown_player_is_refused_and_creates_no_guild(kongregate, robin):
    assert robin.refused("saveCharacter", **KNIGHT, guild_identifier="owls", user_id=1) == (
        404,
        "User not found",
    )
    assert guilds(kongregate) == [SEEDED]


def test_a_guild_is_made_and_renamed(kongregate, robin):
    saved = {"success": True, "server_identifier": "Default", "guild_identifier": "owls"}
    assert robin.ok("saveGuild", guild_identifier="owls", guild_name="Owls") == saved
    assert robin.ok("saveGuild", guild_identifier="owls", guild_name="The Owls") == saved
    assert guilds(kongregate) == [(1001, "Default", "owls", "The Owls"), SEEDED]


def test_a_guild_is_its_games_own(kongregate, robin, other_game):
    assert other_game.refused("destroyGuild", guild_identifier="round-table") == (404, "Guild not found")
    other_game.ok("saveGuild", guild_identifier="round-table", guild_name="Other")
    assert guilds(kongregate) == [SEEDED, (1002, "Default", "round-table", "Other")]
    robin.ok("destroyGuild", guild_identifier="round-table")
    assert guilds(kongregate) == [(1002, "Default", "round-table", "Other")]


def test_a_guild_that_is_destroyed_leaves_its_characters(kongregate, robin):
    robin.ok("saveCharacter", **KNIGHT, guild_identifier="round-table", guild_admin_level="admin")
    response = robin.ok("destroyGuild", guild_identifier="round-table")
    assert response == {"server_identifier": "Default", "guild_identifier": "round-table"}
    assert characters(kongregate) == [("Default", "knight-1", "Sir Robin", None, None, None)]
    assert guilds(kongregate) == []
    assert robin.refused("destroyGuild", guild_identifier="round-table") == (404, "Guild not found")


def test_a_guild_is_looked_for_on_its_server(kongregate, robin):
    missing = (404, "Guild not found")
    assert robin.refused("destroyGuild", guild_identifier="round-table", server_identifier="eu") == missing
    assert guilds(kongregate) == [SEEDED]
