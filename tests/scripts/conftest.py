from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

HERE = Path(__file__).parent
SPECS = HERE / "specs"
ROOT = HERE.parent.parent
SCRIPTS = str(ROOT / "scripts")
if SCRIPTS not in sys.path:
    sys.path.insert(0, SCRIPTS)

MINIMAL = (SPECS / "minimal" / "small.yaml").read_text(encoding="utf-8")


class Workshop:
    """A folder of specs, a folder of packages, and the command that generates them."""

    def __init__(self, folder: Path, capture: Callable[[], str]) -> None:
        self.specs = folder / "openapi"
        self.output = folder / "generated"
        self.specs.mkdir()
        self.output.mkdir()
        self._capture = capture

    def write(self, name: str, text: str = MINIMAL) -> None:
        (self.specs / f"{name}.yaml").write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> tuple[int, str]:
        generate = importlib.import_module("generate")
        folders = ["--specs", str(self.specs), "--output", str(self.output)]
        status: int = generate.main([*arguments, *folders])
        return status, self._capture()

    def files(self) -> dict[str, bytes]:
        found = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def workshop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Workshop:
    def capture() -> str:
        out, err = capsys.readouterr()
        return out + err

    return Workshop(tmp_path, capture)


# ---- the client of an odd spec


@pytest.fixture(scope="session")
def odd_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the client of a spec that has all features."""
    output: Path = tmp_path_factory.mktemp("odd")
    generate = importlib.import_module("generate")
    assert generate.main(["--specs", str(SPECS), "--output", str(output)]) == 0
    return output


@pytest.fixture(scope="session")
def odd(odd_output: Path) -> ModuleType:
    """The client of a spec that has all features."""
    sys.path.insert(0, str(odd_output))
    try:
        for name in ("api", "errors", "models"):
            importlib.import_module(f"odd_client.{name}")
        return importlib.import_module("odd_client")
    finally:
        # Submodules are found through the package from now on.
        sys.path.remove(str(odd_output))


class Server:
    """A server made of one function, which records its requests."""

    def __init__(self, respond: Callable[[httpx.Request], httpx.Response]) -> None:
        self.requests: list[httpx.Request] = []
        self._respond = respond

    def transport(self) -> httpx.MockTransport:
        def handle(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            return self._respond(request)

        return httpx.MockTransport(handle)

    @property
    def last(self) -> httpx.Request:
        return self.requests[-1]


@pytest.fixture
def connect(odd: ModuleType) -> Callable[..., Any]:
    """Return a façade of the odd client with a made-up server: `api, server = connect(response)`."""

    def make(response: Any = None, *, asynchronous: bool = False, **settings: Any) -> tuple[Any, Server]:
        if isinstance(response, httpx.Response):
            content, headers = response.content, response.headers
            server = Server(lambda _: httpx.Response(response.status_code, headers=headers, content=content))
        else:
            server = Server(response or (lambda _: httpx.Response(200)))
        base_url = settings.pop("base_url", "https://odd.example/api")
        client = odd.Client(base_url, httpx_args={"transport": server.transport()}, **settings)
        return (odd.AsyncApi if asynchronous else odd.Api)(client), server

    return make
