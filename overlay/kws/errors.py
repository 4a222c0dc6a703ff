"""Errors beside those of the generated client. `APIError` is the base of all of them."""

from kws_client.errors import APIError, MissingArgument


class InvalidToken(APIError, ValueError):
    """Raised for a text that is not an access token. The message does not show it."""


class MissingCredentials(APIError):
    """Raised when an operation needs a token, or client id and secret, and the session has none."""


class MissingClaim(MissingArgument):
    """Raised when an argument is left out and the session's token does not carry its value."""


class ScopeError(APIError):
    """Raised when a token's scope does not allow the operation, or the token must stay in the back end."""


class SignInError(APIError):
    """Raised when a sign-in does not end in a session."""


class StateMismatch(SignInError):
    """Raised when a callback does not have the state of the sign-in: another user's, or forged."""


class SignInRefused(SignInError):
    """Raised when the single sign-on returned an error instead of a code or token."""


__all__ = [
    "InvalidToken",
    "MissingClaim",
    "MissingCredentials",
    "ScopeError",
    "SignInError",
    "SignInRefused",
    "StateMismatch",
]
