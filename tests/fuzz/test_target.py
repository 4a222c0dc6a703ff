"""What a target is made of: mistakes are named at once, and any kind of server will do."""

import importlib
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from openapi_fuzz import (
    Coverage,
    Failure,
    Fuzzer,
    ServerFault,
    Target,
    TargetError,
    cases,
    fault_detection,
    faults,
    fuzz_tests,
)
from openapi_fuzz.server import Send
from openapi_mock import Mock, Problem, asgi_app, load, serve

SPEC = Path(__file__).parents[2] / "examples" / "fuzzing" / "library.yaml"
KEY = "made-up-library-key"
EVERY_OPERATION = ("addBook", "getBook", "listBooks", "removeBook")


def library(client: str, **settings: Any) -> Target:
    where = settings if {"mock", "base_url"} & settings.keys() else {"mock": lambda: load(SPEC), **settings}
    return Target(SPEC, client, **{"credentials": {"key": KEY}, "values": {"bookId": [1, 2, 3]}, **where})


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"mock": None}, "^library: give either mock or base_url$"),
        ({"base_url": "https://library.example", "mock": list}, "^library: give either mock or base_url$"),
        ({"name": "shelf", "mock": None}, "^shelf: give"),
        ({"values": {"bookid": [1]}}, "^library: values: the document has no parameter or field 'bookid'$"),
        (
            {"values": {"getBok.bookId": [1]}},
            "values: the document has no parameter or field 'getBok.bookId'",
        ),
        ({"credentials": {"kee": KEY}}, "credentials: the document has no security scheme 'kee'"),
        (
            {"unreachable_failures": {"getBok": [Failure("Refused", "Failed")]}},
            "unreachable_failures: the document has no operation 'getBok'",
        ),
    ],
)
def test_what_does_not_fit_the_document_is_named_when_the_target_is_made(
    settings: dict[str, Any], message: str
) -> None:
    with pytest.raises(TargetError, match=message) as raised:
        library("library_client", **settings)
    assert KEY not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[", "not valid YAML"),
        ("- 1", "expected an OpenAPI document of version 3"),
        ("swagger: '2.0'", "expected an OpenAPI document of version 3"),
        ("openapi: 3.1.1\npaths: {/a: {get: {responses: {}}}}", "GET /a has no operationId"),
    ],
)
def test_a_file_that_is_no_document_is_named(tmp_path: Path, text: str, message: str) -> None:
    spec = tmp_path / "odd.yaml"
    spec.write_text(text, encoding="utf-8")
    with pytest.raises(TargetError, match=f"^odd: {spec}: {message}|^odd: .*{message}"):
        Target(spec, "odd_client", base_url="https://odd.example")


def test_a_client_that_lacks_an_operation_is_named(library_client: str, tmp_path: Path) -> None:
    spec = tmp_path / "library.yaml"
    text = SPEC.read_text(encoding="utf-8").replace("operationId: addBook", "operationId: putBook")
    spec.write_text(text, encoding="utf-8")
    with pytest.raises(TargetError, match=r"^library: library_client has no putBook: generate it again"):
        _ = Target(spec, library_client, base_url="https://library.example").endpoints


def test_a_client_that_is_not_there_is_named_when_the_tests_are_made() -> None:
    message = "^library: there is no package absent_client: generate it from .*library.yaml$"
    with pytest.raises(TargetError, match=message):
        fuzz_tests(library("absent_client"))


def test_what_is_no_server_is_refused(library_client: str) -> None:
    with pytest.raises(TypeError, match=r"^mock: has to return a mock .*, and returned int$"):
        library(library_client, mock=lambda: 7).open_server()


@pytest.fixture(params=["mock", "transport", "application", "URL"])
def server(request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    """The library, as each of the things that a target takes."""
    if request.param == "URL":
        with load(SPEC) as mock, serve(asgi_app(mock)) as url:
            yield {"base_url": f"{url}/v1/", "allow": EVERY_OPERATION}
    else:
        changes = {
            "mock": lambda mock: mock,
            "transport": lambda mock: mock.transport(),
            "application": asgi_app,
        }
        yield {"mock": lambda: changes[request.param](load(SPEC))}


def test_any_kind_of_server_is_fuzzed_alike(library_client: str, server: dict[str, Any]) -> None:
    target, reached = library(library_client, **server), Coverage()
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=20)
    with Fuzzer(target, reached) as fuzzer:
        cases.run(schema, target.document.operations["getBook"].label, fuzzer.check)
    assert reached.succeeded("library", "getBook") >= {"sync", "async", "raw"} - {"raw"}
    assert {status for *_, status, _ in reached.hits} >= {200, 400, 405}


@pytest.mark.usefixtures("library_client")
def test_a_server_may_refuse_with_422_where_that_is_documented(
    generate_client: Callable[[Path], str], tmp_path: Path
) -> None:
    spec = tmp_path / "strict.yaml"
    spec.write_text(SPEC.read_text(encoding="utf-8").replace('"400"', '"422"'), encoding="utf-8")

    def mock() -> Mock:
        behaviour = importlib.import_module("library_mock").Library()
        render = behaviour.render
        behaviour.render = lambda problem, operation: render(
            Problem(422, problem.kind, problem.message) if problem.status == 400 else problem, operation
        )
        return Mock.from_file(spec, behaviour)

    target = Target(spec, generate_client(spec), mock=mock, credentials={"key": KEY})
    schema, reached = cases.load(target, seed=cases.FIXED_SEED, examples=5, mode="negative"), Coverage()
    with Fuzzer(target, reached) as fuzzer:
        cases.run(schema, target.document.operations["listBooks"].label, fuzzer.check)
    assert {400, 422} & {status for *_, status, _ in reached.hits} == {422}


@pytest.mark.parametrize(
    ("change", "shows", "message"),
    [
        (faults.with_json(lambda body: body), "anything", "the fuzzing passes all the same$"),
        (faults.with_other(status=299), "another text", "found, but not as 'another text'"),
    ],
)
def test_a_fault_that_is_not_found_as_it_should_be_is_reported(
    library_client: str, change: Any, shows: str, message: str
) -> None:
    fault = ServerFault("a change", shows, "getBook", change)
    with pytest.raises(fault_detection.FaultNotFoundError, match=f"^a change: {message}"):
        fault_detection.find_in_responses(library(library_client), fault)


def test_credentials_are_shown_nowhere(library_client: str) -> None:
    def leak(request: httpx.Request, send: Send) -> httpx.Response:
        logging.getLogger("somewhere").info("sending %s", request.headers.raw)
        return send(request)

    target = library(library_client)
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=1)
    with Fuzzer(target, Coverage(), leak) as fuzzer:
        case = cases.draw_one(schema, target.document.operations["listBooks"].label)
        with pytest.raises(AssertionError, match="a secret is shown in a log record"):
            fuzzer.check(case)
