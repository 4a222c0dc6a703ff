"""What Kongregate sends to a game server: checked, and turned into events."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, Self, cast, get_type_hints

from attrs import field, frozen

from kongregate_client import models
from kongregate_client.errors import DecodeError
from kongregate_client.models.item_order_placed import ItemOrderPlaced
from kongregate_client.models.item_order_request import ItemOrderRequest
from openapi_runtime.decoding import fields, parse_json, required, string
from openapi_runtime.redaction import redact

from .errors import (
    BadBase64,
    BadJSON,
    BadShape,
    CallbackError,
    MissingField,
    UnknownEvent,
    WrongAlgorithm,
    WrongKey,
)
from .forms import Form, Source
from .keys import Key

_ALGORITHM: Final = "HMAC-SHA256"


@frozen(kw_only=True)
class InvalidateUserInventory:
    """What a player owns has changed: ask for it anew. Needs no answer.

    Attributes:
        user_id: The player's number.
        username: The player's name at present.
        game_auth_token: The player's token for this game. Not in the repr.
        time: When it happened.
    """

    user_id: int
    username: str
    game_auth_token: str = field(repr=False)
    time: datetime

    @classmethod
    def from_dict(cls, source: object) -> Self:
        """The event of a form's fields. Raises DecodeError."""
        told = models.InvalidateUserInventory.from_dict(source)
        return cls(
            user_id=told.user_id,
            username=told.username,
            game_auth_token=told.game_auth_token,
            time=_moment(told.time),
        )


Event = ItemOrderRequest | ItemOrderPlaced | InvalidateUserInventory

# An order that is not signed is no order.
_SIGNED: Final[Mapping[str, Callable[[object], Event]]] = {
    "item_order_request": ItemOrderRequest.from_dict,
    "item_order_placed": ItemOrderPlaced.from_dict,
}
_PLAIN: Final[Mapping[str, Callable[[object], Event]]] = {
    "invalidate_user_inventory": InvalidateUserInventory.from_dict,
}
_PLAIN_FIELDS: Final = get_type_hints(models.InvalidateUserInventory)


def parse_callback(form_or_body: Source, *, api_key: str) -> Event:
    """The event of a callback, once it is sure to come from Kongregate and to be for this game.

    Args:
        form_or_body: The body as it came (at most 64 KiB), or the fields that a web framework read from it; a
            field's value may be a list of one.
        api_key: The game's key.

    Raises:
        WrongKey: It was not made with this key.
        UnknownEvent: It is genuine, of an event that is not known here.
        CallbackError: Anything else that is wrong with it, each with a class of its own.
        ConfigurationError: `api_key` is no key.
    """
    key = Key(api_key)
    if not form_or_body:
        raise MissingField("the body is empty: pass it as it came, before a framework reads a form of it")
    form = Form(form_or_body)
    if "signed_request" in form:
        payload = verify_signed_request(form.text("signed_request"), api_key=api_key)
        return _event(_SIGNED, payload, "signed", api_key)
    if not key.matches(form.text("api_key")):
        raise WrongKey("the callback's api_key is not this game's")
    return _event(_PLAIN, form.read(_PLAIN_FIELDS), "plain", api_key)


def verify_signed_request(text: str, *, api_key: str) -> dict[str, Any]:
    """The payload of a signed request, once its signature was found right.

    Raises:
        WrongKey: It was not signed with this key.
        CallbackError: It is no signed request, or its payload is not what it has to be.
        ConfigurationError: `api_key` is no key.
    """
    signature, dot, payload = text.partition(".")
    if not dot:
        raise BadShape("a signed request is a signature, a dot and a payload")
    if not Key(api_key).signs(payload, signature):
        raise WrongKey("the signed request was signed with another key than this game's, or changed since")
    opened = _opened(payload)
    if opened.get("algorithm", _ALGORITHM) != _ALGORITHM:
        raise WrongAlgorithm(f"the signed request names another algorithm than {_ALGORITHM}")
    return opened


def _opened(payload: str) -> dict[str, Any]:
    try:
        content = base64.b64decode(payload + "=" * (-len(payload) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise BadBase64("the payload of the signed request is not base64url") from None
    try:
        return cast("dict[str, Any]", fields(parse_json(content)))
    except DecodeError as error:
        refused = _refusal(error, "signed")
    # Raised here, since its context would hold the payload.
    raise refused


def _event(
    events: Mapping[str, Callable[[object], Event]], source: Mapping[str, object], form: str, api_key: str
) -> Event:
    try:
        name = required(source, "event", string)
        if name in events:
            return events[name](source)
    except DecodeError as error:
        raise _refusal(error, form) from None
    raise UnknownEvent(f"no {form} callback is known for the event {redact(name, (api_key,))!r}", event=name)


def _refusal(error: DecodeError, form: str) -> CallbackError:
    if error.got == "nothing":
        return MissingField(f"the {form} callback: {error.path} is missing")
    return (BadJSON if error.expected == "JSON" else BadShape)(f"the {form} callback: {error}")


def _moment(text: str) -> datetime:
    with suppress(ValueError):
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z")
    # Raised here, since its context would hold the text.
    raise DecodeError("a time such as 2016-04-10 06:20:59 -0700", "another text", "time")
