"""Where cases come from: the phases of schemathesis, and values that a server knows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from random import Random
from typing import Any, Final
from urllib.parse import quote, unquote

import hypothesis
import jsonschema_rs
from hypothesis import strategies as st
from schemathesis import BaseSchema, Case, GenerationMode

from openapi_reader import is_array, is_object

from ._schemathesis import (
    Binary,
    DelimitedValue,
    cases_of,
    declared_parameters,
    find_operation,
    has_body,
    headers_of,
    is_wrong_at,
    keep_modes,
    load_schema,
    only,
    positive_containers,
    run_cases,
)
from .binding import facade_arguments
from .exchange import is_positive
from .properties import make_settings
from .styles import has_objects, joined_lists, lists_in_path_are_right
from .target import Target

FIXED_SEED: Final = 20_26
PHASES: Final = ("examples", "coverage", "fuzzing")

_KEEP: Final = object()
_FORM: Final = "application/x-www-form-urlencoded"
_MULTIPART: Final = "multipart/form-data"
_NOT_DIGITS_ALONE: Final = re.compile(r"-?(0|[1-9][0-9]*)(?=.)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_PREFIX: Final = re.compile(r"^(\.|;[^=]*=)")
_LIMITS: Final = frozenset(
    {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "enum", "const"}
)
# How often a value that the server knows is drawn, to one time that the generated one stays.
_WEIGHT: Final = 8
_MOST_TRIED: Final = 100


def load(
    target: Target,
    *,
    seed: int,
    examples: int,
    phases: Sequence[str] = PHASES,
    mode: str = "all",
    shrink: bool = True,
) -> BaseSchema:
    """Return the schema that cases of a target are generated from.

    Args:
        target: The target.
        seed: Chooses the generated values.
        examples: How many cases the fuzzing phase generates for each operation.
        phases: The phases of schemathesis to run.
        mode: `all`, `positive` or `negative`: whether the document allows the cases.
        shrink: Whether to look for a smaller case once one fails.
    """
    hooks: list[tuple[str, Callable[..., Any]]] = [
        ("map_case", _without_what_no_form_can_carry),
        ("filter_case", _is_sayable_with_commas),
        ("filter_case", _is_sayable_in_cookies),
        ("filter_case", _has_required_fields_of_form),
        ("filter_case", is_wrong_in_fact),
        ("filter_case", _is_wrong_in_query),
        ("filter_case", _is_wrong_in_path),
        ("filter_case", _is_wrong_in_parts),
    ]
    if target.values:
        hooks.append(("flatmap_case", _with_values(target.values)))
    if target.is_restricted:
        hooks.append(("filter_case", _has_its_own_method))
    operations = target.document.operations.values()
    refusals = {404, 405, 415}.union(*(each.refusals for each in operations))
    config = _config(seed, examples, phases, mode, refusals, shrink=shrink)
    schema = load_schema(target.document.root, config, hooks)
    return only(schema, target.operations) if target.is_restricted else schema


def run(schema: BaseSchema, label: str, check: Callable[[Case[Any]], object]) -> None:
    """Put every case of one operation through a check. Raise what that raises for the smallest case."""
    run_cases(schema, find_operation(schema, label), check)


def draw_one(
    schema: BaseSchema,
    label: str,
    mode: GenerationMode = GenerationMode.POSITIVE,
    fits: Callable[[Case[Any]], bool] = lambda _: True,
) -> Case[Any]:
    """Return a case of one operation that fits, such as any."""
    return hypothesis.find(
        cases_of(find_operation(schema, label), mode),
        fits,
        settings=make_settings(_MOST_TRIED, shrink=False),
        random=Random(FIXED_SEED),  # noqa: S311 (no secret)
    )


def has_allowed_numbers(case: Case[Any]) -> bool:
    """Return whether the numbers in path and query of a case keep to the limits of the document."""
    places = {"path": case.path_parameters, "query": case.query}
    numbers = [
        (each["schema"], written.get(each["name"]))
        for place, written in places.items()
        for each in declared_parameters(case, place)
    ]
    return all(
        jsonschema_rs.is_valid({name: schema[name] for name in schema.keys() & _LIMITS}, value)
        for schema, value in numbers
        if type(value) in (int, float)
    )


@lru_cache
def allowed_arguments(target: Target, operation_id: str) -> Mapping[str, Any]:
    """Return arguments of the façade's method that the document allows: a value for each that is required."""
    endpoint = target.endpoints[operation_id]
    schema = load(target, seed=FIXED_SEED, examples=1, mode="positive")
    label = target.document.operations[operation_id].label
    case = draw_one(schema, label, fits=lambda case: facade_arguments(case, endpoint) is not None)
    return facade_arguments(case, endpoint) or {}


def fingerprint(case: Case[Any]) -> int:
    """Return a number that is the same for the same case in every run."""
    body = case.body if has_body(case) else ""
    text = repr((case.operation.label, case.path_parameters, case.query, body, case.media_type))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:4])


def _config(
    seed: int, examples: int, phases: Sequence[str], mode: str, refusals: Collection[int], *, shrink: bool
) -> Mapping[str, Any]:
    return {
        "seed": seed,
        "generation": {
            "mode": mode,
            "max-examples": examples,
            "database": "none",
            "no-shrink": not shrink,
            "with-security-parameters": False,
            # The character NUL fits every schema, and databases such as PostgreSQL cannot store it.
            "allow-x00": False,
        },
        "phases": {name: {"enabled": name in phases} for name in PHASES},
        "checks": {
            "negative_data_rejection": {"expected-statuses": [str(each) for each in sorted(refusals)]},
            # The target's model knows better which outcome is right.
            "positive_data_acceptance": {"enabled": False},
            # It doubles every call; a test of the suite does it once.
            "ignored_auth": {"enabled": False},
        },
    }


# ---- What forms and lists with commas cannot carry


def _without_what_no_form_can_carry(_context: Any, case: Case[Any]) -> Case[Any]:
    """Leave out fields that a form has no documented way of writing: objects, null and undeclared arrays."""
    body = case.body
    if case.media_type in {_FORM, _MULTIPART} and is_object(body):
        declared = _form_schema(case).get("properties", {})
        left_out = [
            name
            for name, value in body.items()
            if _is_unsayable(value, is_declared=name in declared)
            # A part of several may be JSON, which is documented.
            and not (case.media_type == _MULTIPART and is_object(value) and name in declared)
            and (is_positive(case) or name not in declared)
        ]
        if left_out:
            case.body = {name: value for name, value in body.items() if name not in left_out}
            if case.media_type == _MULTIPART:
                # A file is no text for those who validate the edited body.
                keep_modes(case)
    return case


def _has_required_fields_of_form(_context: Any, case: Case[Any]) -> bool:
    """Refuse a form that would have to leave out a required field."""
    body = case.body
    if case.media_type != _FORM or not is_object(body) or not is_positive(case):
        return True
    return not any(_is_unsayable(body.get(name, "")) for name in _form_schema(case).get("required", ()))


def _has_its_own_method(_context: Any, case: Case[Any]) -> bool:
    """Refuse a case with a method that its operation does not have: nobody knows what a server does then."""
    own: str = case.operation.method
    return case.method.upper() == own.upper()


def _form_schema(case: Case[Any]) -> Mapping[str, Any]:
    declared = case.operation.get_body_for_media_type(case.media_type or _FORM)
    return declared.optimized_schema if declared else {}


def _is_unsayable(value: Any, *, is_declared: bool = True) -> bool:
    """Return whether no form can write a value; where nothing says how, it cannot write an array either."""
    if is_array(value):
        return not is_declared or any(item is None or isinstance(item, list | dict) for item in value)
    return value is None or is_object(value)


def _is_sayable_with_commas(_context: Any, case: Case[Any]) -> bool:
    """Refuse a wrong list of one empty text: joined by commas, it is written like an empty list."""
    if is_positive(case):
        return True
    joined = [value for value in case.query.values() if isinstance(value, DelimitedValue)]
    return all([*joined, *joined_lists(case)])


def _is_sayable_in_cookies(_context: Any, case: Case[Any]) -> bool:
    """Refuse a cookie with a semicolon, which ends it."""
    return not any(";" in str(value) for value in case.cookies.values())


def is_wrong_in_fact(_context: Any, case: Case[Any]) -> bool:
    """Refuse a wrong integer that is written `5.0` or `1e3`: it is a whole number all the same."""
    body = case.body if case.media_type == _FORM and is_object(case.body) else {}
    places = (case.path_parameters, case.query, headers_of(case), case.cookies, body)
    return is_positive(case) or not any(_is_whole(value) for place in places for value in place.values())


def _is_wrong_in_query(_context: Any, case: Case[Any]) -> bool:
    """Refuse a wrong query with objects, whose wrong fields may be written as further ones, or not at all."""
    return not (is_wrong_at(case, "query") and has_objects(case))


def _is_wrong_in_path(_context: Any, case: Case[Any]) -> bool:
    """Refuse a wrong list in a path that is right as it is written."""
    return not (is_wrong_at(case, "path") and lists_in_path_are_right(case))


def _is_wrong_in_parts(_context: Any, case: Case[Any]) -> bool:
    """Refuse wrong fields of a multipart body that are right as they are written, since a part is a text."""
    body = case.body
    if is_positive(case) or case.media_type != _MULTIPART or not is_object(body):
        return True
    schema = _form_schema(case)
    wrong = [name for name, value in body.items() if not _fits(schema, name, value)]
    is_lacking = any(name not in body for name in schema.get("required", ()))
    return is_lacking or not wrong or not all(_takes_texts(schema["properties"][name]) for name in wrong)


def _fits(schema: Mapping[str, Any], name: str, value: Any) -> bool:
    declared = schema.get("properties", {}).get(name)
    if declared is None or isinstance(value, Binary):
        return True
    bundled = {key: each for key, each in schema.items() if key.startswith(("x-", "$defs"))}
    return jsonschema_rs.is_valid({**bundled, "properties": {name: declared}}, {name: value})


def _takes_texts(schema: Mapping[str, Any]) -> bool:
    """Return whether any text, or a list of one, fits a schema."""
    items = schema.get("items", {}) if schema.get("type") == "array" else schema
    return items.get("type", "string") == "string" and items.keys() <= {"type", "format", "description"}


def _is_whole(value: Any) -> bool:
    """Return whether a text is a whole number with a point or an exponent, perhaps in a style of paths."""
    if not isinstance(value, str):
        return False
    number = _PREFIX.sub("", unquote(value), count=1)
    return bool(_NOT_DIGITS_ALONE.fullmatch(number)) and float(number).is_integer()


# ---- Values that the server knows


def _with_values(values: Mapping[str, Sequence[Any]]) -> Callable[..., st.SearchStrategy[Case[Any]]]:
    """Return a hook that replaces generated values, most of the time, by some that the server knows."""
    choices = {
        name: st.sampled_from([*(list(known) * _WEIGHT), *([_KEEP] * len(known))])
        for name, known in values.items()
    }

    @st.composite
    def known(draw: st.DrawFn, case: Case[Any]) -> Case[Any]:
        operation_id = case.operation.definition.raw.get("operationId")
        for container in positive_containers(case):
            for name in container:
                choice = choices.get(f"{operation_id}.{name}", choices.get(name))
                value = _KEEP if choice is None else draw(choice)
                if value is not _KEEP:
                    container[name] = written_like(container[name], value)
            if any(isinstance(value, DelimitedValue) for value in container.values()):
                keep_modes(case)
        return case

    def flatmap_case(_context: Any, case: Case[Any]) -> st.SearchStrategy[Case[Any]]:
        return known(case)

    return flatmap_case


def written_like(generated: Any, value: Any) -> Any:
    """Return a value as the generated one is written: a list of a query may be joined by commas already."""
    if not (isinstance(generated, DelimitedValue) and is_array(value)):
        return value
    texts = [str(item) for item in value]
    return DelimitedValue(",".join(texts), ",".join(quote(text, safe="") for text in texts))
