from __future__ import annotations

import random
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openapi_runtime import retries
from openapi_runtime.retries import backoff, retry_after

NOW = 1_700_000_000.0


# ---- what a server asks for


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        ("7", 7.0),
        (" 7 ", 7.0),
        ("1.5", 1.5),
        ("999999999999", 999_999_999_999.0),
        ("Tue, 14 Nov 2023 22:13:50 GMT", 30.0),
        ("Tue, 14 Nov 2023 22:12:50 GMT", 0.0),
        ("Tue, 14 Nov 2023 23:13:50 +0100", 30.0),
    ],
)
def test_a_wait_is_a_number_of_seconds_or_a_date(
    monkeypatch: pytest.MonkeyPatch, text: str, seconds: float
) -> None:
    monkeypatch.setattr("openapi_runtime.retries.time", SimpleNamespace(time=lambda: NOW))
    assert retry_after({"retry-after": text}) == seconds


def test_a_date_far_away_is_a_long_wait() -> None:
    found = retry_after({"retry-after": "Fri, 31 Dec 9999 23:59:59 GMT"})
    assert found is not None
    assert found > retries.MAX_WAIT


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-5",
        "+5",
        "soon",
        "inf",
        "nan",
        "1e9",
        ".",
        "1.5.2",
        "7 seconds",
        "\N{ARABIC-INDIC DIGIT SEVEN}",
        "9" * 13,
        "Tue, 99 Nov 2023 22:13:50 GMT",
        "Tue, 14 Nov 99999 22:13:50 GMT",
    ],
)
def test_a_wait_that_makes_no_sense_is_none(text: str) -> None:
    assert retry_after({"retry-after": text}) is None
    assert retry_after({}) is None


WORDS = st.sampled_from(["Tue,", "14", "Nov", "2023", "22:13:50", "GMT", "-", ":", "9" * 20, "é", "\0"])


@given(st.text() | st.lists(WORDS).map(" ".join))
def test_whatever_a_server_asks_for_is_seconds_or_nothing(text: str) -> None:
    found = retry_after({"retry-after": text})
    assert found is None or found >= 0


# ---- what is waited otherwise


def test_any_part_of_a_wait_that_doubles_may_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds: list[tuple[float, float]] = []

    def uniform(least: float, most: float) -> float:
        bounds.append((least, most))
        return most

    monkeypatch.setattr(random, "uniform", uniform)
    waits = [backoff(attempt) for attempt in (1, 2, 3, 4, 5, 6, 100, 10**6)]
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0, 8.0]
    assert {least for least, _ in bounds} == {0}


@given(st.integers(1, 10**6))
def test_a_wait_is_within_its_bounds(attempt: int) -> None:
    assert 0 <= backoff(attempt) <= 8
