"""Media types, and the one of a documented response that a client reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def is_json(media_type: str) -> bool:
    """Return whether a media type is JSON, or based on it."""
    return media_type.partition(";")[0].strip().lower().endswith(("/json", "+json"))


def media_type_of(response: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """Return the media type that a client reads of a documented response, with its schema; "" for no body."""
    content: Mapping[str, Mapping[str, Any]] = response.get("content", {})
    found = next(filter(is_json, content), next(iter(content), ""))
    return found, content[found].get("schema", {}) if found else {}
