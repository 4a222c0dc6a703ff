"""What a server has to answer and to remember, as far as the author of a target knows."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from .document import Operation
from .exchange import Exchange

if TYPE_CHECKING:
    from .channel import Channel


_REFUSALS: Final = (403, 404, 409, 410)


class Model:
    """A model of one server, which learns from every exchange. This one knows nothing but the document.

    The fuzzing makes one for each server that it opens. Whatever is wrong raises AssertionError.
    """

    def begin(self, channel: Channel) -> None:
        """Look at the server before the first case."""

    def expected(self, operation: Operation, exchange: Exchange) -> Collection[int | str]:
        """Return the outcomes that are right for a case that the document allows.

        An outcome is a status; or the name of the client's error, for a failure that the body reports under
        the status of a success. Without further knowledge every documented success is right, and every
        documented refusal that depends on what the server has: 403, 404, 409 and 410.
        """
        del exchange
        return {*operation.successes, *(each for each in _REFUSALS if operation.response(each) is not None)}

    def tolerates(self, operation: Operation, exchange: Exchange) -> bool:
        """Return whether the server takes a case that the document rules out; it is judged as if allowed."""
        del operation, exchange
        return False

    def observe(self, operation_id: str, exchange: Exchange) -> None:
        """Compare an exchange with those before it, and learn from it."""

    def audit(self, channel: Channel) -> None:
        """Read back what was written, after the last case."""
