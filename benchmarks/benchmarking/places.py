"""Where things are, and how processes of their own find them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
BASELINE: Final = ROOT / "benchmarks" / "baseline.json"

_FOLDERS: Final = ("benchmarks", "runtime", "generated", "overlay", "mock", "fuzz", "reader", "scripts")


def environment(*further: Path) -> dict[str, str]:
    """Return environment variables with which Python imports this checkout, and tools of its environment run.

    Args:
        *further: Folders to import from, besides those of the checkout.
    """
    folders: Sequence[Path] = [*(ROOT / folder for folder in _FOLDERS), *further]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, folders)),
        # An installed package has its bytecode, too.
        "PYTHONDONTWRITEBYTECODE": "",
        # What is measured is the client, and no proxy of this machine.
        "NO_PROXY": "*",
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath))),
    }
