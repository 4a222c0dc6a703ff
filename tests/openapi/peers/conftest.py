"""Fixtures of the tests with other tools: a document, and a mock with the data of its examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from openapi_mock import Mock, load, serve

ROOT = Path(__file__).parents[3]
# Examples can be sent to a mock that holds what they name.
DOCUMENTS = [
    path
    for path in sorted((ROOT / "openapi").glob("*.yaml"))
    if (ROOT / "mock" / f"{path.stem}_mock").is_dir()
]


@pytest.fixture(scope="session", params=DOCUMENTS, ids=lambda path: path.stem)
def document(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def mock(document: Path) -> Iterator[Mock]:
    with load(document.stem) as loaded:
        yield loaded


@pytest.fixture
def host(mock: Mock) -> Iterator[str]:
    """The base URL of the mock."""
    with serve(mock) as url:
        yield url
