"""Faults that any API can have, and a run of the fuzzing with a fault planted, which has to find it."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable, Iterator
from typing import Any, Final

import attrs
import pytest
from schemathesis import BaseSchema

from openapi_runtime import Response
from openapi_runtime.operation import Request

from . import cases, faults, scenarios
from .document import Node, Operation
from .faults import ClientFault, ServerFault
from .fuzzer import Fuzzer
from .properties import make_settings
from .report import Coverage
from .target import Target

# Many, since a fault that is found ends the run: how soon depends on values that differ from run to run.
_EXAMPLES: Final = 100
_SCENARIOS: Final = 120
_STEPS: Final = 15


class FaultNotFoundError(AssertionError):
    """Raised when the fuzzing passes although a fault is planted, or does not say what is wrong."""


def find_in_responses(target: Target, fault: ServerFault) -> None:
    """Fuzz one operation of a server with a fault in its responses.

    Raises:
        FaultNotFoundError: The fuzzing does not find it.
    """

    def run() -> None:
        with Fuzzer(target, Coverage(), fault) as fuzzer:
            _fuzz(fuzzer, _load(target), fault.operation_id)

    _expect(fault, run)


def find_in_memory(target: Target, fault: ServerFault) -> None:
    """Run scenarios on a server that forgets, does things twice, or takes one thing for another.

    Raises:
        FaultNotFoundError: The fuzzing does not find it.
    """
    schema = _load(target)
    machine = scenarios.machine(target, schema, Coverage(), fault, often=fault.operation_id)
    settings = make_settings(_SCENARIOS, _STEPS, shrink=False)
    _expect(fault, lambda: scenarios.run(machine, cases.FIXED_SEED, settings))


def find_in_client(target: Target, fault: ClientFault, patch: pytest.MonkeyPatch) -> None:
    """Fuzz one operation with a fault in the client.

    Raises:
        FaultNotFoundError: The fuzzing does not find it.
    """
    endpoint = target.endpoints[fault.operation_id]

    def run() -> None:
        # Also cases that the document rules out: some operations fail for no others.
        schema = _load(target, mode="all")
        with Fuzzer(target, Coverage()) as fuzzer:
            # Only now: the model has looked at the server with a sound client.
            fault.plant(endpoint, patch)
            fuzzer.channel.reopen()
            _fuzz(fuzzer, schema, fault.operation_id)

    _expect(fault, run)


def _expect(fault: ServerFault | ClientFault, run: Callable[[], object]) -> None:
    try:
        run()
    except (AssertionError, BaseExceptionGroup) as error:
        report = "".join(traceback.format_exception(error))
        if not re.search(fault.shows, report):
            raise FaultNotFoundError(f"{fault.name}: found, but not as {fault.shows!r}:\n{report}") from error
        return
    raise FaultNotFoundError(f"{fault.name}: the fuzzing passes all the same")


def _load(target: Target, mode: str = "positive") -> BaseSchema:
    return cases.load(target, seed=cases.FIXED_SEED, examples=_EXAMPLES, mode=mode, shrink=False)


def _fuzz(fuzzer: Fuzzer, schema: BaseSchema, operation_id: str) -> None:
    cases.run(schema, fuzzer.target.document.operations[operation_id].label, fuzzer.check)
    fuzzer.audit()


# ---- Faults of any server


def server_faults(target: Target) -> list[ServerFault]:
    """Return faults that the responses of any API can have, as far as its document gives occasion."""
    operations = target.document.operations.values()
    some = next((each for each in operations if _required_properties(target, each)), None)
    paged = next((each for each in operations if _has_total(each)), None)
    return [
        *(_faults_of_object(some.id, _required_properties(target, some)[0]) if some else ()),
        *(_faults_of_page(paged.id, paged.pagination or {}) if paged else ()),
    ]


def _faults_of_object(operation_id: str, name: str) -> Iterator[ServerFault]:
    def fault(what: str, shows: str, change: Callable[[dict[str, Any]], Any]) -> ServerFault:
        return ServerFault(what, shows, operation_id, faults.with_json(change))

    yield fault("a property is missing", "required property|got nothing", lambda body: _without(body, name))
    yield fault(
        "a property has another type",
        "is not of type|got array",
        lambda body: {**body, name: [body[name]]},
    )
    yield fault("a property is null", "is not of type|expected", lambda body: {**body, name: None})
    for what, shows, change in (
        ("the status is undocumented", "202", faults.with_other(status=202)),
        ("the status is a failure", "500", faults.with_other(status=500)),
        ("the media type is wrong", "text/html", faults.with_other(media_type="text/html")),
    ):
        yield ServerFault(what, shows, operation_id, change)


def _faults_of_page(operation_id: str, pagination: Any) -> Iterator[ServerFault]:
    total, items = pagination["total"], pagination["items"]
    for what, shows, change in (
        (
            "the total is one too high",
            "items from",
            faults.with_json(lambda body: {**body, total: body[total] + 1}),
        ),
        (
            "the last item is cut",
            "items from",
            faults.with_json(lambda body: {**body, items: body[items][:-1]}),
        ),
        ("the limit is ignored", "on a page|items from", faults.without_query(pagination["limit"])),
        ("the offset is ignored", "asked for offset", faults.without_query(pagination["offset"])),
    ):
        yield ServerFault(what, shows, operation_id, change)


def _has_total(operation: Operation) -> bool:
    pagination = operation.pagination or {}
    return pagination.get("style") == "offset" and "total" in pagination


def _required_properties(target: Target, operation: Operation) -> list[str]:
    """Return the required properties of an operation's success; none if it is no object."""
    for schema in _success_schemas(target, operation):
        properties = schema.get("properties", {})
        # A constant would do, too, but what is said about it depends on its value.
        found = [name for name in schema.get("required", ()) if "const" not in properties.get(name, {})]
        if found:
            return found
    return []


def _success_schemas(target: Target, operation: Operation) -> Iterator[Node]:
    resolve = target.document.resolve
    for status in operation.successes:
        response: Node = operation.response(status) or {}
        content = response.get("content", {})
        whole = resolve(content.get("application/json", {}).get("schema", {}))
        for each in whole.get("oneOf", [whole]):
            if "x-failure" not in resolve(each):
                yield resolve(each)
                break


def _without(body: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != name}


# ---- Faults of any client


def client_faults(target: Target) -> list[ClientFault]:
    """Return faults that any client can have, as far as the document gives occasion."""
    operations = target.document.operations.values()
    some = next((each.id for each in operations if _required_properties(target, each)), None)
    queries = next((each.id for each in operations if each.takes_falsy_query), None)
    secret = [each.id for each in operations if each.from_client.keys() & target.document.secret_fields]
    return [
        *(_faults_of_query(queries) if queries else ()),
        *(
            ClientFault("a secret is logged", "a secret is shown", each, faults.in_requests(_log))
            for each in secret
        ),
        *(_faults_of_call(some) if some else ()),
    ]


def _faults_of_query(operation_id: str) -> Iterator[ClientFault]:
    yield ClientFault(
        "a parameter has another name", "query: sent", operation_id, faults.in_requests(_rename)
    )
    yield ClientFault(
        "a falsy value is dropped", "query: sent", operation_id, faults.in_requests(_drop_falsy)
    )


def _faults_of_call(operation_id: str) -> Iterator[ClientFault]:
    yield ClientFault("the path is wrong", "path: sent", operation_id, faults.in_requests(_misplace))
    yield ClientFault(
        "an error is swallowed", "instead of raising", operation_id, faults.in_results("{}", _swallow)
    )
    yield ClientFault(
        "async loses the value", "async: lost", operation_id, faults.in_results("Async{}", _lose)
    )
    yield ClientFault(
        "the whole response is not typed",
        "sync with_raw_response: lost",
        operation_id,
        faults.in_results("{}WithRawResponse", _without_parsed),
    )


def _rename(request: Request) -> Request:
    return attrs.evolve(request, query=[(f"{name}s", value) for name, value in request.query])


def _drop_falsy(request: Request) -> Request:
    kept = [(name, value) for name, value in request.query if value not in ("0", "", "false")]
    return attrs.evolve(request, query=kept)


def _log(request: Request) -> Request:
    logging.getLogger("somewhere").debug("sending %s, %s, %s", request.url, request.query, request.body)
    return request


def _misplace(request: Request) -> Request:
    return attrs.evolve(request, url=request.url.replace("/", "//", 1))


def _swallow(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except Exception:  # noqa: BLE001 (that is the fault)
        return None


async def _lose(call: Callable[[], Any]) -> None:
    await call()


def _without_parsed(call: Callable[[], Any]) -> Any:
    sent = call()
    return Response(sent.status_code, sent.headers, sent.content, parsed=None)
