"""What the KWS document promises beyond being valid: all that the published documentation names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

DOCUMENTED = {
    ("POST", "/oauth/token"): {"basic"},
    ("GET", "/v1/apps/{appId}/leaders"): {"app", "frontend", "user"},
    ("GET", "/v2/apps/{appId}/randomDisplayName"): {"none", "app", "frontend", "user"},
    ("GET", "/v1/apps/{appId}/users/hasDeviceToken"): {"user"},
    ("GET", "/v2/apps/{appId}/users/{userId}"): {"app", "user"},
    ("GET", "/v1/apps/{appId}/users/{userId}/appData"): {"app", "user"},
    ("POST", "/v1/apps/{appId}/users/{userId}/appData/deleteByName"): {"app", "user"},
    ("POST", "/v1/apps/{appId}/users/{userId}/appData/set"): {"app", "user"},
    ("GET", "/v2/apps/{appId}/users/{userId}/points"): {"app", "user"},
    ("GET", "/v2/apps/{appId}/users/{userId}/score"): {"app", "user"},
    ("GET", "/v1/countries/childAge"): {"none"},
    ("PUT", "/v1/users/{userId}"): {"app", "user"},
    ("POST", "/v1/users/{userId}/hasTriggeredEvent"): {"app", "user"},
    ("POST", "/v1/users/{userId}/inviteUser"): {"app", "user"},
    ("GET", "/v2/users/{userId}/points"): {"app", "user"},
    ("POST", "/v1/users/{userId}/requestPermissions"): {"app", "user"},
    ("POST", "/v1/users/{userId}/triggerEvent"): {"app", "user"},
}


@pytest.fixture(scope="module")
def kws() -> dict[str, Any]:
    document: dict[str, Any] = YAML(typ="safe").load(Path(__file__).parents[2] / "openapi" / "kws.yaml")
    return document


def scopes(alternatives: list[dict[str, list[str]]]) -> set[str]:
    named = {scope for alternative in alternatives for scope in alternative.get("bearer", [])}
    if any("basic" in alternative for alternative in alternatives):
        named.add("basic")
    if not alternatives or {} in alternatives:
        named.add("none")
    return named


def test_every_documented_operation_is_there_with_its_scopes(kws: dict[str, Any]) -> None:
    found = {
        (method.upper(), path): scopes(operation.get("security", kws["security"]))
        for path, path_item in kws["paths"].items()
        for method, operation in path_item.items()
        if method != "parameters"
    }
    assert found == DOCUMENTED


def test_every_operation_documents_the_statuses_of_the_convention(kws: dict[str, Any]) -> None:
    for path_item in kws["paths"].values():
        for method, operation in path_item.items():
            if method != "parameters":
                assert {"400", "405", "500"} <= set(operation["responses"]), operation["operationId"]
