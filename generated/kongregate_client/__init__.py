# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Kongregate Web Services: a typed client, synchronous and asynchronous.

HTTP API between a game's own server and Kongregate, written down from its published documentation and from
what clients and servers were seen to send. `openapi/README.md` says how each contradiction was settled.

Server to server only: the `api_key`, one for each game, must never reach a browser. A `game_auth_token`
belongs to one player and one game, and changes when the player changes the password. Keep players by
`user_id`; usernames change.

The HTTP status is 200 unless the server fails or is down for maintenance. Whether a call succeeded stands in
the body's `success`.
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
