# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Types that every part of the package shares."""

from __future__ import annotations

from typing import IO, Any, Final, Generic, Literal, TypeVar

import httpx
from attrs import field, frozen

T_co = TypeVar("T_co", covariant=True)


class Unset:
    """The type of an argument or a field that is not there, as opposed to one that is None."""

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final = Unset()

FileContent = IO[bytes] | bytes


@frozen
class File:
    """A file to upload.

    Attributes:
        payload: Its bytes, or something to read them from.
        file_name: The name the server is told.
        mime_type: Its media type.
    """

    payload: FileContent = field(repr=False)
    file_name: str | None = None
    mime_type: str | None = None


@frozen
class Response(Generic[T_co]):
    """An answer, whatever its status.

    Attributes:
        status_code: Any number a server may send.
        headers: Names are compared without regard to case.
        content: The body as it came.
        parsed: The decoded body; plain JSON in a failure whose body is not documented. None where no body of a
            success is documented, or where that of a failure does not decode.
    """

    status_code: int
    headers: httpx.Headers = field(repr=False)
    content: bytes = field(repr=False)
    parsed: T_co | Any


__all__ = ["UNSET", "File", "Response", "Unset"]
