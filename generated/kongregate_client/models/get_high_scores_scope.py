# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines GetHighScoresScope."""

from __future__ import annotations

from openapi_runtime.decoding import OpenStrEnum


class GetHighScoresScope(OpenStrEnum):
    """Values of GetHighScoresScope."""

    DAILY = "daily"
    WEEKLY = "weekly"
    LIFETIME = "lifetime"
