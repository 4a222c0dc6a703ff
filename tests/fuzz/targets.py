"""The APIs to fuzz: every file in openapi/, with its generated client and its mock.

What only one API needs stands in a module of its name beside this one, in a subclass of `Target`. An API
without such a module is fuzzed all the same; without a mock of its own, against synthesised answers.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import types
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import httpx
import yaml
from binding import Endpoint, endpoints
from channel import Channel, Exchange, Grant, Signature

from openapi_mock import Behaviour, Document, Mock, MockTransport
from openapi_mock.catalog import available, find_behaviour

if TYPE_CHECKING:
    from faults import MockFault

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_HERE = Path(__file__).resolve().parent
_SPECS = _HERE.parents[1] / "openapi"


class Operation:
    """What the spec says of one operation."""

    def __init__(self, spec: Target, path: str, method: str, item: Mapping[str, Any]) -> None:
        definition = item[method]
        self.id: str = definition["operationId"]
        self.label = f"{method.upper()} {path}"
        alternatives = definition.get("security", spec.spec.get("security", []))
        self.needs_credentials = bool(alternatives) and {} not in alternatives
        self.responses: Mapping[str, Any] = {
            str(status): spec.resolve(response) for status, response in definition["responses"].items()
        }
        parameters = [
            spec.resolve(each) for each in (*item.get("parameters", ()), *definition.get("parameters", ()))
        ]
        self.from_client = {
            each["name"]: each["x-from-client"] for each in parameters if "x-from-client" in each
        }
        for name, schema in self._body_properties(spec, definition):
            if "x-from-client" in schema:
                self.from_client[name] = schema["x-from-client"]

    @property
    def successes(self) -> set[int]:
        return {int(status) for status in self.responses if status.startswith("2") and status.isdigit()} or {
            200
        }

    @property
    def pagination(self) -> Mapping[str, str] | None:
        """`x-pagination` of the success, if there is one."""
        found = (response.get("x-pagination") for response in self.responses.values())
        return next((each for each in found if each), None)

    @property
    def pages_by_offset(self) -> bool:
        return self.pagination is not None and self.pagination["style"] == "offset"

    def _body_properties(self, spec: Target, definition: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for media_type in spec.resolve(definition.get("requestBody", {})).get("content", {}).values():
            yield from spec.resolve(media_type.get("schema", {})).get("properties", {}).items()


class Model:
    """What the server should say and remember, learnt from what went through. This one knows nothing."""

    def expected(self, operation: Operation, exchange: Exchange) -> Collection[int]:
        """Statuses that are right for a case that the spec allows."""
        return operation.successes

    def begin(self, channel: Channel) -> None:
        """Look around on the fresh mock."""

    def observe(self, operation_id: str, exchange: Exchange) -> None:
        """Compare an answer with what went before, and learn from it. Raises AssertionError."""

    def audit(self, channel: Channel) -> None:
        """Read everything back at the end of a scenario. Raises AssertionError."""


class Target:
    """One API. Subclasses say what is special about it.

    Attributes:
        pools: Values that stand for something on the mock, by the name of the parameter or body field.
        supplies: What the client fills in by itself, by the name in `x-from-client`.
        secrets: What must be shown nowhere.
    """

    pools: ClassVar[Mapping[str, Sequence[Any]]] = {}
    supplies: ClassVar[Mapping[str, Any]] = {}
    secrets: ClassVar[Collection[str]] = ()

    def __init__(self, name: str, spec: Path) -> None:
        self.name = name
        self.path = spec

    def __repr__(self) -> str:
        return self.name

    # ---- what an API may change

    def credentials(self, behaviour: Behaviour, http: httpx.Client) -> Mapping[tuple[str, str], str]:
        """What to send for a security scheme and a scope; `user:password` for basic."""
        return {}

    def new_model(self) -> Model:
        return Model()

    @property
    def faults(self) -> Collection[MockFault]:
        """Faults in what the mock remembers, which the model has to find."""
        return ()

    # ---- what is the same for all of them

    @property
    def has_mock(self) -> bool:
        """Whether there is a behaviour, as opposed to synthesised answers."""
        return find_behaviour(self.name) is not None

    @cached_property
    def endpoints_by_id(self) -> Mapping[str, Endpoint]:
        """What the client offers, by operation id."""
        return endpoints(self.package)

    @cached_property
    def spec(self) -> Mapping[str, Any]:
        loaded: Mapping[str, Any] = yaml.safe_load(self.path.read_text(encoding="utf-8"))
        return loaded

    @cached_property
    def operations(self) -> Mapping[str, Operation]:
        """Every operation by its id."""
        items = ((path, self.resolve(item)) for path, item in self.spec["paths"].items())
        found = (
            Operation(self, path, method, item)
            for path, item in items
            for method in METHODS
            if method in item
        )
        return {each.id: each for each in found}

    @cached_property
    def _document(self) -> Document:
        return Document.load(self.path)

    @cached_property
    def secret_fields(self) -> set[str]:
        """Names of properties with `format: password`."""
        return set(_secret_fields(self.spec))

    @cached_property
    def package(self) -> types.ModuleType:
        return importlib.import_module(f"{self.name}_client")

    def resolve(self, node: Any) -> Any:
        """The node that a local reference leads to."""
        while isinstance(node, Mapping) and "$ref" in node:
            target: Any = self.spec
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    def new_mock(self) -> tuple[Behaviour, Mock]:
        """A mock of its own, freshly seeded."""
        factory = find_behaviour(self.name)
        behaviour = factory(None) if factory else Behaviour()
        return behaviour, Mock(self._document, behaviour)

    def open(self, transport: Any = None) -> Channel:
        """A channel to a mock of its own. `transport` may stand between: it is given the mock's transport."""
        behaviour, mock = self.new_mock()
        plain = MockTransport(mock)
        with httpx.Client(transport=plain, base_url="http://mock.example") as http:
            credentials = self.credentials(behaviour, http)
        schemes = self.spec.get("components", {}).get("securitySchemes", {})
        return Channel(
            self.package,
            self.endpoints_by_id,
            mock,
            transport(plain) if transport else plain,
            Signature(credentials, {name: self.resolve(scheme) for name, scheme in schemes.items()}),
            self.supplies,
            {each.id: each.from_client for each in self.operations.values()},
        )


def targets() -> list[Target]:
    """One for each file in openapi/."""
    return [target(name, path) for name, path in available([_SPECS]).items()]


def target(name: str, path: Path) -> Target:
    """The API of this name, with what its module adds."""
    special_file = _HERE / f"{name}.py"
    if not special_file.exists():
        return Target(name, path)
    # By its path, since the package that users import has the same name.
    spec = importlib.util.spec_from_file_location(f"fuzz_{name}", special_file)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = [each for each in vars(module).values() if isinstance(each, type) and issubclass(each, Target)]
    (special,) = (each for each in found if each is not Target)
    return special(name, path)


def _secret_fields(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for name, schema in (
            node.get("properties", {}).items() if isinstance(node.get("properties"), Mapping) else ()
        ):
            if isinstance(schema, Mapping) and schema.get("format") == "password":
                yield str(name)
        for child in node.values():
            yield from _secret_fields(child)
    elif isinstance(node, list):
        for child in node:
            yield from _secret_fields(child)


__all__ = ["Grant", "Model", "Operation", "Target", "target", "targets"]
