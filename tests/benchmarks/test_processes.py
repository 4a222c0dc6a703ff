from __future__ import annotations

import socket
import sys
from urllib.parse import urlsplit

import pytest

from benchmarking.processes import ProcessError, cpu_of
from benchmarking.server import PAGE, PAGE_PATH, SCORE, SCORE_PATH, Served
from benchmarking.workers import Worker


def test_the_server_answers_requests_that_come_in_pieces_or_together():
    with Served("server") as server:
        url = urlsplit(server.url)
        with socket.create_connection((url.hostname, url.port), timeout=10) as connection:
            one = f"GET {PAGE_PATH}?limit=50 HTTP/1.1\r\nHost: made-up\r\n\r\n".encode()
            other = f"GET {SCORE_PATH} HTTP/1.1\r\n\r\n".encode()
            connection.sendall(one[:30])
            connection.sendall(one[30:] + other)
            received = b""
            while not received.endswith(SCORE):
                received += connection.recv(65536)
        assert PAGE in received
        assert server.cpu() > 0


def test_a_worker_tells_what_a_task_took():
    with Worker("decoding:ours") as worker:
        assert worker.missing is None
        assert 0 < worker.work("decoding")(20) < 1


def test_a_worker_tells_which_module_it_lacks():
    # The stock client is generated for each run of the benchmarks.
    with Worker("decoding:stock") as worker:
        assert worker.missing == "kws_stock"


def test_a_command_that_fails_says_why(tmp_path):
    with pytest.raises(ProcessError, match="made-up reason"):
        cpu_of([sys.executable, "-c", "raise SystemExit('made-up reason')"], tmp_path)
