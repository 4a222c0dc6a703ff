"""What the command can be told."""

import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

import openapi_mock
import openapi_reader

pytestmark = pytest.mark.slow

MOCKS = os.pathsep.join(str(Path(each.__file__).parents[1]) for each in (openapi_mock, openapi_reader))


@pytest.fixture
def start(tmp_path, shop_file):
    """Start the command in a folder with `shop.yaml` and `corner.yaml`."""
    for name in ("shop", "corner"):
        (tmp_path / f"{name}.yaml").write_bytes(shop_file.read_bytes())
    (tmp_path / "shop_mock.py").write_text(
        "from openapi_mock import Behaviour, operation\n"
        "class Shop(Behaviour):\n"
        "    @operation('getNewestItem')\n"
        "    def newest(self, call): return {'name': self.name[:20]}\n"
        "def create(settings):\n"
        "    shop = Shop()\n"
        "    shop.name = f'{settings.seed.value if settings.seed else settings.database} '\n"
        "    shop.name += ' '.join(sorted(settings.callback_hosts))\n"
        "    return shop\n"
    )

    def start(*arguments, **environment):
        paths = os.pathsep.join([MOCKS, str(tmp_path)])
        return subprocess.Popen(  # noqa: S603  # the command under test
            [sys.executable, "-m", "openapi_mock", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1", **environment},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    return start


def refusal(process):
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (2, "")
    assert "Traceback" not in err
    return err


@contextmanager
def serving(process, *, lines_of=1):
    """Yield the URLs that are announced, and the lines so far. End with SIGTERM, which is no failure."""
    urls, lines = [], []
    try:
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            if match := re.match(r"Serving on (\S+)", line):
                urls.append(match.group(1))
            if len(urls) == lines_of:
                break
        else:
            raise AssertionError(process.stderr.read())
        yield urls, lines
    finally:
        process.send_signal(signal.SIGTERM)
        process.rest, process.errors = process.communicate(timeout=20)
    assert process.returncode == 0, process.errors


def test_several_apis_are_served_under_their_names(start):
    with serving(start("shop.yaml", "corner.yaml", "--port", "0"), lines_of=4) as (urls, _):
        base = urls[0].partition("/shop")[0]
        assert [url.removeprefix(base) for url in urls] == ["/shop/api", "/shop", "/corner/api", "/corner"]
        for name in ("shop", "corner"):
            assert httpx.get(f"{base}/{name}/api/items/newest").status_code == 200
        assert httpx.get(f"{base}/").json() == {"apis": {"shop": "/shop", "corner": "/corner"}}
        assert httpx.get(f"{base}/health").json()["apis"] == {"shop": "ok", "corner": "ok"}


def test_the_word_serve_is_optional(start):
    with serving(start("serve", "shop.yaml", "--port", "0")) as (urls, _):
        assert httpx.get(f"{urls[0]}/items/newest").status_code == 200


def test_each_of_several_apis_has_its_own_database(start):
    options = ("--port", "0", "--database", "shop=kept-here")
    with serving(start("shop.yaml", "corner.yaml", *options), lines_of=2) as (urls, _):
        assert httpx.get(f"{urls[0]}/items/newest").json() == {"name": "kept-here "}


def test_a_database_of_several_apis_has_to_say_whose_it_is(start):
    said = refusal(start("shop.yaml", "corner.yaml", "--database", "sqlite://"))
    assert "with several APIs, say for which: --database shop=sqlite://" in said


def test_two_databases_for_one_api_are_refused(start):
    assert "given twice for shop" in refusal(start("shop.yaml", "--database", "a", "--database", "b"))


def test_two_apis_of_the_same_name_are_refused(start, tmp_path):
    (tmp_path / "other").mkdir()
    shutil.copy(tmp_path / "shop.yaml", tmp_path / "other")
    assert "have the same name" in refusal(start("shop.yaml", "other/shop.yaml"))


def test_a_seed_reaches_the_behaviour(start, tmp_path):
    (tmp_path / "start.yaml").write_text("lamp")
    with serving(start("shop.yaml", "--port", "0", "--seed", "start.yaml")) as (urls, _):
        assert httpx.get(f"{urls[0]}/items/newest").json() == {"name": "lamp "}


def test_a_seed_that_cannot_be_read_is_refused_with_its_line(start, tmp_path):
    (tmp_path / "start.yaml").write_text("users:\n  - a: [\n")
    assert refusal(start("shop.yaml", "--seed", "start.yaml")).startswith("openapi_mock: start.yaml:2: ")


def test_a_seed_without_a_behaviour_is_refused(start, tmp_path):
    (tmp_path / "start.yaml").write_text("lamp")
    assert "a seed means nothing" in refusal(start("corner.yaml", "--seed", "start.yaml"))


def test_hosts_of_callbacks_reach_the_behaviour(start):
    options = ("--callback-host", "b.test", "--callback-host", "a.test")
    with serving(start("shop.yaml", "--port", "0", *options)) as (urls, _):
        assert httpx.get(f"{urls[0]}/items/newest").json() == {"name": "None a.test b.test"}


def test_the_same_random_seed_makes_the_same_values(start):
    def some():
        with serving(start("corner.yaml", "--port", "0", "--random-seed", "7")) as (urls, _):
            headers = {"Prefer": "dynamic=true"}
            return [httpx.get(f"{urls[0]}/items/newest", headers=headers).json() for _ in range(5)]

    first = some()
    assert first == some()
    assert any(each != first[0] for each in first)


def test_all_errors_of_all_documents_are_named_with_their_lines(start, tmp_path):
    bad = "openapi: 3.1.0\npaths:\n  /a:\n    get: { operationId: 5 }\n"
    bad += "    put: { responses: { '200': { content: x } } }\n"
    schema = "    post: { requestBody: { content: { application/json: { schema: { type: wrong } } } } }\n"
    (tmp_path / "bad.yaml").write_text(bad + schema)
    (tmp_path / "worse.yaml").write_text("openapi: 2.0\n")
    lines = refusal(start("bad.yaml", "worse.yaml")).splitlines()
    assert [re.search(r"(\w+\.yaml:\d+)", line).group(1) for line in lines] == [
        "bad.yaml:4",
        "bad.yaml:5",
        "bad.yaml:6",
        "worse.yaml:1",
    ]


def test_quiet_prints_errors_only(start):
    process = start("shop.yaml", "--port", "0", "--quiet")
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.terminate()
    assert process.communicate(timeout=20) == ("", "")
    assert process.returncode == 0


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("certificate")
    line = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    command = [
        *line.split(),
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        str(folder / "key.pem"),
        "-out",
        str(folder / "cert.pem"),
    ]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # as the command advises
    return folder


def test_https_is_served_with_a_certificate(start, certificate):
    options = ("--tls", certificate / "cert.pem", certificate / "key.pem")
    with serving(start("shop.yaml", "--port", "0", *options)) as (urls, _):
        assert urls[0].startswith("https://127.0.0.1:")
        trusted = ssl.create_default_context(cafile=certificate / "cert.pem")
        assert httpx.get(f"{urls[0]}/items/newest", verify=trusted).status_code == 200


def test_a_certificate_that_is_missing_or_none_is_refused_with_how_to_make_one(start, tmp_path):
    (tmp_path / "cert.pem").write_text("none")
    for name in ("missing.pem", "cert.pem"):
        assert "openssl req -x509" in refusal(start("shop.yaml", "--tls", name, "key.pem"))


def test_a_named_website_may_call_the_mock_and_no_other(start):
    options = ("--cors", "http://localhost:3000")
    with serving(start("shop.yaml", "--port", "0", *options)) as (urls, _):
        here = "http://localhost:3000"
        for origin, allowed in ((here, here), ("http://evil.test", None)):
            ask = {"Origin": origin, "Access-Control-Request-Method": "PUT"}
            asked = httpx.options(f"{urls[0]}/items/newest", headers=ask)
            got = httpx.get(f"{urls[0]}/items/newest", headers={"Origin": origin})
            assert got.headers.get("access-control-allow-origin") == allowed
            assert asked.headers.get("access-control-allow-origin") == allowed


@pytest.mark.parametrize("origin", ["localhost", "http://localhost/path", "ftp://localhost", ""])
def test_what_is_no_origin_is_refused(start, origin):
    assert "an origin is like" in refusal(start("shop.yaml", "--cors", origin))


def test_every_website_is_let_in_on_this_machine_only(start):
    assert "this machine only" in refusal(start("shop.yaml", "--cors", "*", "--host", "0.0.0.0"))  # noqa: S104


TOKEN = "made-up-control-token"


def clock(url, **options):
    return httpx.get(url.removesuffix("/api") + "/_mock/clock", **options).status_code


def test_a_token_from_the_environment_is_asked_for_and_shown_nowhere(start):
    process = start("shop.yaml", "--port", "0", OPENAPI_MOCK_CONTROL_TOKEN=TOKEN)
    with serving(process) as (urls, lines):
        assert clock(urls[0]) == 401
        assert clock(urls[0], headers={"Authorization": f"Bearer {TOKEN}"}) == 200
    assert TOKEN not in "\n".join(lines) + process.rest + process.errors


def test_this_machine_controls_the_mock_unless_told_otherwise(start):
    with serving(start("shop.yaml", "--port", "0")) as (urls, _):
        assert clock(urls[0]) == 200
    process = start("shop.yaml", "--port", "0", "--no-control", OPENAPI_MOCK_CONTROL_TOKEN=TOKEN)
    with serving(process) as (urls, _):
        assert clock(urls[0], headers={"Authorization": f"Bearer {TOKEN}"}) == 404


def test_an_empty_token_is_refused(start):
    assert "the control token is empty" in refusal(start("shop.yaml", "--control-token", " "))


def test_a_host_that_others_reach_is_told_with_what_they_can_do(start):
    with serving(start("shop.yaml", "--port", "0", "--host", "0.0.0.0")) as (urls, lines):  # noqa: S104
        assert urls[0].startswith("http://127.0.0.1:")
        assert clock(urls[0]) == 404
    said = " ".join(" ".join(lines).split())
    assert "Whoever reaches this server can read and change everything" in said
    assert "Control of the mock is off" in said
    assert "answers under every host name" in said
    assert "send requests" not in said
    assert "--allowed-host" in said


def test_pages_that_reach_out_are_told_of_where_others_reach_the_server(start):
    with serving(start("kongregate", "--port", "0", "--host", "0.0.0.0")) as (urls, lines):  # noqa: S104
        assert httpx.get(f"{urls[0]}/site").status_code == 200
    said = " ".join(" ".join(lines).split())
    assert "Pages that make the mock send requests to other servers serve this machine only." in said


@pytest.mark.parametrize("option", ["--callback-host", "--host", "--allowed-host"])
def test_a_url_is_no_host(start, option):
    said = refusal(start("shop.yaml", option, "http://game.example"))
    assert "a host is only the name in it, such as game.example" in said


def test_a_database_of_another_kind_is_refused_without_its_password(start):
    said = refusal(start("shop.yaml", "--database", "mysql+pymysql://me:made-up@host/db"))
    assert "SQLite and PostgreSQL are supported" in said
    assert "made-up" not in said


def test_serve_alone_asks_for_an_api(start):
    assert "name an API or a file" in refusal(start("serve"))


def test_an_allowed_host_is_served(start):
    with serving(start("shop.yaml", "--port", "0", "--allowed-host", "mock.test")) as (urls, _):
        for host, status in (("mock.test", 200), ("evil.test", 421)):
            assert httpx.get(f"{urls[0]}/items/newest", headers={"Host": host}).status_code == status


def test_what_cannot_be_answered_is_named_at_the_start(start, tmp_path):
    schema = {"type": "object", "required": ["a"], "properties": {"a": False}}
    responses = {"200": {"content": {"application/json": {"schema": schema}}}}
    never = {"operationId": "never", "responses": responses}
    paths = {"/a": {"get": never}, "/b": {"get": {"operationId": "always"}}}
    (tmp_path / "odd.json").write_text(json.dumps({"openapi": "3.1.0", "paths": paths}))
    with serving(start("odd.json", "--port", "0")) as (urls, lines):
        assert "GET\t/a\tnever\t\tnone that is valid" in lines
        assert httpx.get(f"{urls[0]}/b").status_code == 200
