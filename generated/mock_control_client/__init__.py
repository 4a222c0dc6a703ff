# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Control of a mock: a typed client, synchronous and asynchronous.

What a test does to a mock besides calling it, for programs in another process or another language. Every mock
of this project has these operations under `/_mock`, before its own. On loopback they are there unless the
server was told otherwise; beyond loopback only where the server was given a token, which every request then
needs.

Clock, faults and requests belong to one process, the state to its database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from openapi_runtime import UNSET, AuthenticatedClient, Client, File, Response, Supplier, Unset
from openapi_runtime.lazy import lazy_attributes

if TYPE_CHECKING:
    from .api import Api, AsyncApi

API_VERSION: Final = "1"

__getattr__ = lazy_attributes(__name__, {"Api": ".api", "AsyncApi": ".api"})

__all__ = [
    "API_VERSION",
    "UNSET",
    "Api",
    "AsyncApi",
    "AuthenticatedClient",
    "Client",
    "File",
    "Response",
    "Supplier",
    "Unset",
]
