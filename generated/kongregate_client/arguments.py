# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Checks of arguments that the API's description asks for, before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn, cast

from attrs import frozen

from .decoding import kind
from .errors import InvalidArgument
from .operation import Operation
from .types import Unset

_TEXTS: Final = str | bytes


@frozen(kw_only=True)
class Bounds:
    """What a value has to keep to.

    Attributes:
        whole: Whether numbers have to be integers.
        minimum: The least a number may be.
        maximum: The most a number may be.
        items: The most items a list may have.
    """

    whole: bool = False
    minimum: float | None = None
    maximum: float | None = None
    items: int | None = None

    def check(self, value: object, argument: str, operation: Operation[Any, Any]) -> None:
        """Look at an argument; of a mapping or list, at every value.

        Raises:
            InvalidArgument: It is out of bounds; the message names the place.
        """
        number = value
        if isinstance(value, Mapping):
            for key, each in cast("Mapping[object, object]", value).items():
                self.check(each, f"{argument}[{key!r}]", operation)
        elif isinstance(value, Sequence) and not isinstance(value, _TEXTS):
            values = cast("Sequence[object]", value)
            if self.items is not None and len(values) > self.items:
                _refuse(operation, argument, f"expected at most {self.items} items, got {len(values)}")
            for index, each in enumerate(values):
                self.check(each, f"{argument}[{index}]", operation)
        elif self._of_numbers and not isinstance(value, Unset):
            self._check_number(number, argument, operation)

    @property
    def _of_numbers(self) -> bool:
        return self.whole or self.minimum is not None or self.maximum is not None

    def _check_number(self, value: object, argument: str, operation: Operation[Any, Any]) -> None:
        if not isinstance(value, int if self.whole else int | float) or isinstance(value, bool):
            _refuse(
                operation,
                argument,
                f"expected {'an integer' if self.whole else 'a number'}, got {kind(value)}",
            )
        if self.minimum is not None and value < self.minimum:
            _refuse(operation, argument, f"expected at least {self.minimum}")
        if self.maximum is not None and value > self.maximum:
            _refuse(operation, argument, f"expected at most {self.maximum}")


def _refuse(operation: Operation[Any, Any], place: str, why: str) -> NoReturn:
    raise operation.complaint(InvalidArgument, f": {place}: {why}")
