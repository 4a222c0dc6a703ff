"""`python -m openapi_mock NAME`: serve the mock of an API until Ctrl-C."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Sequence

from rich.console import Console

from .catalog import UnknownNameError, available, load
from .databases import UnusableDatabaseError
from .document import SpecificationError
from .handlers import HandlerError
from .server import base_url, listen, make_server
from .terminal import announce, introduce, log_to


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve a mock. Return the exit status: 0 after Ctrl-C, 2 if it cannot be served."""
    options = _parse(arguments)
    console = Console()
    log_to(console)
    try:
        _serve(options, console)
    except KeyboardInterrupt:
        return 0
    except UnusableDatabaseError as error:
        advice = "try --database sqlite:///mock.db; without --database, state is in memory"
        return _fail(f"{error}\n{advice}")
    except (UnknownNameError, SpecificationError, HandlerError) as error:
        return _fail(str(error))
    except OSError as error:
        advice = (
            "try another --port, such as 0, which takes a free one"
            if error.errno == errno.EADDRINUSE
            else "try --host 127.0.0.1, which is this machine"
        )
        return _fail(f"{options.host}:{options.port}: {error.strerror or error}\n{advice}")
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m openapi_mock", description="Serve a mock of an API described by an OpenAPI 3.1 file."
    )
    names = ", ".join(available()) or "an API in openapi/"
    parser.add_argument("name", metavar="NAME|FILE.yaml", help=f"{names}, or the path of a file")
    parser.add_argument(
        "--host", type=_host, default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=_port, default=8080, help="port (default: 8080; 0 takes a free one)")
    parser.add_argument(
        "--database",
        metavar="URL",
        help="where state is kept, such as sqlite:///mock.db (default: in memory)",
    )
    return parser.parse_args(arguments)


def _host(text: str) -> str:
    # An empty one, such as a shell variable that is not set, would listen on all addresses.
    if not text.strip():
        raise argparse.ArgumentTypeError("a host is a name or an address, such as 127.0.0.1")
    return text


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) not in range(65536):
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _serve(options: argparse.Namespace, console: Console) -> None:
    with load(options.name, options.database) as mock, listen(options.host, options.port) as bound:
        url = base_url(bound)
        introduce(console, mock, url)
        # A program that reads that line may send a request or Ctrl-C at once.
        make_server(mock, lambda: announce(console, mock, url)).run([bound])


def _fail(message: str) -> int:
    sys.stderr.write(f"openapi_mock: {message}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
