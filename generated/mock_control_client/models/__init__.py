# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""What requests carry and responses hold. Each class is imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_runtime.lazy import lazy_attributes

if TYPE_CHECKING:
    from .active_fault import ActiveFault
    from .advance_clock_body import AdvanceClockBody
    from .clock import Clock
    from .fault import Fault
    from .fault_kind import FaultKind
    from .list_actions_response_200 import ListActionsResponse200
    from .list_actions_response_200_actions_item import ListActionsResponse200ActionsItem
    from .list_actions_response_200_actions_item_arguments import ListActionsResponse200ActionsItemArguments
    from .list_faults_response_200 import ListFaultsResponse200
    from .received_request import ReceivedRequest
    from .received_request_headers import ReceivedRequestHeaders
    from .received_request_query import ReceivedRequestQuery
    from .received_request_values import ReceivedRequestValues
    from .refusal import Refusal
    from .requests import Requests
    from .run_action_body import RunActionBody
    from .run_action_response_200 import RunActionResponse200
    from .seed_body import SeedBody
    from .set_clock_body import SetClockBody
    from .snapshot import Snapshot
    from .state import State
    from .state_tables import StateTables
    from .state_tables_additional_property_item import StateTablesAdditionalPropertyItem
    from .verify_requests_body import VerifyRequestsBody
    from .verify_requests_body_form import VerifyRequestsBodyForm
    from .verify_requests_body_path import VerifyRequestsBodyPath
    from .verify_requests_body_query import VerifyRequestsBodyQuery
    from .verify_requests_response_200 import VerifyRequestsResponse200
    from .violation import Violation
    from .violation_in import ViolationIn

__getattr__ = lazy_attributes(
    __name__,
    {
        "ActiveFault": ".active_fault",
        "AdvanceClockBody": ".advance_clock_body",
        "Clock": ".clock",
        "Fault": ".fault",
        "FaultKind": ".fault_kind",
        "ListActionsResponse200": ".list_actions_response_200",
        "ListActionsResponse200ActionsItem": ".list_actions_response_200_actions_item",
        "ListActionsResponse200ActionsItemArguments": ".list_actions_response_200_actions_item_arguments",
        "ListFaultsResponse200": ".list_faults_response_200",
        "ReceivedRequest": ".received_request",
        "ReceivedRequestHeaders": ".received_request_headers",
        "ReceivedRequestQuery": ".received_request_query",
        "ReceivedRequestValues": ".received_request_values",
        "Refusal": ".refusal",
        "Requests": ".requests",
        "RunActionBody": ".run_action_body",
        "RunActionResponse200": ".run_action_response_200",
        "SeedBody": ".seed_body",
        "SetClockBody": ".set_clock_body",
        "Snapshot": ".snapshot",
        "State": ".state",
        "StateTables": ".state_tables",
        "StateTablesAdditionalPropertyItem": ".state_tables_additional_property_item",
        "VerifyRequestsBody": ".verify_requests_body",
        "VerifyRequestsBodyForm": ".verify_requests_body_form",
        "VerifyRequestsBodyPath": ".verify_requests_body_path",
        "VerifyRequestsBodyQuery": ".verify_requests_body_query",
        "VerifyRequestsResponse200": ".verify_requests_response_200",
        "Violation": ".violation",
        "ViolationIn": ".violation_in",
    },
)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = [
    "ActiveFault",
    "AdvanceClockBody",
    "Clock",
    "Fault",
    "FaultKind",
    "ListActionsResponse200",
    "ListActionsResponse200ActionsItem",
    "ListActionsResponse200ActionsItemArguments",
    "ListFaultsResponse200",
    "ReceivedRequest",
    "ReceivedRequestHeaders",
    "ReceivedRequestQuery",
    "ReceivedRequestValues",
    "Refusal",
    "Requests",
    "RunActionBody",
    "RunActionResponse200",
    "SeedBody",
    "SetClockBody",
    "Snapshot",
    "State",
    "StateTables",
    "StateTablesAdditionalPropertyItem",
    "VerifyRequestsBody",
    "VerifyRequestsBodyForm",
    "VerifyRequestsBodyPath",
    "VerifyRequestsBodyQuery",
    "VerifyRequestsResponse200",
    "Violation",
    "ViolationIn",
]
