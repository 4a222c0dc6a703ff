"""What judges responses finds a client that misreads one, and knows what any document says."""

from __future__ import annotations

import importlib
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from openapi_fuzz import Target
from openapi_fuzz.document import Document
from openapi_fuzz.responses.drawing import DrawnResponse
from openapi_fuzz.responses.judging import Judge
from openapi_fuzz.responses.mutations import MUTATIONS
from openapi_fuzz.responses.shapes import Shape
from openapi_fuzz.responses.suite import judge_responses
from openapi_mock import Mock
from openapi_runtime import decoding, outcomes
from openapi_runtime.errors import DecodeError, ErrorClasses
from openapi_runtime.messages import HTTPResponse

from .test_apis import TARGETS

GARDEN = Path(__file__).parent / "specs" / "garden.yaml"
KWS = next(each for each in TARGETS if each.name == "kws")
KONGREGATE = next(each for each in TARGETS if each.name == "kongregate")
SCORE = {"score": 3, "rank": 1}


@pytest.fixture(scope="module")
def garden(generate_client: Callable[[Path], str]) -> Target:
    return Target(GARDEN, generate_client(GARDEN), mock=lambda: Mock.from_file(GARDEN))


@pytest.mark.parametrize("operation_id", Document(GARDEN).operations)
def test_a_client_of_any_api_reads_any_response(garden: Target, operation_id: str) -> None:
    counts = Counter[tuple[str, str, str]]()
    judge_responses(garden, operation_id, examples=6, number=1, counts=counts)
    assert {mutation for _, mutation, _ in counts} <= {*MUTATIONS, "valid", "failing"}
    assert sum(counts.values()) == 60


def response(value: object, status: int = 200, operation_id: str = "getScore") -> DrawnResponse:
    content = json.dumps(value).encode()
    return DrawnResponse(operation_id, status, (("content-type", "application/json"),), content, value)


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        (SCORE, "value"),
        ({**SCORE, "unknown": [None]}, "value"),
        ({**SCORE, "rank": -1}, "value"),
        ({**SCORE, "rank": 1.0}, "value"),
        ({**SCORE, "rank": "1"}, "DecodeError"),
        ({**SCORE, "rank": None}, "DecodeError"),
        ({"score": 3}, "DecodeError"),
        ([SCORE], "DecodeError"),
    ],
)
def test_the_right_outcome_of_a_success_is_known(value: object, outcome: str) -> None:
    with Judge(KWS, "getScore") as judge:
        assert judge.check_drawn_response(response(value)) == outcome


def misplace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DecodeError, "inside", lambda self, _key: self)


def lose_operation(monkeypatch: pytest.MonkeyPatch) -> None:
    found = outcomes._decode_error

    def nameless(*arguments: Any) -> DecodeError:
        error = found(*arguments)
        error.operation_id = ""
        return error

    monkeypatch.setattr(outcomes, "_decode_error", nameless)


def show_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "redact", lambda text, _secrets=(): text)


def take_any_class(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ErrorClasses, "of", lambda self, _status, _body: self.by_status[400])


def lose_the_body(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "_failure_body", lambda _operation, _received: None)


def lose_unknown_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("kws_client.models.score")
    monkeypatch.setattr(module, "rest", lambda _found, _known, _of: {})


def take_any_integer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("kws_client.models.score"), "integer", decoding.anything)


def never_unpack(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(received: HTTPResponse, _max_size: int) -> None:
        received.is_packed = False

    monkeypatch.setattr(outcomes, "unpack", leave)


@pytest.mark.parametrize(
    ("plant", "shown"),
    [
        (misplace, "points at"),
        (lose_operation, "names ''"),
        (show_secrets, "in one line|is shown by"),
        (take_any_class, "gives BadRequest"),
        (lose_the_body, "gives back None"),
        (lose_unknown_fields, "gives back"),
        (take_any_integer, "gives Score|is of type"),
        (never_unpack, "DecodeError|ResponseTooLarge"),
    ],
)
def test_a_client_that_misreads_responses_is_found(
    plant: Callable[[pytest.MonkeyPatch], None], shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError, match=f"(?s)the client misreads.*({shown})"):
        judge_responses(KWS, "getScore", examples=40, number=1)


def test_a_failure_without_its_code_is_one_all_the_same() -> None:
    with Judge(KONGREGATE, "authenticate") as judge:
        assert (
            judge.check_drawn_response(response({"success": False}, operation_id="authenticate")) == "Failed"
        )
        assert judge.check_drawn_response(response({"success": False, "error": 403})) == "InvalidCredentials"


def test_what_is_kept_of_a_value_is_what_the_document_has_of_it() -> None:
    shape = Shape(KWS.document, {"$ref": "#/components/schemas/Profile"})
    sent = {"id": "x", "city": None, "postalCode": "1", "permissions": {"sing": 3}, "unknown": None}
    kept = shape.kept(sent)
    assert kept == {"id": "x", "postCode": "1", "permissions": {"sing": 3}, "unknown": None}
    assert shape.wrong_places(kept) == {("id",), ("username",), ("dateOfBirth",), ("permissions", "sing")}
