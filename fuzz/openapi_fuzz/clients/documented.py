"""What a document has a generated client declare.

Names, types and words are derived here from the document once more, by nothing that generation uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from openapi_fuzz.document import Document, server_url
from openapi_fuzz.media import is_json
from openapi_reader import is_array

Place: TypeAlias = tuple[str, str]
"""Name of an argument in the document, and where it stands: `path`, `query`, `header`, `cookie` or `body`."""

_PHRASES: Final = {
    413: "ContentTooLarge",
    414: "URITooLong",
    416: "RangeNotSatisfiable",
    422: "UnprocessableContent",
}
# Greater numbers are written in another way, such as 2^53.
_READABLE: Final = 10_000


class DocumentedOperation:
    """One operation as the document has it."""

    def __init__(self, document: Document, operation_id: str) -> None:
        self.document = document
        self.operation = document.operations[operation_id]
        self.parameters = self.operation.parameters

    @property
    def is_deprecated(self) -> bool:
        """Whether callers are told to use something else."""
        return bool(self.operation.definition.get("deprecated"))

    @property
    def responses(self) -> Mapping[str, Any]:
        """What is documented by status."""
        return self.operation.responses

    @property
    def body(self) -> tuple[str, Any] | None:
        """The media type that a client sends, with its schema; JSON before all others."""
        content = self.document.resolve(self.operation.definition.get("requestBody", {})).get("content", {})
        ordered = sorted(content, key=lambda name: not is_json(name))
        return (ordered[0], self.document.resolve(content[ordered[0]].get("schema", {}))) if ordered else None

    def names(self, place: str) -> list[str]:
        """Return the names of the parameters in a place."""
        return [each["name"] for each in self.parameters if each["in"] == place]

    @property
    def declaration(self) -> dict[str, Any]:
        """What a client has to declare of it."""
        document, definition = self.document, self.operation.definition
        successes = [each for each in self.responses if each.startswith("2")]
        successes = successes or [each for each in self.responses if each == "default"]
        root_servers = document.root.get("servers", [])
        servers = definition.get("servers", self.operation.item.get("servers", root_servers))
        own = server_url(servers[0]) if servers and servers != root_servers else None
        base_paths = list(dict.fromkeys(urlsplit(server_url(each)).path.rstrip("/") for each in root_servers))
        return {
            "id": self.operation.id,
            "method": self.operation.method,
            "path": self.operation.path,
            "security": definition.get("security", document.root.get("security", [])),
            "success": sorted(successes),
            "failure": sorted(each for each in self.responses if not each.startswith("2")),
            "failure in success": any(map(bool, self._failures_in_success(successes))),
            "server": own,
            "base paths": base_paths if all(base_paths) and own is None else [],
            "required": sorted(each["name"] for each in self.parameters if _has_to_be_sent(document, each)),
            "secrets": sorted(self._secrets),
            "idempotent": bool(definition.get("x-idempotent")),
        }

    def _failures_in_success(self, successes: list[str]) -> Iterator[bool]:
        for status in successes:
            for media in self.responses[status].get("content", {}).values():
                schema = media.get("schema", {})
                for each in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
                    yield "x-failure" in self.document.resolve(each)

    @property
    def _secrets(self) -> Iterator[str]:
        named = {each["name"]: self.document.resolve(each["schema"]) for each in self.parameters}
        if self.body:
            named |= properties_of(self.document, self.body[1])
        return (name for name, schema in named.items() if is_secret(self.document, schema))

    @property
    def builder_arguments(self) -> dict[Place, bool]:
        """Arguments of the builder by name and place, and whether they may be left out."""
        found = {(each["name"], each["in"]): not each.get("required") for each in self.parameters}
        if self.body:
            body = self.document.resolve(self.operation.definition["requestBody"])
            found["body", "body"] = not body.get("required")
        return found

    @property
    def facade_arguments(self) -> dict[Place, bool]:
        """Arguments of the façade, in which the fields of a body stand by themselves."""
        found = {
            (each["name"], each["in"]): not each.get("required") or self._is_supplied(each)
            for each in self.parameters
        }
        if not self.body:
            return found
        schema, is_optional = self.body[1], self.builder_arguments["body", "body"]
        if not self._has_flat_body:
            return {**found, ("body", "body"): is_optional}
        properties, required = properties_of(self.document, schema), required_of(self.document, schema)
        for name, each in properties.items():
            found[name, "body"] = name not in required or "x-from-client" in each
        if schema.get("additionalProperties"):
            name = schema.get("x-argument-name", "additional_properties")
            found[name, "body"] = bool(properties) or is_optional
        return found

    @property
    def _has_flat_body(self) -> bool:
        schema: Mapping[str, Any] = self.body[1] if self.body else {}
        return schema.get("type") == "object" or not schema.keys().isdisjoint({"properties", "allOf"})

    def _is_supplied(self, parameter: Mapping[str, Any]) -> bool:
        return "x-from-client" in parameter or "x-from-client" in self.document.resolve(parameter["schema"])

    @property
    def plain_schemas(self) -> dict[Place, Any]:
        """Schemas of arguments that have plain types."""
        found = {
            (each["name"], each["in"]): self.document.resolve(each["schema"]) for each in self.parameters
        }
        if self.body and self._has_flat_body:
            properties = properties_of(self.document, self.body[1])
            found |= {(name, "body"): each for name, each in properties.items()}
        plain = {place: each for place, each in found.items() if isinstance(each.get("type"), str)}
        return {place: each for place, each in plain.items() if not {"enum", "const"} & each.keys()}

    @property
    def words(self) -> Iterator[str]:
        """What the docstring has to say."""
        yield f"Operation {self.operation.id}: {self.operation.method} {self.operation.path}"
        for status in self.responses:
            if status.isdigit() and not status.startswith("2"):
                yield f"{error_name(int(status))}: "
        yield "APIError: "
        for schema in self.plain_schemas.values():
            limits = (schema.get(each) for each in ("minimum", "minLength", "maximum", "maxLength"))
            yield from (str(each) for each in limits if each and abs(each) < _READABLE)
            if "default" in schema:
                yield "The server's default is `"


def readers_of(response: Mapping[str, Any]) -> set[str]:
    """Return the names of the readers that may read a body: text may come as bytes."""
    content = [*response.get("content", {})]
    if not content:
        return {"no_body"}
    if any(map(is_json, content)):
        return {"json_body"}
    if not content[0].startswith("text/"):
        return {"bytes_body"}
    kind = response["content"][content[0]].get("schema", {}).get("type", "string")
    return {"bytes_body", "text_body" if kind == "string" else "json_body"}


def error_name(status: int) -> str:
    """Return the name of the error for a status."""
    try:
        words = HTTPStatus(status).phrase.replace("'", "").replace("-", " ").split()
    except ValueError:
        return f"Status{status}"
    return _PHRASES.get(status) or "".join(word[:1].upper() + word[1:] for word in words)


def _has_to_be_sent(document: Document, parameter: Mapping[str, Any]) -> bool:
    schema = document.resolve(parameter["schema"])
    alternatives = [document.resolve(each) for each in (*schema.get("oneOf", ()), *schema.get("anyOf", ()))]
    kinds = [each.get("type") for each in (schema, *alternatives)]
    is_nullable = any(kind == "null" or (is_array(kind) and "null" in kind) for kind in kinds)
    is_an_object = "object" in kinds
    return bool(parameter.get("required")) and parameter["in"] != "path" and not (is_nullable or is_an_object)


# ---- Schemas


def schemas_of(document: Document) -> Mapping[str, Any]:
    """Return the named schemas of a document."""
    found: Mapping[str, Any] = document.root.get("components", {}).get("schemas", {})
    return found


def models_of(document: Document) -> dict[str, Any]:
    """Return the named schemas of objects that have fields."""
    return {
        name: each
        for name, each in schemas_of(document).items()
        if "properties" in each and not {"$ref", "oneOf", "anyOf"} & each.keys()
    }


def properties_of(document: Document, schema: Any) -> dict[str, Any]:
    """Return the schemas of all properties of an object, by their names."""
    schema = document.resolve(schema)
    found: dict[str, Any] = {}
    for part in schema.get("allOf", ()):
        found |= properties_of(document, part)
    return found | {name: document.resolve(each) for name, each in schema.get("properties", {}).items()}


def required_of(document: Document, schema: Any) -> set[str]:
    """Return the names of the properties that an object has to have."""
    schema = document.resolve(schema)
    found = {*schema.get("required", ())}
    return found.union(*(required_of(document, part) for part in schema.get("allOf", ())))


def is_secret(document: Document, schema: Mapping[str, Any]) -> bool:
    """Return whether a value, or each item of it, is secret."""
    value = _besides_null(document, schema)
    return "password" in (
        value.get("format"),
        _besides_null(document, value.get("items", {})).get("format"),
    )


def _besides_null(document: Document, schema: Any) -> Mapping[str, Any]:
    """Return the schema of a value that may be null as well, or that wraps another schema."""
    schema = document.resolve(schema)
    parts = [document.resolve(each) for key in ("oneOf", "anyOf", "allOf") for each in schema.get(key, ())]
    solid = [each for each in parts if each.get("type") != "null"]
    return {**solid[0], **schema} if len(solid) == 1 else schema
