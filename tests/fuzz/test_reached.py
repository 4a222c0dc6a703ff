import httpx
import pytest
from channel import Exchange
from failures import Failure
from reached import Coverage

FAILURE = Failure("Refusal", "WrongPassphrase")


def exchange(way: str, status: int, failure: Failure | None = None) -> Exchange:
    found = Exchange(None, way, {}, None, httpx.Response(status))
    found.failure = failure
    return found


def reached(*ways: str) -> Coverage:
    coverage = Coverage()
    for way in ways:
        coverage.count("garden", "addPlant", exchange(way, 201))
    coverage.count("garden", "addPlant", exchange("async", 400))
    return coverage


OPERATIONS = {"garden": ["addPlant"]}


def test_a_success_in_one_half_of_the_client_is_not_enough() -> None:
    coverage = reached("sync", "raw")
    assert coverage.lacking(OPERATIONS) == {("garden", "addPlant"): {"async"}}
    lines = list(coverage.report(OPERATIONS))
    assert "0 of 1 operations succeeded through the client, sync and async" in lines
    assert "  addPlant: no success through the client, async" in lines


def test_what_several_processes_reached_adds_up() -> None:
    coverage = reached("sync")
    other = reached("async")
    other.expect("garden", "addPlant")
    coverage.add(Coverage.loaded(other.dump()))
    assert not coverage.lacking(OPERATIONS)
    assert coverage.tried == {("garden", "addPlant")}
    assert coverage.hits["garden", "addPlant", "async", 400, False] == 2


@pytest.mark.parametrize("way", ["sync", "async"])
def test_a_failure_in_the_body_of_a_success_is_no_success(way: str) -> None:
    coverage = Coverage()
    coverage.count("garden", "addPlant", exchange(way, 200, FAILURE))
    coverage.judged("garden", "addPlant", exchange(way, 200, FAILURE))
    coverage.judged("garden", "addPlant", exchange("raw", 200, FAILURE))
    assert not coverage.succeeded("garden", "addPlant")
    assert "200 fail" in next(coverage.report(OPERATIONS))
    assert Coverage.loaded(coverage.dump()).raised == {("garden", "addPlant", FAILURE, way)}
