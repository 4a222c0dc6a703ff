"""The operations of a document, read once at start."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, cast
from urllib.parse import urlsplit

from .document import Document, Node, SpecificationError, raise_all

Location: TypeAlias = Literal["path", "query", "header", "cookie", "body"]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_DEFAULT_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
_STYLES = {
    "path": {"simple", "label", "matrix"},
    "query": {"form", "spaceDelimited", "pipeDelimited", "deepObject"},
    "header": {"simple"},
    "cookie": {"form"},
}
# OpenAPI ignores parameters of these names: content negotiation and security describe them.
_RESERVED_HEADERS = {"accept", "content-type", "authorization"}
_STATUS = re.compile(r"[1-5]([0-9]{2}|XX)|default")
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class MediaType:
    """One entry of a `content` map; `name` is the media type in lower case."""

    name: str
    node: Node = field(repr=False)
    schema: Node | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter. `media_type` is set if `content` describes it instead of a schema.

    `may_be_empty` is `allowEmptyValue`: the parameter counts as missing if its value is empty.
    """

    name: str
    location: Location
    required: bool
    style: str
    explode: bool
    schema: Node | None = field(repr=False)
    media_type: str | None = None
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class RequestBody:
    """The request body of an operation."""

    required: bool
    content: tuple[MediaType, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """A header of a response; `name` is in lower case."""

    name: str
    required: bool
    schema: Node | None = field(repr=False)
    node: Node = field(repr=False)


@dataclass(frozen=True, slots=True)
class DocumentedResponse:
    """A documented response; `status` is as written: `200`, `4XX` or `default`."""

    status: str
    content: tuple[MediaType, ...]
    headers: tuple[Header, ...]


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """A security scheme.

    `type` and `scheme` are as written, `location` and `parameter` say where an API key is. OAuth 2 and OpenID
    Connect count as bearer.
    """

    name: str
    type: str
    scheme: str
    location: str = ""
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One alternative: all schemes that it requires, with their scopes. None allows anonymous calls."""

    schemes: tuple[tuple[SecurityScheme, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `path` is the template as written, `bases` the path prefixes of its servers."""

    id: str
    method: str
    path: str
    bases: tuple[str, ...]
    tags: tuple[str, ...]
    summary: str
    parameters: tuple[Parameter, ...] = field(repr=False)
    request_body: RequestBody | None = field(repr=False)
    responses: Mapping[str, DocumentedResponse] = field(repr=False)
    security: tuple[Requirement, ...] = field(repr=False)
    node: Node = field(repr=False)

    @property
    def scopes(self) -> tuple[str, ...]:
        """All scopes in the security requirements, in the order of the document."""
        found = (
            scope for option in self.security for _, scopes in option.schemes for scope in sorted(scopes)
        )
        return tuple(dict.fromkeys(found))

    @property
    def success(self) -> DocumentedResponse | None:
        """The first documented 2xx, or else the default response."""
        documented = (response for status, response in self.responses.items() if status.startswith("2"))
        return next(documented, self.responses.get("default"))

    def error(self, status: int) -> DocumentedResponse | None:
        """Return the documented error of a status. A default that stands for the success is none."""
        found = self.response(status)
        return None if found is self.success else found

    def response(self, status: int) -> DocumentedResponse | None:
        """Return the documented response of a status: its own, that of its range (`4XX`), or the default."""
        found = self.responses.get(str(status)) or self.responses.get(f"{status // 100}XX")
        return found or self.responses.get("default")


def read_operations(
    document: Document, errors: list[SpecificationError] | None = None
) -> tuple[Operation, ...]:
    """Return all operations in the order of the document.

    What is wrong with one of them is appended to `errors`, and the others are returned. Without a list, it is
    raised as SpecificationError.
    """
    found: list[SpecificationError] = []
    schemes = _read_security_schemes(document)
    operations: dict[str, Operation] = {}
    paths = document.node.get("paths")
    for path in paths.mapping() if paths else ():
        if paths and not path.startswith("x-"):
            for method in METHODS:
                try:
                    item = paths.child(path).resolved()
                    if not path.startswith("/"):
                        item.fail(f"the path {path!r} does not begin with a slash")
                    if method in item.mapping():
                        operation = _read_operation(item, path, method, schemes)
                        if operation.id in operations:
                            operation.node.fail(f"the operation id {operation.id!r} is used twice")
                        operations[operation.id] = operation
                except SpecificationError as error:
                    found.append(error)
    if errors is None:
        raise_all(found)
    else:
        errors.extend(found)
    return tuple(operations.values())


def _read_operation(item: Node, path: str, method: str, schemes: Mapping[str, SecurityScheme]) -> Operation:
    node = item.child(method)
    body = node.get("requestBody")
    responses = node.get("responses")
    tags = node.get("tags")
    return Operation(
        id=node.text("operationId", re.sub(r"\W+", "_", f"{method}{path}").strip("_")),
        method=method.upper(),
        path=path,
        bases=_read_bases(node, item),
        tags=tuple(str(tag.value) for tag in tags.elements()) if tags else (),
        summary=node.text("summary", ""),
        parameters=_read_parameters(item, node, path),
        request_body=RequestBody(body.flag("required"), _read_content(body)) if body else None,
        responses=_read_responses(responses) if responses else {},
        security=_read_requirements(node, schemes),
        node=node,
    )


def _read_bases(*owners: Node) -> tuple[str, ...]:
    """Return the path prefixes of the servers nearest to the operation, without trailing slashes."""
    owners = (*owners, owners[0].document.node)
    servers = next((found for owner in owners if (found := owner.get("servers")) and found.value), None)
    if servers is None:
        return ("",)
    return tuple(dict.fromkeys(_base(server) for server in servers.elements()))


def _base(server: Node) -> str:
    url = server.text("url")
    variables = server.get("variables")
    for name, variable in variables.items() if variables else ():
        url = url.replace(f"{{{name}}}", variable.text("default"))
    if missing := _PLACEHOLDER.findall(url):
        server.fail(f"the URL has a variable {missing[0]!r} that is not described under variables")
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError as error:
        server.fail(f"not a URL: {error}")


def _read_parameters(item: Node, node: Node, path: str) -> tuple[Parameter, ...]:
    """Return the parameters of the path item and of the operation, which take precedence."""
    found: dict[tuple[str, str], Parameter] = {}
    for owner in (item, node):
        parameters = owner.get("parameters")
        for each in parameters.elements() if parameters else ():
            parameter = _read_parameter(each)
            if parameter.location == "header" and parameter.name.lower() in _RESERVED_HEADERS:
                continue
            found[parameter.location, parameter.name] = parameter
    declared = {name for location, name in found if location == "path"}
    templated = _PLACEHOLDER.findall(path)
    for name in sorted(set(templated)):
        if templated.count(name) > 1:
            node.fail(f"path parameter {name!r} is in the path twice")
    for name in sorted(declared.symmetric_difference(templated)):
        node.fail(f"path parameter {name!r} is {'not in the path' if name in declared else 'not described'}")
    return tuple(found.values())


def _read_parameter(node: Node) -> Parameter:
    name, location = node.text("name"), node.text("in")
    if location not in _STYLES:
        node.fail(f"in: expected one of {', '.join(_STYLES)}, found {location!r}")
    style = node.text("style", _DEFAULT_STYLES[location])
    if style not in _STYLES[location]:
        node.fail(f"style {style!r} is not supported in a {location} parameter")
    content = _read_content(node)
    return Parameter(
        name=name,
        location=cast("Location", location),
        required=node.flag("required"),
        style=style,
        explode=node.flag("explode", default=style in ("form", "deepObject")),
        schema=content[0].schema if content else node.schema(),
        media_type=content[0].name if content else None,
        # OpenAPI defines it for the query only, and not for styles that have no empty value.
        may_be_empty=(location, style) == ("query", "form") and node.flag("allowEmptyValue"),
    )


def _read_content(node: Node) -> tuple[MediaType, ...]:
    content = node.get("content")
    entries = content.items() if content else iter(())
    return tuple(
        MediaType(name.partition(";")[0].strip().lower(), each, each.schema()) for name, each in entries
    )


def _read_responses(node: Node) -> dict[str, DocumentedResponse]:
    responses = ((key, each) for key, each in node.items() if not key.startswith("x-"))
    found = (_read_response(_read_status(node, key), each) for key, each in responses)
    return {response.status: response for response in found}


def _read_status(responses: Node, key: str) -> str:
    status = key if key == "default" else key.upper()
    if not _STATUS.fullmatch(status):
        raise responses.document.error(
            (*responses.pointer, key), "not a status, which is such as 200, 4XX or default"
        )
    return status


def _read_response(status: str, node: Node) -> DocumentedResponse:
    headers = node.get("headers")
    entries = headers.items() if headers else iter(())
    described = tuple(
        Header(name.lower(), each.flag("required"), each.schema(), each)
        for name, each in entries
        if name.lower() != "content-type"
    )
    return DocumentedResponse(status, _read_content(node), described)


def _read_security_schemes(document: Document) -> dict[str, SecurityScheme]:
    components = document.node.get("components")
    schemes = components.get("securitySchemes") if components else None
    return {name: _read_security_scheme(name, node) for name, node in schemes.items()} if schemes else {}


def _read_security_scheme(name: str, node: Node) -> SecurityScheme:
    match node.text("type"):
        case "http":
            return SecurityScheme(name, "http", node.text("scheme").lower())
        case "apiKey" if node.text("in") in ("query", "header", "cookie"):
            return SecurityScheme(name, "apiKey", "", node.text("in"), node.text("name"))
        case "mutualTLS":
            return SecurityScheme(name, "mutualTLS", "")
        case "oauth2" | "openIdConnect" as kind:
            return SecurityScheme(name, kind, "bearer")
        case _:
            raise node.document.error(node.pointer, "this kind of security scheme is not supported")


def _read_requirements(node: Node, schemes: Mapping[str, SecurityScheme]) -> tuple[Requirement, ...]:
    own = node.get("security")
    security = own if own is not None else node.document.node.get("security")
    return tuple(_read_requirement(each, schemes) for each in security.elements()) if security else ()


def _read_requirement(node: Node, schemes: Mapping[str, SecurityScheme]) -> Requirement:
    def read() -> Iterator[tuple[SecurityScheme, frozenset[str]]]:
        for name, scopes in node.items():
            if name not in schemes:
                node.fail(f"the security scheme {name!r} is not described under components")
            yield schemes[name], frozenset(str(scope.value) for scope in scopes.elements())

    return Requirement(tuple(read()))
