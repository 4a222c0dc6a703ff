"""From a generated case to the arguments of the client's functions, by names and annotations alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from schemathesis import Case

from openapi_reader import is_object

from ._schemathesis import has_body
from .endpoints import Endpoint, Signature
from .styles import UnreadableError, parameter_values
from .values import InexpressibleError, is_mapping, is_optional, typed


@dataclass(frozen=True)
class Arguments:
    """A case as the client takes it.

    Attributes:
        builder: For the function that builds requests, which takes a body.
        facade: For the façade's method, which takes the fields of a body; None if these cannot express it.
    """

    builder: dict[str, Any]
    facade: dict[str, Any] | None


def bind(case: Case[Any], endpoint: Endpoint) -> Arguments:
    """Return the arguments that send exactly this case; what it leaves out, they leave out.

    Raises:
        InexpressibleError: There are none.
        UnreadableError: There may be some, but the style of a parameter is not read back.
    """
    if case.method.upper() != endpoint.operation.method:
        raise InexpressibleError(f"the case has {case.method}, the client {endpoint.operation.method}")
    values = [*parameter_values(case)]
    builder = dict(_bound(endpoint.builder, *each) for each in values)
    facade = dict(_bound(endpoint.facade, *each) for each in values)
    if not has_body(case):
        # The façade takes the required fields of a body even where the body itself may be left out.
        left_out = case.operation.body and _missing(facade, endpoint.facade)
        return Arguments(builder, None if left_out else facade)
    name, body = _bound(endpoint.builder, "body", "body", case.body)
    builder[name] = body
    return Arguments(builder, _with_body(facade, case.body, body, endpoint.facade))


def facade_arguments(case: Case[Any], endpoint: Endpoint) -> dict[str, Any] | None:
    """Return the arguments of the façade's method for a case; None if it cannot express it."""
    try:
        return bind(case, endpoint).facade
    except InexpressibleError:
        return None


def _bound(signature: Signature, name: str, place: str, value: Any) -> tuple[str, Any]:
    found = signature.find(name, place)
    if found is None:
        raise InexpressibleError(f"there is no argument for {place} {name!r}")
    python_name, annotation = found
    try:
        return python_name, typed(annotation, value, text=place != "body")
    except InexpressibleError as error:
        # The fields of an object in a query are texts, whatever their types.
        kind = UnreadableError if place != "body" and is_object(value) else InexpressibleError
        raise kind(f"{place} {name!r}: {error}") from error


def _with_body(arguments: dict[str, Any], raw: Any, body: Any, facade: Signature) -> dict[str, Any] | None:
    if facade.takes_whole_body:
        return {**arguments, **dict([_bound(facade, "body", "body", raw)])}
    if not raw:
        return _with_empty_body(arguments, facade)
    known = {*_field_names(body)}
    unknown = {name: value for name, value in raw.items() if name not in known}
    if unknown:
        # Fields with names of the caller's own have one argument, a mapping.
        mappings = [each for each in facade.arguments.items() if is_mapping(each[1])]
        if len(mappings) != 1:
            return None
        name, annotation = mappings[0]
        arguments = {**arguments, name: typed(annotation, unknown)}
    fields = (_bound(facade, name, "body", value) for name, value in raw.items() if name not in unknown)
    return {**arguments, **dict(fields)}


def _field_names(model: object) -> Iterable[str]:
    """Return the names of a model's fields in the document."""
    names = getattr(model, "__slots__", None) or vars(model)
    documented: Mapping[str, str] = getattr(model, "json_names", {})
    # A field of the document that is called so is one of the further ones.
    return [documented.get(each, each) for each in names if each != "additional_properties"]


def _with_empty_body(arguments: dict[str, Any], facade: Signature) -> dict[str, Any] | None:
    """Return the arguments for a body without fields; None where it is left out if all of them are."""
    missing = _missing(arguments, facade)
    return {**arguments, **{name: {} for name in missing}} if missing else None


def _missing(arguments: dict[str, Any], facade: Signature) -> list[str]:
    required = [name for name, annotation in facade.arguments.items() if not is_optional(annotation)]
    return [name for name in required if name not in arguments]
