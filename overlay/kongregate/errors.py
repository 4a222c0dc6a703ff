"""What can be raised beside the errors of the generated client. `APIError` is the base of all of it."""

from __future__ import annotations

from kongregate_client.errors import APIError, InvalidArgument


class InvalidReply(InvalidArgument):
    """A reply that Kongregate would not take, such as an answer to another event."""


class CallbackError(APIError):
    """A request that is no callback from Kongregate to this game, or none that this package understands.

    Its message can be logged and sent back: it holds nothing secret.
    """


class WrongKey(CallbackError):
    """Made without this game's api_key: another game's, forged, or changed on the way. Ignore it."""


class WrongAlgorithm(CallbackError):
    """Signed in another way than with HMAC-SHA256."""


class BadBase64(CallbackError):
    """The payload of a signed request is not base64url."""


class BadJSON(CallbackError):
    """The payload of a signed request is not JSON."""


class BadShape(CallbackError):
    """Not a form, or a value of the wrong type in it."""


class MissingField(CallbackError):
    """A field that has to be there is not."""


class DuplicateField(CallbackError):
    """A field that may be there once is there several times."""


class BodyTooLarge(CallbackError):
    """More than any callback needs."""


class UnknownEvent(CallbackError):
    """A genuine callback for an event that this package does not know in this form.

    Attributes:
        event: The event's name.
    """

    def __init__(self, message: str, *, event: str) -> None:
        super().__init__(message)
        self.event = event


__all__ = [
    "BadBase64",
    "BadJSON",
    "BadShape",
    "BodyTooLarge",
    "CallbackError",
    "DuplicateField",
    "InvalidReply",
    "MissingField",
    "UnknownEvent",
    "WrongAlgorithm",
    "WrongKey",
]
