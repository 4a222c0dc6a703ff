"""The journal: which requests a mock has received, and what it made of them."""

from __future__ import annotations

import json
import threading
from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from types import MappingProxyType
from typing import Any, Final, overload
from urllib.parse import parse_qs

from openapi_mock.messages import Request, Response, Violation

from .faults import Kind
from .names import check_name

MOST_RECORDS: Final = 1000
MOST_BYTES: Final = 16 * 1024 * 1024
_LISTED: Final = 10
_NO_VALUES: Final[Mapping[str, str]] = MappingProxyType({})
_UNDOCUMENTED: Final = {
    "route-not-found",
    "method-not-allowed",
    "payload-too-large",
    "unsupported-media-type",
    "malformed-body",
    "invalid-request",
}


@dataclass(frozen=True, slots=True)
class Record:
    """A request that a mock has received, with its response.

    `operation_id` and `path`, the path template, are empty if there is no such operation; `path_values` are
    the values of its parameters. `time_ms` is the mock's time in milliseconds since 1970-01-01 UTC,
    `duration_ms` how long the response took. `kind` is that of the problem for which it was refused, such as
    `malformed-body`, and `violations` are what is wrong with its values. `request` and `response` hold
    secrets as they were sent; `str` shows none.
    """

    number: int
    time_ms: int
    method: str
    path: str
    operation_id: str
    status: int
    duration_ms: float
    kind: str
    violations: tuple[Violation, ...]
    fault: Kind | None
    path_values: Mapping[str, str] = field(repr=False)
    request: Request = field(repr=False)
    response: Response = field(repr=False)

    def __str__(self) -> str:
        wrong = "".join(f"; {each.location} {each.path}: {each.message}" for each in self.violations)
        broken = f" (fault: {self.fault})" if self.fault else ""
        return (
            f"{self.operation_id or 'no operation'}: {self.method} {self.path} {self.status}{broken}{wrong}"
        )

    @property
    def query(self) -> dict[str, str]:
        """The query parameters as text; of one that was sent several times, the last."""
        return _fields(self.request.raw_query)

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form-urlencoded body as text; of one that was sent several times, the last."""
        return _fields(self.request.body)

    @property
    def json(self) -> Any:
        """The JSON body; None if there is none, or another one."""
        try:
            return json.loads(self.request.body)
        except (ValueError, RecursionError):
            return None


class Journal:
    """The last requests of a mock, oldest first. Safe to share between threads.

    It holds `MOST_RECORDS` records and bodies of `MOST_BYTES` at most; older ones are dropped. `operations`
    are the names that are known.
    """

    def __init__(
        self,
        operations: Collection[str] = (),
        *,
        most_records: int = MOST_RECORDS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._operations = operations
        self._most_records = most_records
        self._most_bytes = most_bytes
        self._records: deque[Record] = deque()
        self._bytes = 0
        self._numbers = count(1)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        with self._lock:
            return iter(tuple(self._records))

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        return list(self)[index]

    @property
    def last(self) -> Record:
        """The latest request. Raises AssertionError if there was none."""
        if not self._records:
            raise AssertionError("no request was received")
        return self._records[-1]

    def of(self, operation_id: str) -> list[Record]:
        """Return the requests for one operation, oldest first. Raises UnknownOperationError."""
        return self.matching(operation_id)

    def clear(self) -> None:
        """Forget all requests."""
        with self._lock:
            self._records.clear()
            self._bytes = 0

    def add(
        self,
        request: Request,
        response: Response,
        *,
        time_ms: int,
        duration_ms: float = 0.0,
        path: str = "",
        operation_id: str = "",
        path_values: Mapping[str, str] = _NO_VALUES,
        kind: str = "",
        violations: tuple[Violation, ...] = (),
        fault: Kind | None = None,
    ) -> None:
        """Record a request, and drop the oldest ones beyond the limits."""
        with self._lock:
            record = Record(
                next(self._numbers),
                time_ms,
                request.method,
                path,
                operation_id,
                response.status,
                duration_ms,
                kind,
                violations,
                fault,
                path_values,
                request,
                response,
            )
            self._records.append(record)
            self._bytes += _size(record)
            while len(self._records) > self._most_records or self._bytes > self._most_bytes:
                self._bytes -= _size(self._records.popleft())

    # ---- For tests ----

    def matching(
        self,
        operation_id: str | None = None,
        *,
        status: int | None = None,
        path: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        json: Any = None,  # as httpx calls it
        form: Mapping[str, object] | None = None,
    ) -> list[Record]:
        """Return the requests that fit. `path`, `query`, `json` and `form` may be parts of what was sent.

        `path` has values of the path's parameters. Raises UnknownOperationError.
        """
        check_name(operation_id, self._operations)
        return [
            each
            for each in self
            if operation_id in (None, each.operation_id)
            and status in (None, each.status)
            and (path is None or _is_part(_texts(path), each.path_values))
            and (query is None or _is_part(_texts(query), each.query))
            and (form is None or _is_part(_texts(form), each.form))
            and (json is None or _is_part(json, each.json))
        ]

    def assert_called(
        self,
        operation_id: str,
        *,
        times: int | None = None,
        status: int | None = None,
        path: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        json: Any = None,
        form: Mapping[str, object] | None = None,
    ) -> list[Record]:
        """Return the requests that fit, as `matching` does.

        Raises AssertionError if there are none, or not as many as `times`; it lists what was received.
        """
        found = self.matching(operation_id, status=status, path=path, query=query, json=json, form=form)
        if not found if times is None else len(found) != times:
            wanted = "at least once" if times is None else f"{times} times"
            given = {"status": status, "path": path, "query": query, "json": json, "form": form}
            limits = "".join(f" with {name} {value!r}" for name, value in given.items() if value is not None)
            raise AssertionError(
                f"{operation_id} was to be called {wanted}{limits}, and was called {len(found)} times; "
                f"{self._received()}{self._statuses(operation_id)}"
            )
        return found

    def assert_not_called(self, operation_id: str | None = None) -> None:
        """Raise AssertionError if the operation, or any, was called."""
        if found := self.matching(operation_id):
            raise AssertionError(
                f"{operation_id or 'nothing'} was not to be called; {len(found)} requests came: {found[0]}"
            )

    def assert_valid(self) -> None:
        """Raise AssertionError for requests that are not as documented, or that no operation is for."""
        if wrong := [each for each in self if each.violations or each.kind in _UNDOCUMENTED]:
            shown = "\n".join(f"  {each}" for each in wrong[:_LISTED])
            raise AssertionError(f"{len(wrong)} of {len(self)} requests are not as documented:\n{shown}")

    def _statuses(self, operation_id: str) -> str:
        statuses = Counter(each.status for each in self if each.operation_id == operation_id)
        shown = ", ".join(f"{status} ({times})" for status, times in sorted(statuses.items()))
        return f"; statuses of {operation_id}: {shown}" if shown else ""

    def _received(self) -> str:
        counted = Counter(each.operation_id or f"{each.method} (no operation)" for each in self)
        if not counted:
            return "no request was received"
        return "received: " + ", ".join(f"{name} ({times})" for name, times in counted.most_common(_LISTED))


def _size(record: Record) -> int:
    return len(record.request.body) + len(record.response.content)


def _fields(text: bytes) -> dict[str, str]:
    try:
        pairs = parse_qs(text.decode(errors="replace"), keep_blank_values=True, max_num_fields=1000)
    except ValueError:
        return {}
    return {name: values[-1] for name, values in pairs.items()}


def _texts(fields: Mapping[str, object]) -> dict[str, str]:
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()}


def _is_part(wanted: Any, found: Any) -> bool:
    """Return whether a JSON value has all that is wanted: fields of objects may be left out."""
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(
            name in found and _is_part(value, found[name])
            for name, value in wanted.items()  # pyright: ignore[reportUnknownVariableType]
        )
    return bool(wanted == found)
