"""The document as it is served, and its reference, in which a person can send requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, cast
from urllib.parse import urlsplit

import yaml
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from openapi_mock.operations import METHODS
from openapi_reader import is_array, is_object

from .html import HEADERS, REVALIDATED, Pages, script
from .places import CONSOLE, PageRoute, Places, routes_to

if TYPE_CHECKING:
    from starlette.requests import Request

    from openapi_mock.engine import Mock

_HERE: Final = Path(__file__).parent
VIEWER: Final = _HERE / "assets" / "api-reference.js"
"""The program that shows the reference. `make assets` fetches it, and the wheel has it."""
# The viewer writes its styles into the page, and shows pictures that are in itself.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src blob:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class _WithoutAliases(yaml.SafeDumper):
    """Writes what occurs several times in full: other tools read few anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


class _Dump(Protocol):
    def __call__(self, data: object, **options: object) -> str: ...


_dump: Final = cast("_Dump", yaml.dump)  # pyright: ignore[reportUnknownMemberType]


class Reference:
    """The document of one mock at `/openapi.json` and `/openapi.yaml`, and its reference at `/docs`."""

    def __init__(self, mock: Mock[Any], places: Places) -> None:
        self._mock = mock
        self._places = places

    @cached_property
    def _pages(self) -> Pages:
        return Pages("openapi_mock.pages")

    def routes(self) -> list[PageRoute]:
        return [
            *routes_to("json", self._places, self._json),
            *routes_to("yaml", self._places, self._yaml),
            *routes_to("docs", self._places, self._docs),
            PageRoute(f"{self._places.docs}/assets/docs.js", script("docs.js"), methods=["GET"]),
            PageRoute(f"{self._places.docs}/assets/viewer.js", self._viewer, methods=["GET"]),
        ]

    def _json(self, request: Request) -> Response:
        return JSONResponse(_served(self._mock.document.root, request), headers=REVALIDATED)

    def _yaml(self, request: Request) -> Response:
        document = _served(self._mock.document.root, request)
        text = _dump(document, Dumper=_WithoutAliases, sort_keys=False, allow_unicode=True, width=120)
        return PlainTextResponse(text, headers=REVALIDATED, media_type="application/yaml")

    def _docs(self, request: Request) -> Response:
        has_viewer = VIEWER.is_file()
        values: dict[str, Any] = {
            "name": self._mock.document.root.get("info", {}).get("title", "Mock"),
            "places": self._places,
            "console": CONSOLE,
            "operations": self._mock.operations,
        }
        page = self._pages.respond(request, "docs.html" if has_viewer else "docs_plain.html", **values)
        if has_viewer:
            page.headers["Content-Security-Policy"] = _POLICY
        return page

    def _viewer(self, _request: Request) -> Response:
        if not VIEWER.is_file():
            return PlainTextResponse("The viewer is not installed.", 404, headers=HEADERS)
        return FileResponse(VIEWER, headers=REVALIDATED, media_type="text/javascript")


def _served(root: Mapping[str, Any], request: Request) -> dict[str, Any]:
    """Return the document with this mock in place of all servers that it names."""
    here = str(request.base_url).rstrip("/")
    document = {"servers": [{"url": "/"}], **root}
    document["servers"] = _servers(document["servers"], here)
    if is_object(paths := document.get("paths")):
        document["paths"] = {path: _with_servers(item, here) for path, item in paths.items()}
    return document


def _with_servers(item: object, here: str) -> object:
    """Return a path item in which this mock is its servers, and those of its operations."""
    if not is_object(item):
        return item
    changed = {name: _with_servers(each, here) if name in METHODS else each for name, each in item.items()}
    if "servers" in item:
        changed["servers"] = _servers(item["servers"], here)
    return changed


def _servers(servers: object, here: str) -> list[dict[str, Any]]:
    return list(_replaced(servers, here)) or [{"url": here}]


def _replaced(servers: object, here: str) -> Iterator[dict[str, Any]]:
    """Yield the servers with this mock's address, and the path that each has there."""
    known: set[str] = set()
    for server in servers if is_array(servers) else ():
        url = str(server["url"])
        for name, variable in server.get("variables", {}).items():
            url = url.replace(f"{{{name}}}", str(variable["default"]))
        address = here + urlsplit(url).path.rstrip("/")
        if address not in known:
            known.add(address)
            yield {"url": address, "description": "This mock"}
