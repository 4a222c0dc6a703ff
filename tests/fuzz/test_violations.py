"""A case breaks a rule in fact: what arrives as something allowed breaks none."""

from pathlib import Path
from typing import Final

import pytest

from openapi_fuzz import Target, cases
from openapi_fuzz.violations import Violation, violations

SPECS: Final = Path(__file__).parent / "specs"
NULLABLE: Final = {
    "findThings": {"anyOf of query.size", "enum of query.days"},
    "addThing": {
        *("type of body", "required of body", "type of body.name", "anyOf of body.note", "anyOf of body.size")
    },
    "addNote": {"type of body", "required of body", "enum of body.days"},
}

LIMITS: Final = {
    "findThings": {"minLength of query.code", "maxLength of query.code"}
    | {f"{rule} of query.offset" for rule in ("type", "minimum", "maximum")},
    "addThing": {"type of body", "required of body", "type of body.name", "minLength of body.name"}
    | {f"{rule} of body.code" for rule in ("type", "minLength", "maxLength")}
    | {"type of body.tags", "minItems of body.tags", "type of body.tags[0]"},
}


def found(name: str, operation_id: str) -> list[Violation]:
    target = Target(SPECS / f"{name}.yaml", "no_client", base_url="http://127.0.0.1:9")
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=1, mode="positive")
    return [*violations(schema, target.document, target.document.operations[operation_id])]


@pytest.mark.parametrize("operation_id", NULLABLE)
def test_where_everything_is_a_text_any_text_is_one(operation_id: str) -> None:
    assert {*map(str, found("unusual/nullable", operation_id))} == NULLABLE[operation_id]


def test_what_only_a_server_says_is_neither_sent_nor_missed() -> None:
    rules = sorted(map(str, found("sides", "addThing")))
    assert rules == ["required of body"] * 2 + [f"type of body{place}" for place in ("", ".key", ".name")]


@pytest.mark.parametrize("operation_id", LIMITS)
def test_limits_are_broken_as_far_as_that_can_be_sent(operation_id: str) -> None:
    assert {*map(str, found("unusual/limits", operation_id))} == LIMITS[operation_id]
