"""The suite finds what it is there to find: each fault, planted alone, makes it fail, and say why."""

import dataclasses
import logging
import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import attrs
import cases
import faults
import pytest
import stateful
from faults import ClientFault, MockFault
from fuzzer import Fuzzer
from reached import Coverage
from targets import Operation, Target, targets

from openapi_runtime.operation import Request

EXAMPLES = 25
SCENARIOS = 40
STEPS = 15


def first_object(target: Target) -> Operation:
    """An operation whose success is an object with a required property."""
    return next(each for each in target.operations.values() if required_properties(target, each))


def required_properties(target: Target, operation: Operation) -> list[str]:
    for status in operation.successes:
        content = operation.responses[str(status)].get("content", {})
        whole = target.resolve(content.get("application/json", {}).get("schema", {}))
        shapes = [target.resolve(each) for each in whole.get("oneOf", [whole])]
        schema = next(each for each in shapes if "x-failure" not in each)
        properties = schema.get("properties", {})
        # A constant would also do, but what is said of it depends on its value.
        found = [name for name in schema.get("required", ()) if "const" not in properties.get(name, {})]
        if found:
            return found
    return []


def without(body: dict, name: str) -> dict:
    return {key: value for key, value in body.items() if key != name}


def mock_faults(target: Target) -> list[MockFault]:
    """Faults that can be planted in the mock of any API."""
    some = first_object(target)
    name = required_properties(target, some)[0]
    found = [
        MockFault(
            "a property is missing",
            "required property|got nothing",
            some.id,
            faults.answering(lambda body: without(body, name)),
        ),
        MockFault(
            "a property has another type",
            "is not of type|got array",
            some.id,
            faults.answering(lambda body: {**body, name: [body[name]]}),
        ),
        MockFault(
            "a property is null",
            "is not of type|expected",
            some.id,
            faults.answering(lambda body: {**body, name: None}),
        ),
        MockFault("the status is undocumented", "202", some.id, faults.replacing(status=202)),
        MockFault("the status is a failure", "500", some.id, faults.replacing(status=500)),
        MockFault("the media type is wrong", "text/html", some.id, faults.replacing(media_type="text/html")),
    ]
    for each in target.operations.values():
        pages = each.pagination
        if pages and pages["style"] == "offset" and pages.get("total"):
            total, items = pages["total"], pages["items"]
            found += [
                MockFault(
                    "the total is one too high",
                    "items from",
                    each.id,
                    faults.answering(lambda b, t=total: {**b, t: b[t] + 1}),
                ),
                MockFault(
                    "the last item is cut",
                    "items from",
                    each.id,
                    faults.answering(lambda b, i=items: {**b, i: b[i][:-1]}),
                ),
                MockFault(
                    "the limit is ignored",
                    "on a page|items from",
                    each.id,
                    faults.without_query(pages["limit"]),
                ),
                MockFault(
                    "the offset is ignored",
                    "asked for offset",
                    each.id,
                    faults.without_query(pages["offset"]),
                ),
            ]
            break
    return found


def rename(request: Request) -> Request:
    return attrs.evolve(request, query=[(f"{name}s", value) for name, value in request.query])


def drop_falsy(request: Request) -> Request:
    kept = [(name, value) for name, value in request.query if value not in ("0", "", "false")]
    return attrs.evolve(request, query=kept)


def log(request: Request) -> Request:
    logging.getLogger("somewhere").debug("sending %s, %s, %s", request.url, request.query, request.body)
    return request


def misplace(request: Request) -> Request:
    return attrs.evolve(request, url=request.url.replace("/", "//", 1))


def swallow(call):
    try:
        return call()
    except Exception:  # noqa: BLE001 (that is the fault)
        return None


def client_faults(target: Target) -> list[ClientFault]:
    """Faults that can be planted in any client."""
    some = first_object(target).id
    queries = next(each.id for each in target.operations.values() if each.takes_falsy_query)
    return [
        ClientFault("a parameter has another name", "query: sent", queries, faults.on_request(rename)),
        ClientFault("a falsy value is dropped", "query: sent", queries, faults.on_request(drop_falsy)),
        *(
            ClientFault("a secret is logged", "a secret is shown", each.id, faults.on_request(log))
            for each in list(target.operations.values())
            if each.from_client.keys() & target.secret_fields
        ),
        ClientFault("the path is wrong", "path: sent", some, faults.on_request(misplace)),
        ClientFault("an error is swallowed", "instead of raising", some, faults.on_result("{}", swallow)),
        ClientFault(
            "async loses the value",
            "async: lost",
            some,
            faults.on_result("Async{}", lost),
        ),
        ClientFault(
            "the whole answer is not typed",
            "sync with_raw_response: lost",
            some,
            faults.on_result("{}WithRawResponse", untyped),
        ),
    ]


async def lost(call) -> None:
    await call()


def untyped(call):
    return dataclasses.replace(call(), parsed=None)


APIS = [each for each in targets() if each.has_mock]


@pytest.mark.parametrize(
    ("api", "fault"),
    [pytest.param(api, each, id=f"{api}-{each.name}") for api in APIS for each in mock_faults(api)],
)
def test_a_fault_in_an_answer_is_found(api: Target, fault: MockFault) -> None:
    with found(fault):
        one_operation(api, fault.operation_id, fault)


@pytest.mark.parametrize(
    ("api", "fault"),
    [pytest.param(api, each, id=f"{api}-{each.name}") for api in APIS for each in api.faults],
)
def test_a_fault_in_what_the_mock_remembers_is_found(api: Target, fault: MockFault) -> None:
    schema = cases.load(api, seed=cases.FIXED_SEED, examples=EXAMPLES, mode="positive", shrink=False)
    machine = stateful.scenarios(api, schema, Coverage(), fault, often=fault.operation_id)
    with found(fault):
        stateful.run(machine, cases.FIXED_SEED, stateful.settings(SCENARIOS, STEPS, shrink=False))


@pytest.mark.parametrize(
    ("api", "fault"),
    [pytest.param(api, each, id=f"{api}-{each.name}") for api in APIS for each in client_faults(api)],
)
def test_a_fault_in_the_client_is_found(
    api: Target, fault: ClientFault, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = api.endpoints_by_id[fault.operation_id]
    with found(fault):
        one_operation(api, fault.operation_id, plant=lambda: fault.plant(endpoint, monkeypatch))


@contextmanager
def found(fault: MockFault | ClientFault) -> Iterator[None]:
    """The block fails, and says what it is that is wrong."""
    with pytest.raises((AssertionError, BaseExceptionGroup)) as failure:
        yield
    assert re.search(fault.shows, "".join(traceback.format_exception(failure.value)))


def one_operation(
    api: Target,
    operation_id: str,
    transport: MockFault | None = None,
    plant: Callable[[], None] = lambda: None,
) -> None:
    schema = cases.load(api, seed=cases.FIXED_SEED, examples=EXAMPLES, mode="positive", shrink=False)
    with Fuzzer(api, Coverage(), transport) as fuzzer:
        # Only now: the model has looked around with a sound client.
        plant()
        cases.run(schema, api.operations[operation_id].label, fuzzer.check)
        fuzzer.audit()
