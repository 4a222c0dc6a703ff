"""What a generated client declares, compared with the document and not with itself.

Names, types and words are derived here from the document once more, by nothing that generation uses.
"""

from __future__ import annotations

import importlib
import inspect
import types
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

import attrs
import httpx
import pytest

from openapi_fuzz.document import Document
from openapi_fuzz.endpoints import Endpoint, plain_name
from openapi_fuzz.parametrization import Parametrized, of_operations, of_targets, with_parameters
from openapi_fuzz.serialization import is_json
from openapi_fuzz.target import Target
from openapi_fuzz.values import is_optional
from openapi_reader import is_array, is_object

_TYPES: Final = {"integer": int, "number": float, "boolean": bool}
_PHRASES: Final = {413: "ContentTooLarge", 414: "URITooLong", 422: "UnprocessableContent"}
# Greater numbers are written in another way, such as 2^53.
_READABLE: Final = 10_000
_FLAVOURS: Final = ("Api", "AsyncApi")


def metadata_tests(*targets: Target) -> type[MetadataTests]:
    """Return a test class that compares what clients declare with their documents.

    Raises:
        TargetError: A client is missing, or does not fit its document.
    """
    models = [
        pytest.param(each, name, id=f"{each.name}-{name}")
        for each in targets
        for name in _models(each.document)
    ]
    return with_parameters(
        MetadataTests,
        {
            "test_operation": of_operations(targets),
            "test_model": (("target", "name"), models),
            "test_client": of_targets(targets),
        },
    )


class MetadataTests(Parametrized):
    """Tests of declarations, to be had from `metadata_tests`."""

    def test_operation_is_declared_as_documented(self, target: Target, operation_id: str) -> None:
        """Method, path, security, statuses and what else a call goes by."""
        _equal(
            _declared(target.endpoints[operation_id]), _documented(Described(target.document, operation_id))
        )

    def test_operation_reads_what_is_documented(self, target: Target, operation_id: str) -> None:
        """The body of each status is read as its media type says."""
        described, operation = (
            Described(target.document, operation_id),
            target.endpoints[operation_id].operation,
        )
        found = {
            str(status): reader.__qualname__.partition(".")[0]
            for status, reader in {**operation.success, **operation.failure}.items()
        }
        expected = {status: _readers(each) for status, each in described.responses.items()}
        assert found.keys() == expected.keys()
        wrong = {status: found[status] for status in found if found[status] not in expected[status]}
        assert not wrong, f"{wrong}, not {expected}"

    def test_operation_takes_what_is_documented(self, target: Target, operation_id: str) -> None:
        """Arguments of builder and façade: their names, whether they may be left out, and plain types."""
        described, endpoint = Described(target.document, operation_id), target.endpoints[operation_id]
        _equal(
            {name: is_optional(annotation) for name, (_, annotation) in endpoint.builder.arguments.items()},
            described.built,
        )
        _equal(
            {name: is_optional(annotation) for name, (_, annotation) in endpoint.facade.arguments.items()},
            described.taken,
        )
        for name, schema in described.plain_schemas.items():
            if name in endpoint.facade.arguments and (kind := _TYPES.get(schema.get("type", ""))):
                annotation = endpoint.facade.arguments[name][1]
                assert kind in (annotation, *getattr(annotation, "__args__", ())), (name, annotation)

    def test_operation_is_described_by_its_docstring(self, target: Target, operation_id: str) -> None:
        """The docstring has method and path, limits, defaults, and each error that is documented."""
        described, endpoint = Described(target.document, operation_id), target.endpoints[operation_id]
        for flavour in _FLAVOURS:
            resource: object = getattr(getattr(target.package, flavour)(_client(target)), endpoint.tag)
            assert not described.operation.pagination or hasattr(resource, endpoint.iterator)
            said = " ".join(str(getattr(resource, endpoint.method).__doc__).split())
            missing = [each for each in described.words if each not in said]
            assert not missing, f"the docstring lacks {missing}: {said}"
            assert ("Deprecated." in said) == described.is_deprecated

    def test_operation_goes_with_its_request(self, target: Target, operation_id: str) -> None:
        """What stands between client and server is told which operation a request is of."""
        seen: list[Any] = []

        def intercept(
            request: httpx.Request, send: Callable[[httpx.Request], httpx.Response]
        ) -> httpx.Response:
            del send
            seen.append(request.extensions.get("operation"))
            return httpx.Response(HTTPStatus.IM_A_TEAPOT, request=request, stream=httpx.ByteStream(b""))

        endpoint = target.endpoints[operation_id]
        request = endpoint.operation.request(
            path=dict.fromkeys(Described(target.document, operation_id).names("path"), "1"),
            query=dict.fromkeys(endpoint.operation.required, "1"),
        )
        with target.open(intercept) as channel:
            channel.recording.operation_id = operation_id
            session = next(iter(channel.sessions.values()))
            endpoint.operation.send(session.sync.client, request)
            channel.run(endpoint.operation.send_async(session.asynchronous.client, request))
        assert seen == [endpoint.operation] * 2

    def test_model_has_the_documented_fields(self, target: Target, name: str) -> None:
        """Names, which of them are required, and which of them are secret."""
        schema, model = _models(target.document)[name], _class(target.package, name)
        assert model is not None, f"there is no model {name}"
        properties = _properties(target.document, schema)
        required = _required(target.document, schema)
        fields = {each.name: each for each in attrs.fields(model) if each.name != "additional_properties"}
        names = {python: model.json_names.get(python, python) for python in fields}
        _equal(dict.fromkeys(names.values(), True), dict.fromkeys(properties, True))
        for python, documented in names.items():
            assert plain_name(python).removeprefix("field") in plain_name(f"field{documented}"), python
            has_default = fields[python].default is not attrs.NOTHING
            # A constant has a value of its own, and a failure may lack its code.
            is_certain = "const" in properties[documented] or documented == schema.get("x-failure", {}).get(
                "code"
            )
            assert has_default == (documented not in required) or is_certain, documented
            if _is_secret(properties[documented]):
                assert fields[python].repr is not True, f"{documented} is shown"

    def test_client_names_what_it_has(self, target: Target) -> None:
        """Every list of public names has what there is, and the façade every tag."""
        package = target.package
        models = importlib.import_module(f"{package.__name__}.models")
        errors = importlib.import_module(f"{package.__name__}.errors")
        for module in (package, models, errors):
            public: list[str] = module.__all__
            assert len({*public}) == len(public)
            assert [each for each in public if not hasattr(module, each)] == []
        defined = {name for name, each in vars(models).items() if inspect.isclass(each)}
        assert defined <= {*models.__all__}
        own = {
            name for name, each in vars(errors).items() if getattr(each, "__module__", "") == errors.__name__
        }
        assert own <= {*errors.__all__, "ERRORS"}
        tags = {each.tag for each in target.endpoints.values()}
        for flavour in _FLAVOURS:
            assert tags <= {*dir(getattr(package, flavour))}

    def test_client_has_an_error_for_each_documented_status(self, target: Target) -> None:
        """By status and, where bodies tell failures, by code."""
        errors = importlib.import_module(f"{target.package.__name__}.errors")
        operations = target.document.operations.values()
        statuses = {int(each) for operation in operations for each in operation.responses if each.isdigit()}
        wanted = {each: _error_name(each) for each in statuses if not 200 <= each < 300}  # noqa: PLR2004
        _equal({status: each.__name__ for status, each in errors.ERRORS.by_status.items()}, wanted)
        assert all(each.documented_status == status for status, each in errors.ERRORS.by_status.items())
        codes = {
            str(code): name
            for schema in _schemas(target.document).values()
            for code, name in schema.get("x-failure", {}).get("classes", {}).items()
        }
        _equal({str(code): each.__name__ for code, each in errors.ERRORS.by_code.items()}, codes)


class Described:
    """One operation as the document has it, with names in their plain form."""

    def __init__(self, document: Document, operation_id: str) -> None:
        self.document = document
        self.operation = document.operations[operation_id]
        self.item = document.resolve(document.root["paths"][self.operation.path])
        self.raw = self.item[self.operation.method.lower()]
        shared = [document.resolve(each) for each in self.item.get("parameters", ())]
        own = [document.resolve(each) for each in self.raw.get("parameters", ())]
        taken = {(each["name"], each["in"]) for each in own}
        self.parameters = [*own, *(each for each in shared if (each["name"], each["in"]) not in taken)]
        self.is_deprecated = bool(self.raw.get("deprecated"))

    @property
    def responses(self) -> Mapping[str, Any]:
        """What is documented by status."""
        return {
            status: each for status, each in self.operation.responses.items() if not status.startswith("x-")
        }

    @property
    def body(self) -> tuple[str, Any] | None:
        """The media type that a client sends, with its schema; JSON before all others."""
        content = self.document.resolve(self.raw.get("requestBody", {})).get("content", {})
        ordered = sorted(content, key=lambda name: not is_json(name))
        return (ordered[0], self.document.resolve(content[ordered[0]].get("schema", {}))) if ordered else None

    def names(self, place: str) -> list[str]:
        """Return the names of the parameters in a place."""
        return [each["name"] for each in self.parameters if each["in"] == place]

    @property
    def built(self) -> dict[str, bool]:
        """Arguments of the builder, and whether they may be left out."""
        found = {self._plain(each): not each.get("required") for each in self.parameters}
        if self.body:
            found["body"] = not self.document.resolve(self.raw["requestBody"]).get("required")
        return found

    @property
    def taken(self) -> dict[str, bool]:
        """Arguments of the façade, in which the fields of a body stand by themselves."""
        found = {
            self._plain(each): not each.get("required") or self._is_supplied(each) for each in self.parameters
        }
        if not self.body:
            return found
        schema = self.body[1]
        properties = _properties(self.document, schema)
        if not self._is_flat(schema):
            return {**found, "body": self.built["body"]}
        required = _required(self.document, schema)
        for name, each in properties.items():
            key = plain_name(name) if plain_name(name) not in found else plain_name(f"{name}body")
            found[key] = name not in required or "x-from-client" in each
        others = schema.get("additionalProperties")
        if is_object(others) and others:
            name = plain_name(schema.get("x-argument-name", "additional_properties"))
            # The operation's own module has the name in the façade's.
            name = name if name != plain_name(self.operation.id) else f"{name}body"
            found[name] = bool(properties) or self.built["body"]
        return found

    def _is_flat(self, schema: Any) -> bool:
        return schema.get("type") == "object" or "properties" in schema

    def _plain(self, parameter: Mapping[str, Any]) -> str:
        alike = [
            each for each in self.parameters if plain_name(each["name"]) == plain_name(parameter["name"])
        ]
        return plain_name(parameter["name"] if len(alike) == 1 else f"{parameter['name']}{parameter['in']}")

    def _is_supplied(self, parameter: Mapping[str, Any]) -> bool:
        return "x-from-client" in parameter or "x-from-client" in self.document.resolve(parameter["schema"])

    @property
    def plain_schemas(self) -> dict[str, Any]:
        """Schemas of arguments that have plain types."""
        found = {self._plain(each): self.document.resolve(each["schema"]) for each in self.parameters}
        if self.body and self._is_flat(self.body[1]):
            properties = _properties(self.document, self.body[1])
            found |= {
                plain_name(name): each for name, each in properties.items() if plain_name(name) not in found
            }
        plain = {name: each for name, each in found.items() if isinstance(each.get("type"), str)}
        return {name: each for name, each in plain.items() if not {"enum", "const"} & each.keys()}

    @property
    def words(self) -> Iterator[str]:
        """What the docstring has to say."""
        yield f"Operation {self.operation.id}: {self.operation.method} {self.operation.path}"
        for status in self.responses:
            if status.isdigit() and not status.startswith("2"):
                yield f"{_error_name(int(status))}: "
        yield "APIError: "
        for schema in self.plain_schemas.values():
            limits = (schema.get(each) for each in ("minimum", "minLength", "maximum", "maxLength"))
            yield from (str(each) for each in limits if each and abs(each) < _READABLE)
            if "default" in schema:
                yield "The server's default is `"


def _declared(endpoint: Endpoint) -> dict[str, Any]:
    operation = endpoint.operation
    return {
        "id": operation.id,
        "method": operation.method,
        "path": operation.path,
        "security": [{name: [*scopes] for name, scopes in each.items()} for each in operation.security],
        "success": sorted(map(str, operation.success)),
        "failure": sorted(map(str, operation.failure)),
        "failure in success": bool(operation.failure_in_success),
        "server": operation.server,
        "base paths": [*operation.base_paths],
        "required": sorted(operation.required),
        "secrets": sorted(operation.secrets),
        "idempotent": operation.idempotent,
    }


def _documented(described: Described) -> dict[str, Any]:
    document, raw = described.document, described.raw
    successes = [each for each in described.responses if each.startswith("2")]
    successes = successes or [each for each in described.responses if each == "default"]
    root_servers = document.root.get("servers", [])
    own = raw.get("servers", described.item.get("servers", root_servers))
    base_paths = list(dict.fromkeys(urlsplit(_url(each)).path.rstrip("/") for each in root_servers))
    return {
        "id": described.operation.id,
        "method": described.operation.method,
        "path": described.operation.path,
        "security": raw.get("security", document.root.get("security", [])),
        "success": sorted(successes),
        "failure": sorted(described.responses.keys() - {*successes}),
        "failure in success": any(map(bool, _failures_in_success(described, successes))),
        "server": _url(own[0]) if own and own != root_servers else None,
        "base paths": base_paths if all(base_paths) else [],
        "required": sorted(each["name"] for each in described.parameters if _has_to_be_sent(document, each)),
        "secrets": sorted(_secrets(described)),
        "idempotent": bool(raw.get("x-idempotent")),
    }


def _failures_in_success(described: Described, successes: list[str]) -> Iterator[bool]:
    for status in successes:
        for media in described.responses[status].get("content", {}).values():
            schema = media.get("schema", {})
            for each in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
                yield "x-failure" in described.document.resolve(each)


def _has_to_be_sent(document: Document, parameter: Mapping[str, Any]) -> bool:
    schema = document.resolve(parameter["schema"])
    alternatives = [document.resolve(each) for each in (*schema.get("oneOf", ()), *schema.get("anyOf", ()))]
    kinds = [each.get("type") for each in (schema, *alternatives)]
    is_nullable = any(kind == "null" or (is_array(kind) and "null" in kind) for kind in kinds)
    is_an_object = "object" in kinds
    return bool(parameter.get("required")) and parameter["in"] != "path" and not (is_nullable or is_an_object)


def _secrets(described: Described) -> Iterator[str]:
    named = {each["name"]: described.document.resolve(each["schema"]) for each in described.parameters}
    if described.body:
        named |= _properties(described.document, described.body[1])
    return (name for name, schema in named.items() if _is_secret(schema))


def _is_secret(schema: Mapping[str, Any]) -> bool:
    return schema.get("format") == "password" or schema.get("items", {}).get("format") == "password"


def _readers(response: Mapping[str, Any]) -> set[str]:
    """Return the names of the readers that may read a body: text may come as bytes."""
    content = [*response.get("content", {})]
    if not content:
        return {"no_body"}
    if any(map(is_json, content)):
        return {"json_body"}
    return {"text_body", "bytes_body"} if content[0].startswith("text/") else {"bytes_body"}


def _url(server: Mapping[str, Any]) -> str:
    url: str = server["url"]
    for name, variable in server.get("variables", {}).items():
        url = url.replace(f"{{{name}}}", variable["default"])
    return url


def _error_name(status: int) -> str:
    try:
        words = HTTPStatus(status).phrase.replace("'", "").replace("-", " ").split()
    except ValueError:
        return f"Status{status}"
    return _PHRASES.get(status) or "".join(word[:1].upper() + word[1:] for word in words)


# ---- Schemas


def _schemas(document: Document) -> Mapping[str, Any]:
    found: Mapping[str, Any] = document.root.get("components", {}).get("schemas", {})
    return found


def _models(document: Document) -> dict[str, Any]:
    """Return the named schemas of objects that have fields."""
    return {
        name: each for name, each in _schemas(document).items() if "properties" in each and "$ref" not in each
    }


def _properties(document: Document, schema: Any) -> dict[str, Any]:
    schema = document.resolve(schema)
    found: dict[str, Any] = {}
    for part in schema.get("allOf", ()):
        found |= _properties(document, part)
    return found | {name: document.resolve(each) for name, each in schema.get("properties", {}).items()}


def _required(document: Document, schema: Any) -> set[str]:
    schema = document.resolve(schema)
    found = {*schema.get("required", ())}
    return found.union(*(_required(document, part) for part in schema.get("allOf", ())))


def _class(package: types.ModuleType, name: str) -> Any:
    models = importlib.import_module(f"{package.__name__}.models")
    found = [
        each for each in models.__all__ if plain_name(each) in (plain_name(name), plain_name(f"{name}model"))
    ]
    return getattr(models, found[0]) if found else None


def _client(target: Target) -> Any:
    return target.package.Client(base_url="http://127.0.0.1")


def _equal(found: Mapping[Any, Any], expected: Mapping[Any, Any]) -> None:
    wrong = [
        f"{key}: the client has {found.get(key, 'nothing')!r}, the document {expected.get(key, 'nothing')!r}"
        for key in {**found, **expected}
        if key not in found or key not in expected or found[key] != expected[key]
    ]
    assert not wrong, "; ".join(wrong)
