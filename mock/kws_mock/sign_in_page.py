"""The sign-in page."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from openapi_mock.pages.html import HEADERS, Pages, UnreadableForm, read_fields, read_form

from .sign_in import SignIn, SignInService, UnacceptableSignIn, WrongPassword
from .texts import TEXTS, choose_language

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
        fields: Mapping[str, str] = {}
        try:
            if request.method == "POST":
                fields = await read_form(request)
                return await run_in_threadpool(self._finish, request, fields)
            fields = read_fields(request.url.query)
            return await run_in_threadpool(self._start, request, fields)
        except (UnacceptableSignIn, UnreadableForm) as error:
            lang = _language(request, fields)
            return self._pages.respond(
                request,
                "sign_in_failed.html",
                HTTPStatus.BAD_REQUEST,
                error=str(error),
                lang=lang,
                texts=TEXTS[lang],
                skip=TEXTS[lang]["skip"],
            )

    def _start(self, request: Request, parameters: Mapping[str, str]) -> Response:
        return self._form(request, self._service.start(parameters))

    def _finish(self, request: Request, fields: Mapping[str, str]) -> Response:
        sign_in = self._service.start(fields)
        username = fields.get("username", "")
        try:
            target = self._service.finish(sign_in, username, fields.get("password", ""))
        except WrongPassword:
            return self._form(request, sign_in, HTTPStatus.FORBIDDEN, username=username)
        return RedirectResponse(target, HTTPStatus.SEE_OTHER, headers=HEADERS)

    def _form(
        self, request: Request, sign_in: SignIn, status: int = HTTPStatus.OK, username: str = ""
    ) -> Response:
        lang = _language(request, sign_in.parameters)
        texts = TEXTS[lang]
        return self._pages.respond(
            request,
            "sign_in.html",
            status,
            form_action=f"'self' {_origin(sign_in.redirect_uri)}",
            sign_in=sign_in,
            username=username,
            is_wrong=status != HTTPStatus.OK,
            place=_place(sign_in.redirect_uri),
            lang=lang,
            texts=texts,
            skip=texts["skip"],
            languages=[
                (each, TEXTS[each]["language"], urlencode({**sign_in.parameters, "language": each}))
                for each in TEXTS
            ],
        )


def _language(request: Request, fields: Mapping[str, str]) -> str:
    return choose_language(fields.get("language", ""), request.headers.get("accept-language", ""))


def _place(uri: str) -> str:
    """Return what a person is told of the redirect URI: its host, or the scheme that opens an app."""
    parts = urlsplit(uri)
    return parts.netloc or f"{parts.scheme}:"


def _origin(uri: str) -> str:
    """Return the origin that the form may redirect to: some browsers apply `form-action` to redirects too."""
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else f"{parts.scheme}:"
