"""The control object over HTTP: the API of `openapi/mock_control.yaml`, served under `/_mock`."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from openapi_mock.behaviour import Behaviour
from openapi_mock.catalog import find_document
from openapi_mock.document import Document
from openapi_mock.engine import Mock
from openapi_mock.handlers import operation
from openapi_mock.messages import Call, Problem, Response
from openapi_mock.operations import Operation
from openapi_mock.state.seeds import SeedError
from openapi_mock.state.store import LoadError

from .actions import ActionError, Refused, actions_of
from .control import StatelessError
from .faults import Fault, FaultError
from .masking import Masking, text
from .names import UnknownOperationError

if TYPE_CHECKING:
    from openapi_mock.state.store import Snapshot

    from .control import Control
    from .journal import Record

_NAME: Final = "mock_control"
_MOST_SNAPSHOTS: Final = 100


def control_mock(mock: Mock[Any]) -> Mock:
    """Return the mock that serves the control of another one. Who may use it is for others to check."""
    return Mock(Document.load(find_document(_NAME)), ControlBehaviour(mock))


class ControlBehaviour(Behaviour):
    """The handlers of the control API, over the control object of one mock."""

    # The control object takes turns with the requests of its mock.
    serial = False

    def __init__(self, mock: Mock[Any]) -> None:
        self._control: Control = mock.control
        self._masking = Masking(mock.document)
        self._actions = actions_of(self._control)
        self._snapshots: dict[int, Snapshot] = {}
        self._numbers = count(1)

    def render(self, problem: Problem, operation: Operation | None) -> Response:
        details = "; ".join(f"{each.path or each.location} {each.message}" for each in problem.violations)
        message = f"{problem.message}: {details}" if details else problem.message
        return Response(problem.status, {"error": problem.kind, "message": message})

    # ---- state ----

    @operation("reset")
    def reset_all(self, call: Call) -> None:
        self._control.reset()

    @operation("exportState")
    def export_state(self, call: Call) -> dict[str, Any]:
        with _errors_as_problems():
            return {"tables": self._control.export()}

    @operation("importState")
    def import_state(self, call: Call) -> None:
        with _errors_as_problems():
            self._control.load(call.body["tables"])

    @operation("seed")
    def seed_state(self, call: Call) -> None:
        with _errors_as_problems():
            self._control.seed(call.body)

    @operation("takeSnapshot")
    def take_snapshot(self, call: Call) -> dict[str, int]:
        if len(self._snapshots) >= _MOST_SNAPSHOTS:
            raise Problem(409, "too-many", f"there are {_MOST_SNAPSHOTS} snapshots: drop some first")
        with _errors_as_problems():
            snapshot = self._control.snapshot()
        number = next(self._numbers)
        self._snapshots[number] = snapshot
        return {"id": number}

    @operation("restoreSnapshot")
    def restore_snapshot(self, call: Call) -> None:
        snapshot = self._snapshots.get(call.path["id"])
        if snapshot is None:
            raise _not_found("snapshot", call.path["id"])
        self._control.restore(snapshot)

    @operation("dropSnapshot")
    def drop_snapshot(self, call: Call) -> None:
        if self._snapshots.pop(call.path["id"], None) is None:
            raise _not_found("snapshot", call.path["id"])

    # ---- requests ----

    @operation("listRequests")
    def list_requests(self, call: Call) -> dict[str, Any]:
        query = call.query
        with _errors_as_problems():
            matching = self._control.requests.matching(query.get("operation"), status=query.get("status"))
        found = [each for each in matching if each.number > query.get("after", 0)]
        if "after" in query:
            # For a program that follows along, which must not miss any.
            return {"requests": [self._shown(each) for each in found[: query["limit"]]]}
        return {"requests": [self._shown(each) for each in reversed(found[-query["limit"] :])]}

    @operation("clearRequests")
    def clear_requests(self, call: Call) -> None:
        self._control.requests.clear()

    @operation("verifyRequests")
    def verify_requests(self, call: Call) -> dict[str, Any]:
        wanted = dict(call.body)
        times = wanted.pop("times", None)
        name = wanted.pop("operation", None)
        requests = self._control.requests
        with _errors_as_problems():
            try:
                found = requests.assert_called(name, times=times, **wanted)
            except AssertionError as error:
                return {"ok": False, "count": len(requests.matching(name, **wanted)), "message": str(error)}
        return {"ok": True, "count": len(found)}

    # ---- clock ----

    @operation("getClock")
    def get_clock(self, call: Call) -> dict[str, Any]:
        return self._clock()

    @operation("setClock")
    def set_clock(self, call: Call) -> dict[str, Any]:
        clock = self._control.clock
        if "time" in call.body:
            clock.set(datetime.fromtimestamp(call.body["time"] / 1000, UTC))
        if "stopped" in call.body:
            clock.stop() if call.body["stopped"] else clock.start()
        return self._clock()

    @operation("advanceClock")
    def advance_clock(self, call: Call) -> dict[str, Any]:
        try:
            self._control.clock.advance(seconds=call.body["seconds"])
        except (OverflowError, ValueError):
            raise Problem(400, "wrong", "seconds lead beyond the years 1 to 9999") from None
        return self._clock()

    @operation("resetClock")
    def reset_clock(self, call: Call) -> dict[str, Any]:
        self._control.clock.reset()
        return self._clock()

    # ---- faults ----

    @operation("listFaults")
    def list_faults(self, call: Call) -> dict[str, Any]:
        return {"faults": [_fault(each) for each in self._control.faults]}

    @operation("addFault")
    def add_fault(self, call: Call) -> dict[str, Any]:
        try:
            active = self._control.fail(**call.body)
        except (FaultError, UnknownOperationError) as error:
            raise Problem(400, "wrong", str(error)) from None
        return _fault(active.fault)

    @operation("removeFault")
    def remove_fault(self, call: Call) -> None:
        if not self._control.faults.remove(call.path["id"]):
            raise _not_found("fault", call.path["id"])

    @operation("clearFaults")
    def clear_faults(self, call: Call) -> None:
        self._control.faults.clear()

    # ---- actions ----

    @operation("listActions")
    def list_actions(self, call: Call) -> dict[str, Any]:
        found = self._actions.values()
        return {
            "actions": [
                {"name": each.name, "summary": each.summary, "arguments": each.schema} for each in found
            ]
        }

    @operation("runAction")
    def run_action(self, call: Call) -> dict[str, Any]:
        found = self._actions.get(call.path["name"])
        if found is None:
            known = ", ".join(self._actions) or "none"
            raise Problem(404, "not-found", f"there is no action of this name; there are: {known}")
        try:
            return {"result": found.run(call.body)}
        except ActionError as error:
            raise Problem(400, "wrong", str(error)) from None
        except Refused as error:
            raise Problem(409, "refused", error.reason) from None

    # ---- Helpers ----

    def _clock(self) -> dict[str, Any]:
        return {"time": self._control.clock(), "stopped": self._control.clock.is_stopped}

    def _shown(self, record: Record) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "number": record.number,
            "time": record.time_ms,
            "method": record.method,
            "path": record.path,
            "values": self._masking.json(dict(record.path_values)),
            "status": record.status,
            "duration": round(record.duration_ms, 3),
            "violations": [
                {
                    "in": each.location,
                    "at": text(each.path),
                    "keyword": each.keyword,
                    "message": text(each.message),
                }
                for each in record.violations
            ],
            **self._masking.request(record),
        }
        if record.operation_id:
            shown["operation"] = record.operation_id
        if record.fault:
            shown["fault"] = record.fault
        return shown


@contextmanager
def _errors_as_problems() -> Generator[None]:
    """Refuse the request for an error of the state."""
    try:
        yield
    except StatelessError as error:
        raise Problem(409, "stateless", str(error)) from None
    except (LoadError, SeedError, UnknownOperationError) as error:
        raise Problem(400, "wrong", str(error)) from None


def _fault(fault: Fault) -> dict[str, Any]:
    shown = {
        "id": fault.id,
        "kind": fault.kind,
        "operation": fault.operation,
        "status": fault.status,
        "retry_after": fault.retry_after,
        "delay": fault.delay or None,
        "times": fault.times,
        "probability": fault.probability,
    }
    return {name: value for name, value in shown.items() if value is not None}


def _not_found(what: str, number: int) -> Problem:
    return Problem(404, "not-found", f"there is no {what} {number}")
