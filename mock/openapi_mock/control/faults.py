"""Faults on request: responses that fail, arrive late or broken, or never."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from itertools import count
from random import Random, SystemRandom
from typing import Any, Final, Literal, Self, TypeAlias, get_args

from openapi_mock.messages import NO_BODY, Delivery, Response, is_json
from openapi_reader import is_array, is_object

Kind: TypeAlias = Literal[
    "status",
    "delay",
    "reset",
    "lost-response",
    "cut",
    "drip",
    "truncated",
    "malformed",
    "wrong-type",
    "missing-field",
    "html",
    "duplicate-callback",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
UNHANDLED: Final[frozenset[Kind]] = frozenset({"status", "reset"})
"""Faults that happen before the request is handled, so that it has no effect."""

_WITH_STATUS: Final = ("status", "html")
_DRIP_S: Final = 0.02
_MOST_TRIES: Final = 50
_LONGEST_DELAY_S: Final = 3600
_PAGE: Final = "<!doctype html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>"


class FaultError(ValueError):
    """Raised for a fault that cannot be. The message says which values are possible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """How requests to an operation fail.

    `kind` is one of `KINDS`:

    - `status`: the error of that status, in the API's shape, with `Retry-After` if `retry_after` is given (in
      seconds). The request has no effect.
    - `delay`: the response comes `delay` seconds late. Every other kind may have a delay, too.
    - `reset`: the connection is reset before the request is handled.
    - `lost-response`: the request is handled, and the connection reset in place of the response.
    - `cut`: the connection is closed in the middle of the body.
    - `drip`: the body comes byte by byte, 50 of them in a second.
    - `truncated`, `malformed`: the body ends early, or is no JSON.
    - `wrong-type`, `missing-field`: one value of the body has another type, or is missing, so that the body
      is not as documented, if there is such a value. The mock's random numbers choose it. A response
      without a body gets a broken one.
    - `html`: a page of a proxy, with `status` or 502, in place of the response.
    - `duplicate-callback`: a callback is delivered twice; `operation` is then the name of its event.

    `operation` is an operation id, or None for all. The fault happens to the next `times` requests, or to all
    until it is removed; with a `probability` only to some of them.
    """

    kind: Kind
    operation: str | None = None
    status: int | None = None
    retry_after: int | None = None
    delay: float = 0.0
    times: int | None = None
    probability: float = 1.0
    id: int = 0

    def __post_init__(self) -> None:
        for is_right, advice in (
            (self.kind in KINDS, f"kind is one of {', '.join(KINDS)}"),
            (self.kind != "status" or self.status is not None, "the kind status needs a status, such as 503"),
            (self.status is None or 400 <= self.status <= 599, "status is a number from 400 to 599"),  # noqa: PLR2004
            (self.status is None or self.kind in _WITH_STATUS, "status goes with the kinds status and html"),
            (
                self.retry_after is None or self.kind in _WITH_STATUS,
                "retry_after goes with the kinds status and html",
            ),
            (self.kind != "delay" or self.delay > 0, "the kind delay needs a delay in seconds"),
            (0 <= self.delay <= _LONGEST_DELAY_S, f"delay is from 0 to {_LONGEST_DELAY_S} seconds"),
            (self.retry_after is None or self.retry_after >= 0, "retry_after is 0 seconds or more"),
            (self.times is None or self.times > 0, "times is 1 or more, or None until it is removed"),
            (0 < self.probability <= 1, "probability is more than 0, and at most 1"),
        ):
            if not is_right:
                raise FaultError(advice)

    @property
    def is_before_handling(self) -> bool:
        """Whether the request has no effect."""
        return self.kind in UNHANDLED


@dataclass(slots=True)
class Faults:
    """The faults of one mock. Safe to share between threads."""

    random: Random = field(default_factory=SystemRandom)
    _active: list[Fault] = field(default_factory=list[Fault])
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    def __bool__(self) -> bool:
        return bool(self._active)

    def __iter__(self) -> Iterator[Fault]:
        return iter(tuple(self._active))

    def add(self, fault: Fault) -> Fault:
        """Add a fault, and return it with its number. Of several that fit a request, the newest happens."""
        with self._lock:
            numbered = replace(fault, id=next(self._ids))
            self._active.append(numbered)
        return numbered

    def remove(self, fault_id: int) -> bool:
        """Remove a fault by its number. Return whether it was still there."""
        with self._lock:
            kept = [each for each in self._active if each.id != fault_id]
            found = len(kept) < len(self._active)
            self._active[:] = kept
        return found

    def clear(self) -> None:
        """Remove all faults."""
        with self._lock:
            self._active.clear()

    def take(self, name: str, *, of_callback: bool = False) -> Fault | None:
        """Return the fault that happens to a request for the operation, or to a callback, and count it."""
        if not self._active:
            return None
        with self._lock:
            for fault in reversed(self._active):
                fits = fault.operation in (None, name) and of_callback == (fault.kind == "duplicate-callback")
                if fits and (fault.probability == 1 or self.random.random() < fault.probability):
                    self._count(fault)
                    return fault
        return None

    def _count(self, fault: Fault) -> None:
        if fault.times is not None:
            place = self._active.index(fault)
            if fault.times == 1:
                del self._active[place]
            else:
                self._active[place] = replace(fault, times=fault.times - 1)


class ActiveFault:
    """A fault that was added to a mock. As a context manager, it is removed at the end of the block."""

    def __init__(self, faults: Faults, fault: Fault) -> None:
        self.fault = faults.add(fault)
        self._faults = faults

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def __repr__(self) -> str:
        return f"<ActiveFault {self.fault}>"

    def remove(self) -> None:
        """Remove the fault, if it is still there."""
        self._faults.remove(self.fault.id)


IsDocumented: TypeAlias = Callable[[Response], bool]


def spoil(
    response: Response, fault: Fault, random: Random, is_documented: IsDocumented = lambda _: False
) -> Response:
    """Return the response as the fault makes it."""
    delay = fault.delay
    match fault.kind:
        case "reset" | "lost-response":
            return replace(response, delivery=Delivery(delay_s=delay, cut=-1))
        case "cut":
            half = len(response.content) // 2
            return replace(response, delivery=Delivery(delay_s=delay, cut=half or -1))
        case "drip":
            return replace(response, delivery=Delivery(delay_s=delay, drip_s=_DRIP_S))
        case "html":
            wait = {} if fault.retry_after is None else {"retry-after": str(fault.retry_after)}
            response = Response(fault.status or 502, _PAGE, wait, "text/html; charset=utf-8")
        case "truncated" | "malformed" | "wrong-type" | "missing-field":
            response = _distorted(response, fault.kind, random, is_documented)
        case _:
            pass
    return replace(response, delivery=Delivery(delay_s=delay)) if delay else response


def _distorted(response: Response, kind: Kind, random: Random, is_documented: IsDocumented) -> Response:
    if response.body is NO_BODY:
        # There is nothing to spoil, so that something comes that should not be there.
        return _raw(Response(HTTPStatus.OK), b"{")
    content = response.content
    if kind == "truncated":
        return _raw(response, content[: len(content) // 2])
    if kind == "malformed" or not is_json(response.media_type):
        return _raw(response, b"{" + content[:-1] + b",]")
    value = json.loads(content or b"null")
    places = [path for path in _paths(value) if kind == "wrong-type" or isinstance(path[-1], str)]
    if not places and kind == "missing-field":
        return _raw(response, b"{}")
    random.shuffle(places)
    spoiled = [
        replace(response, body=_edited(value, place, kind)) for place in (places or [()])[:_MOST_TRIES]
    ]
    return next((each for each in spoiled if not is_documented(each)), spoiled[0])


def _raw(response: Response, content: bytes) -> Response:
    # The media type is that of a body that is encoded already; the header says what was promised.
    headers = {**response.headers, "content-type": response.media_type}
    return Response(response.status, content, headers, media_type="application/octet-stream")


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the paths to all values within a JSON value."""
    if path:
        yield path
    if is_object(value):
        for name, child in value.items():
            yield from _paths(child, (*path, name))
    elif is_array(value):
        for index, child in enumerate(value):
            yield from _paths(child, (*path, index))


def _edited(value: Any, path: tuple[str | int, ...], kind: Kind) -> Any:
    """Return a JSON value with the value at `path` of another type, or without it."""
    if not path:
        return _of_another_type(value)
    key, *rest = path
    copy: Any = {**value} if is_object(value) else [*value]
    if rest:
        copy[key] = _edited(copy[key], tuple(rest), kind)
    elif kind == "missing-field":
        del copy[key]
    else:
        copy[key] = _of_another_type(copy[key])
    return copy


def _of_another_type(value: Any) -> Any:
    return {"unexpected": True} if not is_object(value) else "unexpected"
