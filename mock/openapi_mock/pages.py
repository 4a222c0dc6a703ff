"""Pages for people, beside the operations: plain forms without scripts, and what is filled in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from starlette.responses import HTMLResponse, Response

if TYPE_CHECKING:
    from starlette.requests import Request

_MOST_FORM_BYTES: Final = 16 * 1024
_MOST_FIELDS: Final = 50
_STYLE: Final = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:22rem;margin:4rem auto;padding:0 1rem;color:#1b1b1f;"
    "background:#fff}label{display:block;margin-top:1rem}input,select,button{font:inherit;width:100%;"
    "box-sizing:border-box;padding:.5rem}button{margin-top:1.5rem;border:0;background:#0b57a4;color:#fff}"
    "[role=alert]{color:#a30f0f}[role=status]{color:#0c5c2c}"
)
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""For every answer to a person: kept nowhere, told nobody, framed by nobody."""


class UnreadableForm(Exception):
    """A form that is too large, or in which a field is there twice. The message is for people."""


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a posted form. Raises UnreadableForm."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_FORM_BYTES:
            raise UnreadableForm("That is more than this form holds.")
    return read_fields(body.decode(errors="replace"))


def read_fields(text: str) -> dict[str, str]:
    """Form-urlencoded fields by name. Raises UnreadableForm."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise UnreadableForm("That is more than this form holds.") from error
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise UnreadableForm("Each parameter may be there only once.")
    return fields


def page(title: str, content: str, status: int = HTTPStatus.OK, *, form_action: str = "'none'") -> Response:
    """A page around HTML whose every value is escaped.

    `form_action` says where its form may go, as in a Content-Security-Policy.
    """
    html = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
{content}
</main>
</body>
</html>
"""
    policy = (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action {form_action}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    return HTMLResponse(html, status, headers={**HEADERS, "Content-Security-Policy": policy})
