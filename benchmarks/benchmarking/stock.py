"""The client that the generator gives with its own templates, to compare ours with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from .places import ROOT
from .processes import cpu_of


def command(name: str, output: Path) -> Sequence[str]:
    """Return the command that generates the stock client of `openapi/NAME.yaml` into a folder."""
    spec = ROOT / "openapi" / f"{name}.yaml"
    options = ("--meta", "none", "--overwrite", "--path", str(spec), "--output-path", str(output))
    return [sys.executable, "-m", "openapi_python_client", "generate", *options]


def generate(folder: Path) -> None:
    """Generate the stock client of KWS as the package `kws_stock`."""
    cpu_of(command("kws", folder / "kws_stock"), folder)
