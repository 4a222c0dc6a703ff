"""The pages that every mock has beside its operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from .console import Console
from .html import Pages, wants_page
from .places import Places
from .reference import Reference

if TYPE_CHECKING:
    from starlette.routing import BaseRoute
    from starlette.types import Receive, Scope, Send

    from openapi_mock.engine import Mock


def page_routes(mock: Mock[Any]) -> list[BaseRoute]:
    """Return the routes of the console, of the document and of its reference."""
    places = Places.of(mock)
    return [*Console(mock, places).routes(), *Reference(mock, places).routes()]


async def show_overview(mocks: Mapping[str, Mock[Any]], scope: Scope, receive: Receive, send: Send) -> bool:
    """Send a page with links to several mocks by their paths. Return False if no person asks for one."""
    request = Request(scope, receive)
    if request.method != "GET" or not wants_page(request):
        return False
    infos = [(place, mock.document.root.get("info", {})) for place, mock in mocks.items()]
    listed = [(place, info.get("title", place), info.get("summary", "")) for place, info in infos]
    await Pages("openapi_mock.pages").respond(request, "overview.html", mocks=listed)(scope, receive, send)
    return True
