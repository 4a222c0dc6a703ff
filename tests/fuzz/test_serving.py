"""Over real sockets: however a request is cut, it is answered once, in order, or refused in time."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import strategies as st

from openapi_mock import load
from openapi_mock.serving import server as server_module
from openapi_mock.serving.protocol import BoundedH11, BoundedProtocol, Limits
from openapi_mock.serving.server import base_url, listen, make_server

SPEC = Path(__file__).parents[2] / "openapi" / "kongregate.yaml"
PROTOCOLS = {"default": BoundedProtocol, "h11": BoundedH11}
HEAD_BYTES = 4096
HOST = b"Host: 127.0.0.1\r\n"
GUILD = b"api_key=made-up-api-key&guild_identifier=round-table&guild_name=Round"
# A request, and the beginning of what is answered to it.
REQUESTS = [
    (b"GET /api/user_info.json?username=Robin HTTP/1.1\r\n" + HOST + b"\r\n", 200, b'"username":"Robin"'),
    (b"GET /api/nothing.json HTTP/1.1\r\n" + HOST + b"\r\n", 404, b'"success":false'),
    (b"BREW /api/items.json HTTP/1.1\r\n" + HOST + b"\r\n", None, b""),
    (
        b"POST /api/guilds.json HTTP/1.1\r\n"
        + HOST
        + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % len(GUILD)
        + GUILD,
        200,
        b'"success":true',
    ),
    (
        b"POST /api/guilds.json HTTP/1.1\r\n"
        + HOST
        + b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"%x\r\n" % len(GUILD)
        + GUILD
        + b"\r\n0\r\nX-Trailer: 1\r\n\r\n",
        200,
        b'"success":true',
    ),
]
VALID = [each for each in REQUESTS if each[1] is not None]


@pytest.fixture(scope="module", params=PROTOCOLS)
def connect(request):
    """Serve a mock within short limits. Yields a function that opens connections."""
    with pytest.MonkeyPatch.context() as patch, load(SPEC) as mock, listen("127.0.0.1", 0) as bound:
        patch.setattr(server_module, "BoundedProtocol", PROTOCOLS[request.param])
        limits = Limits(
            connections=8,
            head_bytes=HEAD_BYTES,
            head_seconds=0.5,
            request_seconds=0.5,
            write_seconds=0.2,
            linger_seconds=0.1,
            last_call_seconds=0.05,
        )
        # What a client does not read fills little of the system's memory before the server notices.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        server = make_server(mock, host="127.0.0.1", limits=limits)
        # Clients that take too long are looked for ten times as often as usual.
        patch.setattr(server_module, "_TICKS_PER_SECOND", 1)
        thread = threading.Thread(target=server.run, args=([bound],), daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.002)

        @contextlib.contextmanager
        def connect():
            with socket.create_connection(bound.getsockname(), timeout=5) as connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                yield connection

        connect.mock = mock
        yield connect
        server.should_exit = True
        thread.join(10)
    assert not thread.is_alive()


def received(connection):
    """Everything until the server closes the connection."""
    found = b""
    with contextlib.suppress(ConnectionError):
        while piece := connection.recv(65536):
            found += piece
    return found


def responses(text):
    """Status and body of each response, which has to be complete."""
    found = []
    while text:
        head, separator, rest = text.partition(b"\r\n\r\n")
        assert separator, head
        status, *headers = head.split(b"\r\n")
        fields = {name.lower(): value for name, _, value in (each.partition(b": ") for each in headers)}
        length = int(fields[b"content-length"])
        assert len(rest) >= length
        found.append((int(status.split()[1]), rest[:length]))
        text = rest[length:]
    return found


def pieces(text, places):
    cuts = sorted({0, len(text), *(each % (len(text) + 1) for each in places)})
    return [text[start:end] for start, end in pairwise(cuts)]


def test_pipelined_requests_are_answered_in_order_however_they_are_cut(connect, properties):
    def check(wanted, places, ends_early):
        last = b"GET /api/user_info.json?username=Wren HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
        with connect() as connection:
            for piece in pieces(b"".join([*(each[0] for each in wanted), last]), places):
                connection.sendall(piece)
            if ends_early:
                connection.shutdown(socket.SHUT_WR)
            found = responses(received(connection))
        assert [status for status, _ in found] == [*(status for _, status, _ in wanted), 200]
        assert all(part in body for (_, body), (*_, part) in zip(found, wanted, strict=False))
        assert b'"username":"Wren"' in found[-1][1]

    requests = st.lists(st.sampled_from(VALID), max_size=12)
    properties.hold(check, requests, st.lists(st.integers(0, 2000), max_size=4), st.booleans(), share=0.5)


def test_whatever_is_sent_gets_an_answer_or_an_end_and_the_server_goes_on(connect, properties):
    noise = st.binary(min_size=1, max_size=60)
    texts = st.sampled_from([each for each, *_ in REQUESTS])

    def check(text, place, what, cut):
        place %= len(text)
        with connect() as connection:
            with contextlib.suppress(ConnectionError):
                connection.sendall(text[:place] + what + text[place + cut :])
                connection.shutdown(socket.SHUT_WR)
            try:
                found = received(connection)
            except TimeoutError:
                raise AssertionError(f"no end after {text[:place] + what + text[place + cut :]!r}") from None
        assert not found or found.startswith(b"HTTP/1.1 ")
        assert b"HTTP/1.1 5" not in found
        with connect() as connection:
            connection.sendall(VALID[0][0].replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
            assert responses(received(connection))[0][0] == 200

    properties.hold(check, texts, st.integers(0, 300), noise, st.integers(0, 20), share=0.5)


LATE = {
    "a head without an end": (b"GET / HTTP/1.1\r\nHost: a", 408),
    "nothing at all": (b"", 408),
    "a body without an end": (
        b"POST /api/guilds.json HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\na",
        408,
    ),
    "a large head": (b"GET / HTTP/1.1\r\nX: " + b"x" * (HEAD_BYTES * 2), 431),
    "many small headers": (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * HEAD_BYTES, 431),
    "no HTTP": (b"\x16\x03\x01 hello\r\n\r\n", 400),
    "a large body that is announced": (
        b"POST /api/guilds.json HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999\r\n\r\n",
        413,
    ),
    "another host": (b"GET /api/items.json HTTP/1.1\r\nHost: other.example\r\n\r\n", 421),
    "two hosts": (b"GET /api/items.json HTTP/1.1\r\n" + HOST + HOST + b"\r\n", 400),
    "a hundred headers": (
        b"GET /api/items.json HTTP/1.1\r\n" + HOST + b"X-A: 1\r\n" * 120 + b"Connection: close\r\n\r\n",
        431,
    ),
}


WHY = {408: b"the request took too long", 431: b"the head of a request is too large"}


@pytest.mark.parametrize(("text", "status"), LATE.values(), ids=LATE)
def test_a_request_beyond_the_limits_is_refused_and_the_connection_closed(connect, text, status):
    with connect() as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(text)
        found = received(connection)
    # h11 refuses a large head by itself.
    accepted = {status, *({400} if status == 431 else ())}
    first, _, rest = found.partition(b"\r\n")
    told = int(first.split()[1])
    assert told in accepted, found
    assert first == f"HTTP/1.1 {told} {HTTPStatus(told).phrase}".encode()
    _, _, body = rest.partition(b"\r\n\r\n")
    # Too many headers are refused by the mock, in the shape of its API.
    if told in WHY and not body.startswith(b"{"):
        assert body == WHY[told]
        assert b"content-type: text/plain; charset=utf-8\r\n" in rest
        assert b"content-length: %d\r\n" % len(body) in rest
    assert b"connection: close" in found.lower()


def test_a_connection_too_many_ends_the_one_that_is_silent_for_longest(connect):
    with contextlib.ExitStack() as opened:
        silent = [opened.enter_context(connect()) for _ in range(12)]
        # Whoever may stay is told that it takes too long.
        assert b"" in {received(each) for each in silent}
        with connect() as connection:
            connection.sendall(VALID[0][0].replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
            assert responses(received(connection))[0][0] == 200


def test_a_client_that_does_not_read_is_left_after_a_while(connect):
    request = b"GET /api/items.json?api_key=made-up-api-key HTTP/1.1\r\n" + HOST + b"\r\n"
    with connect() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        connection.settimeout(3)
        with pytest.raises(ConnectionError):
            connection.sendall(request * 1_000_000)
    with connect() as connection:
        connection.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        assert responses(received(connection))[0][0] == 200


FAULTS = {
    "reset": lambda text: text == b"",
    "lost-response": lambda text: text == b"",
    "cut": lambda text: 0 < len(text.partition(b"\r\n\r\n")[2]) < 300,
    "drip": lambda text: responses(text)[0][0] == 404,
    "html": lambda text: responses(text)[0][0] == 502,
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_breaks_the_connection_as_it_says(connect, kind):
    place = (
        b"/api/user_info.json?username=Nobody" if kind == "drip" else b"/api/user_info.json?username=Robin"
    )
    is_right = FAULTS[kind]
    with connect.mock.control.fail("getUserInfo", kind=kind, delay=0.01), connect() as connection:
        started = time.monotonic()
        connection.sendall(b"GET " + place + b" HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
        found = received(connection)
    assert time.monotonic() - started >= 0.01
    assert is_right(found) or (kind == "drip" and responses(found)[0][0] == 200), found
    assert not connect.mock.control.faults


# What a socket says of itself, since not every machine has IPv6.
@pytest.mark.parametrize(
    ("name", "url"),
    [
        (("127.0.0.1", 80), "http://127.0.0.1:80"),
        (("192.0.2.7", 8080), "http://192.0.2.7:8080"),
        (("0.0.0.0", 81), "http://127.0.0.1:81"),  # noqa: S104 (nothing listens here)
        (("::1", 82, 0, 0), "http://[::1]:82"),
        (("::", 83, 0, 0), "http://[::1]:83"),
    ],
    ids=str,
)
def test_the_url_of_a_server_is_one_that_this_machine_can_ask(name, url):
    bound = SimpleNamespace(getsockname=lambda: name)
    assert base_url(bound) == url
    assert base_url(bound, "https") == url.replace("http", "https", 1)
