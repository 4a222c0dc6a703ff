import pytest
from fuzzer import Fuzzer
from reached import Coverage
from targets import Operation, Target, targets
from walks import check_pages

PAGED = [
    pytest.param(target, operation, id=f"{target}-{operation.id}")
    for target in targets()
    for operation in target.operations.values()
    if target.has_mock and operation.pagination
]


@pytest.mark.parametrize(("api", "operation"), PAGED)
def test_pages_join_up(api: Target, operation: Operation) -> None:
    with Fuzzer(api, Coverage()) as fuzzer:
        assert check_pages(fuzzer.channel, operation)
