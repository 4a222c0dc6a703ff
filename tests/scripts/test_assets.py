import base64
import hashlib
import io
import json
import subprocess
import tarfile
from pathlib import Path

import pytest

import assets
import chromium


def packed(**files):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return buffer.getvalue()


@pytest.fixture
def package():
    about = json.dumps({"name": assets.PACKAGE, "license": "MIT"})
    return packed(**{assets.PROGRAM: "program();", "package/package.json": about})


@pytest.fixture
def npm(monkeypatch, package):
    """An npm that fetches `package`, and counts how often."""
    calls = []

    def run(command, **_):
        calls.append(command)
        folder = command[command.index("--pack-destination") + 1]
        Path(folder, "made-up.tgz").write_bytes(package)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(assets.shutil, "which", lambda _: "npm")
    monkeypatch.setattr(assets.subprocess, "run", run)
    return calls


def test_the_viewer_is_fetched_once(npm, package, monkeypatch, tmp_path):
    digest = base64.b64encode(hashlib.sha512(package).digest()).decode()
    monkeypatch.setattr(assets, "INTEGRITY", f"sha512-{digest}")
    for _ in range(2):
        assets.fetch(tmp_path / "assets")
    assert len(npm) == 1
    assert (tmp_path / "assets" / "api-reference.js").read_text() == "program();"
    assert json.loads((tmp_path / "assets" / "api-reference.json").read_text())["license"] == "MIT"


@pytest.mark.usefixtures("npm")
def test_a_package_that_is_not_the_expected_one_is_not_taken(tmp_path):
    with pytest.raises(assets.AssetsError, match="is not what it was"):
        assets.fetch(tmp_path / "assets")
    assert not (tmp_path / "assets").exists()


def test_without_npm_it_says_so_and_everything_else_goes_on(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(assets.shutil, "which", lambda _: None)
    monkeypatch.setattr(assets, "TARGET", tmp_path / "assets")
    assert assets.main() == 0
    assert "install Node.js with npm" in capsys.readouterr().err


def test_without_chromium_it_says_what_to_do(monkeypatch, capsys):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium.shutil, "which", lambda _: None)
    assert chromium.main() == 0
    assert "apt-get install chromium" in capsys.readouterr().err


def test_the_chromium_of_the_environment_is_taken_first(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/made-up/chromium")
    assert chromium.find() == "/made-up/chromium"
