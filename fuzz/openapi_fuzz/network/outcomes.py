"""What a call over a failing network has to come to: how often it is attempted, when, and how it ends.

This is a second reading of what README promises about retries and limits; it shares no code with the runtime.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final, Literal, NamedTuple, TypeAlias

from openapi_fuzz.document import Operation

from .plans import Answer, Plan
from .situations import DATES, SECONDS, Situation

Way: TypeAlias = Literal["pool", "httpx"]
"""The transport that sends the requests."""

_PASSING: Final = frozenset((408, 429, 502, 503, 504))
_LONGEST_WAIT: Final = 60.0
_KEPT_FOR: Final = 5.0
_OF_PHASE: Final = {"connect": "Connect", "tls": "Connect", "write": "Write", "head": "Read", "body": "Read"}


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
            # A response that the server sent before it stopped reading is still read.
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
            ending.status == HTTPStatus.INTERNAL_SERVER_ERROR and situation.method in Operation.SAFE
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


def asked_wait(answer: Answer, now: float) -> float | None:
    """Return the seconds that a response asks to wait; None if it asks for nothing that makes sense."""
    text = next((value for name, value in answer.headers if name.lower() == "retry-after"), "")
    if text in DATES:
        return max(0.0, DATES[text] - now)
    return SECONDS.get(text)
