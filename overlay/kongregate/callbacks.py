"""Callbacks from Kongregate, verified and parsed into events."""

from __future__ import annotations

import base64
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from attrs import field, frozen

from kongregate_client.errors import DecodeError
from kongregate_client.models import ItemOrderPlaced, ItemOrderRequest
from openapi_runtime.decoding import fields, parse_json, required, string
from openapi_runtime.redaction import redact

from . import errors
from .api_key import ApiKey
from .forms import Form, Source

_ALGORITHM: Final = "HMAC-SHA256"
# The module base64 would take the characters of the other alphabet as well.
_STANDARD_BASE64: Final = str.maketrans("-_+/", "+/  ")


@frozen(kw_only=True)
class InvalidateUserInventory:
    """The event of a player whose items have changed: request them anew. Its reply is None.

    Attributes:
        user_id: The player's number.
        username: The player's current name.
        game_auth_token: The player's token for this game. Not in the repr.
        time: When the items changed.
    """

    user_id: int
    username: str
    game_auth_token: str = field(repr=False)
    time: datetime


Event = ItemOrderRequest | ItemOrderPlaced | InvalidateUserInventory

# Orders count only if they are signed.
_SIGNED: Final[Mapping[str, Callable[[object], Event]]] = {
    "item_order_request": ItemOrderRequest.from_dict,
    "item_order_placed": ItemOrderPlaced.from_dict,
}


def parse_callback(form_or_body: Source, *, api_key: str) -> Event:
    """Verify that a callback comes from Kongregate and is for this game, and return its event.

    Args:
        form_or_body: The body as received (at most 64 KiB), or its fields as a web framework parsed them; a
            field's value may be a list of one.
        api_key: The game's key.

    Raises:
        WrongKey: It was not made with this key.
        UnknownEvent: It is genuine, but of an event that this package does not know.
        CallbackError: It is malformed; each fault has a class of its own.
        ConfigurationError: `api_key` cannot be a key.
    """
    key = ApiKey(api_key)
    if not form_or_body:
        raise errors.MissingField("the body is empty: pass it before a framework parses it as a form")
    form = Form(form_or_body)
    if "signed_request" in form:
        payload = verify_signed_request(form.text("signed_request"), api_key=api_key)
        with _refusing_malformed():
            name = required(payload, "event", string)
            if name in _SIGNED:
                return _SIGNED[name](payload)
        raise _unknown(name, "signed", api_key)
    if not key.matches(form.text("api_key")):
        raise errors.WrongKey("the callback's api_key is not this game's")
    name = form.text("event")
    if name != "invalidate_user_inventory":
        raise _unknown(name, "plain", api_key)
    return InvalidateUserInventory(
        user_id=form.integer("user_id"),
        username=form.text("username"),
        game_auth_token=form.text("game_auth_token"),
        time=form.time("time"),
    )


def verify_signed_request(text: str, *, api_key: str) -> dict[str, Any]:
    """Verify the signature of a signed request, and return its payload.

    Raises:
        WrongKey: It was not signed with this key.
        CallbackError: It is no signed request, or its payload is malformed.
        ConfigurationError: `api_key` cannot be a key.
    """
    # A web framework gives None for a field that is missing: that is the sender's fault, not the server's.
    if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise errors.BadShape(f"expected a signed request as text, not {type(text).__name__}")
    signature, dot, encoded = text.partition(".")
    if not dot:
        raise errors.BadShape("a signed request consists of a signature, a dot and a payload")
    if not ApiKey(api_key).signs(encoded, signature):
        raise errors.WrongKey("the request was not signed with this game's key, or changed later")
    with _refusing_malformed():
        payload = dict(fields(parse_json(_decoded(encoded))))
    if payload.get("algorithm", _ALGORITHM) != _ALGORITHM:
        raise errors.WrongAlgorithm(f"the signed request names another algorithm than {_ALGORITHM}")
    return payload


def _decoded(encoded: str) -> bytes:
    try:
        padded = encoded + "=" * (-len(encoded) % 4)
        return base64.b64decode(padded.translate(_STANDARD_BASE64), validate=True)
    except ValueError:
        raise errors.BadBase64("the payload of the signed request is not base64url") from None


@contextmanager
def _refusing_malformed() -> Generator[None]:
    try:
        yield
    except DecodeError as error:
        if error.got == "nothing":
            raise errors.MissingField(f"the signed callback: {error.path} is missing") from None
        kind = errors.BadJSON if error.expected == "JSON" else errors.BadShape
        raise kind(f"the signed callback: {error}") from None


def _unknown(name: str, form: str, api_key: str) -> errors.UnknownEvent:
    shown = redact(name, (api_key,))
    return errors.UnknownEvent(f"no {form} callback is known for the event {shown!r}", event=name)
