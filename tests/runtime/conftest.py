# ruff: noqa: S603 (what is run and unpickled here is our own)
from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[2]
SPECS = ROOT / "tests" / "scripts" / "specs"


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The client of a spec that has a bit of everything."""
    output = tmp_path_factory.mktemp("odd")
    command = [
        sys.executable,
        str(ROOT / "scripts" / "generate.py"),
        "--specs",
        str(SPECS),
        "--output",
        str(output),
    ]
    subprocess.run(command, check=True, capture_output=True)
    sys.path.insert(0, str(output))
    try:
        for name in (
            "",
            ".api",
            ".models",
            ".errors",
        ):
            importlib.import_module(f"odd_client{name}")
        return importlib.import_module("odd_client")
    finally:
        # Submodules are found through the package from now on.
        sys.path.remove(str(output))


class Wire:
    """A server made of one function, and what it was asked."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        self.requests: list[httpx.Request] = []
        self._answer = answer

    def transport(self) -> httpx.MockTransport:
        def handle(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            return self._answer(request)

        return httpx.MockTransport(handle)

    @property
    def last(self) -> httpx.Request:
        return self.requests[-1]


@pytest.fixture
def connect(odd: ModuleType) -> Callable[..., Any]:
    """A façade of the odd client on a made-up server: `api, wire = connect(answer)`."""

    def make(answer: Any = None, *, asynchronous: bool = False, **settings: Any) -> tuple[Any, Wire]:
        if isinstance(answer, httpx.Response):
            fixed = answer
            wire = Wire(
                lambda _: httpx.Response(fixed.status_code, headers=fixed.headers, content=fixed.content)
            )
        else:
            wire = Wire(answer or (lambda _: httpx.Response(200)))
        client = odd.Client("https://odd.example/api", httpx_args={"transport": wire.transport()}, **settings)
        return (odd.AsyncApi if asynchronous else odd.Api)(client), wire

    return make
