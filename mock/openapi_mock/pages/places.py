"""Where the pages of every mock are: under `/_mock`, and under a shorter path that no operation has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Match, Route

if TYPE_CHECKING:
    from starlette.types import Scope

    from openapi_mock.engine import Mock

PREFIX: Final = "/_mock"
"""What is below it controls a mock: no operation of an API is served there."""
CONSOLE: Final = f"{PREFIX}/console"
# By name: the path that always leads there, and the short one.
_PATHS: Final = {
    "docs": (f"{PREFIX}/docs", "/docs"),
    "json": (f"{PREFIX}/openapi.json", "/openapi.json"),
    "yaml": (f"{PREFIX}/openapi.yaml", "/openapi.yaml"),
}


class PageRoute(Route):
    """A route that leaves its path to the operations for all methods that it does not have."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, child = super().matches(scope)
        return (match, child) if match is Match.FULL else (Match.NONE, {})


class PrivateRoute(Route):
    """A route for pages that send requests to other servers on behalf of whoever asks.

    It needs the access of what controls the mock, except for clients on this machine: others could send
    requests to what only this machine reaches.
    """


@dataclass(frozen=True, slots=True)
class Places:
    """The paths of a mock's pages, each the shortest that no operation of the document has.

    The console is only under `PREFIX`, where not everybody may go; `home` leads to it.
    """

    docs: str
    json: str
    yaml: str
    home: str | None
    console: str = CONSOLE

    @classmethod
    def of(cls, mock: Mock[Any]) -> Places:
        """Return the paths for one mock."""
        free = {
            name: long if mock.has_path(short) or mock.has_path(f"{short}/assets/docs.js") else short
            for name, (long, short) in _PATHS.items()
        }
        return cls(**free, home=None if mock.has_path("/") else "/")


def routes_to(name: str, places: Places, endpoint: Callable[..., Any]) -> list[PageRoute]:
    """Return the routes to a page of this name: its long path and, where it is free, the short one."""
    paths = dict.fromkeys((_PATHS[name][0], getattr(places, name)))
    return [PageRoute(path, endpoint, methods=["GET"]) for path in paths]
