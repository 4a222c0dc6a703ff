"""The command serves what its options say, and says what to do about options that cannot be."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import time
from types import SimpleNamespace

import httpx
import pytest
from hypothesis import strategies as st

from openapi_mock import __main__ as command

TOKEN = "made-up-control-token"
EVERYWHERE = "0.0.0.0"  # noqa: S104  # what is refused, or served to nobody
ORIGIN = "http://game.example"
OPTIONS = st.fixed_dictionaries(
    {
        "names": st.sampled_from([["kws"], ["kongregate"], ["serve", "kws", "kongregate"]]),
        "control": st.sampled_from(["", "--no-control", f"--control-token={TOKEN}"]),
        "cors": st.sampled_from(["", f"--cors={ORIGIN}", "--cors=*"]),
        "allowed": st.sampled_from(["", "--allowed-host=mock.example"]),
        "quiet": st.sampled_from(["", "--quiet"]),
        "random": st.sampled_from(["", "--random-seed=7"]),
    }
)


@pytest.fixture(autouse=True)
def _level_stays(caplog):
    """The command changes the level of a log, which is afterwards again what it was."""
    caplog.set_level(logging.WARNING, "openapi_mock")


@pytest.fixture
def serving(monkeypatch, capfd):
    """Runs the command in a thread. Yields a function that returns a client, what was printed, and an end."""
    monkeypatch.delenv("OPENAPI_MOCK_CONTROL_TOKEN", raising=False)
    made = []
    make_server = command.make_server
    monkeypatch.setattr(
        command, "make_server", lambda *given, **named: made.append(make_server(*given, **named)) or made[-1]
    )

    @contextlib.contextmanager
    def serving(arguments):
        made.clear()
        capfd.readouterr()
        statuses = []
        thread = threading.Thread(target=lambda: statuses.append(command.main([*arguments, "--port", "0"])))
        thread.start()
        try:
            deadline = time.monotonic() + 20
            while not (made and made[0].started):
                assert thread.is_alive()
                assert time.monotonic() < deadline
                time.sleep(0.005)
            port = made[0].servers[0].sockets[0].getsockname()[1]
            with httpx.Client(base_url=f"http://127.0.0.1:{port}") as http:
                yield http, capfd.readouterr()
        finally:
            for each in made:
                each.should_exit = True
            thread.join(20)
        assert statuses == [0]

    return serving


def check_control(http, place, option):
    path, foreign = f"{place}/_mock/clock", {"origin": ORIGIN}
    expected = {"": 200, "--no-control": 404}.get(option, 401)
    assert http.get(path).status_code == expected
    with_token = http.get(path, headers={"authorization": f"Bearer {TOKEN}"})
    assert with_token.status_code == (200 if expected == 401 else expected)
    assert http.get(path, auth=("anybody", TOKEN)).status_code == with_token.status_code
    assert http.get(path, headers={"authorization": "Bearer wrong"}).status_code == expected
    assert http.delete(path, headers=foreign).status_code == (404 if expected == 404 else 403)


def test_the_command_serves_what_its_options_say(serving, properties):
    def check(options):
        names = [each for each in options["names"] if each != "serve"]
        arguments = [each for name, each in options.items() if name != "names" and each]
        with serving([*options["names"], *arguments]) as (http, printed):
            places = [f"/{name}" for name in names] if len(names) > 1 else [""]
            assert http.get("/health").status_code == 200
            for place in places:
                assert http.get(f"{place}/docs").status_code == 200
                check_control(http, place, options["control"])
                assert f"http://127.0.0.1:{http.base_url.port}{place}" in printed.out or options["quiet"]
                shared = http.get(f"{place}/nowhere", headers={"origin": ORIGIN}).headers
                allowed = {"": None, "--cors=*": "*"}.get(options["cors"], ORIGIN)
                assert shared.get("access-control-allow-origin") == allowed
                private = http.get(f"{place}/_mock/clock", headers={"origin": ORIGIN}).headers
                assert "access-control-allow-origin" not in private
            for host, is_known in (("mock.example", options["allowed"]), ("other.example", "")):
                found = http.get("/health", headers={"host": host}).status_code
                assert found == (200 if is_known else 421)
        assert bool(printed.out) != bool(options["quiet"])
        if not options["quiet"]:
            assert ("getAppData" in printed.out) == ("kws" in names)
        assert TOKEN not in printed.out + printed.err

    properties.hold(check, OPTIONS, share=0.2)


WRONG = [
    (["nothing-of-this-name"], "no API is called 'nothing-of-this-name'; there is:"),
    (["kws", "./kws.yaml"], "same name"),
    (["kws", "kongregate", "--database", "sqlite:///x.db"], "--database kws=sqlite:///x.db"),
    (["kws", "--database", "kws=a", "--database", "kws=b"], "given twice for kws"),
    (["kws", "--database", "mysql://somebody:made-up@127.0.0.1/x"], "sqlite:///mock.db"),
    (["kws", "--database", "sqlite:////no/such/folder/mock.db"], "sqlite:///mock.db"),
    (["kws", "--seed", "/no/such/seed.yaml"], "seed.yaml"),
    (["kws", "--cors", "game.example"], "http://localhost:3000"),
    (["kws", "--cors", "http://game.example/path"], "without a path"),
    (["kws", "--cors", "*", "--host", EVERYWHERE], "name the websites"),
    (["kws", "--control-token", " "], "give one, or leave it out"),
    (["kws", "--tls", "/no/cert.pem", "/no/key.pem"], "openssl req"),
    (["kws", "--host", "192.0.2.1", "--port", "0"], "try --host 127.0.0.1"),
    (["/no/such/file.yaml"], "file.yaml"),
]
UNREADABLE = [
    (["kws", "--port", "65536"], "a number from 0 to 65535"),
    (["kws", "--port", "²"], "a number from 0 to 65535"),
    (["kws", "--host", ""], "such as 127.0.0.1"),
    (["kws", "--allowed-host", "http://a.example"], "only the name in it"),
    (["kws", "--control-token=a", "--no-control"], "not allowed with"),
    (["serve"], "name an API or a file"),
    ([], "required"),
]


@pytest.mark.parametrize(("arguments", "advice"), WRONG, ids=" ".join)
def test_options_that_cannot_be_get_advice(arguments, advice, capfd):
    assert command.main(arguments) == 2
    out, err = capfd.readouterr()
    assert advice in err
    assert err.startswith("openapi_mock: ")
    assert "Traceback" not in err
    assert "made-up" not in out + err
    assert "Serving on" not in out


@pytest.mark.parametrize(("arguments", "advice"), UNREADABLE, ids=" ".join)
def test_options_that_cannot_be_read_get_advice(arguments, advice, capfd):
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2
    assert advice in " ".join(capfd.readouterr().err.split())


def test_a_port_in_use_gets_advice(capfd):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert command.main(["kws", "--port", str(taken.getsockname()[1])]) == 2
    assert "try another --port" in capfd.readouterr().err


@pytest.mark.parametrize("control", ["", "--control-token=made-up", "--no-control"])
@pytest.mark.parametrize("allowed", ["", "--allowed-host=mock.example"])
def test_whoever_serves_others_is_told_what_they_can_do(control, allowed, capfd, monkeypatch):
    monkeypatch.setattr(command, "make_server", lambda *_, **__: SimpleNamespace(run=lambda _: None))
    options = [each for each in (control, allowed) if each]
    assert command.main(["kongregate", "--host", EVERYWHERE, "--port", "0", *options]) == 0
    said = " ".join(capfd.readouterr().out.split())
    assert "can read and change everything" in said
    assert ("Control of the mock needs the token" in said) == control.startswith("--control")
    assert ("Control of the mock is off" in said) != control.startswith("--control")
    assert ("answers under every host name" in said) == (not allowed)
