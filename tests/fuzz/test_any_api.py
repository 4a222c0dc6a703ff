"""An API that nobody has written a line for, but its YAML, is fuzzed like any other."""

import itertools
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from schemathesis import Case, GenerationMode

from openapi_fuzz import Coverage, Failure, Fuzzer, Target, cases, faults, is_positive, scenarios
from openapi_fuzz._schemathesis import DelimitedValue
from openapi_fuzz.oracles.leaks import LeakDetector
from openapi_fuzz.oracles.pages import check_pages
from openapi_fuzz.properties import make_settings
from openapi_fuzz.server import Send
from openapi_fuzz.sessions import HALVES
from openapi_fuzz.violations import violations
from openapi_mock import Behaviour, Call, Mock, Problem, Response, operation
from openapi_reader import read

SPEC = Path(__file__).parent / "specs" / "garden.yaml"
PATHS = read(SPEC).value["paths"].values()
IDS = [each["operationId"] for item in PATHS for each in item.values() if "operationId" in each]
PASSPHRASE = "made-up-passphrase"
SEEDS = ["ash", "beech", "cedar", "date", "elm"]


class Beds(Behaviour):
    """A garden that refuses in the body of a 200."""

    @operation("listSeeds")
    def list_seeds(self, call: Call) -> Any:
        if call.query["passphrase"] != PASSPHRASE:
            return Response(200, {"ok": False, "code": 1, "text": "not this one"})
        start = 2 * (call.query["page"] - 1)
        return {"ok": True, "seeds": SEEDS[start : start + 2], "page": call.query["page"], "pages": 3}

    def render(self, problem: Problem, operation: Any) -> Response:
        return Response(problem.status, {"ok": False, "code": 2, "text": problem.message})


@pytest.fixture(scope="module")
def client(generate_client: Callable[[Path], str]) -> str:
    return generate_client(SPEC)


@pytest.fixture
def garden(client: str) -> Target:
    return Target(SPEC, client, mock=lambda: Mock.from_file(SPEC))


@pytest.fixture
def beds(client: str) -> Target:
    return Target(
        SPEC,
        client,
        mock=lambda: Mock.from_file(SPEC, Beds()),
        values={"passphrase": [PASSPHRASE, PASSPHRASE, "made-up-mistake"], "page": [1, 2, 3, 4]},
        supplied={"passphrase": PASSPHRASE},
        secrets=(PASSPHRASE,),
    )


@pytest.mark.parametrize("operation_id", IDS)
def test_every_operation_keeps_its_contract(garden: Target, operation_id: str) -> None:
    reached = Coverage()
    schema = cases.load(garden, seed=cases.FIXED_SEED, examples=10)
    with Fuzzer(garden, reached) as fuzzer:
        for _ in range(2):
            cases.run(schema, garden.document.operations[operation_id].label, fuzzer.check)
    assert reached.succeeded("garden", operation_id) >= {"sync", "async"}


def test_scenarios_need_no_links(garden: Target) -> None:
    reached = Coverage()
    schema = cases.load(garden, seed=cases.FIXED_SEED, examples=8)
    machine = scenarios.machine(garden, schema, reached)
    scenarios.run(machine, cases.FIXED_SEED, make_settings(8, 20))
    called = {operation for _, operation, *_ in reached.hits}
    assert called <= set(IDS)
    assert len(called) > len(IDS) / 2


def test_a_scenario_that_fails_only_once_is_reported_as_it_failed(garden: Target) -> None:
    count = itertools.count()

    def fail_once(request: httpx.Request, send: Send) -> httpx.Response:
        response = send(request)
        if next(count) != 5:
            return response
        response.read()
        return faults.changed(response, status=500)

    schema = cases.load(garden, seed=cases.FIXED_SEED, examples=8)
    machine = scenarios.machine(garden, schema, Coverage(), fail_once)
    with pytest.raises(AssertionError, match="500"):
        scenarios.run(machine, cases.FIXED_SEED, make_settings(8, 20))


RULES: Final = {
    "addPlant": [
        *("type of body", "additionalProperties of body", "required of body"),
        *("minLength of body.name", "type of body.name", "enum of body.kind"),
        *("minimum of body.height", "maximum of body.height", "type of body.height"),
        *("format of body.planted", "type of body.planted"),
        *("type of body.leaves", "type of body.leaves[0]", "required of body.leaves[0]"),
        *("type of body.leaves[0].shape", "type of body.leaves[0].count", "minimum of body.leaves[0].count"),
    ],
    "listPlants": ["enum of query.kind[0]", "type of query.tall", "pattern of headers.X-Trace"],
    "listSeeds": [
        *("required of query.passphrase", "minLength of query.passphrase"),
        *("minimum of query.page", "maximum of query.page", "type of query.page"),
    ],
    "seeAnimal": ["format of path_parameters.id", "enum of headers.X-Level"],
}


@pytest.mark.parametrize("operation_id", RULES)
def test_each_rule_of_a_request_is_broken_by_itself_and_enforced(garden: Target, operation_id: str) -> None:
    schema = cases.load(garden, seed=cases.FIXED_SEED, examples=1, mode="positive")
    found = [*violations(schema, garden.document, garden.document.operations[operation_id])]
    assert {*map(str, found)} == {*RULES[operation_id]}
    with Fuzzer(garden, Coverage()) as fuzzer:
        assert {fuzzer.check_refused(each).response.status_code for each in found} == {400}


def test_a_rule_that_is_not_enforced_is_named(garden: Target) -> None:
    schema = cases.load(garden, seed=cases.FIXED_SEED, examples=1, mode="positive")
    found = violations(schema, garden.document, garden.document.operations["listSeeds"])
    tall = next(each for each in found if each.rule == "maximum")

    def lenient(_: httpx.Request, __: Send) -> httpx.Response:
        return httpx.Response(200, stream=httpx.ByteStream(b'{"seeds": [], "pages": 1}'))

    with Fuzzer(garden, Coverage(), lenient) as fuzzer, pytest.raises(AssertionError) as raised:
        fuzzer.check_refused(tall)
    assert "listSeeds breaks maximum of query.page" in "".join(raised.value.__notes__)


@pytest.mark.parametrize("shade", [[], ["deep", "half"]])
def test_a_list_that_is_written_with_commas_may_be_empty(garden: Target, shade: list[str]) -> None:
    schema = cases.load(garden, seed=cases.FIXED_SEED, examples=1)
    case = cases.draw_one(schema, garden.document.operations["listPlants"].label)
    case.query = {"shade": DelimitedValue(",".join(shade), ",".join(shade))}
    with Fuzzer(garden, Coverage()) as fuzzer:
        calls = fuzzer.check(case).calls
    assert {(each.flavour.half, each.request.url.params["shade"]) for each in calls if each.request} == {
        (half, ",".join(shade)) for half in HALVES
    }


def test_a_known_value_in_a_list_with_commas_leaves_a_case_allowed(client: str) -> None:
    target = Target(SPEC, client, values={"shade": [["deep", "half"]]}, mock=lambda: Mock.from_file(SPEC))
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=40, mode="positive")
    found: list[Case[Any]] = []
    cases.run(schema, target.document.operations["listPlants"].label, found.append)
    assert "deep,half" in {case.query.get("shade") for case in found}
    assert [case for case in found if not is_positive(case)] == []


@pytest.mark.parametrize(
    ("text", "is_case"),
    [("5.0", False), ("-1e3", False), ("50E-1", False), ("0", True), ("5.5", True), ("x", True)],
)
def test_a_whole_number_is_no_case_of_a_wrong_one_however_it_is_written(
    garden: Target, text: str, is_case: bool
) -> None:
    schema = cases.load(garden, seed=cases.FIXED_SEED, examples=1)
    label = garden.document.operations["listSeeds"].label
    case = cases.draw_one(schema, label, GenerationMode.NEGATIVE)
    case.query = {"page": text}
    assert cases.is_wrong_in_fact(None, case) is is_case


def test_a_parameter_that_is_left_empty_gives_what_it_gives_when_left_out(beds: Target) -> None:
    schema = cases.load(beds, seed=cases.FIXED_SEED, examples=1)
    case = cases.draw_one(schema, beds.document.operations["listSeeds"].label)
    found = {}
    with Fuzzer(beds, Coverage()) as fuzzer:
        for page in ({}, {"page": ""}):
            case.query = {"passphrase": PASSPHRASE, **page}
            exchange = fuzzer.check(case)
            found[exchange.via == "raw"] = exchange.response.json()
    assert found[True] == found[False] == {"ok": True, "seeds": SEEDS[:2], "page": 1, "pages": 3}


def list_seeds(fuzzer: Fuzzer, check: Any) -> None:
    schema = cases.load(fuzzer.target, seed=cases.FIXED_SEED, examples=40)
    cases.run(schema, fuzzer.target.document.operations["listSeeds"].label, check)


def refused(case: Case[Any]) -> bool:
    return case.query.get("passphrase") != PASSPHRASE


def test_a_failure_in_the_body_is_no_success(beds: Target) -> None:
    reached = Coverage()

    def check(case: Case[Any]) -> None:
        if is_positive(case) and refused(case):
            with pytest.raises(AssertionError, match="answered WrongPassphrase instead of"):
                fuzzer.check(case)

    with Fuzzer(beds, reached) as fuzzer:
        list_seeds(fuzzer, check)
    assert reached.reached == {("garden", "listSeeds")}
    assert not reached.succeeded("garden", "listSeeds")


def test_failures_in_the_body_are_raised_by_their_codes(beds: Target) -> None:
    reached = Coverage()

    def check(case: Case[Any]) -> None:
        if not is_positive(case):
            fuzzer.check(case)

    with Fuzzer(beds, reached) as fuzzer:
        list_seeds(fuzzer, check)
    assert {failure for _, _, failure, _ in reached.raised} >= {Failure("Refusal", "BadWeather")}
    assert beds.document.operations["listSeeds"].failures == {
        Failure("Refusal", "WrongPassphrase"),
        Failure("Refusal", "BadWeather"),
        Failure("Refusal", "Failed"),
    }


def test_a_secret_of_a_query_is_found_where_it_is_shown(
    beds: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = beds.endpoints["listSeeds"].module
    sound = module.request

    def leaking(**arguments: Any) -> Any:
        logging.getLogger("somewhere").debug("asking with %s", arguments)
        return sound(**arguments)

    def check(case: Case[Any]) -> None:
        if is_positive(case) and not refused(case):
            fuzzer.check(case)

    with Fuzzer(beds, Coverage()) as fuzzer:
        list_seeds(fuzzer, check)
        monkeypatch.setattr(module, "request", leaking)
        with pytest.raises(
            (AssertionError, BaseExceptionGroup), match=r"a secret is shown|distinct failures"
        ):
            list_seeds(fuzzer, check)


def test_numbered_pages_join_up(beds: Target) -> None:
    with Fuzzer(beds, Coverage()) as fuzzer:
        assert check_pages(fuzzer.channel, beds.document.operations["listSeeds"]) == SEEDS


def test_an_operation_lives_where_its_own_servers_say(garden: Target) -> None:
    paths: set[str] = set()
    with Fuzzer(garden, Coverage()) as fuzzer:
        for operation_id in ("getWeather", "listSeeds"):
            fuzzer.channel.call(
                operation_id, **({"passphrase": PASSPHRASE} if "Seeds" in operation_id else {})
            )
            assert fuzzer.channel.recording.request is not None
            paths.add(fuzzer.channel.recording.request.url.path)
    assert paths == {"/weather", "/v1/seeds"}


def test_a_made_up_secret_that_is_a_word_of_the_client_is_none(beds: Target) -> None:
    leaks = LeakDetector([], beds.document.secret_fields, beds.vocabulary)
    for secret, is_ordinary in (("additional_prop", True), ("made-up-passphrase", False)):
        assert leaks.is_ordinary(secret) is is_ordinary
    assert not LeakDetector(["additional_prop"], (), beds.vocabulary).is_ordinary("additional_prop")


def test_a_field_may_be_called_like_the_one_for_fields_of_the_callers_own() -> None:
    spec = Path(__file__).parents[2] / "openapi" / "mock_control.yaml"
    target = Target(spec, "mock_control_client", mock=lambda: Mock.from_file(spec))
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=1)
    case = cases.draw_one(schema, target.document.operations["seed"].label)
    case.body = {"additionalProperties": [1], "additional_properties": None}
    with Fuzzer(target, Coverage()) as fuzzer:
        calls = fuzzer.check(case).calls
    assert {each.flavour.half for each in calls if each.request} == {*HALVES}
