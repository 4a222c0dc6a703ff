"""What a session can raise beside the errors of the generated client. `APIError` is the base of all of it."""

from __future__ import annotations

from kws_client.errors import APIError, MissingArgument


class InvalidToken(APIError, ValueError):
    """Not an access token. The message never holds it."""


class MissingCredentials(APIError):
    """An operation that needs a token, or client id and secret, in a session that has none."""


class MissingClaim(MissingArgument):
    """An argument was left out, and the session's token does not carry its value."""


class ScopeError(APIError):
    """The session's token has a scope that the operation does not take, or that must stay in the back end."""


class SignInError(APIError):
    """A sign-in that did not end in a session."""


class StateMismatch(SignInError):
    """A callback whose state is not the one the sign-in was started with: somebody else's, or forged."""


class SignInRefused(SignInError):
    """The single sign-on sent the user back with an error instead of a code or token."""


__all__ = [
    "InvalidToken",
    "MissingClaim",
    "MissingCredentials",
    "ScopeError",
    "SignInError",
    "SignInRefused",
    "StateMismatch",
]
