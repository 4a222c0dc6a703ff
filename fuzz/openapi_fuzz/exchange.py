"""A case, the server's response to it, and what each way of calling the client made of both."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import unquote

import httpx
from schemathesis import Case

from openapi_reader import is_object
from openapi_runtime.errors import InvalidArgument

from ._schemathesis import is_wrong_at, left_empty
from .document import Alternative
from .failures import Failure
from .serialization import RequestParts
from .sessions import Half, Session

Via: TypeAlias = Half | Literal["raw"]
"""How a case was sent: by the sync or the async half of the client, or raw, without it."""


@dataclass(frozen=True)
class Flavour:
    """One of the ways to call an operation; `raw` ones, of `with_raw_response`, return the whole response."""

    half: Half
    raw: bool

    def __str__(self) -> str:
        return f"{self.half} with_raw_response" if self.raw else self.half


FLAVOURS: Final = (
    Flavour("sync", raw=True),
    Flavour("async", raw=False),
    Flavour("sync", raw=False),
    Flavour("async", raw=True),
)
_PAIRS: Final = (FLAVOURS[:2], FLAVOURS[2:])


def flavours_of(number: int) -> tuple[Flavour, Flavour]:
    """Return the two flavours that call with a case: one of each half, of which one is raw."""
    one, other = _PAIRS[number // 2 % len(_PAIRS)]
    return (other, one) if number % 2 else (one, other)


@dataclass
class Call:
    """One call of the client: what it sent and should have sent, and what it returned or raised."""

    flavour: Flavour
    request: httpx.Request | None
    expected: RequestParts
    value: Any = None
    error: Exception | None = None

    @property
    def is_refused(self) -> bool:
        """Whether the client itself refused the arguments, and sent nothing."""
        return self.request is None and isinstance(self.error, InvalidArgument)


@dataclass(frozen=True)
class Parameters:
    """What a case sends.

    Attributes:
        path: Path parameters, as text and without percent-encoding.
        query: Query parameters, as text; of an array the last item. Without those whose empty value means
            that they are left out.
        body: Fields of the body; empty if it is no object.
        scope: The first scope of the credentials that go with it; empty if there is none.
        fields: The names of the body's documented fields; None if they are not known.
    """

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]
    scope: str
    fields: Collection[str] | None = None

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a path parameter, or else of a documented body field or a query parameter."""
        fields: Mapping[str, Any] = self.body if self.fields is None or name in self.fields else {}
        return {**self.query, **fields, **self.path}.get(name, default)

    def number(self, name: str) -> int | None:
        """Return what `get` finds as a whole number; None if it is absent."""
        value = self.get(name)
        return None if value is None else int(value)


@dataclass
class Exchange:
    """A case that was sent, and the response to it.

    Attributes:
        case: The case.
        via: How it was sent.
        alternative: The security alternative whose credentials went with it.
        expected: The request that had to be sent.
        response: What the server answered.
        calls: What the client made of it; the first call is the one that the server got.
        failure: The failure that the body reports.
        fields: The names of the body's documented fields; None if they are not known.
        session: The session that called; None if the case was only sent raw.
        refusal: The error that the session has to raise instead of sending the case, if it is not for it.
        refused: The calls of that session.
    """

    case: Case[Any]
    via: Via
    alternative: Alternative
    expected: RequestParts
    response: httpx.Response
    calls: list[Call] = field(default_factory=list[Call])
    failure: Failure | None = None
    fields: Collection[str] | None = None
    session: Session | None = None
    refusal: type[Exception] | None = None
    refused: list[Call] = field(default_factory=list[Call])

    @property
    def succeeded(self) -> bool:
        """Whether the response is a success, by its status and by its body."""
        return self.response.is_success and self.failure is None

    @property
    def outcome(self) -> int | str:
        """The status; or the name of the client's error for a failure under the status of a success."""
        status = self.response.status_code
        return self.failure.error if self.failure and self.response.is_success else status

    @property
    def has_wrong_body(self) -> bool:
        """Whether the body is one that the document rules out."""
        return is_wrong_at(self.case, "body")

    @property
    def parameters(self) -> Parameters:
        """What the case sends."""
        case, scopes = self.case, next(iter(self.alternative.values()), ())
        return Parameters(
            {name: unquote(str(value)) for name, value in case.path_parameters.items()},
            {name: value for name, value in self.expected.query if name not in left_empty(case)},
            case.body if is_object(case.body) else {},
            scopes[0] if scopes else "",
            self.fields,
        )


def is_positive(case: Case[Any]) -> bool:
    """Return whether a case is one that the document allows."""
    return case.meta is None or case.meta.generation.mode.is_positive
