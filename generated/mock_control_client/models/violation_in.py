# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines ViolationIn."""

from __future__ import annotations

from openapi_runtime.decoding import OpenStrEnum


class ViolationIn(OpenStrEnum):
    """Where the value is."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"
    BODY = "body"
