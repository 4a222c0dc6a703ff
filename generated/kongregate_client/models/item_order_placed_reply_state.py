# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines ItemOrderPlacedReplyState."""

from __future__ import annotations

from openapi_runtime.decoding import OpenStrEnum


class ItemOrderPlacedReplyState(OpenStrEnum):
    """Whether the player got the items."""

    COMPLETED = "completed"
    CANCELED = "canceled"
