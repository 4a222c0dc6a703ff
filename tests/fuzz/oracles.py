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
    from schemathesis import Case
    from targets import Operation

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


def check_understood(exchange: Exchange, package: types.ModuleType, operation: Operation) -> None:
    """Every flavour gives the answer back as a typed value, or raises its failure's typed error."""
    wrong = [
        f"{each.flavour}: {problem}"
        for each in exchange.outcomes
        for problem in (
            _response_problems(each, exchange)
            if each.flavour.raw
            else _value_or_error_problems(each, exchange, package, operation)
        )
    ]
    assert not wrong, f"the client misreads a {exchange.response.status_code}:\n  " + "\n  ".join(wrong)


def _response_problems(outcome: Outcome, exchange: Exchange) -> Iterator[str]:
    response = exchange.response
    if outcome.error is not None:
        yield f"raised {outcome.error!r}"
        return
    answer = outcome.value
    if answer.status_code != response.status_code or answer.content != response.content:
        yield f"gave the status {answer.status_code} and {len(answer.content)} bytes, which is not what came"
    if (exchange.failure is not None) != hasattr(answer.parsed, "failure_code_field"):
        yield f"parsed a {type(answer.parsed).__name__}, where the failure is {exchange.failure}"
    yield from _value_problems(answer.parsed, response)


def _value_or_error_problems(
    outcome: Outcome, exchange: Exchange, package: types.ModuleType, operation: Operation
) -> Iterator[str]:
    response = exchange.response
    if exchange.succeeded:
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
    expected = _expected_error(exchange, errors, operation)
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


def _expected_error(exchange: Exchange, errors: Any, operation: Operation) -> Any:
    """What the body says comes before the status; and a status may be documented by a pattern."""
    if exchange.failure is not None:
        return getattr(errors, exchange.failure.error)
    status = exchange.response.status_code
    documented = operation.response(status) is not None
    return errors.ERRORS.by_status.get(status, errors.StatusError if documented else errors.UnexpectedStatus)


def _value_problems(value: Any, response: httpx.Response) -> Iterator[str]:
    if not response.content:
        if value not in (None, "", b""):
            yield f"made {type(value).__name__} of an empty body"
        return
    plain = isinstance(value, str | None) and not is_json(response.headers.get("content-type", ""))
    if isinstance(value, bytes) or plain:
        sent = response.content if isinstance(value, bytes) else response.text
        if value != sent and (value is not None or response.is_success):
            yield f"gives back {value!r} for {sent[:300]!r}"
        return
    sent = json.loads(response.content)
    if sent is not None and value is None:
        yield f"lost the body {response.text[:300]}"
    elif not same(to_json(value), sent):
        yield f"gives back {to_json(value)!r} for {response.text[:300]}"


def is_json(media_type: str) -> bool:
    return media_type.partition(";")[0].strip().lower().endswith(("/json", "+json"))


def to_json(value: Any) -> Any:
    """The JSON that a typed value stands for."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return getattr(value, "value", value)


def check_accepted(exchange: Exchange, expected: Collection[int | str]) -> None:
    """A case gets the status it should; or the failure, where the body tells it under a status of success."""
    assert exchange.answer in expected, (
        f"answered {exchange.answer} instead of {sorted(expected, key=str)}: {exchange.response.text[:300]}"
    )


def check_probe(exchange: Exchange) -> None:
    """A request that is malformed on purpose gets the status that HTTP has for it, or is told in the body."""
    case = exchange.case
    if exchange.failure is not None:
        return
    scenario: Any = getattr(case.meta.phase.data, "scenario", None) if case.meta is not None else None
    if scenario in CONTENT_TYPE_PROBES and not case.operation.body:
        return  # The type of a body that nobody reads.
    if scenario in _PROBES:
        check_accepted(exchange, _PROBES[scenario])


# ---- Secrets


class SecretKeeper(logging.Handler):
    """Finds secrets in what people get to see: log records, reprs, exceptions with their tracebacks.

    Args:
        secrets: What is secret wherever it stands.
        names: The fields whose values are secret.
        vocabulary: What may be shown although a case has it for a secret: hypothesis makes up words, too.
    """

    def __init__(self, secrets: Collection[str], names: Collection[str], vocabulary: str) -> None:
        super().__init__(logging.DEBUG)
        self._vocabulary = vocabulary
        self._names = names
        self._secrets = tuple(secret for secret in secrets if len(secret) >= _LONG_ENOUGH)
        self._told: list[tuple[str, str]] = []
        self._logged: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._logged.append(f"{record.name}: {self.format(record)}")

    def check(self, exchange: Exchange, client: object) -> None:
        """Raise AssertionError if a secret, or one of the exchange's own, was shown since the last check."""
        more = set(_secrets_of(exchange, self._names))
        for line in self._logged:
            self._look(line, "a log record", more)
        self._logged.clear()
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
        public = repr(without(_values(exchange.case), self._names))
        places = [where for where, secret in told if secret not in public and not self._is_ordinary(secret)]
        assert not places, "a secret is shown in " + ", ".join(places)

    def _is_ordinary(self, secret: str) -> bool:
        return secret not in self._secrets and secret in self._vocabulary

    def _look(self, text: str, where: str, more: Collection[str] = ()) -> None:
        found = (
            secret for secret in (*self._secrets, *more) if len(secret) >= _LONG_ENOUGH and secret in text
        )
        self._told += [(where, secret) for secret in found]


def _values(case: Case[Any]) -> list[Any]:
    return [dict(case.path_parameters), dict(case.query), dict(case.headers), dict(case.cookies), case.body]


def _secrets_of(exchange: Exchange, names: Collection[str]) -> Iterator[str]:
    values = _values(exchange.case)
    if exchange.response.headers.get("content-type", "").startswith("application/json"):
        values.append(exchange.response.json())
    yield from secret_values(values, names)


def without(value: Any, names: Collection[str]) -> Any:
    """A JSON value without what stands under one of these names."""
    if isinstance(value, Mapping):
        return {name: without(item, names) for name, item in value.items() if name not in names}
    return [without(item, names) for item in value] if isinstance(value, list) else value


def secret_values(value: Any, names: Collection[str]) -> Iterator[str]:
    """The strings in a JSON value that stand under a name with `format: password`."""
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
    """A page is the one that was asked for, and holds what it should."""
    (_check_offset if pagination["style"] == "offset" else _check_number)(exchange, pagination)


def _check_number(exchange: Exchange, pagination: Mapping[str, str]) -> None:
    """Pages are counted from 1, and beyond the last one there is nothing."""
    page, query = exchange.response.json(), dict(exchange.expected.query)
    number, count = int(query.get(pagination["page"]) or 1), len(page[pagination["items"]])
    pages, got = page[pagination["pages"]], page.get(pagination["page"], number)
    assert got == number, f"asked for page {number}, got {got}"
    assert bool(count) == (number <= pages) or (number, pages) == (1, 1), (
        f"{count} items on page {number} of {pages}"
    )


def _check_offset(exchange: Exchange, pagination: Mapping[str, str]) -> None:
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
