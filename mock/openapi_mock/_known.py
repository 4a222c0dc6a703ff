"""The type of `load`: for a known name, a mock with the control object of that API. For type checkers only.

This is the one place of the engine that names APIs.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal, Protocol, overload

if TYPE_CHECKING:
    from kongregate_mock.control import KongregateControl
    from kws_mock.control import KwsControl

    from .control.control import Control
    from .engine import Mock
    from .settings import Settings


class Load(Protocol):
    """`openapi_mock.load`."""

    @overload
    def __call__(
        self, name: Literal["kws"], database: str | None = None, *, settings: Settings | None = None
    ) -> Mock[KwsControl]: ...
    @overload
    def __call__(
        self, name: Literal["kongregate"], database: str | None = None, *, settings: Settings | None = None
    ) -> Mock[KongregateControl]: ...
    @overload
    def __call__(
        self, name: str | os.PathLike[str], database: str | None = None, *, settings: Settings | None = None
    ) -> Mock[Control]: ...
    def __call__(
        self, name: str | os.PathLike[str], database: str | None = None, *, settings: Settings | None = None
    ) -> object:
        """Return the mock of an API, given by name or by the path of its document."""
        ...
