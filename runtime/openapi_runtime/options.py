"""Options of calls: limits of time, tries and size, and further headers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from copy import copy
from typing import Any, ClassVar, Final, TypeAlias, cast

import httpx

from .errors import ConfigurationError
from .messages import Phases, joined_headers
from .settings import check_flag, check_header, check_timeout
from .types import UNSET, Unset

Timeout: TypeAlias = "httpx.Timeout | float | None"

MIB: Final = 2**20


class Options:
    """Options of a call, or of all calls of a client. Those that are UNSET are the client's.

    Attributes:
        timeout: Seconds for one attempt, from connecting to the last byte of the response; an
            `httpx.Timeout` limits each phase instead. None is no limit.
        deadline: Seconds for the whole call, with all attempts, the waits between them, and the wait for a
            token. None is no limit.
        max_retries: How often an attempt that failed is repeated, where that is safe.
        max_response_size: The most bytes that the body of a response may have, unpacked.
        headers: Sent with each request, beside the client's, over which they win.
        idempotent: Whether a request may be sent again although the server may have received it. By default
            that is so for GET, HEAD, OPTIONS, PUT and DELETE, and for what the API marks as idempotent.

    Raises:
        ConfigurationError: One of them has a wrong type or value; the message does not show headers.
    """

    # An ordinary class, since every program imports it, and attrs takes longer than all the rest.
    NAMES: ClassVar = ("timeout", "deadline", "max_retries", "max_response_size", "headers", "idempotent")
    __slots__ = (*NAMES, "ends")

    def __init__(
        self,
        *,
        timeout: Timeout | Unset = UNSET,
        deadline: float | Unset | None = UNSET,
        max_retries: int | Unset = UNSET,
        max_response_size: int | Unset = UNSET,
        headers: Mapping[str, str] | Unset = UNSET,
        idempotent: bool | Unset = UNSET,
    ) -> None:
        if not isinstance(timeout, Unset):
            check_timeout(timeout)
        if not isinstance(deadline, Unset | None):
            _check_seconds("deadline", deadline)
        for name, value, least in (
            ("max_retries", max_retries, 0),
            ("max_response_size", max_response_size, 1),
        ):
            if not isinstance(value, Unset):
                _check_whole(name, value, least)
        if not isinstance(headers, Unset):
            for name, text in _checked_mapping(headers).items():
                check_header(f"headers[{name!r}]", text)
        if not isinstance(idempotent, Unset):
            check_flag("idempotent", idempotent)
        self.timeout = timeout
        self.deadline = deadline
        self.max_retries = max_retries
        self.max_response_size = max_response_size
        self.headers = headers
        self.idempotent = idempotent
        # When a call that has begun has to be over, in seconds of `time.monotonic()`.
        self.ends: float | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Options) and self._given() == other._given()

    def __hash__(self) -> int:
        return hash((type(self), *(name for name in self._given())))

    def __repr__(self) -> str:
        shown = {name: "…" if name == "headers" else repr(value) for name, value in self._given().items()}
        return f"Options({', '.join(f'{name}={text}' for name, text in shown.items())})"

    def over(self, other: Options) -> Options:
        """Return these options, with those of another where one is UNSET here; headers of both."""
        given, beneath = self._given(), other._given()
        headers = joined_headers(beneath.get("headers", {}), given.get("headers", {}))
        merged = copy(other)
        for name, value in given.items():
            setattr(merged, name, value)
        if headers:
            merged.headers = headers
        merged.ends = self.ends
        return merged

    def begun(self) -> Options:
        """Return these options with their deadline counted from now, if it is not counted already."""
        if self.ends is not None or not isinstance(self.deadline, int | float):
            return self
        changed = copy(self)
        changed.ends = time.monotonic() + self.deadline
        return changed

    def without(self, name: str) -> Options:
        """Return these options with one of them UNSET."""
        changed = copy(self)
        setattr(changed, name, UNSET)
        return changed

    def _given(self) -> dict[str, Any]:
        values = ((name, getattr(self, name)) for name in self.NAMES)
        return {name: value for name, value in values if not isinstance(value, Unset)}


def phases_of(timeout: Timeout | Unset) -> Phases | Unset:
    """Return the limits of the phases of an attempt."""
    if isinstance(timeout, Unset):
        return UNSET
    if isinstance(timeout, httpx.Timeout):
        return timeout.as_dict()
    return {"connect": timeout, "read": timeout, "write": timeout, "pool": timeout}


def _check_seconds(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ConfigurationError(f"{name}: expected seconds as a number or None, got {type(value).__name__}")
    if not 0 < value < float("inf"):
        raise ConfigurationError(f"{name}: expected more than 0 seconds, got {value}; None is no limit")


def _check_whole(name: str, value: object, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        shown = value if isinstance(value, int) else type(value).__name__
        raise ConfigurationError(f"{name}: expected a whole number of at least {least}, got {shown}")


def _checked_mapping(headers: object) -> Mapping[str, object]:
    if not isinstance(headers, Mapping):
        raise ConfigurationError(f"headers: expected a mapping, got {type(headers).__name__}")
    return cast("Mapping[str, object]", headers)
