"""Judges what a server does with a damaged request: it refuses it as documented, and writes nothing."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from http import HTTPStatus
from typing import Any, Final, Self

import httpx
import jsonschema_rs
from schemathesis import BaseSchema

from openapi_fuzz import cases
from openapi_fuzz.channel import Channel
from openapi_fuzz.document import Document, Operation
from openapi_fuzz.media import is_json
from openapi_fuzz.oracles.leaks import SHORTEST_SECRET
from openapi_fuzz.oracles.logs import Log, every_record_to
from openapi_fuzz.oracles.tally import oracle
from openapi_fuzz.target import Target

from .raw import Application, RawRequest, RawResponse, send

_LONGEST_S: Final = 2.0
_MOST_HEADERS: Final = 50
_UNKNOWN_METHODS: Final = ("BREW", "get", "TRACE")
_WITHOUT_BODY: Final = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


@dataclass(frozen=True, eq=False)
class HostileTarget:
    """A target whose server runs in this process, with what the oracles look at.

    Args:
        target: The target. Its server has to respond to the same request with the same bytes after `begin`.
        application: Returns the ASGI application of what the target's `mock` returned.
        begin: Returns the server to its initial state.
        state: Returns everything that the server remembers.
        shown: Returns everything that the server shows of the requests that it received.
        beside: Beginnings of paths beside the API, whose responses have formats of their own. `/` itself
            always is beside it.
    """

    target: Target
    application: Callable[[Any], Application]
    begin: Callable[[Any], object]
    state: Callable[[Any], object]
    shown: Callable[[Any], str]
    beside: tuple[str, ...] = ()

    @cached_property
    def formats(self) -> Formats:
        """What responses have to look like."""
        return Formats(self.target.document)

    @cached_property
    def _schema(self) -> BaseSchema:
        phases = ("examples", "fuzzing")
        return cases.load(self.target, seed=cases.FIXED_SEED, examples=3, phases=phases, mode="positive")

    def has_format(self, request: RawRequest) -> bool:
        """Return whether the response to a request has to be one of the API's."""
        path: str = request.scope["path"]
        return path not in {"", "/"} and not path.startswith(self.beside)

    def requests(self, channel: Channel, operation_id: str) -> list[RawRequest]:
        """Return valid requests for an operation."""
        found: list[RawRequest] = []
        cases.run(
            self._schema,
            self.target.document.operations[operation_id].label,
            lambda case: found.append(RawRequest.of(channel.signed_request(case, operation_id))),
        )
        # Schemathesis gives each case a number of its own.
        return [each.with_headers(b"x-schemathesis-testcaseid") for each in found]


class Formats:
    """The formats of the responses of one API."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @lru_cache  # noqa: B019  # one for each target, as long as the tests run
    def _documented(self, status: int) -> list[tuple[str, jsonschema_rs.Validator]]:
        """Return media types and validators of whatever is documented for a status, by any operation."""
        found = (each.response(status) for each in self._document.operations.values())
        return [each for response in found if response is not None for each in self._of(response)]

    @cached_property
    def _of_failures(self) -> list[tuple[str, jsonschema_rs.Validator]]:
        return [
            each
            for operation in self._document.operations.values()
            for status, response in operation.responses.items()
            if not status.startswith("2") or operation.failures
            for each in self._of(response)
        ]

    def _of(self, response: Any) -> Iterator[tuple[str, jsonschema_rs.Validator]]:
        whole = {"components": self._document.root.get("components", {})}
        for media_type, content in response.get("content", {}).items():
            schema = content.get("schema", {})
            yield media_type, jsonschema_rs.validator_for({**whole, "allOf": [schema]})

    @oracle
    def check_response_format(self, response: RawResponse) -> None:
        """A response is in one of the documented formats."""
        documented = self._documented(response.status)
        if not response.body and (documented or response.status in _WITHOUT_BODY):
            return
        known = documented or self._of_failures
        value = json.loads(response.body) if is_json(response.media_type) else None
        assert any(
            media_type == response.media_type and validator.is_valid(value) for media_type, validator in known
        ), f"a body of {response.media_type} under {response.status} is in no documented format"


class Probe:
    """Sends requests to a target's server, and judges the responses."""

    def __init__(self, hostile: HostileTarget) -> None:
        self._hostile = hostile
        self.channel = hostile.target.open()
        self._app = self.channel.server.app
        self._application = hostile.application(self._app)
        self._runner = asyncio.Runner()
        self._log = Log()
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._open.enter_context(every_record_to(self._log))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()
        self._runner.close()
        self.channel.close()

    def requests(self, operation_id: str) -> list[RawRequest]:
        """Return valid requests for an operation."""
        return self._hostile.requests(self.channel, operation_id)

    def send(self, request: RawRequest) -> RawResponse | None:
        """Return the response to a request in the initial state."""
        self._begin()
        return self._runner.run(send(self._application, request))

    def _begin(self) -> None:
        self._hostile.begin(self._app)
        self._log.take()

    @oracle
    def check_damaged_request(
        self, operation: Operation, valid: RawRequest, request: RawRequest
    ) -> RawResponse | None:
        """A damaged request gets a documented response, and a refusal changes nothing."""
        self._begin()
        before = self._hostile.state(self._app)
        started = time.process_time()
        response = self._runner.run(send(self._application, request))
        assert time.process_time() - started < _LONGEST_S, "a response takes too long"
        if response is None:
            assert request.is_cut, "there is no response"
            assert self._hostile.state(self._app) == before, "half a request has changed the state"
            return None
        self._check_response(request, response)
        has_failed = not self._succeeds(operation, response)
        assert not has_failed or self._hostile.state(self._app) == before, "a refusal has changed the state"
        self._check_secrets(valid, request, response.body if has_failed else b"")
        self._check_in_process(request, response)
        return response

    @oracle
    def check_spelling(self, valid: RawRequest, request: RawRequest) -> None:
        """Another spelling of a request gets the same response."""
        expected, found = self.send(valid), self.send(request)
        assert found == expected, f"{found} is not {expected}"

    @oracle
    def check_allowed_methods(self, operation: Operation, valid: RawRequest) -> None:
        """An unknown method gets 405, with the methods of the path in `Allow`."""
        others = self._hostile.target.document.operations.values()
        allowed = {each.method for each in others if each.path == operation.path}
        for method in _UNKNOWN_METHODS:
            response = self.check_damaged_request(operation, valid, replace(valid, method=method))
            assert response is not None
            assert response.status == HTTPStatus.METHOD_NOT_ALLOWED
            assert {*response.headers["allow"].split(", ")} == allowed

    def _check_response(self, request: RawRequest, response: RawResponse) -> None:
        status, headers = response.status, response.headers
        assert status < HTTPStatus.INTERNAL_SERVER_ERROR, f"the server fails with {status}"
        if status not in _WITHOUT_BODY:
            assert headers.get("content-length") == str(len(response.body)), (
                f"Content-Length is {headers.get('content-length')}, the body has {len(response.body)} bytes"
            )
        assert status != HTTPStatus.UNAUTHORIZED or headers.get("www-authenticate"), (
            "a 401 lacks WWW-Authenticate"
        )
        assert status != HTTPStatus.METHOD_NOT_ALLOWED or headers.get("allow"), "a 405 lacks Allow"
        if self._hostile.has_format(request):
            self._hostile.formats.check_response_format(response)

    @staticmethod
    def _succeeds(operation: Operation, response: RawResponse) -> bool:
        received = httpx.Response(response.status, headers=[*response.headers.items()], content=response.body)
        return received.is_success and operation.failure(received) is None

    def _check_secrets(self, valid: RawRequest, request: RawRequest, refusal: bytes) -> None:
        """Raise AssertionError for a secret that is shown, unless it was sent where nothing is secret."""
        if valid.query not in request.query or request.body not in (valid.body, b""):
            return
        shown = {
            "the response": refusal.decode("utf-8", "replace"),
            "the log": "\n".join(self._log.take()),
            "what is shown of requests": self._hostile.shown(self._app),
        }
        places = [place for place, text in shown.items() if any(each in text for each in self._secrets)]
        assert not places, f"a secret is shown in {', '.join(places)}"

    @cached_property
    def _secrets(self) -> set[str]:
        target = self._hostile.target
        known = (target.values.get(name, ()) for name in target.document.secret_fields)
        values = {str(each) for values in known for each in values}
        every = {*self.channel.secrets, *target.secrets, *values}
        return {each for each in every if len(each) >= SHORTEST_SECRET}

    def _check_in_process(self, request: RawRequest, response: RawResponse) -> None:
        """Raise AssertionError if the server answers otherwise where no ASGI is in between."""
        sent = _of_httpx(request, self.channel.server.base_url)
        if sent is None or not self._hostile.has_format(request):
            return
        self._begin()
        found = RawResponse.of(self.channel.server.send(sent))
        by_server = {name: value for name, value in response.headers.items() if name != "connection"}
        assert found == replace(response, headers=by_server), f"{found} in process, {response} by ASGI"


def _of_httpx(request: RawRequest, base_url: str) -> httpx.Request | None:
    """Return a request as httpx sends it; None for one that it cannot send as it is."""
    target = request.path + (b"?" + request.query if request.query else b"")
    names = [name for name, _ in request.headers]
    plain = all(name and (name + value).isascii() for name, value in request.headers)
    if request.is_cut or not plain or len({*names}) < len(names) or len(names) > _MOST_HEADERS:
        return None
    if not request.method.isascii() or request.method != request.method.upper():
        return None
    if request.header(b"content-length") not in {b"", b"%d" % len(request.body)}:
        return None
    try:
        url = httpx.URL(base_url).copy_with(raw_path=target)
    except (httpx.InvalidURL, UnicodeDecodeError):
        return None
    if url.raw_path != target:
        return None
    return httpx.Request(request.method, url, headers=[*request.headers], content=request.body)
