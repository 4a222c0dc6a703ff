"""What went wrong, and the calls that led to it, which are kept with the error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from schemathesis import Case

from openapi_fuzz.document import Alternative

if TYPE_CHECKING:
    from openapi_fuzz.exchange import Via
    from openapi_fuzz.target import Target

_ATTRIBUTE: Final = "openapi_fuzz_sent"


@dataclass(frozen=True)
class SentCase:
    """A case on its way to a server.

    Attributes:
        target: Which API it is for.
        operation_id: Which operation of it.
        case: The case.
        number: What chose how it is sent.
        via: How it is sent.
        alternative: The security alternative whose credentials go with it.
        base_url: Root of the API.
        secrets: What must be shown nowhere.
    """

    target: Target
    operation_id: str
    case: Case[Any]
    number: int
    via: Via
    alternative: Alternative
    base_url: str
    secrets: Sequence[str]


@dataclass(frozen=True)
class Finding:
    """A failure of a test, with what reproduces it. No secret is in it.

    Attributes:
        test: Which test failed.
        message: What is wrong.
        target: Which API was called; empty where the error tells no call.
        calls: Ids of the operations that were called.
        curl: A line for each call.
        python: A program that makes the calls with the client.
        pin: The calls as values of JSON, to be made first in later runs; None where JSON cannot say them.
    """

    test: str
    message: str
    target: str = ""
    calls: Sequence[str] = ()
    curl: Sequence[str] = ()
    python: str = ""
    pin: dict[str, Any] | None = None


def note(error: BaseException, sent_cases: Sequence[SentCase]) -> None:
    """Keep with an error the calls that led to it."""
    setattr(error, _ATTRIBUTE, [*sent_cases])


def noted(error: BaseException) -> Iterator[tuple[BaseException, Sequence[SentCase]]]:
    """Yield each error that has calls, with them. Only errors without calls are searched further."""
    pending, seen = [error], set[int]()
    while pending:
        found = pending.pop(0)
        if id(found) in seen:
            continue
        seen.add(id(found))
        sent_cases: Sequence[SentCase] | None = getattr(found, _ATTRIBUTE, None)
        if sent_cases:
            yield found, sent_cases
            continue
        inner: Sequence[BaseException] = getattr(found, "exceptions", ())
        pending += [*inner] or [each for each in (found.__cause__, found.__context__) if each is not None]
