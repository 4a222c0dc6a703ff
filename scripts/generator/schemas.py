"""Schemas of the spec, with what the library's properties leave out."""

from __future__ import annotations

from typing import Any

from generator import docstrings
from generator.docstrings import fill, sentence
from generator.document import Json
from openapi_reader import is_object


class Schemas:
    """Looks up schemas of a spec."""

    def __init__(self, spec: Json) -> None:
        self._components: Json = spec["components"]["schemas"]

    def resolved(self, schema: Any) -> Json:
        """Return a schema with its reference followed. Siblings of the reference take precedence."""
        found: Json = schema if is_object(schema) else {}
        followed: set[str] = set()
        while "$ref" in found and found["$ref"] not in followed:
            followed.add(found["$ref"])
            beside = {key: value for key, value in found.items() if key != "$ref"}
            found = {**self._components.get(found["$ref"].rpartition("/")[2], {}), **beside}
        return found

    def about(self, schema: Any) -> Json:
        """Return the schema of a value, also if it is one alternative beside null."""
        found = self.resolved(schema)
        alternatives = [
            self.resolved(each) for key in ("oneOf", "anyOf", "allOf") for each in found.get(key, [])
        ]
        solid = [each for each in alternatives if each.get("type") != "null"]
        return {**solid[0], **found} if len(solid) == 1 else found

    def properties(self, schema: Any, key: str = "properties") -> Json:
        """Return the properties of an object, including those of its `allOf` parts."""
        found = self.resolved(schema)
        merged: Json = {}
        for part in found.get("allOf", []):
            merged |= self.properties(part, key)
        return {**merged, **found.get(key, {})}

    def is_secret(self, schema: Any) -> bool:
        """Return whether values of this schema are secrets."""
        about = self.about(schema)
        return about.get("format") == "password" or (
            about.get("type") == "array" and self.about(about.get("items", {})).get("format") == "password"
        )

    def is_nullable(self, schema: Any) -> bool:
        """Return whether null is a value of this schema."""
        found = self.resolved(schema)
        kinds = found.get("type", [])
        alternatives = [each for key in ("oneOf", "anyOf") for each in found.get(key, [])]
        return "null" in ([kinds] if isinstance(kinds, str) else kinds) or any(
            map(self.is_nullable, alternatives)
        )

    def entry(self, name: str, annotation: str, schema: Any, *, indent: int, extra: str = "") -> str:
        """Return one entry of an `Args` or `Attributes` section: type, meaning, constraints."""
        about = self.about(schema)
        said = [sentence(about.get("description")), docstrings.constraints(about)]
        if about.get("type") == "array":
            inner = docstrings.constraints(self.about(about.get("items", {})))
            said.append(f"Each: {inner[0].lower()}{inner[1:]}" if inner else "")
        said.append(extra)
        text = " ".join(part for part in said if part)
        return fill(text, indent, first=f"    {name} ({annotation}): ", hanging=8)
