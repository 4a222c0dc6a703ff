"""An API that nobody has written a line for, but its YAML, is fuzzed like any other."""

import sys
from collections.abc import Iterator
from pathlib import Path

import cases
import pytest
import stateful
from fuzzer import Fuzzer
from reached import Coverage
from targets import Target

from generator.pipeline import Folders, generate

HERE = Path(__file__).parent
SPEC = HERE / "specs" / "garden.yaml"


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    output = tmp_path_factory.mktemp("generated")
    generate(
        Folders(SPEC.parent, output, HERE.parents[1] / "generated" / "ruff.toml"), ["garden"], lambda _: None
    )
    sys.path.append(str(output))
    yield Target("garden", SPEC)
    sys.path.remove(str(output))
    for name in [name for name in sys.modules if name.partition(".")[0] == "garden_client"]:
        del sys.modules[name]


@pytest.mark.parametrize("operation_id", ["listPlants", "addPlant", "removePlant"])
def test_every_operation_keeps_its_contract(garden: Target, operation_id: str) -> None:
    reached = Coverage()
    schema = cases.load(garden, seed=cases.FIXED_SEED, examples=40)
    with Fuzzer(garden, reached) as fuzzer:
        cases.run(schema, garden.operations[operation_id].label, fuzzer.check)
    assert reached.succeeded("garden", operation_id) >= {"sync", "async"}


def test_scenarios_need_no_links(garden: Target) -> None:
    reached = Coverage()
    schema = cases.load(garden, seed=cases.FIXED_SEED, examples=5)
    machine = stateful.scenarios(garden, schema, reached)
    stateful.run(machine, cases.FIXED_SEED, stateful.settings(5, 10))
    assert {operation for _, operation, _, _ in reached.hits} == {"listPlants", "addPlant", "removePlant"}


def test_an_item_outside_the_enum_of_a_query_array_is_among_the_cases(garden: Target) -> None:
    schema = cases.load(garden, seed=cases.FIXED_SEED, examples=1)
    found = list(cases.wrong_items(schema, garden.operations["listPlants"].label))
    assert found
    assert all(case.query["kind"][-1] not in {"tree", "herb", "moss"} for case in found)
    with Fuzzer(garden, Coverage()) as fuzzer:
        assert {fuzzer.check_refused(case).response.status_code for case in found} == {400}
