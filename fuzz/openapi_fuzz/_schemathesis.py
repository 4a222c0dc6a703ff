"""schemathesis, as the rest of this package uses it: with types, and with what is not public of it.

No other module imports anything of schemathesis that its documentation does not name. Checked with version
4.32.5: look through this module when pyproject.toml is to allow another one.
"""

# schemathesis leaves type arguments open, and exports less than it documents.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportPrivateImportUsage=false

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from inspect import getmembers
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

import httpx
import hypothesis
import requests
import schemathesis
from hypothesis.stateful import RULE_MARKER, Bundle
from hypothesis.strategies import SearchStrategy
from schemathesis import APIOperation, BaseSchema, Case, GenerationMode, stateful
from schemathesis.core import NotSet
from schemathesis.core.parameters import DelimitedValue, ParameterLocation
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.generation.jsonschema.builder import build
from schemathesis.generation.meta import CONTENT_TYPE_PROBES, CaseMetadata, CoverageScenario
from schemathesis.generation.stateful.state_machine import StepInput, normalize_name
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.specs.openapi.checks import (
    ensure_resource_availability,
    missing_required_header,
    negative_data_rejection,
    status_code_conformance,
    unsupported_method,
    use_after_free,
)
from schemathesis.specs.openapi.stateful import transition
from schemathesis.transport.serialization import Binary

from .oracles.tally import oracle

CHECKED_VERSION: Final = "4.32.5"

# Draft 2020-12, as schemathesis counts.
_DRAFT: Final = 20

Check: TypeAlias = Callable[..., bool | None]

REFUSAL_CHECKS: Final[tuple[Check, ...]] = (
    missing_required_header,
    negative_data_rejection,
    unsupported_method,
)
"""Checks that look at the status only, where a body may report the refusal."""

MEMORY_CHECKS: Final[tuple[Check, ...]] = (ensure_resource_availability, use_after_free)
"""Checks that expect a server to remember what was created and deleted."""

STATUS_CHECK: Final[Check] = status_code_conformance

NO_HEALTH_CHECKS: Final = cast("list[hypothesis.HealthCheck]", list(hypothesis.HealthCheck))

# Statuses for requests that are malformed on purpose: no document lists them.
_PROBE_STATUSES: Final[Mapping[CoverageScenario, Collection[int]]] = {
    CoverageScenario.UNSPECIFIED_HTTP_METHOD: {405},
    CoverageScenario.UNSUPPORTED_CONTENT_TYPE: {400, 415},
    CoverageScenario.MALFORMED_CONTENT_TYPE: {400, 415},
}


# ---- Schemas


def load_schema(
    path: Path, config: Mapping[str, Any], hooks: Iterable[tuple[str, Callable[..., Any]]]
) -> BaseSchema:
    """Return the schema of a document, with the settings of a configuration file, and hooks by name."""
    schema = schemathesis.openapi.from_path(str(path), config=schemathesis.Config.from_dict({**config}))
    for name, hook in hooks:
        schema.hook(name)(hook)
    return schema


def only(schema: BaseSchema, operation_ids: Iterable[str]) -> BaseSchema:
    """Return a schema with some of its operations."""
    return schema.include(operation_id=[*operation_ids])


def find_operation(schema: BaseSchema, label: str) -> APIOperation[Any, Any, Any, Any]:
    """Return the operation with this method and path."""
    method, _, path = label.partition(" ")
    return schema[path][method]


def cases_of(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode = GenerationMode.POSITIVE
) -> SearchStrategy[Case[Any]]:
    """Return a strategy for cases of an operation."""
    return operation.as_strategy(generation_mode=mode)


def values_of(schema: Mapping[str, Any], formats: dict[str, SearchStrategy[Any]]) -> SearchStrategy[Any]:
    """Return a strategy for the values of a JSON schema of draft 2020-12.

    The public way to it makes whole requests.
    """
    return build({**schema}, draft=_DRAFT, formats=formats)


# ---- Cases


def run_cases(
    schema: BaseSchema, operation: APIOperation[Any, Any, Any, Any], check: Callable[[Case[Any]], object]
) -> None:
    """Put every case of one operation through a check, in the phases that the schema's settings enable.

    The public way is a decorator for tests that schemathesis' own plugin collects, which cannot be called.
    """

    def each(case: Case[Any]) -> None:
        check(case)

    build_operation_test(
        config=schema.config,
        operation=operation,
        test_func=each,
        given_kwargs={},
        feedback=FeedbackSources(),
    )()


def has_body(case: Case[Any]) -> bool:
    """Return whether a case has a body; None is one."""
    return not isinstance(case.body, NotSet)


def probe_statuses(case: Case[Any]) -> Collection[int]:
    """Return the statuses that answer a request that is malformed on purpose; none for any other case."""
    scenario = getattr(case.meta.phase.data, "scenario", None) if case.meta is not None else None
    if scenario in CONTENT_TYPE_PROBES and not case.operation.body:
        # The media type of a body that nobody reads.
        return ()
    return _PROBE_STATUSES.get(scenario, ()) if scenario is not None else ()


def is_wrong_at(case: Case[Any], location: str) -> bool:
    """Return whether a part of a case, such as `body`, is one that the document rules out."""
    return case.meta is not None and case.meta.is_negative_at(ParameterLocation(location))


def left_empty(case: Case[Any]) -> list[str]:
    """Return the query parameters whose empty value means that they are left out (`allowEmptyValue`)."""
    return [
        each.name
        for each in case.operation.query
        if each.definition.get("allowEmptyValue") and case.query.get(each.name) == ""
    ]


def declared_parameters(case: Case[Any], place: str) -> list[dict[str, Any]]:
    """Return what the document says of the parameters in a place, without references at the top."""
    operation = case.operation
    declared = {
        "path": operation.path_parameters,
        "query": operation.query,
        "header": operation.headers,
        "cookie": operation.cookies,
    }
    return [each.definition for each in declared[place]]


def positive_containers(case: Case[Any]) -> list[dict[str, Any]]:
    """Return the path parameters, the query and the body, those that are objects the document allows."""
    locations = (ParameterLocation.PATH, ParameterLocation.QUERY, ParameterLocation.BODY)
    found = [
        case.get_container(each) for each in locations if not (case.meta and case.meta.is_negative_at(each))
    ]
    return [each for each in found if isinstance(each, dict)]


def keep_modes(case: Case[Any]) -> None:
    """Take the values of a case as generated, so that an edit does not change what counts as allowed.

    schemathesis validates edited values again, and then takes a list that is joined by commas for a text.
    """
    case._record_starting_state()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def headers_of(case: Case[Any]) -> dict[str, Any]:
    """Return the headers of a case."""
    return dict(case.headers)


def meta_of(case: Case[Any]) -> dict[str, Any] | None:
    """Return what is known of where a case comes from, as JSON has it; None if nothing is."""
    if case.meta is None:
        return None
    meta = case.meta.to_dict()
    # Otherwise two equal cases would differ by how long it took to generate them.
    generation = {**meta["generation"], "time": 0.0}
    return {"generation": generation, "components": meta["components"], "phase": meta["phase"]}


def make_case(
    operation: APIOperation[Any, Any, Any, Any], *, meta: dict[str, Any] | None, **fields: Any
) -> Case[Any]:
    """Return a case with these values, which comes from where `meta_of` says."""
    return operation.Case(**fields, _meta=None if meta is None else CaseMetadata.from_dict(meta))


def prepared_request(case: Case[Any], base_url: str) -> requests.PreparedRequest:
    """Return the request that schemathesis itself would send for a case."""
    return requests.Request(**case.as_transport_kwargs(base_url=base_url)).prepare()


@oracle
def validate(case: Case[Any], response: httpx.Response, excluded: Collection[Check], **options: Any) -> None:
    """Every check of schemathesis holds for the response."""
    case.validate_response(response, excluded_checks=[*excluded], **options)


# ---- Scenarios


def followed_link(case: Case[Any], recorder: ScenarioRecorder) -> str | None:
    """Return the link that led to a call of a scenario; None if none did."""
    node = recorder.cases.get(case.id)
    if node is None or node.transition is None or not node.is_transition_applied:
        return None
    return node.transition.id


def rules_of(machine: type[stateful.APIStateMachine]) -> list[str]:
    """Return the names of a state machine's rules."""
    return [name for name, member in getmembers(machine) if hasattr(member, RULE_MARKER)]


def rule_of_link(link: str) -> str:
    """Return the name of the rule that follows a link, which is given as schemathesis writes it."""
    return normalize_name(link)


def free_step(name: str, operation: APIOperation[Any, Any, Any, Any]) -> Any:
    """Return a rule of a state machine that calls an operation whatever went before.

    The public ways give rules that follow the links of a document, and none beside them.
    """
    return transition(
        name=name,
        target=Bundle("catch_all"),
        precondition=lambda _machine: True,
        input=cases_of(operation).map(StepInput.initial),
    )


__all__ = [
    "CHECKED_VERSION",
    "MEMORY_CHECKS",
    "NO_HEALTH_CHECKS",
    "REFUSAL_CHECKS",
    "STATUS_CHECK",
    "Binary",
    "Check",
    "DelimitedValue",
    "cases_of",
    "declared_parameters",
    "find_operation",
    "followed_link",
    "free_step",
    "has_body",
    "headers_of",
    "is_wrong_at",
    "keep_modes",
    "left_empty",
    "load_schema",
    "make_case",
    "meta_of",
    "only",
    "positive_containers",
    "prepared_request",
    "probe_statuses",
    "rule_of_link",
    "rules_of",
    "run_cases",
    "validate",
    "values_of",
]
