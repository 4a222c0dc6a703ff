"""A project of a user's own fuzzes the client of its own API, with nothing but the installed wheel."""

import re
import shutil
from pathlib import Path

import pytest

from generator.pipeline import Folders, generate

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "fuzzing"
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--fuzz-examples", "20", "--fuzz-seed", "1")


@pytest.fixture(scope="module")
def installed(install):
    return install("fuzz")


@pytest.fixture
def project(tmp_path):
    """The example, done as it says, in a folder of its own."""
    project = tmp_path / "project"
    shutil.copytree(EXAMPLE, project)
    generate(Folders(project, project, ROOT / "generated" / "ruff.toml"), ["library"], lambda *_, **__: None)
    return project


def test_without_its_extra_the_fuzzing_says_what_to_install(install, tmp_path):
    process = install().start(tmp_path, "-c", "import openapi_fuzz; openapi_fuzz.Target")
    printed, _ = process.communicate(timeout=60)
    advice = "which the clients do without: pip install 'kws-clients[fuzz]'"
    assert re.search(rf"^ModuleNotFoundError: fuzzing needs \w+, {re.escape(advice)}$", printed, re.MULTILINE)


def fuzz(installed, project, *arguments):
    process = installed.start(project, *PYTEST, *arguments)
    printed, _ = process.communicate(timeout=600)
    return process.returncode, printed


def test_the_example_of_a_users_own_api_is_fuzzed(installed, project):
    status, printed = fuzz(installed, project, "-W", "error")
    assert status == 0, printed
    assert "library, responses by status" in printed
    assert "4 of 4 operations succeeded through the client, sync and async" in printed
    assert "--fuzz-seed=1" in printed


@pytest.mark.parametrize(
    ("file", "sound", "faulty", "test", "shown"),
    [
        pytest.param(
            "library_mock.py",
            'del self._books[self._book(call)["id"]]',
            "self._book(call)",
            "test_library.py::TestLibrary::test_operation_keeps_its_contract[library-removeBook]",
            r"instead of \[404\]",
            id="a mock that forgets to remove",
        ),
        pytest.param(
            "library_mock.py",
            "offset : offset + limit",
            "offset : offset + limit + 1",
            "test_library.py::TestLibrary::test_pages_join_up[library-listBooks]",
            "offset 0 with limit 1 gives",
            id="a mock that gives too much",
        ),
        pytest.param(
            "library_client/api/books/list_books.py",
            '"limit": limit',
            '"limits": limit',
            "test_library.py::TestLibrary::test_operation_keeps_its_contract[library-listBooks]",
            r"query: sent \(\('limits', ",
            id="a client that sends another parameter",
        ),
        pytest.param(
            "library_client/models/book.py",
            'found.get("year", UNSET)',
            "UNSET",
            "test_library.py::TestLibrary::test_operation_keeps_its_contract[library-addBook]",
            "the client misreads a 201",
            id="a client that loses a field",
        ),
        pytest.param(
            "library_client/models/book.py",
            'required(found, "title", string)',
            'found.get("title")',
            "test_library.py::TestResponses::test_any_response_gives_a_value_or_a_typed_error[library-getBook]",
            "the client misreads <getBook, ",
            id="a client that takes any type",
        ),
        pytest.param(
            "game_server.py",
            "except APIError",
            "except Forbidden",
            "test_game_server.py::test_a_player_always_gets_an_answer",
            r"\(response to triggerEvent\): <triggerEvent, ",
            id="a game server that a failure brings down",
        ),
    ],
)
def test_a_fault_in_the_example_is_found(installed, project, file, sound, faulty, test, shown):
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert sound in text
    path.write_text(text.replace(sound, faulty), encoding="utf-8")
    status, printed = fuzz(installed, project, test)
    assert status == 1, printed
    assert re.search(shown, printed), printed
