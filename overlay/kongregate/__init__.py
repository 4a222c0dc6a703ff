"""Kongregate Web Services: the calls of a game server, and the callbacks it receives.

Start with `Kongregate` or `AsyncKongregate`, and with `handle_callback` for callbacks. Every error is an
`APIError`, and can be imported from here.
"""

from typing import TYPE_CHECKING

# Not `from kongregate_client import errors`: pyright would read the `__all__` of `kongregate_client` for it.
import kongregate_client.errors as _client_errors
from kongregate_client.errors import *  # noqa: F403  # users catch every error from here; __all__ names them
from openapi_runtime.lazy import lazy_names

from . import errors as _errors
from .errors import *  # noqa: F403
from .sessions import AsyncKongregate, Kongregate

if TYPE_CHECKING:
    from kongregate_client.models import Item, ItemOrderPlaced, ItemOrderRequest
    from openapi_runtime.exchange import Attempt
    from openapi_runtime.options import Options

    from .callback_responses import (
        CallbackResponse,
        Reply,
        canceled,
        completed,
        handle_callback,
        items_reply,
    )
    from .callbacks import Event, InvalidateUserInventory, parse_callback, verify_signed_request
    from .game_query import GameQuery
    from .pagination import Friend
    from .version import __version__

__all__ = [
    "AsyncKongregate",
    "Attempt",
    "CallbackResponse",
    "Event",
    "Friend",
    "GameQuery",
    "InvalidateUserInventory",
    "Item",
    "ItemOrderPlaced",
    "ItemOrderRequest",
    "Kongregate",
    "Options",
    "Reply",
    "__version__",
    "canceled",
    "completed",
    "handle_callback",
    "items_reply",
    "parse_callback",
    "verify_signed_request",
]
__all__ += _client_errors.__all__
__all__ += _errors.__all__

__getattr__ = lazy_names(
    __name__,
    "openapi_runtime.exchange",
    "openapi_runtime.options",
    ".callbacks",
    ".callback_responses",
    ".game_query",
    ".pagination",
    ".version",
    "kongregate_client.models",
)
