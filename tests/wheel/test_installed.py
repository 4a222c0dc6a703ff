"""What users of the installed wheel meet: README's code and the examples, for type checkers and when run."""

# ruff: noqa: S603 (what is run is our own)
from __future__ import annotations

import ast
import json
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from textwrap import indent

import httpx
import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
# What the packages of the wheel say to export, as JSON.
EXPORTS = """
import importlib, json
from importlib.metadata import files

packages = {str(file.parent).replace("/", ".") for file in files("kws-clients") if file.name == "__init__.py"}
modules = [importlib.import_module(name) for name in sorted(packages)]
print(json.dumps({each.__name__: each.__all__ for each in modules if hasattr(each, "__all__")}))
"""
# What happens around README's code: somebody signs in, and buys a potion.
BROWSER = "from kws_tour import as_the_browser\n"
ORDER = """
import httpx
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from openapi_mock import serve


async def endpoint(request):
    return Response(*kongregate_callback(await request.body()))


form = {"action": "order", "game_id": "1001", "user_id": "765", "order_info": "potion"}
with serve(Starlette(routes=[Route("/", endpoint, methods=["POST"])])) as callback_url:
    form["callback_url"] = callback_url
    order = httpx.post("http://127.0.0.1:8080/site", data=form, headers={"Accept": "application/json"}).json()
print(order["state"], [item.name for item in game.items.list_user_items(user_id=765).items])
"""


# README's tests name what comes from blocks before them.
[TEST_BLOCK] = re.findall(r"^```python\n([^`]*?import pytest\n.*?)^```", README, re.MULTILINE | re.DOTALL)
TESTS_OF_README = "import httpx\n" + TEST_BLOCK
CONFTEST = """
import pytest
from game_backend import create_app
from starlette.testclient import TestClient


@pytest.fixture
def my_server(kws, kongregate, kongregate_mock):
    app = create_app(kws, kongregate, kongregate_mock.control.credentials["api_key"])
    with TestClient(app, "https://game.example") as client:
        yield client
"""


@pytest.fixture(scope="module")
def installed(install):
    """Done as README says."""
    return install("mock")


def test_nothing_is_there_but_the_wheel_and_what_it_asks_for(installed, tmp_path):
    search = "from importlib.util import find_spec; import kws; print(kws.__file__, find_spec('pytest'))"
    where, pytest_there = installed.run(tmp_path, "-c", search).split()
    assert Path(where).is_relative_to(installed.python.parents[1])
    assert pytest_there == "None"


def blocks():
    found = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    return [each for each in found if "import pytest" not in each]


def program(parts):
    """One program. A `with` that ends a part stays open for those after it, as README has it."""
    text, depth = "", 0
    for part in parts:
        text += indent(part, depth * "    ") + "\n"
        depth += isinstance(ast.parse(part).body[-1], ast.With)
    return text


def served_at(part, kws, kongregate):
    """In README both mocks have the same address, one after the other."""
    return part.replace("http://127.0.0.1:8080", kongregate if "kongregate" in part else kws)


def replaced(text, *pairs):
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def examples(folder):
    for example in (ROOT / "examples").glob("*.py"):
        shutil.copy(example, folder)


@pytest.fixture(scope="module")
def as_readme_says(install):
    """What the code of README needs."""
    return install("fuzz", "fast", "pydantic", further=("fastapi",))


@pytest.fixture(scope="module")
def complete(install):
    """All that README and the examples name: the extra for fuzzing brings the one for mocks."""
    return install("fuzz", "fast", "pydantic", further=("fastapi", "opentelemetry-sdk"))


@pytest.fixture
def shown(complete, tmp_path):
    """A folder of the user's own: all code that they are shown, and every name of the packages in it."""
    examples(tmp_path)
    (tmp_path / "readme.py").write_text(program(blocks()), encoding="utf-8")
    (tmp_path / "test_readme.py").write_text(TESTS_OF_README, encoding="utf-8")
    exports = json.loads(complete.run(tmp_path, "-c", EXPORTS))
    named = [package for package in exports if package in README]
    assert {"kws", "kongregate"} <= {*named}
    lines = [f"import {package}" for package in named]
    lines += [f"print({package}.{name})" for package in named for name in exports[package]]
    (tmp_path / "exports.py").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def check(folder, *command):
    done = subprocess.run([*map(str, command)], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_tests_of_readme_pass(complete, shown):
    (shown / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    check(shown, complete.python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_readme.py")


def test_mypy_accepts_what_users_are_shown(complete, shown):
    own = ("--strict", "--config-file=", f"--cache-dir={shown / 'cache'}")
    check(shown, BIN / "mypy", *own, "--python-executable", complete.python, *shown.glob("*.py"))


def test_pyright_accepts_what_users_are_shown(complete, shown):
    (shown / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}', encoding="utf-8")
    check(shown, BIN / "pyright", "--pythonpath", complete.python)


@contextmanager
def serving(process, announcement):
    """The address that a server announces, which then runs until the block ends."""
    try:
        for line in process.stdout:
            if found := re.search(rf"{announcement} (http://127\.0\.0\.1:[0-9]+)", line):
                yield found[1]
                break
        else:
            raise AssertionError(f"it ended with {process.wait()}")
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


@pytest.fixture
def mock(installed, tmp_path_factory):
    """Starts `python -m openapi_mock NAME` in an empty folder."""

    def mock(name):
        folder = tmp_path_factory.mktemp("empty")
        return serving(installed.start(folder, "-m", "openapi_mock", name, "--port", "0"), "^Serving on")

    return mock


def test_the_code_of_readme_runs(as_readme_says, mock, tmp_path):
    examples(tmp_path)
    with mock("kws") as kws, mock("kongregate") as kongregate:
        parts = [served_at(part, kws, kongregate) for part in (BROWSER, *blocks(), ORDER)]
        code = replaced(
            program(parts),
            ("https://club.example", kws),
            (
                '"https://game.example/callback?code=…&state=…"',
                'as_the_browser(sign_in.url, username="robin", password="made-up-password")',
            ),
        )
        (tmp_path / "readme.py").write_text(code, encoding="utf-8")
        printed = as_readme_says.run(tmp_path, "readme.py").splitlines()
    promised = [
        "triggerEvent: POST /v1/users/5073/triggerEvent answered 404 Not Found: event not found",
        "403 Invalid credentials",
    ]
    assert all(f"# {each}\n" in README for each in promised)
    assert [each for each in printed if each in promised] == promised
    assert printed[0] == "355"
    assert re.fullmatch(r"completed \[.*'Potion'.*\]", printed[-1])


def test_the_tours_run(installed, tmp_path):
    for part in ("examples", "openapi"):
        shutil.copytree(ROOT / part, tmp_path / part)
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "walkthrough.py", tmp_path / "scripts")
    printed = installed.run(tmp_path, "scripts/walkthrough.py")
    assert printed.count(" operations succeeded.") == len([*(ROOT / "examples").glob("*_tour.py")])


def test_a_player_orders_from_the_game_server_of_the_examples(installed, mock, tmp_path):
    examples(tmp_path)
    game_server = installed.start(tmp_path, "kongregate_game_server.py", "--port", "0")
    with serving(game_server, "Uvicorn running on") as game, mock("kongregate") as kongregate:
        form = {"action": "order", "game_id": "1001", "user_id": "765", "order_info": "potion"}
        form["callback_url"] = f"{game}/kongregate"
        order = httpx.post(f"{kongregate}/site", data=form, headers={"Accept": "application/json"}).json()
    assert (order["state"], order["items"]) == ("completed", ["Potion"])


@pytest.mark.parametrize(
    ("extras", "modules"),
    [
        ((), "kws, kongregate"),
        (["starlette"], "kongregate.starlette"),
        (["mock"], "kws_mock, uvloop"),
        (["postgresql"], "kws_mock, psycopg"),
        (["fuzz"], "openapi_fuzz.suite"),
    ],
)
def test_each_extra_brings_what_its_modules_import(install, extras, modules, tmp_path):
    install(*extras).run(tmp_path, "-c", f"import {modules}")


def test_without_its_extra_the_mock_says_in_one_line_what_to_install(install, tmp_path):
    process = install().start(tmp_path, "-m", "openapi_mock", "kws")
    advice = "which the clients do without: pip install 'kws-clients[mock]'"
    printed, _ = process.communicate(timeout=20)
    assert process.returncode == 2
    assert re.fullmatch(rf"openapi_mock: the mock needs \w+, {re.escape(advice)}\n", printed)
