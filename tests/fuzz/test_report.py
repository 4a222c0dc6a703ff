import httpx
import pytest

from openapi_fuzz import Coverage, Exchange, Failure
from openapi_fuzz.report.table import table

FAILURE = Failure("Refusal", "WrongPassphrase")


def exchange(way: str, status: int, failure: Failure | None = None) -> Exchange:
    found = Exchange(None, way, {}, None, httpx.Response(status))
    found.failure = failure
    return found


def reached(*ways: str) -> Coverage:
    coverage = Coverage()
    coverage.register("garden", ["addPlant", "getPlant"])
    for way in ways:
        coverage.count("garden", "addPlant", exchange(way, 201))
    coverage.count("garden", "addPlant", exchange("async", 400))
    return coverage


def test_a_success_in_one_half_of_the_client_is_not_enough() -> None:
    coverage = reached("sync", "raw")
    assert coverage.lacking(coverage.reached) == {("garden", "addPlant"): {"async"}}
    lines = list(table(coverage))
    assert "0 of 1 operations succeeded through the client, sync and async" in lines
    assert "  addPlant: no success through the client, async" in lines


def test_what_several_processes_reached_adds_up() -> None:
    coverage = reached("sync")
    other = reached("async")
    other.expect("garden", "addPlant")
    coverage.add(Coverage.load(other.dump()))
    assert not coverage.lacking(coverage.expected)
    assert coverage.expected == {("garden", "addPlant")}
    assert coverage.hits["garden", "addPlant", "async", 400, False] == 2


@pytest.mark.parametrize("way", ["sync", "async"])
def test_a_failure_in_the_body_of_a_success_is_no_success(way: str) -> None:
    coverage = Coverage()
    coverage.register("garden", ["addPlant"])
    coverage.count("garden", "addPlant", exchange(way, 200, FAILURE))
    coverage.count_failure("garden", "addPlant", exchange(way, 200, FAILURE))
    coverage.count_failure("garden", "addPlant", exchange("raw", 200, FAILURE))
    assert not coverage.succeeded("garden", "addPlant")
    assert "200 fail" in next(table(coverage))
    assert Coverage.load(coverage.dump()).raised == {("garden", "addPlant", FAILURE, way)}
