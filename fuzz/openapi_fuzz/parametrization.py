"""Test classes whose tests run once for each target, operation, or whatever else they take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeVar

import pytest

if TYPE_CHECKING:
    from .document import Operation
    from .target import Target

Parameters: TypeAlias = tuple[tuple[str, ...], Sequence[Any]]
"""Names of a test's arguments, and a `pytest.param` with their values for each time that it runs."""


class Parametrized:
    """Tests with the parameters that `with_parameters` gives them.

    Attributes:
        parameters: Parameters of tests, by the beginnings of their names.
    """

    parameters: ClassVar[Mapping[str, Parameters]]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Run each test once for each of its parameters."""
        metafunc.parametrize(*_of_test(metafunc.function.__name__, self.parameters))


T = TypeVar("T", bound=Parametrized)


def with_parameters(tests: type[T], parameters: Mapping[str, Parameters]) -> type[T]:
    """Return a test class with parameters, and without the tests that have none.

    Args:
        tests: The class.
        parameters: Parameters by the beginnings of the tests' names, of which the longest one counts.
    """
    names = [name for name in dir(tests) if name.startswith("test_")]
    without = {name: None for name in names if not _of_test(name, parameters)[1]}
    made: Any = type(tests.__name__, (tests,), {"parameters": parameters, **without})
    found: type[T] = made
    return found


def of_targets(targets: Iterable[Target]) -> Parameters:
    """Return parameters with which a test runs once for each target."""
    return ("target",), [pytest.param(each, id=each.name) for each in targets]


def of_operations(
    targets: Iterable[Target], fits: Callable[[Target, Operation], bool] = lambda _target, _operation: True
) -> Parameters:
    """Return parameters with which a test runs once for each operation that fits.

    Raises:
        TargetError: A client is missing, or does not fit its document.
    """
    return ("target", "operation_id"), [
        pytest.param(each, operation.id, id=f"{each.name}-{operation.id}")
        for each in targets
        for operation in each.document.operations.values()
        if operation.id in each.endpoints and fits(each, operation)
    ]


def _of_test(name: str, parameters: Mapping[str, Parameters]) -> Parameters:
    return parameters[max((each for each in parameters if name.startswith(each)), key=len)]
