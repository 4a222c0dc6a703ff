"""Calls with arguments that no schema allows: what is checked is refused, and all else is sent or raises."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import httpx

from openapi_fuzz.cases import allowed_arguments
from openapi_fuzz.credentials import FixedSupplier
from openapi_fuzz.endpoints import plain_name
from openapi_fuzz.exchange import FLAVOURS
from openapi_fuzz.oracles.tally import oracle
from openapi_fuzz.parametrization import Parametrized, of_operations, with_parameters
from openapi_fuzz.responses.calling import Caller, asking, generated
from openapi_fuzz.sessions import HALVES, Half
from openapi_fuzz.target import Target
from openapi_fuzz.values import is_optional
from openapi_reader import is_object
from openapi_runtime import UNSET
from openapi_runtime.errors import InvalidArgument, MissingArgument
from openapi_runtime.operation import Operation
from openapi_runtime.options import Options

from .arguments import MARK, Argument, arguments_of, values_for

_HEADER: Final = "x-of-this-call"
_LONG_S: Final = 60
# Raw flavours: they return any response, so only refused arguments raise.
_RAW: Final = {each.half: each for each in FLAVOURS if each.raw}


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
        with Caller(target, operation_id, generated(target.supplied)) as caller:
            subject = _Subject(target, operation_id, caller)
            subject.check_allowed_arguments()
            for argument in subject.arguments:
                annotation = caller.endpoint.facade.arguments[argument.python_name]
                for value in values_for(argument, target.document, optional=is_optional(annotation)):
                    subject.check_argument(argument, value)

    def test_an_argument_that_is_left_out_is_missed(self, target: Target, operation_id: str) -> None:
        """A missing argument raises TypeError, or MissingArgument if the client was to fill it in."""
        with Caller(target, operation_id, generated({})) as caller:
            subject = _Subject(target, operation_id, caller)
            for argument in subject.arguments:
                if argument.required and argument.python_name in caller.arguments:
                    subject.check_missing_argument(argument)

    def test_options_of_a_call_are_its_own(self, target: Target, operation_id: str) -> None:
        """Every method of an operation takes options, which reach the request of that call and no other."""
        with Caller(target, operation_id, generated(target.supplied)) as caller:
            _Subject(target, operation_id, caller).check_options()
        if target.document.operations[operation_id].from_client:
            supplier = _TimedSupplier(target, operation_id)
            with Caller(target, operation_id, asking(supplier)) as caller:
                _Subject(target, operation_id, caller).check_deadline(supplier.deadlines)


class _TimedSupplier(FixedSupplier):
    """Supplies the arguments of one operation.

    Attributes:
        deadlines: What it was told so far, in seconds of `time.monotonic()`.
    """

    def __init__(self, target: Target, operation_id: str) -> None:
        values = {plain_name(name): each for name, each in allowed_arguments(target, operation_id).items()}
        names = target.document.operations[operation_id].from_client
        super().__init__({key: values.get(plain_name(name), UNSET) for name, key in names.items()})
        self.deadlines: list[float | None] = []

    def supply(self, name: str, operation: Operation[Any, Any], deadline: float | None = None) -> Any:
        self.deadlines.append(deadline)
        return super().supply(name, operation, deadline)


class _Subject:
    """One operation of a client, with a server that answers nothing: only what is sent matters."""

    def __init__(self, target: Target, operation_id: str, caller: Caller) -> None:
        self._document = target.document
        self._operation = target.document.operations[operation_id]
        self._caller = caller
        self._ways = itertools.cycle(HALVES)
        self.arguments = arguments_of(self._document, self._operation, caller.endpoint)

    def _call(
        self, half: Half, arguments: Mapping[str, Any]
    ) -> tuple[httpx.Request | None, Exception | None]:
        """Return what a call sends, and what it raises."""
        error = self._caller.call(_RAW[half], arguments=arguments).error
        return next(iter(self._caller.take_requests()), None), error

    @oracle
    def check_allowed_arguments(self) -> None:
        """Arguments that the document allows are sent."""
        request, error = self._call("sync", self._caller.arguments)
        assert request is not None, f"{self._operation.id} is refused with allowed arguments: {error}"

    @oracle
    def check_argument(self, argument: Argument, value: object) -> None:
        """What the document forbids is refused; all else is sent, or raises an error that names it."""
        forbidden = argument.forbids(value, self._document)
        # What is sent goes the same way, sync and async; what is refused is refused by two functions.
        for half in HALVES if forbidden else (next(self._ways),):
            request, error = self._call(half, {**self._caller.arguments, argument.python_name: value})
            place = f"{self._operation.id}, {half}: {argument.python_name}={_shown(value)}"
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
        assert MARK not in str(error), f"{place}: the error shows the value"

    def _check_sent(self, argument: Argument, value: object, request: httpx.Request, place: str) -> None:
        """Plain values arrive as they are."""
        if argument.place == "query" and (type(value) in (int, str)):
            found = request.url.params.get_list(argument.name)
            assert found == [str(value)], f"{place} is sent as {found}"
        elif argument.place == "body" and argument.name and type(value) in (int, str, bool, float):
            sent = _fields(request)
            if sent is not None:
                assert sent.get(argument.name) == value, f"{place} is sent as {sent.get(argument.name)!r}"

    @oracle
    def check_missing_argument(self, argument: Argument) -> None:
        """Without an argument that is required, nothing is sent, and the error names it."""
        others = {
            name: value for name, value in self._caller.arguments.items() if name != argument.python_name
        }
        expected = MissingArgument if argument.from_client else TypeError
        for half in HALVES:
            request, error = self._call(half, others)
            assert request is None, f"{half}: sent without {argument.python_name}"
            assert type(error) is expected, f"{half}: without {argument.python_name}: {error!r}"
            assert re.search(rf"\b{argument.python_name}\b", str(error)), (
                f"the error names another one: {error}"
            )

    @oracle
    def check_options(self) -> None:
        """Options of a call reach its request, and none of the calls after it."""
        for place, has_options in self._calls_with(Options(headers={_HEADER: MARK})):
            self._check_header(MARK if has_options else None, place)

    @oracle
    def check_deadline(self, deadlines: list[float | None]) -> None:
        """Whatever fills in arguments that are left out is told when the call has to be over."""
        for place, has_options in self._calls_with(Options(deadline=_LONG_S)):
            told = [each is not None for each in deadlines]
            deadlines.clear()
            assert told, f"{place}: the supplier of arguments is not asked"
            assert set(told) == {has_options}, (
                f"{place}: is the supplier told the deadline of the call? {told}"
            )

    def _calls_with(self, options: Options) -> Iterator[tuple[str, bool]]:
        """Call in every way, with options and without; yield after each call how, and whether it had them."""
        caller = self._caller
        for flavour in FLAVOURS:
            for given in ({"options": options}, {}):
                caller.call(flavour, arguments={**caller.arguments, **given})
                yield f"{self._operation.id}, {flavour}", bool(given)
        if self._operation.pagination:
            for half in HALVES:
                caller.iterate(half, options=options)
                yield f"{caller.endpoint.iterator}, {half}", True

    def _check_header(self, expected: str | None, place: str) -> None:
        found = [each.headers.get(_HEADER) for each in self._caller.take_requests()]
        assert found == [expected], f"{place}: options with a header of {expected!r} lead to {found}"


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
