"""A call that waits for a token ends with its own deadline, whoever fetches the token."""

import asyncio
import threading
import time

import httpx
import pytest

import kws
from kws import KWS, AsyncKWS
from openapi_runtime.options import Options

SECONDS = 20.0
SOON = Options(deadline=0.05)


def call(session, options=None):
    session.users.set_app_data(app_id=355, user_id=1, name="level", value=7, options=options)


async def call_async(session, options=None):
    await session.users.set_app_data(app_id=355, user_id=1, name="level", value=7, options=options)


class Slow:
    """Keeps the first request for a token until it is let go, which may be in vain."""

    def __init__(self, server):
        self.asked = threading.Event()
        self.let_go = threading.Event()
        self.in_vain = False
        self.seconds = []
        self._issue = server._issue

    def __call__(self, request):
        self.seconds.append(request.extensions["timeout"]["read"])
        if len(self.seconds) == 1:
            self.asked.set()
            assert self.let_go.wait(SECONDS)
            if self.in_vain:
                raise httpx.ReadTimeout("made-up", request=request)
        return self._issue()


@pytest.fixture
def slow(server):
    server.token_answer = Slow(server)
    yield server.token_answer
    server.token_answer.let_go.set()


@pytest.fixture
def fetching(session, slow):
    """A session whose token another thread is fetching."""
    thread = threading.Thread(target=call, args=[session])
    thread.start()
    assert slow.asked.wait(SECONDS)
    yield session
    slow.let_go.set()
    thread.join(SECONDS)


def test_a_call_that_waits_for_another_thread_s_token_ends_with_its_deadline(fetching, server):
    with pytest.raises(kws.TimedOut, match=r"^no token in time"):
        call(fetching, SOON)
    assert server.calls == []


def test_others_get_the_token_that_one_call_did_not_wait_for(fetching, slow, server):
    with pytest.raises(kws.TimedOut):
        call(fetching, SOON)
    slow.let_go.set()
    call(fetching)
    assert len(server.token_requests) == 1


def test_a_request_for_a_token_ends_with_the_deadline_of_the_call(session, slow):
    slow.in_vain = True
    slow.let_go.set()
    with pytest.raises(kws.TimedOut) as caught:
        call(session, Options(deadline=SECONDS))
    assert caught.value.operation_id == "issueToken"
    # Less than the session's own limit of 30 seconds.
    assert 0 < slow.seconds[0] <= SECONDS


def test_the_deadline_of_the_call_that_fetches_is_not_that_of_those_who_wait(
    session, slow, server, monkeypatch
):
    outcomes = []

    def hurried():
        with pytest.raises(kws.TimedOut) as caught:
            call(session, Options(deadline=SECONDS))
        outcomes.append(caught.value.operation_id)

    thread = threading.Thread(target=hurried)
    thread.start()
    assert slow.asked.wait(SECONDS)
    patient = threading.Thread(target=lambda: outcomes.append(call(session)))
    patient.start()
    slow.in_vain = True
    monkeypatch.setattr("kws.tokens.left", lambda _: 0.0)
    slow.let_go.set()
    for each in (thread, patient):
        each.join(SECONDS)
    assert set(outcomes) == {"issueToken", None}
    assert len(server.token_requests) == 2
    assert len(server.calls) == 1


def test_no_token_is_asked_for_after_the_deadline(session, server):
    with pytest.raises(kws.TimedOut, match=r"^no token in time"):
        session._source.get(None, time.monotonic() - 1)
    assert server.requests == []
    call(session)


async def test_an_awaited_call_that_waits_for_a_token_ends_with_its_deadline(async_session, server):
    release = asyncio.Event()
    handle = server.handle_async_request

    async def slowly(request):
        if server._is_token(request):
            await release.wait()
        return await handle(request)

    server.handle_async_request = slowly
    patient = asyncio.create_task(call_async(async_session))
    with pytest.raises(kws.TimedOut, match=r"^no token in time"):
        await call_async(async_session, SOON)
    release.set()
    await patient
    await call_async(async_session)
    assert len(server.token_requests) == 1


async def test_an_awaited_call_with_a_known_token_is_refused_once(server, arguments, make_token):
    del arguments["client_id"], arguments["client_secret"]
    token = make_token(scope="user", userId=5073)
    server.refused.add(token)
    async with AsyncKWS(**arguments, token=token) as session:
        with pytest.raises(kws.Unauthorized):
            await session.users.get_profile()
    assert len(server.requests) == 1


@pytest.mark.parametrize("lifetime_s", [-5, 0])
async def test_a_token_that_is_expired_from_the_start_is_not_asked_for_with_every_call(
    arguments, server, clock, lifetime_s
):
    server.token_fields = {"expires_in": lifetime_s}
    with KWS(**arguments) as session:
        for _ in range(5):
            call(session)
        assert len(server.token_requests) == 1
        clock.now += 5
        call(session)
        assert len(server.token_requests) == 2
    async with AsyncKWS(**arguments) as session:
        for _ in range(5):
            await call_async(session)
    assert len(server.token_requests) == 3


def test_the_wait_for_an_argument_from_the_token_ends_with_the_deadline(fetching):
    began = time.monotonic()
    with pytest.raises(kws.TimedOut):
        fetching.users.get_profile(user_id=1, options=SOON)
    assert time.monotonic() - began < SECONDS / 2


async def test_the_time_for_the_token_is_part_of_the_deadline_of_the_call(async_session, server):
    server.delay_s = 0.2
    server.token_fields = {"expires_in": 1000}
    with pytest.raises(kws.TimedOut):
        await async_session.users.get_profile(user_id=1, options=SOON)
    assert server.calls == []
