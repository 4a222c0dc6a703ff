"""Ready clients on mocks, in the same process or on a port, with or without pytest.

with open_mock("kws") as mock, kws_client(mock) as session:
    mock.control.give_points(5073, 10)
    session.users.get_points(user_id=5073)
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, Unpack

from kongregate import AsyncKongregate, Kongregate
from kongregate_mock import KongregateControl
from kws import KWS, AsyncKWS
from kws_mock import KwsControl
from openapi_mock import Mock, load, serve
from openapi_mock.behaviour import C_co

if TYPE_CHECKING:
    from kongregate.sessions import Settings as KongregateSettings
    from kws.sessions import Settings as KWSSettings

KwsMock: TypeAlias = Mock[KwsControl]
"""What the fixture `kws_mock` is, for annotations."""
KongregateMock: TypeAlias = Mock[KongregateControl]
"""What the fixture `kongregate_mock` is, for annotations."""

open_mock: Final = load
"""`openapi_mock.load`: a mock of its own, with the default seed, to be used in a `with` block."""

_KWS_URL: Final = "https://kws.example"
_KONGREGATE_URL: Final = "https://kongregate.example"


@dataclass(frozen=True, slots=True)
class LiveMock(Generic[C_co]):
    """A mock on a port of this machine.

    `url` is its base URL, and `environment` has the variables with which `from_env` of a client in another
    process finds it.
    """

    mock: Mock[C_co]
    url: str
    environment: Mapping[str, str] = field(repr=False)

    @property
    def control(self) -> C_co:
        """The mock's control object, which other processes have over HTTP under `/_mock`."""
        return self.mock.control


def kws_client(mock: KwsMock, **settings: Unpack[KWSSettings]) -> KWS:
    """Return a session on a mock in the same process, with the credentials of app 355 of the default seed."""
    return KWS(**_kws_settings(mock, settings))


def async_kws_client(mock: KwsMock, **settings: Unpack[KWSSettings]) -> AsyncKWS:
    """Return an asynchronous session on a mock in the same process, like `kws_client`."""
    return AsyncKWS(**_kws_settings(mock, settings))


def kongregate_client(mock: KongregateMock, **settings: Unpack[KongregateSettings]) -> Kongregate:
    """Return a session on a mock in the same process, with the key of game 1001 of the default seed."""
    return Kongregate(**_kongregate_settings(mock, settings))


def async_kongregate_client(mock: KongregateMock, **settings: Unpack[KongregateSettings]) -> AsyncKongregate:
    """Return an asynchronous session on a mock in the same process, like `kongregate_client`."""
    return AsyncKongregate(**_kongregate_settings(mock, settings))


@contextmanager
def serve_kws(mock: KwsMock) -> Generator[LiveMock[KwsControl]]:
    """Serve a mock of KWS on a free port until the end of the block."""
    credentials = mock.control.credentials
    with serve(mock) as url:
        variables = {
            "KWS_BASE_URL": url,
            "KWS_SSO_URL": url,
            "KWS_CLIENT_ID": credentials["client_id"],
            "KWS_CLIENT_SECRET": credentials["client_secret"],
        }
        yield LiveMock(mock, url, variables)


@contextmanager
def serve_kongregate(mock: KongregateMock) -> Generator[LiveMock[KongregateControl]]:
    """Serve a mock of Kongregate on a free port until the end of the block."""
    with serve(mock) as url:
        variables = {"KONGREGATE_BASE_URL": url, "KONGREGATE_API_KEY": mock.control.credentials["api_key"]}
        yield LiveMock(mock, url, variables)


def _kws_settings(mock: KwsMock, settings: KWSSettings) -> Any:
    place = {"base_url": _KWS_URL, "sso_url": _KWS_URL, "httpx_args": {"transport": mock.transport()}}
    return {**place, **mock.control.credentials, **settings}


def _kongregate_settings(mock: KongregateMock, settings: KongregateSettings) -> Any:
    place = {"base_url": _KONGREGATE_URL, "httpx_args": {"transport": mock.transport()}}
    return {**place, **mock.control.credentials, **settings}
