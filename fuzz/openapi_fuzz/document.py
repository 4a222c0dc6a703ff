"""What an OpenAPI document says about an API. Neither the client nor a mock shares this reading of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Final, TypeAlias
from urllib.parse import urljoin, urlsplit

import httpx

from openapi_reader import ReadError, is_array, is_object, read

from .failures import BodyShape, Failure, body_shapes, failure_in, untold
from .normal_form import in_normal_form

Node: TypeAlias = Mapping[str, Any]

Alternative: TypeAlias = Mapping[str, tuple[str, ...]]
"""One alternative of an operation's security: names of schemes, with the scopes they have to have."""

_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# What a longer limit forbids takes too long to send.
_LONGEST: Final = 100_000
_ORIGIN: Final = "http://server.example"


class DocumentError(ValueError):
    """Raised for a file that holds no OpenAPI document that can be fuzzed."""


class Document:
    """An OpenAPI 3 document.

    Args:
        path: A YAML or JSON file.

    Raises:
        DocumentError: It is none, or an operation has no `operationId`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            loaded: object = read(path).value
        except ReadError as error:
            raise DocumentError(str(error)) from error
        if not is_object(loaded) or not str(loaded.get("openapi", "")).startswith("3."):
            raise DocumentError(f"{path}: expected an OpenAPI document of version 3")
        self.root: Node = in_normal_form(loaded)

    @cached_property
    def operations(self) -> Mapping[str, Operation]:
        """Every operation by its id, in the order of the document."""
        items = ((path, self.resolve(item)) for path, item in self.root.get("paths", {}).items())
        found = [
            Operation(self, path, method, item)
            for path, item in items
            for method in _METHODS
            if method in item
        ]
        return {each.id: each for each in found}

    @cached_property
    def security_schemes(self) -> Mapping[str, Node]:
        """The `securitySchemes` by name."""
        schemes = self.root.get("components", {}).get("securitySchemes", {})
        return {name: self.resolve(scheme) for name, scheme in schemes.items()}

    @cached_property
    def secret_fields(self) -> frozenset[str]:
        """Names of properties and parameters with `format: password`."""
        return frozenset(_secret_fields(self.root, self.resolve))

    def has_name(self, name: str) -> bool:
        """Return whether a parameter or a property is called so, or may be."""
        return name in self._names or self._has_free_names

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for name, _ in _named_schemas(self.root))

    @cached_property
    def _has_free_names(self) -> bool:
        return any(node.get("additionalProperties") for node in _nodes(self.root))

    def resolve(self, node: Any) -> Any:
        """Return the node that a local reference leads to; any other node as it is."""
        while is_object(node) and "$ref" in node:
            node = self._at(node["$ref"])
        return node

    def _at(self, reference: str) -> Any:
        found: Any = self.root
        try:
            for part in reference.removeprefix("#/").split("/"):
                key = part.replace("~1", "/").replace("~0", "~")
                found = found[int(key)] if is_array(found) else found[key]
        except (LookupError, TypeError, ValueError) as error:
            raise DocumentError(
                f"{self.path}: {reference!r} leads nowhere; only references within the file are followed"
            ) from error
        return found


class Operation:
    """What a document says about one operation.

    Attributes:
        id: Its `operationId`.
        label: Method and path template, such as `GET /things/{thingId}`.
        item: Its path item.
        definition: What the path item has under its method.
        parameters: Its parameters, with those of the path item that it has no other ones for.
        security: The alternatives of its security: names of schemes, with the scopes they have to have.
        needs_credentials: Whether it refuses a call without credentials.
        responses: The documented responses by status.
        contents: The schemas of its request body by media type.
        fields: The names of the properties of its request body; None if nothing is said of them.
        from_client: Names of arguments that a client may fill in, with their `x-from-client`.
        takes_falsy_query: Whether a query parameter may be 0 or false.
        SAFE: Methods that only read, as HTTP has it.
    """

    SAFE: ClassVar = ("GET", "HEAD", "OPTIONS", "TRACE")

    def __init__(self, document: Document, path: str, method: str, item: Node) -> None:
        self.item = item
        self.definition: Node = item[method]
        definition = self.definition
        if "operationId" not in definition:
            raise DocumentError(f"{document.path}: {method.upper()} {path} has no operationId")
        self._document = document
        self.id: str = definition["operationId"]
        self.path = path
        self.method = method.upper()
        self.label = f"{self.method} {path}"
        self.security: Sequence[Alternative] = tuple(
            {scheme: tuple(scopes) for scheme, scopes in alternative.items()}
            for alternative in definition.get("security", document.root.get("security", []))
        )
        self.needs_credentials = bool(self.security) and {} not in self.security
        self.responses: Mapping[str, Any] = {
            str(status): document.resolve(response) for status, response in definition["responses"].items()
        }
        contents = document.resolve(definition.get("requestBody", {})).get("content", {})
        self.contents: Mapping[str, Node] = {name: each.get("schema", {}) for name, each in contents.items()}
        self._shapes: Mapping[str, tuple[BodyShape, ...]] = {
            status: body_shapes(document.root, document.resolve, response)
            for status, response in self.responses.items()
        }
        listed = map(document.resolve, (*item.get("parameters", ()), *definition.get("parameters", ())))
        self.parameters: list[Node] = [*{(each["name"], each["in"]): each for each in listed}.values()]
        self.from_client: dict[str, str] = {
            each["name"]: each["x-from-client"] for each in self.parameters if "x-from-client" in each
        }
        properties = [found for body in self.bodies for found in _properties(document, body)]
        self.fields = frozenset(name for name, _ in properties) or None
        for name, schema in properties:
            if "x-from-client" in schema:
                self.from_client[name] = schema["x-from-client"]
        queries = [
            document.resolve(each.get("schema", {})) for each in self.parameters if each["in"] == "query"
        ]
        self.takes_falsy_query = any(_may_be_falsy(schema) for schema in queries)

    @property
    def bodies(self) -> list[Node]:
        """The schemas of its request body, one for each media type."""
        return [*self.contents.values()]

    @property
    def successes(self) -> set[int]:
        """The documented statuses of a success, also by a range or `default`; 200 if there is none.

        Beside a success, `default` stands for failures.
        """
        kinds = {each for each in self.responses if each.startswith("2")} or {"default"}
        return {each for each in range(200, 300) if self._documented(each) in kinds} or {200}

    @property
    def statuses(self) -> list[int]:
        """A status for each documented response: for a range its first one, for `default` one of no range."""
        ranges = {each[0] for each in self.responses if each.upper().endswith("XX")}
        others = (int(kind) * 100 + 99 for kind in "5432" if kind not in ranges)
        return [
            int(each)
            if each.isdigit()
            else int(each[0]) * 100
            if each.upper().endswith("XX")
            else next(others)
            for each in self.responses
        ]

    @property
    def is_safe(self) -> bool:
        """Whether HTTP has it that the method only reads."""
        return self.method in self.SAFE

    @property
    def links(self) -> list[str]:
        """The links of its responses, as schemathesis writes them."""
        document = self._document
        return [
            f"{self.label} -> [{status}] {name} -> {document.operations[follows].label}"
            for status, response in self.responses.items()
            for name, link in response.get("links", {}).items()
            if (follows := document.resolve(link).get("operationId")) in document.operations
        ]

    @property
    def refusals(self) -> set[int]:
        """Statuses for what the document rules out: 400, or 422 where that is documented."""
        return {400, *({422} if self._documented(422) else ())}

    @property
    def pagination(self) -> Mapping[str, str] | None:
        """The `x-pagination` of its success, if there is one."""
        found = (response.get("x-pagination") for response in self.responses.values())
        return next((each for each in found if each), None)

    @property
    def failures(self) -> set[Failure]:
        """Every failure that a body can report under the status of a success."""
        successes = (shapes for status, shapes in self._shapes.items() if status.startswith("2"))
        return {failure for shapes in successes for each in shapes for failure in each.failures}

    def failure(self, response: httpx.Response) -> Failure | None:
        """Return the failure that the body of a response reports, if the document marks it as one."""
        documented = self._documented(response.status_code)
        return failure_in(self._shapes[documented], response.content) if documented else None

    @property
    def refusal_failures(self) -> set[Failure]:
        """The failures in a success's body that report a broken rule; none where a status does."""
        successes = (shapes for status, shapes in self._shapes.items() if status.startswith("2"))
        return {failure for shapes in successes for each in shapes for failure in each.refusals}

    def untold(self, response: httpx.Response) -> list[str]:
        """Return the names of the texts that should say what went wrong, and are missing or empty."""
        documented = self._documented(response.status_code)
        return untold(self._shapes[documented], response.content) if documented else []

    def response(self, status: int) -> Any:
        """Return what is documented for a status, also by a range or `default`; None if nothing is."""
        documented = self._documented(status)
        return self.responses[documented] if documented else None

    def at(self, **values: object) -> str:
        """Return the path with values of its parameters."""
        path = self.path
        for name, value in values.items():
            path = path.replace(f"{{{name}}}", str(value))
        return path

    def _documented(self, status: int) -> str | None:
        keys = (str(status), f"{status // 100}XX", "default")
        return next((key for key in keys if key in self.responses), None)


def server_path(*owners: Node) -> str | None:
    """Return the path of the first server that one of these nodes has; None if none of them has any."""
    url = first_server(*owners)
    return None if url is None else urlsplit(urljoin(f"{_ORIGIN}/", url)).path.rstrip("/")


def first_server(*owners: Node) -> str | None:
    """Return the URL of the first server that one of these nodes has; None if none of them has any."""
    server: Node | None = next((owner["servers"][0] for owner in owners if owner.get("servers")), None)
    return None if server is None else server_url(server)


def server_url(server: Node) -> str:
    """Return the URL of a server, with the default of each variable."""
    url: str = server["url"]
    for name, variable in server.get("variables", {}).items():
        url = url.replace(f"{{{name}}}", variable["default"])
    return url


def limit(schema: Node, keyword: str) -> int | None:
    """Return how many characters or items a keyword says; None for nothing, or for more than can be sent."""
    found: int | None = schema.get(keyword)
    return found if found is not None and found < _LONGEST else None


def _properties(document: Document, schema: Any, seen: Collection[int] = ()) -> Iterator[tuple[str, Node]]:
    """Yield the properties of a schema, also those of its parts, with their schemas."""
    node = document.resolve(schema)
    if not is_object(node) or id(node) in seen:
        return
    yield from ((name, document.resolve(each)) for name, each in node.get("properties", {}).items())
    for key in ("allOf", "oneOf", "anyOf"):
        for part in node.get(key, ()):
            yield from _properties(document, part, (*seen, id(node)))


def _secret_fields(node: Any, resolve: Callable[[Any], Any]) -> Iterator[str]:
    for name, schema in _named_schemas(node):
        resolved = resolve(schema)
        if is_object(resolved) and resolved.get("format") == "password":
            yield name


def _named_schemas(root: Any) -> Iterator[tuple[str, Any]]:
    """Yield the name of every parameter and property, with its schema."""
    for node in _nodes(root):
        if "in" in node and "name" in node:
            yield str(node["name"]), node.get("schema")
        properties = node.get("properties")
        if is_object(properties):
            yield from properties.items()


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in a JSON value."""
    if is_object(value):
        yield value
        for child in value.values():
            yield from _nodes(child)
    elif is_array(value):
        for child in value:
            yield from _nodes(child)


def _may_be_falsy(schema: Node) -> bool:
    kind = schema.get("type")
    return kind == "boolean" or (kind == "integer" and schema.get("minimum", 0) <= 0)
