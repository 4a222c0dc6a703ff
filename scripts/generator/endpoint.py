"""Operations, as the spec and the library describe them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen
from openapi_python_client.parser.properties.file import FileProperty

from generator import annotations as types
from generator.models import rename

if TYPE_CHECKING:
    from openapi_python_client.parser.openapi import Endpoint as ParsedEndpoint

    from generator.document import Json
    from openapi_reader import Pointer

# Names that generated functions use.
RESERVED_ARGUMENTS = ("body", "self", "options", "paginator", "next_position", "item")
_WRITABLE = ("application/x-www-form-urlencoded", "multipart/form-data")


@frozen
class Parameter:
    """A parameter: its location, the library's property, and its definition in the spec."""

    place: str
    prop: Any
    raw: Json

    @property
    def name(self) -> str:
        """The name in requests."""
        return str(self.prop.name.get_untrusted_value())

    @property
    def python_name(self) -> str:
        """The name of the argument."""
        return str(self.prop.python_name)


@frozen
class Body:
    """The body of a request."""

    prop: Any
    media_type: str
    schema: Json

    @property
    def required(self) -> bool:
        """Whether a request needs a body."""
        return bool(self.prop.required)

    @property
    def annotation(self) -> str:
        """The type of the endpoint's argument."""
        media = self.media_type.split(";", maxsplit=1)[0]
        as_bytes = isinstance(self.prop, FileProperty) or not (media.endswith("json") or media in _WRITABLE)
        return "bytes" if as_bytes else types.argument(self.prop)


@frozen
class Endpoint:
    """One operation."""

    path: str
    method: str
    raw: Json
    parsed: ParsedEndpoint
    parameters: list[Parameter]
    body: Body | None

    @classmethod
    def of(cls, path: str, method: str, raw: Json, parsed: ParsedEndpoint) -> Endpoint:
        """Return the endpoint for the library's description and the spec's definition."""
        declared = {(each["name"], each["in"]): each for each in raw["parameters"]}
        parameters = [
            Parameter(str(place), prop, declared[prop.name.get_untrusted_value(), str(place)])
            for place, prop in parsed.iter_all_parameters()
        ]
        rename([each.prop for each in parameters], (*RESERVED_ARGUMENTS, str(parsed.name)))
        body = None
        if parsed.bodies:
            (media,) = raw["requestBody"]["content"].values()
            found = parsed.bodies[0]
            body = Body(found.prop, found.content_type.get_untrusted_value(), media["schema"])
        return cls(path, method, raw, parsed, parameters, body)

    @property
    def id(self) -> str:
        """The operationId."""
        return str(self.raw["operationId"])

    @property
    def module(self) -> str:
        """The name of the module and of the façade's method."""
        return str(self.parsed.name)

    @property
    def line(self) -> str:
        """The line that names the operation in docstrings."""
        return f"Operation {self.id}: {self.method.upper()} {self.path}"

    @property
    def place(self) -> Pointer:
        """The pointer to the operation in the spec."""
        return ("paths", self.path, self.method)


@frozen(kw_only=True)
class Argument:
    """An argument of a request builder or of a façade method.

    Attributes:
        annotation: The type, without `Unset`.
        optional: Whether a caller may leave it out.
        doc: The entry in a docstring.
        value: The expression that passes it on.
        supplied: The expression for a value that the client supplies if the caller gives none.
        constraints: The `Constraints` that are checked before anything is sent.
    """

    name: str
    annotation: str
    optional: bool
    doc: str = ""
    value: str = ""
    supplied: str = ""
    constraints: str = ""

    @property
    def declaration(self) -> str:
        """The argument in a signature."""
        return f"{self.name}: {self.annotation}{' | Unset = UNSET' if self.optional else ''}"
