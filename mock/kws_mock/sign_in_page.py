"""The sign-in page."""

from __future__ import annotations

from html import escape
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from openapi_mock.pages import HEADERS, UnreadableForm, page, read_fields, read_form

from .sign_in import SignIn, SignInService, UnacceptableSignIn, WrongPassword

if TYPE_CHECKING:
    from starlette.requests import Request


class SignInPage:
    """Serves the form at `/oauth` and takes what is filled in."""

    def __init__(self, service: SignInService) -> None:
        self._service = service

    def routes(self) -> list[Route]:
        return [Route("/oauth", self._serve, methods=["GET", "POST"])]

    async def _serve(self, request: Request) -> Response:
        try:
            if request.method == "POST":
                return await run_in_threadpool(self._answer_to, await read_form(request))
            return await run_in_threadpool(self._form_for, read_fields(request.url.query))
        except (UnacceptableSignIn, UnreadableForm) as error:
            return _error_page(str(error))

    def _form_for(self, parameters: dict[str, str]) -> Response:
        return _form_page(self._service.start(parameters))

    def _answer_to(self, fields: dict[str, str]) -> Response:
        sign_in = self._service.start(fields)
        try:
            target = self._service.finish(sign_in, fields.get("username", ""), fields.get("password", ""))
        except WrongPassword:
            return _form_page(sign_in, HTTPStatus.FORBIDDEN, "That name or password is not right.")
        return RedirectResponse(target, HTTPStatus.SEE_OTHER, headers=HEADERS)


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
    return page("Sign in", content, status, form_action=f"'self' {_origin(sign_in.redirect_uri)}")


def _error_page(message: str) -> Response:
    content = f'<h1>This sign-in cannot go on</h1>\n<p role="alert">{escape(message)}</p>'
    return page("Sign-in failed", content, HTTPStatus.BAD_REQUEST)


def _origin(uri: str) -> str:
    """What the browser may be sent to after the form: some apply `form-action` to the redirect as well."""
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else f"{parts.scheme}:"
