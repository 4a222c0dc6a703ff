"""Methods of the façade: flat arguments, and how they are passed to the endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve
from openapi_python_client.parser.properties import Class, EnumProperty, ModelProperty
from openapi_python_client.strings import PythonIdentifier

from generator import annotations as types
from generator.constraints import ConstraintsWriter
from generator.endpoint import RESERVED_ARGUMENTS, Argument, Body, Endpoint
from generator.models import PREFIX, Models, unique

if TYPE_CHECKING:
    from generator.document import Json
    from generator.schemas import Schemas

_MARGIN = 8
OPTIONS_DOC = "    options: Options of this call; the client's where it says nothing."


class Facade:
    """One method of a façade.

    Attributes:
        arguments: The arguments of the method, required ones first.
        passed: The expression for each argument of the endpoint.
        supplies: Whether the client has values for arguments that are left out.
        classes: Models and enums in the signature.
        runtime_classes: Those of them that the method itself needs.
    """

    def __init__(self, endpoint: Endpoint, models: Models, schemas: Schemas) -> None:
        self._endpoint = endpoint
        self._models = models
        self._schemas = schemas
        self._constraints = ConstraintsWriter(schemas)
        self._taken = {*RESERVED_ARGUMENTS, endpoint.module}
        self.passed: list[tuple[str, str]] = []
        self.classes: list[Class] = []
        self.runtime_classes: list[Class] = []
        found = self._parameters()
        if endpoint.body is not None:
            found += self._body(endpoint.body)
        self.arguments = sorted(found, key=lambda each: each.optional)
        self.supplies = any("self._supply(" in f"{each.value}{each.supplied}" for each in self.arguments)

    def _parameters(self) -> list[Argument]:
        arguments: list[Argument] = []
        for each in self._endpoint.parameters:
            about = self._schemas.about(each.raw["schema"])
            schema = {**about, "deprecated": True} if each.raw.get("deprecated") else about
            described = {**schema, "description": each.raw.get("description") or about.get("description")}
            argument = self._argument(each.prop, each.python_name, described, each.raw.get("x-from-client"))
            argument = evolve(argument, constraints=self._constraints.of_parameter(about))
            self._taken.add(argument.name)
            self.passed.append((each.python_name, argument.value))
            arguments.append(argument)
        return arguments

    def _argument(self, prop: Any, name: str, schema: Json, from_client: str | None) -> Argument:
        self.classes += types.classes(prop)
        optional = bool(from_client) or not prop.required
        extra = f"Left out, the client's own {from_client} is used." if from_client else ""
        kind = f"{types.annotation(prop)}{', optional' if optional else ''}"
        asked = ""
        if from_client:
            last = "" if prop.required else ", optional=True"
            module = self._endpoint.module
            asked = (
                f"self._supply({name}, {from_client!r}, {module}.OPERATION, {name!r}{last}, options=options)"
            )
        return Argument(
            name=name,
            annotation=types.argument(prop),
            optional=optional,
            doc=self._schemas.entry(name, kind, schema, indent=_MARGIN, extra=extra),
            value=asked if asked and prop.required else name,
            supplied="" if prop.required else asked,
            constraints=self._constraints.of_value(schema),
        )

    def _body(self, body: Body) -> list[Argument]:
        if isinstance(body.prop, ModelProperty):
            return self._flat(body)
        self.classes += types.classes(body.prop)
        self.passed.append(("body", "body"))
        doc = self._schemas.entry("body", body.annotation, body.schema, indent=_MARGIN)
        return [Argument(name="body", annotation=body.annotation, optional=not body.required, doc=doc)]

    def _flat(self, body: Body) -> list[Argument]:
        """Return the fields of an object body as arguments, from which the call builds the body."""
        schemas = self._schemas.properties(body.schema)
        needed: list[Class] = [body.prop.class_info]
        arguments: list[Argument] = []
        given: list[str] = []
        for prop in self._models.fields(body.prop):
            schema = schemas.get(prop.name.get_untrusted_value(), {})
            from_client = self._schemas.about(schema).get("x-from-client")
            argument = self._argument(prop, self._free(str(prop.python_name)), schema, from_client)
            argument = evolve(argument, constraints=self._constraints.of_changed(schema, prop))
            arguments.append(argument)
            given.append(f"{prop.python_name}={types.narrowed(prop, argument.value)}")
            needed += self._enums(prop)
        rest = self._rest(body, [*schemas])
        if rest:
            arguments.append(rest)
            given.append(f"additional_properties={rest.value}")
            needed += self._enums(self._models.additional(body.prop))
        self.runtime_classes = unique(needed)
        made = f"{body.prop.class_info.name}({', '.join(given)})"
        if not body.required and arguments:
            nothing = " and ".join(f"isinstance({each.name}, Unset)" for each in arguments)
            made = f"UNSET if {nothing} else {made}"
        self.passed.append(("body", made))
        return arguments

    def _rest(self, body: Body, named: list[str]) -> Argument | None:
        """Return the argument for additional properties, if the spec describes them."""
        schema = self._schemas.resolved(body.schema)
        prop = self._models.additional(body.prop)
        if not schema.get("additionalProperties") or prop is None:
            return None
        self.classes += types.classes(prop)
        name = self._free(
            str(PythonIdentifier(schema.get("x-argument-name", "additional_properties"), PREFIX))
        )
        optional = not (body.required and not named)
        item = types.narrowed(prop, "value")
        value = f"dict({name})" if item == "value" else f"{{key: {item} for key, value in {name}.items()}}"
        kind = f"Mapping[str, {types.annotation(prop)}]{', optional' if optional else ''}"
        about: Json = schema["additionalProperties"] if schema["additionalProperties"] is not True else {}
        return Argument(
            name=name,
            annotation=f"Mapping[str, {types.argument(prop)}]",
            optional=optional,
            doc=self._schemas.entry(name, kind, about, indent=_MARGIN),
            value=f"{{}} if isinstance({name}, Unset) else {value}" if optional else value,
            constraints=self._constraints.of_fields(about, prop, named),
        )

    def _free(self, name: str) -> str:
        """Return a name that no other argument has."""
        while name in self._taken:
            name += "_body"
        self._taken.add(name)
        return name

    @staticmethod
    def _enums(prop: Any) -> list[Class]:
        """Return the enums that an argument is converted to."""
        if types.narrowed(prop, "x") == "x":
            return []
        return [each.class_info for each in types.leaves(prop) if isinstance(each, EnumProperty)]
