"""The pages that every mock has beside its operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .console import Console
from .places import Places
from .reference import Reference

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from .engine import Mock


def page_routes(mock: Mock[Any]) -> list[BaseRoute]:
    """Return the routes of the console, of the document and of its reference."""
    places = Places.of(mock)
    return [*Console(mock, places).routes(), *Reference(mock, places).routes()]
