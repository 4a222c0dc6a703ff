"""What a call over a failing network has to come to: how often it is attempted, when, and how it ends.

This is a second reading of what README promises about retries and limits; it shares no code with the runtime.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Final, Literal, NamedTuple, TypeAlias

from hypothesis import strategies as st

from .clock import START
from .plans import Answer, Plan

Way: TypeAlias = Literal["pool", "httpx"]
"""The transport that sends the requests."""

_SAFE: Final = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))
_REPEATABLE: Final = _SAFE | {"PUT", "DELETE"}
_PASSING: Final = frozenset((408, 429, 502, 503, 504))
_LONGEST_WAIT: Final = 60.0
_KEPT_FOR: Final = 5.0
_STATUSES: Final = (200, 200, 400, 401, 404, 408, 429, 500, 501, 502, 503, 503, 504, 302, 599)
_OF_PHASE: Final = {"connect": "Connect", "tls": "Connect", "write": "Write", "head": "Read", "body": "Read"}


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


class Attempt(NamedTuple):
    """One attempt, as a hook has to see it, and what it costs."""

    status: int | None
    reason: str
    seconds: float
    retry_in: float | None = None


class Ending(NamedTuple):
    """How an attempt ends.

    Attributes:
        status: Status of the response; None for none.
        reason: Why there is none.
        seconds: What it took.
        is_unsent: Whether nothing was written.
        keeps: Whether the connection is kept.
    """

    status: int | None
    reason: str
    seconds: float
    is_unsent: bool = False
    keeps: bool = False


@dataclass
class Outcome:
    """What a call comes to.

    Attributes:
        attempts: Its attempts.
        waits: The waits between them.
        tokens: Number of the credentials of each attempt that wrote anything, from 1; 0 for none.
        connections: How many connections are made.
        seconds: How long everything takes.
    """

    attempts: list[Attempt] = field(default_factory=list[Attempt])
    waits: list[float] = field(default_factory=list[float])
    tokens: list[int] = field(default_factory=list[int])
    connections: int = 0
    seconds: float = 0.0

    @property
    def last(self) -> Attempt:
        """The last attempt."""
        return self.attempts[-1]


def outcome(situation: Situation, way: Way, now: float) -> Outcome:
    """Return what a call has to come to, if it begins at a time."""
    found = Outcome()
    may_renew, token, kept_since = True, min(situation.tokens, 1), None
    for number in range(1, len(situation.plans) + 2):
        plan = situation.plans[min(number, len(situation.plans)) - 1]
        spent = found.seconds
        is_fresh = kept_since is None or spent - kept_since > _KEPT_FOR or plan.needs_connection
        ending = _ending(plan, _limit(situation, spent), way, is_fresh=is_fresh)
        found.seconds += ending.seconds
        found.connections += is_fresh and (plan.fails != "connect" and not _is_over(situation, spent))
        if not ending.is_unsent:
            found.tokens.append(token)
        kept_since = found.seconds if ending.keeps else None
        wait = _wait(situation, number, ending, plan, found.seconds, now)
        found.attempts.append(Attempt(*ending[:3], retry_in=wait))
        if ending.status == HTTPStatus.UNAUTHORIZED and token and may_renew:
            may_renew = False
            if token < situation.tokens:
                token += 1
                continue
        if wait is None:
            return found
        if wait:
            found.waits.append(wait)
            found.seconds += wait
    raise AssertionError("more attempts than there are plans")


def _limit(situation: Situation, spent: float) -> float:
    """Return the seconds that an attempt has."""
    left = float("inf") if situation.deadline is None else max(situation.deadline - spent, 0.0)
    return left if situation.timeout is None else min(left, situation.timeout)


def _is_over(situation: Situation, spent: float) -> bool:
    return _limit(situation, spent) <= 0


def _ending(plan: Plan, limit: float, way: Way, *, is_fresh: bool) -> Ending:
    """Return how one attempt ends that has so many seconds."""
    if limit <= 0:
        return Ending(None, "ConnectTimeout" if is_fresh else "WriteTimeout", 0.0, is_unsent=True)
    if plan.fails in ("connect", "tls", "write"):
        return Ending(None, *_failure(plan, limit, 0.0, way), is_unsent=plan.fails != "write")
    spent, pace = 0.0, plan.answer.pace
    pieces = list(plan.response())
    for index in range(len(pieces)):
        # The pool bounds all reads together, a client of httpx each of them, and the body as a whole.
        left = limit - spent if way == "pool" else limit
        if pace > left or left <= 0:
            return Ending(None, "ReadTimeout", spent + left)
        spent += pace
        if way == "httpx" and spent > limit and _is_data(plan, index):
            return Ending(None, "ReadTimeout", spent)
    if way == "pool" and spent == limit and _reads_on(plan):
        return Ending(None, "ReadTimeout", spent)
    if plan.fails is None:
        return Ending(plan.answer.status, "", spent, keeps=plan.answer.keeps_connection)
    return Ending(None, *_failure(plan, limit, spent, way))


def _is_data(plan: Plan, index: int) -> bool:
    """Return whether a piece of a response holds a part of its body."""
    return 0 < index < (len(plan.answer.parts) + (plan.answer.framing != "chunked"))


def _reads_on(plan: Plan) -> bool:
    """Return whether a client has to read on after the last piece, to see that there is no other."""
    return plan.how != "garbage" if plan.fails else plan.answer.framing == "close"


def _failure(plan: Plan, limit: float, spent: float, way: Way) -> tuple[str, float]:
    phase = _OF_PHASE.get(plan.fails or "", "")
    match plan.how:
        case "late":
            return f"{phase}Timeout", limit if way == "pool" else spent + limit
        case "broken":
            # What a server has to say before it stops to listen is read.
            return f"{'Read' if plan.fails == 'write' else phase}Error", spent
        case _:
            return "RemoteProtocolError", spent


def _wait(
    situation: Situation, number: int, ending: Ending, plan: Plan, spent: float, now: float
) -> float | None:
    """Return the seconds until the next attempt; None if there is none."""
    asked: float | None = None
    if ending.status is None:
        may_repeat = situation.is_repeatable or ending.is_unsent
    else:
        is_passing = ending.status in _PASSING or (
            ending.status == HTTPStatus.INTERNAL_SERVER_ERROR and situation.method in _SAFE
        )
        may_repeat = is_passing and situation.is_repeatable
        asked = asked_wait(plan.answer, now + spent)
    if not may_repeat or number > situation.max_retries:
        return None
    wait = situation.luck * min(8.0, 0.5 * 2 ** (number - 1)) if asked is None else asked
    if wait > _LONGEST_WAIT:
        return None
    is_late = situation.deadline is not None and spent + wait >= situation.deadline
    return None if is_late else wait


# ---- Retry-After


def asked_wait(answer: Answer, now: float) -> float | None:
    """Return the seconds that a response asks to wait; None if it asks for nothing that makes sense."""
    text = next((value for name, value in answer.headers if name.lower() == "retry-after"), "")
    if text in _DATES:
        return max(0.0, _DATES[text] - now)
    return _SECONDS.get(text)


def _dates(*seconds: float) -> dict[str, float]:
    return {
        format_datetime(datetime.fromtimestamp(START + each, UTC), usegmt=True): START + each
        for each in seconds
    }


_SECONDS: Final[Mapping[str, float | None]] = {
    "0": 0.0,
    "0.5": 0.5,
    "1": 1.0,
    "7": 7.0,
    "60": 60.0,
    "60.5": 60.5,
    "61": 61.0,
    "999999999999": 999_999_999_999.0,
    **dict.fromkeys(("", "soon", "-1", "1e1", "1.2.3", "9999999999999", "Thu, 99 Jan 1970 00:00:00 GMT")),
}
_DATES: Final = _dates(-10, 3, 20, 60, 90, 10**9)


# ---- Strategies


def answers() -> st.SearchStrategy[Answer]:
    """Return a strategy for responses."""
    retry_after = st.sampled_from([*_SECONDS, *_DATES]).map(lambda text: (("Retry-After", text),))
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
