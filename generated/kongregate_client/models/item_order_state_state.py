# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines ItemOrderStateState."""

from __future__ import annotations

from openapi_runtime.decoding import OpenStrEnum


class ItemOrderStateState(OpenStrEnum):
    """What became of the order."""

    COMPLETED = "completed"
    CANCELED = "canceled"
