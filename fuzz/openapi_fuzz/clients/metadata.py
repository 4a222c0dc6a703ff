"""What a generated client declares, compared with the document and not with itself."""

from __future__ import annotations

import importlib
import inspect
import types
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

import attrs
import httpx
import pytest

from openapi_fuzz.endpoints import Endpoint, Signature, plain_name
from openapi_fuzz.oracles.tally import oracle
from openapi_fuzz.parametrization import Parametrized, of_operations, of_targets, with_parameters
from openapi_fuzz.target import Target
from openapi_fuzz.values import is_optional

from .documented import (
    DocumentedOperation,
    Place,
    error_name,
    is_secret,
    models_of,
    properties_of,
    readers_of,
    required_of,
    schemas_of,
)

_TYPES: Final = {"integer": int, "number": float, "boolean": bool}
_FLAVOURS: Final = ("Api", "AsyncApi")


def metadata_tests(*targets: Target) -> type[MetadataTests]:
    """Return a test class that compares what clients declare with their documents.

    Raises:
        TargetError: A client is missing, or does not fit its document.
    """
    models = [
        pytest.param(each, name, id=f"{each.name}-{name}")
        for each in targets
        for name in models_of(each.document)
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

    @oracle
    def test_operation_is_declared_as_documented(self, target: Target, operation_id: str) -> None:
        """Method, path, security, statuses and what else a call goes by are those of the document."""
        _equal(
            _declared(target.endpoints[operation_id]),
            DocumentedOperation(target.document, operation_id).declaration,
        )

    @oracle
    def test_operation_reads_what_is_documented(self, target: Target, operation_id: str) -> None:
        """The body of each status is read as its media type says."""
        described, operation = (
            DocumentedOperation(target.document, operation_id),
            target.endpoints[operation_id].operation,
        )
        found = {
            str(status): reader.__qualname__.partition(".")[0]
            for status, reader in {**operation.success, **operation.failure}.items()
        }
        expected = {status: readers_of(each) for status, each in described.responses.items()}
        assert found.keys() == expected.keys()
        wrong = {status: found[status] for status in found if found[status] not in expected[status]}
        assert not wrong, f"{wrong}, not {expected}"

    @oracle
    def test_operation_takes_what_is_documented(self, target: Target, operation_id: str) -> None:
        """Arguments have the documented names and plain types, and may be left out as documented."""
        described, endpoint = (
            DocumentedOperation(target.document, operation_id),
            target.endpoints[operation_id],
        )
        _check_arguments(endpoint.builder, described.builder_arguments)
        _check_arguments(endpoint.facade, described.facade_arguments)
        for place, schema in described.plain_schemas.items():
            if (found := endpoint.facade.find(*place)) and (kind := _TYPES.get(schema.get("type", ""))):
                assert kind in (found[1], *getattr(found[1], "__args__", ())), found

    @oracle
    def test_operation_is_described_by_its_docstring(self, target: Target, operation_id: str) -> None:
        """The docstring has method and path, limits, defaults, and each error that is documented."""
        described, endpoint = (
            DocumentedOperation(target.document, operation_id),
            target.endpoints[operation_id],
        )
        for flavour in _FLAVOURS:
            resource: object = getattr(getattr(target.package, flavour)(_client(target)), endpoint.tag)
            assert not described.operation.pagination or hasattr(resource, endpoint.iterator)
            said = " ".join(str(getattr(resource, endpoint.method).__doc__).split())
            missing = [each for each in described.words if each not in said]
            assert not missing, f"the docstring lacks {missing}: {said}"
            assert ("Deprecated." in said) == described.is_deprecated

    @oracle
    def test_operation_goes_with_its_request(self, target: Target, operation_id: str) -> None:
        """Each request carries its operation in `extensions["operation"]`."""
        seen: list[Any] = []

        def intercept(
            request: httpx.Request, send: Callable[[httpx.Request], httpx.Response]
        ) -> httpx.Response:
            del send
            seen.append(request.extensions.get("operation"))
            return httpx.Response(HTTPStatus.IM_A_TEAPOT, request=request, stream=httpx.ByteStream(b""))

        endpoint = target.endpoints[operation_id]
        request = endpoint.operation.request(
            path=dict.fromkeys(DocumentedOperation(target.document, operation_id).names("path"), "1"),
            query=dict.fromkeys(endpoint.operation.required, "1"),
        )
        with target.open(intercept) as channel:
            channel.recording.operation_id = operation_id
            session = next(iter(channel.sessions.values()))
            endpoint.operation.send(session.sync.client, request)
            channel.run(endpoint.operation.send_async(session.asynchronous.client, request))
        assert seen == [endpoint.operation] * 2

    @oracle
    def test_model_has_the_documented_fields(self, target: Target, name: str) -> None:
        """Its fields have the documented names, are required or not, and are not shown if they are secret."""
        schema = models_of(target.document)[name]
        model = _class(target.package, schema.get("title", name))
        assert model is not None, f"there is no model {name}"
        properties = properties_of(target.document, schema)
        required = required_of(target.document, schema)
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
            if is_secret(target.document, properties[documented]):
                assert fields[python].repr is not True, f"{documented} is shown"

    @oracle
    def test_client_names_what_it_has(self, target: Target) -> None:
        """Each `__all__` is complete and correct, and the façade has every tag."""
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

    @oracle
    def test_client_has_an_error_for_each_documented_status(self, target: Target) -> None:
        """Each documented status has an error and, where bodies tell failures, each code."""
        errors = importlib.import_module(f"{target.package.__name__}.errors")
        operations = target.document.operations.values()
        statuses = {int(each) for operation in operations for each in operation.responses if each.isdigit()}
        wanted = {each: error_name(each) for each in statuses if not 200 <= each < 300}  # noqa: PLR2004
        _equal({status: each.__name__ for status, each in errors.ERRORS.by_status.items()}, wanted)
        assert all(each.documented_status == status for status, each in errors.ERRORS.by_status.items())
        codes = {
            str(code): name
            for schema in schemas_of(target.document).values()
            for code, name in schema.get("x-failure", {}).get("classes", {}).items()
        }
        _equal({str(code): each.__name__ for code, each in errors.ERRORS.by_code.items()}, codes)


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


def _check_arguments(signature: Signature, documented: Mapping[Place, bool]) -> None:
    """Raise AssertionError unless a function has the documented arguments, and no others."""
    found = {place: signature.find(*place) for place in documented}
    _equal(
        {place: is_optional(each[1]) for place, each in found.items() if each is not None},
        documented,
    )
    others = signature.arguments.keys() - {each[0] for each in found.values() if each is not None}
    assert not others, f"the client has arguments that the document has not: {sorted(others)}"


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
