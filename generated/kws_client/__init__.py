# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Kids Web Services: a typed client, synchronous and asynchronous.

HTTP API of Kids Web Services (KWS), written down from its published documentation. Where that documentation
contradicts itself, `openapi/README.md` says what was settled, and why.

Every call but three needs a bearer token, a JSON Web Token obtained from `POST /oauth/token` or from the
single sign-on's implicit flow. Its scope decides what it may do:

- `app`: everything the app may see and do, for back ends only; it must never reach a front end.
- `frontend`: what anonymous visitors may see, such as leaderboards.
- `user`: one signed-in user's own data.

All times are milliseconds since 1970-01-01 UTC unless a field says otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from openapi_runtime import UNSET, AuthenticatedClient, Client, File, Response, Supplier, Unset
from openapi_runtime.lazy import lazy_attributes

if TYPE_CHECKING:
    from .api import Api, AsyncApi

API_VERSION: Final = "2"

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
