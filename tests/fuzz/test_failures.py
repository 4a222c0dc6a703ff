"""Every failure that an operation can tell is met, and raised as what it is, by both halves of the client."""

import cases
from fuzzer import Fuzzer
from reached import Coverage
from targets import Target

# Some are an answer to the second call only, so that cases are put more than once.
TIMES = 2
# Most are met soon; a few want one lucky case.
EXAMPLES = (30, 300)


def test_every_documented_failure_is_reached_and_raised(target: Target) -> None:
    wanted = {
        (target.name, operation.id, failure, way)
        for operation in target.operations.values()
        for failure in (operation.failures if target.has_mock else ())
        for way in ("sync", "async")
        if failure not in target.never_told.get(operation.id, ())
    }
    reached = Coverage()
    for examples in EXAMPLES:
        missing = {operation_id for _, operation_id, *_ in wanted - reached.raised}
        schema = cases.load(target, seed=cases.FIXED_SEED, examples=examples)
        for operation_id in sorted(missing):
            with Fuzzer(target, reached) as fuzzer:

                def check(case: cases.Case, fuzzer: Fuzzer = fuzzer) -> None:
                    for _ in range(TIMES):
                        fuzzer.check(case)

                cases.run(schema, target.operations[operation_id].label, check)
    assert sorted(wanted - reached.raised) == []
    unexpected = [each for each in reached.raised if each[2] in target.never_told.get(each[1], ())]
    assert unexpected == []
