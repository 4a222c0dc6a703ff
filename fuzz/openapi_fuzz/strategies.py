"""Hypothesis strategies for the models, arguments and responses of a generated client.

    strategies.register(shop_client)

lets `st.from_type(Order)` draw orders as the document has them. A transport that answers with what is
drawn tests a program of one's own, without any server:

    @given(st.data())
    def test_the_program_survives_any_response(data: st.DataObject) -> None:
        transport = strategies.responding(shop_client, data, hostile=True)
        buy(Shop("https://shop.example", token=TOKEN, max_retries=0, httpx_args={"transport": transport}))
"""

from __future__ import annotations

import importlib
import re
import types
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, cached_property
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, TypeVar, get_args, get_origin

import attrs
import httpx
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from openapi_reader import is_array, is_object
from openapi_runtime import UNSET, File, Unset

from ._schemathesis import cases_of, find_operation, load_schema, values_of
from .binding import facade_arguments
from .document import Document, Node
from .endpoints import Endpoint, find_endpoints, hints_of, plain_name
from .responses.drawing import CONTENT_TYPE, FORMATS, DrawnResponse, drawable, responses_of, written
from .responses.mutations import mutated
from .responses.shapes import flat
from .responses.transport import RespondingTransport
from .values import alternatives, is_mapping, is_union, typed

T = TypeVar("T")

_JSON: Final = (CONTENT_TYPE, "application/json")
_FURTHER: Final = "additional_properties"
_ANYTHING: Final = st.none() | st.booleans() | st.integers() | st.text()
_CONFIG: Final[Mapping[str, Any]] = {
    "generation": {
        "mode": "positive",
        "database": "none",
        "with-security-parameters": False,
        "allow-x00": False,
    }
}


class Strategies:
    """Strategies for one generated client.

    Args:
        client: The generated package, or its name.
        spec: The document that it was generated from: a YAML or JSON file.

    Raises:
        DocumentError: The file holds no such document.
    """

    def __init__(self, client: types.ModuleType | str, spec: Path | str) -> None:
        self._package = _package(client)
        self._document = Document(Path(spec))

    def __repr__(self) -> str:
        return f"Strategies({self._package.__name__!r})"

    # ---- models

    @cached_property
    def models(self) -> Mapping[type[Any], SearchStrategy[Any]]:
        """A strategy for every model, by its class."""
        return {model: self._deferred(model) for model in self._model_classes}

    def model(self, model: type[T]) -> SearchStrategy[T]:
        """Return a strategy for one model."""
        return self.models[model]

    def values(self, model: type[Any]) -> SearchStrategy[dict[str, Any]]:
        """Return a strategy for the JSON objects of a model that has a schema."""
        return values_of(drawable(self._document, self.schema_of(model) or {}), FORMATS)

    def schema_of(self, model: type[Any]) -> Node | None:
        """Return the schema that a model was generated from: by its name, or else by its fields."""
        found = self._schemas.get(plain_name(model.__name__)) or self._with_fields_of(model)
        node: Node = flat(self._document, found or {})
        # Where there may be null in place of the object, there is no model.
        return {**node, "type": "object"} if is_array(node.get("type")) else found

    def _with_fields_of(self, model: type[Any]) -> Node | None:
        names = {model.json_names.get(each.name, each.name) for each in attrs.fields(model)} - {_FURTHER}
        resolved = map(self._document.resolve, self._schemas.values())
        # What is one of several has no model of its own.
        nodes = (each for each in resolved if not {"oneOf", "anyOf"} & each.keys())
        return next(
            (each for each in nodes if flat(self._document, each).get("properties", {}).keys() == names), None
        )

    def _hints(self, model: Any) -> Mapping[str, Any]:
        return hints_of(model, self._package)

    def has_files(self, model: type[Any]) -> bool:
        """Return whether a model has fields that are files, or lists of them."""
        kinds = [each for hint in self._hints(model).values() for each in alternatives(hint)]
        return File in kinds or any(File in get_args(each) for each in kinds)

    # ---- operations

    def arguments(self, operation_id: str) -> SearchStrategy[dict[str, Any]]:
        """Return a strategy for the arguments of an operation's method, such as the document allows."""
        endpoint = self.endpoints[operation_id]
        label = self._document.operations[operation_id].label
        cases = cases_of(find_operation(self._schema, label))
        found = cases.map(lambda case: facade_arguments(case, endpoint))
        return found.filter(lambda arguments: arguments is not None).map(lambda arguments: arguments or {})

    def responses(self, operation_id: str, *, successes_only: bool = False) -> SearchStrategy[DrawnResponse]:
        """Return a strategy for the documented responses of an operation."""
        return responses_of(self._document, operation_id, successes_only=successes_only)

    def hostile_responses(
        self, operation_id: str, secrets: Sequence[str] = ()
    ) -> SearchStrategy[DrawnResponse]:
        """Return a strategy for responses with something wrong in them.

        Args:
            operation_id: The operation.
            secrets: What a response may repeat, such as a token of the client.
        """
        return self.responses(operation_id).flatmap(lambda valid: mutated(valid, tuple(secrets)))

    def operation_of(self, request: httpx.Request) -> str:
        """Return the id of the operation that a request calls. Raises LookupError if there is none."""
        operation = request.extensions.get("operation")
        if operation is not None and operation.id in self._document.operations:
            found: str = operation.id
            return found
        path = request.url.path.strip("/").split("/")
        for each in self._document.operations.values():
            if each.method == request.method and _leads_to(each.path, path):
                return each.id
        raise LookupError(f"{self._document.path} has no operation for {request.method} {request.url.path}")

    # ---- what the client has

    @cached_property
    def endpoints(self) -> Mapping[str, Endpoint]:
        """What the client offers, by operation id."""
        return find_endpoints(self._package)

    @cached_property
    def _schema(self) -> Any:
        return load_schema(self._document.root, _CONFIG, ())

    @cached_property
    def _model_classes(self) -> Collection[type[Any]]:
        models = importlib.import_module(f"{self._package.__name__}.models")
        found = (getattr(models, name) for name in models.__all__)
        return [each for each in found if isinstance(each, type) and attrs.has(each)]

    def _deferred(self, model: type[Any]) -> SearchStrategy[Any]:
        # A model may have fields of its own type.
        return st.deferred(lambda: self._model(model))

    def _model(self, model: Any) -> SearchStrategy[Any]:
        hints = self._hints(model)
        schema = self.schema_of(model)
        if schema is None or self.has_files(model):
            # No schema of its own, or one with files, for which JSON has no form.
            fields = [each for each in attrs.fields(model) if each.name != _FURTHER]
            return st.builds(model, **{each.alias: self._value(hints[each.name]) for each in fields})
        return self.values(model).map(lambda value: typed(model, value))

    @cached_property
    def _schemas(self) -> Mapping[str, Node]:
        """The schemas by the names that the models of them have, in plain letters."""
        schemas: Mapping[str, Node] = self._document.root.get("components", {}).get("schemas", {})
        found: dict[str, Node] = {
            _model_name(name, node): {"$ref": f"#/components/schemas/{name}"}
            for name, node in schemas.items()
        }
        for name, node in schemas.items():
            found = {**dict(_inner_schemas(plain_name(name), node)), **found}
        for operation in self._document.operations.values():
            for node in operation.bodies:
                found = {**dict(_inner_schemas(plain_name(f"{operation.id}Body"), node)), **found}
            for status, response in operation.responses.items():
                for media_type in response.get("content", {}).values():
                    name = plain_name(f"{operation.id}Response{status}")
                    found = {**dict(_inner_schemas(name, media_type.get("schema", {}))), **found}
        return found

    def _value(self, annotation: Any) -> SearchStrategy[Any]:
        """Return a strategy for the values of a field's annotation."""
        origin, arguments = get_origin(annotation) or annotation, get_args(annotation)
        if is_union(annotation):
            return st.one_of([self._value(each) for each in arguments])
        if annotation is Any:
            return _ANYTHING
        if origin is Unset:
            return st.just(UNSET)
        if origin is File:
            return st.builds(File, st.binary())
        if origin in self._model_classes:
            return self.models[origin]
        if is_mapping(annotation):
            return st.dictionaries(st.text(), self._value(arguments[1]))
        if origin is list:
            return st.lists(self._value(arguments[0]))
        found: SearchStrategy[Any] = st.from_type(annotation)
        return found


def register(client: types.ModuleType | str, spec: Path | str | None = None) -> Strategies:
    """Have `st.from_type` draw every model of a client, and return all strategies for it.

    Args:
        client: The generated package, or its name.
        spec: The document that it was generated from; by default the one that is installed or lies with it.

    Raises:
        LookupError: There is no document, and none was given.
    """
    strategies = _strategies(_package(client), spec)
    for model, strategy in strategies.models.items():
        st.register_type_strategy(model, strategy)
    return strategies


def responding(
    client: types.ModuleType | str,
    data: st.DataObject,
    *,
    spec: Path | str | None = None,
    hostile: bool = False,
    fixed: Mapping[str, Any] | None = None,
    secrets: Sequence[str] = (),
) -> RespondingTransport:
    """Return a transport of httpx that answers with drawn responses, for sync and async clients.

    It is for `httpx_args={"transport": ...}` of a session or a client, best with `max_retries=0`: there is no
    use in waiting for a response that is drawn. Hypothesis shows what was drawn when a test fails.

    Args:
        client: The generated package, or its name.
        data: Draws the responses: what `st.data()` gives a test.
        spec: The document, as for `register`.
        hostile: Whether something may be wrong with a response: see `Strategies.hostile_responses`.
        fixed: What is answered for some operations in place of drawn responses, by operation id: the JSON
            of a 200, or a `DrawnResponse`. A session that fetches a token needs one that it can read.
        secrets: What hostile responses may repeat, such as the session's token.
    """
    strategies = _strategies(_package(client), spec)

    def respond(request: httpx.Request) -> DrawnResponse:
        operation_id = strategies.operation_of(request)
        if fixed and operation_id in fixed:
            given = fixed[operation_id]
            if isinstance(given, DrawnResponse):
                return given
            return DrawnResponse(operation_id, HTTPStatus.OK, (_JSON,), written(given), given)
        drawn = (
            strategies.hostile_responses(operation_id, secrets)
            if hostile
            else strategies.responses(operation_id)
        )
        return data.draw(drawn, f"response to {operation_id}")

    return RespondingTransport(respond)


def _package(client: types.ModuleType | str) -> types.ModuleType:
    """Return a generated package, given itself or its name."""
    return importlib.import_module(client) if isinstance(client, str) else client


@cache
def _strategies(client: types.ModuleType, spec: Path | str | None) -> Strategies:
    return Strategies(client, spec or _document_of(client))


def _document_of(client: types.ModuleType) -> Path:
    """Return the document of a client: beside it, in a checkout, or where the mocks have theirs."""
    name = f"{client.__name__.removesuffix('_client')}.yaml"
    beside = Path(client.__path__[0]).parent
    places = (beside / name, beside.parent / "openapi" / name, beside / "openapi_mock" / "specs" / name)
    found = next((each for each in places if each.is_file()), None)
    if found is None:
        raise LookupError(f"there is no {name} with {client.__name__}: give the path of its document as spec")
    return found


def _inner_schemas(name: str, node: Any) -> Iterator[tuple[str, Node]]:
    """Yield a schema and those inside of it, by the names that the generator gives their models."""
    if not is_object(node) or "$ref" in node:
        return
    yield name, node
    for field, child in node.get("properties", {}).items():
        yield from _inner_schemas(name + _model_name(field, child), child)
    yield from _inner_schemas(f"{name}item", node.get("items"))
    yield from _inner_schemas(f"{name}additionalproperty", node.get("additionalProperties"))
    for number, each in enumerate((*node.get("oneOf", ()), *node.get("anyOf", ()))):
        yield from _inner_schemas(f"{name}type{number}", each)


def _model_name(name: str, node: Any) -> str:
    """Return the plain name of the model of a schema, which a title changes."""
    return plain_name(str(node.get("title", name)) if is_object(node) else name)


def _leads_to(template: str, path: Sequence[str]) -> bool:
    """Return whether a path ends as a template has it."""
    parts = template.strip("/").split("/")
    pattern = "/".join("[^/]+" if "{" in each else re.escape(each) for each in parts)
    return re.fullmatch(pattern, "/".join(path[-len(parts) :])) is not None
