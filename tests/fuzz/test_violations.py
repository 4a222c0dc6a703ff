"""A case breaks a rule in fact: what arrives as something allowed breaks none."""

from pathlib import Path
from typing import Final

import pytest

from openapi_fuzz import Target, cases
from openapi_fuzz.violations import Violation, violations

SPECS: Final = Path(__file__).parent / "specs" / "unusual"
NULLABLE: Final = {
    "findThings": {"anyOf of query.size", "enum of query.days"},
    "addThing": {
        *("type of body", "required of body", "type of body.name", "anyOf of body.note", "anyOf of body.size")
    },
    "addNote": {"type of body", "required of body", "enum of body.days"},
}


def found(name: str, operation_id: str) -> list[Violation]:
    target = Target(SPECS / f"{name}.yaml", "no_client", base_url="http://127.0.0.1:9")
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=1, mode="positive")
    return [*violations(schema, target.document, target.document.operations[operation_id])]


@pytest.mark.parametrize("operation_id", NULLABLE)
def test_where_everything_is_a_text_any_text_is_one(operation_id: str) -> None:
    assert {*map(str, found("nullable", operation_id))} == NULLABLE[operation_id]
