"""Arguments that no schema allows: what the client checks is refused, and all else is sent or raises.

Which values are wrong comes from the document, and from nothing that the client says.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import enum
import itertools
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self, cast

import httpx

from openapi_fuzz import cases
from openapi_fuzz.credentials import FixedSupplier
from openapi_fuzz.document import Document, Node, Operation
from openapi_fuzz.endpoints import Endpoint, plain_name
from openapi_fuzz.parametrization import Parametrized, of_operations, with_parameters
from openapi_fuzz.server import IN_PROCESS
from openapi_fuzz.sessions import HALVES, Half
from openapi_fuzz.target import Target
from openapi_fuzz.values import is_optional
from openapi_reader import is_object
from openapi_runtime import UNSET
from openapi_runtime.errors import InvalidArgument, MissingArgument

# Formats of strings that are objects in Python, which the client leaves to their own classes.
_OBJECTS: Final = frozenset(("binary", "date", "date-time", "uuid"))
_MARK: Final = "made-up-value"
_DEPTH: Final = 3000


class Word(enum.StrEnum):
    """A member of somebody's own enumeration."""

    MADE_UP = "made-up"


class Numeral:
    """Something like a number of a library for arithmetic."""

    def __index__(self) -> int:
        return 1


@dataclass(frozen=True)
class Argument:
    """An argument of the façade, as the document has it.

    Attributes:
        name: Its name in the document; empty for the mapping of further fields.
        python_name: Its name in the client.
        place: `path`, `query`, `header`, `cookie` or `body`.
        schema: Its schema.
        required: Whether it has to be given.
        from_client: Whether a client may fill it in.
        reserved: Of the mapping of further fields: names that have arguments of their own.
    """

    name: str
    python_name: str
    place: str
    schema: Node
    required: bool
    from_client: bool
    reserved: frozenset[str] = frozenset()

    @property
    def takes_none(self) -> bool:
        """Whether None is no value, but says that there is none."""
        return self.place != "body"

    def forbids(self, value: object, document: Document) -> bool:
        """Return whether the document has the client refuse a value."""
        if self.reserved or not self.name:
            return self._forbids_fields(value, document)
        if self.schema.get("x-checked"):
            return is_forbidden(self.schema, value, document, nullable=self.takes_none)
        # A text would be taken for a list of its letters.
        return _kinds(self.schema) == ["array"] and isinstance(value, str | bytes)

    def _forbids_fields(self, value: object, document: Document) -> bool:
        if not isinstance(value, Mapping):
            return value is not UNSET
        fields = cast("Mapping[object, object]", value)
        if any(not isinstance(name, str) or name in self.reserved for name in fields):
            return True
        checked = bool(self.schema.get("x-checked"))
        return checked and any(is_forbidden(self.schema, each, document) for each in fields.values())


def arguments_of(document: Document, operation: Operation, endpoint: Endpoint) -> list[Argument]:
    """Return the arguments of an operation that the façade has by themselves."""
    found: list[Argument] = []
    for name, place, schema, required in _declared(document, operation):
        argument = endpoint.facade.find(name, place)
        if argument is not None:
            from_client = name in operation.from_client
            found.append(Argument(name, argument[0], place, schema, required, from_client))
    return [*found, *_further_fields(document, operation, endpoint)]


def is_forbidden(schema: Node, value: object, document: Document, *, nullable: bool = False) -> bool:
    """Return whether a value violates a schema that the client checks."""
    schema = merged(document, schema)
    if value is UNSET or (value is None and (nullable or "null" in _all_kinds(schema))):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return True
    kinds = [] if {"enum", "const"} & schema.keys() or schema.get("format") in _OBJECTS else _kinds(schema)
    if len(kinds) == 1 and not _is_of_kind(value, kinds[0]):
        return True
    if isinstance(value, str):
        return _is_wrong_text(schema, value)
    if isinstance(value, int | float):
        return _is_wrong_number(schema, value)
    if isinstance(value, Sequence):
        return _is_wrong_list(schema, cast("Sequence[object]", value), document)
    return False


def _is_of_kind(value: object, kind: str) -> bool:
    """Return whether a value of Python is of a JSON type: a boolean is no number, and 1.0 no integer."""
    match kind:
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "string":
            return isinstance(value, str)
        case "array":
            return isinstance(value, Sequence) and not isinstance(value, str | bytes)
        case _:
            return True


def _is_wrong_text(schema: Node, text: str) -> bool:
    return bool(
        not schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", math.inf)
        or re.search(schema.get("pattern", ""), text) is None
    )


def _is_wrong_number(schema: Node, number: float) -> bool:
    return bool(
        number < schema.get("minimum", -math.inf)
        or number > schema.get("maximum", math.inf)
        or number <= schema.get("exclusiveMinimum", -math.inf)
        or number >= schema.get("exclusiveMaximum", math.inf)
    )


def _is_wrong_list(schema: Node, values: Sequence[object], document: Document) -> bool:
    if not schema.get("minItems", 0) <= len(values) <= schema.get("maxItems", math.inf):
        return True
    return any(is_forbidden(schema.get("items", {}), each, document) for each in values)


def _all_kinds(schema: Node) -> list[str]:
    kinds = schema.get("type", [])
    return [kinds] if isinstance(kinds, str) else list(kinds)


def _kinds(schema: Node) -> list[str]:
    return [each for each in _all_kinds(schema) if each != "null"]


# ---- Which arguments there are


def merged(document: Document, schema: Node) -> Node:
    """Return a schema with what stands beside its reference."""
    return {**document.resolve(schema), **{key: value for key, value in schema.items() if key != "$ref"}}


def _declared(document: Document, operation: Operation) -> Iterator[tuple[str, str, Node, bool]]:
    item = document.resolve(document.root["paths"][operation.path])
    definition = item[operation.method.lower()]
    for each in (*item.get("parameters", ()), *definition.get("parameters", ())):
        parameter = document.resolve(each)
        schema = merged(document, parameter.get("schema", {}))
        yield parameter["name"], parameter["in"], schema, bool(parameter.get("required"))
    body = _body(document, operation)
    for name, schema in body.get("properties", {}).items():
        yield name, "body", merged(document, schema), name in body.get("required", ())


def _body(document: Document, operation: Operation) -> Node:
    item = document.resolve(document.root["paths"][operation.path])
    content: Node = document.resolve(item[operation.method.lower()].get("requestBody", {})).get("content", {})
    # Of several media types, the client has one.
    for media_type in content.values():
        return merged(document, media_type.get("schema", {}))
    return {}


def _further_fields(document: Document, operation: Operation, endpoint: Endpoint) -> Iterator[Argument]:
    body = _body(document, operation)
    further = body.get("additionalProperties")
    argument = endpoint.facade.find(str(body.get("x-argument-name")), "body")
    if is_object(further) and argument is not None:
        reserved = frozenset(body.get("properties", {}))
        schema = merged(document, further)
        yield Argument("", argument[0], "body", schema, required=False, from_client=False, reserved=reserved)


# ---- Values


def values_for(argument: Argument, document: Document, *, optional: bool) -> Iterator[object]:
    """Yield values around everything that a schema says, and of types that it says nothing of."""
    if argument.name:
        yield from _around(argument.schema, document)
    else:
        yield from ({"made up": each} for each in _around(argument.schema, document))
        yield from ({name: 1} for name in sorted(argument.reserved))
        yield from ({1: 1}, [("made up", 1)])
    yield from _odd()
    if optional:
        # Of a required argument, its type says that it must not be.
        yield UNSET


def _around(schema: Node, document: Document) -> Iterator[object]:
    """Yield values inside and outside of each bound, as near to it as they can be."""
    schema = merged(document, schema)
    yield from schema.get("enum", ())
    for bound in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        if bound in schema:
            yield from (schema[bound] - 1, schema[bound], schema[bound] + 1)
    for bound in ("minLength", "maxLength"):
        if bound in schema:
            yield from ("x" * max(0, schema[bound] + more) for more in (-1, 0, 1))
    if _kinds(schema) == ["array"]:
        yield from _lists(schema, document)
    yield from (_MARK, f"{_MARK},{_MARK}", "", " ", 1, 0, -1)


def _lists(schema: Node, document: Document) -> Iterator[list[object]]:
    items: Node = schema.get("items", {})
    each = list(_around(items, document))
    right = next((one for one in each if not is_forbidden(items, one, document)), _MARK)
    for bound in ("minItems", "maxItems"):
        if bound in schema:
            yield from ([right] * max(0, schema[bound] + more) for more in (-1, 0, 1))
    yield from ([right, one] for one in (*each, True, 1.5, None, [right]))


def _odd() -> Iterator[object]:
    """Yield values of types that a program may pass by mistake."""
    deep: list[object] = []
    for _ in range(_DEPTH):
        deep = [deep]
    yield from (None, True, False, 1.0, 1.5, math.nan, math.inf, 2**63, 10**400, b"made up")
    yield from ("\ud800", "\0", "é", "a\r\nb", ".", "..", "/", [], (), {}, ("made up",), {"made up"}, [b"x"])
    yield from (dt.datetime(2026, 1, 2, 3, 4), dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC))  # noqa: DTZ001
    yield from (dt.date(2026, 1, 2), Word.MADE_UP, Numeral(), object(), deep, {"made up": math.nan}, {1: 2})


# ---- Calls


class Caller:
    """Calls one operation of a target, which answers nothing: only what is sent matters.

    Args:
        target: The target.
        operation: What is called.
        supplied: What the client fills in for arguments that are left out.
    """

    def __init__(self, target: Target, operation: Operation, supplied: Mapping[str, Any]) -> None:
        self.endpoint = target.endpoints[operation.id]
        self._document = target.document
        self._operation = operation
        self._ways = itertools.cycle(HALVES)
        self._requests: list[httpx.Request] = []
        self._client = target.package.Client(
            IN_PROCESS,
            supplier=FixedSupplier(supplied),
            max_retries=0,
            httpx_args={"transport": httpx.MockTransport(self._respond)},
        )
        self._apis = {
            "sync": target.package.Api(self._client),
            "async": target.package.AsyncApi(self._client),
        }
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()
        self._runner.run(self._client.aclose())
        self._runner.close()

    def _respond(self, request: httpx.Request) -> httpx.Response:
        self._requests.append(request)
        return httpx.Response(599)

    def call(self, via: Half, arguments: Mapping[str, Any]) -> tuple[httpx.Request | None, Exception | None]:
        """Return what a call sends, and what it raises beside the response that it gets."""
        self._requests.clear()
        try:
            resource = getattr(self._apis[via].with_raw_response, self.endpoint.tag)
            result = getattr(resource, self.endpoint.method)(**arguments)
            if via == "async":
                self._runner.run(result)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is judged
            return next(iter(self._requests), None), error
        return self._requests[0], None

    def check(self, argument: Argument, value: object, arguments: Mapping[str, Any]) -> None:
        """Call with a value for an argument.

        Raises:
            AssertionError: It is sent although it is forbidden, or ends in an error of no type of its own.
        """
        forbidden = argument.forbids(value, self._document)
        # What is sent goes the same way, sync and async; what is refused is refused by two functions.
        for via in HALVES if forbidden else (next(self._ways),):
            request, error = self.call(via, {**arguments, argument.python_name: value})
            place = f"{self._operation.id}, {via}: {argument.python_name}={_shown(value)}"
            if forbidden:
                assert request is None, f"{place} is forbidden, and sent"
                assert isinstance(error, InvalidArgument), f"{place} is forbidden, and raises {error!r}"
            if error is None:
                assert request is not None, f"{place}: nothing is sent, and nothing raised"
                self._check_sent(argument, value, request, place)
            else:
                names = set(value) if is_object(value) else set[str]()
                self._check_error(argument, error, place, names)

    def _check_error(self, argument: Argument, error: Exception, place: str, names: set[str]) -> None:
        request_line = f"{self._operation.method} {self._operation.path}"
        assert isinstance(error, InvalidArgument | MissingArgument), f"{place} raises {error!r}"
        assert error.operation_id in (self._operation.id, ""), f"{place}: {error.operation_id}"
        assert error.request_line in (request_line, ""), f"{place}: {error.request_line}"
        # What is nested is found only when the whole body is written.
        names |= {argument.name, argument.python_name, "body: values nested too deeply"} - {""}
        assert any(str(name) in str(error) for name in names), f"{place}: the error does not name it: {error}"
        assert _MARK not in str(error), f"{place}: the error shows the value"

    def _check_sent(self, argument: Argument, value: object, request: httpx.Request, place: str) -> None:
        """Plain values arrive as they are."""
        if argument.place == "query" and (type(value) in (int, str)):
            found = request.url.params.get_list(argument.name)
            assert found == [str(value)], f"{place} is sent as {found}"
        elif argument.place == "body" and argument.name and type(value) in (int, str, bool, float):
            sent = _fields(request)
            if sent is not None:
                assert sent.get(argument.name) == value, f"{place} is sent as {sent.get(argument.name)!r}"


def _fields(request: httpx.Request) -> dict[str, Any] | None:
    if request.headers.get("content-type", "") != "application/json":
        return None
    body: object = json.loads(request.content)
    return body if is_object(body) else None


def _shown(value: object) -> str:
    try:
        return repr(value)[:80]
    except (RecursionError, ValueError):
        return f"a {type(value).__name__}"


# ---- Tests


def argument_tests(*targets: Target) -> type[ArgumentTests]:
    """Return a test class that calls every operation with arguments that its document does not allow.

        TestArguments = openapi_fuzz.argument_tests(Target("shop.yaml", "shop_client", mock=make_mock))

    Raises:
        TargetError: A client is missing, or does not fit its document.
    """
    return with_parameters(ArgumentTests, {"test_": of_operations(targets)})


class ArgumentTests(Parametrized):
    """Tests of arguments, to be had from `argument_tests`."""

    def test_what_is_checked_is_refused_and_all_else_is_sent_or_raises(
        self, target: Target, operation_id: str
    ) -> None:
        """Values around each bound, and of wrong types, for one argument at a time."""
        operation, document = target.document.operations[operation_id], target.document
        arguments = cases.allowed_arguments(target, operation_id)
        with Caller(target, operation, target.supplied) as caller:
            request, error = caller.call("sync", arguments)
            assert request is not None, f"{operation_id} is refused with arguments that are allowed: {error}"
            for argument in arguments_of(document, operation, caller.endpoint):
                annotation = caller.endpoint.facade.arguments[plain_name(argument.python_name)][1]
                for value in values_for(argument, document, optional=is_optional(annotation)):
                    caller.check(argument, value, arguments)

    def test_an_argument_that_is_left_out_is_missed(self, target: Target, operation_id: str) -> None:
        """Python misses what is required; the client misses what it was to fill in, and has nothing for."""
        operation, document = target.document.operations[operation_id], target.document
        arguments = cases.allowed_arguments(target, operation_id)
        with Caller(target, operation, {}) as caller:
            for argument in arguments_of(document, operation, caller.endpoint):
                if argument.required and argument.python_name in arguments:
                    _check_missed(caller, argument, arguments)


def _check_missed(caller: Caller, argument: Argument, arguments: Mapping[str, Any]) -> None:
    others = {name: value for name, value in arguments.items() if name != argument.python_name}
    expected = MissingArgument if argument.from_client else TypeError
    for via in HALVES:
        request, error = caller.call(via, others)
        assert request is None, f"{via}: sent without {argument.python_name}"
        assert type(error) is expected, f"{via}: without {argument.python_name}: {error!r}"
        assert argument.python_name in str(error)
