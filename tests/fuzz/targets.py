"""The APIs to fuzz: every file in openapi/, with its generated client and its mock.

What only one API needs stands in a module of its name beside this one, in a subclass of `Target`. An API
without such a module is fuzzed all the same; without a mock of its own, against synthesised answers.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import types
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import httpx
import yaml
from binding import Endpoint, endpoints
from channel import Channel, Exchange, Grant, Signature
from failures import Alternative, Failure, shapes, told
from wire import base_url

import openapi_runtime
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
        self.path = path
        self.method = method.upper()
        self.label = f"{self.method} {path}"
        alternatives = definition.get("security", spec.spec.get("security", []))
        self.needs_credentials = bool(alternatives) and {} not in alternatives
        self.responses: Mapping[str, Any] = {
            str(status): spec.resolve(response) for status, response in definition["responses"].items()
        }
        self._shapes: Mapping[str, tuple[Alternative, ...]] = {
            status: shapes(spec.spec, spec.resolve, response) for status, response in self.responses.items()
        }
        parameters = [
            spec.resolve(each) for each in (*item.get("parameters", ()), *definition.get("parameters", ()))
        ]
        self.from_client = {
            each["name"]: each["x-from-client"] for each in parameters if "x-from-client" in each
        }
        schemas = [spec.resolve(each.get("schema", {})) for each in parameters if each["in"] == "query"]
        self.takes_falsy_query = any(_may_be_falsy(schema) for schema in schemas)
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
    def failures(self) -> set[Failure]:
        """Every failure that a body can tell under a status of success, as the spec names them."""
        successes = (found for status, found in self._shapes.items() if status.startswith("2"))
        return {failure for found in successes for each in found for failure in each.failures}

    def failure(self, response: httpx.Response) -> Failure | None:
        """The failure that the body of an answer tells, if it is one of those that the spec marks."""
        documented = self._documented(response.status_code)
        return told(self._shapes[documented], response.content) if documented else None

    def response(self, status: int) -> Any:
        """What is documented for a status, also by a pattern; None if nothing is."""
        documented = self._documented(status)
        return self.responses[documented] if documented else None

    def at(self, **values: object) -> str:
        """The path with its parameters in it."""
        path = self.path
        for name, value in values.items():
            path = path.replace(f"{{{name}}}", str(value))
        return path

    def _documented(self, status: int) -> str | None:
        keys = (str(status), f"{status // 100}XX", "default")
        return next((key for key in keys if key in self.responses), None)

    def _body_properties(self, spec: Target, definition: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for media_type in spec.resolve(definition.get("requestBody", {})).get("content", {}).values():
            properties = spec.resolve(media_type.get("schema", {})).get("properties", {})
            yield from ((name, spec.resolve(schema)) for name, schema in properties.items())


class Model:
    """What the server should say and remember, learnt from what went through. This one knows nothing."""

    def expected(self, operation: Operation, exchange: Exchange) -> Collection[int | str]:
        """What is right for a case that the spec allows: statuses, and names of errors that a body tells."""
        return operation.successes

    def tolerates(self, operation: Operation, exchange: Exchange) -> bool:
        """Whether the mock takes a case that the spec rules out; it is judged like one that it allows."""
        return False

    def begin(self, channel: Channel) -> None:
        """Look around on the fresh mock."""

    def observe(self, operation_id: str, exchange: Exchange) -> None:
        """Compare an answer with what went before, and learn from it. Raises AssertionError."""

    def audit(self, channel: Channel) -> None:
        """Read everything back at the end of a scenario. Raises AssertionError."""


class Target:
    """One API. Subclasses say what is special about it.

    Attributes:
        pools: Values that stand for something on the mock, by the name of the parameter or body field, or by
            `operationId.name` where the name means different things.
        supplies: What the client fills in by itself, by the name in `x-from-client`.
        secrets: What must be shown nowhere.
        never_told: Failures that the mock has no occasion to tell, by the operation's id.
    """

    pools: ClassVar[Mapping[str, Sequence[Any]]] = {}
    supplies: ClassVar[Mapping[str, Any]] = {}
    secrets: ClassVar[Collection[str]] = ()
    never_told: ClassVar[Mapping[str, Collection[Failure]]] = {}

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
        """Names of properties and parameters with `format: password`."""
        return set(_secret_fields(self.spec, self.resolve))

    @cached_property
    def package(self) -> types.ModuleType:
        return importlib.import_module(f"{self.name}_client")

    @cached_property
    def vocabulary(self) -> str:
        """Everything that the client's own code says: a repr or a traceback tells it by itself."""
        folders = [Path(folder) for package in (self.package, openapi_runtime) for folder in package.__path__]
        return "\n".join(
            file.read_text(encoding="utf-8") for folder in folders for file in sorted(folder.rglob("*.py"))
        )

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
        with httpx.Client(transport=plain, base_url=base_url(self.spec)) as http:
            credentials = self.credentials(behaviour, http)
        schemes = self.spec.get("components", {}).get("securitySchemes", {})
        return Channel(
            self.package,
            base_url(self.spec),
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


def _secret_fields(node: Any, resolve: Callable[[Any], Any]) -> Iterator[str]:
    if isinstance(node, Mapping):
        if "in" in node and _is_secret(resolve(node.get("schema"))):
            yield str(node["name"])
        for name, schema in (
            node.get("properties", {}).items() if isinstance(node.get("properties"), Mapping) else ()
        ):
            if _is_secret(resolve(schema)):
                yield str(name)
        for child in node.values():
            yield from _secret_fields(child, resolve)
    elif isinstance(node, list):
        for child in node:
            yield from _secret_fields(child, resolve)


def _may_be_falsy(schema: Mapping[str, Any]) -> bool:
    """Whether false or 0 is among the values."""
    kind = schema.get("type")
    return kind == "boolean" or (kind == "integer" and schema.get("minimum", 0) <= 0)


def _is_secret(schema: Any) -> bool:
    return isinstance(schema, Mapping) and schema.get("format") == "password"


__all__ = ["Grant", "Model", "Operation", "Target", "target", "targets"]
