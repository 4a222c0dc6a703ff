"""Every failure that a body can tell is met, and raised as what it is, by both halves of the client."""

import cases
from fuzzer import Fuzzer
from reached import Coverage
from targets import Target

# Some are an answer to the second call only, so that cases are put more than once.
TIMES = 2


def test_every_documented_failure_is_reached_and_raised(target: Target) -> None:
    wanted = {
        (target.name, failure, way)
        for operation in target.operations.values()
        for failure in (operation.failures if target.has_mock else ())
        for way in ("sync", "async")
    }
    reached = Coverage()
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=30)
    for operation in target.operations.values():
        missing = wanted - reached.raised
        if operation.failures & {failure for _, failure, _ in missing}:
            with Fuzzer(target, reached) as fuzzer:

                def check(case: cases.Case, fuzzer: Fuzzer = fuzzer) -> None:
                    for _ in range(TIMES):
                        fuzzer.check(case)

                cases.run(schema, operation.label, check)
    assert not wanted - reached.raised
