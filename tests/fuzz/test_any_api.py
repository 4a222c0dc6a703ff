"""An API that nobody has written a line for, but its YAML, is fuzzed like any other."""

import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import cases
import oracles
import pytest
import stateful
import yaml
from channel import FLAVOURS
from failures import Failure
from fuzzer import Fuzzer
from reached import Coverage
from schemathesis import Case
from schemathesis.core.parameters import DelimitedValue
from schemathesis.generation import GenerationMode
from schemathesis.generation.hypothesis.examples import generate_one
from targets import Target
from walks import check_pages

from generator.pipeline import Folders, generate
from openapi_mock import Behaviour, Call, Document, Mock, Problem, Reply

HERE = Path(__file__).parent
SPEC = HERE / "specs" / "garden.yaml"
PATHS = yaml.safe_load(SPEC.read_text(encoding="utf-8"))["paths"].values()
IDS = [each["operationId"] for item in PATHS for each in item.values() if "operationId" in each]
PASSPHRASE = "made-up-passphrase"
SEEDS = ["ash", "beech", "cedar", "date", "elm"]


class Beds(Behaviour):
    """A garden that refuses in the body of a 200."""

    def list_seeds(self, call: Call) -> Any:
        if call.query["passphrase"] != PASSPHRASE:
            return Reply(200, {"ok": False, "code": 1, "text": "not this one"})
        start = 2 * (call.query["page"] - 1)
        return {"ok": True, "seeds": SEEDS[start : start + 2], "page": call.query["page"], "pages": 3}

    def render(self, problem: Problem, operation: Any) -> Reply:
        return Reply(problem.status, {"ok": False, "code": 2, "text": problem.message})


class Garden(Target):
    """The same, with a mock that nobody finds by its name."""

    pools: ClassVar[Mapping[str, Sequence[Any]]] = {
        "passphrase": [PASSPHRASE, PASSPHRASE, "made-up-mistake"],
        "page": [1, 2, 3, 4],
    }
    supplies: ClassVar[Mapping[str, Any]] = {"passphrase": PASSPHRASE}
    secrets: ClassVar[Sequence[str]] = (PASSPHRASE,)
    has_mock = True

    def new_mock(self) -> tuple[Behaviour, Mock]:
        behaviour = Beds()
        return behaviour, Mock(Document.load(self.path), behaviour)


@pytest.fixture(scope="module", autouse=True)
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    output = tmp_path_factory.mktemp("generated")
    generate(
        Folders(SPEC.parent, output, HERE.parents[1] / "generated" / "ruff.toml"),
        ["garden"],
        lambda *_, **__: None,
    )
    sys.path.append(str(output))
    yield
    sys.path.remove(str(output))
    for name in [name for name in sys.modules if name.partition(".")[0] == "garden_client"]:
        del sys.modules[name]


@pytest.fixture
def garden() -> Target:
    return Target("garden", SPEC)


@pytest.fixture
def beds() -> Target:
    return Garden("garden", SPEC)


@pytest.mark.parametrize("operation_id", IDS)
def test_every_operation_keeps_its_contract(garden: Target, operation_id: str) -> None:
    reached = Coverage()
    schema = cases.load(garden, seed=cases.FIXED_SEED, examples=40)
    with Fuzzer(garden, reached) as fuzzer:
        for _ in range(4):
            cases.run(schema, garden.operations[operation_id].label, fuzzer.check)
    assert reached.succeeded("garden", operation_id) >= {"sync", "async"}


def test_scenarios_need_no_links(garden: Target) -> None:
    reached = Coverage()
    schema = cases.load(garden, seed=cases.FIXED_SEED, examples=8)
    machine = stateful.scenarios(garden, schema, reached)
    stateful.run(machine, cases.FIXED_SEED, stateful.settings(8, 20))
    assert {operation for _, operation, *_ in reached.hits} == set(IDS)


def test_an_item_outside_the_enum_of_a_query_array_is_among_the_cases(garden: Target) -> None:
    schema = cases.load(garden, seed=cases.FIXED_SEED, examples=1)
    found = list(cases.wrong_items(schema, garden.operations["listPlants"].label))
    assert found
    assert all(case.query["kind"][-1] not in {"tree", "herb", "moss"} for case in found)
    with Fuzzer(garden, Coverage()) as fuzzer:
        assert {fuzzer.check_refused(case).response.status_code for case in found} == {400}


@pytest.mark.parametrize("shade", [[], ["deep", "half"]])
def test_a_list_that_is_written_with_commas_may_be_empty(garden: Target, shade: list[str]) -> None:
    schema = cases.load(garden, seed=cases.FIXED_SEED, examples=1)
    operation = cases.find(schema, garden.operations["listPlants"].label)
    case = generate_one(operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    case.query = {"shade": DelimitedValue(",".join(shade), ",".join(shade))}
    with Fuzzer(garden, Coverage()) as fuzzer:
        outcomes = fuzzer.check(case).outcomes
    assert {(each.flavour, each.request.url.params["shade"]) for each in outcomes if each.request} == {
        (flavour, ",".join(shade)) for flavour in FLAVOURS
    }


@pytest.mark.parametrize(
    ("text", "is_case"),
    [("5.0", False), ("-1e3", False), ("50E-1", False), ("0", True), ("5.5", True), ("x", True)],
)
def test_a_whole_number_is_no_case_of_a_wrong_one_however_it_is_written(
    garden: Target, text: str, is_case: bool
) -> None:
    schema = cases.load(garden, seed=cases.FIXED_SEED, examples=1)
    operation = cases.find(schema, garden.operations["listSeeds"].label)
    case = generate_one(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    case.query = {"page": text}
    assert cases._stays_wrong(None, case) is is_case


def test_a_parameter_that_is_left_empty_gives_what_it_gives_when_left_out(beds: Target) -> None:
    schema = cases.load(beds, seed=cases.FIXED_SEED, examples=1)
    operation = cases.find(schema, beds.operations["listSeeds"].label)
    case = generate_one(operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    answers = {}
    with Fuzzer(beds, Coverage()) as fuzzer:
        for page in ({}, {"page": ""}):
            case.query = {"passphrase": PASSPHRASE, **page}
            exchange = fuzzer.check(case)
            answers[exchange.via == "raw"] = exchange.response.json()
    assert answers[True] == answers[False] == {"ok": True, "seeds": SEEDS[:2], "page": 1, "pages": 3}


def list_seeds(fuzzer: Fuzzer, check: Any) -> None:
    schema = cases.load(fuzzer.target, seed=cases.FIXED_SEED, examples=40)
    cases.run(schema, fuzzer.target.operations["listSeeds"].label, check)


def refused(case: Case[Any]) -> bool:
    return case.query.get("passphrase") != PASSPHRASE


def test_a_failure_told_by_the_body_is_no_success(beds: Target) -> None:
    reached = Coverage()

    def check(case: Case[Any]) -> None:
        if cases.is_positive(case) and refused(case):
            with pytest.raises(AssertionError, match="answered WrongPassphrase instead of"):
                fuzzer.check(case)

    with Fuzzer(beds, reached) as fuzzer:
        list_seeds(fuzzer, check)
    assert reached.reached == {("garden", "listSeeds")}
    assert not reached.succeeded("garden", "listSeeds")


def test_failures_told_by_the_body_are_raised_by_their_codes(beds: Target) -> None:
    reached = Coverage()

    def check(case: Case[Any]) -> None:
        if not cases.is_positive(case):
            fuzzer.check(case)

    with Fuzzer(beds, reached) as fuzzer:
        list_seeds(fuzzer, check)
    assert {failure for _, _, failure, _ in reached.raised} >= {Failure("Refusal", "BadWeather")}
    assert beds.operations["listSeeds"].failures == {
        Failure("Refusal", "WrongPassphrase"),
        Failure("Refusal", "BadWeather"),
        Failure("Refusal", "Failed"),
    }


def test_a_secret_of_a_query_is_found_where_it_is_shown(
    beds: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = beds.endpoints_by_id["listSeeds"].module
    sound = module.request

    def telling(**arguments: Any) -> Any:
        logging.getLogger("somewhere").debug("asking with %s", arguments)
        return sound(**arguments)

    def check(case: Case[Any]) -> None:
        if cases.is_positive(case) and not refused(case):
            fuzzer.check(case)

    with Fuzzer(beds, Coverage()) as fuzzer:
        list_seeds(fuzzer, check)
        monkeypatch.setattr(module, "request", telling)
        with pytest.raises(
            (AssertionError, BaseExceptionGroup), match=r"a secret is shown|distinct failures"
        ):
            list_seeds(fuzzer, check)


def test_numbered_pages_join_up(beds: Target) -> None:
    with Fuzzer(beds, Coverage()) as fuzzer:
        assert check_pages(fuzzer.channel, beds.operations["listSeeds"]) == SEEDS


def test_an_operation_lives_where_its_own_servers_say(garden: Target) -> None:
    paths: set[str] = set()
    with Fuzzer(garden, Coverage()) as fuzzer:
        for operation_id in ("getWeather", "listSeeds"):
            fuzzer.channel.ask(
                operation_id, **({"passphrase": PASSPHRASE} if "Seeds" in operation_id else {})
            )
            assert fuzzer.channel.tap.request is not None
            paths.add(fuzzer.channel.tap.request.url.path)
    assert paths == {"/weather", "/v1/seeds"}


def test_a_made_up_secret_that_is_a_word_of_the_client_is_none(beds: Target) -> None:
    keeper = oracles.SecretKeeper([], beds.secret_fields, beds.vocabulary)
    for secret, ordinary in (("additional_prop", True), ("made-up-passphrase", False)):
        assert keeper._is_ordinary(secret) is ordinary
    assert not oracles.SecretKeeper(["additional_prop"], (), beds.vocabulary)._is_ordinary("additional_prop")
