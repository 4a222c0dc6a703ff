"""Responses that a request asks for by the header `Prefer` of RFC 7240: `code`, `example` and `dynamic`.

They are those of Prism: `Prefer: code=404` gets the documented error, `example=name` the example of that
name, `dynamic=true` values made up anew. Everything else in the header is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from .messages import Problem, Response
from .operations import DocumentedResponse, Operation
from .responses import examples_of, success_status
from .synthesis import synthesise_response
from .validation import Validators

_APPLIED: Final = "preference-applied"
_WORD: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_QUOTED: Final = r'"(?:[^"\\]|\\.)*"'
_PREFERENCE: Final = re.compile(
    rf"\s*(?P<name>{_WORD})\s*(?:=\s*(?P<value>{_QUOTED}|{_WORD}))?(?P<rest>(?:[^,\"]|{_QUOTED})*)"
)
_STATUS: Final = re.compile(r"[1-5][0-9][0-9]")


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a request asks for."""

    code: str | None = None
    example: str | None = None
    is_dynamic: bool = False

    @property
    def applied(self) -> str:
        """The preferences that a response fulfils, as in `Preference-Applied`."""
        said = {"code": self.code, "example": self.example, "dynamic": "true" if self.is_dynamic else None}
        return ", ".join(f'{name}="{value}"' for name, value in said.items() if value is not None)


def read_preferences(header: str) -> Preferences:
    """Return the preferences of a header. Of several with the same name, the first counts."""
    found: dict[str, str] = {}
    position = 0
    while match := _PREFERENCE.match(header, position):
        value = match["value"] or ""
        text = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
        found.setdefault(match["name"].lower(), text)
        position = match.end() + 1
    return Preferences(
        code=found.get("code") or None,
        example=found.get("example") or None,
        is_dynamic=found.get("dynamic", "").lower() == "true",
    )


class PreferredResponses:
    """The responses of one operation that requests may ask for."""

    def __init__(self, operation: Operation, validators: Validators, random: Random) -> None:
        self._operation = operation
        self._validators = validators
        self._random = random
        self._made: dict[Preferences, Response] = {}

    def find(self, header: str, *, is_handled: bool) -> Response | None:
        """Return the response that a header `Prefer` asks for, or None if it asks for none.

        A handler has values of its own, so it is only passed over for a certain code or example. Raises
        Problem (404) if there is no such code or example.
        """
        wanted = read_preferences(header)
        if wanted.code is None and wanted.example is None and (is_handled or not wanted.is_dynamic):
            return None
        known = self._made.get(wanted)
        if known is None:
            known = self._make(wanted)
            if not wanted.is_dynamic:
                # What is asked for exists, so there are few of them.
                self._made[wanted] = known
        return known

    def _make(self, wanted: Preferences) -> Response:
        documented, status = self._documented(wanted)
        response = synthesise_response(
            documented,
            status,
            self._validators,
            example=wanted.example,
            random=self._random if wanted.is_dynamic else None,
        )
        return replace(response, headers={**response.headers, _APPLIED: _sendable(wanted.applied)})

    def _documented(self, wanted: Preferences) -> tuple[DocumentedResponse | None, int]:
        """Return the documented response, and its status. Raises Problem (404)."""
        responses = self._operation.responses
        if wanted.code is not None:
            is_status = bool(_STATUS.fullmatch(wanted.code))
            found = self._operation.response(int(wanted.code)) if is_status else None
            # Where nothing is documented, any status may be.
            if found is None and (responses or not is_status):
                raise _missing(f"code {wanted.code[:20]!r} is not documented", "codes", responses)
            examples = examples_of(found) if found is not None else {}
            if wanted.example is not None and wanted.example not in examples:
                raise _missing(f"the code {wanted.code} has no such example", "examples", examples)
            return found, int(wanted.code)
        success = self._operation.success
        if wanted.example is None or (success is not None and wanted.example in examples_of(success)):
            return success, success_status(success)
        for each in responses.values():
            if wanted.example in examples_of(each):
                return each, _status(each.status)
        names = dict.fromkeys(name for each in responses.values() for name in examples_of(each))
        raise _missing("there is no such example", "examples", names)


def _status(documented: str) -> int:
    """Return a status for a documented one, which may be a range or all others."""
    if documented.isdecimal():
        return int(documented)
    return int(documented[0]) * 100 if documented[0].isdecimal() else 500


def _missing(what: str, of: str, there: Mapping[str, object]) -> Problem:
    names = ", ".join(there) or "none"
    return Problem(404, "preference-unknown", f"Prefer: {what}; documented {of}: {names}")


def _sendable(value: str) -> str:
    return value.encode("ascii", "backslashreplace").decode()
