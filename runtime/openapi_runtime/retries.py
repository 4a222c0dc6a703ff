"""When a failed attempt is repeated, and after how long a wait."""

from __future__ import annotations

import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

SAFE_METHODS: Final = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))
IDEMPOTENT_METHODS: Final = SAFE_METHODS | {"PUT", "DELETE"}

MAX_WAIT: Final = 60.0
"""Seconds; a server that asks for a longer wait is not asked again."""

_FIRST_WAIT: Final = 0.5
_LONGEST_BACKOFF: Final = 8.0
_MOST_DIGITS: Final = 12
_TRANSIENT: Final = frozenset(
    (
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    )
)


def is_transient(status: int, method: str) -> bool:
    """Return whether the same request may succeed later. After a 500, a write may be half done."""
    return status in _TRANSIENT or (status == HTTPStatus.INTERNAL_SERVER_ERROR and method in SAFE_METHODS)


def backoff(attempt: int) -> float:
    """Return the seconds to wait after an attempt, counted from 1: more each time, and random.

    Clients that failed together must not come back together, so any part of the longest wait may be drawn.
    """
    import random  # noqa: PLC0415  # programs start faster without it

    longest = min(_LONGEST_BACKOFF, _FIRST_WAIT * 2 ** min(attempt - 1, 8))
    return random.uniform(0, longest)  # noqa: S311  # not for secrets


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a `Retry-After` header asks to wait; None if there is none that makes sense."""
    text = headers.get("retry-after", "").strip()
    if not text or not text.isascii():
        return None
    if text.replace(".", "", 1).isdecimal() and len(text) <= _MOST_DIGITS:
        return float(text)
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  # programs start faster without it

    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
