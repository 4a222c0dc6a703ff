"""Errors beside those of the generated client. `APIError` is the base of all of them."""

from kongregate_client.errors import APIError, InvalidArgument


class InvalidReply(InvalidArgument):
    """Raised for a reply that Kongregate does not accept, such as the reply to another event."""


class CallbackError(APIError):
    """Base of the errors of a request that is no callback to this game, or that cannot be understood.

    The message can be logged and sent back: it holds no secret.
    """


class WrongKey(CallbackError):
    """Raised when a callback was made without this game's api_key: ignore it, it may be forged."""


class WrongAlgorithm(CallbackError):
    """Raised when a signed request was not signed with HMAC-SHA256."""


class BadBase64(CallbackError):
    """Raised when the payload of a signed request is not base64url."""


class BadJSON(CallbackError):
    """Raised when the payload of a signed request is not JSON."""


class BadShape(CallbackError):
    """Raised when the body is not a form, or a value has the wrong type."""


class MissingField(CallbackError):
    """Raised when a required field is missing."""


class DuplicateField(CallbackError):
    """Raised when a field occurs several times."""


class BodyTooLarge(CallbackError):
    """Raised when a body is larger than any callback."""


class UnknownEvent(CallbackError):
    """Raised for a genuine callback of an event that this package does not know.

    Attributes:
        event: Name of the event.
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
