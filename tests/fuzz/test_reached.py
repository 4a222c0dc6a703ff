from reached import Coverage


def reached(*ways: str) -> Coverage:
    coverage = Coverage()
    for way in ways:
        coverage.count("garden", "addPlant", way, 201)
    coverage.count("garden", "addPlant", "async", 400)
    return coverage


OPERATIONS = {"garden": ["addPlant"]}


def test_a_success_in_one_half_of_the_client_is_not_enough() -> None:
    coverage = reached("sync", "raw")
    assert coverage.lacking(OPERATIONS) == {("garden", "addPlant"): {"async"}}
    lines = list(coverage.report(OPERATIONS))
    assert "0 of 1 operations with a 2xx through the client, sync and async" in lines
    assert "  addPlant: no 2xx through the client, async" in lines


def test_what_several_processes_reached_adds_up() -> None:
    coverage = reached("sync")
    other = reached("async")
    other.expect("garden", "addPlant")
    coverage.add(Coverage.loaded(other.dump()))
    assert not coverage.lacking(OPERATIONS)
    assert coverage.tried == {("garden", "addPlant")}
    assert coverage.hits["garden", "addPlant", "async", 400] == 2
