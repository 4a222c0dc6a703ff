"""Rules for every OpenAPI document of this repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from openapi_spec_validator import validate

from openapi_reader import read

OPENAPI = Path(__file__).parents[2] / "openapi"
DOCUMENTS = sorted(OPENAPI.glob("*.yaml"))
# Texts for users are required of APIs that have a handwritten package.
DESCRIBED = [path for path in DOCUMENTS if (OPENAPI.parent / "overlay" / path.stem).is_dir()]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

Node = dict[str, Any]


def load(path: Path) -> Node:
    document: Node = read(path).value
    return document


@pytest.fixture(params=DOCUMENTS, ids=lambda path: path.stem)
def document(request: pytest.FixtureRequest) -> Node:
    return load(request.param)


@pytest.fixture(params=DESCRIBED, ids=lambda path: path.stem)
def described(request: pytest.FixtureRequest) -> Node:
    return load(request.param)


def resolve(document: Node, node: Node) -> Node:
    while "$ref" in node and node["$ref"].startswith("#/"):
        target: Any = document
        for part in node["$ref"][2:].split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def operations(document: Node) -> Iterator[Node]:
    yield from methods(document, document["paths"])


def webhooks(document: Node) -> Iterator[Node]:
    yield from methods(document, document.get("webhooks", {}))


def methods(document: Node, path_items: Node) -> Iterator[Node]:
    for path_item in (resolve(document, each) for each in path_items.values()):
        yield from (path_item[method] for method in METHODS if method in path_item)


def examples(document: Node, node: Any, place: str = "#") -> Iterator[tuple[str, Node, Any]]:
    """Yield place, schema and value of every example that is beside its schema."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from examples(document, item, f"{place}/{index}")
    if not isinstance(node, dict):
        return
    if "schema" in node:
        if "example" in node:
            yield f"{place}/example", node["schema"], node["example"]
        for name, example in node.get("examples", {}).items():
            yield f"{place}/examples/{name}", node["schema"], resolve(document, example)["value"]
    for key, value in node.items():
        if key not in ("example", "examples", "value"):
            yield from examples(document, value, f"{place}/{key}")


def nodes(node: Any, place: str = "#") -> Iterator[tuple[str, Node]]:
    """Yield every mapping of a document with its place."""
    if isinstance(node, dict):
        yield place, node
        node = node.items()
    elif isinstance(node, list):
        node = enumerate(node)
    else:
        return
    for key, value in node:
        yield from nodes(value, f"{place}/{key}")


def violations(document: Node, schema: Node, value: Any) -> list[str]:
    whole = {**schema, "components": document.get("components", {})}
    validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    return [str(error.message) for error in validator.iter_errors(value)]


def test_there_is_a_document() -> None:
    assert DOCUMENTS


def test_the_document_is_valid_openapi(document: Node) -> None:
    validate(document)


def test_every_example_is_valid_against_its_own_schema(document: Node) -> None:
    found = examples(document, document)
    wrong = {place: violations(document, schema, value) for place, schema, value in found}
    assert {place: errors for place, errors in wrong.items() if errors} == {}


def test_a_wrong_example_would_be_noticed(described: Node) -> None:
    place, schema, _ = next(examples(described, described))
    assert violations(described, schema, [{"no": ["such", "shape"]}]), place


def test_every_operation_is_named_tagged_and_described(described: Node) -> None:
    known_tags = {tag["name"] for tag in described["tags"]}
    for operation in (*operations(described), *webhooks(described)):
        assert operation["summary"], operation["operationId"]
        assert operation["description"], operation["operationId"]
        assert set(operation["tags"]) <= known_tags, operation["operationId"]


def test_webhooks_share_neither_ids_nor_tags_with_operations(document: Node) -> None:
    ids = [each["operationId"] for each in (*operations(document), *webhooks(document))]
    assert sorted(set(ids)) == sorted(ids)
    of_operations = {tag for operation in operations(document) for tag in operation.get("tags", [])}
    of_webhooks = {tag for webhook in webhooks(document) for tag in webhook.get("tags", [])}
    assert of_operations & of_webhooks == set()


def test_all_that_webhooks_carry_has_an_example(described: Node) -> None:
    for webhook in webhooks(described):
        responses = (resolve(described, response) for response in webhook["responses"].values())
        holders = [resolve(described, webhook["requestBody"]), *responses]
        carried = [media for holder in holders for media in holder.get("content", {}).values()]
        assert carried
        assert all(any(examples(described, media)) for media in carried), webhook["operationId"]


def test_every_parameter_is_described(described: Node) -> None:
    for path_item in described["paths"].values():
        for holder in (path_item, *(path_item[method] for method in METHODS if method in path_item)):
            for parameter in holder.get("parameters", []):
                assert resolve(described, parameter)["description"]


def test_every_link_leads_to_an_operation(document: Node) -> None:
    known = {operation["operationId"] for operation in operations(document)}
    for operation in operations(document):
        for response in operation["responses"].values():
            for link in resolve(document, response).get("links", {}).values():
                assert resolve(document, link)["operationId"] in known


def test_the_body_that_a_link_carries_is_one_expression(document: Node) -> None:
    # Only some tools evaluate expressions inside of a literal body; for OpenAPI they are plain text.
    for operation in operations(document):
        for response in operation["responses"].values():
            for link in resolve(document, response).get("links", {}).values():
                body = resolve(document, link).get("requestBody", "$request.body")
                assert re.match(r"\$(request|response)\.body", str(body)), operation["operationId"]


def test_every_operation_lives_on_the_one_server_that_stands_at_the_top(described: Node) -> None:
    # Tools read the URL there, or replace it, and ignore other servers.
    assert len(described["servers"]) == 1
    for path_item in described["paths"].values():
        assert "servers" not in path_item
        assert not any("servers" in path_item[method] for method in METHODS if method in path_item)


def test_a_boolean_constant_has_a_type(document: Node) -> None:
    # With a type, openapi-generator's Python compares it with the text `true`.
    constants = {place: node for place, node in nodes(document) if type(node.get("const")) is bool}
    assert [place for place, node in constants.items() if "type" in node] == []


def test_pages_name_parameters_and_fields_that_exist(document: Node) -> None:
    for operation in operations(document):
        for status, response in operation["responses"].items():
            paging = resolve(document, response).get("x-pagination")
            if paging is None:
                continue
            place = f"{operation['operationId']} {status}"
            schema = resolve(document, response["content"]["application/json"]["schema"])
            queries = {resolve(document, parameter)["name"] for parameter in operation["parameters"]}
            assert {paging[key] for key in ("offset", "limit", "page") if key in paging} <= queries, place
            fields = {paging[key] for key in ("items", "total", "pages") if key in paging}
            assert fields <= set(schema["properties"]), place
