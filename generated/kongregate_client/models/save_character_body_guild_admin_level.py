# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines SaveCharacterBodyGuildAdminLevel."""

from __future__ import annotations

from openapi_runtime.decoding import OpenStrEnum


class SaveCharacterBodyGuildAdminLevel(OpenStrEnum):
    """What the character may do in the guild."""

    SUPERADMIN = "superadmin"
    ADMIN = "admin"
