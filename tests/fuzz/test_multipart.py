"""Operations with multipart forms are fuzzed like any other."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from openapi_fuzz import Coverage, Fuzzer, Target, cases
from openapi_fuzz.serialization import differences, parts_of
from openapi_mock import Mock

SPEC = Path(__file__).parent / "specs" / "uploads.yaml"


def test_a_multipart_operation_keeps_its_contract(generate_client: Callable[[Path], str]) -> None:
    target = Target(SPEC, generate_client(SPEC), mock=lambda: Mock.from_file(SPEC))
    reached = Coverage()
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=40)
    with Fuzzer(target, reached) as fuzzer:
        cases.run(schema, target.document.operations["addFile"].label, fuzzer.check)
    assert reached.succeeded("uploads", "addFile") >= {"sync", "async"}


@pytest.mark.parametrize(
    ("changed", "is_same"), [({}, True), ({"b": (None, "3")}, False), ({"c": b""}, False)]
)
def test_forms_are_compared_by_names_and_contents(changed: dict[str, object], is_same: bool) -> None:
    fields = {"a": ("a.txt", b"\r\n--x\r\n\r\n"), "b": (None, "2")}
    sent, expected = (
        parts_of(httpx.Request("POST", "http://localhost", files=files))
        for files in (fields | changed, fields)
    )
    assert (differences(sent, expected) == []) == is_same
