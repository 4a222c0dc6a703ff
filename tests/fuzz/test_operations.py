"""Every operation of every API, one at a time: examples, coverage, fuzzing, through the client and raw."""

import cases
from fuzzer import Fuzzer
from reached import Coverage
from schemathesis import Case
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
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=15, phases=("examples", "fuzzing"))
    with Fuzzer(target, reached) as fuzzer:

        def check(case: Case) -> None:
            for _ in range(4 if cases.is_positive(case) else 0):
                fuzzer.check(case)

        cases.run(schema, target.operations[operation_id].label, check)
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
