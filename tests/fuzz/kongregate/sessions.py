"""The sessions that users call Kongregate with."""

from __future__ import annotations

from collections.abc import Mapping

from kongregate import AsyncKongregate, Kongregate
from openapi_fuzz import Opening, Session

from .known import KEY


def open_sessions(opening: Opening) -> Mapping[str, Session]:
    """The game's server, which has one key."""

    def settings() -> dict[str, object]:
        return {
            "api_key": KEY,
            "base_url": opening.base_url,
            "allow_http": True,
            # A failure comes again each time.
            "max_retries": 0,
            "httpx_args": {"transport": opening.transport()},
        }

    return {"": Session(Kongregate(**settings()), AsyncKongregate(**settings()), supplied={"api_key": KEY})}
