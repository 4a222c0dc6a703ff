# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines TokenRequestGrantType."""

from __future__ import annotations

from openapi_runtime.decoding import OpenStrEnum


class TokenRequestGrantType(OpenStrEnum):
    """Which grant this is."""

    CLIENT_CREDENTIALS = "client_credentials"
    AUTHORIZATION_CODE = "authorization_code"
