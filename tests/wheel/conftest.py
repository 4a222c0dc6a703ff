# ruff: noqa: S603 (what is run is our own)
"""The project as its users have it: built into a wheel, and installed where nothing else of this checkout is.

No index is asked. An environment of the kind that `pip install 'kws-clients[mock]'` makes gets copies of the
packages that are installed here, and of those only what the wheel's own metadata asks for.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = "kws-clients"
PIP = (sys.executable, "-m", "pip", "--isolated", "--quiet", "--disable-pip-version-check")


@dataclass(frozen=True)
class Installed:
    """An environment that has the project."""

    python: Path

    def start(self, folder: Path, *arguments: str) -> subprocess.Popen[str]:
        """Python in a folder, as a user would start it: with nothing of this checkout in its environment."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return subprocess.Popen(
            [self.python, *arguments],
            cwd=folder,
            env={**environment, "PYTHONUNBUFFERED": "1"},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def run(self, folder: Path, *arguments: str) -> str:
        """What it printed. It has to succeed."""
        process = self.start(folder, *arguments)
        printed, _ = process.communicate(timeout=60)
        assert process.returncode == 0, printed
        return printed


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a release would publish."""
    folder = tmp_path_factory.mktemp("dist")
    command = [*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    subprocess.run(command, check=True)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def install(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Installed]:
    """An environment with the wheel and some of its extras, such as `install("mock")`.

    With `further=("fastapi",)` it also has packages that the wheel does not ask for.
    """

    @cache
    def install(*extras: str, further: tuple[str, ...] = ()) -> Installed:
        asked = f"{PROJECT}[{','.join(extras)}]"
        folder = tmp_path_factory.mktemp("installed")
        venv.create(folder, symlinks=True)
        [packages] = folder.glob("lib/python*/site-packages")
        brought = {name for each in (asked, *further) for name in needed(Requirement(each))}
        for each in {*brought, *further} - {PROJECT}:
            copy(distribution(each), packages)
        # Without an index, so that it fails where anything that the wheel asks for is missing.
        python = folder / "bin" / "python"
        subprocess.run(
            [*PIP, "--python", python, "install", "--no-index", f"{asked} @ {wheel.as_uri()}"], check=True
        )
        return Installed(python)

    return install


def needed(requirement: Requirement) -> Iterator[str]:
    """The names of everything that a requirement brings, without the thing itself."""
    for text in distribution(requirement.name).requires or ():
        each = Requirement(text)
        extras = requirement.extras or {""}
        if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in extras):
            yield each.name
            yield from needed(each)


def copy(source: Distribution, packages: Path) -> None:
    for file in source.files or ():
        if ".." not in file.parts:  # where the commands are
            target = packages / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source.locate_file(file), target)
