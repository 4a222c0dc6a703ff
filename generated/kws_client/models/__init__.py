# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""What requests carry and responses hold. Each class is imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_runtime.lazy import lazy_attributes

if TYPE_CHECKING:
    from .address import Address
    from .app_data_entry import AppDataEntry
    from .app_data_page import AppDataPage
    from .call_error import CallError
    from .call_error_invalid import CallErrorInvalid
    from .child_age import ChildAge
    from .currency_sum import CurrencySum
    from .delete_app_data_body import DeleteAppDataBody
    from .event_limit import EventLimit
    from .field_error import FieldError
    from .has_triggered_event_body import HasTriggeredEventBody
    from .invite_user_body import InviteUserBody
    from .leaderboard import Leaderboard
    from .leaderboard_entry import LeaderboardEntry
    from .permissions import Permissions
    from .points import Points
    from .profile import Profile
    from .profile_update import ProfileUpdate
    from .request_permissions_body import RequestPermissionsBody
    from .score import Score
    from .token import Token
    from .token_error import TokenError
    from .token_request import TokenRequest
    from .token_request_grant_type import TokenRequestGrantType
    from .token_request_scope import TokenRequestScope
    from .trigger_event_body import TriggerEventBody

__getattr__ = lazy_attributes(
    __name__,
    {
        "Address": ".address",
        "AppDataEntry": ".app_data_entry",
        "AppDataPage": ".app_data_page",
        "CallError": ".call_error",
        "CallErrorInvalid": ".call_error_invalid",
        "ChildAge": ".child_age",
        "CurrencySum": ".currency_sum",
        "DeleteAppDataBody": ".delete_app_data_body",
        "EventLimit": ".event_limit",
        "FieldError": ".field_error",
        "HasTriggeredEventBody": ".has_triggered_event_body",
        "InviteUserBody": ".invite_user_body",
        "Leaderboard": ".leaderboard",
        "LeaderboardEntry": ".leaderboard_entry",
        "Permissions": ".permissions",
        "Points": ".points",
        "Profile": ".profile",
        "ProfileUpdate": ".profile_update",
        "RequestPermissionsBody": ".request_permissions_body",
        "Score": ".score",
        "Token": ".token",
        "TokenError": ".token_error",
        "TokenRequest": ".token_request",
        "TokenRequestGrantType": ".token_request_grant_type",
        "TokenRequestScope": ".token_request_scope",
        "TriggerEventBody": ".trigger_event_body",
    },
)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = [
    "Address",
    "AppDataEntry",
    "AppDataPage",
    "CallError",
    "CallErrorInvalid",
    "ChildAge",
    "CurrencySum",
    "DeleteAppDataBody",
    "EventLimit",
    "FieldError",
    "HasTriggeredEventBody",
    "InviteUserBody",
    "Leaderboard",
    "LeaderboardEntry",
    "Permissions",
    "Points",
    "Profile",
    "ProfileUpdate",
    "RequestPermissionsBody",
    "Score",
    "Token",
    "TokenError",
    "TokenRequest",
    "TokenRequestGrantType",
    "TokenRequestScope",
    "TriggerEventBody",
]
