# ruff: noqa: S603 (what is run here is our own)
"""The parts of a generated client are imported when they are first used."""

from __future__ import annotations

import subprocess
import sys

import pytest


def imported(odd_output, statement):
    """Return the modules of the client that a statement imports, in a process of its own."""
    code = f"import sys; {statement}; print(*sorted(m for m in sys.modules if m.startswith('odd_client')))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=odd_output, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_importing_the_package_imports_no_endpoint_and_no_model(odd_output):
    assert imported(odd_output, "import odd_client") == ["odd_client"]


def test_importing_the_facade_imports_no_endpoint_and_no_model(odd_output):
    assert imported(odd_output, "from odd_client import Api") == ["odd_client", "odd_client.api"]


def test_importing_one_model_imports_only_what_it_is_made_of(odd_output):
    found = imported(odd_output, "from odd_client.models import GetNumberedResponse200, ThingInner")
    assert found == [
        "odd_client",
        "odd_client.models",
        "odd_client.models.get_numbered_response_200",
        "odd_client.models.thing_inner",
    ]


def test_every_model_can_be_reached_and_nothing_else(odd):
    for name in odd.models.__all__:
        assert getattr(odd.models, name).__name__ == name
    assert set(odd.models.__all__) <= set(dir(odd.models))
    for module in (odd.models, odd):
        with pytest.raises(AttributeError, match=r"no attribute 'nothing'"):
            _ = module.nothing
