"""Compares what a client makes of a response with what the document makes of it."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any, Final, Self, get_args

import httpx

from openapi_fuzz.document import Document, server_url
from openapi_fuzz.endpoints import hints_of
from openapi_fuzz.exchange import FLAVOURS, Flavour
from openapi_fuzz.oracles.exchanges import to_json
from openapi_fuzz.oracles.logs import Log, every_record_to
from openapi_fuzz.oracles.tally import oracle
from openapi_fuzz.serialization import same_json
from openapi_fuzz.server import IN_PROCESS
from openapi_fuzz.target import Target
from openapi_runtime.decoding import parse_json, parse_json_plainly
from openapi_runtime.errors import APIError, DecodeError, StatusError

from .calling import GENERATED, MAX_SIZE, Caller, Clients, Outcome
from .drawing import DrawnResponse
from .expectation import Expectation, Reader
from .mutations import CERTAIN_ERRORS
from .typed import mismatches

_LONGEST_S: Final = 5.0
_LONGEST_MESSAGE: Final = 1000


class Judge:
    """Judges what the client of a target makes of the responses to one operation.

    Args:
        target: The target.
        operation_id: The operation.
        clients: The clients.

    Attributes:
        caller: Calls the clients.
        secrets: Those of their secrets that a request of this operation carries.
    """

    def __init__(self, target: Target, operation_id: str, clients: Clients = GENERATED) -> None:
        self._package = target.package
        self._endpoint = target.endpoints[operation_id]
        self._host = _host_of(target.document, operation_id)
        self._reader = Reader(target.document, operation_id, MAX_SIZE)
        self.caller = Caller(target, operation_id, clients)
        self._log = Log()
        self._open = ExitStack()
        sent = self.caller.sent_text()
        self.secrets = [each for each in clients.secrets if each in sent]

    def __enter__(self) -> Self:
        self._open.enter_context(self.caller)
        self._open.enter_context(every_record_to(self._log))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @oracle
    def check_drawn_response(self, response: DrawnResponse, flavours: Sequence[Flavour] = FLAVOURS) -> str:
        """A client makes of a response what the document does: its value, or the typed error of it.

        Returns `value`, or the name of the error.

        Args:
            response: The response.
            flavours: The ways of calling the client.

        Raises:
            AssertionError: The client makes something else of it.
        """
        began = time.process_time()
        expected = self._reader.expect(response)
        outcomes = [self.caller.call(each, lambda _: response) for each in flavours]
        problems = [
            f"{each.flavour}: {problem}"
            for each in outcomes
            for problem in self._problems(each, response, expected)
        ]
        problems += self._problems_of_all(response, expected, len(flavours))
        if time.process_time() - began > _LONGEST_S:
            problems.append("it took too long")
        if problems:
            raise AssertionError("\n  ".join([f"the client misreads {response}:", *problems]))
        return next(each for each in outcomes if not each.flavour.raw).name

    def _problems(self, outcome: Outcome, response: DrawnResponse, expected: Expectation) -> Iterator[str]:
        yield from self._leaks(outcome.error, response)
        if outcome.flavour.raw and (not expected.errors or expected.is_status):
            yield from self._response_problems(outcome, response, expected)
        elif not expected.errors:
            yield from self._value_problems(outcome, expected)
        elif expected.is_open and outcome.error is None:
            return
        elif outcome.name not in expected.errors:
            yield f"gives {outcome.error or outcome.value!r}, not {' or '.join(expected.errors)}"
        elif isinstance(outcome.error, APIError):
            yield from self._error_problems(outcome.error, response, expected)

    def _value_problems(self, outcome: Outcome, expected: Expectation) -> Iterator[str]:
        if outcome.error is not None:
            yield f"raises {outcome.error!r} for a value"
            return
        yield from _differences(outcome.value, expected.body)
        yield from mismatches(outcome.value, self._types[0], self._package)

    def _response_problems(
        self, outcome: Outcome, response: DrawnResponse, expected: Expectation
    ) -> Iterator[str]:
        if outcome.error is not None:
            yield f"raises {outcome.error!r} for a response"
            return
        returned = outcome.value
        if returned.status_code != response.status or returned.content != expected.content:
            yield f"returns {returned!r} with {len(returned.content)} bytes"
        yield from _differences(returned.parsed, expected.body)

    def _error_problems(
        self, error: APIError, response: DrawnResponse, expected: Expectation
    ) -> Iterator[str]:
        operation = self._endpoint.operation
        if error.operation_id != operation.id or not error.request_line.startswith(f"{operation.method} /"):
            yield f"{error!r} names {error.operation_id!r} and {error.request_line!r}"
        if (
            operation.id not in str(error)
            or not str(error).isprintable()
            or len(str(error)) > _LONGEST_MESSAGE
        ):
            yield f"{error!r} does not say in one line what was called"
        known = getattr(self._package.errors, type(error).__name__, None)
        if known is not type(error):
            yield f"{type(error)!r} is not a class of {self._package.__name__}.errors"
        if isinstance(error, DecodeError):
            if error.status != response.status or error.content != expected.content:
                yield f"{error!r} has the status {error.status} and {len(error.content)} bytes"
            if expected.places is not None and not response.echoes:
                places = {_comparable(each) for each in expected.places}
                if _comparable(error.path) not in places:
                    wrong = sorted(expected.places)
                    yield f"{error!r} points at {error.path!r}, but the wrong places are {wrong}"
        elif isinstance(error, StatusError):
            yield from self._status_problems(error, response, expected)

    def _status_problems(
        self, error: StatusError, response: DrawnResponse, expected: Expectation
    ) -> Iterator[str]:
        if error.status != response.status or error.content != expected.content:
            yield f"{error!r} has the status {error.status} and {len(error.content)} bytes"
        if error.is_documented != expected.is_documented:
            yield f"{error!r} says {error.is_documented=}"
        if error.retry_after != expected.wait and response.mutation == "asked to wait":
            yield f"{error!r} asks to wait {error.retry_after}, not {expected.wait}"
        yield from _differences(error.body, expected.body)
        if expected.is_documented and error.body is not None:
            yield from mismatches(error.body, self._types[1] | Any, self._package, "body")

    def _problems_of_all(self, response: DrawnResponse, expected: Expectation, calls: int) -> Iterator[str]:
        surely = CERTAIN_ERRORS.get(response.mutation)
        if surely and self._reader.reads_json(response.status) and surely not in expected.errors:
            yield f"a response with this mutation cannot give {expected}"
        requests = self.caller.take_requests()
        if len(requests) != calls or {each.url.host for each in requests} != {self._host}:
            yield f"{calls} calls send {[str(each.url) for each in requests]}"
        fast, plain = (_read(read, expected.content) for read in (parse_json, parse_json_plainly))
        if fast != plain and not expected.is_open:
            yield f"with msgspec it is {fast}, and without {plain}"

    def _leaks(self, error: Exception | None, response: DrawnResponse) -> Iterator[str]:
        hidden = {*self.secrets, *response.echoes}
        shown = self._log.take()
        if error is not None:
            shown += [str(error), repr(error)]
        if error is not None and response.echoes:
            shown += traceback.format_exception(error)
        if found := sorted(secret for secret in hidden if any(secret in text for text in shown)):
            yield f"{found} is shown by {shown}"

    @property
    def _types(self) -> tuple[Any, Any]:
        """Annotations of the value of a success, and of the body of a failure."""
        found = get_args(hints_of(self._endpoint.module, self._package)["OPERATION"])
        return found[0], found[1]


def _host_of(document: Document, operation_id: str) -> str:
    """Return where the requests of an operation go: to its own server, if it has one."""
    operation, common = document.operations[operation_id], document.root.get("servers")
    servers = operation.definition.get("servers", operation.item.get("servers"))
    is_own = bool(servers) and servers != common
    return httpx.URL(IN_PROCESS).join(server_url(servers[0]) if is_own else "").host


def _differences(value: Any, expected: Any) -> Iterator[str]:
    given = to_json(value)
    # Of text there is none where there is no body.
    if not same_json(given, expected) and not (expected is None and given in ("", b"")):
        yield f"gives back {given!r}, not {expected!r}"


def _comparable(place: str) -> str:
    """Return a place as a message can carry it."""
    return "".join(char for char in place if char.isprintable() and char != " ")[:200]


def _read(read: Callable[[bytes], object], content: bytes) -> str:
    try:
        return repr(read(content))
    except DecodeError as error:
        return str(error)
