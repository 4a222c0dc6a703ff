# ruff: noqa: S603 (what is run is openapi-generator, and the compiler for what it made)
"""openapi-generator makes working clients of the documents, without warnings."""

from __future__ import annotations

import importlib
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import openapi_generator_cli
import pytest
from openapi_python_client.strings import snake_case

from kws import KWS
from openapi_mock import Mock
from openapi_reader import read

pytestmark = pytest.mark.java

JAR = Path(openapi_generator_cli.__file__).with_name("openapi-generator.jar")
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# Its warnings about every document of OpenAPI 3.1, even the smallest.
ABOUT_ITSELF = ("OpenAPI 3.1 support is still in beta", "Failed to get the schema name: null")


def generate(document: Path, generator: str, folder: Path, *options: str) -> list[str]:
    """Make a client in a folder. Return the warnings of openapi-generator."""
    command = ["java", "-jar", str(JAR), "generate", "-i", str(document), "-g", generator, "-o", str(folder)]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    warnings = [line for line in said.splitlines() if re.search(r"\b(WARN|ERROR)\b", line)]
    return [line for line in warnings if not any(each in line for each in ABOUT_ITSELF)]


@dataclass(frozen=True)
class Made:
    """A Python client made by openapi-generator, with the warnings."""

    package: ModuleType
    warnings: list[str]


@pytest.fixture(scope="session")
def made(document: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder, name = tmp_path_factory.mktemp("python"), f"{document.stem}_by_openapi_generator"
    warnings = generate(document, "python", folder, "--package-name", name)
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(str(folder))
        yield Made(importlib.import_module(name), warnings)
    for module in [each for each in sys.modules if each.split(".")[0] == name]:
        del sys.modules[module]


# ---- every operation, with the values that the document gives as examples


@dataclass(frozen=True)
class Call:
    """An operation with the document's examples of its parameters and body."""

    operation_id: str
    tag: str
    parameters: dict[str, Any]
    media_type: str | None
    body: Any

    def arguments(self, method: Any) -> dict[str, Any]:
        """Return the arguments of a method: the fields of a form, or a model for JSON."""
        given = {snake_case(name): value for name, value in self.parameters.items()}
        if self.media_type == "application/x-www-form-urlencoded":
            return given | {snake_case(name): value for name, value in self.body.items()}
        if self.media_type is None:
            return given
        taken = inspect.signature(method).parameters
        name = next(each for each in taken if each not in given and not each.startswith("_"))
        return given | {name: taken[name].annotation.from_dict(self.body)}


def calls(document: Path) -> Iterator[Call]:
    """Return a call of each operation."""
    spec = read(document).value
    for item in spec["paths"].values():
        for operation in (item[method] for method in METHODS if method in item):
            parameters = [
                resolved(spec, each)
                for each in (*item.get("parameters", ()), *operation.get("parameters", ()))
            ]
            content = operation.get("requestBody", {}).get("content", {})
            media_type = next(iter(content), None)
            yield Call(
                operation["operationId"],
                operation["tags"][0],
                {each["name"]: each["example"] for each in parameters if "example" in each},
                media_type,
                example(spec, content[media_type]) if media_type else None,
            )


def resolved(spec: Any, node: Any) -> Any:
    while "$ref" in node:
        target = spec
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def example(spec: Any, media: Any) -> Any:
    if "example" in media:
        return media["example"]
    return resolved(spec, next(iter(media["examples"].values())))["value"]


def failures(document: Path) -> set[str]:
    """Return the names of the schemas of failures, also of those under the status of a success."""
    schemas = read(document).value["components"]["schemas"]
    return {name for name, schema in schemas.items() if "x-failure" in schema}


def without_nulls(value: Any) -> Any:
    """Return a JSON value without members that are null, which openapi-generator leaves out."""
    if isinstance(value, dict):
        return {name: without_nulls(member) for name, member in value.items() if member is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


@pytest.fixture
def credentials(document: Path, host: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return the credentials of a client. For KWS: the secret, and the token of a user."""
    if document.stem != "kws":
        return {}
    monkeypatch.syspath_prepend(str(document.parents[1] / "examples"))
    browse = importlib.import_module("kws_tour").as_the_browser
    login = {"username": "example-client", "password": "made-up-secret"}
    with KWS(host, client_id=login["username"], client_secret=login["password"]) as kws:
        url = kws.sign_in_url(redirect_uri="https://game.example/callback", sso_url=host)
        back = browse(url, username="robin", password="made-up-password")
        with kws.complete_sign_in(back, state=url.state) as robin:
            return {**login, "access_token": robin.token_for_frontend()}


def test_a_python_client_is_made_without_warnings(made: Made) -> None:
    assert made.warnings == []


def test_the_python_client_makes_every_call(
    made: Made, document: Path, mock: Mock, host: str, credentials: dict[str, str]
) -> None:
    wrong, asked = {}, list(calls(document))
    assert [call.operation_id for call in asked] == [operation.id for operation in mock.operations]
    with made.package.ApiClient(made.package.Configuration(host=host, **credentials)) as client:
        for call in asked:
            api = getattr(made.package, f"{call.tag.title().replace('_', '')}Api")(client)
            method = getattr(api, f"{snake_case(call.operation_id)}_with_http_info")
            response = method(**call.arguments(method))
            decoded = getattr(response.data, "actual_instance", response.data)
            said = json.loads(response.raw_data or "null")
            if type(decoded).__name__ in failures(document):
                wrong[call.operation_id] = f"refused: {decoded}"
            elif without_nulls(client.sanitize_for_serialization(decoded)) != without_nulls(said):
                wrong[call.operation_id] = f"{said} became {decoded}"
    assert wrong == {}


@pytest.mark.npm
def test_a_typescript_client_is_made_without_warnings_and_compiles(document: Path, tmp_path: Path) -> None:
    assert generate(document, "typescript-fetch", tmp_path) == []
    compiler = ["npx", "--yes", "--package", "typescript@5.9.3", "--", "tsc", "--noEmit", "--strict"]
    modern = ["--target", "es2022", "--module", "es2022", "--moduleResolution", "bundler"]
    done = subprocess.run(
        [*compiler, *modern, "index.ts"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("", 0)
