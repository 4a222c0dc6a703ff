"""A finding comes with what shows it again: lines of curl, a program with the client, and a pin."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from openapi_fuzz import Coverage, Fuzzer, Target, cases, faults, scenarios
from openapi_fuzz._schemathesis import Binary, DelimitedValue
from openapi_fuzz.findings.finding import Finding, SentCase, noted
from openapi_fuzz.findings.masks import Masks, variable
from openapi_fuzz.findings.pins import _hidden, _revealed, pinned, read_pins, unpinned, write_pins
from openapi_fuzz.findings.reproductions import curl, findings, python
from openapi_fuzz.properties import make_settings
from openapi_fuzz.server import LOCAL, Send
from openapi_mock import Mock, load, serve
from openapi_runtime.errors import APIError

SPEC = Path(__file__).parents[2] / "openapi" / "kws.yaml"
SECRET = "made-up-secret-name"
CALLS = ("getAppData", "getChildAge", "getLeaderboard", "setAppData", "issueToken")


@pytest.fixture(scope="module")
def target() -> Target:
    return Target(
        SPEC,
        "kws_client",
        mock=lambda: load(SPEC),
        secrets=[SECRET],
        values={"appId": [355], "userId": [5073]},
    )


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, Mock]]:
    with load("kws") as mock, serve(mock) as url:
        yield url, mock


def sent_case(target: Target, operation_id: str, **values: Any) -> SentCase:
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=1)
    case = cases.draw_one(schema, target.document.operations[operation_id].label)
    for name, value in values.items():
        setattr(case, name, value)
    alternatives = target.endpoints[operation_id].operation.security
    return SentCase(
        target, operation_id, case, 1, "async", alternatives[0] if alternatives else {}, LOCAL, [SECRET]
    )


def environment(mock: Mock) -> dict[str, str]:
    tokens = {"KWS_BEARER_APP": mock.control.token(), "KWS_BEARER_USER": mock.control.token(user_id=5073)}
    basic = "example-client:made-up-secret"
    return {**os.environ, **tokens, "KWS_BEARER_FRONTEND": tokens["KWS_BEARER_APP"], "KWS_BASIC": basic}


def masks() -> Masks:
    return Masks("kws", [SECRET])


def words(line: str, variables: dict[str, str]) -> list[str]:
    """Return the arguments that a shell gives to curl."""
    script = f"curl() {{ printf '%s\\0' \"$@\"; }}\n{line}"
    command = ["bash", "-c", script]
    done = subprocess.run(command, env=variables, capture_output=True, check=True)  # noqa: S603
    return done.stdout.decode().split("\0")[:-1]


@pytest.mark.parametrize("via", ["sync", "async"])
def test_the_program_makes_the_same_calls(
    target: Target, server: tuple[str, Mock], via: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, mock = server
    for name, value in environment(mock).items():
        monkeypatch.setenv(name, value)
    mock.control.requests.clear()
    for operation_id in CALLS:
        found = sent_case(target, operation_id)
        found = SentCase(**{**found.__dict__, "via": via, "base_url": url})
        # Twice: what goes wrong in the first call does not keep the second one from being made.
        program = compile(python([found, found], masks()), operation_id, "exec")
        with suppress(APIError):
            exec(program, {})  # noqa: S102
    made = [each.operation_id for each in mock.control.requests]
    assert made == [each for each in CALLS for _ in range(2)]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "plain", "value": 1},
        {"name": 'it\'s $HOME, `id` and \\ "quoted"', "value": 1},
        {"name": f"\t{SECRET}\n\x01é", "value": 1},
        {"name": SECRET, "value": 1},
    ],
)
def test_a_shell_gives_curl_what_the_case_has(target: Target, body: dict[str, Any]) -> None:
    found = sent_case(target, "setAppData", body=body)
    line = curl(found, masks())
    assert SECRET not in line
    arguments = words(line, {"KWS_SECRET_1": SECRET, "KWS_BEARER_APP": "made-up-token"})
    assert json.loads(arguments[arguments.index("--data-binary") + 1]) == body
    assert "Authorization: Bearer made-up-token" in arguments
    assert arguments[-1] == f"{LOCAL}/v1/apps/355/users/5073/appData/set"


def test_what_the_client_cannot_say_is_shown_without_it(target: Target) -> None:
    program = python([sent_case(target, "setAppData", body=[SECRET])], masks())
    assert "httpx.request('POST'" in program
    compile(program, "raw", "exec")


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, '"X-Key: $KWS_BEARER_APP"'),
        ({"type": "apiKey", "in": "query", "name": "key"}, '"?key=$KWS_BEARER_APP"'),
        ({"type": "apiKey", "in": "cookie", "name": "key"}, '-b "key=$KWS_BEARER_APP"'),
        ({"type": "http", "scheme": "basic"}, '-u "$KWS_BEARER_APP"'),
    ],
)
def test_every_kind_of_credentials_has_its_argument(
    target: Target, monkeypatch: pytest.MonkeyPatch, scheme: dict[str, str], said: str
) -> None:
    monkeypatch.setitem(target.document.security_schemes, "bearer", scheme)
    found = sent_case(target, "setAppData")
    assert said in curl(found, masks())
    compile(python([found], masks()), "program", "exec")


def test_variables_are_named_for_api_scheme_and_scope() -> None:
    assert variable("my-api", "app.key", "read:all", "") == "MY_API_APP_KEY_READ_ALL"


def test_a_secret_is_hidden_and_comes_back() -> None:
    hidden = Masks("kws", ["made-up", "made-up-longer", "abc"]).hide("made-up-longer made-up abc")
    assert hidden == "$KWS_SECRET_2 $KWS_SECRET_1 abc"
    assert Masks("kws", ["made-up", "made-up-longer"]).reveal(hidden) == "made-up-longer made-up abc"


# ---- Pins


def test_a_pin_is_written_once_without_secrets_and_read_as_the_same_case(
    target: Target, tmp_path: Path
) -> None:
    first = sent_case(target, "setAppData", body={"name": SECRET, "value": 1})
    second = sent_case(target, "getAppData")
    finding = Finding("a test", "wrong: all", "kws", [], [], "", pinned([first, second], masks()))
    assert write_pins(tmp_path, [finding, finding]) == [tmp_path / "kws.json"]
    assert write_pins(tmp_path, [finding]) == []
    assert SECRET not in (tmp_path / "kws.json").read_text(encoding="utf-8")
    assert [*tmp_path.iterdir()] == [tmp_path / "kws.json"]
    (pin,) = read_pins(tmp_path, "kws")
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=1)
    labels = {each.id: each.label for each in target.document.operations.values()}
    calls = [*unpinned(pin, schema, labels, masks())]
    assert [(case, number) for case, number in calls] == [(first.case, 1), (second.case, 1)]
    assert [case.meta.generation.mode for case, _ in calls if case.meta] == [
        each.case.meta.generation.mode for each in (first, second) if each.case.meta
    ]


def test_the_pin_of_an_operation_that_is_gone_calls_nothing(target: Target) -> None:
    pin = {"steps": [{"operation": "gone", "number": 1}]}
    assert [*unpinned(pin, cases.load(target, seed=1, examples=1), {}, masks())] == []


def test_bytes_and_lists_with_commas_are_pinned_as_what_they_are() -> None:
    value = {
        "file": Binary(b"\xff"),
        "raw": b"\xfe",
        "list": DelimitedValue("a,b c", "a,b%20c"),
        "n": [None, 1],
    }
    text = json.dumps(_hidden(value, masks()))
    found = _revealed(json.loads(text), masks())
    assert found == value
    assert (found["file"].data, found["list"].encoded) == (b"\xff", "a,b%20c")


# ---- From an error to a finding


def fail(request: httpx.Request, send: Send) -> httpx.Response:
    response = send(request)
    response.read()
    return faults.changed(response, status=500)


def test_a_failed_case_is_found_in_whatever_error_it_ended_up_in(target: Target) -> None:
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=3, mode="positive")
    with (
        Fuzzer(target, Coverage(), fail) as fuzzer,
        pytest.raises((AssertionError, ExceptionGroup)) as raised,
    ):
        cases.run(schema, target.document.operations["getChildAge"].label, fuzzer.check)
    (found, *_) = findings(ExceptionGroup("of others", [raised.value]), "a test")
    assert found.calls == ["getChildAge"]
    assert "500" in found.message
    assert found.curl[0].startswith("curl -i -X GET ")
    assert "client).countries.get_child_age(" in found.python


def test_a_scenario_is_found_with_all_of_its_steps(target: Target) -> None:
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=2)
    count = iter(range(1000))

    def fail_late(request: httpx.Request, send: Send) -> httpx.Response:
        return fail(request, send) if next(count) % 5 == 4 else send(request)

    machine = scenarios.machine(target, schema, Coverage(), fail_late)
    with pytest.raises((AssertionError, ExceptionGroup)) as raised:
        scenarios.run(machine, cases.FIXED_SEED, make_settings(5, 12, shrink=False))
    errors = [*noted(raised.value)]
    assert errors
    for each in findings(raised.value, "a scenario"):
        assert len(each.calls) == len(each.curl) >= 1


def test_an_error_without_calls_is_a_finding_all_the_same() -> None:
    (found,) = findings(AssertionError("nothing on any page"), "test_pages")
    assert (found.test, found.message, found.calls) == ("test_pages", "nothing on any page", ())
