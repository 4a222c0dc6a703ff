"""The page on which parents decide about permissions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from openapi_mock import Problem
from openapi_mock.pages.html import Pages, UnreadableForm, check_origin, read_fields, read_form, redirect

from .access import Subject
from .parents import ParentService

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_MOST_DIGITS: Final = 18
_LABELS: Final = {
    "accessEmail": "Use the child's e-mail address",
    "accessAddress": "Use the whole address",
    "accessFirstName": "Use the first name",
    "accessLastName": "Use the last name",
    "accessStreetAddress": "Use street and house number",
    "accessCity": "Use the city",
    "accessPostalCode": "Use the postal code",
    "accessCountry": "Use the country",
    "sendPushNotification": "Send push notifications",
    "sendNewsletter": "Send a newsletter",
    "enterCompetitions": "Let the child enter competitions",
}


class ParentsPage:
    """Serves the list at `/parents`, and takes decisions there."""

    def __init__(self, service: ParentService) -> None:
        self._service = service
        self._pages = Pages("kws_mock")
        self._decisions: Mapping[str, Callable[[Subject, str], None]] = {
            "grant": service.grant,
            "deny": service.deny,
        }

    def routes(self) -> list[Route]:
        return [Route("/parents", self._serve, methods=["GET", "POST"])]

    async def _serve(self, request: Request) -> Response:
        try:
            if request.method != "POST":
                return await run_in_threadpool(self._list, request, read_fields(request.url.query))
            check_origin(request)
            fields = await read_form(request)
            decided = await run_in_threadpool(self._decide, fields)
        except Problem as problem:
            return self._refuse(request, problem.status, problem.message)
        except UnreadableForm as error:
            return self._refuse(request, HTTPStatus.BAD_REQUEST, str(error))
        return redirect(
            request, f"/parents?{urlencode({'email': fields.get('email', ''), 'decided': decided})}"
        )

    def _list(self, request: Request, fields: Mapping[str, str]) -> Response:
        email = fields.get("email", "")
        parents = self._service.parents()
        return self._pages.respond(
            request,
            "parents.html",
            form_action="'self'",
            email=email,
            parents=parents,
            children=self._service.children(email) if email else [],
            decided=fields.get("decided", ""),
            label=_label,
            day=_day,
        )

    def _decide(self, fields: Mapping[str, str]) -> str:
        """Take a decision, and return which one it was, so that the page can say so."""
        decide = self._decisions.get(fields.get("decision", ""))
        if decide is None:
            raise UnreadableForm(f"decision has to be one of {', '.join(self._decisions)}.")
        subject = Subject(_number(fields, "app_id"), _number(fields, "user_id"))
        decide(subject, fields.get("name", ""))
        return f"{subject.app_id}-{subject.user_id}-{fields['name']}"

    def _refuse(self, request: Request, status: int, why: str) -> Response:
        return self._pages.respond(request, "parents_refused.html", status, why=why)


def _number(fields: Mapping[str, str], name: str) -> int:
    text = fields.get(name, "")
    if not (text.isascii() and text.isdecimal()) or len(text) > _MOST_DIGITS:
        raise UnreadableForm(f"{name} has to be a whole number.")
    return int(text)


def _label(name: str) -> str:
    return _LABELS.get(name, name)


def _day(time_ms: int) -> str:
    return f"{datetime.fromtimestamp(time_ms / 1000, UTC):%d %B %Y}"
