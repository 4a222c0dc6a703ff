"""HTML pages beside the operations: plain forms without scripts, and their submissions."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

if TYPE_CHECKING:
    from starlette.requests import Request

_MOST_FORM_BYTES: Final = 16 * 1024
_MOST_FIELDS: Final = 50

HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Headers of every response to a browser: no caching, no referrer, no frames."""


class UnreadableForm(Exception):
    """Raised for a form that is too large or has a field twice. The message is shown to the user."""


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


class Pages:
    """The pages of one package: its `templates/`, which extend `page.html` here. Values are escaped."""

    def __init__(self, package: str) -> None:
        loader = ChoiceLoader([PackageLoader(package), PackageLoader("openapi_mock")])
        self._templates = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        style = self._templates.get_template("style.css").render().encode()
        self._style_hash = base64.b64encode(hashlib.sha256(style).digest()).decode()

    def respond(
        self, template: str, status: int = HTTPStatus.OK, *, form_action: str = "'none'", **values: object
    ) -> Response:
        """Return a page.

        `form_action` lists where its form may be sent, as in a Content-Security-Policy.
        """
        policy = (
            f"default-src 'none'; style-src 'sha256-{self._style_hash}'; form-action {form_action}; "
            "base-uri 'none'; frame-ancestors 'none'"
        )
        html = self._templates.get_template(template).render(values)
        return HTMLResponse(html, status, headers={**HEADERS, "Content-Security-Policy": policy})
