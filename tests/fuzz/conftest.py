import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import hypothesis
import pytest
from hypothesis import strategies as st

from generator.pipeline import Folders, generate
from openapi_fuzz import Target
from openapi_fuzz.cases import FIXED_SEED
from openapi_fuzz.plugin import FuzzSession

T = TypeVar("T")

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def _import_knowledge(folder: Path) -> None:
    """Import what only one API's fuzzing knows, such as `fuzz_kws`, since users import a `kws`."""
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


@pytest.fixture(params=["fixed", "new"])
def explore(request: pytest.FixtureRequest, fuzz_session: FuzzSession) -> Callable[..., None]:
    """Puts values of a strategy through a check: the same in every run, and others in each."""
    seed = FIXED_SEED if request.param == "fixed" else fuzz_session.seed

    def explore(values: st.SearchStrategy[T], check: Callable[[T], object]) -> None:
        settings = hypothesis.settings(
            max_examples=fuzz_session.examples,
            database=None,
            deadline=None,
            print_blob=False,
            # The values are small from the start.
            phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        )

        @hypothesis.seed(seed)
        @settings
        @hypothesis.given(values)
        def run(value: T) -> None:
            check(value)

        run()

    return explore


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
