"""Every API in openapi/ is fuzzed; and each fault that is planted in one of them is found.

What only one API needs stands in a folder of its name beside this module, in a function `target`; conftest.py
imports it. An API without one is fuzzed all the same, against a mock that makes responses from its schemas.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from openapi_fuzz import Target, fault_tests, fuzz_tests
from openapi_mock import load

SPECS = Path(__file__).parents[2] / "openapi"


def target(spec: Path) -> Target:
    name = f"fuzz_{spec.stem}"
    if name in sys.modules:
        made = sys.modules[name].target(spec)
        assert isinstance(made, Target)
        return made
    return Target(spec, f"{spec.stem.replace('-', '_')}_client", mock=lambda: load(spec))


TARGETS = [target(spec) for spec in sorted(SPECS.glob("*.yaml"))]

TestFuzzing = fuzz_tests(*TARGETS)
TestFaultDetection = pytest.mark.slow(fault_tests(*(each for each in TARGETS if each.handled)))
