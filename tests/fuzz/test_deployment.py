"""The command that asks a server which runs already: a mock on loopback stands for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from openapi_fuzz.__main__ import main
from openapi_fuzz.deployment import Gate, WriteRefusedError, credentials_from, variables
from openapi_fuzz.document import Document
from openapi_mock import Mock, asgi_app, load, serve

SPEC = Path(__file__).parents[2] / "examples" / "fuzzing" / "library.yaml"
KEY = "made-up-library-key"
QUICK = ("--rate", "1000", "--seconds", "3", "--seed", "1")


@contextmanager
def served(tmp_path: Path, *changes: tuple[str, str]) -> Iterator[tuple[str, Mock]]:
    """Serve the library by another document than the one it is compared with."""
    text = SPEC.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    spec = tmp_path / "library.yaml"
    spec.write_text(text, encoding="utf-8")
    with load(spec) as mock, serve(asgi_app(mock)) as url:
        yield f"{url}/v1", mock


def test_a_server_that_keeps_its_document_has_no_departures(
    library_client: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIBRARY_KEY", KEY)
    with served(tmp_path) as (url, mock):
        assert main([str(SPEC), "--client", library_client, "--url", url, *QUICK]) == 0
        assert {each.method for each in mock.control.requests} <= {"GET", "HEAD"}
    printed = capsys.readouterr().out
    assert "0 departures" in printed
    assert "not called: addBook: POST may write; --allow addBook calls it" in printed
    assert KEY not in printed


def test_departures_are_told_with_what_shows_them_and_no_credentials(
    library_client: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIBRARY_KEY", KEY)
    page = tmp_path / "departures.html"
    with served(tmp_path) as (url, mock):
        mock.control.fail("getBook", status=418)
        status = main([str(SPEC), "--client", library_client, "--url", url, *QUICK, "--report", str(page)])
    printed = capsys.readouterr().out
    assert status == 1
    assert "getBook: " in printed
    assert f"{url}/books/" in printed
    assert "418" in printed
    assert "$LIBRARY_KEY" in printed
    html = page.read_text(encoding="utf-8")
    assert "Departures" in html
    assert "418" in html
    assert KEY not in printed + html


def test_an_operation_that_writes_is_called_if_it_is_named(
    library_client: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIBRARY_KEY", KEY)
    with served(tmp_path) as (url, mock):
        main([str(SPEC), "--client", library_client, "--url", url, *QUICK, "--allow", "addBook"])
        assert {each.operation_id for each in mock.control.requests if each.method == "POST"} == {"addBook"}
        assert {each.method for each in mock.control.requests} <= {"GET", "HEAD", "POST"}


def test_an_operation_on_a_server_of_its_own_is_not_called(
    library_client: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIBRARY_KEY", KEY)
    elsewhere = tmp_path / "library.yaml"
    text = SPEC.read_text(encoding="utf-8")
    own = "operationId: getBook\n      servers: [{ url: 'https://books.example/v2' }]"
    elsewhere.write_text(text.replace("operationId: getBook\n", f"{own}\n"), encoding="utf-8")
    (tmp_path / "served").mkdir()
    with served(tmp_path / "served") as (url, mock):
        main([str(elsewhere), "--client", library_client, "--url", url, *QUICK])
        assert {each.operation_id for each in mock.control.requests} == {"", "listBooks"}
    printed = capsys.readouterr().out
    assert (
        "not called: getBook: the document has it on a server of its own, https://books.example/v2" in printed
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--url", "http://shop.example"), "a URL with https is needed"),
        (("--url", f"https://robin:{KEY}@shop.example"), "a URL without credentials"),
        (("--url", f"https://robin:{KEY}@[shop"), "a URL such as https://shop.example/v1 is needed"),
        (("--url", "https://shop.example:http"), "a URL such as https://shop.example/v1 is needed"),
        (("--url", "https://shop.example", "--rate", "0"), "a number above 0"),
        (("--url", "https://shop.example", "--rate", "fast"), "a number above 0"),
        (("--url", "http://127.0.0.1:9/v1", "--allow", "getBok"), "the document has no operation 'getBok'"),
        (("--url", "http://127.0.0.1:9/v1", "--values", str(SPEC)), "lists by the names of parameters"),
        (("--url", "http://127.0.0.1:9/v1"), "http://127.0.0.1:9/v1: no response ("),
    ],
)
def test_what_cannot_be_asked_is_refused(
    library_client: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.setenv("LIBRARY_KEY", KEY)
    try:
        status = main([str(SPEC), "--client", library_client, *arguments])
    except SystemExit as ended:
        status = ended.code
    assert status == 2
    printed = capsys.readouterr().err
    assert message in printed
    assert KEY not in printed


def test_without_credentials_there_is_nothing_to_ask(
    library_client: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("LIBRARY_KEY", raising=False)
    assert main([str(SPEC), "--client", library_client, "--url", "https://library.example"]) == 2
    assert "there is nothing to call: set one of LIBRARY_KEY" in capsys.readouterr().err


def test_credentials_have_variables_by_scheme_and_scope() -> None:
    document = Document(Path(__file__).parents[2] / "openapi" / "kws.yaml")
    assert variables("kws", document)["KWS_BEARER_APP"] == ("bearer", "app")
    found = credentials_from({"KWS_BEARER_APP": "made-up", "KWS_BASIC": "", "HOME": "/"}, "kws", document)
    assert found == {("bearer", "app"): "made-up"}


@pytest.mark.parametrize("method", ["POST", "DELETE", "PROPFIND"])
def test_nothing_that_may_write_gets_through_unless_it_is_named(method: str) -> None:
    request = httpx.Request(method, "https://library.example/v1/books")
    with pytest.raises(WriteRefusedError, match=f"^{method} /v1/books may write"):
        Gate((), 1000)(request, lambda _: pytest.fail("it was sent"))


def test_requests_are_no_more_frequent_than_is_polite_and_come_again_when_asked_to_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, statuses = [100.0], [429, 200, 200]
    monkeypatch.setattr("openapi_fuzz.deployment.time.monotonic", lambda: now[0])
    monkeypatch.setattr(
        "openapi_fuzz.deployment.time.sleep", lambda seconds: now.__setitem__(0, now[0] + seconds)
    )
    sent: list[float] = []

    def send(_: httpx.Request) -> httpx.Response:
        sent.append(now[0])
        return httpx.Response(statuses.pop(0), headers={"retry-after": "7"})

    gate = Gate((), rate=4)
    request = httpx.Request("GET", "https://library.example/v1/books")
    assert [gate(request, send).status_code for _ in range(2)] == [200, 200]
    assert sent == [100.0, 107.0, 107.25]
