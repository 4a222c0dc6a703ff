"""The command `openapi-fuzz SPEC --client PACKAGE --url URL`: where does a server depart from it?"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from rich.console import Console

from openapi_reader import ReadError, is_object, read

from .deployment import DeploymentModel, Gate, credentials_from, examine, uncalled, variables
from .document import Document, DocumentError
from .report.page import Run, write
from .report.progress import Ticker
from .report.table import table
from .target import Target, TargetError

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class _RefusedError(Exception):
    """Raised for arguments that do not go together. The message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz a server. Return the exit status: 0 as documented, 1 with departures, 2 if it cannot be asked."""
    options = _parse(arguments)
    console = Console(highlight=False, soft_wrap=True)
    try:
        run = _run(options, console)
    except (_RefusedError, TargetError, DocumentError, ReadError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    for each in run.coverage.findings:
        console.print(f"{each.calls[-1] if each.calls else each.test}: {each.message}", markup=False)
        console.print(*each.curl, sep="\n", markup=False)
    for line in table(run.coverage):
        console.print(line, markup=False)
    for operation, reason in run.uncalled.items():
        console.print(f"not called: {operation}: {reason}", markup=False)
    console.print(f"{len(run.coverage.findings)} departures in {run.coverage.cases} cases, --seed {run.seed}")
    if options.report is not None:
        write(run, options.report)
        console.print(f"report: {options.report}", markup=False)
    return 1 if run.coverage.findings else 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="openapi-fuzz",
        description="Tell where a server departs from its OpenAPI document. It is only read, but for "
        "operations that --allow names.",
        epilog="Credentials are read from environment variables: NAME_SCHEME, such as SHOP_BEARER for the "
        "security scheme `bearer` of shop.yaml, or NAME_SCHEME_SCOPE for one scope; user:password for basic.",
    )
    parser.add_argument("spec", type=Path, metavar="SPEC", help="the OpenAPI document")
    parser.add_argument("--client", required=True, metavar="PACKAGE", help="the client generated from it")
    parser.add_argument("--url", required=True, type=_url, help="root of the API on the server")
    parser.add_argument("--name", default="", help="what the API is called (default: as the document's file)")
    parser.add_argument(
        "--allow",
        action="append",
        default=[],
        metavar="OPERATION",
        help="an operation that is called although it may write; may be given several times",
    )
    parser.add_argument(
        "--values",
        type=Path,
        metavar="FILE.yaml",
        help="values that the server knows: lists by the name of a parameter, or by operationId.name",
    )
    parser.add_argument("--seconds", type=_positive, default=60.0, help="how long it may take (default: 60)")
    parser.add_argument("--rate", type=_positive, default=5.0, help="most requests in a second (default: 5)")
    parser.add_argument("--seed", type=int, help="the seed of an earlier run, to repeat it")
    parser.add_argument("--report", type=Path, metavar="FILE.html", help="write the result as a page")
    return parser.parse_args(arguments)


def _url(text: str) -> str:
    # No message has the text, which may hold a password.
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise argparse.ArgumentTypeError("a URL such as https://shop.example/v1 is needed") from None
    if parts.username or parts.password or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError("a URL without credentials, query and fragment is needed")
    if not parts.hostname or not (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    ):
        raise argparse.ArgumentTypeError("a URL with https is needed; http is for this machine")
    return text


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError("a number above 0 is needed")
    return number


def _run(options: argparse.Namespace, console: Console) -> Run:
    document = Document(options.spec)
    name = options.name or options.spec.stem
    credentials = credentials_from(os.environ, name, document)
    target = Target(
        options.spec,
        options.client,
        base_url=options.url,
        name=name,
        allow=options.allow,
        credentials=credentials,
        values=_values(options.values),
        model=partial(DeploymentModel, credentials),
    )
    skipped = uncalled(target, credentials)
    if len(skipped) == len(document.operations):
        names = ", ".join(variables(name, document))
        raise _RefusedError(f"there is nothing to call: set one of {names}, or --allow an operation")
    _reach(target)
    seed = random.SystemRandom().getrandbits(32) if options.seed is None else options.seed
    began, ticker = time.monotonic(), Ticker(options.seconds, console)
    try:
        tell = partial(ticker.tell, cases=1)
        gate = Gate(options.allow, options.rate)
        coverage = examine(target, seed, options.seconds, gate, skipped, tell)
    finally:
        ticker.stop()
    return Run(
        f"{name} at {options.url}",
        coverage,
        time.monotonic() - began,
        seed,
        noun="Departures",
        uncalled=skipped,
    )


def _values(path: Path | None) -> dict[str, list[object]]:
    loaded: object = {} if path is None else read(path).value
    if not is_object(loaded) or not all(isinstance(each, list) for each in loaded.values()):
        raise _RefusedError(f"{path}: lists by the names of parameters are needed, such as `bookId: [1, 2]`")
    return {name: [*values] for name, values in loaded.items()}


def _reach(target: Target) -> None:
    """Find out now whether anybody answers, rather than in every single case."""
    _ = target.endpoints
    with target.open_server() as server:
        try:
            server.http.head("")
        except httpx.TransportError as error:
            raise _RefusedError(
                f"{target.base_url}: no response ({error!r}); check --url, and that the server runs"
            ) from error


if __name__ == "__main__":
    sys.exit(main())
