from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SCRIPTS = str(ROOT / "scripts")
if SCRIPTS not in sys.path:
    sys.path.insert(0, SCRIPTS)

MINIMAL = (HERE / "specs" / "minimal" / "small.yaml").read_text(encoding="utf-8")


class Workshop:
    """A folder with specs, a folder for packages, and the command that turns the one into the other."""

    def __init__(self, folder: Path, capture: Callable[[], str]) -> None:
        self.specs = folder / "openapi"
        self.output = folder / "generated"
        self.specs.mkdir()
        self.output.mkdir()
        self._capture = capture

    def write(self, name: str, text: str = MINIMAL) -> None:
        (self.specs / f"{name}.yaml").write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> tuple[int, str]:
        generate = importlib.import_module("generate")
        folders = ["--specs", str(self.specs), "--output", str(self.output)]
        status: int = generate.main([*arguments, *folders])
        return status, self._capture()

    def files(self) -> dict[str, bytes]:
        found = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def workshop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Workshop:
    def capture() -> str:
        out, err = capsys.readouterr()
        return out + err

    return Workshop(tmp_path, capture)
