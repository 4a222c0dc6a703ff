"""The context of the templates: everything that they render of one spec."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen
from openapi_python_client.parser.properties import Class, EnumProperty
from openapi_python_client.strings import ClassName, PythonIdentifier

from generator.docstrings import docstring, fill, sentence
from generator.endpoint import Endpoint
from generator.models import PREFIX, Enum, Model, Models, unique
from generator.normalize import operations
from generator.operations import Operation, operation
from generator.pagination import PAGINATORS
from generator.schemas import Schemas

if TYPE_CHECKING:
    from openapi_python_client.parser import GeneratorData
    from openapi_python_client.parser.openapi import Endpoint as ParsedEndpoint

    from generator.document import Document, Json

# Names that generated modules use. A class of the spec with such a name is renamed.
RUNTIME_NAMES = (
    "Any",
    "AsyncPagedItems",
    "AsyncResource",
    "Constraints",
    "ClassVar",
    "Client",
    "Decoder",
    "DeepObject",
    "ExplodedObject",
    "File",
    "Final",
    "Joined",
    "Label",
    "Literal",
    "Mapping",
    "Matrix",
    "Model",
    "Never",
    "Object",
    "Operation",
    "Options",
    "PagedItems",
    "Request",
    "Resource",
    "Self",
    "Sequence",
    "Unset",
    *PAGINATORS,
)
# Attributes of a client's root. A tag with such a name is renamed.
_ROOT_NAMES = ("client", "close", "aclose", "with_raw_response")


@frozen
class Tag:
    """A façade class."""

    module: str
    class_name: str
    docstring: str
    operations: list[Operation]

    @property
    def classes(self) -> list[Class]:
        """Models and enums in the signatures of its methods."""
        return unique(each for one in self.operations for each in one.facade_classes)


class Context:
    """Everything that the templates render of one spec."""

    def __init__(self, document: Document, spec: Json, data: GeneratorData) -> None:
        self._document = document
        self._spec = spec
        self._data = data
        self._schemas = Schemas(spec)
        self._models = Models(self._schemas, data.models)
        self._raw: dict[str, tuple[str, str, Json]] = {}
        for path, method, each in operations(spec):
            name = str(PythonIdentifier(each["operationId"], PREFIX))
            if name in self._raw:
                message = f"its operationId and another one both become {name}"
                raise document.error(message, ("paths", path, method, "operationId"))
            self._raw[name] = path, method, each

    def enums(self) -> list[Enum]:
        """Return all enums."""
        return [self._models.enum(each) for each in self._data.enums if isinstance(each, EnumProperty)]

    def models(self) -> list[Model]:
        """Return all models."""
        return [self._models.model(each) for each in self._data.models]

    def tags(self) -> list[Tag]:
        """Return all tags with operations, in the order of the spec's list of tags, then of the paths."""
        declared = {str(PythonIdentifier(tag["name"], "tag")): tag for tag in self._spec.get("tags", [])}
        collections = {str(tag): each for tag, each in self._data.endpoint_collections_by_tag.items()}
        order = dict.fromkeys([*declared, *collections])
        return [
            self._tag(name, declared.get(name, {}), collections[name].endpoints)
            for name in order
            if name in collections
        ]

    def _tag(self, module: str, declared: Json, endpoints: list[ParsedEndpoint]) -> Tag:
        name = declared.get("name", module)
        if module in _ROOT_NAMES:
            module += "_api"
        class_name = str(ClassName(name, "Tag"))
        classes = (each.class_info.name for each in [*self._data.models, *self._data.enums])
        if _facade_names(class_name) & {*classes, *RUNTIME_NAMES}:
            class_name += "Api"
        text = sentence(declared.get("description")) or f"Operations on {name.replace('_', ' ').lower()}."
        views = _with_own_names([self._operation(endpoint) for endpoint in endpoints])
        return Tag(module, class_name, docstring(fill(text, 4), 4), views)

    def _operation(self, parsed: ParsedEndpoint) -> Operation:
        path, method, raw = self._raw[str(parsed.name)]
        endpoint = Endpoint.of(path, method, raw, parsed)
        return operation(endpoint, self._document, self._spec, self._models, self._schemas)


def _facade_names(class_name: str) -> set[str]:
    """Return every name that the façade of a tag defines."""
    return {f"{prefix}{class_name}{suffix}" for prefix in ("", "Async") for suffix in ("", "WithRawResponse")}


def _with_own_names(views: list[Operation]) -> list[Operation]:
    """Return the operations of a tag, with `iter_…` methods renamed that clash with other methods."""
    taken = {each.module for each in views}
    named: list[Operation] = []
    for each in views:
        pagination = each.pagination
        if pagination is not None:
            name = pagination.name
            while name in taken:
                name += "_"
            taken.add(name)
            pagination = evolve(pagination, name=name)
        named.append(evolve(each, pagination=pagination))
    return named
