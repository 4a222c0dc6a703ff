import pytest

from openapi_mock import Document, Mock, SpecificationError

PARAMETER = "paths:\n  /a:\n    get:\n      parameters:\n        - "
HEAD = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\n'


def refusal(text, tmp_path):
    file = tmp_path / "broken.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SpecificationError) as caught:
        Mock.from_file(file)
    assert str(caught.value).startswith(str(file))
    return str(caught.value).removeprefix(str(file))


def test_a_syntax_error_is_shown_with_file_and_line(tmp_path):
    assert refusal(HEAD + "paths: {\n", tmp_path).startswith(":3: ")


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("paths:\n  /a: [1]\n", ":4: #/paths/~1a:", "a mapping"),
        ("paths:\n  /a:\n    get: { parameters: 5 }\n", ":5: #/paths/~1a/get/parameters:", "a list"),
        ("paths:\n  /a/{x}:\n    get: {}\n", ":5: #/paths/~1a~1{x}/get:", "'x' is not described"),
        (
            "paths:\n  /a:\n    get:\n      responses: { '200': { $ref: '#/no' } }\n",
            ":6:",
            "'#/no' leads nowhere",
        ),
        ("paths:\n  /a:\n    get: { security: [ { nobody: [] } ] }\n", ":5:", "'nobody' is not described"),
        ("paths:\n  /a:\n    $ref: '#/paths/~1a'\n", ":4: #/paths/~1a:", "leads to itself"),
        ("paths:\n  /a:\n    $ref: 'other.yaml'\n", ":4: #/paths/~1a:", "within the file"),
        ("paths:\n  a: {}\n", ":4: #/paths/a:", "slash"),
        ("paths: {}\npaths: {}\n", ":4: #:", "'paths' is given twice"),
        (
            PARAMETER + "{ name: q, in: query, schema: { minLength: x }}\n",
            # jsonschema-rs before 0.57 may point one step above.
            ":7: #/paths/~1a/get/parameters/0/schema",
            "not a schema",
        ),
        (
            PARAMETER + "{ name: q, in: query, schema: { type: 5 }}\n",
            ":7: #/paths/~1a/get/parameters/0/schema",
            "not a schema",
        ),
        (
            PARAMETER + "{ name: q, in: query, schema: { $ref: '#/q' } }\n",
            ":7: #/paths/~1a/get/parameters/0/schema:",
            "/q",
        ),
        (
            (
                "paths:\n  /a:\n    get:\n      responses:\n        '200':\n"
                "          content: { a/b: { schema: { type: 5 } } }\n"
            ),
            ":8: #/paths/~1a/get/responses/200/content/a~1b/schema",
            "not a schema",
        ),
        (PARAMETER + "{ name: q, in: query, schema: { allOf: 5 } }\n", ":7:", "not a schema"),
        ("paths:\n  /a:\n    get: { tags: 5 }\n", ":5: #/paths/~1a/get/tags:", "a list"),
        (
            "paths:\n  /a:\n    get: { operationId: x }\n    put: { operationId: x }\n",
            ":6: #/paths/~1a/put:",
            "used twice",
        ),
        (
            "paths:\n  /a:\n    parameters: [{ name: a, in: query, style: matrix }]\n    get: {}\n",
            ":5: #/paths/~1a/parameters/0:",
            "'matrix' is not supported",
        ),
        (
            "paths: {}\ncomponents:\n  securitySchemes:\n    odd: { type: sorcery }\n",
            ":6: #/components/securitySchemes/odd:",
            "not supported",
        ),
    ],
)
def test_a_mistake_is_shown_with_line_pointer_and_reason(text, place, what, tmp_path):
    message = refusal(HEAD + text, tmp_path)
    assert message.startswith(place), message
    assert what in message


@pytest.mark.parametrize(
    "text", ["", "[]", "5", "openapi: 3.0.3\npaths: {}\n", "a: &a [*a]", "? [1]\n: 2", "\x00"]
)
def test_a_file_that_is_not_an_openapi_document_is_refused(text, tmp_path):
    refusal(text, tmp_path)


def test_a_deeply_nested_file_is_refused(tmp_path):
    assert "nested too deeply" in refusal("[" * 2000 + "]" * 2000, tmp_path)


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(SpecificationError, match=r"nothing\.yaml: No such file"):
        Mock.from_file(tmp_path / "nothing.yaml")


def test_references_to_path_items_parameters_responses_and_bodies_are_followed(mock_of, send):
    mock = mock_of(
        {"/a/{x}": {"$ref": "#/components/pathItems/A"}},
        components={
            "pathItems": {
                "A": {
                    "parameters": [{"$ref": "#/components/parameters/X"}],
                    "post": {
                        "requestBody": {"$ref": "#/components/requestBodies/B"},
                        "responses": {"200": {"$ref": "#/components/responses/R"}},
                    },
                }
            },
            "parameters": {"X": {"name": "x", "in": "path", "required": True, "schema": {"type": "integer"}}},
            "requestBodies": {
                "B": {"required": True, "content": {"application/json": {"schema": {"type": "array"}}}}
            },
            "responses": {"R": {"content": {"application/json": {"schema": {"const": "done"}}}}},
        },
    )
    assert send(mock, "POST", "/a/5", b"[]", media_type="json").body == "done"
    assert send(mock, "POST", "/a/q", b"{}", media_type="json").status == 400


def test_an_operation_parameter_takes_precedence_over_the_path_items(mock_of, send):
    number = {"name": "q", "in": "query", "schema": {"type": "integer"}}
    word = {"name": "q", "in": "query", "schema": {"type": "string"}}
    mock = mock_of({"/": {"parameters": [number], "get": {"parameters": [word]}, "put": {}}})
    assert send(mock, "GET", "/?q=x").status == 200
    assert send(mock, "PUT", "/?q=x").status == 400


def test_an_operation_without_id_gets_one_from_method_and_path(mock_of):
    mock = mock_of({"/a/{b}": {"get": {"parameters": [{"name": "b", "in": "path", "required": True}]}}})
    assert [each.id for each in mock.operations] == ["get_a_b"]


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("openapi: 3.0.3", "openapi: '3.0.3'"),
        ("swagger: '2.0'", "swagger: '2.0', which is OpenAPI 2.0"),
        ("openapi: 3.1", "a number: write openapi: 3.1.0"),
        ("paths: {}", "no version"),
    ],
)
def test_another_version_is_refused_with_what_was_found(head, found):
    with pytest.raises(SpecificationError) as refused:
        Document.parse(head, source="old.yaml")
    assert str(refused.value).endswith(f"only OpenAPI 3.1 is served (openapi: 3.1.x); found {found}")
