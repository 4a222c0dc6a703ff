from __future__ import annotations

import pytest

from openapi_runtime.environment import settings_of_environment
from openapi_runtime.errors import ConfigurationError

VARIABLES = {"base_url": "THING_BASE_URL", "key": "THING_KEY", "size": "THING_SIZE"}


@pytest.fixture(autouse=True)
def _without_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)


def test_what_is_given_counts_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING_BASE_URL", "https://api.example")
    monkeypatch.setenv("THING_KEY", "made-up-key")
    monkeypatch.setenv("THING_SIZE", "")
    found = settings_of_environment(VARIABLES, {"key": None, "other": 5}, required=["base_url", "key"])
    assert found == {"base_url": "https://api.example", "key": None, "other": 5}


@pytest.mark.parametrize(
    ("required", "told"),
    [
        (["key"], "THING_KEY; or pass key=…"),
        (["base_url", "key"], "THING_BASE_URL, THING_KEY; or pass base_url=…, key=…"),
    ],
)
def test_every_variable_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, required: list[str], told: str
) -> None:
    monkeypatch.setenv("THING_KEY", "")
    with pytest.raises(ConfigurationError) as caught:
        settings_of_environment(VARIABLES, {"size": "made-up"}, required=required, advice="; ask somebody")
    assert str(caught.value) == f"not set in the environment, or empty: {told}; ask somebody"
