"""Fixtures for pytest: mocks that begin anew with each test, and ready clients on them.

A mock is loaded once in a run, when the first test asks for it, and reset before each test.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

# The plugin is imported in every run of pytest where the distribution is installed, even without the mock.
if TYPE_CHECKING:
    from kongregate import AsyncKongregate, Kongregate
    from kongregate_mock import KongregateControl
    from kws import KWS, AsyncKWS
    from kws_mock import KwsControl
    from openapi_mock import Mock

    from .testing import LiveMock


@pytest.fixture(scope="session", name="_kws_mock")
def _loaded_kws_mock() -> Iterator[Mock[KwsControl]]:
    from .testing import open_mock  # noqa: PLC0415

    with open_mock("kws") as mock:
        yield mock


@pytest.fixture(scope="session", name="_kongregate_mock")
def _loaded_kongregate_mock() -> Iterator[Mock[KongregateControl]]:
    from .testing import open_mock  # noqa: PLC0415

    with open_mock("kongregate") as mock:
        yield mock


@pytest.fixture
def kws_mock(_kws_mock: Mock[KwsControl]) -> Mock[KwsControl]:
    """A mock of KWS in this process, without a port. `kws_mock.control` adds users, faults and so on."""
    _kws_mock.control.reset()
    return _kws_mock


@pytest.fixture
def kongregate_mock(_kongregate_mock: Mock[KongregateControl]) -> Mock[KongregateControl]:
    """A mock of Kongregate in this process, without a port. `kongregate_mock.control` adds players."""
    _kongregate_mock.control.reset()
    return _kongregate_mock


@pytest.fixture
def kws(kws_mock: Mock[KwsControl]) -> Iterator[KWS]:
    """A session on `kws_mock` with the credentials of app 355."""
    from .testing import kws_client  # noqa: PLC0415

    with kws_client(kws_mock) as session:
        yield session


@pytest.fixture
def async_kws(kws_mock: Mock[KwsControl]) -> AsyncKWS:
    """An asynchronous session on `kws_mock` with the credentials of app 355."""
    from .testing import async_kws_client  # noqa: PLC0415

    # It has no connection that a test would have to close.
    return async_kws_client(kws_mock)


@pytest.fixture
def kongregate(kongregate_mock: Mock[KongregateControl]) -> Iterator[Kongregate]:
    """A session on `kongregate_mock` with the key of game 1001."""
    from .testing import kongregate_client  # noqa: PLC0415

    with kongregate_client(kongregate_mock) as session:
        yield session


@pytest.fixture
def async_kongregate(kongregate_mock: Mock[KongregateControl]) -> AsyncKongregate:
    """An asynchronous session on `kongregate_mock` with the key of game 1001."""
    from .testing import async_kongregate_client  # noqa: PLC0415

    return async_kongregate_client(kongregate_mock)


@pytest.fixture(scope="session", name="_kws_server")
def _started_kws_server(_kws_mock: Mock[KwsControl]) -> Iterator[LiveMock[KwsControl]]:
    from .testing import serve_kws  # noqa: PLC0415

    with serve_kws(_kws_mock) as live:
        yield live


@pytest.fixture(scope="session", name="_kongregate_server")
def _started_kongregate_server(
    _kongregate_mock: Mock[KongregateControl],
) -> Iterator[LiveMock[KongregateControl]]:
    from .testing import serve_kongregate  # noqa: PLC0415

    with serve_kongregate(_kongregate_mock) as live:
        yield live


@pytest.fixture
def kws_server(
    kws_mock: Mock[KwsControl],  # noqa: ARG001  # which it resets
    _kws_server: LiveMock[KwsControl],
) -> LiveMock[KwsControl]:
    """`kws_mock` on a port of this machine, for programs in another process."""
    return _kws_server


@pytest.fixture
def kongregate_server(
    kongregate_mock: Mock[KongregateControl],  # noqa: ARG001  # which it resets
    _kongregate_server: LiveMock[KongregateControl],
) -> LiveMock[KongregateControl]:
    """`kongregate_mock` on a port of this machine, for programs in another process."""
    return _kongregate_server
