"""The KWS document has everything that the published documentation names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openapi_reader import read

# The scopes of each documented operation, which are fixed by the published documentation.
DOCUMENTED = {
    "issueToken": {"basic"},
    "getLeaderboard": {"app", "frontend", "user"},
    "getRandomDisplayName": {"none", "app", "frontend", "user"},
    "hasDeviceToken": {"user"},
    "getProfile": {"app", "user"},
    "getAppData": {"app", "user"},
    "deleteAppData": {"app", "user"},
    "setAppData": {"app", "user"},
    "getPoints": {"app", "user"},
    "getScore": {"app", "user"},
    "getChildAge": {"none"},
    "updateProfile": {"app", "user"},
    "hasTriggeredEvent": {"app", "user"},
    "inviteUser": {"app", "user"},
    "getGlobalPoints": {"app", "user"},
    "requestPermissions": {"app", "user"},
    "triggerEvent": {"app", "user"},
}


@pytest.fixture(scope="module")
def kws() -> dict[str, Any]:
    document: dict[str, Any] = read(Path(__file__).parents[2] / "openapi" / "kws.yaml").value
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
        operation["operationId"]: scopes(operation.get("security", kws["security"]))
        for path_item in kws["paths"].values()
        for method, operation in path_item.items()
        if method != "parameters"
    }
    assert {name: found.get(name) for name in DOCUMENTED} == DOCUMENTED


def test_every_operation_documents_the_statuses_of_the_convention(kws: dict[str, Any]) -> None:
    for path_item in kws["paths"].values():
        for method, operation in path_item.items():
            if method != "parameters":
                assert {"400", "405", "500"} <= set(operation["responses"]), operation["operationId"]
