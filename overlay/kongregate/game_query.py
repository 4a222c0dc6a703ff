"""The query with which Kongregate opens a game."""

from __future__ import annotations

from typing import Self

from attrs import field, frozen

from .forms import Form, Source


@frozen(kw_only=True)
class GameQuery:
    """The player for whom Kongregate opened the game, by the query of the game's page.

    Anybody can write such a query: trust it only after `players.authenticate` accepts its user id and token.

    Attributes:
        user_id: The player's number; 0 for a guest.
        username: The player's name; a guest's begins with `Guest`.
        game_auth_token: The player's token for this game; None for a guest. Not in the repr.
    """

    user_id: int
    username: str
    game_auth_token: str | None = field(repr=False)

    @property
    def is_guest(self) -> bool:
        """Whether nobody is signed in."""
        return self.user_id == 0

    @classmethod
    def parse(cls, query: Source) -> Self:
        """Parse the query of the game's page: its text without the question mark, or its fields.

        Raises:
            CallbackError: A field is missing, occurs several times, or has a wrong value.
        """
        form = Form(query)
        user_id = form.integer("kongregate_user_id")
        return cls(
            user_id=user_id,
            username=form.text("kongregate_username"),
            game_auth_token=form.text("kongregate_game_auth_token") if user_id else None,
        )
