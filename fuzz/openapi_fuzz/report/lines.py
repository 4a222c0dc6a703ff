"""Which lines of which packages ran, measured by coverage.py."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType
from typing import Final

from coverage import Coverage as Tracer

_EXPECTED: Final = ["module-not-imported", "module-not-measured", "no-data-collected"]


@dataclass(frozen=True)
class Module:
    """How much of a module ran.

    Attributes:
        name: Its name.
        statements: How many lines can run.
        missed: Those that did not, as text.
        missing: How many these are.
    """

    name: str
    statements: int
    missed: str
    missing: int

    @property
    def percent(self) -> float:
        """The share that ran."""
        return 100 * (1 - self.missing / self.statements) if self.statements else 100.0


class LineTracer:
    """Notes which lines of packages run, in this process, while it is on."""

    def __init__(self, packages: Sequence[str]) -> None:
        self._tracer = Tracer(data_file=None, config_file=False, source_pkgs=[*packages])
        # A worker need not import every package.
        self._tracer.set_option("run:disable_warnings", _EXPECTED)
        if hasattr(sys, "monitoring"):
            self._tracer.set_option("run:core", "sysmon")
        self._imported = [*_imported(packages)]
        self._tracer.start()

    def stop(self) -> Mapping[str, set[int]]:
        """Stop, and return the lines that ran by file."""
        self._tracer.stop()
        data = self._tracer.get_data()
        ran = {file: {*(data.lines(file) or ())} for file in data.measured_files()}
        # Plugins of pytest import some modules before anything can be measured.
        for file in self._imported:
            ran[file] = ran.get(file, set()) | _lines_of_import(file)
        return ran


def modules(packages: Sequence[str], ran: Mapping[str, set[int]]) -> Iterator[Module]:
    """Yield how much of each module of these packages ran, those that never ran as well."""
    tracer = Tracer(data_file=None, config_file=False)
    tracer.get_data().add_lines(ran)
    for package in packages:
        for folder in _folders(package):
            for path in sorted(folder.rglob("*.py")):
                _, statements, _, missing, missed = tracer.analysis2(str(path))
                if statements:
                    inner = path.relative_to(folder.parent).with_suffix("").parts
                    name = ".".join(inner).removesuffix(".__init__")
                    yield Module(name, len(statements), missed, len(missing))


def _imported(packages: Sequence[str]) -> Iterator[str]:
    """Yield the files of those modules of packages that are imported already."""
    for name, module in [*sys.modules.items()]:
        file = getattr(module, "__file__", None) or ""
        if file.endswith(".py") and any(name == each or name.startswith(f"{each}.") for each in packages):
            yield file


def _lines_of_import(file: str) -> set[int]:
    """Return the lines of a module that run when it is imported, whatever their conditions."""
    lines: set[int] = set()
    waiting = [compile(Path(file).read_bytes(), file, "exec", dont_inherit=True)]
    while waiting:
        code = waiting.pop()
        lines.update(line for _, _, line in code.co_lines() if line)
        inner = (each for each in code.co_consts if isinstance(each, CodeType))
        # The body of a class runs at once, that of a function when it is called.
        waiting += [each for each in inner if not each.co_flags & CO_OPTIMIZED]
    return lines


def _folders(package: str) -> list[Path]:
    found = importlib.util.find_spec(package)
    return [Path(each) for each in (found.submodule_search_locations or ())] if found else []
