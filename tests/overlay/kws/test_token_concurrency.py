"""Concurrent callers share one token request, its token and its error."""

import asyncio
import gc
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

import kws
from kws import KWS, AsyncKWS, Options
from openapi_runtime.bodies import no_body
from openapi_runtime.operation import Operation
from openapi_runtime.types import UNSET

WAITING = 20


def call(session):
    session.users.set_app_data(app_id=355, user_id=1, name="level", value=7)


async def call_async(session):
    await session.users.set_app_data(app_id=355, user_id=1, name="level", value=7)


def no_answer(request):
    raise httpx.ConnectTimeout("nobody there", request=request)


def test_a_token_with_no_lifetime_serves_every_thread_that_waited(session, server):
    server.token_fields, server.delay_s = {"expires_in": 0}, 0.1
    with ThreadPoolExecutor(WAITING) as pool:
        list(pool.map(call, [session] * WAITING))
    assert len(server.token_requests) < WAITING / 2
    assert len(server.calls) == WAITING


async def test_a_token_with_no_lifetime_serves_every_task_that_waited(async_session, server):
    server.token_fields, server.delay_s = {"expires_in": 0}, 0.05
    await asyncio.gather(*(call_async(async_session) for _ in range(WAITING)))
    assert len(server.token_requests) == 1


def test_a_thread_whose_deadline_passes_leaves_the_token_to_the_others(session, server):
    asked = threading.Event()

    def late_once(request):
        if len(server.token_requests) > 1:
            return server._issue()
        asked.set()
        time.sleep(0.1)
        raise httpx.ReadTimeout("late", request=request)

    server.token_answer = late_once
    with ThreadPoolExecutor(2) as pool:
        hasty = pool.submit(call, session.with_options(Options(deadline=0.05)))
        asked.wait()
        patient = pool.submit(call, session)
    assert isinstance(hasty.exception(), kws.TimedOut)
    assert patient.exception() is None


async def test_cancelling_one_waiting_task_leaves_the_token_to_the_others(async_session, server):
    server.delay_s = 0.05
    tasks = [asyncio.create_task(call_async(async_session)) for _ in range(5)]
    await asyncio.sleep(0.01)
    tasks[2].cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(each) for each in outcomes].count(asyncio.CancelledError) == 1
    assert outcomes.count(None) == 4
    assert len(server.token_requests) == 1


async def test_every_waiting_task_gets_its_own_error_with_the_cause(async_session, server):
    server.delay_s, server.token_answer = 0.05, no_answer
    waiting = (call_async(async_session) for _ in range(WAITING))
    errors = await asyncio.gather(*waiting, return_exceptions=True)
    assert {type(each) for each in errors} == {kws.TimedOut}
    assert len({id(each) for each in errors}) == WAITING
    assert {type(each.__cause__) for each in errors} == {httpx.ConnectTimeout}
    assert {each.operation_id for each in errors} == {"issueToken"}
    assert len(server.token_requests) == 1


def test_a_failed_token_request_keeps_no_local_variables_alive(session, server):
    class Thing:
        """Something large."""

    def fail():
        thing = Thing()
        with pytest.raises(kws.TimedOut):
            call(session)
        return weakref.ref(thing)

    server.token_answer = no_answer
    left = fail()
    gc.collect()
    assert left() is None


def test_a_session_is_refused_in_another_event_loop(arguments, server, clock):
    session = AsyncKWS(**arguments)
    asyncio.run(call_async(session))
    clock.now += 10**6
    with pytest.raises(kws.ConfigurationError, match="belongs to another event loop"):
        asyncio.run(call_async(session))
    assert len(server.token_requests) == 1


def test_a_session_is_refused_in_another_event_loop_while_the_token_is_being_fetched(arguments, server):
    session = AsyncKWS(**arguments)
    server.delay_s = 0.2

    async def in_two_loops():
        fetching = asyncio.create_task(call_async(session))
        await asyncio.sleep(0.05)
        with pytest.raises(kws.ConfigurationError, match="belongs to another event loop"):
            await asyncio.to_thread(asyncio.run, call_async(session))
        await fetching

    asyncio.run(in_two_loops())
    assert len(server.token_requests) == 1


def test_an_expiry_without_a_time_of_issue_counts_from_now(session, server, clock):
    server.token_fields = {}
    server.token_claims = {"iat": None, "exp": int(clock.now) + 100}
    call(session)
    clock.now += 89
    call(session)
    assert len(server.token_requests) == 1
    clock.now += 2
    call(session)
    assert len(server.token_requests) == 2


# ---- security that an API may document and KWS does not


def operation(*security):
    return Operation(id="look", method="GET", path="/look", security=security, success={204: no_body})


@pytest.mark.parametrize(
    ("security", "carries"),
    [
        (({"bearer": ()},), True),
        (({"bearer": ("user",)}, {"bearer": ()}), True),
        (({}, {"bearer": ("user",)}), False),
        (({}, {"bearer": ("app",)}), True),
        (({"key": ()},), False),
    ],
)
def test_a_token_goes_where_it_is_asked_for_and_allowed(session, server, security, carries):
    look = operation(*security)
    look.call(session.client, look.request())
    assert ("authorization" in server.calls[0].headers) == carries
    assert bool(server.token_requests) == carries


def test_the_token_supplies_arguments_even_of_operations_that_do_not_take_it(session, server):
    for security in [({"basic": ()},), ({}, {"bearer": ("user",)}), ()]:
        assert session.client.supply(UNSET, "appId", operation(*security), "app_id") == 355
    with (
        KWS("https://kws.example", httpx_args={"transport": server}) as anonymous,
        pytest.raises(kws.MissingCredentials),
    ):
        anonymous.client.supply(UNSET, "appId", operation({"bearer": ()}), "app_id")


def test_what_takes_a_secret_or_none_is_called_without_one(server):
    look = operation({"basic": ()}, {})
    with KWS("https://kws.example", httpx_args={"transport": server}) as anonymous:
        look.call(anonymous.client, look.request())
    assert "authorization" not in server.calls[0].headers
