from __future__ import annotations

import datetime as dt
from collections import deque

import pytest
from attrs import define, field
from example_api import GET_THING, Kind

from openapi_runtime import UNSET, Unset
from openapi_runtime.constraints import Constraints
from openapi_runtime.errors import InvalidArgument

LARGEST = 2**63 - 1
DAY = dt.date(2001, 2, 3)

COUNTS = Constraints(type="object", values=Constraints(type="integer", minimum=0, maximum=LARGEST))
IDS = Constraints(type="array", max_items=2, items=Constraints(minimum=1))
NAMES = Constraints(
    type="array",
    min_items=1,
    items=Constraints(type="string", min_length=1, max_length=3, pattern="^[^,]+$"),
)
SHARE = Constraints(type="number", nullable=True, exclusive_minimum=0, exclusive_maximum=1)
OTHERS = Constraints(type="object", reserved=("user", "level"))

MOOD = Constraints(enum=("good", "bad", 7, None))
NOTE = Constraints(type="string", pattern=r"\S")

REFUSED: list[tuple[Constraints, object, str]] = [
    (COUNTS, {"coins": -1}, "it['coins']: expected at least 0"),
    (COUNTS, {"a": 1, "coins": LARGEST + 1}, f"it['coins']: expected at most {LARGEST}"),
    (COUNTS, {"coins": 1.5}, "it['coins']: expected an integer, got number"),
    (COUNTS, {"coins": True}, "it['coins']: expected an integer, got boolean"),
    (COUNTS, {"coins": "12"}, "it['coins']: expected an integer, got string"),
    (COUNTS, {"coins": None}, "it['coins']: expected an integer, got null"),
    (COUNTS, {5: 1}, "it: expected strings as names, got integer"),
    (COUNTS, 5, "it: expected a mapping, got integer"),
    (COUNTS, None, "it: expected a mapping, got null"),
    (COUNTS, [("coins", 1)], "it: expected a mapping, got array"),
    (IDS, [1, 2, 3], "it: expected at most 2 items, got 3"),
    (IDS, [1, 0], "it[1]: expected at least 1"),
    (IDS, 1, "it: expected a list, got integer"),
    (NAMES, [], "it: expected at least 1 items, got 0"),
    (NAMES, "abc", "it: expected a list, got string"),
    (NAMES, b"abc", "it: expected a list, got bytes"),
    (NAMES, {"abc"}, "it: expected a list, got set"),
    (NAMES, ["a", ""], "it[1]: expected at least 1 characters, got 0"),
    (NAMES, ["abcd"], "it[0]: expected at most 3 characters, got 4"),
    (NAMES, ["a,b"], "it[0]: expected text that matches ^[^,]+$"),
    (NAMES, [1], "it[0]: expected a string, got integer"),
    (SHARE, 0, "it: expected more than 0"),
    (SHARE, 1.0, "it: expected less than 1"),
    (SHARE, "1", "it: expected a number, got string"),
    (OTHERS, {"user": 1}, "it['user']: has an argument of its own"),
    (MOOD, "odd", 'it: expected "good" or "bad" or 7 or null'),
    (NOTE, " \n", "it: expected text that is not blank"),
    (Constraints(max_items=1), [DAY, DAY], "it: expected at most 1 items, got 2"),
]


@pytest.mark.parametrize(("constraints", "value", "message"), REFUSED)
def test_a_value_that_violates_a_constraint_is_refused(
    constraints: Constraints, value: object, message: str
) -> None:
    with pytest.raises(InvalidArgument) as caught:
        constraints.check(value, "it", GET_THING)
    assert str(caught.value) == f"getThing: {message}"
    assert isinstance(caught.value, ValueError)
    assert caught.value.request_line == "GET /things/{thing-id}.json"


def test_every_violation_is_found_and_none_twice() -> None:
    constraints = Constraints(type="object", values=IDS)
    assert list(constraints.faults({"a": [0, 1, 0], "b": 5}, "it")) == [
        "it['a']: expected at most 2 items, got 3",
        "it['a'][0]: expected at least 1",
        "it['a'][2]: expected at least 1",
        "it['b']: expected a list, got integer",
    ]
    assert list(Constraints(type="integer", enum=(1, 2)).faults("x", "it")) == ["it: expected 1 or 2"]


@pytest.mark.parametrize(
    ("constraints", "value"),
    [
        (COUNTS, {}),
        (COUNTS, {"least": 0, "most": LARGEST}),
        (IDS, []),
        (IDS, (1, 2)),
        (IDS, range(1, 3)),
        (NAMES, deque(["a", "bcd"])),
        (SHARE, 0.5),
        (SHARE, None),
        (OTHERS, {"coins": "anything"}),
        (MOOD, "good"),
        (MOOD, 7),
        (MOOD, None),
        (NOTE, " x "),
        (Constraints(type="string"), Kind.BIG),
        (Constraints(enum=("small", "big")), Kind.BIG),
        (Constraints(max_items=1), [DAY]),
        (Constraints(minimum=1, max_length=1), DAY),
        (Constraints(maximum=5), None),
        (Constraints(type="array", min_items=1), UNSET),
    ],
)
def test_a_value_within_its_constraints_is_accepted(constraints: Constraints, value: object) -> None:
    constraints.check(value, "it", GET_THING)


@define
class Note:
    """A model whose fields are checked when it is made, and when they are set."""

    text: str | Unset = field(default=UNSET, validator=Constraints(type="string", max_length=3))


@pytest.mark.parametrize("text", ["abc", UNSET])
def test_a_field_of_a_model_is_accepted_within_its_constraints(text: str | Unset) -> None:
    assert Note(text).text == text


def test_a_field_of_a_model_is_refused_when_it_is_made_and_when_it_is_set() -> None:
    with pytest.raises(InvalidArgument, match=r"^Note\.text: expected at most 3 characters, got 4$"):
        Note("abcd")
    note = Note("abc")
    with pytest.raises(InvalidArgument, match=r"^Note\.text: expected a string, got integer$"):
        note.text = 7  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
    assert note.text == "abc"


@pytest.mark.parametrize(
    ("pattern", "allowed", "forbidden"),
    [
        (r"\S", ["a", "\x1f", "\x85", " a "], ["", " \t\n", "\xa0", "\ufeff"]),
        (r"^\s$", ["\n", "\u2003"], ["\x1f", "a"]),
        (r"^[\s\d]+$", ["1 \ufeff"], ["٣", "\x1c"]),
        ("^[a-z]{2}$", ["ab"], ["ab\n", "abc"]),
        ("^[$]$", ["$"], ["$\n", ""]),
        (r"^\W$", ["é"], ["e"]),
    ],
)
def test_a_pattern_is_read_as_json_schema_means_it(
    pattern: str, allowed: list[str], forbidden: list[str]
) -> None:
    constraints = Constraints(type="string", pattern=pattern)
    assert [text for text in (*allowed, *forbidden) if not [*constraints.faults(text, "word")]] == allowed
