import pytest
from targets import targets


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`target` is every API, `target` with `operation_id` every operation of every API."""
    apis = targets()
    if {"target", "operation_id"} <= set(metafunc.fixturenames):
        pairs = [(each, name) for each in apis for name in each.operations]
        ids = [f"{each.name}-{name}" for each, name in pairs]
        metafunc.parametrize(("target", "operation_id"), pairs, ids=ids)
    elif "target" in metafunc.fixturenames:
        metafunc.parametrize("target", apis, ids=[each.name for each in apis])
