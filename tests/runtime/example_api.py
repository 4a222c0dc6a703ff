"""A small API, declared by hand as generated clients declare theirs, and a server made of one function."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Coroutine
from typing import Any, ClassVar, Final, Literal, Protocol, Self, TypeVar, cast
from uuid import UUID

import httpx
from attrs import define, field

from openapi_runtime import UNSET, Client, Response, Unset
from openapi_runtime.bodies import json_body, no_body
from openapi_runtime.decoding import (
    Decoder,
    Object,
    OpenIntEnum,
    OpenStrEnum,
    anything,
    array,
    constant,
    date,
    date_time,
    encode_fields,
    fields,
    initialised,
    integer,
    member,
    new,
    nullable,
    number,
    optional,
    required,
    rest,
    string,
    union,
    uuid,
)
from openapi_runtime.errors import ErrorClasses, Failed, StatusError
from openapi_runtime.models import Model
from openapi_runtime.operation import Operation, Request

S = TypeVar("S")
T = TypeVar("T")

URL: Final = "https://api.example/v1"


# ---- models


class Kind(OpenStrEnum):
    SMALL = "small"
    BIG = "big"


class Level(OpenIntEnum):
    LOW = 1
    HIGH = 20


@define(kw_only=True)
class Box(Model):
    """An object that has no other fields than its own."""

    width: int | Unset = UNSET
    things: list[Thing] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        return encode_fields({"width": self.width, "things": self.things})

    @classmethod
    def from_dict(cls, source: object) -> Self:
        found = fields(source)
        return cls(
            width=optional(found, "width", integer),
            things=optional(found, "things", array(Thing.from_dict)),
        )


@define(kw_only=True)
class Thing(Model):
    """An object with a field of every kind."""

    id: int
    kind: Kind
    level: Level | Unset = UNSET
    size: float | Unset = UNSET
    made: dt.datetime | Unset = UNSET
    day: dt.date | Unset | None = UNSET
    uuid: UUID | Unset = UNSET
    parent: Thing | Unset | None = UNSET
    box: Box | Unset = UNSET
    either: int | list[int] | Box | str | Unset = UNSET
    always: Literal["always"] | Unset = UNSET
    secret: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=False)

    def to_dict(self) -> dict[str, Any]:
        return encode_fields(
            {
                "id": self.id,
                "kind": self.kind,
                "level": self.level,
                "size": self.size,
                "made": self.made,
                "day": self.day,
                "uuid": self.uuid,
                "parent": self.parent,
                "box": self.box,
                "either": self.either,
                "always": self.always,
                "secret": self.secret,
            },
            self.additional_properties,
        )

    @classmethod
    def from_dict(cls, source: object) -> Self:
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        value = found.get("id")
        self.id = value if type(value) is int else required(found, "id", integer)
        self.kind = required(found, "kind", member(Kind))
        self.level = optional(found, "level", member(Level))
        value = found.get("size", UNSET)
        self.size = value if type(value) is Unset else optional(found, "size", number)
        self.made = optional(found, "made", date_time)
        self.day = optional(found, "day", nullable(date))
        self.uuid = optional(found, "uuid", uuid)
        self.parent = optional(found, "parent", nullable(Thing.from_dict))
        self.box = optional(found, "box", Box.from_dict)
        self.either = optional(found, "either", union(integer, array(integer), Box.from_dict, string))
        self.always = optional(found, "always", cast("Decoder[Literal['always']]", constant("always")))
        value = found.get("secret", UNSET)
        self.secret = (
            value if type(value) is str or type(value) is Unset else optional(found, "secret", string)
        )
        if not _OF_THING.issuperset(found):
            self.additional_properties = rest(found, _OF_THING, anything)
        return self if cls is Thing else initialised(self)


_OF_THING: Final = frozenset(
    {
        "id",
        "kind",
        "level",
        "size",
        "made",
        "day",
        "uuid",
        "parent",
        "box",
        "either",
        "always",
        "secret",
    }
)


@define(kw_only=True)
class Problem:
    """The body of a failure."""

    error_message_fields: ClassVar[tuple[str, ...]] = ("message", "fields")

    message: str | Unset = UNSET
    fields: dict[str, Any] | Unset = UNSET

    @classmethod
    def from_dict(cls, source: object) -> Self:
        found = fields(source)
        return cls(
            message=optional(found, "message", string),
            fields=optional(found, "fields", _any_fields),
        )


def _any_fields(value: object) -> dict[str, Any]:
    return {**fields(value)}


@define(kw_only=True)
class Refusal:
    """A failure that may come under the status of a success."""

    failure_code_field: ClassVar[str | None] = "error"
    error_message_fields: ClassVar[tuple[str, ...]] = ("why",)

    ok: Literal[False] = False
    error: int | str | Unset = UNSET
    why: str | list[str] | Unset = UNSET

    @classmethod
    def from_dict(cls, source: object) -> Self:
        found = fields(source)
        return cls(
            ok=required(found, "ok", cast("Decoder[Literal[False]]", constant(False))),
            error=optional(found, "error", union(integer, string)),
            why=optional(found, "why", union(string, array(string))),
        )


# ---- errors


class NotFound(StatusError):
    documented_status = 404


class Unauthorized(StatusError):
    documented_status = 401


class WrongKey(Failed):
    pass


ERRORS: Final = ErrorClasses(
    by_status={401: Unauthorized, 404: NotFound}, by_code={403: WrongKey, "wrong": WrongKey}
)


# ---- operations

GET_THING: Final[Operation[Thing, Problem | None]] = Operation(
    id="getThing",
    method="GET",
    path="/things/{thing-id}.json",
    success={200: json_body(Thing.from_dict)},
    failure={404: json_body(Problem.from_dict), 599: no_body},
    errors=ERRORS,
)
LOG_IN: Final[Operation[str, Problem]] = Operation(
    id="logIn",
    method="POST",
    path="/login",
    success={200: json_body(string)},
    failure={401: json_body(Problem.from_dict)},
    errors=ERRORS,
    secrets=("password", "pins", "key", "keys"),
)
RESET: Final[Operation[None, Problem]] = Operation(
    id="reset",
    method="POST",
    path="/resets/{code}/{step}",
    success={204: no_body},
    failure={404: json_body(Problem.from_dict)},
    errors=ERRORS,
    secrets=("code",),
)


def get_thing(thing_id: object = 7) -> Request:
    return GET_THING.request(path={"thing-id": thing_id})


def log_in(password: str = "pass-phrase") -> Request:
    body = {"user": "robin", "password": password}
    return LOG_IN.request(body=body, media_type="application/x-www-form-urlencoded")


# ---- the server

Respond = Callable[[httpx.Request], httpx.Response]


def always(status: int = 200, **response: Any) -> Respond:
    """Respond to every request in the same way."""
    return lambda _: httpx.Response(status, **response)


def raising(error: Exception) -> Respond:
    """Break every request with one error."""

    def respond(_: httpx.Request) -> httpx.Response:
        raise error

    return respond


class Server:
    """A server made of one function, which keeps the requests that it got."""

    def __init__(self, respond: Respond | None = None) -> None:
        self.requests: list[httpx.Request] = []
        self._respond = respond or always()

    @property
    def last(self) -> httpx.Request:
        return self.requests[-1]

    def transport(self) -> httpx.MockTransport:
        def handle(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            return self._respond(request)

        return httpx.MockTransport(handle)

    def client(self, base_url: str = URL, **settings: Any) -> Client:
        httpx_args = {"transport": self.transport(), **settings.pop("httpx_args", {})}
        settings.setdefault("max_retries", 0)
        return Client(base_url, httpx_args=httpx_args, **settings)


# ---- calls, sync and async


class Caller(Protocol):
    """Calls operations, sync or async."""

    def call(self, operation: Operation[S, Any], client: Client, request: Request) -> S: ...

    def send(self, operation: Operation[S, T], client: Client, request: Request) -> Response[S | T]: ...

    def close(self, client: Client) -> None: ...


class SyncCaller:
    """Calls operations."""

    def call(self, operation: Operation[S, Any], client: Client, request: Request) -> S:
        return operation.call(client, request)

    def send(self, operation: Operation[S, T], client: Client, request: Request) -> Response[S | T]:
        return operation.send(client, request)

    def close(self, client: Client) -> None:
        client.close()


class AsyncCaller:
    """Calls operations in one event loop."""

    def __init__(self, runner: asyncio.Runner) -> None:
        self._runner = runner

    def call(self, operation: Operation[S, Any], client: Client, request: Request) -> S:
        return self._run(operation.call_async(client, request))

    def send(self, operation: Operation[S, T], client: Client, request: Request) -> Response[S | T]:
        return self._run(operation.send_async(client, request))

    def close(self, client: Client) -> None:
        self._run(client.aclose())

    def _run(self, call: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(call)
