import fcntl
import io
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time

import pytest
from rich.console import Console

from openapi_mock import load
from openapi_mock.catalog import available
from openapi_mock.serving.terminal import announce, introduce

URL = "http://127.0.0.1:8080"
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture(params=sorted(available()))
def mock(request):
    with load(request.param) as mock:
        yield mock


def shown(mock, *, columns=None):
    """Return the output in a terminal of a width, or in a pipe."""
    console = Console(
        file=io.StringIO(), force_terminal=columns is not None, width=columns, color_system=None, _environ={}
    )
    introduce(console, mock, URL)
    announce(console, mock, URL)
    return console.file.getvalue()


def is_address(line):
    return URL in line


@pytest.mark.parametrize("columns", [64, 80, 120, 200])
def test_a_terminal_shows_every_path_and_operation_in_one_piece(mock, columns):
    lines = shown(mock, columns=columns).splitlines()
    assert all(len(line) <= columns for line in lines if not is_address(line))
    words = " ".join(lines).split()
    for operation in mock.operations:
        assert operation.path in words
        assert operation.id in words


@pytest.mark.parametrize("columns", [64, 80, 120, 200])
def test_a_terminal_shows_the_whole_of_what_there_is_to_try(mock, columns):
    said = shown(mock, columns=columns)
    assert "…" not in said
    # A folded value continues in lines of its own.
    text = " ".join(said.split())
    for what, value in mock.behaviour.banner():
        assert what in text
        assert (URL + value if value.startswith("/") else value) in text


def test_a_row_that_has_no_room_in_one_line_has_its_cells_below_each_other(shop):
    narrow, wide = (shown(shop, columns=columns).splitlines() for columns in (60, 200))
    assert [line.split() for line in wide[:1]] == [["method", "path", "operation", "scopes", "response"]]
    assert [line.split() for line in narrow[:2]] == [
        ["method", "path", "scopes"],
        ["operation", "response"],
    ]
    of_items = narrow.index(next(line for line in narrow if line.startswith("GET     /items ")))
    assert [line.split() for line in narrow[of_items : of_items + 2]] == [
        ["GET", "/items", "read"],
        ["listItems", "handler"],
    ]


def test_a_path_that_is_wider_than_the_terminal_is_folded_and_not_cut(shop):
    said = shown(shop, columns=20)
    text = "".join(said.split())
    assert all(operation.path in text for operation in shop.operations)


def test_a_pipe_has_each_row_in_a_line_whatever_its_length(mock):
    lines = shown(mock).splitlines()
    for operation in mock.operations:
        source = "handler" if mock.is_handled(operation.id) else "synthesised"
        row = (operation.method, operation.path, operation.id, " ".join(operation.scopes), source)
        assert "\t".join(row) in lines
    for what, value in mock.behaviour.banner():
        assert (f"{what}: {URL}{value}" if value.startswith("/") else f"{what}\t{value}") in lines
    assert "\x1b" not in "".join(lines)


def test_the_command_fits_the_terminal_that_it_runs_in():
    lines = in_terminal(80, sys.executable, "-m", "openapi_mock", "kws", "--port", "0").splitlines()
    assert any(
        line.split()[1:2] == ["/v1/apps/{appId}/users/{userId}/appData/deleteByName"] for line in lines
    )
    (sign_in,) = (line for line in lines if line.startswith("sign-in: "))
    assert re.fullmatch(
        r"sign-in: http://127\.0\.0\.1:[0-9]+/oauth\?clientId=example-client&redirectUri=https://game\.example/callback",
        sign_in,
    )
    assert all(len(line) <= 80 for line in lines if line != sign_in)


def in_terminal(columns, *command):
    """Return the output of a command in a terminal of a width, up to Ctrl-C once it serves."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    environment = {
        name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR"}
    }
    process = subprocess.Popen(  # noqa: S603  # the command under test
        command,
        stdin=its,
        stdout=its,
        stderr=its,
        env={**environment, "TERM": "xterm"},
        start_new_session=True,
    )
    os.close(its)
    printed, deadline = b"", time.monotonic() + 30
    try:
        while b"Ctrl-C ends it" not in printed:
            assert select.select([ours], [], [], deadline - time.monotonic())[0], printed.decode()
            printed += os.read(ours, 65536)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        os.close(ours)
    return _CONTROL.sub("", printed.decode()).replace("\r\n", "\n")
