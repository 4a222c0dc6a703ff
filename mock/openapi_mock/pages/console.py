"""The console: pages on which a person sees what a mock serves and receives, and controls it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from openapi_mock.control.control import StatelessError
from openapi_mock.control.faults import KINDS, FaultError
from openapi_mock.control.masking import MASK, Masking
from openapi_mock.control.names import UnknownOperationError
from openapi_mock.messages import is_json

from .html import HEADERS, Pages, UnreadableForm, check_origin, read_form, redirect, script
from .places import CONSOLE, PageRoute, Places

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from openapi_mock.control.faults import Kind
    from openapi_mock.control.journal import Record
    from openapi_mock.engine import Mock

_ROWS_PER_PAGE: Final = 50
_MOST_REQUESTS: Final = 100
_LONGEST_BODY: Final = 4000
_LONGEST_CELL: Final = 120
_POLICY: Final = "script-src 'self'; connect-src 'self'"
# A column that holds secrets though its name is a common word, and one that holds none though requests and
# responses have secrets of that name.
_SECRET_COLUMN: Final = "key"  # noqa: S105  # the name of a column
_OPEN_COLUMN: Final = "code"
_DONE: Final = {
    "advanced": "The clock was moved.",
    "set": "The clock was set.",
    "stopped": "The clock stands still.",
    "started": "The clock runs.",
    "real": "The clock shows the real time again.",
    "added": "The fault was added.",
    "removed": "The fault was removed.",
    "cleared": "All faults were removed.",
    "forgotten": "The requests were forgotten.",
    "reset": "The mock is as it was at the start.",
}


class _Wrong(Exception):
    """Raised for a field that is not possible. The message is shown to the user."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A request as the console shows it, without secrets."""

    record: Record
    time: str
    tone: str
    sent: Mapping[str, str]
    body: str


class Console:
    """The console of one mock."""

    def __init__(self, mock: Mock[Any], places: Places) -> None:
        self._mock = mock
        self._control = mock.control
        self._places = places
        self._masking = Masking(mock.document)

    @cached_property
    def _pages(self) -> Pages:
        # Made when a person looks, since most mocks serve programs only.
        return Pages("openapi_mock.pages")

    def routes(self) -> list[PageRoute]:
        pages: Mapping[str, Callable[[Request], Response]] = {
            "/requests": self._requests,
            "/requests/rows": self._rows,
            "/state": self._state,
            "/state/{table}": self._table,
            "/faults": self._faults,
            "/clock": self._clock,
            "/assets/console.js": script("console.js"),
        }
        actions: Mapping[str, Callable[[Request, Mapping[str, str]], Response]] = {
            "/requests": self._forget,
            "/state": self._reset,
            "/faults": self._change_faults,
            "/clock": self._move_clock,
        }
        return [
            *(PageRoute(each, self._lead_here, methods=["GET"]) for each in [self._places.home] if each),
            PageRoute(CONSOLE, self._overview, methods=["GET"]),
            *(PageRoute(CONSOLE + path, page, methods=["GET"]) for path, page in pages.items()),
            *(PageRoute(CONSOLE + path, self._taking(do), methods=["POST"]) for path, do in actions.items()),
        ]

    # ---- Pages ----

    def _lead_here(self, request: Request) -> Response:
        return redirect(request, CONSOLE)

    def _overview(self, request: Request) -> Response:
        operations: dict[str, list[Any]] = {}
        for each in self._mock.operations:
            operations.setdefault(each.tags[0] if each.tags else "operations", []).append(each)
        bases = dict.fromkeys(base for each in self._mock.operations for base in each.bases)
        return self._respond(
            request,
            "overview.html",
            info=self._mock.document.root.get("info", {}),
            bases=[str(request.base_url).rstrip("/") + base for base in bases],
            banner=self._mock.behaviour.banner(),
            operations=operations,
            total=len(self._mock.operations),
            is_handled=self._mock.is_handled,
        )

    def _requests(self, request: Request) -> Response:
        shown = list(self._shown_after(0))
        return self._respond(request, "requests.html", policy=_POLICY, requests=shown)

    def _rows(self, request: Request) -> Response:
        """Return the requests after a number, for the script of the page of requests."""
        after = _asked(request, "after", 0)
        html = self._pages.render(request, "console/rows.html", requests=list(self._shown_after(after)))
        return HTMLResponse(html, headers=HEADERS)

    def _state(self, request: Request, error: str = "") -> Response:
        try:
            tables = {name: len(rows) for name, rows in self._control.export().items()}
        except StatelessError:
            tables = {}
        status = HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK
        return self._respond(request, "state.html", status, tables=tables, error=error)

    def _table(self, request: Request) -> Response:
        name = request.path_params["table"]
        try:
            rows = self._control.export()[name]
        except (StatelessError, KeyError):
            return self._respond(request, "refused.html", HTTPStatus.NOT_FOUND, why="There is no such table.")
        last = max(1, -(-len(rows) // _ROWS_PER_PAGE))
        page = min(max(_asked(request, "page", 1), 1), last)
        start = (page - 1) * _ROWS_PER_PAGE
        columns = list(rows[0]) if rows else []
        cells = [
            [self._cell(column, row.get(column)) for column in columns]
            for row in rows[start : start + _ROWS_PER_PAGE]
        ]
        return self._respond(
            request,
            "table.html",
            table=name,
            columns=columns,
            rows=cells,
            total=len(rows),
            page=page,
            last=last,
        )

    def _faults(self, request: Request, fields: Mapping[str, str] | None = None, error: str = "") -> Response:
        return self._respond(
            request,
            "faults.html",
            HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK,
            faults=list(self._control.faults),
            kinds=KINDS,
            operations=[each.id for each in self._mock.operations],
            callbacks=list(self._mock.callbacks),
            fields=fields or {},
            error=error,
        )

    def _clock(self, request: Request, fields: Mapping[str, str] | None = None, error: str = "") -> Response:
        status = HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK
        clock = self._control.clock
        return self._respond(request, "clock.html", status, clock=clock, fields=fields or {}, error=error)

    def _respond(
        self, request: Request, template: str, status: int = HTTPStatus.OK, **values: object
    ) -> Response:
        return self._pages.respond(
            request,
            f"console/{template}",
            status,
            form_action="'self'",
            policy=str(values.pop("policy", "")),
            name=self._mock.document.root.get("info", {}).get("title", "Mock"),
            places=self._places,
            console=CONSOLE,
            here=template.removesuffix(".html"),
            done=_DONE.get(request.query_params.get("done", ""), ""),
            waiting=len(list(self._control.faults)),
            received=len(self._control.requests),
            now=_time(self._control.clock()),
            stopped=self._control.clock.is_stopped,
            **values,
        )

    # ---- What is changed ----

    def _taking(self, do: Callable[[Request, Mapping[str, str]], Response]) -> Callable[[Request], Any]:
        async def take(request: Request) -> Response:
            try:
                check_origin(request)
                fields = await read_form(request)
            except UnreadableForm as error:
                return self._respond(request, "refused.html", HTTPStatus.BAD_REQUEST, why=str(error))
            return await run_in_threadpool(do, request, fields)

        return take

    def _forget(self, request: Request, _fields: Mapping[str, str]) -> Response:
        self._control.requests.clear()
        return redirect(request, f"{CONSOLE}/requests?done=forgotten")

    def _reset(self, request: Request, fields: Mapping[str, str]) -> Response:
        if fields.get("sure") != "yes":
            return self._state(request, "Tick the box first: everything is forgotten.")
        self._control.reset()
        return redirect(request, f"{CONSOLE}/state?done=reset")

    def _change_faults(self, request: Request, fields: Mapping[str, str]) -> Response:
        try:
            done = self._do_to_faults(fields)
        except (_Wrong, FaultError, UnknownOperationError) as error:
            return self._faults(request, fields, str(error))
        return redirect(request, f"{CONSOLE}/faults?done={done}")

    def _do_to_faults(self, fields: Mapping[str, str]) -> str:
        match fields.get("action"):
            case "remove":
                self._control.faults.remove(_integer(fields, "id") or 0)
                return "removed"
            case "clear":
                self._control.faults.clear()
                return "cleared"
            case _:
                kind: Kind | None = next((each for each in KINDS if each == fields.get("kind")), None)
                if kind is None:
                    raise _Wrong(f"What happens is one of {', '.join(KINDS)}.")
                percent = _number(fields, "percent")
                self._control.fail(
                    fields.get("operation") or None,
                    kind=kind,
                    status=_integer(fields, "status"),
                    retry_after=_integer(fields, "retry_after"),
                    delay=_number(fields, "delay") or 0.0,
                    times=_integer(fields, "times"),
                    probability=1.0 if percent is None else percent / 100,
                )
                return "added"

    def _move_clock(self, request: Request, fields: Mapping[str, str]) -> Response:
        try:
            done = self._do_to_clock(fields)
        except (_Wrong, ValueError, OverflowError) as error:
            why = str(error) if isinstance(error, _Wrong) else "The clock knows the years 1 to 9999."
            return self._clock(request, fields, why)
        return redirect(request, f"{CONSOLE}/clock?done={done}")

    def _do_to_clock(self, fields: Mapping[str, str]) -> str:
        clock = self._control.clock
        match fields.get("action"):
            case "stop":
                clock.stop()
                return "stopped"
            case "start":
                clock.start()
                return "started"
            case "real":
                clock.reset()
                return "real"
            case "set":
                clock.set(_moment(fields.get("time", "")))
                return "set"
            case _:
                units = ("days", "hours", "minutes", "seconds")
                clock.advance(**{unit: _number(fields, unit) or 0 for unit in units})
                return "advanced"

    # ---- What is shown ----

    def _shown_after(self, number: int) -> Iterator[_Shown]:
        """Yield the requests after a number, the newest first."""
        records = [each for each in self._control.requests if each.number > number]
        for record in reversed(records[-_MOST_REQUESTS:]):
            sent = self._masking.request(record)
            texts = {name: _pretty(value) for name, value in sent.items() if value}
            yield _Shown(record, _time(record.time_ms), _tone(record), texts, self._response_body(record))

    def _response_body(self, record: Record) -> str:
        content = record.response.content
        if not content or not is_json(record.response.media_type):
            return ""
        try:
            return _pretty(self._masking.json(json.loads(content)))
        except (ValueError, RecursionError):
            return ""

    def _cell(self, column: str, value: object) -> str:
        if value is None:
            return "(none)"
        if column == _SECRET_COLUMN or (column != _OPEN_COLUMN and self._masking.is_secret(column)):
            return MASK
        if column.endswith("_ms") and isinstance(value, int):
            return _time(value)
        text = str(value)
        return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"


def _pretty(value: object) -> str:
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return text if len(text) <= _LONGEST_BODY else f"{text[:_LONGEST_BODY]}\n…"


def _tone(record: Record) -> str:
    """Return the name of the colour of a response's status."""
    if record.status >= HTTPStatus.INTERNAL_SERVER_ERROR or record.fault:
        return "bad"
    return "warn" if record.status >= HTTPStatus.BAD_REQUEST or record.violations else "good"


def _time(time_ms: int) -> str:
    try:
        return f"{datetime.fromtimestamp(time_ms / 1000, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError, OSError):
        return str(time_ms)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise _Wrong("The time is written like 2030-01-31T12:00:00, in UTC.") from None


def _asked(request: Request, name: str, default: int) -> int:
    """Return a number of the query; the default if it is none."""
    try:
        return _integer(request.query_params, name) or default
    except _Wrong:
        return default


def _number(fields: Mapping[str, str], name: str) -> float | None:
    """Return a field as a number; None if it is empty. Raises _Wrong."""
    text = fields.get(name, "").strip()
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", text, re.ASCII):
        raise _Wrong(f"{name.replace('_', ' ').capitalize()} is a number.")
    return float(text)


def _integer(fields: Mapping[str, str], name: str) -> int | None:
    """Return a field as a whole number; None if it is empty. Raises _Wrong."""
    number = _number(fields, name)
    if number is not None and number != int(number):
        raise _Wrong(f"{name.replace('_', ' ').capitalize()} is a whole number.")
    return None if number is None else int(number)
