"""Sequences of calls: what one call writes, the next one reads."""

import cases
import stateful
from reached import Coverage
from targets import Target

STEPS = 12


def test_scenarios_keep_the_contract(target: Target, coverage: Coverage, examples: int) -> None:
    play(target, coverage, examples, cases.FIXED_SEED)


def test_scenarios_keep_the_contract_with_new_data(
    target: Target, coverage: Coverage, examples: int, new_seed: int
) -> None:
    play(target, coverage, examples, new_seed)


def play(target: Target, coverage: Coverage, examples: int, seed: int) -> None:
    scenarios = max(1, examples // 2)
    schema = cases.load(target, seed=seed, examples=scenarios)
    machine = stateful.scenarios(target, schema, coverage)
    stateful.run(machine, seed, stateful.settings(scenarios, STEPS))
