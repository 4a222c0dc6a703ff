"""Faults of a mock of KWS that the model has to find."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import httpx

from openapi_fuzz import Operation, ServerFault, faults
from openapi_fuzz.server import Send

from .known import APP, USER, WITHOUT_PARENT


def memory_faults(operations: Mapping[str, Operation]) -> Collection[ServerFault]:
    """A mock that forgets, does things twice, or takes one thing for another."""
    own = {"appId": APP, "userId": USER}
    written, deleted = (operations[each].at(**own) for each in ("setAppData", "deleteAppData"))
    other = "is not what was known|has .*, not what was known|instead of|is not listed"
    return (
        ServerFault("a write is lost", other, "setAppData", faults.lost(204, written)),
        ServerFault("a deletion does nothing", other, "deleteAppData", faults.lost(204, deleted)),
        ServerFault("an update of the profile is lost", other, "updateProfile", faults.lost(204, str(USER))),
        ServerFault("points are awarded twice", "received|leaderboard", "triggerEvent", faults.twice),
        ServerFault(
            "a write goes to another user", other, "setAppData", faults.as_if_asked(for_another_user)
        ),
        ServerFault("the name is not looked at", "asked for", "getAppData", faults.without_query("name")),
        ServerFault(
            "the interval is not looked at", "nobody|instead of", "getScore", faults.without_query("end")
        ),
        ServerFault("ranks are off by one", "leaderboard", "getScore", faults.with_json(off_by_one)),
        ServerFault("a refusal becomes a yes", "answered 204 instead of", "triggerEvent", allowed),
    )


def for_another_user(request: httpx.Request) -> httpx.Request:
    path = request.url.raw_path.replace(str(USER).encode(), str(WITHOUT_PARENT).encode())
    return faults.redirected(request, request.url.copy_with(raw_path=path))


def off_by_one(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "rank": body["rank"] + 1}


def allowed(request: httpx.Request, send: Send) -> httpx.Response:
    response = send(request)
    response.read()
    if response.status_code == 403:
        return httpx.Response(204, stream=httpx.ByteStream(b""), request=request)
    return faults.changed(response)
