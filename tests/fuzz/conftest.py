import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import stateful
from hypothesis import strategies as st

from generator.pipeline import Folders, generate
from openapi_fuzz import Target
from openapi_fuzz.cases import FIXED_SEED
from openapi_fuzz.plugin import FuzzSession

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def _import_knowledge(folder: Path) -> None:
    """Import what only one API's fuzzing knows as `fuzz_kws`, since the package of users is called `kws`."""
    name = f"fuzz_{folder.name}"
    found = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert found
    assert found.loader
    sys.modules[name] = importlib.util.module_from_spec(found)
    found.loader.exec_module(sys.modules[name])


for _knowledge in sorted(HERE.glob("*/__init__.py")):
    _import_knowledge(_knowledge.parent)


@pytest.fixture(scope="session")
def kws_target() -> Target:
    """What test_apis.py fuzzes of KWS, for tests with a change to it."""
    target: Target = sys.modules["fuzz_kws"].target(ROOT / "openapi" / "kws.yaml")
    return target


SHORT = 20
"""As many examples as a run has that is to be over soon, failed or not: it looks for no smaller ones."""


class Properties:
    """Puts properties to the test with the data of one seed."""

    def __init__(self, seed: int, examples: int) -> None:
        self._seed = seed
        self._examples = examples

    def hold(self, check: Callable[..., None], *data: st.SearchStrategy[Any], share: float = 1) -> None:
        """Call a function with data; `share` says with how many of the usual number of examples."""
        hypothesis.seed(self._seed)(self._settings(share)(hypothesis.given(*data)(check)))()

    def run(
        self, machine: Callable[[], stateful.RuleBasedStateMachine], *, steps: int, share: float = 1
    ) -> None:
        """Run a state machine, of which each example makes a new one."""
        settings = hypothesis.settings(self._settings(share), stateful_step_count=steps)
        stateful.run_state_machine_as_test(hypothesis.seed(self._seed)(machine), settings=settings)

    def _settings(self, share: float) -> hypothesis.settings:
        smaller = [hypothesis.Phase.shrink] if self._examples > SHORT else []
        return hypothesis.settings(
            phases=[hypothesis.Phase.generate, *smaller],
            max_examples=max(1, round(self._examples * share)),
            database=None,
            deadline=None,
            suppress_health_check=list(hypothesis.HealthCheck),
            print_blob=False,
        )


@pytest.fixture(scope="module")
def generate_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Generates the client of a document, to be imported until the module is done; returns its name."""
    output = tmp_path_factory.mktemp("generated")
    names: list[str] = []

    def generate_client(spec: Path) -> str:
        names.append(f"{spec.stem}_client")
        folders = Folders(spec.parent, output, ROOT / "generated" / "ruff.toml")
        generate(folders, [spec.stem], lambda *_, **__: None)
        return names[-1]

    sys.path.append(str(output))
    yield generate_client
    sys.path.remove(str(output))
    for name in [name for name in sys.modules if name.partition(".")[0] in names]:
        del sys.modules[name]


@pytest.fixture(params=["the same data in every run", "new data"])
def properties(request: pytest.FixtureRequest, fuzz_session: FuzzSession) -> Properties:
    """Runs properties twice: with data that are the same in every run, and with others."""
    seed = fuzz_session.seed if request.param == "new data" else FIXED_SEED
    return Properties(seed, fuzz_session.examples)
