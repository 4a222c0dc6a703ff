"""Every API in openapi/ is fuzzed; and each fault that is planted in one of them is found.

What only one API needs stands in a folder of its name beside this module, in a function `target`. An API without
such a folder is fuzzed all the same, against a mock that makes responses from its schemas.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from openapi_fuzz import Target, fault_tests, fuzz_tests
from openapi_mock import load

HERE = Path(__file__).parent
SPECS = HERE.parents[1] / "openapi"


def target(spec: Path) -> Target:
    folder = HERE / spec.stem
    if not folder.exists():
        return Target(spec, f"{spec.stem.replace('-', '_')}_client", mock=lambda: load(spec))
    # By its path, since the package that users import has the same name.
    found = importlib.util.spec_from_file_location(
        f"fuzz_{spec.stem}", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert found
    assert found.loader
    module = sys.modules[found.name] = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    made = module.target(spec)
    assert isinstance(made, Target)
    return made


TARGETS = [target(spec) for spec in sorted(SPECS.glob("*.yaml"))]

TestFuzzing = fuzz_tests(*TARGETS)
TestFaultDetection = fault_tests(*(each for each in TARGETS if each.handled))
