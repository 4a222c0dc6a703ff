"""The sign-in page: a plain form without scripts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from html import escape
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from .sign_in import SignIn, SignInService, UnacceptableSignIn, WrongPassword

if TYPE_CHECKING:
    from starlette.requests import Request

_MOST_FORM_BYTES: Final = 16 * 1024
_MOST_FIELDS: Final = 50
_STYLE: Final = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:22rem;margin:4rem auto;padding:0 1rem;color:#1b1b1f;"
    "background:#fff}label{display:block;margin-top:1rem}input,button{font:inherit;width:100%;"
    "box-sizing:border-box;padding:.5rem}button{margin-top:1.5rem;border:0;background:#0b57a4;color:#fff}"
    "[role=alert]{color:#a30f0f}"
)
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()


class SignInPage:
    """Serves the form at `/oauth` and takes what is filled in."""

    def __init__(self, service: SignInService) -> None:
        self._service = service

    def routes(self) -> list[Route]:
        return [Route("/oauth", self._serve, methods=["GET", "POST"])]

    async def _serve(self, request: Request) -> Response:
        if request.method != "POST":
            return await run_in_threadpool(self._form_for, request.url.query)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > _MOST_FORM_BYTES:
                return _error_page("That is more than a sign-in form holds.")
        return await run_in_threadpool(self._answer_to, body.decode(errors="replace"))

    def _form_for(self, query: str) -> Response:
        try:
            return _form_page(self._service.start(_fields(query)))
        except UnacceptableSignIn as error:
            return _error_page(str(error))

    def _answer_to(self, body: str) -> Response:
        try:
            fields = _fields(body)
            sign_in = self._service.start(fields)
        except UnacceptableSignIn as error:
            return _error_page(str(error))
        try:
            target = self._service.finish(sign_in, fields.get("username", ""), fields.get("password", ""))
        except WrongPassword:
            return _form_page(sign_in, HTTPStatus.FORBIDDEN, "That name or password is not right.")
        return RedirectResponse(target, HTTPStatus.SEE_OTHER, headers=_headers())


def _fields(text: str) -> dict[str, str]:
    """Form-urlencoded fields by name. Raises UnacceptableSignIn for too many, or one that is there twice."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise UnacceptableSignIn("That is more than a sign-in form holds.") from error
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise UnacceptableSignIn("Each parameter may be there only once.")
    return fields


def _form_page(sign_in: SignIn, status: int = HTTPStatus.OK, complaint: str = "") -> Response:
    hidden = "\n".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in sign_in.parameters.items()
    )
    alert = f'<p role="alert">{escape(complaint)}</p>' if complaint else ""
    content = f"""<h1>Sign in to {escape(sign_in.client.app_name)}</h1>
{alert}
<form method="post" action="/oauth">
{hidden}
<label for="username">Name</label>
<input id="username" name="username" autocomplete="username" autocapitalize="none" required>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Sign in</button>
</form>"""
    return _page("Sign in", content, status, form_action=f"'self' {_origin(sign_in.redirect_uri)}")


def _error_page(message: str) -> Response:
    content = f'<h1>This sign-in cannot go on</h1>\n<p role="alert">{escape(message)}</p>'
    return _page("Sign-in failed", content, HTTPStatus.BAD_REQUEST)


def _page(title: str, content: str, status: int, *, form_action: str = "'none'") -> Response:
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
    return HTMLResponse(html, status, headers={**_headers(), "Content-Security-Policy": policy})


def _headers() -> Mapping[str, str]:
    return {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


def _origin(uri: str) -> str:
    """What the browser may be sent to after the form: some apply `form-action` to the redirect as well."""
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else f"{parts.scheme}:"
