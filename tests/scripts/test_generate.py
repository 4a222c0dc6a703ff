# ruff: noqa: S603 (what is run and unpickled here is our own)
from __future__ import annotations

import datetime as dt
import importlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ODD = Path(__file__).parent / "specs" / "odd.yaml"


def broken(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


@pytest.fixture
def minimal():
    return (Path(__file__).parent / "specs" / "minimal" / "small.yaml").read_text(encoding="utf-8")


@pytest.fixture
def pipeline():
    return importlib.import_module("generator.pipeline")


# ---- output


def test_every_file_names_its_source(workshop):
    workshop.write("small")
    assert workshop.run()[0] == 0
    files = workshop.files()
    assert "small_client/py.typed" in files
    for name, content in files.items():
        assert content.startswith(b"# Generated from openapi/small.yaml by `make generate`."), name


# A module of a façade imports these itself.
@pytest.mark.parametrize("name", ["Options", "Resource", "AsyncResource", "OffsetPaginator", "PagedItems"])
def test_a_schema_may_have_the_name_of_something_that_generated_code_imports(workshop, minimal, name):
    text = minimal.replace("Thing:", f"{name}:").replace("schemas/Thing", f"schemas/{name}")
    assert f"schemas/{name}" in text
    workshop.write("small", text)
    status, said = workshop.run()
    assert status == 0, said
    facade = workshop.files()["small_client/api/things/__init__.py"].decode()
    assert f"import {name}Model\n" in facade


def test_the_output_does_not_depend_on_the_hash_seed(tmp_path):
    outputs = []
    for seed in ("1", "4242"):
        output = tmp_path / seed
        subprocess.run(
            [
                sys.executable,
                str(ROOT / "scripts" / "generate.py"),
                "--specs",
                str(ODD.parent),
                "--output",
                str(output),
            ],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=tmp_path,
        )
        found = sorted(path for path in output.rglob("*") if path.is_file())
        outputs.append({path.relative_to(output): path.read_bytes() for path in found})
    assert outputs[0] == outputs[1]
    assert outputs[0]


def test_the_output_has_no_paths_or_times(workshop):
    workshop.write("small")
    workshop.run()
    for name, content in workshop.files().items():
        assert str(workshop.output).encode() not in content, name
        assert str(dt.datetime.now(dt.UTC).year).encode() not in content, name


def test_a_package_that_no_spec_gives_any_more_goes(workshop):
    workshop.write("small")
    workshop.write("other")
    workshop.run()
    (workshop.specs / "other.yaml").unlink()
    status, said = workshop.run()
    assert status == 0
    assert "removing other_client" in said
    assert not (workshop.output / "other_client").exists()


def test_a_handwritten_package_is_never_removed(workshop):
    workshop.write("small")
    (workshop.output / "mine").mkdir()
    (workshop.output / "mine" / "__init__.py").write_text("value = 1\n")
    assert workshop.run()[0] == 0
    assert (workshop.output / "mine" / "__init__.py").exists()


def test_a_module_whose_operation_is_gone_goes_with_it(workshop, minimal):
    workshop.write("small")
    workshop.run()
    workshop.write("small", broken(minimal, "listThings", "getThings"))
    workshop.run()
    assert "small_client/api/things/get_things.py" in workshop.files()
    assert "small_client/api/things/list_things.py" not in workshop.files()


def test_one_spec_can_be_generated_alone(workshop):
    workshop.write("small")
    workshop.write("other")
    assert workshop.run("other")[0] == 0
    assert {path.name for path in workshop.output.iterdir()} == {"other_client"}


def test_a_name_without_a_spec_is_refused(workshop):
    workshop.write("small")
    status, said = workshop.run("absent")
    assert status == 1
    assert "There is no openapi/absent.yaml. There is: small." in said


# ---- --check and --if-needed


def test_fresh_packages_pass_the_check(workshop):
    workshop.write("small")
    workshop.run()
    assert workshop.run("--check") == (
        0,
        "reading small.yaml …\nwriting small_client …\nformatting small_client …\n",
    )


def test_nothing_is_written_where_that_would_change_nothing(workshop):
    workshop.write("small")
    workshop.run()
    package = workshop.output / "small_client"
    before = package.stat()
    # What a clone makes of dates.
    os.utime(workshop.specs / "small.yaml", (before.st_atime + 60, before.st_mtime + 60))
    assert workshop.run("--if-needed") == (0, "comparing generated/ with what openapi/ gives …\n")
    assert (package.stat().st_ino, package.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("what", ["spec", "template", "package"])
def test_if_needed_writes_packages_that_differ_from_their_specs(
    workshop, pipeline, monkeypatch, minimal, what
):
    workshop.write("small")
    workshop.run()
    if what == "spec":
        workshop.write("small", broken(minimal, "listThings", "getThings"))
    elif what == "template":
        monkeypatch.setattr(pipeline, "HEADER", f"{pipeline.HEADER} Thanks.")
    else:
        shutil.rmtree(workshop.output / "small_client")
    status, said = workshop.run("--if-needed")
    assert status == 0
    assert "Generated generated/small_client" in said
    assert workshop.run("--check")[0] == 0


def test_an_edited_file_is_drift(workshop):
    workshop.write("small")
    workshop.run()
    edited = workshop.output / "small_client" / "errors.py"
    edited.write_text(edited.read_text() + "\n# mine\n")
    before = workshop.files()
    status, said = workshop.run("--check")
    assert status == 1
    assert (
        "generated/small_client/errors.py differs from what its spec generates: run `make generate`" in said
    )
    assert workshop.files() == before


def test_a_missing_file_is_drift(workshop):
    workshop.write("small")
    workshop.run()
    (workshop.output / "small_client" / "errors.py").unlink()
    status, said = workshop.run("--check")
    assert status == 1
    assert "generated/small_client/errors.py is missing: run `make generate`" in said


@pytest.mark.parametrize("name", ["small_client/extra.py", "small_client/api/things/extra.py"])
def test_a_file_no_spec_gives_is_an_orphan(workshop, name):
    workshop.write("small")
    workshop.run()
    (workshop.output / name).write_text("value = 1\n")
    status, said = workshop.run("--check")
    assert status == 1
    assert f"generated/{name} is an orphan" in said


def test_a_package_no_spec_gives_is_an_orphan(workshop):
    workshop.write("small")
    workshop.write("other")
    workshop.run()
    (workshop.specs / "other.yaml").unlink()
    status, said = workshop.run("--check")
    assert status == 1
    assert "generated/other_client is an orphan" in said


def test_a_handwritten_file_does_not_belong_here(workshop):
    workshop.write("small")
    workshop.run()
    (workshop.output / "notes.txt").write_text("mine")
    status, said = workshop.run("--check")
    assert status == 1
    assert "generated/notes.txt is not generated: move it elsewhere" in said


def test_a_changed_spec_is_drift(workshop, minimal):
    workshop.write("small")
    workshop.run()
    workshop.write("small", broken(minimal, "description: Things.", "description: Other things."))
    status, said = workshop.run("--check")
    assert status == 1
    assert "generated/small_client/api/things/__init__.py differs" in said


# ---- errors

BROKEN = {
    "not YAML": ("info: {title", "info: [title", r"openapi/small\.yaml:2: not valid YAML"),
    "a key twice": (
        'info: {title: Small, version: "1"}',
        "info: {title: A, title: B}",
        r":2: .*#/info the key 'title' is given",
    ),
    "another version": (
        "openapi: 3.1.0",
        "openapi: 3.0.3",
        r":1: at #/openapi an OpenAPI 3\.1 document is needed",
    ),
    "a missing title": ("title: Small, ", "", r":2: at #/info .title. is a required property"),
    "a type that is none": (
        "{type: integer}",
        "{type: intger}",
        r":21: at #/.*/Thing/properties/id/type 'intger' is not a type; did you mean 'integer'\?",
    ),
    "a reference to nothing": (
        "schemas/Thing",
        "schemas/Nothing",
        r":14: at #/.*/schema/\$ref the reference #/.*/Nothing leads nowhere; there is: Thing\n",
    ),
    "a reference elsewhere": (
        '"#/components/schemas/Thing"',
        '"other.yaml#/Thing"',
        r":14: at #/.*/schema/\$ref the reference other\.yaml#/Thing leads out of this file: copy",
    ),
    "a misspelt keyword of a schema": (
        "required: [id]",
        "requird: [id]",
        r":19: at #/components/schemas/Thing/requird 'requird' is not a keyword; did you mean 'required'\?",
    ),
    "a property beside the others": (
        "required: [id]",
        "nickname: {type: string}",
        r":19: at #/.*/Thing/nickname 'nickname' is not a keyword; does it belong under properties\?",
    ),
    "a misspelt required property": (
        "required: [id]",
        "required: [idd]",
        r":19: at #/.*/Thing/required/0 'idd' is not a property; did you mean 'id'\?",
    ),
    "a misspelt keyword of a parameter": (
        "tags: [things]",
        "parameters: [{name: a, in: query, requird: true, schema: {type: string}}]",
        r":7: at #/.*/parameters/0/requird 'requird' is not allowed here; did you mean 'required'\?",
    ),
    "a keyword of nobody's": (
        "tags: [things]",
        "moods: [things]",
        r":7: at #/.*/get/moods 'moods' is not allowed here; an extension of OpenAPI begins with x-",
    ),
    "an operation without a name": (
        "      operationId: listThings\n",
        "",
        r":5: at #/paths/~1things/get the operation has no operationId: .* operationId: getThings\n",
    ),
    "pages without a parameter": (
        "description: Things.",
        "description: Things.\n          x-pagination: {style: offset, offset: offset, items: things}",
        r":11: at #/paths/~1things/get/responses/200/x-pagination there is no query parameter 'offset'",
    ),
    "pages of no known style": (
        "description: Things.",
        "description: Things.\n          x-pagination: {style: cursor}",
        r":11: .*expected the style offset or page, found 'cursor'",
    ),
    "a pattern of another language": (
        "{type: integer}",
        r"{type: string, pattern: '^\p{L}'}",
        r":21: at #/.*/id/pattern the pattern .* is not a regular expression of Python: bad escape \\p",
    ),
    "a part that is the whole": (
        "{type: integer}",
        "{allOf: [{$ref: '#/components/schemas/Thing'}, {type: integer}]}",
        r"small\.yaml: (?!.* object at 0x).*allOf",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_spec_changes_nothing_and_is_reported_with_its_place(workshop, minimal, kind):
    old, new, message = BROKEN[kind]
    workshop.write("small")
    workshop.write("good")
    workshop.run()
    before = workshop.files()
    workshop.write("small", broken(minimal, old, new))
    workshop.write("good", broken(minimal, "listThings", "other"))
    status, said = workshop.run()
    assert status == 1
    assert re.search(message, said), said
    assert "Nothing was changed." in said
    assert "Traceback" not in said
    assert "'paths': {" not in said, "the whole document is shown"
    assert workshop.files() == before


def test_fields_of_other_tools_beside_paths_and_responses_are_passed_over(workshop, minimal):
    spec = broken(minimal, "paths:\n", "paths:\n  x-groups: [all]\n")
    workshop.write("small", broken(spec, "responses:", "responses:\n        x-summary: Things."))
    assert workshop.run()[0] == 0


def test_names_that_resemble_keywords_are_allowed_outside_of_schemas(workshop, minimal):
    schema = "{type: object, properties: {requird: {example: {requird: 1}}}, x-requird: 1, nullable: true}"
    workshop.write("small", broken(minimal, "{type: integer}", schema))
    assert workshop.run()[0] == 0


@pytest.mark.parametrize("schema", ["{type: array}", "{type: [array, 'null']}", "{const: {a: 1}}"])
def test_a_value_of_an_open_schema_is_kept_as_it_is(workshop, minimal, schema):
    workshop.write("small", broken(minimal, "{type: integer}", schema))
    assert workshop.run()[0] == 0


def test_a_formatter_that_fails_changes_nothing(workshop, pipeline, monkeypatch):
    workshop.write("small")
    workshop.run()
    before = workshop.files()
    monkeypatch.setattr(pipeline, "sys", type("FakeSys", (), {"executable": "/bin/false"}))
    status, said = workshop.run()
    assert status == 1
    assert "ruff check failed on small_client" in said
    assert workshop.files() == before


def test_old_packages_are_restored_if_the_new_ones_cannot_be_placed(workshop, pipeline, monkeypatch):
    workshop.write("a")
    workshop.write("b")
    workshop.run()
    before = workshop.files()
    workshop.write("a", (workshop.specs / "a.yaml").read_text().replace("listThings", "other"))
    move = pipeline.move

    def refuse(source, target):
        if source.parent.name == "new" and target.name == "b_client":
            raise PermissionError("not allowed")
        move(source, target)

    monkeypatch.setattr(pipeline, "move", refuse)
    status, said = workshop.run()
    assert status == 1
    assert "Cannot put the new packages in place: not allowed" in said
    assert workshop.files() == before


def test_another_version_of_a_pinned_tool_is_refused(workshop, pipeline, monkeypatch):
    workshop.write("small")
    monkeypatch.setattr(pipeline, "version", lambda _: "9.9.9")
    status, said = workshop.run()
    assert status == 1
    assert "openapi-python-client 0.29.1 is needed to generate, and 9.9.9 is installed" in said
    assert workshop.files() == {}


# ---- an odd spec


@pytest.mark.slow
@pytest.mark.parametrize("command", [["mypy", "--strict"], ["pyright", "--pythonpath", sys.executable]])
def test_the_client_of_an_odd_spec_type_checks(odd_output, command, tmp_path):
    package = tmp_path / "odd_client"
    shutil.copytree(odd_output / "odd_client", package)
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict", "pythonVersion": "3.11"}')
    done = subprocess.run(
        [sys.executable, "-m", *command, "odd_client"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def models(output: Path) -> set[str]:
    return {path.stem for path in (output / "odd_client" / "models").glob("*.py")}


def test_what_webhooks_carry_has_models(odd_output):
    carried = {"thing_changed_body", "thing_changed_body_what", "receipt", "receipt_places_item"}
    assert carried | {"thing_wrapped_body_payload"} <= models(odd_output)


def test_what_a_payload_is_wrapped_in_has_no_model(odd_output):
    assert "thing_wrapped_body" not in models(odd_output)


WEBHOOKS = """
webhooks:
  happened: { post: { operationId: happened, responses: { '200': { description: Ok. } } } }
  told:
    parameters: [{ name: X-Signature, in: header, schema: { type: string } }]
    post:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '200': { description: Ok. } }
  asked:
    post:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '200': { description: Ok. } }
"""


def test_left_out_parts_of_webhooks_are_reported(workshop, minimal):
    workshop.write("small", minimal + WEBHOOKS)
    status, said = workshop.run()
    assert status == 0
    assert [line for line in said.splitlines() if "left out" in line] == [
        "small.yaml: the webhook 'happened' is left out of the client.",
        "small.yaml: what the webhook 'told' carries outside of its body is left out of the client.",
    ]


def test_a_list_that_contains_itself_is_reported(workshop, minimal):
    added = "  schemas:\n    Deep: { type: array, items: { $ref: '#/components/schemas/Deep' } }\n"
    workshop.write("small", broken(minimal, "  schemas:\n", added))
    status, said = workshop.run()
    assert status == 0
    assert (
        "small.yaml: the type of what leads from Deep back to it, with no object on the way, "
        "is left out of the client."
    ) in said
