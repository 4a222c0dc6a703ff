"""The sign-in page."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from openapi_mock.html import HEADERS, Pages, UnreadableForm, read_fields, read_form

from .sign_in import SignIn, SignInService, UnacceptableSignIn, WrongPassword

if TYPE_CHECKING:
    from starlette.requests import Request


class SignInPage:
    """Serves the form at `/oauth`, and handles its submission."""

    def __init__(self, service: SignInService) -> None:
        self._service = service
        self._pages = Pages("kws_mock")

    def routes(self) -> list[Route]:
        return [Route("/oauth", self._serve, methods=["GET", "POST"])]

    async def _serve(self, request: Request) -> Response:
        try:
            if request.method == "POST":
                return await run_in_threadpool(self._finish, await read_form(request))
            return await run_in_threadpool(self._start, read_fields(request.url.query))
        except (UnacceptableSignIn, UnreadableForm) as error:
            return self._pages.respond("sign_in_failed.html", HTTPStatus.BAD_REQUEST, error=str(error))

    def _start(self, parameters: dict[str, str]) -> Response:
        return self._form(self._service.start(parameters))

    def _finish(self, fields: dict[str, str]) -> Response:
        sign_in = self._service.start(fields)
        try:
            target = self._service.finish(sign_in, fields.get("username", ""), fields.get("password", ""))
        except WrongPassword:
            return self._form(sign_in, HTTPStatus.FORBIDDEN, "The name or the password is wrong.")
        return RedirectResponse(target, HTTPStatus.SEE_OTHER, headers=HEADERS)

    def _form(self, sign_in: SignIn, status: int = HTTPStatus.OK, error: str = "") -> Response:
        form_action = f"'self' {_origin(sign_in.redirect_uri)}"
        return self._pages.respond(
            "sign_in.html", status, form_action=form_action, sign_in=sign_in, error=error
        )


def _origin(uri: str) -> str:
    """Return the origin that the form may redirect to: some browsers apply `form-action` to redirects too."""
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else f"{parts.scheme}:"
