"""Kongregate Web Services: a game server's calls, and the callbacks it receives.

`Kongregate` and `AsyncKongregate` are where to begin, and `handle_callback` or `parse_callback` for what
Kongregate sends. Whatever they raise is an `APIError`, and importable from here.
"""

from kongregate_client import errors as _client_errors
from kongregate_client.errors import *  # noqa: F403  # every error is a user's to catch; __all__ names them
from kongregate_client.models.item import Item
from kongregate_client.models.item_order_placed import ItemOrderPlaced
from kongregate_client.models.item_order_request import ItemOrderRequest

from . import errors as _errors
from .answers import Answer, handle_callback
from .callbacks import Event, InvalidateUserInventory, parse_callback, verify_signed_request
from .errors import *  # noqa: F403
from .pages import Friend
from .replies import Reply, canceled, completed, items_reply
from .sessions import AsyncKongregate, Kongregate
from .visitor import Visitor

__all__ = [
    "Answer",
    "AsyncKongregate",
    "Event",
    "Friend",
    "InvalidateUserInventory",
    "Item",
    "ItemOrderPlaced",
    "ItemOrderRequest",
    "Kongregate",
    "Reply",
    "Visitor",
    "canceled",
    "completed",
    "handle_callback",
    "items_reply",
    "parse_callback",
    "verify_signed_request",
]
__all__ += _client_errors.__all__
__all__ += _errors.__all__
