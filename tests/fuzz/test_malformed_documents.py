"""A document with something wrong is used all the same, or refused with the file, the line and the reason."""

import json
import re
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import strategies as st

from generator import document as generator_documents
from generator.document import SpecError
from generator.normalize import normalize
from generator.package import render
from generator.pipeline import Folders, GenerationError, generate
from generator.validate import validate
from openapi_fuzz import cases
from openapi_fuzz.documents import damaged_text, damaged_values
from openapi_fuzz.plugin import FuzzSession
from openapi_fuzz.properties import Properties
from openapi_mock import Mock, Request, SpecificationError
from openapi_reader import ReadError, read

ROOT = Path(__file__).parents[2]
SPECS = sorted([*(ROOT / "openapi").glob("k*.yaml"), *(Path(__file__).parent / "specs").glob("*.yaml")])
# What one document may take, in seconds of CPU: a hundred times what it does take.
LONGEST = 10

# Hypothesis shows what it draws, and files are long; after a failure the file stands in the test's folder.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
damages = pytest.mark.parametrize("damage", ["values", "text"])
specs = pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.stem)


@cache
def damaged(spec: Path, damage: str) -> st.SearchStrategy[bytes]:
    text = spec.read_text(encoding="utf-8")
    if damage == "text":
        return damaged_text(text)
    return damaged_values(read(spec).value).map(lambda value: json.dumps(value, indent=1).encode())


@pytest.fixture
def explore(fuzz_session: FuzzSession, tmp_path: Path) -> Callable[..., None]:
    """Return a function that has files checked: half of them the same in every run."""

    def explore(contents: st.SearchStrategy[bytes], check: Callable[[Path], None], share: float) -> None:
        file = tmp_path / "odd.yaml"

        def check_content(content: bytes) -> None:
            file.write_bytes(content)
            started = time.process_time()
            check(file)
            assert time.process_time() - started < LONGEST

        for seed in (cases.FIXED_SEED, fuzz_session.seed):
            # A smaller file is not looked for: each takes its time, and the one that fails stays.
            held = Properties(seed, fuzz_session.examples, shrink=False)
            held.hold(check_content, contents, share=share)

    return explore


def check_refusal(error: Exception, source: str) -> None:
    """Check that an error names the file, mostly the line, and a reason."""
    found = re.fullmatch(rf"{re.escape(source)}(:\d+)?:? (.{{6,}})", str(error), re.DOTALL)
    assert found, error
    assert found[1] or getattr(error, "line", None) is None


def serve(file: Path) -> None:
    try:
        mock = Mock.from_file(file)
    except SpecificationError as error:
        check_refusal(error, str(file))
        return
    with mock:
        for each in mock.operations:
            for path in (each.bases[0] + re.sub(r"\{[^{}]+\}", "1", each.path), each.path):
                response = mock.handle(Request(each.method, path.encode("utf-8", "replace")))
                assert response.status == 204 or response.encoded_headers
                assert response.status != 500 or not mock.can_respond(each.id), (each.id, response.body)


def generate_from(file: Path) -> None:
    """Go through all of the generation but the formatting, which takes processes of its own."""
    with TemporaryDirectory(dir=file.parent) as folder:
        package = Path(folder) / "odd_client"
        try:
            document = generator_documents.load(file, "openapi/odd.yaml")
            validate(document)
            render(document, normalize(document), package, package.name)
        except SpecError as error:
            check_refusal(error, "openapi/odd.yaml")
            return
        for each in package.rglob("*.py"):
            compile(each.read_text(encoding="utf-8"), str(each), "exec")


@specs
@damages
def test_a_damaged_document_is_served_or_refused(explore: Any, spec: Path, damage: str) -> None:
    explore(damaged(spec, damage), serve, share=1 / 2)


@specs
@damages
def test_a_damaged_document_gets_a_client_or_is_refused(explore: Any, spec: Path, damage: str) -> None:
    explore(damaged(spec, damage), generate_from, share=1 / 8)


def test_a_document_that_gets_no_client_leaves_the_old_one_as_it_was(tmp_path: Path) -> None:
    spec = tmp_path / "odd.yaml"
    spec.write_bytes((Path(__file__).parent / "specs" / "uploads.yaml").read_bytes())
    folders = Folders(tmp_path, tmp_path / "out", ROOT / "generated" / "ruff.toml")

    def snapshot() -> dict[Path, bytes]:
        return {each: each.read_bytes() for each in folders.output.rglob("*") if each.is_file()}

    generate(folders, ["odd"], lambda *_, **__: None)
    before = snapshot()
    assert before
    for text in (
        "openapi: 3.1.0",
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {a: {}}",
        "[",
        "\0",
    ):
        spec.write_text(text, encoding="utf-8")
        with pytest.raises((SpecError, GenerationError), match=r"odd\.yaml"):
            generate(folders, ["odd"], lambda *_, **__: None)
        assert snapshot() == before


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"a: [\t1]\n\tb: 1", "2", "not valid YAML"),
        (b"a: \xff", "", "not UTF-8: invalid start byte at byte 3"),
        (b"\xff\xfea\x00", "", "not UTF-8: invalid start byte at byte 0"),
        (b"a: 1\na: 2", "2", "the key 'a' is given twice"),
        (b"a: &a\n  <<: *a", "2", "merge keys"),
        (b"a: &a [*a]", "1", "the alias *a needs an anchor"),
        (
            b"a: !!python/object:os.system x",
            "1",
            "the tag tag:yaml.org,2002:python/object:os.system is not",
        ),
        (b"a: 1\n---\nb: 2", "2", "a second document begins here"),
        (b"a: .inf", "1", "JSON has no number .inf"),
        (b"a: 1" + b"0" * 400, "1", "a number is out of range"),
        (b"? [a]\n: 1", "1", "a key has to be a plain value"),
        (b"# nothing", "1", "the file is empty"),
        (b"[" * 1000, "1", "nested too deeply"),
        (
            b"a: &a [x, x]\n"
            + b"".join(b"%c: &%c [%s]\n" % (n, n, b"*%c, " % (n - 1) * 9) for n in range(98, 112)),
            "",
            "aliases make the document too large: write fewer of them",
        ),
        (b"%TAG ! x", "1", "not valid YAML"),
        (b"a: \x01", "", "not valid YAML"),
        (b"", "1", "the file is empty"),
    ],
    ids=range(17),
)
def test_a_file_that_is_no_document_is_refused_by_all_with_the_same_words(
    tmp_path: Path, content: bytes, line: str, message: str
) -> None:
    file = tmp_path / "odd.yaml"
    file.write_bytes(content)
    started = time.process_time()
    for kind, load in (
        (ReadError, read),
        (SpecificationError, Mock.from_file),
        (SpecError, load_for_generator),
    ):
        with pytest.raises(kind, match=rf"odd\.yaml{line and f':{line}'}:( |.*[: ])" + re.escape(message)):
            load(file)
    assert time.process_time() - started < LONGEST


def load_for_generator(file: Path) -> None:
    validate(generator_documents.load(file, str(file)))
