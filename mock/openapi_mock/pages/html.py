"""HTML pages beside the operations: forms, and their submissions."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from openapi_mock.serving.hosts import is_from_elsewhere

if TYPE_CHECKING:
    from starlette.requests import Request

_MOST_FORM_BYTES: Final = 16 * 1024
_MOST_FIELDS: Final = 50
# What a form of any website may be sent as, without asking the server first.
_FORM_TYPES: Final = ("", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain")

HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    # Not `no-referrer`: with that, browsers say of a form that it comes from nowhere.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Headers of every response to a browser: no caching, no referrer for others, no frames."""
REVALIDATED: Final = {**HEADERS, "Cache-Control": "no-cache"}
"""Headers of what a browser may keep, if it asks each time whether it is still the same."""
_TEMPLATES: Final = Path(__file__).parent / "templates"


class UnreadableForm(Exception):
    """Raised for a form that is too large or has a field twice. The message is shown to the user."""


class ForeignForm(UnreadableForm):
    """Raised for a form that another website may have sent through the user's browser."""

    def __init__(self) -> None:
        super().__init__(
            "Only this page's own form is taken. Programs send the header Accept: application/json."
        )


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a posted form. Raises UnreadableForm."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_FORM_BYTES:
            raise UnreadableForm("The form is too large.")
    return read_fields(body.decode(errors="replace"))


def read_fields(text: str) -> dict[str, str]:
    """Return form-urlencoded fields by name. Raises UnreadableForm."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise UnreadableForm("The form is too large.") from error
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise UnreadableForm("Each parameter may be there only once.")
    return fields


def check_origin(request: Request) -> None:
    """Refuse what another website's page may have sent through the user's browser. Raises ForeignForm.

    Browsers say where a form comes from. A request that does not say is a program's if it asks for JSON, or
    sends what a form cannot.
    """
    headers = request.headers
    says_from_where = "sec-fetch-site" in headers or "origin" in headers
    may_be_foreign = not says_from_where and _may_be_a_form(request) and not wants_json(request)
    if may_be_foreign or is_from_elsewhere(headers):
        raise ForeignForm


def wants_json(request: Request) -> bool:
    """Return whether a program asks, rather than a person's browser."""
    return "application/json" in request.headers.get("accept", "")


def wants_page(request: Request) -> bool:
    """Return whether a person's browser asks."""
    return "text/html" in request.headers.get("accept", "")


def root_of(request: Request) -> str:
    """Return the path under which the application is mounted, to put before the paths of its pages."""
    root: str = request.scope.get("root_path", "")
    return root.rstrip("/")


def redirect(request: Request, path: str) -> Response:
    """Return a redirect to a page of this application, after a form was taken."""
    return RedirectResponse(root_of(request) + path, HTTPStatus.SEE_OTHER, headers=HEADERS)


def script(name: str) -> Callable[[Request], Response]:
    """Return an endpoint that serves a script of ours."""

    def serve(_request: Request) -> Response:
        return FileResponse(_TEMPLATES / name, headers=REVALIDATED, media_type="text/javascript")

    return serve


def _may_be_a_form(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() in _FORM_TYPES


class Pages:
    """The pages of one package: its `templates/`, which extend `page.html` here. Values are escaped."""

    def __init__(self, package: str) -> None:
        loader = ChoiceLoader([PackageLoader(package), PackageLoader("openapi_mock.pages")])
        self._templates = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        style = self._templates.get_template("style.css").render().encode()
        self._style_hash = base64.b64encode(hashlib.sha256(style).digest()).decode()

    def respond(
        self,
        request: Request,
        template: str,
        status: int = HTTPStatus.OK,
        *,
        form_action: str = "'none'",
        policy: str = "",
        **values: object,
    ) -> Response:
        """Return a page, which knows the path of the application as `root`.

        `form_action` lists where its form may be sent, as in a Content-Security-Policy; `policy` has further
        directives of one.
        """
        directives = (
            "default-src 'none'",
            f"style-src 'sha256-{self._style_hash}'",
            "img-src data:",
            f"form-action {form_action}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
        html = self.render(request, template, **values)
        full = "; ".join((*directives, policy) if policy else directives)
        return HTMLResponse(html, status, headers={**HEADERS, "Content-Security-Policy": full})

    def render(self, request: Request, template: str, **values: object) -> str:
        """Return a page or a part of one."""
        return self._templates.get_template(template).render(root=root_of(request), **values)
