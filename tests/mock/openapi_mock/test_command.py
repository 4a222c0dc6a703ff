import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx
import pytest

import openapi_mock
import openapi_reader
from openapi_mock import serve
from openapi_mock.catalog import UnknownNameError, available, find_document, find_factory

pytestmark = pytest.mark.slow

MOCKS = os.pathsep.join(str(Path(each.__file__).parents[1]) for each in (openapi_mock, openapi_reader))


@pytest.fixture
def command(tmp_path):
    """Start `python -m openapi_mock` in an empty folder, to which tests may add packages."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([MOCKS, str(tmp_path)]),
        "PYTHONUNBUFFERED": "1",
    }

    def start(*arguments, interpreter=(sys.executable,)):
        line = [*interpreter, "-m", "openapi_mock", *map(str, arguments)]
        return subprocess.Popen(  # noqa: S603  # the command under test
            line, cwd=tmp_path, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    return start


def failure(process):
    out, err = process.communicate(timeout=20)
    assert out == ""
    assert "Traceback" not in err
    return process.returncode, err


@contextmanager
def running(process):
    """Yield the base URL and the lines before it. Send Ctrl-C at the end."""
    printed = []
    try:
        for line in process.stdout:
            printed.append(line.rstrip("\n"))
            if match := re.search(r"Serving on (\S+)", line):
                yield match.group(1), printed
                break
        else:
            raise AssertionError(process.stderr.read())
    finally:
        process.send_signal(signal.SIGINT)
        process.rest, process.errors = process.communicate(timeout=20)


def test_without_its_extra_one_line_says_what_to_install(command):
    # -S leaves out every installed package.
    status, message = failure(command("kws", interpreter=[sys.executable, "-S"]))
    assert status == 2
    assert re.fullmatch(
        r"openapi_mock: the mock needs \w+, which the clients do without: pip install '\.\[mock\]'\n", message
    )


def test_without_its_extra_an_import_says_what_to_install(tmp_path):
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "__init__.py").write_text("import openapi_mock")
    (tmp_path / "program" / "__main__.py").touch()
    environment = {**os.environ, "PYTHONPATH": MOCKS}
    line = [sys.executable, "-S", "-m", "program"]
    done = subprocess.run(  # noqa: S603  # a program of our own making
        line, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "ModuleNotFoundError: the mock needs " in done.stderr.splitlines()[-1]


def test_serve_listens_on_a_free_loopback_port_until_the_block_ends(shop):
    with serve(shop) as url:
        assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+", url)
        assert httpx.get(f"{url}/api/items/1").json() == {"name": "lamp"}
        with serve(shop) as other:
            assert other != url
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/api/items/1")


def test_small_responses_are_not_delayed(shop):
    with serve(shop) as url, httpx.Client(base_url=url) as http:
        seconds = [http.get("/health").elapsed.total_seconds() for _ in range(40)]
    # A delayed acknowledgement takes 40 ms; what else is slow on a busy machine concerns single responses.
    assert median(seconds) < 0.03


def test_serve_on_a_port_in_use_raises_an_os_error(shop):
    with (
        serve(shop) as url,
        pytest.raises(OSError, match="in use"),
        serve(shop, port=int(url.rpartition(":")[2])),
    ):
        pass


def test_a_file_is_served_until_ctrl_c(command, shop_file):
    process = command(shop_file, "--port", "0")
    with running(process) as (url, printed):
        assert url.startswith("http://127.0.0.1:")
        assert httpx.get(f"{url}/items/newest?secret=made-up-secret").status_code == 200
    assert "GET\t/items\tlistItems\tread\tsynthesised" in printed
    assert printed[-1] == f"Serving on {url} (6 of the operations; Ctrl-C ends it)"
    assert re.search(r"GET /items/newest getNewestItem 200 [0-9.]+ ms", process.rest)
    assert "made-up-secret" not in process.rest
    assert (process.returncode, process.errors) == (0, "")


def test_a_behaviour_package_of_that_name_is_used(command, shop_file, tmp_path):
    package = tmp_path / "shop_mock"
    package.mkdir()
    (package / "__init__.py").write_text(
        "from openapi_mock import Behaviour, operation\n"
        "class Shop(Behaviour):\n"
        "    def __init__(self, database): self.database = database\n"
        "    @operation('getNewestItem')\n"
        "    def newest(self, call): return {'name': self.database or 'memory'}\n"
        "    def banner(self): return [('key', 'made-up-[key]')]\n"
        "    def close(self): print('closed')\n"
        "def create(settings): return Shop(settings.database)\n"
    )
    process = command(shop_file, "--port", "0", "--database", "kept-here")
    with running(process) as (url, printed):
        assert httpx.get(f"{url}/items/newest").json() == {"name": "kept-here"}
    assert "GET\t/items/newest\tgetNewestItem\t\thandler" in printed
    assert "key\tmade-up-[key]" in printed
    assert process.rest.endswith("closed\n")


def test_a_handler_for_a_misspelt_operation_is_refused_at_start_up(command, shop_file, tmp_path):
    (tmp_path / "shop_mock.py").write_text(
        "from openapi_mock import Behaviour, operation\n"
        "class Shop(Behaviour):\n"
        "    @operation('getNewestItm')\n"
        "    def newest(self, call): ...\n"
        "def create(settings): return Shop()\n"
    )
    status, message = failure(command(shop_file, "--port", "0"))
    assert status == 2
    assert message == (
        "openapi_mock: Shop.newest: the document has no operation 'getNewestItm'; "
        "did you mean 'getNewestItem'?\n"
    )


def test_a_name_is_looked_up_in_the_openapi_folder(command, shop_file, tmp_path):
    (tmp_path / "openapi").mkdir()
    (tmp_path / "openapi" / "corner-shop.yaml").write_bytes(shop_file.read_bytes())
    with running(command("corner-shop", "--port", "0")) as (url, _):
        assert httpx.get(f"{url}/health").status_code in {200, 404}


def test_an_unknown_name_lists_what_there_is(command, shop_file, tmp_path):
    (tmp_path / "openapi").mkdir()
    (tmp_path / "openapi" / "corner-shop.yaml").write_bytes(shop_file.read_bytes())
    status, message = failure(command("no-such-shop"))
    assert status == 2
    assert "no API is called 'no-such-shop'" in message
    assert "corner-shop" in message


def test_help_names_the_apis_there_are(command, shop_file, tmp_path):
    (tmp_path / "openapi").mkdir()
    (tmp_path / "openapi" / "corner-shop.yaml").write_bytes(shop_file.read_bytes())
    out, _ = command("--help").communicate(timeout=20)
    assert "corner-shop, or the path of a file" in " ".join(out.split())


def test_without_its_packages_the_mock_says_how_to_get_them():
    code = "import sys; sys.modules['jsonschema_rs'] = None; import openapi_mock"
    done = subprocess.run(  # noqa: S603  # our own
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert "ModuleNotFoundError: the mock needs jsonschema_rs" in done.stderr
    assert re.search(r"pip install '(\.|kws-clients)\[mock\]'", done.stderr)


def test_a_port_in_use_is_a_clear_error(command, shop_file):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, said = failure(command(shop_file, "--port", port))
        assert status == 2
        assert said.splitlines() == [
            f"openapi_mock: 127.0.0.1:{port}: Address already in use",
            "try another --port, such as 0, which takes a free one",
        ]


def test_a_host_that_is_not_this_machine_is_a_clear_error(command, shop_file):
    status, said = failure(command(shop_file, "--host", "192.0.2.1", "--port", "0"))
    assert status == 2
    assert said.splitlines()[1] == "try --host 127.0.0.1, which is this machine"


@pytest.mark.parametrize("host", ["", " "])
def test_a_blank_host_is_refused_and_not_every_address(command, shop_file, host):
    assert "a host is a name or an address" in failure(command(shop_file, f"--host={host}"))[1]


def test_a_broken_file_is_a_clear_error(command, tmp_path):
    (tmp_path / "broken.yaml").write_text("openapi: 3.1.0\npaths: [")
    status, message = failure(command("broken.yaml"))
    assert status == 2
    assert message.startswith("openapi_mock: broken.yaml:2: ")


@pytest.mark.parametrize("port", ["x", "-1", "65536", "\u0665"])
def test_a_port_that_is_none_is_a_clear_error(port, command):
    assert "a port is a number" in failure(command("x", f"--port={port}"))[1]


def test_a_database_without_behaviour_is_refused(command, shop_file):
    assert "a database means nothing" in failure(command(shop_file, "--database", "sqlite://"))[1]


def test_a_database_that_cannot_be_used_is_a_clear_error(command, shop_file, tmp_path):
    (tmp_path / "shop_mock.py").write_text(
        "from openapi_mock import UnusableDatabaseError\n"
        "def create(settings): raise UnusableDatabaseError(f'{settings.database}: is full')\n"
    )
    status, said = failure(command(shop_file, "--database", "sqlite:///kept-here"))
    assert status == 2
    assert said.splitlines() == [
        "openapi_mock: sqlite:///kept-here: is full",
        "try --database sqlite:///mock.db; without --database, state is in memory",
    ]


def test_the_first_folder_with_a_name_wins(tmp_path):
    for folder, names in {"one": ["a.yaml", "b.json", "README.md"], "two": ["a.yml", "c.yaml"]}.items():
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / name).touch()
    places = (tmp_path / "none", tmp_path / "one", tmp_path / "two")
    found = {name: path.relative_to(tmp_path).as_posix() for name, path in available(places).items()}
    assert found == {"a": "one/a.yaml", "b": "one/b.json", "c": "two/c.yaml"}
    assert find_document("c", places) == tmp_path / "two" / "c.yaml"
    assert find_document("some/where.yaml", places) == Path("some/where.yaml")
    with pytest.raises(UnknownNameError, match="a, b, c"):
        find_document("d", places)


@pytest.mark.parametrize("name", ["openapi", "no-such-api", "3d", "a.b"])
def test_a_name_without_behaviour_package_has_none(name):
    assert find_factory(name) is None


def test_the_exported_names_are_these():
    assert sorted(openapi_mock.__all__) == sorted(set(openapi_mock.__all__))
    assert all(hasattr(openapi_mock, name) for name in openapi_mock.__all__)
