"""Makes the implicit parts of a spec explicit, so that library and templates need no special cases.

The result is a new document. Every operation is complete: references to parameters, responses and bodies are
resolved, and it has its security, server, id and tag. Every schema has a form that the library understands.
"""

from __future__ import annotations

import copy
import re
from itertools import product
from typing import TYPE_CHECKING, Any

from generator.document import Document, Json, contents, mappings, members, parts, pascal
from generator.nodes import METHODS
from generator.recursion import endless_references
from generator.webhooks import webhooks
from openapi_reader import Pointer, is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Replaces `default`, which the library would apply: that is up to the server.
SERVER_DEFAULT = "x-server-default"
# Marks the schema of a failure, also of one with the status of a success.
FAILURE = "x-failure"
# The names of such schemas, by the status of the success that they are alternatives of.
FAILURES_IN_SUCCESS = "x-failures-in-success"
# The properties of replies to webhooks, which users of the client create. The constraints are those of the
# document, since the library turns them into floats.
REPLY = "x-reply"
_SCHEMA_REF = re.compile(r"#/components/schemas/[^/]+")
_SUBSCHEMA_MAPS = ("properties", "patternProperties")
_SUBSCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SUBSCHEMAS = ("items", "additionalProperties", "not")
_JSON_MEDIA = re.compile(r"application/(.*\+)?json\b")
_READABLE_MEDIA = re.compile(r"(application/(.*\+)?json|application/octet-stream|text/[^;]+)\b")
_TEXT = "text/html"
_BODY_MEDIA = ("application/x-www-form-urlencoded", "multipart/form-data", "application/octet-stream")


def normalize(document: Document) -> Json:
    """Return the explicit form of a document.

    Raises:
        SpecError: A reference leads nowhere or out of the file, or something has no form in a client.
    """
    return _Normalization(document).run()


def operations(spec: Json) -> Iterator[tuple[str, str, Json]]:
    """Yield path, method and object of every operation, in the order of the document."""
    for path, item in members(spec.get("paths", {})).items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def left_out(document: Document) -> Iterator[str]:
    """Yield the parts of a document that the client leaves out."""
    spec = document.data
    for name, webhook in webhooks(document).items():
        if not [*webhook.carried()]:
            yield f"the webhook {name!r}"
        elif webhook.has_parameters:
            yield f"what the webhook {name!r} carries outside of its body"
    for path, method, operation in operations(spec):
        place = f"{method.upper()} {path}"
        yield from (f"the callback {name!r} of {place}" for name in operation.get("callbacks", {}))
        media = contents(operation.get("requestBody", {}))
        if len(media) > 1:
            yield f"all but one of the media types of the body of {place} ({', '.join(media)})"
    endless = endless_references(spec.get("components", {}).get("schemas", {}))
    for name in dict.fromkeys(name for name, _ in endless):
        yield f"the type of what leads from {name} back to it, with no object on the way,"


class _Normalization:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.spec: Json = copy.deepcopy(document.data)
        self.schemas: Json = self.spec.setdefault("components", {}).setdefault("schemas", {})

    def run(self) -> Json:
        paths = self.spec["paths"] = members(self.spec.get("paths", {}))
        for path, item in paths.items():
            paths[path] = self.document.follow(item, ("paths", path))
        for path, item in paths.items():
            self.path_item(path, item)
        replies = self.webhooks()
        for unused in ("parameters", "responses", "requestBodies", "pathItems", "callbacks"):
            self.spec["components"].pop(unused, None)
        self.component_schemas()
        for _, reference in [*endless_references(self.schemas)]:
            # Of what is left, any value is one.
            reference.pop("$ref", None)
        for path, method, operation in operations(self.spec):
            self.operation_schemas(operation, ("paths", path, method))
        self.mark_replies(replies)
        self.files()
        return self.spec

    # ---- operations

    def path_item(self, path: str, item: Json) -> None:
        shared = [
            self.document.follow(parameter, ("paths", path, "parameters", index))
            for index, parameter in enumerate(item.pop("parameters", []))
        ]
        servers = item.pop("servers", None)
        for method in METHODS:
            if method in item:
                self.operation(item[method], path, method, shared, servers)

    def operation(self, operation: Json, path: str, method: str, shared: list[Json], servers: Any) -> None:
        place = ("paths", path, method)
        own = [
            self.document.follow(parameter, (*place, "parameters", index))
            for index, parameter in enumerate(operation.get("parameters", []))
        ]
        taken = {(parameter["name"], parameter["in"]) for parameter in own}
        inherited = [copy.deepcopy(each) for each in shared if (each["name"], each["in"]) not in taken]
        operation["parameters"] = own + inherited
        for parameter in operation["parameters"]:
            if "schema" not in parameter:
                message = (
                    f"the parameter {parameter['name']!r} has no schema (content is not supported there)"
                )
                raise self.document.error(message, (*place, "parameters"))
        operation["tags"] = operation.get("tags") or ["default"]
        operation["security"] = operation.get("security", self.spec.get("security", []))
        operation["servers"] = operation.get("servers", servers) or []
        operation["responses"] = {
            status: self.response(response, (*place, "responses", status))
            for status, response in members(operation.get("responses", {})).items()
        } or {"default": {"description": "Nothing is said of it."}}
        operation[FAILURES_IN_SUCCESS] = {
            status: failures
            for status, response in operation["responses"].items()
            if status.startswith("2") and (failures := self.failures_in_success(response))
        }
        if "requestBody" in operation:
            operation["requestBody"] = self.body(operation["requestBody"], (*place, "requestBody"))

    def response(self, response: Json, place: Pointer) -> Json:
        response = self.document.follow(response, place)
        content = contents(response)
        if len(content) > 1:
            chosen = next((media for media in content if _JSON_MEDIA.match(media)), next(iter(content)))
            response["content"] = {chosen: content[chosen]}
        for media in contents(response).values():
            if isinstance(media.setdefault("schema", {}), bool):
                media["schema"] = {}
        # A text is one in a response, also of a media type whose bodies of requests are bytes.
        for name, media in [*contents(response).items()]:
            if name.startswith("text/"):
                is_binary = media["schema"].get("format") == "binary"
                response["content"] = {"application/octet-stream" if is_binary else _TEXT: media}
        return response

    def failures_in_success(self, response: Json) -> list[str]:
        """Remove the failures from the alternatives in the schema of a success, and return their names."""
        named: list[str] = []
        for media, key in product(contents(response).values(), ("oneOf", "anyOf")):
            alternatives: list[Json] = media["schema"].get(key, [])
            failures = [each for each in alternatives if self.is_failure(each)]
            left = [each for each in alternatives if each not in failures]
            if failures and left:
                media["schema"] = left[0] if len(left) == 1 else {**media["schema"], key: left}
                named += [each["$ref"].rpartition("/")[2] for each in failures]
        # A failure whose code is optional accepts the body of any other, so it is tried last.
        return sorted(named, key=lambda name: "code" in self.schemas[name][FAILURE])

    def is_failure(self, schema: Any) -> bool:
        """Return whether a schema is a reference to that of a failure."""
        name = schema.get("$ref", "").rpartition("/")[2] if is_object(schema) else ""
        target = self.schemas.get(name)
        return is_object(target) and FAILURE in target

    def body(self, body: Json, place: Pointer) -> Json:
        """Reduce a body to one media type: JSON if documented, else the first that the client can write."""
        body = self.document.follow(body, place)
        content = contents(body)
        writable = [media for media in content if _JSON_MEDIA.match(media)]
        writable += [media for media in content if media.split(";")[0].strip() in _BODY_MEDIA]
        chosen = writable[0] if writable else next(iter(content), None)
        if chosen is None:
            raise self.document.error("the request body has no content", place)
        if "schema" not in content[chosen]:
            content[chosen]["schema"] = (
                {} if _JSON_MEDIA.match(chosen) else {"type": "string", "format": "binary"}
            )
        body["content"] = {chosen: content[chosen]}
        return body

    # ---- webhooks

    def webhooks(self) -> list[Json]:
        """Name the schemas of webhooks, so that the library makes models of them, and return the replies."""
        replies: list[Json] = []
        for webhook in webhooks(self.document).values():
            for each in webhook.carried():
                schema = each.schema
                if not _SCHEMA_REF.fullmatch(schema.get("$ref", "")):
                    schema = {"$ref": f"#/components/schemas/{self.hoist(copy.deepcopy(schema), each.name)}"}
                replies += [schema] if each.is_reply else []
        self.spec.pop("webhooks", None)
        return replies

    def mark_replies(self, replies: list[Json]) -> None:
        """Mark the schemas of replies, except those that responses of operations use as well."""
        answers = [operation["responses"] for _, _, operation in operations(self.spec)]
        for name in self.reached(replies) - self.reached(answers):
            for node in [each for each in mappings(self.schemas[name]) if each.get("type") == "object"]:
                node[REPLY] = copy.deepcopy(node.get("properties", {}))

    # ---- schemas

    def component_schemas(self) -> None:
        for name in list(self.schemas):
            if is_object(self.schemas[name]):
                _without_required_code(self.schemas[name])
            self.schemas[name] = self.schema(self.schemas[name], name, ("components", "schemas", name))

    def operation_schemas(self, operation: Json, place: Pointer) -> None:
        name = pascal(operation["operationId"])
        for index, parameter in enumerate(operation["parameters"]):
            there = (*place, "parameters", index)
            parameter["schema"] = self.schema(parameter["schema"], name + pascal(parameter["name"]), there)
        for media in contents(operation.get("requestBody", {})).values():
            media["schema"] = self.schema(media["schema"], f"{name}Body", (*place, "requestBody"))
        for status, response in operation["responses"].items():
            for media in contents(response).values():
                if "schema" in media:
                    there = (*place, "responses", status)
                    media["schema"] = self.schema(media["schema"], f"{name}Response{status}", there)

    def schema(self, schema: Any, name: str, place: Pointer) -> Any:
        """Return a schema that the library understands. `name` is that of its class, if it becomes one."""
        if not is_object(schema):
            # Whether any value is allowed or none is for the server to say.
            return {} if isinstance(schema, bool) else schema
        if "$ref" in schema:
            return self.schema_reference(schema, name, place)
        for key in _SUBSCHEMA_MAPS:
            for child, subschema in schema.get(key, {}).items():
                schema[key][child] = self.schema(subschema, name + pascal(child), (*place, key, child))
        for key in _SUBSCHEMA_LISTS:
            if key in schema:
                schema[key] = [
                    self.schema(child, _alternative_name(name, child, index), (*place, key, index))
                    for index, child in enumerate(schema[key])
                ]
        for key in _SUBSCHEMAS:
            if is_object(schema.get(key)):
                schema[key] = self.schema(schema[key], f"{name}Item", (*place, key))
        is_open = "array" in _types(schema) and not {"items", "prefixItems"} & {*schema}
        if is_open or isinstance(schema.get("items"), bool):
            schema["items"] = {}
        if "default" in schema:
            schema[SERVER_DEFAULT] = schema.pop("default")
        if isinstance(schema.get("const"), float | dict | list):
            schema.pop("const")
        elif isinstance(schema.get("const"), bool):
            # The library reads nothing but the type of a boolean.
            schema.pop("type", None)
        self.type_from_values(schema)
        _name_enum_members(schema)
        return self.nullable(schema, name)

    def schema_reference(self, schema: Json, name: str, place: Pointer) -> Any:
        reference: str = schema["$ref"]
        target = self.document.lookup(reference, place)
        if _SCHEMA_REF.fullmatch(reference):
            return schema
        if place[: len(target_parts := parts(reference))] == target_parts:
            raise self.document.error(f"the reference {reference} leads back to itself", place)
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        return self.schema({**copy.deepcopy(target), **beside}, name, place)

    @staticmethod
    def type_from_values(schema: Json) -> None:
        """Replace an enum that the library has no class for (mixed types, fractions) by its types."""
        values = [value for value in schema.get("enum", []) if value is not None]
        if values and not any(all(type(value) is kind for value in values) for kind in (str, int)):
            schema["x-enum"] = schema.pop("enum")

    def nullable(self, schema: Json, name: str) -> Json:
        """Turn `T or null` into a union with T as a named class, in place of the library's `…Type0`."""
        kinds = _types(schema)
        values = schema.get("enum", [])
        if "null" not in kinds and None not in values:
            return schema
        others = [kind for kind in kinds if kind != "null"]
        if len(others) != 1 or not (values or others[0] in {"object", "array"}):
            return schema
        core = {**schema, "type": others[0]}
        if values:
            core["enum"] = [value for value in values if value is not None]
        if others == ["array"]:
            alternative: Json = core
        else:
            alternative = {"$ref": f"#/components/schemas/{self.hoist(core, name)}"}
        about = {
            key: schema[key] for key in schema if key in ("description", "title") or key.startswith("x-")
        }
        return {**about, "oneOf": [alternative, {"type": "null"}]}

    def files(self) -> None:
        """Keep `format: binary`, which the library reads as a file, in multipart forms only."""
        multipart: set[str] = set()
        elsewhere: list[Any] = []
        for _, _, operation in operations(self.spec):
            elsewhere += [parameter["schema"] for parameter in operation["parameters"]]
            for holder in operation["responses"].values():
                elsewhere += contents(holder).values()
            for media_type, media in contents(operation.get("requestBody", {})).items():
                if media_type.startswith("multipart/"):
                    multipart |= self.reached(media)
                else:
                    elsewhere.append(media)
        elsewhere += [schema for name, schema in self.schemas.items() if name not in multipart]
        for node in mappings(elsewhere):
            if node.get("type") == "string" and node.get("format") == "binary":
                del node["format"]

    def reached(self, start: Any) -> set[str]:
        """Return the names of the schemas that something refers to, directly or through others."""
        names: set[str] = set()
        waiting = [start]
        while waiting:
            for node in mappings(waiting.pop()):
                name = str(node.get("$ref", "")).rpartition("/")[2]
                if name in self.schemas and name not in names:
                    names.add(name)
                    waiting.append(self.schemas[name])
        return names

    def hoist(self, schema: Json, name: str) -> str:
        unique, number = name, 2
        while unique in self.schemas and self.schemas[unique] != schema:
            unique, number = f"{name}{number}", number + 1
        self.schemas[unique] = schema
        return unique


def _without_required_code(schema: Json) -> None:
    """Make the code of a failure optional: without it, the other fields identify the failure."""
    code = schema.get(FAILURE, {}).get("code")
    if code in schema.get("required", []):
        schema["required"] = [each for each in schema["required"] if each != code]


def _types(schema: Json) -> list[str | None]:
    """Return the types of a schema; a single None if it has none."""
    kinds: Any = schema.get("type")
    return [*kinds] if is_array(kinds) else [kinds]


def _alternative_name(name: str, schema: Any, index: int) -> str:
    title = schema.get("title") if is_object(schema) else None
    return name + (pascal(title) if title else f"Type{index}")


def _name_enum_members(schema: Json) -> None:
    """Name the members of an enum, since the library silently drops values with equal names."""
    values = [value for value in schema.get("enum", []) if value is not None]
    given = schema.get("x-enum-varnames", [])
    if not values:
        return
    names: list[str] = []
    for index, value in enumerate(values):
        base = _member_name(str(given[index]) if len(given) == len(values) else value, index)
        name, number = base, 2
        while name in names:
            name, number = f"{base}_{number}", number + 1
        names.append(name)
    schema["x-enum-varnames"] = names


def _member_name(value: str | int, index: int) -> str:
    if isinstance(value, int):
        return f"VALUE_{value}" if value >= 0 else f"VALUE_NEGATIVE_{-value}"
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", value)
    name = re.sub(r"[^A-Za-z0-9]+", "_", words).strip("_").upper()
    return name if name and name[0].isalpha() else f"VALUE_{name or index}"


def content_types(spec: Json) -> dict[str, str]:
    """Return the media types that the library does not know, mapped to that of bytes."""
    found: dict[str, str] = {}
    readable: Callable[[str], Any] = _READABLE_MEDIA.match
    for _, _, operation in operations(spec):
        for response in operation["responses"].values():
            found |= dict.fromkeys((media for media in contents(response) if not readable(media)), "")
        body = contents(operation.get("requestBody", {}))
        known = (
            media for media in body if not _JSON_MEDIA.match(media) and media.split(";")[0] not in _BODY_MEDIA
        )
        found |= dict.fromkeys(known, "")
    return dict.fromkeys(found, "application/octet-stream")
