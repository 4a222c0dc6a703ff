"""Every operation of every API, one at a time: examples, coverage, fuzzing, through the client and raw."""

import cases
from fuzzer import Fuzzer
from reached import Coverage
from targets import Target


def test_an_operation_keeps_its_contract(
    target: Target, operation_id: str, coverage: Coverage, examples: int
) -> None:
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=examples)
    fuzz(target, operation_id, schema, coverage)


def test_an_operation_keeps_its_contract_with_new_data(
    target: Target, operation_id: str, coverage: Coverage, examples: int, new_seed: int
) -> None:
    schema = cases.load(target, seed=new_seed, examples=examples, phases=["fuzzing"])
    fuzz(target, operation_id, schema, coverage)


def test_an_operation_succeeds_through_the_client_sync_and_async(
    target: Target, operation_id: str, coverage: Coverage
) -> None:
    """Independent of every other test, so that it holds for one operation run alone."""
    reached = Coverage()
    schema = cases.load(
        target, seed=cases.FIXED_SEED, examples=10, phases=("examples", "fuzzing"), mode="positive"
    )
    # Some things can be done only once, so that each way of sending gets a mock of its own.
    for turn in range(4):
        with Fuzzer(target, reached, turn=turn) as fuzzer:
            cases.run(schema, target.operations[operation_id].label, fuzzer.check)
    coverage.expect(target.name, operation_id)
    coverage.add(reached)
    assert reached.succeeded(target.name, operation_id) >= {"sync", "async"}


def fuzz(target: Target, operation_id: str, schema: cases.BaseSchema, coverage: Coverage) -> None:
    with Fuzzer(target, coverage) as fuzzer:
        label = target.operations[operation_id].label
        cases.run(schema, label, fuzzer.check)
        for case in cases.wrong_items(schema, label):
            fuzzer.check_refused(case)
        fuzzer.audit()
