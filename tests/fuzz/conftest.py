import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.pipeline import Folders, generate

ROOT = Path(__file__).parents[2]


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
