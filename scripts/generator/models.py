"""Models and enums for the templates."""

from __future__ import annotations

import builtins
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

from attrs import frozen
from openapi_python_client.strings import ClassName

from generator import annotations as types
from generator.constraints import ConstraintsWriter
from generator.docstrings import docstring, fill, sentence
from generator.normalize import FAILURE, REPLY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openapi_python_client.parser.properties import Class, EnumProperty, ModelProperty

    from generator.document import Json
    from generator.schemas import Schemas

PREFIX = "field_"
_RESERVED = (
    "additional_properties",
    "to_dict",
    "to_json",
    "from_dict",
    "json_names",
    "error_message_fields",
    "cls",
    "field",
)
# Builtins that generated code uses in scopes where a property could shadow them.
_USED = ("bool", "bytes", "dict", "float", "frozenset", "int", "isinstance", "list", "object", "str")


@frozen
class Field:
    """A field of a model."""

    name: str
    python_name: str
    annotation: str
    decoder: str
    check: str
    required: bool
    secret: bool
    constraints: str

    @property
    def condition(self) -> str:
        """When a value needs no decoding: what is absent is UNSET, or None where that is no value."""
        return self.check if self.required or not self.check else f"{self.check} or type(value) is Unset"

    @property
    def absent(self) -> str:
        """What stands for a field that is absent, as further arguments of `get`."""
        return ", UNSET" if not self.required or "None" in self.check else ""

    @property
    def definition(self) -> str:
        """The default and the options of the field, after the annotation."""
        options = [] if self.required else ["default=UNSET"]
        options += ["repr=False"] if self.secret else []
        options += [f"validator={self.constraints}"] if self.constraints else []
        if options == ["default=UNSET"]:
            return " = UNSET"
        return f" = field({', '.join(options)})" if options else ""


@frozen
class Enum:
    """A generated enum."""

    name: str
    module: str
    base: str
    members: dict[str, str | int]
    docstring: str
    module_docstring: str


@frozen
class Model:
    """A generated model."""

    name: str
    module: str
    fields: list[Field]
    aliases: dict[str, str]
    has_rest: bool
    rest_annotation: str
    rest_factory: str
    rest_decoder: str
    imports: list[Class]
    cyclic_imports: list[Class]
    error_message_fields: tuple[str, ...]
    is_failure: bool
    failure_code_field: str | None
    docstring: str
    module_docstring: str

    @property
    def json_names(self) -> dict[str, str]:
        """Names in JSON of fields that have another name in Python."""
        return {each.python_name: each.name for each in self.fields if each.python_name != each.name}

    @property
    def is_checked(self) -> bool:
        """Whether its fields have constraints, which are checked where it is initialised."""
        return any(each.constraints for each in self.fields)

    @property
    def has_optional_fields(self) -> bool:
        """Whether a field may be absent."""
        return any(not each.required for each in self.fields)


class Models:
    """Builds the models and enums of a spec."""

    def __init__(self, schemas: Schemas, models: Iterable[ModelProperty]) -> None:
        self._schemas = schemas
        self._constraints = ConstraintsWriter(schemas)
        self._models = {str(model.class_info.name): model for model in models}
        self._cycles = _cycles({name: _needed(model) for name, model in self._models.items()})

    def fields(self, prop: Any) -> list[Any]:
        """Return the properties of a model, the required ones first."""
        model = self._models[prop.class_info.name]
        props = [*(model.required_properties or []), *(model.optional_properties or [])]
        rename(props, _RESERVED)
        return props

    def named(self, component: str) -> Class:
        """Return the class of a schema in the spec's components."""
        return self._models[str(ClassName(component, PREFIX))].class_info

    def additional(self, prop: Any) -> Any:
        """Return the type of a model's additional properties; None if it has none."""
        return self._models[prop.class_info.name].additional_properties

    def enum(self, prop: EnumProperty) -> Enum:
        """Return an enum for the templates."""
        name = str(prop.class_info.name)
        description = prop.description.get_untrusted_value() if prop.description else ""
        text = fill(sentence(description) or f"Values of {name}.", 4)
        base = "OpenIntEnum" if prop.value_type is int else "OpenStrEnum"
        return Enum(
            name,
            str(prop.class_info.module_name),
            base,
            types.enum_values(prop),
            docstring(text, 4),
            docstring(f"Defines {name}.", 0),
        )

    def model(self, prop: ModelProperty) -> Model:
        """Return a model for the templates."""
        name = str(prop.class_info.name)
        raw = prop.data.model_dump(mode="json", by_alias=True, exclude_unset=True)
        schemas = self._schemas.properties(raw)
        replied = self._schemas.properties(raw, REPLY)
        props = self.fields(prop)
        additional = prop.additional_properties
        needed = [each for each in _needed(prop) if each.name != name]
        cycle = self._cycles[name]
        failure: Json | None = raw.get(FAILURE)
        told_by = failure.get("code") if failure else None
        code = next((p for p in props if p.name.get_untrusted_value() == told_by), None)
        return Model(
            name=name,
            module=str(prop.class_info.module_name),
            fields=[self._field(each, schemas, replied) for each in props],
            aliases=_aliases(schemas),
            has_rest=additional is not None,
            rest_annotation=types.annotation(additional) if additional else "",
            rest_factory=_rest_factory(additional, cycle),
            rest_decoder=types.decoder(additional) if additional else "",
            imports=[each for each in needed if each.name not in cycle],
            cyclic_imports=[each for each in needed if each.name in cycle],
            error_message_fields=tuple(
                str(each.python_name)
                for each in props
                if schemas.get(each.name.get_untrusted_value(), {}).get("x-error-message")
            ),
            is_failure=failure is not None,
            failure_code_field=str(code.python_name) if code else None,
            docstring=docstring(self._model_text(prop, props, schemas), 4),
            module_docstring=docstring(f"Defines {name}.", 0),
        )

    def _field(self, prop: Any, schemas: Json, replied: Json) -> Field:
        name = prop.name.get_untrusted_value()
        annotation = types.annotation(prop)
        return Field(
            name=name,
            python_name=str(prop.python_name),
            annotation=annotation if prop.required else f"{annotation} | Unset",
            decoder=types.decoder(prop),
            check=types.check(prop),
            required=prop.required,
            secret=self._schemas.is_secret(schemas.get(name, {})),
            constraints=self._constraints.of_field(replied.get(name, {})),
        )

    def _model_text(self, prop: ModelProperty, props: list[Any], schemas: Json) -> str:
        description = prop.description.get_untrusted_value() if prop.description else ""
        parts = [fill(sentence(description) or f"{prop.class_info.name}.", 4)]
        entries = [
            self._schemas.entry(
                str(each.python_name),
                types.annotation(each),
                schemas.get(each.name.get_untrusted_value(), {}),
                indent=4,
            )
            for each in props
        ]
        if entries:
            parts.append("Attributes:\n" + "\n".join(entries))
        return "\n\n".join(parts)


def _rest_factory(additional: Any, cycle: set[str]) -> str:
    """Return what makes an empty mapping of a type. Classes that lead back are not there yet."""
    if additional is None:
        return ""
    annotation = types.annotation(additional)
    if cycle.isdisjoint(str(each.name) for each in types.classes(additional)):
        return f"dict[str, {annotation}]"
    return f'lambda: dict[str, "{annotation}"]()'


def _aliases(schemas: dict[str, Json]) -> dict[str, str]:
    """Return the aliases of fields, with the names of the fields."""
    return {alias: name for name, schema in schemas.items() for alias in schema.get("x-aliases", [])}


def _needed(prop: ModelProperty) -> list[Class]:
    props = [*(prop.required_properties or []), *(prop.optional_properties or [])]
    if prop.additional_properties is not None:
        props.append(prop.additional_properties)
    return unique(each for one in props for each in types.classes(one))


def unique(classes: Iterable[Class]) -> list[Class]:
    unique = {each.name: each for each in classes}
    return [unique[name] for name in sorted(unique)]


def _cycles(needs: dict[str, list[Class]]) -> dict[str, set[str]]:
    """Return for each class those that it cannot import at the top of its module, because they import it."""
    reach: dict[str, set[str]] = {name: set() for name in needs}
    for name, reached in reach.items():
        waiting = [name]
        while waiting:
            for each in needs.get(waiting.pop(), []):
                if each.name not in reached:
                    reached.add(str(each.name))
                    waiting.append(str(each.name))
    return {name: {other for other in found if name in reach.get(other, ())} for name, found in reach.items()}


def rename(props: list[Any], reserved: tuple[str, ...]) -> None:
    """Set the Python names of properties: those of the spec, unless generated code uses them otherwise."""
    taken = {str(each.python_name) for each in props}
    for each in props:
        own = str(each.python_name)
        name = _without_underscore(own)
        if name in taken - {own}:
            name = own
        while name in reserved or name in taken - {own}:
            name += "_"
        taken.add(name)
        object.__setattr__(each, "python_name", name)


def _without_underscore(name: str) -> str:
    """Return a builtin's name without the library's underscore, unless generated code uses the builtin."""
    plain = name.removesuffix("_")
    return plain if plain in vars(builtins) and plain not in _USED and not iskeyword(plain) else name
