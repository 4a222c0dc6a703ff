"""A server among clients that are slow, hostile or wrong, over real sockets."""

import contextlib
import json
import os
import re
import select
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

import openapi_mock
import openapi_reader
from openapi_mock.serving import server as server_module
from openapi_mock.serving.protocol import BoundedH11, BoundedProtocol, Limits
from openapi_mock.serving.server import listen, make_server

GET = b"GET /api/items/newest HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
PROTOCOLS = {"default": BoundedProtocol, "h11": BoundedH11}


@pytest.fixture(params=PROTOCOLS)
def running(request, monkeypatch):
    """Serve an application within limits. Yields a function that opens connections."""
    monkeypatch.setattr(server_module, "BoundedProtocol", PROTOCOLS[request.param])

    @contextmanager
    def running(app, **limits):
        with listen("127.0.0.1", 0) as bound:
            server = make_server(app, host="127.0.0.1", limits=Limits(**limits))
            thread = threading.Thread(target=server.run, args=([bound],), daemon=True)
            thread.start()
            address = bound.getsockname()
            with contextlib.ExitStack() as opened:

                def connect(data=b"", **options):
                    connection = socket.create_connection(address, timeout=10, **options)
                    opened.enter_context(connection)
                    connection.sendall(data)
                    return connection

                connect.port = address[1]
                connect.server = server
                wait_until(lambda: server.started)
                try:
                    yield connect
                finally:
                    opened.close()
                    server.should_exit = True
                    thread.join(10)
        assert not thread.is_alive()

    return running


def wait_until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.01)


def everything(connection):
    """Return what comes until the server closes. Fails if it resets the connection."""
    received = bytearray()
    while data := connection.recv(65536):
        received += data
    return bytes(received)


def one(connection):
    """Return the head of the next response, without reading past its body."""
    reader = connection.makefile("rb")
    lines = [reader.readline()]
    while lines[-1] not in (b"\r\n", b""):
        lines.append(reader.readline())
    headers = dict(line.lower().split(b":", 1) for line in lines[1:-1])
    reader.read(int(headers.get(b"content-length", 0)))
    return b"".join(lines)


def test_half_a_head_is_closed_after_its_time(shop, running):
    with running(shop, head_seconds=0.1) as connect:
        assert everything(connect(GET[:30])).startswith(b"HTTP/1.1 408 ")


def test_a_connection_that_never_asks_is_closed_after_its_time(shop, running):
    with running(shop, head_seconds=0.1) as connect:
        everything(connect())


def test_a_head_that_comes_byte_by_byte_gains_no_time(shop, running):
    with running(shop, head_seconds=0.2) as connect:
        connection = connect(GET[:20])
        received = b""
        connection.settimeout(0.05)
        deadline = time.monotonic() + 10
        while not received:
            assert time.monotonic() < deadline
            connection.sendall(b"x")
            with contextlib.suppress(TimeoutError):
                received = connection.recv(100)
        assert received.startswith(b"HTTP/1.1 408 ")


def test_half_a_body_is_closed_after_its_time_and_changes_nothing(shop, running, behaviour):
    head = (
        b"POST /api/items HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer writer\r\n"
        b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    )
    with running(shop, request_seconds=0.1) as connect:
        assert everything(connect(head)).startswith(b"HTTP/1.1 408 ")
    assert behaviour.calls == []


def test_a_connection_that_waits_between_requests_is_no_slow_one(shop, running):
    with running(shop, head_seconds=0.1) as connect:
        connection = connect(GET)
        assert one(connection).startswith(b"HTTP/1.1 200 ")
        time.sleep(1.5)
        connection.sendall(GET)
        assert one(connection).startswith(b"HTTP/1.1 200 ")


def test_a_head_that_is_too_large_is_refused(shop, running):
    heads = (
        b"X: " + b"x" * 200_000,
        b"".join(b"X-%d: %s\r\n" % (each, b"x" * 1000) for each in range(200)),
    )
    with running(shop) as connect:
        for lines in heads:
            status = everything(connect(b"GET / HTTP/1.1\r\n" + lines + b"\r\n\r\n"))[:13]
            # Where httptools is missing, h11 says 400.
            assert status in {b"HTTP/1.1 431 ", b"HTTP/1.1 400 "}


def test_a_trailer_without_end_is_refused(shop, running):
    head = b"POST /api/items HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    with running(shop) as connect:
        answer = everything(connect(head + b"0\r\nX: " + b"x" * 200_000))
    assert answer[:13] in {b"HTTP/1.1 431 ", b"HTTP/1.1 400 "}


def test_trailers_are_no_headers(running):
    async def echo(scope, receive, send):
        while (await receive()).get("more_body"):
            pass
        names = b" ".join(name for name, _ in scope["headers"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": names})

    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    with running(echo) as connect:
        assert b"authorization" not in everything(connect(head + b"0\r\nAuthorization: x\r\n\r\n"))


def test_more_headers_than_may_be_are_refused_in_the_shape_of_the_api(shop, running):
    lines = b"".join(b"X-%d: x\r\n" % each for each in range(101))
    with running(shop) as connect:
        response = everything(connect(GET[:-2] + lines + b"\r\n"))
    assert response.startswith(b"HTTP/1.1 431 ")
    assert json.loads(response.partition(b"\r\n\r\n")[2])["error"] == "too-many-headers"


NO_HTTP = (
    b"hello\r\n\r\n",
    b"GET / HTTP/x\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
    b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
    b"GET / HTTP/1.1\r\n folded: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n",
)


def test_what_is_no_http_is_400_and_closed(shop, running):
    with running(shop) as connect:
        for data in NO_HTTP:
            assert everything(connect(data)).startswith(b"HTTP/1.1 400 "), data


def test_requests_before_one_that_is_no_http_get_their_responses(shop, running):
    with running(shop) as connect:
        response = everything(connect(GET + b"hello\r\n\r\n"))
    assert response.startswith(b"HTTP/1.1 200 ")


def test_a_body_that_is_too_large_gets_its_refusal_and_no_reset(shop, running):
    head = b"POST /api/items HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n"
    with running(shop) as connect:
        connection = connect(head)
        with contextlib.suppress(BrokenPipeError):
            connection.sendall(b"x" * 500_000)
        assert everything(connection).startswith(b"HTTP/1.1 413 ")


def test_pipelined_requests_are_answered_in_order(shop, running):
    count = 500
    with running(shop) as connect:
        connection = connect()
        sender = threading.Thread(target=connection.sendall, args=(GET * count,))
        sender.start()
        for _ in range(count):
            assert one_of_many(connection) == b"HTTP/1.1 200 OK\r\n"
        sender.join(10)


def one_of_many(connection):
    # makefile would read ahead, so it is kept.
    reader = READERS.setdefault(connection, connection.makefile("rb"))
    status = reader.readline()
    headers = dict(line.lower().split(b":", 1) for line in iter(reader.readline, b"\r\n"))
    reader.read(int(headers[b"content-length"]))
    return status


READERS = {}


def test_a_client_that_half_closes_gets_its_response(shop, running):
    with running(shop) as connect:
        connection = connect(GET)
        connection.shutdown(socket.SHUT_WR)
        assert everything(connection).startswith(b"HTTP/1.1 200 ")


def test_an_upgrade_to_another_protocol_is_ignored(shop, running):
    wish = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n"
    with running(shop) as connect:
        assert one(connect(GET[:-2] + wish)).startswith(b"HTTP/1.1 200 ")


def test_the_oldest_silent_connection_makes_room_for_another_one(shop, running):
    with running(shop, connections=3) as connect:
        first = connect(GET[:10])
        time.sleep(0.2)
        others = [connect(GET[:10]) for _ in range(2)]
        time.sleep(0.2)
        newest = connect(GET)
        assert one(newest).startswith(b"HTTP/1.1 200 ")
        with contextlib.suppress(ConnectionResetError):
            assert everything(first) == b""
        others[-1].sendall(GET[10:])
        assert one(others[-1]).startswith(b"HTTP/1.1 200 ")


def test_a_client_that_does_not_read_is_cut_off(running):
    async def large(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(1000):
            await send({"type": "http.response.body", "body": bytes(100_000), "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    with running(large, write_seconds=0.1) as connect:
        connection = connect(GET)
        time.sleep(2.5)
        with pytest.raises((ConnectionResetError, AssertionError)):
            assert everything(connection).endswith(b"0\r\n\r\n")


def test_a_request_to_another_host_is_refused(shop, running):
    with running(shop) as connect:
        other = GET.replace(b"127.0.0.1", b"rebound.example")
        assert everything(connect(other)).startswith(b"HTTP/1.1 421 ")


@pytest.mark.parametrize("kind", ["reset", "lost-response"])
def test_a_fault_resets_the_connection_before_anything_is_sent(shop, running, kind):
    with running(shop) as connect:
        shop.control.fail(kind=kind, times=1)
        connection = connect(GET)
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
        assert one(connect(GET)).startswith(b"HTTP/1.1 200 ")


def test_a_fault_closes_the_connection_in_the_middle_of_a_body(shop, running):
    with running(shop) as connect:
        shop.control.fail(kind="cut", times=1)
        head, _, body = everything(connect(GET)).partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split()[0])
    assert 0 < len(body) < length


def test_a_fault_sends_a_body_byte_by_byte(shop, running):
    with running(shop) as connect:
        shop.control.fail(kind="drip", times=1)
        started = time.monotonic()
        response = everything(connect(GET[:-2] + b"Connection: close\r\n\r\n"))
    assert json.loads(response.partition(b"\r\n\r\n")[2])
    assert time.monotonic() - started > 0.2


def test_a_late_response_keeps_no_other_one_waiting(shop, running):
    with running(shop) as connect:
        shop.control.fail(kind="delay", delay=1.0, times=1)
        late = connect(GET)
        time.sleep(0.1)
        assert one(connect(GET)).startswith(b"HTTP/1.1 200 ")
        assert not select.select([late], [], [], 0)[0]
        assert one(late).startswith(b"HTTP/1.1 200 ")


def test_at_its_end_a_server_answers_what_was_sent_before(shop, running):
    with running(shop) as connect:
        idle, busy = connect(GET), connect(GET)
        assert one(idle).startswith(b"HTTP/1.1 200 ")
        assert one(busy).startswith(b"HTTP/1.1 200 ")
        connect.server.should_exit = True
        busy.sendall(GET)
        last = everything(busy)
        assert last.startswith(b"HTTP/1.1 200 ")
        assert everything(idle) == b""


def test_writers_that_never_pause_see_a_proper_end(shop, running):
    """No response is cut or lost but by a connection that ends between requests."""
    ends = []

    def write(connection):
        reader = connection.makefile("rb")
        try:
            while True:
                connection.sendall(GET)
                status = reader.readline()
                if not status:
                    ends.append("closed")
                    return
                headers = dict(line.lower().split(b":", 1) for line in iter(reader.readline, b"\r\n"))
                length = int(headers[b"content-length"])
                assert len(reader.read(length)) == length
                if headers.get(b"connection", b"").strip() == b"close":
                    ends.append("announced")
                    return
        except (OSError, AssertionError) as error:
            ends.append(repr(error))

    with running(shop) as connect:
        threads = [threading.Thread(target=write, args=(connect(),)) for _ in range(8)]
        for each in threads:
            each.start()
        time.sleep(0.3)
        connect.server.should_exit = True
        for each in threads:
            each.join(10)
    assert len(ends) == 8
    assert set(ends) <= {"announced", "closed"}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_clients_that_pipeline_and_do_not_read_cost_little_memory(shop_file):
    paths = (str(Path(each.__file__).parents[1]) for each in (openapi_mock, openapi_reader))
    process = subprocess.Popen(  # noqa: S603  # the command under test
        [sys.executable, "-m", "openapi_mock", str(shop_file), "--port", "0"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    reader = threading.Thread(target=process.stdout.read, daemon=True)
    try:
        line = next(line for line in process.stdout if "Serving on" in line)
        port = int(re.search(r":(\d+)", line).group(1))
        reader.start()
        before, most = resident(process), 0
        with contextlib.ExitStack() as opened:
            flood = [opened.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(50)]
            for each in flood:
                each.setblocking(False)
            for _ in range(40):
                for each in flood:
                    with contextlib.suppress(BlockingIOError, ConnectionError):
                        each.send(b"GET / HTTP/1.1\r\n\r\n" * 5000)
                most = max(most, resident(process))
                time.sleep(0.02)
        assert most - before < 100_000
    finally:
        process.terminate()
        status = process.wait(20)
        reader.join(10)
        process.stdout.close()
    assert status == 0


def resident(process):
    """Return the memory of a process in KiB."""
    return int(Path(f"/proc/{process.pid}/status").read_text().split("VmRSS:")[1].split()[0])
