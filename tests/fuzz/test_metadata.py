"""What clients declare is what their documents say."""

import importlib
from pathlib import Path
from typing import Any

import attrs
import pytest

from openapi_fuzz import Target
from openapi_fuzz.metadata import metadata_tests
from openapi_mock import Mock

SPECS = sorted((Path(__file__).parents[2] / "openapi").glob("*.yaml"))


def target(spec: Path) -> Target:
    return Target(spec, f"{spec.stem}_client", mock=lambda: Mock.from_file(spec))


TARGETS = {spec.stem: target(spec) for spec in SPECS}

TestMetadata = metadata_tests(*TARGETS.values())


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({"security": ()}, "security"),
        ({"security": ({"bearer": ("user",)},)}, "security"),
        ({"method": "POST"}, "method"),
        ({"path": "/v1/users"}, "path"),
        ({"id": "getScores"}, "id"),
        ({"idempotent": True}, "idempotent"),
        ({"server": "https://elsewhere.example"}, "server"),
        ({"base_paths": ("/v1",)}, "base paths"),
        ({"secrets": ("start",)}, "secrets"),
        ({"required": ("start",)}, "required"),
        ({"success": {}}, "success"),
        ({"failure": {}}, "failure"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_declaration_that_the_document_does_not_make_is_found(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], shown: str
) -> None:
    kws = target(SPECS[0].with_name("kws.yaml"))
    module = importlib.import_module("kws_client.api.users.get_score")
    monkeypatch.setattr(module, "OPERATION", attrs.evolve(module.OPERATION, **changed))
    if "id" in changed:
        with pytest.raises(ValueError, match="has no getScore"):
            _ = kws.endpoints
        return
    with pytest.raises(AssertionError, match=f"{shown}: the client has"):
        TestMetadata().test_operation_is_declared_as_documented(kws, "getScore")
