from __future__ import annotations

import json

from benchmarking.measuring import (
    FAST,
    OURS,
    STOCK,
    Effort,
    Goal,
    Result,
    Row,
    calibrate,
    measure,
    take_turns,
)
from benchmarking.reporting import data, left_out, read_baseline, record, setbacks, table

ROW = Row("page", "a page", (Goal(OURS, STOCK, 0.75), Goal(FAST, "aiohttp", 1.0)))
EFFORT = Effort(rounds=5, seconds=1.0, runs=3)


def result(ours, stock=1e-3, row=ROW, **others):
    return Result(
        row, {OURS: [ours] * 3, STOCK: [stock] * 3, **{name: [each] * 3 for name, each in others.items()}}
    )


def test_contenders_take_turns_and_each_is_first_for_once():
    order = []

    def turn(name):
        return lambda: order.append(name) or 1.0

    samples = take_turns({"a": turn("a"), "b": turn("b"), "c": turn("c")}, rounds=3)
    assert "".join(order) == "abcbcacab"
    assert samples == {"a": [1.0] * 3, "b": [1.0] * 3, "c": [1.0] * 3}


def test_a_turn_has_as_many_calls_as_fit_into_it_however_slow_the_first_ones_are():
    asked = []

    def work(calls):
        asked.append(calls)
        return 30.0 if len(asked) == 1 else 0.01

    assert calibrate(work, 1.0) == 100


def test_work_without_any_cost_ends():
    assert calibrate(lambda _: 0.0, 1.0) > 1


def test_a_machine_that_gets_slower_moves_no_ratio():
    assert Result(ROW, {OURS: [1, 10, 100], STOCK: [2, 20, 200]}).ratio(OURS, STOCK) == 0.5


def test_samples_are_taken_in_every_round():
    assert measure({OURS: lambda _: 0.5, STOCK: lambda _: 1.0}, EFFORT) == {OURS: [0.5] * 5, STOCK: [1.0] * 5}


def test_whoever_did_not_take_part_has_no_ratio():
    assert result(0.5e-3).ratios == {"ours/stock": 0.5}


def test_the_table_has_medians_minima_ratios_and_goals():
    heading, rule, row = table([result(0.8e-3, fast=10e-6, aiohttp=20e-6)]).splitlines()
    assert {len(heading), len(rule)} == {len(row)}
    assert [cell.strip() for cell in row.strip("|").split("|")] == [
        "a page",
        "800 µs (800 µs)",
        "10 µs (10 µs)",
        "1.0 ms (1.0 ms)",
        "aiohttp 20 µs (20 µs)",
        "ours/stock 0.80, fast/aiohttp 0.50, fast/stock 0.01",
        "ours/stock ≤ 0.75, fast/aiohttp ≤ 1",
        "no, yes",
    ]


def test_a_goal_whose_peer_is_missing_is_not_known():
    assert "yes, not known" in table([result(0.5e-3)])


def test_what_is_counted_by_the_second_is_shown_so():
    assert "2,000/s (2,000)" in table([result(0.5e-3, row=Row("mock", "a mock", per_second=True))])


def test_who_was_left_out_is_told_once():
    lacking = Result(ROW, {}, {"aiohttp": "aiohttp"})
    assert left_out([lacking, lacking]) == "Left out: aiohttp, because aiohttp is not installed here.\n"
    assert not left_out([result(1.0)])


def test_the_data_is_json():
    rows = json.loads(json.dumps(data([result(0.5e-3)])))["rows"]
    assert rows == {
        "page": {
            "medians": {OURS: 0.5e-3, STOCK: 1e-3},
            "minima": {OURS: 0.5e-3, STOCK: 1e-3},
            "ratios": {"ours/stock": 0.5},
        }
    }


# ---- Against another time


def test_what_is_recorded_are_ratios_and_those_of_other_rows_stay(tmp_path):
    path = tmp_path / "baseline.json"
    record([result(0.5e-3)], path)
    record([result(0.25e-3, row=Row("other", "another"))], path)
    assert read_baseline(path) == {"page": {"ours/stock": 0.5}, "other": {"ours/stock": 0.25}}


def never_again(_rows):
    raise AssertionError("there is no reason to measure again")


def test_a_ratio_that_is_a_little_worse_is_none():
    assert not setbacks([result(0.6e-3)], {"page": {"ours/stock": 0.5}}, never_again)


def test_what_was_never_recorded_is_not_compared():
    assert not setbacks([result(9.0)], {"page": {"fast/stock": 0.5}}, never_again)


def test_a_planted_slowdown_is_found_and_measured_twice():
    again = []

    def measured(rows):
        again.append(rows)
        return [result(0.7e-3)]

    [found] = setbacks(
        [result(0.8e-3)], {"page": {"ours/stock": 0.5}, "other": {"ours/stock": 0.1}}, measured
    )
    assert str(found) == "page: ours/stock is 0.80, and was 0.50"
    assert again == [{"page"}]


def test_a_slowdown_that_does_not_come_again_is_none():
    assert not setbacks([result(0.8e-3)], {"page": {"ours/stock": 0.5}}, lambda _: [result(0.5e-3)])


def test_turns_that_were_disturbed_are_no_slowdown_as_long_as_the_best_are_as_good_as_ever():
    disturbed = Result(ROW, {OURS: [0.5, 0.9, 0.9], STOCK: [1.0, 1.0, 1.0]})
    assert disturbed.ratio(OURS, STOCK) == 0.9
    assert not setbacks([disturbed], {"page": {"ours/stock": 0.5}}, never_again)
