"""Where a server that runs already departs from the document: asked politely, and without writing."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

import httpx
from schemathesis import Case

from . import cases
from .document import Alternative, Document, Operation
from .exchange import Exchange
from .findings.finding import Finding
from .findings.masks import variable
from .findings.reproductions import findings
from .fuzzer import Fuzzer
from .models import Model
from .report.coverage import Coverage
from .server import Send
from .sessions import Scheme
from .target import Target

_TOO_MANY: Final = 429
_MOST_REPEATS: Final = 3
_LONGEST_WAIT: Final = 30.0
_WITHOUT_CREDENTIALS: Final = (401, 403)


class WriteRefusedError(RuntimeError):
    """Raised for a request that may write, before it is sent."""


class Gate:
    """Stands before a server: lets through what may be sent, and not more often than is polite.

    Args:
        allow: Ids of operations that may write.
        rate: How many requests may be sent in a second.
    """

    def __init__(self, allow: Collection[str], rate: float) -> None:
        self._allow = allow
        self._pause = 1 / rate
        self._next = 0.0

    def __call__(self, request: httpx.Request, send: Send) -> httpx.Response:
        """Send a request when it is its turn, and again where the server asks to wait."""
        operation: Any = request.extensions.get("operation")
        is_allowed = (
            operation is not None and operation.id in self._allow and operation.method == request.method
        )
        if request.method not in Operation.SAFE and not is_allowed:
            raise WriteRefusedError(
                f"{request.method} {request.url.path} may write, and is not allowed by name"
            )
        response = self._sent(request, send)
        for _ in range(_MOST_REPEATS):
            if response.status_code != _TOO_MANY:
                break
            response.close()
            self._next = time.monotonic() + _wait(response)
            response = self._sent(request, send)
        return response

    def _sent(self, request: httpx.Request, send: Send) -> httpx.Response:
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._next = time.monotonic() + self._pause
        return send(request)


def _wait(response: httpx.Response) -> float:
    seconds = response.headers.get("retry-after", "")
    return min(float(seconds), _LONGEST_WAIT) if seconds.isdecimal() else 1.0


class DeploymentModel(Model):
    """A server of which nothing is known but which credentials there are for it.

    Args:
        credentials: Those that there are.
    """

    def __init__(self, credentials: Collection[Scheme]) -> None:
        self._credentials = credentials

    def expected(self, operation: Operation, exchange: Exchange) -> Collection[int | str]:
        """Return what is right for any server, and a refusal where credentials are missing."""
        missing = () if _has(self._credentials, exchange.alternative) else _WITHOUT_CREDENTIALS
        return {*super().expected(operation, exchange), *missing}


def credentials_from(environment: Mapping[str, str], name: str, document: Document) -> dict[Scheme, str]:
    """Return the credentials of an API from environment variables, as `variables` calls them."""
    return {
        scheme: environment[variable_name]
        for variable_name, scheme in variables(name, document).items()
        if environment.get(variable_name)
    }


def variables(name: str, document: Document) -> dict[str, Scheme]:
    """Return the environment variables for an API's security schemes, and for each scope of them."""
    alternatives = [each for operation in document.operations.values() for each in operation.security]
    found: dict[str, Scheme] = {variable(name, scheme): scheme for scheme in document.security_schemes}
    for each in alternatives:
        for scheme, scopes in each.items():
            found |= {variable(name, scheme, scope): (scheme, scope) for scope in scopes}
    return found


def uncalled(target: Target, credentials: Collection[Scheme]) -> dict[str, str]:
    """Return the operations that are not called, with the reasons."""
    reasons: dict[str, str] = {}
    for name, operation in target.document.operations.items():
        if server := target.other_server(operation):
            reasons[name] = f"the document has it on a server of its own, {server}"
        elif name not in target.operations:
            reasons[name] = f"{operation.method} may write; --allow {name} calls it"
        elif operation.security and not any(_has(credentials, each) for each in operation.security):
            scheme = next(iter(operation.security[0]))
            reasons[name] = f"it needs credentials: {variable(target.name, scheme)}"
    return reasons


def examine(
    target: Target,
    seed: int,
    seconds: float,
    gate: Gate,
    skipped: Collection[str],
    tell: Callable[[str], None],
) -> Coverage:
    """Fuzz a server until the time is up, positive cases first; return what was reached and found.

    Args:
        target: The server.
        seed: Chooses the generated values.
        seconds: How long it may take.
        gate: What stands before the server.
        skipped: Operations that are not called.
        tell: Called with the name of an operation for each case.
    """
    coverage, ends = Coverage(), time.monotonic() + seconds
    found: dict[tuple[str, str], Finding] = {}
    with Fuzzer(target, coverage, gate) as fuzzer:
        for schema in _schemas(target, seed, ends):
            for operation in target.operations.values():
                if operation.id in skipped:
                    continue

                def check(case: Case[Any], operation: Operation = operation) -> None:
                    # What hypothesis still generates then is not sent.
                    if time.monotonic() < ends:
                        for finding in _departures(fuzzer, case):
                            key = operation.id, _headline(finding)
                            found[key] = min(found.get(key, finding), finding, key=_length)
                        tell(operation.id)

                cases.run(schema, operation.label, check)
    coverage.findings += found.values()
    return coverage


def _schemas(target: Target, seed: int, ends: float) -> Iterator[Any]:
    few, more = 5, 20
    for mode in ("positive", "negative"):
        yield cases.load(target, seed=seed, examples=few, mode=mode, shrink=False)
    while time.monotonic() < ends:
        seed += 1
        yield cases.load(target, seed=seed, examples=more, phases=["fuzzing"], shrink=False)


def _departures(fuzzer: Fuzzer, case: Case[Any]) -> list[Finding]:
    try:
        fuzzer.check(case)
    except (Exception, BaseExceptionGroup) as error:  # noqa: BLE001 (whatever it is, it is told)
        return [*findings(error, case.operation.label)]
    return []


def _headline(finding: Finding) -> str:
    return finding.message.partition(":")[0]


def _length(finding: Finding) -> int:
    return sum(map(len, finding.curl))


def _has(credentials: Collection[Scheme], alternative: Alternative) -> bool:
    return all(
        scheme in credentials or any((scheme, scope) in credentials for scope in scopes)
        for scheme, scopes in alternative.items()
    )
