"""What the templates render: models, enums, operations and tags, with every decision about them already taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any

from attrs import define, field, frozen
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import (
    Class,
    EnumProperty,
    FileProperty,
    ListProperty,
    ModelProperty,
    NoneProperty,
    StringProperty,
    UnionProperty,
)
from openapi_python_client.parser.responses import Response
from openapi_python_client.strings import ClassName, PythonIdentifier

from generator import prose, shapes
from generator.document import Document, Pointer
from generator.expand import Json, operations
from generator.prose import docstring, fill, sentence

PREFIX = "field_"
# What façade modules and endpoint modules call by these names themselves.
RUNTIME_NAMES = (
    "Any",
    "AsyncIterator",
    "ClassVar",
    "Client",
    "File",
    "Final",
    "Iterator",
    "Literal",
    "Mapping",
    "NumberPager",
    "OffsetPager",
    "Operation",
    "Response",
    "Self",
    "Sequence",
    "Unset",
)
_RESERVED_FIELDS = ("additional_properties", "to_dict", "from_dict", "error_message_field", "cls", "field")
_RESERVED_ARGUMENTS = ("client", "body", "self", "pager", "each")
# The standard library renamed these between the Python versions that are supported.
_PHRASES = {413: "Content Too Large", 416: "Range Not Satisfiable", 422: "Unprocessable Content"}


# ---- statuses


@frozen
class Status:
    """A documented status that is not a success, and the error class it gets."""

    code: int
    name: str
    phrase: str


def phrase(code: int) -> str:
    """The reason phrase of a status; empty if it has none."""
    try:
        return _PHRASES.get(code) or HTTPStatus(code).phrase
    except ValueError:
        return ""


def error_statuses(spec: Json) -> list[Status]:
    """Every number documented anywhere that is not a success, in order."""
    codes = {int(code) for _, _, each in operations(spec) for code in each["responses"] if code.isdecimal()}
    return [Status(code, error_class(code), phrase(code)) for code in sorted(codes) if not 200 <= code < 300]


def error_class(code: int) -> str:
    """`NotFound` for 404, `Status599` for a number without a name."""
    words = "".join(char if char.isalnum() else " " for char in phrase(code).replace("'", "")).split()
    return "".join(word[0].upper() + word[1:] for word in words) or f"Status{code}"


# ---- models


@frozen
class Field:
    """A field of a model."""

    name: str
    python_name: str
    annotation: str
    decoder: str
    required: bool
    secret: bool


@frozen
class Enum:
    """A generated enum."""

    name: str
    base: str
    members: dict[str, str | int]
    docstring: str
    module_docstring: str


@define
class Model:
    """A generated model."""

    name: str
    fields: list[Field]
    has_rest: bool
    rest_annotation: str
    rest_decoder: str
    imports: list[Class]
    cyclic_imports: list[Class]
    error_message_field: str | None
    docstring: str
    module_docstring: str


class Views:
    """Makes the views of one spec."""

    def __init__(self, document: Document, spec: Json, data: GeneratorData) -> None:
        self.document = document
        self.spec = spec
        self.data = data
        self.models = {model.class_info.name: model for model in data.models}
        self.schemas: Json = spec["components"]["schemas"]
        self._raw = {
            PythonIdentifier(each["operationId"], PREFIX): (path, method, each)
            for path, method, each in operations(spec)
        }
        self._cycles = _cycles({name: _model_classes(model) for name, model in self.models.items()})

    # ---- schemas as the spec has them

    def resolved(self, schema: Any) -> Json:
        """A schema with a reference followed; what stands beside the reference wins."""
        seen = 0
        while isinstance(schema, dict) and "$ref" in schema and seen < 100:
            beside = {key: value for key, value in schema.items() if key != "$ref"}
            schema = {**self.schemas.get(schema["$ref"].rpartition("/")[2], {}), **beside}
            seen += 1
        return schema if isinstance(schema, dict) else {}

    def about(self, schema: Any) -> Json:
        """What a schema says of a value, also where it is one alternative beside null."""
        found = self.resolved(schema)
        alternatives = [
            self.resolved(each) for key in ("oneOf", "anyOf", "allOf") for each in found.get(key, [])
        ]
        solid = [each for each in alternatives if each.get("type") != "null"]
        return {**solid[0], **found} if len(solid) == 1 else found

    def properties(self, schema: Any) -> Json:
        """The properties of an object, those of its `allOf` parts among them."""
        found = self.resolved(schema)
        merged: Json = {}
        for part in found.get("allOf", []):
            merged |= self.properties(part)
        return merged | found.get("properties", {})

    # ---- models and enums

    def enum(self, prop: EnumProperty) -> Enum:
        """The view of an enum."""
        name = str(prop.class_info.name)
        description = prop.description.get_untrusted_value() if prop.description else ""
        text = fill(sentence(description) or f"Values of {name}.", 4)
        base = "OpenIntEnum" if prop.value_type is int else "OpenStrEnum"
        return Enum(
            name, base, shapes.enum_values(prop), docstring(text, 4), docstring(f"Defines {name}.", 0)
        )

    def model(self, prop: ModelProperty) -> Model:
        """The view of a model."""
        name = str(prop.class_info.name)
        raw = prop.data.model_dump(mode="json", by_alias=True, exclude_unset=True)
        schemas = self.properties(raw)
        props = [*(prop.required_properties or []), *(prop.optional_properties or [])]
        _rename_reserved(props, _RESERVED_FIELDS)
        additional = prop.additional_properties
        needed = _model_classes(prop)
        message = next(
            (p for p in props if schemas.get(p.name.get_untrusted_value(), {}).get("x-error-message")), None
        )
        return Model(
            name=name,
            fields=[self._field(each, schemas.get(each.name.get_untrusted_value(), {})) for each in props],
            has_rest=additional is not None,
            rest_annotation=shapes.annotation(additional) if additional else "",
            rest_decoder=shapes.decoder(additional) if additional else "",
            imports=[each for each in needed if each.name != name and not self._cyclic(name, each.name)],
            cyclic_imports=[each for each in needed if each.name != name and self._cyclic(name, each.name)],
            error_message_field=str(message.python_name) if message else None,
            docstring=docstring(self._model_text(prop, props, schemas), 4),
            module_docstring=docstring(f"Defines {name}.", 0),
        )

    def _field(self, prop: Any, schema: Json) -> Field:
        annotation = shapes.annotation(prop)
        return Field(
            name=prop.name.get_untrusted_value(),
            python_name=str(prop.python_name),
            annotation=annotation if prop.required else f"{annotation} | Unset",
            decoder=shapes.decoder(prop),
            required=prop.required,
            secret=self.is_secret(schema),
        )

    def is_secret(self, schema: Any) -> bool:
        """Whether a value of this schema is to be kept from view."""
        about = self.about(schema)
        return about.get("format") == "password" or (
            about.get("type") == "array" and self.about(about.get("items", {})).get("format") == "password"
        )

    def _cyclic(self, one: str, other: str) -> bool:
        return other in self._cycles.get(one, set())

    def _model_text(self, prop: ModelProperty, props: list[Any], schemas: Json) -> str:
        description = prop.description.get_untrusted_value() if prop.description else ""
        parts = [fill(sentence(description) or f"{prop.class_info.name}.", 4)]
        entries = [
            self.entry(
                str(each.python_name),
                shapes.annotation(each),
                schemas.get(each.name.get_untrusted_value(), {}),
                4,
            )
            for each in props
        ]
        if entries:
            parts.append("Attributes:\n" + "\n".join(entries))
        return "\n\n".join(parts)

    def entry(
        self, name: str, annotation: str, schema: Any, indent: int, extra: str = "", description: str = ""
    ) -> str:
        """One line of an `Args` or `Attributes` section: type, meaning, constraints."""
        about = self.about(schema)
        said = [sentence(description or about.get("description")), prose.constraints(about)]
        if about.get("type") == "array":
            inner = prose.constraints(self.about(about.get("items", {})))
            said.append(f"Each: {inner[0].lower()}{inner[1:]}" if inner else "")
        said.append(extra)
        text = " ".join(part for part in said if part)
        return fill(text, indent, first=f"    {name} ({annotation}): ", hanging=8)

    # ---- operations

    def tags(self) -> list[Tag]:
        """Every tag that has operations, in the order of the spec's own list of tags, then of the paths."""
        declared = {str(PythonIdentifier(tag["name"], "tag")): tag for tag in self.spec.get("tags", [])}
        order = [*declared, *(tag for tag in self.data.endpoint_collections_by_tag if tag not in declared)]
        collections = self.data.endpoint_collections_by_tag
        return [
            self._tag(name, declared.get(name, {}), collections[PythonIdentifier(name, "tag")].endpoints)
            for name in order
            if name in collections
        ]

    def _tag(self, module: str, declared: Json, endpoints: list[Endpoint]) -> Tag:
        name = declared.get("name", module)
        class_name = str(ClassName(name, "Tag"))
        taken = {*self.models, *(each.class_info.name for each in self.data.enums), *RUNTIME_NAMES}
        if class_name in taken or f"Async{class_name}" in taken:
            class_name += "Api"
        text = sentence(declared.get("description")) or f"Operations on {name.replace('_', ' ').lower()}."
        views = [self.operation(endpoint) for endpoint in endpoints]
        _name_iterators(views)
        return Tag(module, class_name, docstring(fill(text, 4), 4), views)

    def operation(self, endpoint: Endpoint) -> Operation:
        """The view of an operation."""
        path, method, raw = self._raw[endpoint.name]
        return OperationView(self, endpoint, path, method, raw).view()


def _model_classes(prop: ModelProperty) -> list[Class]:
    props = [*(prop.required_properties or []), *(prop.optional_properties or [])]
    if prop.additional_properties is not None:
        props.append(prop.additional_properties)
    return _sorted(each for one in props for each in shapes.classes(one))


def _sorted(classes: Iterable[Class]) -> list[Class]:
    unique = {each.name: each for each in classes}
    return [unique[name] for name in sorted(unique)]


def _cycles(needs: dict[ClassName, list[Class]]) -> dict[str, set[str]]:
    """For each class the ones it cannot import at the top of its module, as they need it in turn."""
    reach: dict[str, set[str]] = {str(name): set() for name in needs}
    for name in reach:
        waiting = [name]
        while waiting:
            for each in needs.get(ClassName(waiting.pop(), PREFIX), []):
                if each.name not in reach[name]:
                    reach[name].add(str(each.name))
                    waiting.append(str(each.name))
    return {name: {other for other in found if name in reach.get(other, ())} for name, found in reach.items()}


def _rename_reserved(props: list[Any], reserved: tuple[str, ...]) -> None:
    taken = {str(each.python_name) for each in props}
    for each in props:
        while each.python_name in reserved:
            name = f"{each.python_name}_"
            while name in taken:
                name += "_"
            taken.add(name)
            object.__setattr__(each, "python_name", PythonIdentifier(name, PREFIX, skip_snake_case=True))


# ---- operations


@define
class Argument:
    """An argument of an endpoint's functions or of a façade method."""

    python_name: str
    annotation: str
    required: bool
    optional: bool
    doc: str
    from_client: str | None = None
    value: str = ""
    supplied: str = ""

    @property
    def declaration(self) -> str:
        """The argument in a signature."""
        return f"{self.python_name}: {self.annotation}{' = UNSET' if self.optional else ''}"


@frozen
class Body:
    """The body of a request."""

    media_type: str
    argument: Argument


@define
class Pagination:
    """How an operation is walked through page by page."""

    name: str
    pager: str
    position: str
    items: str
    item: str
    end: str | None
    echo: str | None
    passing: str
    docstring: str


@define
class Operation:
    """An operation as both its endpoint module and its façade methods need it."""

    id: str
    method: str
    path: str
    module: str
    security: tuple[dict[str, tuple[str, ...]], ...]
    server: str | None
    secrets: tuple[str, ...]
    success: dict[int | str, str]
    failure: dict[int | str, str]
    success_type: str
    failure_type: str
    any_type: str
    arguments: list[Argument]
    wire: dict[str, list[str]]
    body: Body | None
    endpoint_classes: list[Class]
    facade_arguments: list[Argument]
    passed: list[tuple[str, str]]
    facade_classes: list[Class]
    runtime_classes: list[Class]
    docstring: str
    module_docstring: str
    pagination: Pagination | None

    @property
    def passing(self) -> str:
        """The endpoint's arguments, handed on under their own names."""
        return ", ".join(f"{each.python_name}={each.python_name}" for each in self.arguments)

    @property
    def supplied_first(self) -> list[Argument]:
        """Arguments that the client may have a value for, but that need none."""
        return [each for each in self.facade_arguments if each.from_client and not each.required]


@define
class Tag:
    """A façade class."""

    module: str
    class_name: str
    docstring: str
    operations: list[Operation] = field(factory=list)

    @property
    def classes(self) -> list[Class]:
        """Models and enums that its methods name."""
        return _sorted(each for operation in self.operations for each in operation.facade_classes)


class OperationView:
    """Makes the view of one operation."""

    def __init__(self, views: Views, endpoint: Endpoint, path: str, method: str, raw: Json) -> None:
        self.views = views
        self.endpoint = endpoint
        self.path = path
        self.method = method
        self.raw = raw
        self.place: Pointer = ("paths", path, method)
        self.id: str = raw["operationId"]
        self.module = str(endpoint.name)
        self.body_prop: Any = endpoint.bodies[0].prop if endpoint.bodies else None
        self.media_type = endpoint.bodies[0].content_type.get_untrusted_value() if endpoint.bodies else ""
        self.body_schema = next((media["schema"] for media in self._content(raw.get("requestBody", {}))), {})
        self.parameters = [
            (str(place), prop, self._raw_parameter(str(place), prop))
            for place, prop in endpoint.iter_all_parameters()
        ]
        _rename_reserved([prop for _, prop, _ in self.parameters], (*_RESERVED_ARGUMENTS, self.module))

    @staticmethod
    def _content(holder: Json) -> Iterator[Json]:
        yield from (holder.get("content") or {}).values()

    def _raw_parameter(self, place: str, prop: Any) -> Json:
        name = prop.name.get_untrusted_value()
        return next(each for each in self.raw["parameters"] if each["name"] == name and each["in"] == place)

    def view(self) -> Operation:
        success, failure = self._readers()
        success_types, failure_types = self._types(success), self._types(failure)
        arguments = self._arguments()
        facade, passed, runtime = self._facade()
        success_type = _either(success_types) or "None"
        failure_type = _either(failure_types) or "Never"
        operation = Operation(
            id=self.id,
            method=self.method.upper(),
            path=self.path,
            module=self.module,
            security=_security(self.raw["security"]),
            server=self._server(),
            secrets=self._secrets(),
            success={status: self._reader(response) for status, response in success.items()},
            failure={status: self._reader(response) for status, response in failure.items()},
            success_type=success_type,
            failure_type=failure_type,
            any_type=_either([success_type, failure_type] if failure else [success_type]),
            arguments=arguments,
            wire=self._wire(),
            body=self._body(),
            endpoint_classes=_sorted(
                [
                    *self._response_classes(success),
                    *self._response_classes(failure),
                    *self._argument_classes(),
                ]
            ),
            facade_arguments=facade,
            passed=passed,
            facade_classes=_sorted([*self._response_classes(success), *self._facade_classes()]),
            runtime_classes=runtime,
            docstring=docstring(self._text(facade, success_type), 8),
            module_docstring=docstring(f"{self.method.upper()} {self.path}", 0),
            pagination=None,
        )
        operation.pagination = self._pagination(operation, success)
        if operation.pagination:
            inner = self._item_classes(operation.pagination, success)
            operation.facade_classes = _sorted([*operation.facade_classes, *inner])
        return operation

    # ---- responses

    def _readers(self) -> tuple[dict[int | str, Response], dict[int | str, Response]]:
        """Documented responses, apart by what they are: a success is a 2xx, or the default if there is no 2xx."""
        success: dict[int | str, Response] = {}
        failure: dict[int | str, Response] = {}
        for response in self.endpoint.responses:
            pattern = response.status_code.pattern
            status: int | str = int(pattern) if pattern.isdecimal() else pattern
            (success if pattern.startswith("2") else failure)[status] = response
        if not success and "default" in failure:
            success["default"] = failure["default"]
        return success, failure

    def _types(self, responses: dict[int | str, Response]) -> list[str]:
        return [self._response_type(response) for response in responses.values()]

    @staticmethod
    def _response_type(response: Response) -> str:
        source = response.source["attribute"]
        if source == "None":
            return "None"
        return "bytes" if source == "response.content" else shapes.annotation(response.prop)

    @staticmethod
    def _reader(response: Response) -> str:
        source = response.source["attribute"]
        if source == "None":
            return "no_body"
        if source == "response.content":
            return "bytes_body"
        if source == "response.text" and isinstance(response.prop, StringProperty | EnumProperty):
            return f"text_body({shapes.decoder(response.prop)})"
        return f"json_body({shapes.decoder(response.prop)})"

    def _response_classes(self, responses: dict[int | str, Response]) -> Iterator[Class]:
        for response in responses.values():
            if response.source["attribute"] not in ("None", "response.content"):
                yield from shapes.classes(response.prop)

    def _server(self) -> str | None:
        servers = self.raw["servers"]
        if not servers or servers == self.views.spec.get("servers"):
            return None
        url: str = servers[0]["url"]
        for name, variable in servers[0].get("variables", {}).items():
            url = url.replace(f"{{{name}}}", variable["default"])
        return url

    def _secrets(self) -> tuple[str, ...]:
        """Names under which a request carries secrets."""
        schemas = {each["name"]: each["schema"] for each in self.raw["parameters"]}
        schemas |= self.views.properties(self.body_schema)
        return tuple(sorted(name for name, schema in schemas.items() if self.views.is_secret(schema)))

    # ---- the endpoint's own arguments

    def _arguments(self) -> list[Argument]:
        arguments = [
            Argument(
                str(prop.python_name),
                _optional(shapes.argument(prop), prop.required),
                prop.required,
                not prop.required,
                "",
            )
            for _, prop, _ in self.parameters
        ]
        body = self._body()
        if body:
            arguments.append(body.argument)
        return sorted(arguments, key=lambda each: not each.required)

    def _body(self) -> Body | None:
        if self.body_prop is None:
            return None
        annotation = self._body_annotation()
        required = bool(self.body_prop.required)
        return Body(
            self.media_type, Argument("body", _optional(annotation, required), required, not required, "")
        )

    def _body_annotation(self) -> str:
        raw_bytes = isinstance(self.body_prop, FileProperty) or "bytes" in self._unwritable()
        return "bytes" if raw_bytes else shapes.argument(self.body_prop)

    def _unwritable(self) -> str:
        media = self.media_type.split(";")[0]
        written = media.endswith("json") or media in (
            "application/x-www-form-urlencoded",
            "multipart/form-data",
        )
        return "" if written else "bytes"

    def _argument_classes(self) -> Iterator[Class]:
        for _, prop, _ in self.parameters:
            yield from shapes.classes(prop)
        if self.body_prop is not None:
            yield from shapes.classes(self.body_prop)

    def _wire(self) -> dict[str, list[str]]:
        wire: dict[str, list[str]] = {}
        names = {"path": "path", "query": "query", "header": "headers", "cookie": "cookies"}
        for place, prop, raw in self.parameters:
            wire.setdefault(names[place], []).append(self._written(place, prop, raw))
        return wire

    def _written(self, place: str, prop: Any, raw: Json) -> str:
        """The entry of one parameter, in the style the spec asks for."""
        name, value = prop.name.get_untrusted_value(), str(prop.python_name)
        style = raw.get("style", "form" if place in ("query", "cookie") else "simple")
        explode = raw.get("explode", style == "form")
        if prop.json_is_dict and place == "query":
            return f"**deep({name!r}, {value})" if style == "deepObject" else f"**spread({value})"
        if isinstance(prop, ListProperty) and not (explode and place == "query"):
            separator = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(style, ",")
            extra = "" if separator == "," else f", {separator!r}"
            return f"{name!r}: joined({value}{extra})"
        return f"{name!r}: {value}"

    # ---- the façade

    def _facade(self) -> tuple[list[Argument], list[tuple[str, str]], list[Class]]:
        """Flat arguments, what each endpoint argument is given, and the classes that takes at run time."""
        arguments: list[Argument] = []
        passed: list[tuple[str, str]] = []
        for _, prop, raw in self.parameters:
            schema = {
                **self.views.about(raw["schema"]),
                **({"deprecated": True} if raw.get("deprecated") else {}),
            }
            argument = self._argument(prop, schema, raw.get("x-from-client"), raw.get("description", ""))
            arguments.append(argument)
            passed.append((str(prop.python_name), argument.value))
        runtime: list[Class] = []
        if isinstance(self.body_prop, ModelProperty):
            flat, body = self._flat_body({each.python_name for each in arguments})
            runtime = self._flat_classes()
            arguments += flat
            passed.append(("body", body))
        elif self.body_prop is not None:
            doc = self.views.entry("body", self._body_annotation(), self.body_schema, 8)
            required = bool(self.body_prop.required)
            arguments.append(
                Argument("body", _optional(self._body_annotation(), required), required, not required, doc)
            )
            passed.append(("body", "body"))
        return sorted(arguments, key=lambda each: each.optional), passed, runtime

    def _argument(
        self, prop: Any, schema: Json, from_client: str | None, description: str, name: str = ""
    ) -> Argument:
        name = name or str(prop.python_name)
        optional = bool(from_client) or not prop.required
        annotation = shapes.argument(prop)
        extra = f"Left out, the client's own {from_client} is used." if from_client else ""
        kind = f"{shapes.annotation(prop)}{', optional' if optional else ''}"
        doc = self.views.entry(name, kind, schema, 8, extra, description)
        supplied = self._supplied(name, from_client, prop.required) if from_client else ""
        value = supplied if supplied and prop.required else name
        return Argument(
            name,
            _optional(annotation, not optional),
            prop.required,
            optional,
            doc,
            from_client,
            value,
            supplied,
        )

    def _supplied(self, name: str, from_client: str, required: bool) -> str:
        """The expression that gives an argument, or else what the client has."""
        optional = "" if required else ", optional=True"
        return f"self._client.supply({name}, {from_client!r}, {self.module}.OPERATION, {name!r}{optional})"

    def _flat_body(self, taken: set[str]) -> tuple[list[Argument], str]:
        """The fields of an object body as arguments, and the expression that puts the body together again."""
        schemas = self.views.properties(self.body_schema)
        arguments: list[Argument] = []
        given: list[str] = []
        for prop in self._body_fields():
            schema = schemas.get(prop.name.get_untrusted_value(), {})
            name = str(prop.python_name)
            while name in taken or name in (*_RESERVED_ARGUMENTS, self.module):
                name += "_body"
            taken.add(name)
            argument = self._argument(prop, schema, schema.get("x-from-client"), "", name)
            arguments.append(argument)
            given.append(f"{prop.python_name}={shapes.narrowed(prop, argument.value)}")
        extra = self._additional(taken)
        if extra:
            arguments.append(extra)
            given.append(f"additional_properties={extra.value}")
        body = f"{self.body_prop.class_info.name}({', '.join(given)})"
        if not self.body_prop.required:
            names = [each.python_name for each in arguments]
            body = (
                f"UNSET if {' and '.join(f'isinstance({name}, Unset)' for name in names)} else {body}"
                if names
                else body
            )
        return arguments, body

    def _body_fields(self) -> list[Any]:
        model = self.views.models[self.body_prop.class_info.name]
        props = [*(model.required_properties or []), *(model.optional_properties or [])]
        _rename_reserved(props, _RESERVED_FIELDS)
        return props

    def _additional(self, taken: set[str]) -> Argument | None:
        """The argument for fields without a name of their own, where the spec says what they are."""
        schema = self.views.resolved(self.body_schema)
        model = self.views.models[self.body_prop.class_info.name]
        if not schema.get("additionalProperties") or model.additional_properties is None:
            return None
        name = str(PythonIdentifier(schema.get("x-argument-name", "additional_properties"), PREFIX))
        while name in taken:
            name += "_body"
        inner = model.additional_properties
        required = bool(self.body_prop.required) and not self._body_fields()
        annotation = f"Mapping[str, {shapes.argument(inner)}]"
        item = shapes.narrowed(inner, "value")
        value = f"dict({name})" if item == "value" else f"{{key: {item} for key, value in {name}.items()}}"
        if not required:
            value = f"{{}} if isinstance({name}, Unset) else {value}"
        about = schema["additionalProperties"] if isinstance(schema["additionalProperties"], dict) else {}
        kind = f"Mapping[str, {shapes.annotation(inner)}]{'' if required else ', optional'}"
        doc = self.views.entry(name, kind, about, 8)
        return Argument(name, _optional(annotation, required), required, not required, doc, None, value)

    def _flat_classes(self) -> list[Class]:
        """The classes that putting the body together takes: its own, and the enums that arguments are turned into."""
        needed = [self.body_prop.class_info]
        model = self.views.models[self.body_prop.class_info.name]
        enums = {each.class_info.name for each in self.views.data.enums}
        props = self._body_fields()
        if self.views.resolved(self.body_schema).get("additionalProperties") and model.additional_properties:
            props = [*props, model.additional_properties]
        for prop in props:
            if shapes.narrowed(prop, "x") != "x":
                needed += [each for each in shapes.classes(prop) if each.name in enums]
        return _sorted(needed)

    def _facade_classes(self) -> Iterator[Class]:
        for _, prop, _ in self.parameters:
            yield from shapes.classes(prop)
        if isinstance(self.body_prop, ModelProperty):
            for prop in self._body_fields():
                yield from shapes.classes(prop)
            additional = self.views.models[self.body_prop.class_info.name].additional_properties
            if additional is not None:
                yield from shapes.classes(additional)
        elif self.body_prop is not None:
            yield from shapes.classes(self.body_prop)

    # ---- words

    def _text(self, arguments: list[Argument], success_type: str) -> str:
        parts = [fill(sentence(self.raw.get("summary") or self.id), 8)]
        if self.raw.get("description"):
            parts.append(fill(sentence(self.raw["description"]), 8))
        if self.raw.get("deprecated"):
            parts.append("Deprecated.")
        parts.append(f"Operation {self.id}: {self.method.upper()} {self.path}")
        if arguments:
            parts.append("Args:\n" + "\n".join(each.doc for each in arguments))
        if success_type != "None":
            parts.append("Returns:\n" + fill(self._returns(), 8, first="    ", hanging=4))
        parts.append("Raises:\n" + "\n".join(self._raises()))
        return "\n\n".join(parts)

    def _returns(self) -> str:
        said = [
            sentence(each.get("description"))
            for status, each in self.raw["responses"].items()
            if status.startswith("2")
        ]
        said = said or [sentence(self.raw["responses"].get("default", {}).get("description"))]
        return " Or: ".join(dict.fromkeys(part for part in said if part)) or "The value of a success."

    def _raises(self) -> Iterator[str]:
        for status, response in sorted(self.raw["responses"].items()):
            if status.isdecimal() and not status.startswith("2"):
                yield fill(
                    sentence(response.get("description")),
                    8,
                    first=f"    {error_class(int(status))}: ",
                    hanging=8,
                )
        yield fill(
            "Anything else that is not a documented success, or not what it documents.",
            8,
            first="    APIError: ",
            hanging=8,
        )

    # ---- pages

    def _pagination(self, operation: Operation, success: dict[int | str, Response]) -> Pagination | None:
        for status, response in success.items():
            paging = self.raw["responses"][str(status)].get("x-pagination")
            if paging:
                return self._paged(
                    paging, response, operation, (*self.place, "responses", str(status), "x-pagination")
                )
        return None

    def _paged(self, paging: Json, response: Response, operation: Operation, place: Pointer) -> Pagination:
        style = paging.get("style")
        if style not in ("offset", "page"):
            raise self.views.document.error(f"the style is offset or page, not {style!r}", place)
        if operation.success_type != shapes.annotation(response.prop) or not isinstance(
            response.prop, ModelProperty
        ):
            raise self.views.document.error(
                "a page has to be the one success of its operation, and an object", place
            )
        model = self.views.models[response.prop.class_info.name]
        found = {
            prop.name.get_untrusted_value(): prop
            for prop in [*(model.required_properties or []), *(model.optional_properties or [])]
        }
        query = {
            p.name.get_untrusted_value(): str(p.python_name)
            for where, p, _ in self.parameters
            if where == "query"
        }
        asked = paging.get("offset" if style == "offset" else "page")
        end = paging.get("total" if style == "offset" else "pages")
        for name in (asked, *([paging["limit"]] if "limit" in paging else [])):
            if name not in query:
                raise self.views.document.error(f"there is no query parameter {name!r}", place)
        for name in (paging.get("items"), *([end] if end else [])):
            if name not in found:
                raise self.views.document.error(f"the response has no field {name!r}", place)
        items = _solid(found[paging["items"]])
        if not isinstance(items, ListProperty):
            raise self.views.document.error(f"the field {paging['items']!r} is no array", place)
        item = shapes.annotation(items.inner_property)
        return Pagination(
            name=_iterator_name(operation.module),
            pager="OffsetPager" if style == "offset" else "NumberPager",
            position=query[asked],
            items=str(found[paging["items"]].python_name),
            item=item,
            end=str(found[end].python_name) if end else None,
            echo=str(found[asked].python_name)
            if asked in found and "int" in shapes.annotation(found[asked])
            else None,
            passing=", ".join(
                f"{each.python_name}={'pager.position' if each.python_name == query[asked] else each.python_name}"
                for each in operation.facade_arguments
            ),
            docstring=docstring(self._paged_text(operation, query[asked], style), 8),
        )

    def _item_classes(self, pagination: Pagination, success: dict[int | str, Response]) -> Iterator[Class]:
        for response in success.values():
            if isinstance(response.prop, ModelProperty):
                model = self.views.models[response.prop.class_info.name]
                for prop in [*(model.required_properties or []), *(model.optional_properties or [])]:
                    if prop.python_name == pagination.items:
                        yield from shapes.classes(prop)

    def _paged_text(self, operation: Operation, position: str, style: str) -> str:
        summary = self.raw.get("summary") or self.id
        parts = [
            fill(sentence(summary.rstrip(".") + ", item by item"), 8),
            fill(
                "Pages are fetched one after the other, each when its first item is asked for. "
                f"`{position}` says {'where' if style == 'offset' else 'with which page'} to begin.",
                8,
            ),
            f"Operation {self.id}: {self.method.upper()} {self.path}",
            "Args:\n" + "\n".join(each.doc for each in operation.facade_arguments),
            "Yields:\n    The items of all pages.",
            "Raises:\n    PaginationError: The server's pages do not advance.\n"
            f"    APIError: As `{operation.module}` raises.",
        ]
        return "\n\n".join(parts)


def _solid(prop: Any) -> Any:
    """The one alternative that is not null."""
    if isinstance(prop, UnionProperty):
        others = [each for each in prop.inner_properties if not isinstance(each, NoneProperty)]
        return others[0] if len(others) == 1 else prop
    return prop


def _either(types: Iterable[str]) -> str:
    parts = [part for each in types for part in _alternatives(each)]
    if "Any" in parts:
        return "Any"
    return " | ".join(sorted(dict.fromkeys(parts), key=lambda part: part == "None"))


def _alternatives(annotation: str) -> list[str]:
    """Parts of a union, not cutting inside brackets."""
    parts, depth, start = [], 0, 0
    for index, char in enumerate(annotation):
        depth += (char == "[") - (char == "]")
        if char == "|" and depth == 0:
            parts.append(annotation[start:index].strip())
            start = index + 1
    return [*parts, annotation[start:].strip()]


def _optional(annotation: str, required: bool) -> str:
    return annotation if required else f"{annotation} | Unset"


def _security(alternatives: list[Json]) -> tuple[dict[str, tuple[str, ...]], ...]:
    return tuple({name: tuple(scopes) for name, scopes in each.items()} for each in alternatives)


def _iterator_name(method: str) -> str:
    for verb in ("get_", "list_"):
        if method.startswith(verb) and len(method) > len(verb):
            return f"iter_{method.removeprefix(verb)}"
    return f"iter_{method}"


def _name_iterators(views: list[Operation]) -> None:
    taken = {each.module for each in views}
    for each in views:
        if each.pagination:
            while each.pagination.name in taken:
                each.pagination.name += "_"
            taken.add(each.pagination.name)
