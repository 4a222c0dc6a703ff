"""Generation of packages from specs: all of them or none, with the same bytes on every machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

from attrs import frozen

from generator import document as documents
from generator.document import SpecError
from generator.normalize import left_out, normalize
from generator.package import render
from generator.validate import validate

# Exact, since templates and the Project class are outside the library's promise of compatibility, and another
# ruff may format differently.
PINNED = {"openapi-python-client": "0.29.1", "ruff": "0.17.5"}
HEADER = "# Generated from openapi/{source} by `make generate`. Do not edit."
_HEADER_START = "# Generated from openapi/"
_HANDWRITTEN = ("ruff.toml",)
_ORPHAN = ", no spec generates it: run `make generate` to remove it"
_PLAIN_INIT = "__init__while_linting.py"
_STAGING = ".staging-"


class Report(Protocol):
    """Reports progress to the user."""

    def __call__(self, step: str, *, lasting: bool = False) -> None:
        """Report a step that begins or, with `lasting`, a note about the result."""
        ...


class GenerationError(Exception):
    """Raised when generation fails for a reason outside of the specs."""


@frozen
class Folders:
    """The folders of specs and of packages."""

    specs: Path
    output: Path
    settings: Path

    def named(self, names: list[str]) -> list[Path]:
        """Return the specs with these names, or all of them."""
        found = {path.stem: path for path in sorted(self.specs.glob("*.yaml"))}
        unknown = [name for name in names if name not in found]
        if unknown:
            have = ", ".join(found) or "none"
            raise GenerationError(f"There is no {self.specs.name}/{unknown[0]}.yaml. There is: {have}.")
        if not found:
            raise GenerationError(f"There is no *.yaml in {self.specs}.")
        return [found[name] for name in sorted(set(names))] if names else list(found.values())

    def package(self, spec: Path) -> Path:
        """Return the folder of the package of a spec."""
        return self.output / package_name(spec)


def package_name(spec: Path) -> str:
    """Return the name of the package of a spec: `x_client` for x.yaml."""
    return f"{spec.stem.replace('-', '_')}_client"


def check_tools() -> None:
    """Check that the installed tools have the pinned versions.

    Raises:
        GenerationError: One is missing or has another version.
    """
    for name, wanted in PINNED.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "none"
        if found != wanted:
            raise GenerationError(
                f"{name} {wanted} is needed to generate, and {found} is installed: run `make generate`."
            )


def generate(folders: Folders, names: list[str], report: Report) -> list[Path]:
    """Build the packages of the specs, and replace the old ones. Nothing changes unless all of them succeed.

    Returns:
        The packages.

    Raises:
        SpecError: A spec is broken.
        GenerationError: A tool failed.
    """
    specs = folders.named(names)
    folders.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=_STAGING, dir=folders.output) as staging:
        built = build(folders, specs, Path(staging) / "new", report)
        _swap(built, folders, Path(staging) / "old")
    if not names:
        for orphan in _orphan_packages(folders, specs):
            report(f"removing {orphan.name}, which no spec generates any more")
            shutil.rmtree(orphan)
    return [folders.package(spec) for spec in specs]


def check(folders: Folders, names: list[str], report: Report) -> list[str]:
    """Compare the committed packages with what the specs generate. Nothing is written.

    Returns:
        One line for each difference.
    """
    specs = folders.named(names)
    differences: list[str] = []
    with tempfile.TemporaryDirectory(prefix="generate-") as staging:
        built = build(folders, specs, Path(staging), report)
        for package in built:
            differences += _differences(folders.output / package.name, package, folders)
    if not names:
        differences += _unexpected(folders, specs)
    return differences


def build(folders: Folders, specs: list[Path], staging: Path, report: Report) -> list[Path]:
    """Build packages in a folder.

    Raises:
        SpecError: A spec is broken; every broken one is reported.
        GenerationError: A tool failed.
    """
    broken: list[str] = []
    built: list[Path] = []
    names = [package_name(spec) for spec in specs]
    if len(set(names)) < len(names):
        raise GenerationError(f"Two specs would generate the same package: {', '.join(sorted(names))}.")
    for spec in specs:
        target = staging / package_name(spec)
        report(f"reading {spec.name}")
        try:
            document = documents.load(spec, f"openapi/{spec.name}")
            validate(document)
            for part in left_out(document):
                report(f"{spec.name}: {part} is left out of the client", lasting=True)
            report(f"writing {target.name}")
            render(document, normalize(document), target, target.name)
        except SpecError as error:
            broken.append(str(error))
            continue
        built.append(target)
        _finish(target, spec.name, folders.settings, report)
    if broken:
        raise GenerationError("\n".join(broken))
    return built


def _finish(package: Path, source: str, settings: Path, report: Report) -> None:
    report(f"formatting {package.name}")
    quiet = ["--quiet", "--no-cache", "--config", str(settings), package.name]
    # ruff keeps unused imports in an __init__.py, which may be exports; here __all__ has the exports.
    inits = sorted(package.rglob("__init__.py"))
    for path in inits:
        path.rename(path.with_name(_PLAIN_INIT))
    for command in (
        ["check", "--fix-only", "--select", "F401"],
        ["check", "--fix-only", "--select", "I"],
        ["format"],
        ["check"],
    ):
        _ruff([*command, *quiet], package)
    for path in inits:
        path.with_name(_PLAIN_INIT).rename(path)
    header = HEADER.format(source=source)
    for path in _files(package):
        path.write_text(f"{header}\n{path.read_text(encoding='utf-8')}", encoding="utf-8", newline="\n")


def _ruff(arguments: list[str], package: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *arguments],
        cwd=package.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise GenerationError(f"ruff {arguments[0]} failed on {package.name}; a template is wrong:\n{said}")


def _files(package: Path) -> list[Path]:
    """Return the source files of a package, sorted."""
    found = (path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted(found)


def move(source: Path, target: Path) -> None:
    """Move a folder within a file system, atomically."""
    source.rename(target)


def _swap(built: list[Path], folders: Folders, aside: Path) -> None:
    """Replace old packages by new ones. If one cannot be replaced, restore all old ones."""
    aside.mkdir()
    placed: list[Path] = []
    try:
        for package in built:
            target = folders.output / package.name
            if target.exists():
                move(target, aside / package.name)
            placed.append(target)
            move(package, target)
    except OSError as error:
        for target in placed:
            shutil.rmtree(target, ignore_errors=True)
            if (aside / target.name).exists():
                move(aside / target.name, target)
        raise GenerationError(f"Cannot put the new packages in place: {error}") from error


def _differences(committed: Path, package: Path, folders: Folders) -> Iterator[str]:
    new = {path.relative_to(package): path for path in _files(package)}
    old = {path.relative_to(committed): path for path in _files(committed)} if committed.is_dir() else {}
    here = f"{folders.output.name}/{package.name}"
    for name in sorted({*new, *old}):
        if name not in old:
            yield f"{here}/{name.as_posix()} is missing: run `make generate`"
        elif name not in new:
            yield f"{here}/{name.as_posix()} is an orphan{_ORPHAN}"
        elif new[name].read_bytes() != old[name].read_bytes():
            yield f"{here}/{name.as_posix()} differs from what its spec generates: run `make generate`"


def _unexpected(folders: Folders, specs: list[Path]) -> Iterator[str]:
    """Yield a line for everything in the output folder that no spec generates."""
    packages = {package_name(spec) for spec in specs}
    ignored = ("__pycache__", *_HANDWRITTEN, *packages)
    for path in sorted(folders.output.iterdir()) if folders.output.is_dir() else []:
        if path.name in ignored or path.name.startswith("."):
            continue
        here = f"{folders.output.name}/{path.name}"
        if path.is_dir() and _is_generated(path):
            yield f"{here} is an orphan{_ORPHAN}"
        else:
            yield f"{here} is not generated: move it elsewhere"


def _orphan_packages(folders: Folders, specs: list[Path]) -> list[Path]:
    packages = {package_name(spec) for spec in specs}
    found = [path for path in sorted(folders.output.iterdir()) if path.is_dir() and path.name not in packages]
    return [path for path in found if _is_generated(path)]


def _is_generated(package: Path) -> bool:
    """Return whether every file has the header of generated code, so that the package may be removed."""
    files = _files(package)
    return bool(files) and all(path.read_bytes().startswith(_HEADER_START.encode()) for path in files)
