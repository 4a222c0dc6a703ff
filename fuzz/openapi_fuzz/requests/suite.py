"""Test classes for pytest: whatever becomes of a request, a server refuses it properly and writes nothing."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from openapi_fuzz import cases
from openapi_fuzz.parametrization import Parametrized, with_parameters
from openapi_fuzz.plugin import FuzzSession
from openapi_fuzz.properties import Properties

from .damage import damaged
from .judging import HostileTarget, Probe
from .raw import RawRequest
from .spellings import respelled


def hostile_request_tests(*targets: HostileTarget) -> type[HostileRequestTests]:
    """Return a test class that damages valid requests. Assign it to a name that pytest collects."""
    parameters = [
        pytest.param(each, operation_id, id=f"{each.target.name}-{operation_id}")
        for each in targets
        for operation_id in each.target.document.operations
    ]
    return with_parameters(HostileRequestTests, {"test_": (("hostile", "operation_id"), parameters)})


class HostileRequestTests(Parametrized):
    """Tests of targets, to be had from `hostile_request_tests`."""

    def test_damaged_request_is_refused_and_changes_nothing(
        self, hostile: HostileTarget, operation_id: str, fuzz_session: FuzzSession
    ) -> None:
        """Bytes, sizes, aliases and odd methods; the same in every run, and some that differ."""
        operation = hostile.target.document.operations[operation_id]
        with Probe(hostile) as probe:

            def check(pair: tuple[RawRequest, RawRequest]) -> None:
                probe.check_damaged_request(operation, *pair)

            requests = st.sampled_from(probe.requests(operation_id))
            pairs = requests.flatmap(lambda valid: st.tuples(st.just(valid), damaged(valid)))
            for seed in (cases.FIXED_SEED, fuzz_session.seed):
                Properties(seed, fuzz_session.examples).hold(check, pairs, share=1 / 3)

    def test_another_spelling_gets_the_same_response(
        self, hostile: HostileTarget, operation_id: str, fuzz_session: FuzzSession
    ) -> None:
        """Requests that HTTP says are equal get the same response."""
        with Probe(hostile) as probe:

            def check(pair: tuple[RawRequest, RawRequest]) -> None:
                probe.check_spelling(*pair)

            requests = st.sampled_from(probe.requests(operation_id))
            pairs = requests.flatmap(lambda valid: st.tuples(st.just(valid), respelled(valid)))
            Properties(fuzz_session.seed, fuzz_session.examples).hold(check, pairs, share=1 / 3)

    def test_allow_names_the_documented_methods(self, hostile: HostileTarget, operation_id: str) -> None:
        """An unknown method gets 405, with the methods of the path in `Allow`."""
        operation = hostile.target.document.operations[operation_id]
        with Probe(hostile) as probe:
            probe.check_allowed_methods(operation, probe.requests(operation_id)[0])
