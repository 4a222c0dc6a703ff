import httpx
import pytest

from openapi_fuzz import Coverage, Exchange, Failure
from openapi_fuzz.findings.finding import Finding
from openapi_fuzz.oracles.tally import TALLY, oracle
from openapi_fuzz.report.coverage import Surface
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


def test_everything_that_is_counted_reaches_another_process() -> None:
    coverage = Coverage()
    coverage.register(
        "garden", Surface({"addPlant": ["201", "401"]}, ["a link"], {"addPlant": {"401": "none"}})
    )
    coverage.count("garden", "addPlant", exchange("sync", 201), 0.5)
    coverage.count_link("garden", "a link")
    coverage.oracles.judged["pages"] += 2
    coverage.oracles.raised["pages"] += 1
    coverage.oracles.asks["pages"] = "All pages join up."
    coverage.findings.append(
        Finding("a test", "wrong", "garden", ["addPlant"], ["curl"], "print()", {"steps": []})
    )
    coverage.lines["shelf.py"] |= {1, 2}
    loaded = Coverage.load(coverage.dump())
    loaded.add(Coverage.load(coverage.dump()))
    assert loaded.oracles.judged == {"pages": 4}
    assert loaded.oracles.raised == {"pages": 2}
    assert loaded.oracles.asks == coverage.oracles.asks
    assert loaded.links == {("garden", "a link"): 2}
    assert (loaded.seconds["garden", "addPlant"], loaded.longest["garden", "addPlant"]) == (1.0, 0.5)
    assert loaded.findings == coverage.findings * 2
    assert loaded.lines == coverage.lines
    assert loaded.surfaces == coverage.surfaces
    assert (loaded.unmet("garden"), loaded.unfollowed("garden")) == ([], [])


def test_a_documented_status_that_was_never_met_is_missed_unless_it_is_excused() -> None:
    coverage = Coverage()
    surface = Surface(
        {"addPlant": ["201", "401", "404", "default"]}, ["a link"], {"addPlant": {"401": "none"}}
    )
    coverage.register("garden", surface)
    coverage.count("garden", "addPlant", exchange("sync", 201))
    assert coverage.unmet("garden") == [("addPlant", "404")]
    lines = list(table(coverage))
    assert "3 of 4 documented statuses met, or known to be unreachable" in lines
    assert "  never met: addPlant 404" in lines
    assert "0 of 1 links followed" in lines


def test_an_oracle_is_counted_when_it_judges_and_when_it_raises() -> None:
    before = TALLY.copy()

    @oracle
    def check_even(number: int) -> None:
        """Numbers are even."""
        assert number % 2 == 0

    check_even(2)
    with pytest.raises(AssertionError):
        check_even(3)
    counted = TALLY.since(before)
    del TALLY.asks["even"]
    assert (counted.judged, counted.raised) == ({"even": 2}, {"even": 1})
    assert counted.asks["even"] == "Numbers are even."


def test_two_oracles_cannot_have_one_name() -> None:
    def check_even(number: int) -> None:
        """Numbers are even."""

    def test_even() -> None:
        """All numbers are even."""

    oracle(check_even)
    with pytest.raises(ValueError, match="two oracles are called 'even'"):
        oracle(test_even)
    del TALLY.asks["even"]


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


def test_what_became_of_drawn_responses_is_told_for_all_processes_together() -> None:
    coverage, other = Coverage(), Coverage()
    coverage.outcomes["garden", "valid", "value"] = 3
    other.outcomes["garden", "valid", "value"] = 1
    other.outcomes["garden", "cut short", "DecodeError"] = 2
    other.outcomes["orchard", "valid", "NotFound"] = 1
    coverage.add(Coverage.load(other.dump()))
    assert [*table(coverage)] == [
        "garden, drawn responses: 4 gave a value, 2 a typed error (DecodeError 2)",
        "orchard, drawn responses: 0 gave a value, 1 a typed error (NotFound 1)",
    ]
