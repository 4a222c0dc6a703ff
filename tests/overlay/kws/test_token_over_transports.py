"""However many calls wait for a token, one request fetches it, whatever the transport."""

from __future__ import annotations

import asyncio
import json
import threading
import time

import httpx
import pytest
from scripted_server import ScriptedServer

from kws import KWS, AsyncKWS

WAITING = 1000


class Clock:
    def __init__(self):
        self.now = 5000.0

    def __call__(self):
        return self.now


class TokenServer:
    """Issues tokens slowly, and counts what it issued."""

    def __init__(self, make_token):
        self.issued = 0
        self._make_token = make_token

    def __call__(self, connection, _):
        if connection.head.startswith(b"POST /oauth/token"):
            self.issued += 1
            time.sleep(0.1)
            token = {
                "access_token": self._make_token(jti=self.issued),
                "token_type": "bearer",
                "expires_in": 1000,
            }
            connection.respond(json.dumps(token).encode())
        else:
            connection.respond(b"false")


@pytest.fixture
def server(make_token):
    return TokenServer(make_token)


@pytest.fixture(params=["pool", "httpx", "fast"])
def arguments(request, server):
    kind = request.param
    further = {"httpx_args": {"cookies": httpx.Cookies()}} if kind == "httpx" else {}
    with ScriptedServer(server).serving() as running:
        yield {
            "base_url": running.url,
            "client_id": "made-up-client",
            "client_secret": "made-up-secret",
            "transport": "fast" if kind == "fast" else "httpx",
            "timeout": 60.0,
            "clock": Clock(),
            **further,
        }


def test_threads_with_an_expired_token_fetch_one(arguments, server):
    tokens = set()
    with KWS(**arguments) as session:
        assert session.claims
        arguments["clock"].now += 2000
        barrier = threading.Barrier(WAITING)

        def work():
            barrier.wait()
            tokens.add(session.claims)

        threads = [threading.Thread(target=work) for _ in range(WAITING)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(tokens) == 1
    assert server.issued == 2


async def test_tasks_with_an_expired_token_fetch_one_even_if_the_first_is_cancelled(arguments, server):
    async with AsyncKWS(**arguments) as session:
        assert await session.claims
        arguments["clock"].now += 2000
        tasks = [asyncio.ensure_future(session.claims) for _ in range(WAITING)]
        await asyncio.sleep(0.02)
        tasks[0].cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(results[0], asyncio.CancelledError)
    assert len(set(results[1:])) == 1
    assert server.issued == 2
