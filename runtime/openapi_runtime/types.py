"""Types that every generated client shares."""

from __future__ import annotations

from typing import (
    IO,
    TYPE_CHECKING,
    Any,
    ClassVar,
    Final,
    Generic,
    Literal,
    NoReturn,
    TypeVar,
    dataclass_transform,
)

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


@dataclass_transform(frozen_default=True)
class _Value:
    """Base of classes that work like frozen dataclasses with slots, which take longer to import."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()
    _hidden: ClassVar[tuple[str, ...]]

    def _set(self, *values: object) -> None:
        for name, value in zip(self.__match_args__, values, strict=True):
            object.__setattr__(self, name, value)

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"cannot assign to {name!r}: {type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"cannot delete {name!r}: {type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        return self._values() == other._values() if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        shown = (name for name in self.__match_args__ if name not in self._hidden)
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self._values()


class File(_Value):
    """A file to upload.

    Attributes:
        payload: Its bytes, or a file object to read them from.
        file_name: The name the server is told.
        mime_type: Its media type.
    """

    __slots__ = __match_args__ = ("payload", "file_name", "mime_type")
    _hidden = ("payload",)

    payload: FileContent
    file_name: str | None
    mime_type: str | None

    def __init__(
        self, payload: FileContent, file_name: str | None = None, mime_type: str | None = None
    ) -> None:
        self._set(payload, file_name, mime_type)


class Response(_Value, Generic[T_co]):
    """A response, whatever its status.

    Attributes:
        status_code: Any number a server may send.
        headers: Names are compared without regard to case.
        content: The body as it came.
        parsed: The decoded body; plain JSON in a failure whose body is not documented. None where no body of
            a success is documented, or where the body of a failure cannot be decoded.
    """

    __slots__ = __match_args__ = ("status_code", "headers", "content", "parsed")
    _hidden = ("headers", "content")

    status_code: int
    headers: httpx.Headers
    content: bytes
    parsed: T_co | Any

    def __init__(self, status_code: int, headers: httpx.Headers, content: bytes, parsed: T_co | Any) -> None:
        self._set(status_code, headers, content, parsed)
