"""Error classes of statuses and of failure codes."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from attrs import frozen

from generator.normalize import FAILURE, operations
from openapi_runtime import errors

if TYPE_CHECKING:
    from generator.document import Json

# Supported versions of Python have different names for these.
_PHRASES = {
    413: "Content Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
}
_SUCCESSES = range(200, 300)


@frozen
class Status:
    """A documented status that is not a success, with its error class."""

    code: int
    name: str
    phrase: str

    @property
    def base(self) -> str:
        """Name of the runtime's class for the status."""
        return errors.status_class(self.code).__name__


@frozen
class FailureClass:
    """An error class for a code in the body of failures."""

    code: int | str
    name: str


def failure_classes(spec: Json) -> list[FailureClass] | None:
    """Return the classes of all `x-failure` codes, by code; None for an API without `x-failure`."""
    marked = [schema for schema in spec["components"]["schemas"].values() if FAILURE in schema]
    named: dict[int | str, str] = {}
    for schema in marked:
        field = schema.get("properties", {}).get(schema[FAILURE].get("code"), {})
        for code, name in schema[FAILURE].get("classes", {}).items():
            named[int(code) if field.get("type") == "integer" else code] = name
    classes = [FailureClass(code, name) for code, name in sorted(named.items(), key=str)]
    return classes if marked else None


def phrase(code: int) -> str:
    """Return the reason phrase of a status, or an empty text."""
    try:
        return _PHRASES.get(code) or HTTPStatus(code).phrase
    except ValueError:
        return ""


def error_statuses(spec: Json) -> list[Status]:
    """Return all documented statuses that are not a success, sorted."""
    codes = {int(code) for _, _, each in operations(spec) for code in each["responses"] if code.isdecimal()}
    return [Status(code, error_class(code), phrase(code)) for code in sorted(codes) if code not in _SUCCESSES]


def error_class(code: int) -> str:
    """Return the class of a status: `NotFound` for 404, `Status599` for one without a name."""
    words = "".join(char if char.isalnum() else " " for char in phrase(code).replace("'", "")).split()
    return "".join(word[0].upper() + word[1:] for word in words) or f"Status{code}"


def general_errors(spec: Json) -> list[str]:
    """Name the runtime's errors that an API has no class of its own for."""
    statuses = error_statuses(spec)
    taken = {each.name for each in [*statuses, *(failure_classes(spec) or ())]} | {errors.Failed.__name__}
    documented = {each.code for each in statuses}
    return sorted(
        name
        for name, each in vars(errors).items()
        if isinstance(each, type)
        and issubclass(each, errors.APIError)
        and getattr(each, "documented_status", None) not in documented
        and name not in taken
    )
