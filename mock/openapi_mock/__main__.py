"""The command `openapi-mock NAME…`: serve the mocks of APIs until Ctrl-C."""

from __future__ import annotations

import argparse
import errno
import os
import ssl
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any, Final

from rich.console import Console

from openapi_reader import ReadError, read

from .catalog import UnknownNameError, available, find_document, load
from .document import SpecificationError
from .engine import Mock
from .handlers import HandlerError
from .serving.asgi import asgi_app
from .serving.hosts import cross_origin, is_loopback
from .serving.server import base_url, listen, make_server, tls_context
from .serving.terminal import announce, introduce, log_to, warn
from .settings import Settings
from .state.databases import UnusableDatabaseError
from .state.seeds import SeedError

_TOKEN_VARIABLE: Final = "OPENAPI_MOCK_CONTROL_TOKEN"  # noqa: S105  # the name of a variable
_DATABASES: Final = ("sqlite", "postgresql", "postgres")
_MAKE_CERTIFICATE: Final = (
    "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost "
    "-addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out cert.pem"
)


class _Refused(Exception):
    """Raised for arguments that cannot be served. The message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve mocks. Return the exit status: 0 after Ctrl-C, 2 if they cannot be served."""
    options = _parse(arguments)
    console = Console(quiet=options.quiet)
    log_to(console, quiet=options.quiet)
    try:
        _serve(options, console)
    except KeyboardInterrupt:
        return 0
    except UnusableDatabaseError as error:
        advice = "try --database sqlite:///mock.db; without --database, state is in memory"
        return _fail(f"{error}\n{advice}")
    except (UnknownNameError, SpecificationError, HandlerError, ReadError, _Refused) as error:
        return _fail(str(error))
    except OSError as error:
        advice = (
            "try another --port, such as 0, which takes a free one"
            if error.errno == errno.EADDRINUSE
            else "try --host 127.0.0.1, which is this machine"
        )
        return _fail(f"{options.host}:{options.port}: {error.strerror or error}\n{advice}")
    return 0


# ---- Arguments


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    names = ", ".join(available()) or "an API in openapi/"
    parser = argparse.ArgumentParser(
        prog="openapi-mock",
        description="Serve mocks of APIs described by OpenAPI 3.1 files. `serve` before them is optional.",
    )
    parser.add_argument(
        "names",
        nargs="+",
        metavar="NAME|FILE.yaml",
        help=f"{names}, or the path of a file; several are served under /NAME each",
    )
    _add_state_options(parser)
    _add_server_options(parser)
    options = parser.parse_args(arguments)
    if options.names[0] == "serve" and (len(options.names) > 1 or "serve" not in available()):
        options.names.pop(0)
    if not options.names:
        parser.error(f"name an API or a file: {names}, or the path of a YAML file")
    return options


def _add_state_options(parser: argparse.ArgumentParser) -> None:
    several = "; with several APIs NAME={} for each"
    parser.add_argument(
        "--database",
        action="append",
        default=[],
        metavar="URL",
        help=f"where state is kept, such as sqlite:///mock.db (default: in memory){several.format('URL')}",
    )
    parser.add_argument(
        "--seed",
        action="append",
        default=[],
        metavar="FILE.yaml",
        help=f"the initial state{several.format('FILE')}",
    )
    parser.add_argument(
        "--random-seed", type=int, metavar="N", help="a number that makes everything random repeatable"
    )
    parser.add_argument(
        "--callback-host",
        action="append",
        default=[],
        type=_host,
        metavar="HOST",
        help="a host that may receive callbacks besides this machine; may be given several times",
    )


def _add_server_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", type=_host, default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=_port, default=8080, help="port (default: 8080; 0 takes a free one)")
    parser.add_argument(
        "--allowed-host",
        action="append",
        default=[],
        type=_host,
        metavar="NAME",
        help="a name of the server besides those of this machine; may be given several times",
    )
    parser.add_argument("--tls", nargs=2, type=Path, metavar=("CERT", "KEY"), help="files in PEM, for HTTPS")
    parser.add_argument(
        "--cors",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="a website whose scripts may call the mock, such as http://localhost:3000, or *; may be given "
        "several times",
    )
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")
    control = parser.add_mutually_exclusive_group()
    control.add_argument(
        "--control-token",
        metavar="TOKEN",
        help=f"what whoever controls the mock has to send; better as {_TOKEN_VARIABLE}, which no list of "
        "processes shows. Without one, only this machine may, and only if nothing else can reach the server",
    )
    control.add_argument("--no-control", action="store_true", help="serve nothing that controls the mock")


def _host(text: str) -> str:
    # An empty one, such as a shell variable that is not set, would listen on all addresses.
    if not text.strip():
        raise argparse.ArgumentTypeError("a host is a name or an address, such as 127.0.0.1")
    if "/" in text:
        raise argparse.ArgumentTypeError(
            f"{text!r} is a URL or a path: a host is only the name in it, such as game.example"
        )
    return text


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) not in range(65536):
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _of_each(option: str, values: Sequence[str], names: Sequence[str]) -> Mapping[str, str]:
    """Return the values of an option by the name of the API that each is for."""
    found: dict[str, str] = {}
    for value in values:
        name, equals, rest = value.partition("=")
        if not equals or name not in names:
            if len(names) > 1:
                raise _Refused(
                    f"{option} {value}: with several APIs, say for which: {option} {names[0]}={value}, "
                    f"and so on; there are: {', '.join(names)}"
                )
            name, rest = names[0], value
        if name in found:
            raise _Refused(f"{option} is given twice for {name}: leave one out")
        found[name] = rest
    return found


# ---- Serving


def _serve(options: argparse.Namespace, console: Console) -> None:
    documents = {find_document(each).stem: each for each in options.names}
    if len(documents) < len(options.names):
        raise _Refused("two of the APIs have the same name: each has to have another one")
    _check_cors(options)
    tls = _tls(options)
    token = _token(options)
    with ExitStack() as opened:
        mocks = _load(options, documents, opened)
        bound = opened.enter_context(listen(options.host, options.port))
        url = base_url(bound, "https" if tls else "http")
        places = {name: url if len(mocks) == 1 else f"{url}/{name}" for name in mocks}
        for name, mock in mocks.items():
            introduce(console, mock, places[name])
        site = asgi_app(
            next(iter(mocks.values())) if len(mocks) == 1 else mocks,
            control=_control(options, token),
            token=token,
            allowed_hosts=[*options.allowed_host, options.host],
        )
        for line in _exposures(options, token, has_private_pages=site.has_private_pages):
            warn(console, line)
        app = cross_origin(site, options.cors, site.is_control) if options.cors else site

        def started() -> None:
            for name, mock in mocks.items():
                announce(console, mock, places[name])

        # A program that reads those lines may send a request or Ctrl-C at once.
        make_server(app, started, host=options.host, allowed_hosts=options.allowed_host, tls=tls).run([bound])


def _load(
    options: argparse.Namespace, documents: Mapping[str, str], opened: ExitStack
) -> dict[str, Mock[Any]]:
    names = list(documents)
    databases = _of_each("--database", options.database, names)
    seeds = _of_each("--seed", options.seed, names)
    mocks: dict[str, Mock[Any]] = {}
    errors: list[str] = []
    for name, document in documents.items():
        try:
            settings = _settings(options, databases.get(name), seeds.get(name))
            mocks[name] = opened.enter_context(load(document, settings=settings))
        except (SpecificationError, HandlerError, ReadError, SeedError) as error:
            errors.append(str(error))
    if errors:
        raise _Refused("\n".join(errors))
    return mocks


def _settings(options: argparse.Namespace, database: str | None, seed: str | None) -> Settings:
    chosen: dict[str, Any] = {}
    scheme, separator, _ = (database or "").partition("://")
    if separator and scheme.partition("+")[0] not in _DATABASES:
        # The whole URL may hold a password.
        raise UnusableDatabaseError(f"{scheme}:// is not supported: SQLite and PostgreSQL are supported")
    if options.random_seed is not None:
        chosen["random"] = Random(options.random_seed)  # noqa: S311  # made to be repeatable
    if seed is not None:
        chosen |= {"seed": read(Path(seed)), "seed_source": seed}
    return Settings(database=database, callback_hosts=frozenset(options.callback_host), **chosen)


def _token(options: argparse.Namespace) -> str | None:
    token: str | None = options.control_token
    if token is None and not options.no_control:
        token = os.environ.get(_TOKEN_VARIABLE)
    if token is not None and not token.strip():
        raise _Refused("the control token is empty: give one, or leave it out")
    return token


def _control(options: argparse.Namespace, token: str | None) -> bool | None:
    """Return what `asgi_app` is told: beyond this machine, nobody controls a mock without a token."""
    if options.no_control or not (token or is_loopback(options.host)):
        return False
    return None


def _exposures(options: argparse.Namespace, token: str | None, *, has_private_pages: bool) -> list[str]:
    """Return what whoever can reach this server can do, if others than this machine can."""
    if is_loopback(options.host):
        return []
    control = _control(options, token) is not False
    said = (
        "Whoever reaches this server can read and change everything that the mock remembers, "
        "by its operations and its pages, with the credentials above."
    )
    controlled = (
        "Control of the mock needs the token."
        if control
        else f"Control of the mock is off; for those who have it, set {_TOKEN_VARIABLE}."
    )
    private = []
    if has_private_pages:
        needed = "need the token as well" if control else "serve this machine only"
        private = [f"Pages that make the mock send requests to other servers {needed}."]
    any_host = (
        "The server answers under every host name, also one that a website has made up for it; with "
        "--allowed-host NAME it answers under its own names only."
    )
    hosts = [] if options.allowed_host else [any_host]
    return [said, controlled, *private, *hosts]


def _check_cors(options: argparse.Namespace) -> None:
    for origin in options.cors:
        if origin == "*" and not is_loopback(options.host):
            raise _Refused(
                "--cors * is for this machine only: name the websites, such as http://localhost:3000"
            )
        scheme, separator, rest = origin.partition("://")
        if origin != "*" and not (scheme in {"http", "https"} and separator and rest and "/" not in rest):
            raise _Refused(f"--cors {origin}: an origin is like http://localhost:3000, without a path")


def _tls(options: argparse.Namespace) -> ssl.SSLContext | None:
    if options.tls is None:
        return None
    certificate, key = options.tls
    try:
        return tls_context(certificate, key)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise _Refused(
            f"--tls {certificate} {key}: {why}\nto make both files: {_MAKE_CERTIFICATE}"
        ) from error


def _fail(message: str) -> int:
    sys.stderr.write("".join(f"{line}\n" for line in f"openapi_mock: {message}".splitlines()))
    return 2


if __name__ == "__main__":
    sys.exit(main())
