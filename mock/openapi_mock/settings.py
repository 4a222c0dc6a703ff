"""What a behaviour is made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random, SystemRandom
from typing import Any

from openapi_reader import Tree

from .clock import MovableClock
from .control.faults import Faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices of a user for one mock, as `create` of a package `NAME_mock` gets them.

    `database` is an SQLAlchemy URL, or None for a state in memory. `random` makes everything that is random,
    so that one with a seed repeats it. `callback_hosts` may receive callbacks besides this machine. `faults`
    are those of the mock, for a behaviour that sends callbacks. `seed` is the initial state in the API's own
    terms, as `openapi_reader.read` returns it or as a mapping, or None for the default one; errors call it by
    `seed_source`, the name of its file.
    """

    database: str | None = field(default=None, repr=False)
    clock: MovableClock = field(default_factory=MovableClock)
    random: Random = field(default_factory=SystemRandom, repr=False)
    callback_hosts: frozenset[str] = frozenset()
    faults: Faults = field(default_factory=Faults)
    seed: Tree | Mapping[str, Any] | None = field(default=None, repr=False)
    seed_source: str = "seed"
