"""Types that every generated client shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

if TYPE_CHECKING:
    import httpx

T_co = TypeVar("T_co", covariant=True)


class Unset:
    """The type of an argument or a field that is absent, as opposed to one that is None."""

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final = Unset()

FileContent = IO[bytes] | bytes


@dataclass(frozen=True, slots=True)
class File:
    """A file to upload.

    Attributes:
        payload: Its bytes, or a file object to read them from.
        file_name: The name the server is told.
        mime_type: Its media type.
    """

    payload: FileContent = field(repr=False)
    file_name: str | None = None
    mime_type: str | None = None


@dataclass(frozen=True, slots=True)
class Response(Generic[T_co]):
    """A response, whatever its status.

    Attributes:
        status_code: Any number a server may send.
        headers: Names are compared without regard to case.
        content: The body as it came.
        parsed: The decoded body; plain JSON in a failure whose body is not documented. None where no body of
            a success is documented, or where the body of a failure cannot be decoded.
    """

    status_code: int
    headers: httpx.Headers = field(repr=False)
    content: bytes = field(repr=False)
    parsed: T_co | Any
