# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines TokenRequestScope."""

from __future__ import annotations

from openapi_runtime.decoding import OpenStrEnum


class TokenRequestScope(OpenStrEnum):
    """Scope of a `client_credentials` token."""

    APP = "app"
    FRONTEND = "frontend"
