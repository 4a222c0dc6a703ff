"""The engine of every mock: from a request to its response, without I/O."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from pathlib import Path
from threading import RLock
from typing import Any, Final, Generic, Self, cast

from .behaviour import Behaviour, C_co
from .control.faults import Fault, spoil
from .control.journal import Journal
from .decoding import BodyReader, Pairs, ParameterReader, read_cookies, read_query
from .document import Document, SpecificationError, raise_all
from .handlers import Handler, find_handlers
from .messages import Call, Problem, Request, Response, Violation
from .operations import Operation, read_operations
from .preferences import PreferredResponses
from .responses import ResponseChecker, success_status
from .routing import Router
from .security import Guard
from .settings import Settings
from .synthesis import synthesise_response
from .transport import MockTransport
from .validation import Validators

_MAX_METHOD_LENGTH = 20

logger = logging.getLogger("openapi_mock")

MAX_BODY_SIZE: Final = 1024 * 1024
"""The largest request body in bytes, by default."""


class Mock(Generic[C_co]):
    """Serves the operations of one document.

    Attributes:
        control: What a test does to the mock besides calling it; its class is the behaviour's.
        journal: The last requests, as `control.requests`.

    `handle` may be called from several threads; it handles one request at a time unless the behaviour sets
    `serial` to False. Close a mock, or use it in a `with` block. Raises SpecificationError for a document
    that cannot be served, HandlerError for a behaviour whose handlers do not fit it.
    """

    def __init__(
        self,
        document: Document,
        behaviour: Behaviour[C_co] | None = None,
        *,
        max_body_size: int = MAX_BODY_SIZE,
    ) -> None:
        self.document = document
        self.behaviour = behaviour or cast("Behaviour[C_co]", Behaviour())
        self.max_body_size = max_body_size
        settings = self.behaviour.settings or Settings()
        self.clock = settings.clock
        self.faults = settings.faults
        self.random = settings.random
        self.faults.random = settings.random
        errors: list[SpecificationError] = []
        self.operations = read_operations(document, errors)
        webhooks = document.node.get("webhooks")
        self.callbacks = tuple(webhooks.mapping()) if webhooks else ()
        self.journal = Journal([each.id for each in self.operations])
        self._endpoints = self._prepare(errors)
        raise_all(errors)
        self._router = Router(self.operations, self.behaviour.aliases, self.behaviour.methods)
        self.turn: AbstractContextManager[object] = RLock() if self.behaviour.serial else nullcontext()
        self.control = self.behaviour.make_control(self)

    def _prepare(self, errors: list[SpecificationError]) -> dict[str, _Endpoint]:
        """Return the endpoints by operation id, and append what is wrong with the document to `errors`."""
        validators = Validators(self.document)
        # A handler of an operation that cannot be read would be another error only because of that one.
        handlers = {} if errors else find_handlers(self.behaviour, [each.id for each in self.operations])
        endpoints: dict[str, _Endpoint] = {}
        for each in self.operations:
            try:
                preferred = PreferredResponses(each, validators, self.random)
                endpoints[each.id] = _Endpoint(
                    each, self.behaviour, handlers.get(each.id), validators, preferred
                )
            except SpecificationError as error:
                errors.append(error)
        return endpoints

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the behaviour's files and connections. The mock cannot be used afterwards."""
        self.behaviour.close()

    @property
    def name(self) -> str:
        """What the mock is called: the name of its document's file."""
        return Path(self.document.source).stem

    def transport(self) -> MockTransport:
        """Return an httpx transport that sends requests to the mock, for sync and async clients."""
        return MockTransport(self)

    @classmethod
    def from_file(
        cls, path: str | Path, behaviour: Behaviour[C_co] | None = None, *, max_body_size: int = MAX_BODY_SIZE
    ) -> Mock[C_co]:
        """Return a mock of the document in a YAML or JSON file."""
        return cls(Document.load(path), behaviour, max_body_size=max_body_size)

    def is_handled(self, operation_id: str) -> bool:
        """Return whether the operation has a handler. Otherwise its response is synthesised."""
        return self._endpoints[operation_id].handler is not None

    def can_respond(self, operation_id: str) -> bool:
        """Return whether a valid response could be synthesised for the operation, if it needs one."""
        return self._endpoints[operation_id].is_valid

    def has_path(self, path: str) -> bool:
        """Return whether the document has an operation at a path, whatever its method."""
        try:
            self._router.match("GET", path.encode())
        except Problem as problem:
            return problem.status != HTTPStatus.NOT_FOUND
        return True

    def handle(self, request: Request) -> Response:
        """Return the response to a request. Never raises, whatever the request or the behaviour does."""
        started = time.perf_counter()
        endpoint: _Endpoint | None = None
        texts: Mapping[str, str] = {}
        fault: Fault | None = None
        violations: tuple[Violation, ...] = ()
        kind = ""
        try:
            self._check_size(request)
            operation, texts = self._router.match(request.method, request.raw_path)
            endpoint = self._endpoints[operation.id]
            if self.faults:
                fault = self.faults.take(operation.id)
            if fault is not None and fault.is_before_handling:
                response = self._outage(fault, operation)
            else:
                with self.turn:
                    response = endpoint.respond(request, texts)
        except Problem as problem:
            violations, kind = problem.violations, problem.kind
            response = self._refuse(problem, endpoint)
        except Exception:
            logger.exception("%s failed", endpoint.operation.id if endpoint else "routing")
            response = self._refuse(_internal(), endpoint)
        if endpoint is not None and fault is not None:
            response = spoil(response, fault, self.random, endpoint.checker.is_documented)
        self.journal.add(
            request,
            response,
            time_ms=self.clock(),
            duration_ms=(time.perf_counter() - started) * 1000,
            path=endpoint.operation.path if endpoint else "",
            operation_id=endpoint.operation.id if endpoint else "",
            path_values=texts,
            kind=kind,
            violations=violations,
            fault=fault.kind if fault else None,
        )
        self._log(request, response, endpoint, started)
        return response

    def __repr__(self) -> str:
        return f"<Mock of {self.name} with {len(self.operations)} operations>"

    def _outage(self, fault: Fault, operation: Operation) -> Response:
        """Return an error with the status of a fault, in the API's shape."""
        status = fault.status or HTTPStatus.SERVICE_UNAVAILABLE
        problem = Problem(status, "fault", "the service is not available now")
        rendered = self.behaviour.render(problem, operation)
        wait = {} if fault.retry_after is None else {"retry-after": str(fault.retry_after)}
        return replace(rendered, status=status, headers={**rendered.headers, **wait})

    def refuse(self, problem: Problem, request: Request | None = None) -> Response:
        """Return the response to a request that could not be read completely, and record the request."""
        response = self._refuse(problem, None)
        if request is not None:
            self.journal.add(request, response, time_ms=self.clock(), kind=problem.kind)
        return response

    def too_large(self) -> Problem:
        return Problem(413, "payload-too-large", f"a body may have {self.max_body_size} bytes at most")

    def _check_size(self, request: Request) -> None:
        if len(request.body) > self.max_body_size:
            raise self.too_large()

    def _refuse(self, problem: Problem, endpoint: _Endpoint | None) -> Response:
        if problem.kind == "invalid-response":
            _log_invalid(problem, endpoint)
            problem = Problem(500, "invalid-response", "the response is not what is documented")
        try:
            response = self._render(problem, endpoint)
            if endpoint:
                endpoint.checker.check_error(response)
        except Problem as invalid:
            _log_invalid(invalid, endpoint)
            return self._last_resort(
                Problem(500, "invalid-response", "the response is not what is documented"), endpoint
            )
        except Exception:
            logger.exception("rendering a problem of kind %s failed", problem.kind)
            return self._last_resort(_internal(), None)
        return response

    def _render(self, problem: Problem, endpoint: _Endpoint | None) -> Response:
        response = self.behaviour.render(problem, endpoint.operation if endpoint else None)
        if endpoint:
            response = endpoint.fitting(response)
        headers = {**problem.headers, **response.headers}
        response = Response(response.status, response.body, headers, response.media_type)
        _ = response.encoded_headers  # Encodes the body, so that a failure is handled by the caller.
        return response

    def _last_resort(self, problem: Problem, endpoint: _Endpoint | None) -> Response:
        """Return a 500 after rendering failed, in the behaviour's format if possible."""
        if endpoint:
            try:
                return self._render(problem, endpoint)
            except Exception:
                logger.exception("rendering a problem of kind %s failed", problem.kind)
        return Behaviour.render(self.behaviour, problem, None)

    def _log(self, request: Request, response: Response, endpoint: _Endpoint | None, started: float) -> None:
        if logger.isEnabledFor(logging.INFO):
            # The path template, since the values in path and query may be secrets.
            path = endpoint.operation.path if endpoint else "(no operation)"
            name = endpoint.operation.id if endpoint else "-"
            method = (
                request.method
                if request.method.isalpha() and len(request.method) < _MAX_METHOD_LENGTH
                else "(odd method)"
            )
            elapsed = (time.perf_counter() - started) * 1000
            logger.info("%s %s %s %d %.1f ms", method, path, name, response.status, elapsed)


class _Endpoint:
    """One operation with everything needed to serve it, prepared at start."""

    def __init__(
        self,
        operation: Operation,
        behaviour: Behaviour[Any],
        handler: Handler | None,
        validators: Validators,
        preferred: PreferredResponses,
    ) -> None:
        self.operation = operation
        self.handler = handler
        self.is_valid = True
        self._preferred = preferred
        self.checker = ResponseChecker(operation, validators)
        self._prepare = behaviour.prepare
        self._unit_of_work = behaviour.unit_of_work
        self._guard = Guard(operation, behaviour)
        adapt = partial(behaviour.adapt, operation=operation)
        media_types = behaviour.media_types(operation)
        self._body = BodyReader(operation, validators.of_clients, media_types, adapt)
        self._parameters = {
            location: [
                ParameterReader(each, validators)
                for each in operation.parameters
                if each.location == location
            ]
            for location in ("path", "query", "header", "cookie")
            if any(each.location == location for each in operation.parameters)
        }
        renders = type(behaviour).render is not Behaviour.render
        self._validators = None if renders else validators
        self._synthesised = Response(500) if self.handler else self._synthesise(validators)

    def respond(self, request: Request, texts: Mapping[str, str]) -> Response:
        """Return the response, or raise Problem."""
        request = self._prepare(request, self.operation)
        principals = self._guard.admit(request)
        violations: list[Violation] = []
        body = self._body.read(request, violations)
        found = {location: self._read(location, request, texts, violations) for location in self._parameters}
        if violations:
            raise Problem(400, "invalid-request", "the request is not valid", tuple(violations))
        if "prefer" in request.headers:
            preferred = self._preferred.find(request.headers["prefer"], is_handled=self.handler is not None)
            if preferred is not None:
                return self._checked(preferred)
        if self.handler is None:
            return self._checked(self._synthesised)
        call = Call(
            operation=self.operation,
            path={**texts, **found.get("path", {})},
            query=found.get("query", {}),
            headers=found.get("header", {}),
            cookies=found.get("cookie", {}),
            body=body,
            principal=next(iter(principals.values()), None),
            principals=principals,
            request=request,
        )
        return self._handle(self.handler, call)

    def fitting(self, response: Response) -> Response:
        """Return an error response, or a synthesised one if the engine's own does not fit the document."""
        if self._validators is None:
            return response
        try:
            self.checker.check_error(response)
        except Problem:
            return synthesise_response(
                self.operation.error(response.status), response.status, self._validators
            )
        return response

    def _handle(self, handler: Handler, call: Call) -> Response:
        with self._unit_of_work():
            # Inside, so that an invalid response rolls the unit of work back.
            return self._checked(self.checker.response(handler(call)))

    def _checked(self, response: Response) -> Response:
        self.checker.check(response)
        try:
            _ = response.encoded_headers
        except (TypeError, ValueError, RecursionError) as error:
            raise Problem(
                500, "invalid-response", f"the body cannot be encoded: {type(error).__name__}"
            ) from error
        return response

    def _read(
        self, location: str, request: Request, texts: Mapping[str, str], violations: list[Violation]
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        source = _source(location, request, texts)
        for reader in self._parameters[location]:
            reader.read(source, values, violations)
        return values

    def _synthesise(self, validators: Validators) -> Response:
        # Some operations document errors only, or a redirect.
        success = self.operation.success or next(iter(self.operation.responses.values()), None)
        response = synthesise_response(success, success_status(success), validators)
        try:
            self._checked(response)
        except Problem as problem:
            self.is_valid = False
            _log_invalid(problem, self)
        return response


def _source(location: str, request: Request, texts: Mapping[str, str]) -> Pairs:
    match location:
        case "path":
            return {name: (text,) for name, text in texts.items()}
        case "query":
            return read_query(request)
        case "header":
            return {name: (value,) for name, value in request.headers.items()}
        case _:
            return {name: (value,) for name, value in read_cookies(request).items()}


def _internal() -> Problem:
    return Problem(500, "internal", "something went wrong on the server's side")


def _log_invalid(problem: Problem, endpoint: _Endpoint | None) -> None:
    details = "; ".join(f"{each.path or '(body)'} {each.message}" for each in problem.violations)
    name = endpoint.operation.id if endpoint else "-"
    logger.error("invalid response of %s: %s%s", name, problem.message, f": {details}" if details else "")
