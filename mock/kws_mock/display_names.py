"""Generated display names that are still free."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random
from typing import Final

from sqlalchemy import Connection, bindparam, select

from openapi_mock.state.statements import Statement

from .schema import activations, name_words

FALLBACK_LANGUAGE: Final = "en"
_LAST_RESORT: Final = {"adjective": ["Awesome"], "noun": ["Ninja"]}
_FEWEST_DIGITS: Final = 4
_TRIES_PER_LENGTH: Final = 10

_WORDS: Final = Statement(
    select(name_words.c.kind, name_words.c.word)
    .where(name_words.c.app_id == bindparam("app"), name_words.c.language == bindparam("wanted"))
    .order_by(name_words.c.word)
)
_OWNER: Final = Statement(
    select(activations.c.user_id).where(activations.c.display_name == bindparam("name"))
)


def free_name(connection: Connection, app_id: int, language: str | None, random: Random) -> str:
    """Return a free name made of the app's words in a language, else of its English ones, and a number."""
    words = _words(connection, app_id, language or FALLBACK_LANGUAGE) or _words(
        connection, app_id, FALLBACK_LANGUAGE
    )
    names = _candidates(words or _LAST_RESORT, random)
    return next(name for name in names if not _is_taken(connection, name))


def _words(connection: Connection, app_id: int, language: str) -> dict[str, list[str]]:
    """Return the app's adjectives and nouns; empty unless it has both."""
    words: dict[str, list[str]] = {}
    for kind, word in _WORDS.all(connection, {"app": app_id, "wanted": language}):
        words.setdefault(kind, []).append(word)
    return words if len(words) == len(_LAST_RESORT) else {}


def _candidates(words: dict[str, list[str]], random: Random) -> Iterator[str]:
    """Yield names without end. Their numbers grow longer, so that one is free in the end."""
    for digits in count(_FEWEST_DIGITS):
        for _ in range(_TRIES_PER_LENGTH):
            number = random.randrange(10 ** (digits - 1), 10**digits)
            yield f"{random.choice(words['adjective'])}{random.choice(words['noun'])}{number}"


def _is_taken(connection: Connection, name: str) -> bool:
    return _OWNER.first(connection, {"name": name}) is not None
