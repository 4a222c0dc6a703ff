"""What Kongregate sends to a game server: checked, and turned into events."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final, Self, TypeVar, cast

from attrs import field, frozen
from kongregate_client import models
from kongregate_client.errors import DecodeError

from openapi_runtime.decoding import parse_json
from openapi_runtime.redaction import redact

from .errors import BadBase64, BadJSON, BadShape, MissingField, UnknownEvent, WrongAlgorithm, WrongKey
from .forms import Form, Source, check_size
from .keys import Key

T = TypeVar("T")

_ALGORITHM: Final = "HMAC-SHA256"
_BASE64URL: Final = re.compile(r"(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?")


@frozen(kw_only=True)
class _ItemOrder:
    model: ClassVar[type[models.ItemOrderRequest | models.ItemOrderPlaced]]
    game_id: int
    buyer_id: int
    recipient_id: int
    order_id: int
    order_info: str

    @classmethod
    def read(cls, payload: Mapping[str, Any]) -> Self:
        """The event of a payload whose signature was checked. Raises MissingField, BadShape."""
        try:
            order = cls.model.from_dict(payload)
        except DecodeError as error:
            kind = MissingField if error.got == "nothing" else BadShape
            raise kind(f"the payload of the signed request: {error}") from None
        return cls(
            game_id=order.game_id,
            buyer_id=order.buyer_id,
            recipient_id=order.recipient_id,
            order_id=order.order_id,
            order_info=order.order_info,
        )


class ItemOrderRequest(_ItemOrder):
    """A player is about to buy. Answer with what it is and costs: `items_reply`.

    Attributes:
        game_id: The game's number.
        buyer_id: The player who pays.
        recipient_id: The player who gets the items.
        order_id: The order's number.
        order_info: What the game named when it opened the purchase.
    """

    model = models.ItemOrderRequest


class ItemOrderPlaced(_ItemOrder):
    """The player has paid. Answer with `completed`, or with `canceled` to give the money back.

    A callback can arrive twice, so hand the items out once for each `order_id`.

    Attributes:
        game_id: The game's number.
        buyer_id: The player who pays.
        recipient_id: The player who gets the items.
        order_id: The order's number.
        order_info: What the game named when it opened the purchase.
    """

    model = models.ItemOrderPlaced


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
    def read(cls, form: Form) -> Self:
        """The event of a form whose key was checked. Raises MissingField, DuplicateField, BadShape."""
        return cls(
            user_id=form.number("user_id"),
            username=form.text("username"),
            game_auth_token=form.text("game_auth_token"),
            time=form.moment("time"),
        )


Event = ItemOrderRequest | ItemOrderPlaced | InvalidateUserInventory

_PLAIN: Final = {"invalidate_user_inventory": InvalidateUserInventory}
_SIGNED: Final[Mapping[str, type[ItemOrderRequest | ItemOrderPlaced]]] = {
    "item_order_request": ItemOrderRequest,
    "item_order_placed": ItemOrderPlaced,
}


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
    form = Form(form_or_body)
    if not form_or_body:
        raise MissingField("the body is empty: pass it as it came, before a framework reads a form of it")
    if "signed_request" in form:
        payload = verify_signed_request(form.text("signed_request"), api_key=api_key)
        name = payload.get("event")
        if name is None:
            raise MissingField("the payload of the signed request has no event")
        if not isinstance(name, str):
            raise BadShape("the event of the signed request is not text")
        return _known(_SIGNED, name, "signed", api_key).read(payload)
    if not key.matches(form.text("api_key")):
        raise WrongKey("the callback's api_key is not this game's")
    return _known(_PLAIN, form.text("event"), "plain", api_key).read(form)


def verify_signed_request(text: str, *, api_key: str) -> dict[str, Any]:
    """The payload of a signed request, once its signature was found right.

    Raises:
        WrongKey: It was not signed with this key.
        CallbackError: It is too large, or signature or payload is not what it has to be.
        ConfigurationError: `api_key` is no key.
    """
    check_size(text)
    signature, dot, payload = text.partition(".")
    if not dot:
        raise BadShape("a signed request is a signature, a dot and a payload")
    content = _decoded(payload, "payload")
    if not Key(api_key).signs(payload, _decoded(signature, "signature")):
        raise WrongKey("the signed request was signed with another key than this game's, or changed since")
    fields = _object(content)
    if fields.get("algorithm", _ALGORITHM) != _ALGORITHM:
        raise WrongAlgorithm(f"the signed request names another algorithm than {_ALGORITHM}")
    return fields


def _known(events: Mapping[str, T], name: str, form: str, api_key: str) -> T:
    event = events.get(name)
    if event is None:
        raise UnknownEvent(
            f"no {form} callback is known for the event {redact(name, (api_key,))!r}", event=name
        )
    return event


def _decoded(text: str, part: str) -> bytes:
    if not _BASE64URL.fullmatch(text):
        raise BadBase64(f"the {part} of the signed request is not base64url without padding")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _object(content: bytes) -> dict[str, Any]:
    value, wrong = None, ""
    try:
        value = parse_json(content)
    except DecodeError as error:
        wrong = str(error)
    if wrong:
        # Raised here, since its context would hold the payload.
        raise BadJSON(f"the payload of the signed request: {wrong}")
    if not isinstance(value, dict):
        raise BadShape("the payload of the signed request is not a JSON object")
    return cast("dict[str, Any]", value)
