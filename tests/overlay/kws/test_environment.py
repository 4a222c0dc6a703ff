"""Sessions that are made from environment variables, and the version."""

import subprocess
import sys
from importlib import metadata

import pytest

import kws
from kws import KWS, AsyncKWS

VARIABLES = {
    "KWS_BASE_URL": "https://kws.example",
    "KWS_CLIENT_ID": "example-client",
    "KWS_CLIENT_SECRET": "made-up-secret",
    "KWS_SSO_URL": "https://club.example",
}


@pytest.fixture
def environment(monkeypatch):
    for name in (*VARIABLES, "KWS_TOKEN"):
        monkeypatch.delenv(name, raising=False)

    def set_variables(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return set_variables


def test_a_session_of_the_environment_fetches_its_token(environment, server):
    environment(**VARIABLES)
    with KWS.from_env(httpx_args={"transport": server}) as session:
        assert session.claims.app_id == 355
        assert session.sign_in_url(redirect_uri="https://game.example/").startswith("https://club.example")
    assert server.requests[0].url.host == "kws.example"


async def test_an_awaited_session_of_the_environment_fetches_its_token(environment, server):
    environment(**VARIABLES)
    async with AsyncKWS.from_env(httpx_args={"transport": server}, scope="frontend") as session:
        assert type(session) is AsyncKWS
        assert (await session.claims).app_id == 355
    assert b"scope=frontend" in server.requests[0].content


def test_a_token_takes_the_place_of_client_id_and_secret(environment, make_token):
    environment(KWS_BASE_URL="https://kws.example", KWS_TOKEN=make_token(scope="user", userId=5073))
    assert KWS.from_env().claims.user_id == 5073
    with pytest.raises(kws.ConfigurationError, match=": KWS_CLIENT_ID, KWS_CLIENT_SECRET; or pass "):
        KWS.from_env(token=None)
    environment(KWS_TOKEN="")
    assert KWS.from_env(token=make_token(scope="user", userId=5074)).claims.user_id == 5074


def test_client_id_and_secret_that_are_passed_count_before_a_token(environment, server, make_token):
    environment(KWS_BASE_URL="https://kws.example", KWS_TOKEN=make_token(scope="user", userId=5073))
    mine = {"client_id": "example-client", "client_secret": "made-up-secret"}
    with KWS.from_env(**mine, httpx_args={"transport": server}) as session:
        assert session.claims.scope == "app"


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({}, "KWS_BASE_URL, KWS_CLIENT_ID, KWS_CLIENT_SECRET"),
        ({"KWS_CLIENT_SECRET": "made-up-secret"}, "KWS_BASE_URL, KWS_CLIENT_ID"),
        ({"KWS_BASE_URL": "https://kws.example", "KWS_CLIENT_ID": "a"}, "KWS_CLIENT_SECRET"),
        ({"KWS_TOKEN": "made-up-token"}, "KWS_BASE_URL"),
    ],
)
@pytest.mark.parametrize("kind", [KWS, AsyncKWS])
def test_every_variable_that_is_missing_is_named(environment, kind, variables, named):
    environment(**variables)
    with pytest.raises(kws.ConfigurationError, match=f": {named}; or pass ") as raised:
        kind.from_env()
    assert "made-up" not in str(raised.value)
    assert ("KWS_TOKEN" in str(raised.value)) == ("KWS_TOKEN" not in variables)


def test_the_version_is_that_of_the_distribution():
    assert kws.__version__ == metadata.version("kws-clients")


def test_nothing_looks_for_the_version_before_it_is_asked_for():
    told = "import sys, kws; sys.exit('openapi_runtime.version' in sys.modules or 'tomllib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0  # noqa: S603
