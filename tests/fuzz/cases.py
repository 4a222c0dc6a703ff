"""Where cases come from: schemathesis' phases, with this suite's settings and values that the mock knows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import hypothesis.strategies as st
import schemathesis
from channel import is_positive
from schemathesis import Case
from schemathesis.config import SchemathesisConfig
from schemathesis.core import NotSet
from schemathesis.core.parameters import DelimitedValue, ParameterLocation
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.generation.hypothesis.examples import generate_one
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.schemas import APIOperation, BaseSchema

if TYPE_CHECKING:
    from targets import Target

FIXED_SEED: Final = 20_26
PHASES: Final = ("examples", "coverage", "fuzzing")

_KEEP: Final = object()
_FORM: Final = "application/x-www-form-urlencoded"
_NO_DIGITS_ALONE: Final = re.compile(r"-?(0|[1-9][0-9]*)(?=.)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
# How often a pool's value is taken, to one time that what was generated stays.
_WEIGHT: Final = 8


def load(
    target: Target,
    *,
    seed: int,
    examples: int,
    phases: Sequence[str] = PHASES,
    mode: str = "all",
    shrink: bool = True,
) -> BaseSchema:
    """The schema of an API as schemathesis generates from it; `mode` is all, positive or negative."""
    schema = schemathesis.openapi.from_path(
        str(target.path), config=_config(seed, examples, phases, mode, shrink=shrink)
    )
    schema.hook("map_case")(_sayable_in_a_form)
    schema.hook("filter_case")(_sayable_with_commas)
    schema.hook("filter_case")(_has_a_form)
    schema.hook("filter_case")(_stays_wrong)
    if target.pools:
        schema.hook("flatmap_case")(_from_pools(target.pools))
    return schema


def run(schema: BaseSchema, label: str, check: Callable[[Case[Any]], object]) -> None:
    """Put every case of one operation through a check. Raises what that raises for the smallest case."""

    def each(case: Case[Any]) -> None:
        check(case)

    build_operation_test(
        config=schema.config,
        operation=find(schema, label),
        test_func=each,
        given_kwargs={},
        feedback=FeedbackSources(),
    )()


def find(schema: BaseSchema, label: str) -> APIOperation[Any, Any, Any, Any]:
    """The operation with this method and path."""
    method, _, path = label.partition(" ")
    found: APIOperation[Any, Any, Any, Any] = schema[path][method]
    return found


def wrong_items(schema: BaseSchema, label: str) -> Iterator[Case[Any]]:
    """Cases with an item that the enum of a query array has not, of which the coverage phase makes none."""
    operation = find(schema, label)
    for parameter in operation.query:
        definition = parameter.definition.get("schema", {})
        allowed = definition.get("items", {}).get("enum") if definition.get("type") == "array" else None
        if allowed:
            for items in (["not-in-the-enum"], [allowed[0], "not-in-the-enum"]):
                case = generate_one(operation.as_strategy())
                case.query = {**case.query, parameter.name: items}
                yield case


def fingerprint(case: Case[Any]) -> int:
    """A number that a case always gives again, so that what is chosen by it is chosen again."""
    body = "" if isinstance(case.body, NotSet) else case.body
    text = repr((case.operation.label, case.path_parameters, case.query, body, case.media_type))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:4])


def _config(
    seed: int, examples: int, phases: Sequence[str], mode: str, *, shrink: bool
) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "generation": {
                "mode": mode,
                "max-examples": examples,
                "database": "none",
                "no-shrink": not shrink,
                "with-security-parameters": False,
            },
            "phases": {name: {"enabled": name in phases} for name in PHASES},
            "checks": {
                "negative_data_rejection": {"expected-statuses": ["400", "404", "405", "415"]},
                # The API's own file knows better: see oracles.check_status.
                "positive_data_acceptance": {"enabled": False},
                # It doubles every call; test_auth.py does it once.
                "ignored_auth": {"enabled": False},
            },
        }
    )


def _sayable_in_a_form(_context: Any, case: Case[Any]) -> Case[Any]:
    """Without fields that a form has no documented way of writing: objects, null and undeclared arrays."""
    if case.media_type == _FORM and isinstance(case.body, dict):
        declared = _form_schema(case).get("properties", {})
        unsayable = [
            name
            for name, value in case.body.items()
            if _is_unsayable(value, array=name not in declared)
            and (is_positive(case) or name not in declared)
        ]
        if unsayable:
            case.body = {name: value for name, value in case.body.items() if name not in unsayable}
    return case


def _has_a_form(_context: Any, case: Case[Any]) -> bool:
    """Not a form that would have to leave out a required field."""
    if case.media_type != _FORM or not isinstance(case.body, dict) or not is_positive(case):
        return True
    return not any(_is_unsayable(case.body.get(name, "")) for name in _form_schema(case).get("required", ()))


def _form_schema(case: Case[Any]) -> Mapping[str, Any]:
    declared = case.operation.get_body_for_media_type(_FORM)
    return declared.optimized_schema if declared else {}


def _is_unsayable(value: Any, *, array: bool = False) -> bool:
    """Whether no form can write it; nor an `array`, where nothing says how."""
    if isinstance(value, list):
        return array or any(item is None or isinstance(item, list | dict) for item in value)
    return value is None or isinstance(value, dict)


def _sayable_with_commas(_context: Any, case: Case[Any]) -> bool:
    """Not a list of one empty text that is wrong: joined by commas, it is written like an empty list."""
    joined = [value for value in case.query.values() if isinstance(value, DelimitedValue)]
    return is_positive(case) or all(joined)


def _stays_wrong(_context: Any, case: Case[Any]) -> bool:
    """Not a text such as `5.0` or `1e3`: schemathesis takes it to be wrong for an integer, which it is."""
    body = case.body if case.media_type == _FORM and isinstance(case.body, dict) else {}
    places = (case.path_parameters, case.query, case.headers, case.cookies, body)
    return is_positive(case) or not any(_is_whole(value) for place in places for value in place.values())


def _is_whole(value: Any) -> bool:
    """Whether a text is a whole number with a point or an exponent."""
    return isinstance(value, str) and bool(_NO_DIGITS_ALONE.fullmatch(value)) and float(value).is_integer()


def _written_as(generated: Any, value: Any) -> Any:
    """The value as the generated one is written: a list of a query may have been joined by commas already."""
    if not (isinstance(generated, DelimitedValue) and isinstance(value, list)):
        return value
    texts = [str(item) for item in value]
    return DelimitedValue(",".join(texts), ",".join(quote(text, safe="") for text in texts))


def _from_pools(pools: Mapping[str, Sequence[Any]]) -> Callable[..., st.SearchStrategy[Case[Any]]]:
    """A hook that replaces generated values, most of the time, by some that mean something to the mock."""
    choices = {
        name: st.sampled_from([*(list(values) * _WEIGHT), *([_KEEP] * len(values))])
        for name, values in pools.items()
    }

    def flatmap_case(_context: Any, case: Case[Any]) -> st.SearchStrategy[Case[Any]]:
        @st.composite
        def known(draw: st.DrawFn) -> Case[Any]:
            operation_id = case.operation.definition.raw.get("operationId")
            for location in (ParameterLocation.PATH, ParameterLocation.QUERY, ParameterLocation.BODY):
                values = case.get_container(location)
                if not isinstance(values, dict) or (case.meta and case.meta.is_negative_at(location)):
                    continue
                for name in values:
                    choice = choices.get(f"{operation_id}.{name}", choices.get(name))
                    value = _KEEP if choice is None else draw(choice)
                    if value is not _KEEP:
                        values[name] = _written_as(values[name], value)
            return case

        return known()

    return flatmap_case


__all__ = ["FIXED_SEED", "PHASES", "BaseSchema", "find", "fingerprint", "is_positive", "load", "run"]
