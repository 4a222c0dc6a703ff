"""What has to be true of every exchange. Each oracle raises AssertionError with all that is wrong.

schemathesis' own checks judge the mock's answer; these judge the client, and what schemathesis leaves open.
"""

from __future__ import annotations

import json
import logging
import traceback
import types
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from schemathesis.generation.meta import CONTENT_TYPE_PROBES, CoverageScenario
from wire import differences, same, taken_apart

if TYPE_CHECKING:
    import httpx
    from channel import Exchange, Outcome

# Statuses for requests that are malformed on purpose: outside the contract, so that no spec lists them.
_PROBES: Mapping[CoverageScenario, Collection[int]] = {
    CoverageScenario.UNSPECIFIED_HTTP_METHOD: {405},
    CoverageScenario.UNSUPPORTED_CONTENT_TYPE: {400, 415},
    CoverageScenario.MALFORMED_CONTENT_TYPE: {400, 415},
}
_LONG_ENOUGH = 8


def check_wire(exchange: Exchange) -> None:
    """Every flavour of the client sends the case, the whole case, and nothing but the case."""
    wrong = [
        f"{each.flavour}: {difference}"
        for each in exchange.outcomes
        for difference in (
            differences(taken_apart(each.request), exchange.expected)
            if each.request is not None
            else [f"nothing was sent, but {each.error!r} was raised"]
        )
    ]
    assert not wrong, "the client does not send what the case is:\n  " + "\n  ".join(wrong)


def check_understood(exchange: Exchange, package: types.ModuleType, operation: Any) -> None:
    """Every flavour gives the answer back as a typed value, or raises its status' typed error."""
    wrong = [
        f"{each.flavour}: {problem}"
        for each in exchange.outcomes
        for problem in (
            _facade_problems(each, exchange.response, package, operation)
            if "façade" in each.flavour
            else _detailed_problems(each, exchange.response)
        )
    ]
    assert not wrong, f"the client misreads a {exchange.response.status_code}:\n  " + "\n  ".join(wrong)


def _detailed_problems(outcome: Outcome, response: httpx.Response) -> Iterator[str]:
    if outcome.error is not None:
        yield f"raised {outcome.error!r}"
        return
    answer = outcome.value
    if answer.status_code != response.status_code or answer.content != response.content:
        yield f"gave the status {answer.status_code} and {len(answer.content)} bytes, which is not what came"
    yield from _value_problems(answer.parsed, response)


def _facade_problems(
    outcome: Outcome, response: httpx.Response, package: types.ModuleType, operation: Any
) -> Iterator[str]:
    if response.is_success:
        if outcome.error is not None:
            yield f"raised {outcome.error!r}"
        else:
            yield from _value_problems(outcome.value, response)
        return
    error: Any = outcome.error
    if error is None:
        yield f"gave {outcome.value!r} for a failure instead of raising"
        return
    errors = __import__(f"{package.__name__}.errors", fromlist=["*"])
    expected = errors.BY_STATUS.get(response.status_code, errors.UnexpectedStatus)
    if type(error) is not expected:
        yield f"raised {error!r}, not {expected.__name__}"
        return
    path = error.request_line.partition(" ")[2]
    if error.status != response.status_code or error.content != response.content:
        yield f"{error!r} has the status {error.status} and other content than the answer"
    if (
        error.operation_id != operation.id
        or "?" in path
        or not error.request_line.startswith(operation.method)
    ):
        yield f"{error!r} names {error.operation_id!r} and {error.request_line!r}"
    yield from _value_problems(error.body, response)


def _value_problems(value: Any, response: httpx.Response) -> Iterator[str]:
    if not response.content:
        if value is not None:
            yield f"made {type(value).__name__} of an empty body"
        return
    sent = json.loads(response.content)
    if sent is not None and value is None:
        yield f"lost the body {response.text[:300]}"
    elif not same(to_json(value), sent):
        yield f"gives back {to_json(value)!r} for {response.text[:300]}"


def to_json(value: Any) -> Any:
    """The JSON that a typed value stands for."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return getattr(value, "value", value)


def check_accepted(exchange: Exchange, expected: Collection[int]) -> None:
    """A case that the spec allows gets the status it should."""
    response = exchange.response
    assert response.status_code in expected, (
        f"answered {response.status_code} instead of {sorted(expected)}: {response.text[:300]}"
    )


def check_probe(exchange: Exchange) -> None:
    """A request that is malformed on purpose gets the status that HTTP has for it."""
    case = exchange.case
    scenario: Any = getattr(case.meta.phase.data, "scenario", None) if case.meta is not None else None
    if scenario in CONTENT_TYPE_PROBES and not case.operation.body:
        return  # The type of a body that nobody reads.
    if scenario in _PROBES:
        check_accepted(exchange, _PROBES[scenario])


# ---- Secrets


class SecretKeeper(logging.Handler):
    """Finds secrets in what people get to see: log records, reprs, exceptions with their tracebacks."""

    def __init__(self, secrets: Collection[str]) -> None:
        super().__init__(logging.DEBUG)
        self._secrets = tuple(secret for secret in secrets if len(secret) >= _LONG_ENOUGH)
        self._told: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._look(self.format(record), f"a log record of {record.name}")

    def check(self, exchange: Exchange, client: object, more: Collection[str] = ()) -> None:
        """Raise AssertionError if a secret, or one of `more`, was shown since the last check."""
        for each in exchange.outcomes:
            self._look(repr(each.value), f"repr of the result ({each.flavour})", more)
            if each.error is not None:
                self._look(
                    "".join(traceback.format_exception(each.error)), f"the error ({each.flavour})", more
                )
                self._look(repr(each.error), f"repr of the error ({each.flavour})", more)
        self._look(repr(client), "repr of the client")
        told, self._told = self._told, []
        # hypothesis also takes values from the source of the project, where it may come upon one of these.
        drawn = repr(exchange.case)
        places = [where for where, secret in told if secret in more or secret not in drawn]
        assert not places, "a secret is shown in " + ", ".join(places)

    def _look(self, text: str, where: str, more: Collection[str] = ()) -> None:
        found = (
            secret for secret in (*self._secrets, *more) if len(secret) >= _LONG_ENOUGH and secret in text
        )
        self._told += [(where, secret) for secret in found]


def secret_values(value: Any, names: Collection[str]) -> Iterator[str]:
    """The strings in a JSON value that stand under a property with `format: password`."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            if name in names and isinstance(item, str):
                yield item
            yield from secret_values(item, names)
    elif isinstance(value, list):
        for item in value:
            yield from secret_values(item, names)


# ---- Pages


def check_page(exchange: Exchange, pagination: Mapping[str, str]) -> None:
    """A page begins where it was asked to, and holds as many items as there are, up to its limit."""
    page = exchange.response.json()
    query = {name: int(value) for name, value in exchange.expected.query if value.isdecimal()}
    offset = query.get(pagination["offset"], 0)
    count, total = len(page[pagination["items"]]), page.get(pagination.get("total"))
    limit = query.get(pagination["limit"]) or page.get(pagination["limit"])
    if pagination["offset"] in page:
        assert page[pagination["offset"]] == offset, (
            f"asked for offset {offset}, got {page[pagination['offset']]}"
        )
    if limit:
        assert count <= limit, f"{count} items on a page that holds {limit} at most"
    if limit and total is not None:
        there = max(0, total - offset)
        # A server may have a limit of its own, and says so in the page.
        limit = min(limit, page.get(pagination["limit"], limit))
        assert count == min(limit, there), f"{count} items from {offset} on, of {total}, with limit {limit}"
