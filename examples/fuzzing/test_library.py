"""Fuzz the library: its generated client against its mock, by the document that both are made from."""

from pathlib import Path

from library_model import Shelf

from openapi_fuzz import ServerFault, Target, fault_tests, faults, fuzz_tests, response_tests
from openapi_mock import load

SPEC = Path(__file__).parent / "library.yaml"
LIBRARY = Target(
    SPEC,
    "library_client",
    mock=lambda: load(SPEC),
    credentials={"key": "made-up-library-key"},
    values={"bookId": [1, 2, 3]},
    model=Shelf,
    faults=[ServerFault("a removal is lost", "book|instead of", "removeBook", faults.lost(204))],
)

TestLibrary = fuzz_tests(LIBRARY)
TestResponses = response_tests(LIBRARY)
TestFaultDetection = fault_tests(LIBRARY)
