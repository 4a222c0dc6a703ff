"""What every generated model can do, beside what its fields say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self


class Model:
    """Base of the generated models."""

    __slots__ = ()

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
