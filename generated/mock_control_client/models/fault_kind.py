# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines FaultKind."""

from __future__ import annotations

from openapi_runtime.decoding import OpenStrEnum


class FaultKind(OpenStrEnum):
    """What happens. `status`: an error of that status. `delay`: the response comes late. `reset`: the connection
    is reset before the request is handled; `lost-response`: after it. `cut`: the connection is closed in the
    middle of the body. `drip`: the body comes byte by byte. `truncated`, `malformed`: the body is no whole
    JSON. `wrong-type`, `missing-field`: one value has another type, or is missing. `html`: a page of a proxy.
    `duplicate-callback`: a callback is delivered twice.
    """

    STATUS = "status"
    DELAY = "delay"
    RESET = "reset"
    LOST_RESPONSE = "lost-response"
    CUT = "cut"
    DRIP = "drip"
    TRUNCATED = "truncated"
    MALFORMED = "malformed"
    WRONG_TYPE = "wrong-type"
    MISSING_FIELD = "missing-field"
    HTML = "html"
    DUPLICATE_CALLBACK = "duplicate-callback"
