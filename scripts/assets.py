"""Fetches the viewer of API references from npm, for the mock to serve it itself.

The version is pinned, and what arrives has to have the digest of the package that was looked at. Says what to
do where npm is missing: the mock then shows a plain page in its place.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Final

PACKAGE: Final = "@scalar/api-reference"
VERSION: Final = "1.72.1"
INTEGRITY: Final = (
    "sha512-XpEJ0rfc/cXbCrR+iC4kK0o/WwX2dTtGQbT049OlPKAHD6IMIFdTeGz2r+M27P2EDWKyUITRm/NzlP8z2pw/Ow=="
)
PROGRAM: Final = "package/dist/browser/standalone.js"
TARGET: Final = Path(__file__).parents[1] / "mock" / "openapi_mock" / "pages" / "assets"


class AssetsError(Exception):
    """Raised when the viewer cannot be fetched. The message says what to do."""


class MissingNpm(AssetsError):
    """Raised where npm is not installed."""


def main() -> int:
    try:
        fetch(TARGET)
    except MissingNpm as missing:
        # Everything else can go on: the mock then shows a plain page.
        sys.stderr.write(f"assets: {missing}\n")
    except AssetsError as error:
        sys.stderr.write(f"assets: {error}\n")
        return 1
    return 0


def fetch(target: Path) -> None:
    """Put the viewer into a folder, unless this version of it is there. Raises AssetsError."""
    note = target / "api-reference.json"
    if note.is_file() and json.loads(note.read_text(encoding="utf-8"))["integrity"] == INTEGRITY:
        return
    with tempfile.TemporaryDirectory() as folder:
        program, about = unpack(download(Path(folder)))
    target.mkdir(exist_ok=True)
    (target / "api-reference.js").write_bytes(program)
    kept = {name: about.get(name) for name in ("name", "version", "license", "author", "repository")}
    note.write_text(json.dumps({**kept, "integrity": INTEGRITY}, indent=2) + "\n", encoding="utf-8")
    print(f"Fetched {PACKAGE} {VERSION}.")


def download(folder: Path) -> bytes:
    """Return the package as npm fetches it, once its digest is the expected one. Raises AssetsError."""
    npm = shutil.which("npm")
    if npm is None:
        raise MissingNpm(
            "npm is not installed here, so the reference at /docs is a plain list of operations; "
            "install Node.js with npm, then run make assets"
        )
    command = [npm, "pack", "--silent", "--ignore-scripts", "--pack-destination", str(folder)]
    done = subprocess.run([*command, f"{PACKAGE}@{VERSION}"], check=False, capture_output=True, text=True)
    found = list(folder.glob("*.tgz"))
    if done.returncode or len(found) != 1:
        raise AssetsError(f"npm could not fetch {PACKAGE}: {done.stderr.strip()[-500:]}")
    packed = found[0].read_bytes()
    digest = "sha512-" + base64.b64encode(hashlib.sha512(packed).digest()).decode()
    if digest != INTEGRITY:
        raise AssetsError(f"{PACKAGE} {VERSION} is not what it was: its digest is {digest}")
    return packed


def unpack(packed: bytes) -> tuple[bytes, dict[str, object]]:
    """Return the program in a package, and what the package says about itself."""
    with tempfile.TemporaryFile() as file:
        file.write(packed)
        file.seek(0)
        with tarfile.open(fileobj=file) as archive:
            return _read(archive, PROGRAM), json.loads(_read(archive, "package/package.json"))


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    if file is None:
        raise AssetsError(f"{PACKAGE} {VERSION} has no {name}")
    return file.read()


if __name__ == "__main__":
    sys.exit(main())
