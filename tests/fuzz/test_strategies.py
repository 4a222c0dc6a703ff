"""Users draw models, arguments and responses of a client, and test their own programs with them."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from hypothesis import given, seed
from hypothesis import strategies as st

import kws_client
from kws import KWS, AsyncKWS
from kws_client.errors import APIError
from kws_client.models import Leaderboard, Profile
from openapi_fuzz import strategies
from openapi_fuzz.properties import make_settings
from openapi_fuzz.responses.drawing import DrawnResponse
from openapi_fuzz.responses.typed import mismatches

CLIENTS = ["kws_client", "kongregate_client", "mock_control_client"]
TOKEN = jwt.encode({"scope": "user", "appId": 355, "userId": 5073}, "made-up-key" * 3)


def few(examples: int = 20) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return lambda test: seed(20_26)(make_settings(examples, shrink=False)(test))


@pytest.mark.parametrize("client", CLIENTS)
def test_every_model_is_drawn_with_the_types_of_its_fields(client: str) -> None:
    package = importlib.import_module(client)
    models = strategies.register(client).models

    @few(5)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        for model in models:
            value = data.draw(st.from_type(model))
            assert [*mismatches(value, model, package)] == []
            assert model.from_dict(value.to_dict()) == value

    check()


@pytest.mark.parametrize("client", CLIENTS)
def test_every_operation_can_be_called_with_drawn_arguments(client: str) -> None:
    of = strategies.register(client)
    package = importlib.import_module(client)

    @few(1)
    @given(st.data())
    def call_all(data: st.DataObject) -> None:
        transport = strategies.responding(client, data)
        with package.AuthenticatedClient(
            "http://server.example", token="made-up", max_retries=0, httpx_args={"transport": transport}
        ) as opened:
            for endpoint in of.endpoints.values():
                arguments = data.draw(of.arguments(endpoint.operation.id))
                resource = getattr(package.Api(opened), endpoint.tag)
                with suppress(package.errors.StatusError):
                    getattr(resource, endpoint.method)(**arguments)
        assert [each.operation_id for _, each in transport.answered] == list(of.endpoints)

    call_all()


@few()
@given(st.data())
def test_a_session_is_answered_sync_and_async(data: st.DataObject) -> None:
    transport = strategies.responding(kws_client, data)
    httpx_args = {"transport": transport}

    async def call() -> object:
        async with AsyncKWS(
            "https://kws.example", token=TOKEN, max_retries=0, httpx_args=httpx_args
        ) as session:
            return await session.users.get_profile()

    with KWS("https://kws.example", token=TOKEN, max_retries=0, httpx_args=httpx_args) as session:
        for get in (session.users.get_profile, lambda: asyncio.run(call())):
            with suppress(APIError):
                assert isinstance(get(), Profile)
    assert len(transport.answered) == 2


@few()
@given(st.data())
def test_hostile_responses_end_in_values_or_typed_errors(data: st.DataObject) -> None:
    transport = strategies.responding("kws_client", data, hostile=True, secrets=[TOKEN])
    with (
        KWS(
            "https://kws.example", token=TOKEN, max_retries=0, httpx_args={"transport": transport}
        ) as session,
        suppress(APIError),
    ):
        assert isinstance(session.apps.get_leaderboard(), Leaderboard)
    assert [each.operation_id for _, each in transport.answered] == ["getLeaderboard"]


@few(5)
@given(st.data())
def test_some_operations_are_answered_as_the_user_says(data: st.DataObject) -> None:
    teapot = DrawnResponse("getPoints", 418)
    fixed = {"issueToken": {"access_token": TOKEN}, "getPoints": teapot}
    transport = strategies.responding(kws_client, data, fixed=fixed)
    with (
        KWS(
            "https://kws.example",
            client_id="made-up",
            client_secret="made-up-secret",
            httpx_args={"transport": transport},
        ) as session,
        pytest.raises(APIError, match="418"),
    ):
        session.users.get_points(user_id=1)
    assert [each.operation_id for _, each in transport.answered] == ["issueToken", "getPoints"]


def test_an_operation_is_found_by_its_path_where_another_client_calls() -> None:
    of = strategies.register(kws_client)
    request = httpx.Request("GET", "https://kws.example/some/where/v2/apps/1/users/2")
    assert of.operation_of(request) == "getProfile"
    with pytest.raises(LookupError, match="DELETE /v2/nothing"):
        of.operation_of(httpx.Request("DELETE", "https://kws.example/v2/nothing"))


def test_a_client_without_its_document_says_what_is_missing(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "lonely_client").mkdir()
    (tmp_path / "lonely_client" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(LookupError, match=r"no lonely.yaml .* give the path"):
        strategies.register("lonely_client")


def test_what_was_drawn_is_shown_where_a_test_fails() -> None:
    @few(1)
    @given(st.data())
    def fail(data: st.DataObject) -> None:
        transport = strategies.responding(kws_client, data)
        with KWS("https://kws.example", token=TOKEN, httpx_args={"transport": transport}) as session:
            session.with_raw_response.users.get_profile()
        raise AssertionError

    with pytest.raises(AssertionError) as caught:
        fail()
    assert "response to getProfile): <getProfile, valid: " in "\n".join(caught.value.__notes__)
