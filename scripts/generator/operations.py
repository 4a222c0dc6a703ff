"""Operations for the templates of endpoint modules and façade methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from attrs import frozen
from openapi_python_client.parser.properties import AnyProperty, Class, EnumProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.uuid import UuidProperty
from openapi_python_client.parser.responses import Response

from generator import annotations as types
from generator.docstrings import docstring, fill, sentence
from generator.endpoint import Argument, Body, Endpoint, Parameter
from generator.errors import error_class
from generator.facade import OPTIONS_DOC, Facade
from generator.models import Models, unique
from generator.normalize import FAILURE, FAILURES_IN_SUCCESS
from generator.pagination import Pagination, PaginationReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.document import Document, Json
    from generator.schemas import Schemas

_PLACES = {"path": "path", "query": "query", "header": "headers", "cookie": "cookies"}
_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}

Responses = dict[int | str, Response]


@frozen(kw_only=True)
class Operation:
    """Everything that the templates render of one operation."""

    id: str
    method: str
    path: str
    module: str
    security: tuple[Mapping[str, tuple[str, ...]], ...]
    server: str | None
    base_paths: tuple[str, ...]
    idempotent: bool
    required: tuple[str, ...]
    secrets: tuple[str, ...]
    success: Mapping[int | str, str]
    failure: Mapping[int | str, str]
    failure_in_success: Mapping[int | str, str]
    success_type: str
    failure_type: str
    arguments: list[Argument]
    parameters: Mapping[str, list[str]]
    body: Body | None
    endpoint_classes: list[Class]
    facade: Facade
    facade_classes: list[Class]
    docstring: str
    module_docstring: str
    pagination: Pagination | None


def operation(
    endpoint: Endpoint, document: Document, spec: Json, models: Models, schemas: Schemas
) -> Operation:
    """Return an operation for the templates.

    Raises:
        SpecError: Its `x-pagination` does not fit it.
    """
    facade = Facade(endpoint, models, schemas)
    success, failure = _responses(endpoint)
    success_type = _either(_type(each) for each in success.values()) or "None"
    in_success = {
        int(status): [models.named(each) for each in names]
        for status, names in endpoint.raw[FAILURES_IN_SUCCESS].items()
    }
    reported = [each for classes in in_success.values() for each in classes]
    failure_type = _either([*map(_type, failure.values()), *(str(each.name) for each in reported)]) or "Never"
    pagination = PaginationReader(document, models, endpoint, facade).of(success)
    succeeded = [each for response in success.values() for each in _classes(response)]
    failed = [each for response in failure.values() for each in _classes(response)]
    return Operation(
        id=endpoint.id,
        method=endpoint.method.upper(),
        path=endpoint.path,
        module=endpoint.module,
        security=tuple(
            {name: tuple(scopes) for name, scopes in each.items()} for each in endpoint.raw["security"]
        ),
        server=_server(endpoint, spec),
        base_paths=_base_paths(spec),
        idempotent=bool(endpoint.raw.get("x-idempotent")),
        required=_required(endpoint, schemas),
        secrets=_secrets(endpoint, schemas),
        success={status: _reader(response) for status, response in success.items()},
        failure={status: _reader(response) for status, response in failure.items()},
        failure_in_success={status: _failure_reader(classes) for status, classes in in_success.items()},
        success_type=success_type,
        failure_type=failure_type,
        arguments=_arguments(endpoint),
        parameters=_parameters(endpoint),
        body=endpoint.body,
        endpoint_classes=unique([*succeeded, *failed, *reported, *_argument_classes(endpoint)]),
        facade=facade,
        facade_classes=unique(
            [*succeeded, *facade.classes, *(pagination.item_classes if pagination else ())]
        ),
        docstring=docstring(_text(endpoint, facade, schemas, success_type), 8),
        module_docstring=docstring(f"{endpoint.method.upper()} {endpoint.path}", 0),
        pagination=pagination,
    )


# ---- responses


def _responses(endpoint: Endpoint) -> tuple[Responses, Responses]:
    """Return the documented responses. A success is a 2xx, or the default if there is no 2xx."""
    success: Responses = {}
    failure: Responses = {}
    for response in endpoint.parsed.responses:
        pattern = response.status_code.pattern
        status: int | str = int(pattern) if pattern.isdecimal() else pattern
        (success if pattern.startswith("2") else failure)[status] = response
    if not success and "default" in failure:
        success["default"] = failure["default"]
    return success, failure


def _type(response: Response) -> str:
    form = response.source["attribute"]
    if form == "None":
        return "None"
    return "bytes" if form == "response.content" else types.annotation(response.prop)


def _reader(response: Response) -> str:
    form = response.source["attribute"]
    if form == "None":
        return "no_body"
    if form == "response.content":
        return "bytes_body"
    if form == "response.text" and _is_text(response.prop):
        return f"text_body({types.decoder(response.prop)})"
    return f"json_body({types.decoder(response.prop)})"


def _is_text(prop: Any) -> bool:
    """Return whether a text is a value of this type as it stands, and not as JSON."""
    if isinstance(prop, EnumProperty):
        return prop.value_type is str
    if isinstance(prop, ConstProperty):
        return isinstance(prop.value.raw_value, str)
    return isinstance(prop, StringProperty | DateProperty | DateTimeProperty | UuidProperty | AnyProperty)


def _failure_reader(classes: list[Class]) -> str:
    decoders = ", ".join(f"{each.name}.from_dict" for each in classes)
    return f"json_body({decoders})" if len(classes) == 1 else f"json_body(union({decoders}))"


def _classes(response: Response) -> Iterator[Class]:
    if response.source["attribute"] not in ("None", "response.content"):
        yield from types.classes(response.prop)


def _either(annotations: Iterable[str]) -> str:
    """Return the union of several types. None comes last, as in `Thing | None`."""
    parts = [part for each in annotations for part in types.alternatives(each)]
    if "Any" in parts:
        return "Any"
    return " | ".join(sorted(dict.fromkeys(parts), key=lambda part: part == "None"))


# ---- requests


def _server(endpoint: Endpoint, spec: Json) -> str | None:
    servers = endpoint.raw["servers"]
    return _url(servers[0]) if servers and servers != spec.get("servers") else None


def _base_paths(spec: Json) -> tuple[str, ...]:
    """Return the paths of the API's servers; empty if one of them has none."""
    paths = dict.fromkeys(urlsplit(_url(each)).path.rstrip("/") for each in spec.get("servers", []))
    return tuple(paths) if all(paths) else ()


def _url(server: Json) -> str:
    """Return the URL of a server, with the defaults of its variables."""
    url: str = server["url"]
    for name, variable in server.get("variables", {}).items():
        url = url.replace(f"{{{name}}}", variable["default"])
    return url


def _required(endpoint: Endpoint, schemas: Schemas) -> tuple[str, ...]:
    """Return the names of required parameters outside the path that are sent under their own names."""
    return tuple(
        each.name
        for each in endpoint.parameters
        if each.prop.required
        and each.place != "path"
        and not each.prop.json_is_dict
        and not schemas.is_nullable(each.raw["schema"])
    )


def _secrets(endpoint: Endpoint, schemas: Schemas) -> tuple[str, ...]:
    """Return the names of fields and parameters that hold secrets."""
    named = {each.name: each.raw["schema"] for each in endpoint.parameters}
    if endpoint.body is not None:
        named |= schemas.properties(endpoint.body.schema)
    return tuple(sorted(name for name, schema in named.items() if schemas.is_secret(schema)))


def _arguments(endpoint: Endpoint) -> list[Argument]:
    arguments = [
        Argument(name=each.python_name, annotation=types.argument(each.prop), optional=not each.prop.required)
        for each in endpoint.parameters
    ]
    if endpoint.body is not None:
        body = endpoint.body
        arguments.append(Argument(name="body", annotation=body.annotation, optional=not body.required))
    return sorted(arguments, key=lambda each: each.optional)


def _argument_classes(endpoint: Endpoint) -> Iterator[Class]:
    props: list[Any] = [each.prop for each in endpoint.parameters]
    if endpoint.body is not None:
        props.append(endpoint.body.prop)
    for prop in props:
        yield from types.classes(prop)


def _parameters(endpoint: Endpoint) -> dict[str, list[str]]:
    """Return the entries of the parameters by location."""
    parameters: dict[str, list[str]] = {}
    for each in endpoint.parameters:
        parameters.setdefault(_PLACES[each.place], []).append(_written(each))
    return parameters


def _written(parameter: Parameter) -> str:
    """Return the entry of one parameter, in the style that the spec defines."""
    place, name, value = parameter.place, parameter.name, parameter.python_name
    style = parameter.raw.get("style", "form" if place in ("query", "cookie") else "simple")
    explode = parameter.raw.get("explode", style == "form")
    is_object, is_list = parameter.prop.json_is_dict, isinstance(parameter.prop, ListProperty)
    if style in ("label", "matrix"):
        written = f"{style.capitalize()}({value}{', explode=True' if explode else ''})"
    elif is_object and style == "deepObject":
        written = f"DeepObject({value})"
    elif is_object and place == "query" and explode:
        written = f"ExplodedObject({value})"
    elif is_object:
        written = f"Joined({value}{', pairs=True' if explode else ''})"
    elif is_list and place != "path" and not (explode and place == "query"):
        separator = _SEPARATORS.get(style, ",")
        written = f"Joined({value}{'' if separator == ',' else f', {separator!r}'})"
    else:
        written = value
    return f"{name!r}: {written}"


# ---- words


def _text(endpoint: Endpoint, facade: Facade, schemas: Schemas, success_type: str) -> str:
    raw = endpoint.raw
    parts = [fill(sentence(raw.get("summary") or endpoint.id), 8)]
    if raw.get("description"):
        parts.append(fill(sentence(raw["description"]), 8))
    if raw.get("deprecated"):
        parts.append("Deprecated.")
    parts.append(endpoint.line)
    parts.append("Args:\n" + "\n".join([*(each.doc for each in facade.arguments), OPTIONS_DOC]))
    if success_type != "None":
        parts.append("Returns:\n" + fill(_returns(raw["responses"]), 8, first="    ", hanging=4))
    parts.append(
        "Raises:\n" + "\n".join(_raises(raw["responses"], _kinds(raw[FAILURES_IN_SUCCESS], schemas)))
    )
    return "\n\n".join(parts)


def _returns(responses: Json) -> str:
    said = [sentence(each.get("description")) for status, each in responses.items() if status.startswith("2")]
    said = said or [sentence(responses.get("default", {}).get("description"))]
    return " Or: ".join(dict.fromkeys(part for part in said if part)) or "The value of a success."


def _kinds(failures: Json, schemas: Schemas) -> dict[str, str] | None:
    """Return the error classes of the failures among the alternatives of a success, by code; None if none."""
    names = [name for each in failures.values() for name in each]
    told = [schemas.resolved({"$ref": f"#/components/schemas/{name}"})[FAILURE] for name in names]
    return {name: code for each in told for code, name in each.get("classes", {}).items()} if names else None


def _raises(responses: Json, kinds: dict[str, str] | None) -> Iterator[str]:
    for status, response in sorted(responses.items()):
        if status.isdecimal() and not status.startswith("2"):
            first = f"    {error_class(int(status))}: "
            yield fill(sentence(response.get("description")), 8, first=first, hanging=8)
    if kinds is not None:
        for name, code in sorted(kinds.items()):
            yield fill(f"A `Failed` of code {code}.", 8, first=f"    {name}: ", hanging=8)
        why = "The server understood, and says in the body why it did not do it."
        yield fill(why, 8, first="    Failed: ", hanging=8)
    otherwise = "Anything else that is not a documented success, or not what it documents."
    yield fill(otherwise, 8, first="    APIError: ", hanging=8)
