"""Small sites to begin with, on which rare players are frequent: private, muted, without anything."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

GAMES = {
    1001: ("Ocean Quest", "made-up-api-key", "https://games.example/ocean-quest"),
    1002: ("Reef Run", "made-up-api-key-2", "https://reef.example/run?a=b"),
}
STATISTICS = {
    31: ("coins", "Add"),
    32: ("best-time", "Min"),
    33: ("high-score", "Max"),
    34: ("rank", "Replace"),
}
NAMES = ("Robin", "robin", "Wren", "Ärzte & Co.", "Kit/Kat", "a+b%20c", "Guest", "0", "x" * 150)
SCOPES = ("daily", "weekly", "lifetime")
MOST = 2**63 - 1
SEEDED_MOST = 2**53 - 1

_flags = st.sampled_from([False, False, True])
_counts = st.sampled_from([0, 1, 2, 7, SEEDED_MOST])
_times = st.sampled_from(
    ["1970-01-01T00:00:00Z", "2016-04-10T13:20:59Z", "2016-04-10T06:20:59-07:00", "2100-01-01T00:00:00Z"]
)
_tags = st.lists(st.sampled_from(["sword", "drink", "ä"]), unique=True, max_size=3)


def _some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.just([]), values)


@st.composite
def seeds(draw: st.DrawFn) -> dict[str, Any]:
    """A site of two games and a few players, in the terms of its seed file."""
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=3, max_size=len(NAMES)))
    numbers = draw(st.lists(st.integers(1, 999), unique=True, min_size=len(names), max_size=len(names)))
    sold = {
        game: draw(st.lists(_items(), unique_by=lambda each: each["identifier"], max_size=3))
        for game in GAMES
    }
    for number, item in enumerate((each for listed in sold.values() for each in listed), 1):
        item["id"] = number * 10
    companions = draw(st.lists(_companions(), unique_by=lambda each: each["id"], max_size=3))
    statistics = [{"id": each, "name": name, "type": kind} for each, (name, kind) in STATISTICS.items()]
    return {
        "games": [
            {
                "id": game,
                "title": title,
                "api_key": key,
                "url": url,
                "items": sold[game],
                "statistics": statistics if game == 1001 else [{"id": 41, "name": "coins", "type": "Add"}],
            }
            for game, (title, key, url) in GAMES.items()
        ],
        "kongpanions": companions,
        "users": [
            draw(_players(number, name, [each for each in numbers if each != number], sold, companions))
            for number, name in zip(numbers, names, strict=True)
        ],
    }


@st.composite
def _items(draw: st.DrawFn) -> dict[str, Any]:
    identifier = draw(st.sampled_from(["sharp-stick", "potion", "castle", "ä b"]))
    return {
        "identifier": identifier,
        "name": identifier.title(),
        "description": draw(st.sampled_from(["", "It has a point.", "ä"])),
        "price": draw(_counts),
        "tags": draw(_tags),
        "image_url": f"https://cdn.example/{len(identifier)}.png",
        **({"uses": draw(st.integers(1, 3))} if draw(st.booleans()) else {}),
    }


@st.composite
def _companions(draw: st.DrawFn) -> dict[str, Any]:
    number = draw(st.integers(1, 5))
    icons = f"https://cdn.example/kongpanions/{number}"
    return {"id": number, "name": f"K{number}", "description": "ä", "tags": draw(_tags), "icon_url": icons}


@st.composite
def _players(
    draw: st.DrawFn,
    number: int,
    name: str,
    others: list[int],
    sold: dict[int, list[dict[str, Any]]],
    companions: list[dict[str, Any]],
) -> dict[str, Any]:
    pairs = [(game, item["identifier"]) for game, listed in sold.items() for item in listed]
    owned = draw(_some(st.lists(st.sampled_from(pairs), max_size=3))) if pairs else []
    ids = [each["id"] for each in companions]
    badges = st.fixed_dictionaries({"badge_id": st.integers(1, 9), "created_at": _times})
    return {
        "id": number,
        "username": name,
        "private": draw(_flags),
        "level": draw(st.sampled_from([1, 7, 1_000_000])),
        "points": draw(_counts),
        "kreds": draw(_counts),
        "avatar_url": f"https://cdn.example/{number}.png",
        "chat_avatar_url": f"https://cdn.example/{number}-chat.png",
        **{flag: draw(_flags) for flag in ("developer", "moderator", "admin")},
        **({"playing": draw(st.sampled_from([*GAMES]))} if draw(st.booleans()) else {}),
        **({"gender": draw(st.sampled_from(["Female", "ä"]))} if draw(st.booleans()) else {}),
        **({"age": draw(st.sampled_from([1, 12, 200]))} if draw(st.booleans()) else {}),
        "game_auth_tokens": [
            {"game_id": game, "token": f"made-up-token-{game}-{number}"}
            for game in GAMES
            if draw(st.booleans())
        ],
        "friends": draw(_some(st.lists(st.sampled_from(others), unique=True))),
        "muted_users": draw(_some(st.lists(st.sampled_from(others), unique=True, max_size=3))),
        "items": [
            {
                "game_id": game,
                "identifier": identifier,
                **({"remaining_uses": draw(st.integers(0, 2))} if draw(st.booleans()) else {}),
                **({"data": "ä=1"} if draw(st.booleans()) else {}),
            }
            for game, identifier in owned
        ],
        "badges": draw(_some(st.lists(badges, unique_by=lambda each: each["badge_id"], max_size=4))),
        "kongpanions": [{"id": each, "shiny": draw(st.booleans())} for each in ids if draw(st.booleans())],
        "scores": draw(
            _some(
                st.lists(
                    st.fixed_dictionaries(
                        {
                            "game_id": st.just(1001),
                            "statistics": st.dictionaries(
                                st.sampled_from([name for name, _ in STATISTICS.values()]),
                                _counts,
                                max_size=4,
                            ),
                            "scopes": st.lists(st.sampled_from(SCOPES), unique=True, min_size=1),
                        }
                    ),
                    max_size=2,
                )
            )
        ),
    }
