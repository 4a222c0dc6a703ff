import pytest

from openapi_runtime import retries


@pytest.fixture(autouse=True)
def no_waits_before_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "_FIRST_WAIT", 0.001)
