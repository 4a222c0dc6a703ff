"""Options of calls: limits of time, tries and size, and further headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import httpx
from attrs import evolve, field, fields_dict, frozen

from .errors import ConfigurationError
from .messages import Phases
from .settings import check_header, check_timeout
from .types import UNSET, Unset

Timeout: TypeAlias = "httpx.Timeout | float | None"

MIB: Final = 2**20


@frozen(kw_only=True)
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

    timeout: Timeout | Unset = UNSET
    deadline: float | Unset | None = UNSET
    max_retries: int | Unset = UNSET
    max_response_size: int | Unset = UNSET
    headers: Mapping[str, str] | Unset = field(default=UNSET, repr=False)
    idempotent: bool | Unset = UNSET

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.timeout, Unset):
            check_timeout(self.timeout)
        if not isinstance(self.deadline, Unset | None):
            _check_seconds("deadline", self.deadline)
        for name, least in (("max_retries", 0), ("max_response_size", 1)):
            if not isinstance(value := getattr(self, name), Unset):
                _check_whole(name, value, least)
        if not isinstance(self.headers, Unset):
            for name, value in _checked_mapping(self.headers).items():
                check_header(f"headers[{name!r}]", value)

    def over(self, other: Options) -> Options:
        """Return these options, with those of another where one is UNSET here; headers of both."""
        changes: dict[str, Any] = {
            name: value
            for name in fields_dict(Options)
            if not isinstance(value := getattr(self, name), Unset)
        }
        if "headers" in changes and not isinstance(other.headers, Unset):
            changes["headers"] = {**other.headers, **changes["headers"]}
        return evolve(other, **changes)


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
    checked: Mapping[str, object] = headers
    return checked
