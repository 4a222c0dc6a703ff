"""Calls over a failing network: what a caller asks for, and what the network does with each attempt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from hypothesis import strategies as st

from openapi_fuzz.document import Operation

from .clock import START
from .plans import Answer, Plan

_REPEATABLE: Final = frozenset((*Operation.SAFE, "PUT", "DELETE"))
_STATUSES: Final = (200, 200, 400, 401, 404, 408, 429, 500, 501, 502, 503, 503, 504, 302, 599)


def _dates(*seconds: float) -> dict[str, float]:
    return {
        format_datetime(datetime.fromtimestamp(START + each, UTC), usegmt=True): START + each
        for each in seconds
    }


SECONDS: Final[Mapping[str, float | None]] = {
    "0": 0.0,
    "0.5": 0.5,
    "1": 1.0,
    "7": 7.0,
    "60": 60.0,
    "60.5": 60.5,
    "61": 61.0,
    "999999999999": 999_999_999_999.0,
    **dict.fromkeys(("", "soon", "-1", "1e1", "1.2.3", "9999999999999", "Thu, 99 Jan 1970 00:00:00 GMT")),
    # Python reads no year of so many digits.
    "Thu, 01 Jan 99999999999 00:00:00 GMT": None,
}
"""Values of `Retry-After`, and the seconds that they mean; None for those that mean nothing."""

DATES: Final = _dates(-10, 3, 20, 60, 90, 10**9)
"""Dates as values of `Retry-After`, and the times that they mean."""


@dataclass(frozen=True)
class Situation:
    """A call, and what the network does with it. Seconds are multiples of 1/8, which floats hold exactly.

    Attributes:
        method: Method of the operation.
        marked: Whether the document marks the operation as idempotent.
        allowed: What the caller says of that; None for nothing.
        plans: What is done with each attempt.
        max_retries: How often the caller wants an attempt repeated.
        timeout: Seconds for an attempt; None for no limit.
        deadline: Seconds for the call; None for no limit.
        luck: Which part of the longest wait is drawn, from 0 to 1.
        tokens: How many credentials there are, one after the other.
    """

    method: str
    marked: bool
    allowed: bool | None
    plans: tuple[Plan, ...]
    max_retries: int
    timeout: float | None
    deadline: float | None
    luck: float
    tokens: int

    @property
    def is_repeatable(self) -> bool:
        """Whether a request may be sent again although the server may have got it."""
        return self.allowed if self.allowed is not None else self.marked or self.method in _REPEATABLE


def answers() -> st.SearchStrategy[Answer]:
    """Return a strategy for responses."""
    retry_after = st.sampled_from([*SECONDS, *DATES]).map(lambda text: (("Retry-After", text),))
    closing = st.just((("Connection", "close"),))
    return st.builds(
        Answer,
        status=st.sampled_from(_STATUSES),
        headers=st.just(()) | retry_after | closing,
        body=st.sampled_from((b"7", b'"made up"', b"{}")),
        framing=st.sampled_from(("length", "chunked", "close")),
        pieces=st.integers(1, 3),
        pace=st.sampled_from((0.0, 0.0, 0.0, 0.5, 1.0, 1.5)),
        interim=st.booleans(),
    )


def plans() -> st.SearchStrategy[Plan]:
    """Return a strategy for what the network does with an attempt."""
    failing = st.builds(
        Plan,
        answer=answers(),
        fails=st.sampled_from(("connect", "tls", "write", "head", "body")),
        how=st.sampled_from(("broken", "late", "closed", "garbage")),
        hangs_up=st.booleans(),
    )
    sound = st.builds(Plan, answer=answers(), hangs_up=st.booleans())
    return sound | failing.map(_possible)


def _possible(plan: Plan) -> Plan:
    """Return a plan that makes sense: before a response begins, nothing of it can be wrong."""
    if plan.fails not in ("head", "body"):
        return replace(plan, how="late" if plan.how == "late" else "broken")
    if plan.how == "garbage":
        return replace(plan, answer=replace(plan.answer, framing="chunked", pace=0.0))
    if plan.how == "closed" and plan.answer.framing == "close":
        return replace(plan, answer=replace(plan.answer, framing="length"))
    return plan


def situations() -> st.SearchStrategy[Situation]:
    """Return a strategy for calls."""
    limits = st.sampled_from((None, 1.0, 2.0, 4.0, 30.0))
    drawn = st.builds(
        Situation,
        method=st.sampled_from(("GET", "PUT", "DELETE", "POST", "POST", "POST", "PATCH")),
        marked=st.sampled_from((False, False, True)),
        allowed=st.sampled_from((None, None, None, True, False)),
        plans=st.lists(plans(), min_size=6, max_size=6).map(tuple),
        max_retries=st.integers(0, 3),
        timeout=limits,
        deadline=limits | st.sampled_from((60.0, 100.0)),
        luck=st.sampled_from((0.0, 0.25, 1.0)),
        tokens=st.integers(0, 3),
    )
    # Without any limit, a client may wait for ever.
    return drawn.filter(lambda each: each.timeout is not None or each.deadline is not None)
