"""What has to hold for every exchange. Each oracle raises AssertionError with all that is wrong.

schemathesis' own checks judge the server's response; these judge the client, and what those leave open.
"""

from __future__ import annotations

import importlib
import json
import types
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

import httpx

from openapi_fuzz._schemathesis import probe_statuses
from openapi_fuzz.document import Operation
from openapi_fuzz.exchange import Call, Exchange
from openapi_fuzz.failures import Failure
from openapi_fuzz.media import is_json
from openapi_fuzz.models import Model
from openapi_fuzz.serialization import differences, parts_of, same_json
from openapi_reader import is_array
from openapi_runtime.errors import status_class

from .tally import oracle

_SHOWN = 300
_FIRST_SERVER_ERROR = 500
_SUCCESSES = frozenset(range(200, 300))


@oracle
def check_requests(exchange: Exchange) -> None:
    """Every flavour of the client sends the case, the whole case, and nothing but the case."""
    problems = [
        f"{each.flavour}: {difference}"
        for each in exchange.calls
        for difference in (
            differences(parts_of(each.request), each.expected)
            if each.request is not None
            else [f"nothing was sent, but {each.error!r} was raised"]
        )
    ]
    _raise_if(problems, "the client does not send the case")


@oracle
def check_refusals(exchange: Exchange) -> None:
    """A session that is not for an operation raises the error that says so, and sends nothing."""
    problems = [
        f"{each.flavour}: {'sent it' if each.request is not None else f'raised {each.error!r}'}"
        for each in exchange.refused
        if each.request is not None or type(each.error) is not exchange.refusal
    ]
    if exchange.refusal is not None:
        wanted = exchange.refusal.__name__
        _raise_if(problems, f"{exchange.session} has to raise {wanted}, and to send nothing")


@oracle
def check_calls(exchange: Exchange, package: types.ModuleType, operation: Operation) -> None:
    """Every flavour returns the response as a typed value, or raises the typed error of its failure."""
    problems = [
        f"{each.flavour}: {problem}"
        for each in exchange.calls
        for problem in (
            _response_problems(each, exchange)
            if each.flavour.raw
            else _value_problems(each, exchange)
            if exchange.succeeded
            else _error_problems(each, exchange, package, operation)
        )
    ]
    _raise_if(problems, f"the client misreads a {exchange.response.status_code}")


@oracle
def check_no_server_error(exchange: Exchange) -> None:
    """The server does not fail."""
    if exchange.response.status_code >= _FIRST_SERVER_ERROR:
        raise AssertionError(
            f"the server failed with a {exchange.response.status_code}: {exchange.response.text[:_SHOWN]}"
        )


@oracle
def check_outcome(exchange: Exchange, expected: Collection[int | str]) -> None:
    """The outcome is one of those that are right for the case."""
    if exchange.outcome not in expected:
        raise AssertionError(
            f"answered {exchange.outcome} instead of {_shortened(expected)}: "
            f"{exchange.response.text[:_SHOWN]}"
        )


def _shortened(outcomes: Collection[int | str]) -> list[int | str]:
    """Return outcomes in their order, and 2XX for every success."""
    found = {*outcomes}
    return sorted({"2XX", *found - _SUCCESSES} if found >= _SUCCESSES else found, key=str)


@oracle
def check_message(exchange: Exchange, operation: Operation) -> None:
    """An error says what went wrong, wherever the document has a text for it."""
    if untold := operation.untold(exchange.response):
        raise AssertionError(f"says nothing in {', '.join(untold)}: {exchange.response.text[:_SHOWN]}")


@oracle
def check_refusal_failure(exchange: Exchange, expected: Collection[Failure]) -> None:
    """A failure in a body that reports a broken rule is the one that the document has for that."""
    if exchange.failure is not None and expected and exchange.failure not in expected:
        raise AssertionError(
            f"refused as {exchange.failure.error} instead of {sorted(each.error for each in expected)}: "
            f"{exchange.response.text[:_SHOWN]}"
        )


@oracle
def check_probe(exchange: Exchange) -> None:
    """A request that is malformed on purpose gets the status that HTTP has for it, or a failure in a body."""
    statuses = probe_statuses(exchange.case)
    if statuses and exchange.failure is None:
        check_outcome(exchange, statuses)


@oracle
def check_memory(model: Model, operation_id: str, exchange: Exchange) -> None:
    """The response is what the model of the server knows from those before it."""
    model.observe(operation_id, exchange)


def _raise_if(problems: list[str], summary: str) -> None:
    if problems:
        raise AssertionError(f"{summary}:\n  " + "\n  ".join(problems))


def _response_problems(call: Call, exchange: Exchange) -> Iterator[str]:
    response = exchange.response
    if call.error is not None:
        yield f"raised {call.error!r}"
        return
    returned = call.value
    if returned.status_code != response.status_code or returned.content != response.content:
        yield f"returned the status {returned.status_code} and {len(returned.content)} bytes: not what came"
    if (exchange.failure is not None) != hasattr(returned.parsed, "failure_code_field"):
        yield f"parsed a {type(returned.parsed).__name__}, where the failure is {exchange.failure}"
    yield from _body_problems(returned.parsed, response)


def _value_problems(call: Call, exchange: Exchange) -> Iterator[str]:
    if call.error is not None:
        yield f"raised {call.error!r}"
    else:
        yield from _body_problems(call.value, exchange.response)


def _error_problems(
    call: Call, exchange: Exchange, package: types.ModuleType, operation: Operation
) -> Iterator[str]:
    response, error = exchange.response, call.error
    if error is None:
        yield f"returned {call.value!r} for a failure instead of raising"
        return
    expected = _error_class(exchange, importlib.import_module(f"{package.__name__}.errors"))
    if type(error) is not expected:
        yield f"raised {error!r}, not {expected.__name__}"
        return
    raised: Any = error
    method, _, path = raised.request_line.partition(" ")
    if raised.status != response.status_code or raised.content != response.content:
        yield f"{error!r} has the status {raised.status} and other content than the response"
    if raised.operation_id != operation.id or "?" in path or method != operation.method:
        yield f"{error!r} names {raised.operation_id!r} and {raised.request_line!r}"
    yield from _body_problems(raised.body, response)


def _error_class(exchange: Exchange, errors: Any) -> Any:
    """Return the class for a failure: by the code in the body, by the status, or by what there is else."""
    status, failure = exchange.response.status_code, exchange.failure
    by_status = errors.ERRORS.by_status.get(status)
    if failure is None:
        return by_status or status_class(status)
    return getattr(errors, failure.error) if failure.is_named else by_status or getattr(errors, failure.error)


def _body_problems(value: Any, response: httpx.Response) -> Iterator[str]:
    if not response.content:
        if value not in (None, "", b""):
            yield f"made {type(value).__name__} of an empty body"
        return
    given = to_json(value)
    is_text = isinstance(given, str | None) and not is_json(response.headers.get("content-type", ""))
    if isinstance(given, bytes) or is_text:
        plain = response.content if isinstance(given, bytes) else response.text
        if given != plain and (value is not None or response.is_success):
            yield f"returns {value!r} for {plain[:_SHOWN]!r}"
        return
    sent = json.loads(response.content)
    if sent is not None and value is None:
        yield f"lost the body {response.text[:_SHOWN]}"
    elif not same_json(given, sent):
        yield f"returns {given!r} for {response.text[:_SHOWN]}"


def to_json(value: Any) -> Any:
    """Return the JSON that a value of the client stands for."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if is_array(value):
        return [to_json(item) for item in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return getattr(value, "value", value)
