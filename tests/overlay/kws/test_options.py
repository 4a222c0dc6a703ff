"""Options of one call, and of a session."""

import httpx
import pytest

import kws
from kws import KWS, AsyncKWS
from openapi_runtime.options import Options

BUSY = httpx.Response(503, headers={"retry-after": "0"})


@pytest.fixture
def arguments(arguments, server, make_token):
    """Those of a user's session, which fetches no token; and a server that is busy."""
    server.answer = BUSY
    token = make_token(scope="user", userId=5073)
    return {**arguments, "client_id": None, "client_secret": None, "token": token, "max_retries": 2}


def test_a_call_takes_options(session, server):
    with pytest.raises(kws.ServiceUnavailable):
        session.users.get_profile(options=Options(max_retries=0, headers={"X-Trace": "7"}))
    assert len(server.calls) == 1
    assert server.calls[0].headers["x-trace"] == "7"
    with pytest.raises(kws.ServiceUnavailable):
        session.users.get_profile()
    assert len(server.calls) == 4
    assert "x-trace" not in server.calls[1].headers


async def test_an_awaited_call_takes_options(async_session, server):
    with pytest.raises(kws.ServiceUnavailable):
        await async_session.users.get_profile(options=Options(max_retries=0, headers={"X-Trace": "7"}))
    assert len(server.calls) == 1
    assert server.calls[0].headers["x-trace"] == "7"
    with pytest.raises(kws.ServiceUnavailable):
        await async_session.users.get_profile()
    assert len(server.calls) == 4


def test_a_raw_call_takes_options_too(session, server):
    found = session.with_raw_response.users.get_profile(options=Options(max_retries=1))
    assert (found.status_code, len(server.calls)) == (503, 2)


def test_a_write_is_sent_again_where_its_call_says_so(session, server):
    for options, attempts in ((None, 1), (Options(idempotent=True), 3)):
        server.requests.clear()
        with pytest.raises(kws.ServiceUnavailable):
            session.users.trigger_event(token="finished-level", points=5, options=options)
        assert len(server.calls) == attempts


def test_what_is_no_options_is_refused_by_name(session, server):
    with pytest.raises(kws.InvalidArgument, match=r"options: expected Options, got dict"):
        session.users.get_profile(options={"max_retries": 0})
    assert server.calls == []


def test_a_session_with_options_has_the_credentials_and_connections_of_the_other(session, server):
    patient = session.with_options(max_retries=4, headers={"X-Trace": "7"})
    assert type(patient) is KWS
    assert patient.client.get_httpx_client() is session.client.get_httpx_client()
    for each, attempts in ((patient, 5), (session, 3)):
        server.requests.clear()
        with pytest.raises(kws.ServiceUnavailable):
            each.users.get_profile()
        assert len(server.calls) == attempts
        assert ("x-trace" in server.calls[0].headers) == (each is patient)
        assert server.calls[0].headers["authorization"].startswith("Bearer ")


def test_closing_a_session_with_options_leaves_the_connections_open(session, server):
    server.answer = httpx.Response(204)
    with session.with_options(Options(deadline=20)) as changed:
        changed.users.set_app_data(name="level", value=7)
    session.users.set_app_data(name="level", value=7)
    changed.users.set_app_data(name="level", value=7)
    assert len(server.calls) == 3
    session.close()
    with pytest.raises(kws.ConfigurationError, match="closed"):
        changed.users.set_app_data(name="level", value=7)


async def test_closing_an_async_session_with_options_leaves_the_connections_open(async_session, server):
    server.answer = httpx.Response(204)
    async with async_session.with_options(Options(deadline=20)) as changed:
        assert type(changed) is AsyncKWS
        await changed.users.set_app_data(name="level", value=7)
    await async_session.users.set_app_data(name="level", value=7)
    await changed.users.set_app_data(name="level", value=7)
    assert len(server.calls) == 3


def test_an_option_that_there_is_not_is_refused(session):
    with pytest.raises(kws.ConfigurationError, match="there is no option retries"):
        session.with_options(retries=3)
