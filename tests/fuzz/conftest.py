import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.pipeline import Folders, generate
from openapi_fuzz.cases import FIXED_SEED
from openapi_fuzz.packages import import_package
from openapi_fuzz.plugin import FuzzSession
from openapi_fuzz.properties import Properties

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


# What only one API's fuzzing knows.
for _knowledge in sorted(HERE.glob("*/__init__.py")):
    import_package(_knowledge.parent, f"fuzz_{_knowledge.parent.name}")


SHORT = 20
"""As many examples as a run has that is to be over soon, failed or not: it looks for no smaller ones."""


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


@pytest.fixture(scope="module")
def library_client(generate_client: Callable[[Path], str]) -> Iterator[str]:
    """Name of the client of examples/fuzzing/library.yaml, to be imported as its mock can be."""
    folder = ROOT / "examples" / "fuzzing"
    sys.path.append(str(folder))
    yield generate_client(folder / "library.yaml")
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.startswith("library_")]:
        del sys.modules[name]


@pytest.fixture(params=["the same data in every run", "new data"])
def properties(request: pytest.FixtureRequest, fuzz_session: FuzzSession) -> Properties:
    """Runs properties twice: with data that are the same in every run, and with others."""
    seed = fuzz_session.seed if request.param == "new data" else FIXED_SEED
    return Properties(seed, fuzz_session.examples, shrink=fuzz_session.examples > SHORT)
