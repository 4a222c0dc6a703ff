"""Sessions that are made from environment variables, and the version."""

from importlib import metadata

import pytest

import kongregate
from kongregate import AsyncKongregate, Kongregate


@pytest.fixture
def environment(monkeypatch):
    for name in ("KONGREGATE_API_KEY", "KONGREGATE_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch.setenv


@pytest.mark.parametrize("kind", [Kongregate, AsyncKongregate])
def test_a_session_has_the_key_of_the_environment(environment, kind):
    environment("KONGREGATE_API_KEY", "made-up-api-key")
    session = kind.from_env(timeout=5)
    assert type(session) is kind
    assert session.client.base_url == "https://api.kongregate.com"
    environment("KONGREGATE_BASE_URL", "https://kongregate.example/api")
    assert kind.from_env().client.base_url == "https://kongregate.example"
    assert kind.from_env(base_url="https://mine.example").client.base_url == "https://mine.example"


@pytest.mark.parametrize("kind", [Kongregate, AsyncKongregate])
def test_a_key_that_is_missing_is_named(environment, kind):
    environment("KONGREGATE_API_KEY", "")
    with pytest.raises(kongregate.ConfigurationError, match=r": KONGREGATE_API_KEY; or pass api_key=…$"):
        kind.from_env()


def test_the_version_is_that_of_the_distribution():
    assert kongregate.__version__ == metadata.version("kws-clients")
