"""Generate generated/<name>_client from openapi/<name>.yaml, for the given names or for all."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from generator.document import SpecError
from generator.pipeline import Folders, GenerationError, Report, check, check_tools, generate

if TYPE_CHECKING:
    from rich.status import Status

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Run the command, and return its exit status."""
    options = _parser().parse_args(arguments)
    out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)
    folders = Folders(options.specs, options.output, ROOT / "generated" / "ruff.toml")
    started = time.monotonic()
    try:
        check_tools()
        with out.status("starting") as status:
            report = _reporter(out, status)
            if options.check:
                return _tell(check(folders, options.names, report), err)
            if options.if_needed:
                report(f"comparing {folders.output.name}/ with what {folders.specs.name}/ gives")
                if not check(folders, options.names, _in_silence):
                    return 0
            packages = generate(folders, options.names, report)
    except (GenerationError, SpecError) as error:
        err.print(f"{error}\nNothing was changed.", markup=False)
        return 1
    names = ", ".join(f"{folders.output.name}/{package.name}" for package in packages)
    out.print(f"Generated {names} in {time.monotonic() - started:.1f} s.", markup=False)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="generate.py", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="a file in openapi/, without .yaml (default: all)"
    )
    parser.add_argument(
        "--check", action="store_true", help="compare instead of writing; exit 1 on any difference"
    )
    parser.add_argument("--if-needed", action="store_true", help="write nothing if that would change nothing")
    parser.add_argument("--specs", type=Path, default=ROOT / "openapi", help="folder of the specs")
    parser.add_argument("--output", type=Path, default=ROOT / "generated", help="folder of the packages")
    return parser


def _reporter(out: Console, status: Status) -> Report:
    def report(step: str, *, lasting: bool = False) -> None:
        if lasting:
            out.print(f"{step}.", markup=False)
        elif out.is_terminal:
            status.update(f"{step} …")
        else:
            out.print(f"{step} …", markup=False)

    return report


def _in_silence(step: str, *, lasting: bool = False) -> None:
    """Report nothing."""


def _tell(differences: list[str], err: Console) -> int:
    for line in differences:
        err.print(line, markup=False)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
