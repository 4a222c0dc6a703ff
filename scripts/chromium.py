"""Finds the Chromium in which the pages of the mock are tested, or installs it where this may be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE: Final = (
    "no Chromium is installed here, so the tests of the mock's pages will fail: install it (on Debian: "
    "apt-get install chromium), or set CHROMIUM to the path of one"
)


def find() -> str | None:
    """Return the path of a Chromium: what CHROMIUM says, or the first that is installed."""
    chosen = os.environ.get("CHROMIUM")
    return chosen or next(filter(None, map(shutil.which, NAMES)), None)


def install() -> bool:
    """Install the system's Chromium, if that is possible without asking. Return whether it was."""
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    print("Installing Chromium (once; a minute or so) …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = (["update", "--quiet=2"], ["install", "--quiet=2", "--yes", "--no-install-recommends", NAMES[0]])
    return all(subprocess.run([apt, *step], check=False, env=quiet).returncode == 0 for step in steps)


def main() -> int:
    if not find() and not (install() and find()):
        # The other tests can run all the same.
        sys.stderr.write(f"{ADVICE}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
