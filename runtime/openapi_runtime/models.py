"""What every generated model can do, beside what its fields say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


class Model:
    """Base of the generated models.

    A model is a class of attrs: it can be compared, copied, pickled, and changed with `attrs.evolve`.
    `to_dict()` makes a dictionary of it; that of `attrs.asdict` has the names of Python, and UNSET for what
    is absent. Pydantic takes it as the type of a field, and FastAPI as what a function returns, or takes as
    its `Body()`.

    Attributes:
        json_names: Names in JSON of those fields that have another name in Python.
    """

    __slots__ = ()
    json_names: ClassVar[Mapping[str, str]] = {}

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the JSON text.

        Args:
            indent: How many spaces to indent by; on one line if None.

        Raises:
            ValueError: A number is not finite.
            TypeError: A value has no form in JSON, such as a file.
        """
        return json.dumps(self.to_dict(), indent=indent, allow_nan=False)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        # Imported here, since only Pydantic calls this.
        from .pydantic import core_schema_of  # noqa: PLC0415

        return core_schema_of(cls, handler)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        described = handler(schema)
        handler.resolve_ref_schema(described)["title"] = cls.__name__
        return described

    if TYPE_CHECKING:

        def to_dict(self) -> dict[str, Any]:
            """Return the JSON object, without fields that are UNSET."""
            ...

        @classmethod
        def from_dict(cls, source: object) -> Self:
            """Decode a JSON object. Raises DecodeError if it has another shape."""
            ...

    else:

        def __getattr__(self, name: str) -> Any:
            # Decoding leaves the attribute out while nothing is in it: most responses hold nothing unknown.
            if name != "additional_properties" or not hasattr(type(self), name):
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            self.additional_properties = {}
            return self.additional_properties
