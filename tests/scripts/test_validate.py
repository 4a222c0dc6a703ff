"""Every mistake in a spec is reported with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator import document as documents
from generator.document import SpecError
from generator.validate import validate

MINIMAL = (Path(__file__).parent / "specs" / "minimal" / "small.yaml").read_text(encoding="utf-8")
Errors = Callable[..., list[str]]


@pytest.fixture
def errors_after(tmp_path: Path) -> Errors:
    """Return the errors in the small spec after replacements in its text."""

    def errors_after(*changes: tuple[str, str]) -> list[str]:
        text = MINIMAL
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        spec = tmp_path / "small.yaml"
        spec.write_text(text, encoding="utf-8")
        try:
            validate(documents.load(spec, "small.yaml"))
        except SpecError as error:
            return str(error).splitlines()
        return []

    return errors_after


ID, TAGS, TEXT = "{type: integer}", "tags: [things]", "{type: string}"

# The replacement, and the place and the message of the error.
MISTAKES = {
    # Fields of our own.
    "a misspelt field": (
        ("description: Things.", "description: Things.\n          x-pagnation: {style: offset}"),
        "11: at #/paths/~1things/get/responses/200/x-pagnation",
        "'x-pagnation' is not a known extension; did you mean 'x-pagination'?",
    ),
    "a field with other words": (
        ("required: [id]", "x-errormessage: true"),
        "19: at #/components/schemas/Thing/x-errormessage",
        "'x-errormessage' is not a known extension; did you mean 'x-error-message'?",
    ),
    "a field of a schema without its x-": (
        (ID, "{type: integer, x_checked: true}"),
        "21: at #/components/schemas/Thing/properties/id/x_checked",
        "'x_checked' is not a keyword; did you mean 'x-checked'?",
    ),
    "a field of another object without its x-": (
        (TAGS, "x_pagination: {style: offset}"),
        "7: at #/paths/~1things/get/x_pagination",
        "'x_pagination' is not allowed here; did you mean 'x-pagination'?",
    ),
    "a field on the wrong object": (
        (TAGS, "x-pagination: {style: offset}"),
        "7: at #/paths/~1things/get/x-pagination",
        "'x-pagination' is not allowed here: it belongs on a response",
    ),
    "a field of a parameter on its schema": (
        (TAGS, "parameters: [{name: a, in: query, schema: {type: string, x-from-client: a}}]"),
        "7: at #/paths/~1things/get/parameters/0/schema/x-from-client",
        "'x-from-client' is not allowed here: it belongs on a parameter, or the schema of a body's property",
    ),
    "a field of a schema on a parameter": (
        (TAGS, f"parameters: [{{name: a, in: query, x-checked: true, schema: {TEXT}}}]"),
        "7: at #/paths/~1things/get/parameters/0/x-checked",
        "'x-checked' is not allowed here: it belongs on the schema of a parameter, or of a property",
    ),
    "a field beside the responses": (
        ("responses:", "responses:\n        x-aliases: []"),
        "9: at #/paths/~1things/get/responses/x-aliases",
        "'x-aliases' is not allowed here: it belongs on the schema of a property",
    ),
    "a field that says what it cannot": (
        (ID, "{type: integer, x-aliases: number}"),
        "21: at #/components/schemas/Thing/properties/id/x-aliases",
        "'number' is not of type 'array'",
    ),
    "a field with a part it does not have": (
        ("required: [id]", "x-failure: {cod: id}"),
        "19: at #/components/schemas/Thing/x-failure",
        "Additional properties are not allowed ('cod' was unexpected)",
    ),
    # Operations.
    "a name that two operations have": (
        ("components:", "  /b: {get: {operationId: listThings, responses: {}}}\ncomponents:"),
        "15: at #/paths/~1b/get/operationId",
        "two operations are called 'listThings', in lines 6 and 15: rename one",
    ),
    "a path without its slash": (
        ("/things:", "things:"),
        "4: at #/paths/things",
        "a path begins with a slash: did you mean '/things'?",
    ),
    "a placeholder without a parameter": (
        ("/things:", "/things/{id}:"),
        "5: at #/paths/~1things~1{id}/get",
        "{id} in the path needs a path parameter of that name",
    ),
    "a parameter without a placeholder": (
        (TAGS, f"parameters: [{{name: id, in: path, required: true, schema: {TEXT}}}]"),
        "7: at #/paths/~1things/get/parameters/0",
        "the path /things has no {id} for this parameter",
    ),
    "a parameter that is given twice": (
        (
            TAGS,
            f"parameters: [{{name: a, in: query, schema: {TEXT}}}, {{name: a, in: query, schema: {TEXT}}}]",
        ),
        "7: at #/paths/~1things/get/parameters/1",
        "the query parameter 'a' is given twice",
    ),
    "a parameter of no place": (
        (TAGS, f"parameters: [{{name: a, schema: {TEXT}}}]"),
        "7: at #/paths/~1things/get/parameters/0",
        "a parameter needs name and in, which are texts",
    ),
    "a parameter whose name is no text": (
        (TAGS, f"parameters: [{{name: {{}}, in: path, schema: {TEXT}}}]"),
        "7: at #/paths/~1things/get/parameters/0",
        "a parameter needs name and in, which are texts",
    ),
    "a parameter without a schema": (
        (TAGS, "parameters: [{name: a, in: query, type: string}]"),
        "7: at #/paths/~1things/get/parameters/0",
        "the parameter 'a' needs a schema",
    ),
    "a keyword of a schema elsewhere": (
        (TAGS, f"parameters: [{{name: a, in: query, minimum: 1, schema: {TEXT}}}]"),
        "7: at #/paths/~1things/get/parameters/0/minimum",
        "'minimum' is not allowed here; it belongs in a schema",
    ),
    "a status that is none": (
        ('"200":', '"20x":'),
        "9: at #/paths/~1things/get/responses/20x",
        "'20x' is not a status: write '404', '4XX' or default",
    ),
    "a security scheme that is not there": (
        (TAGS, "security: [{token: []}]"),
        "7: at #/paths/~1things/get/security/0/token",
        "there is no security scheme 'token'; define it under components, securitySchemes",
    ),
    # Schemas.
    "a keyword of another type": (
        (ID, "{type: integer, minimum: '1'}"),
        "21: at #/components/schemas/Thing/properties/id/minimum",
        "'1' is not of type 'number'",
    ),
    "properties that are a list": (
        ("properties:\n        id: {type: integer}", "properties: [id]"),
        "20: at #/components/schemas/Thing/properties",
        "['id'] is not of type 'object'",
    ),
    "a default that the schema refuses": (
        (ID, "{type: integer, default: none}"),
        "21: at #/components/schemas/Thing/properties/id/default",
        "the default does not fit: 'none' is not of type 'integer'",
    ),
    "a reference to itself": (
        (ID, "{$ref: '#/components/schemas/Thing/properties/id'}"),
        "21: at #/components/schemas/Thing/properties/id/$ref",
        "the reference #/components/schemas/Thing/properties/id leads back to itself",
    ),
    "a reference to nothing, to which another leads": (
        ("Thing:\n      type: object", "Thing:\n      $ref: '#/components/schemas/Thng'\n      type: object"),
        "18: at #/components/schemas/Thing/$ref",
        "the reference #/components/schemas/Thng leads nowhere; there is: Thing",
    ),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_is_reported_once_and_with_its_line(errors_after: Errors, kind: str) -> None:
    change, place, message = MISTAKES[kind]
    assert errors_after(change) == [f"small.yaml:{place} {message}"]


def test_every_mistake_is_reported(errors_after: Errors) -> None:
    assert len(errors_after((ID, "{type: integr, minimum: '1', x-alias: [a]}"), ("/things:", "things:"))) == 4


def test_fields_of_other_tools_may_be_anywhere(errors_after: Errors) -> None:
    assert not errors_after(
        ("paths:\n", "x-root: 1\npaths:\n  x-groups: [all]\n"),
        (TAGS, "x-fern-pagination: {cursor: next}\n      x-codeSamples: []"),
        ("responses:", "responses:\n        x-summary: Things."),
        ("description: Things.", "description: Things.\n          x-paging: true"),
        (ID, "{type: integer, x-error: 1}\n        x-checkd: {type: string}"),
    )


def test_a_parameter_of_the_path_item_serves_its_operations(errors_after: Errors) -> None:
    parameter = "{$ref: '#/components/parameters/Id'}"
    assert not errors_after(
        ("/things:", f"/things/{{id}}:\n    parameters: [{parameter}]"),
        (
            "schemas:",
            f"parameters:\n    Id: {{name: id, in: path, required: true, schema: {TEXT}}}\n  schemas:",
        ),
    )
