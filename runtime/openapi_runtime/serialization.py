"""Serialization of arguments: path segments, queries, headers and bodies.

A value that cannot be written raises `InvalidArgument`, which names the place and never the value.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, cast
from urllib.parse import quote, urlencode

from attrs import frozen

from .decoding import encode, kind
from .errors import InvalidArgument
from .settings import fits_header
from .types import UNSET, File, Unset

Pair = tuple[str, str]

_SENDABLE: Final = "str, int, float, bool, None, a list or a mapping"
_SHORT: Final = 64
_JSON_KEYS: Final = str | int | float | None
_EXPECTED: Final[Mapping[type, str]] = {
    float: "a finite number",
    int: "an integer with fewer digits",
    str: "text without lone surrogates",
}


# ---- Styles of parameters that are arrays or objects


@frozen
class Joined:
    """An array as one value, `1,2,3`, or an object: `color,red`, and with `pairs` `color=red`."""

    values: object
    separator: str = ","
    pairs: bool = False


@frozen
class Label:
    """A value of the path after a dot, `.red`, and with `explode` after one for each part: `.1.2`."""

    value: object
    explode: bool = False


@frozen
class Matrix:
    """A value of the path after its name, `;color=red`, and with `explode` each part so: `;id=1;id=2`."""

    value: object
    explode: bool = False


@frozen
class DeepObject:
    """An object as one query parameter for each of its fields: `filter[color]=red`."""

    value: object


@frozen
class ExplodedObject:
    """An object as query parameters named like its fields."""

    value: object


def pairs(values: Mapping[str, object]) -> list[Pair]:
    """Return names and values in order. An array repeats its name; UNSET and None are left out."""
    found: list[Pair] = []
    for name, value in values.items():
        if value is None or value is UNSET:
            continue
        # Most arguments are one number or one plain text.
        if _is_short_integer(value) and name.isascii():
            found.append((name, str(value)))
        else:
            found.extend(_pairs(name, value))
    return found


def _is_short_integer(value: object) -> bool:
    return type(value) is int and value.bit_length() < _SHORT


def _pairs(name: str, value: object) -> Iterator[Pair]:
    match value:
        case Joined(values, separator, as_pairs):
            if (plain := _plain(values, name)) is not None:
                yield name, separator.join(_parts_of(plain, name, text, pairs=as_pairs))
        case DeepObject(fields):
            for key, item in _fields(fields, name).items():
                yield from _pairs(f"{name}[{key}]", item)
        case ExplodedObject(fields):
            for key, item in _fields(fields, name).items():
                yield from _pairs(key, item)
        case _:
            if (plain := _plain(value, name)) is not None:
                for place, item in _items(plain, name):
                    yield text(name, place), text(item, place)


def _items(plain: object, place: str) -> Iterator[tuple[str, object]]:
    """Yield the items of a list, or the one value, each after its place."""
    if isinstance(plain, list):
        for index, item in enumerate(cast("list[object]", plain)):
            yield f"{place}[{index}]", item
    else:
        yield place, plain


def _parts_of(
    plain: object, place: str, write: Callable[[object, str], str], *, pairs: bool = False
) -> list[str]:
    """Return the texts of a list, of one value, or of an object: names and values in turn, or as pairs."""
    if not isinstance(plain, dict):
        return [write(item, within) for within, item in _items(plain, place)]
    fields = cast("dict[str, object]", plain).items()
    texts = [(write(key, place), write(item, f"{place}.{key}")) for key, item in fields]
    return [f"{key}={item}" for key, item in texts] if pairs else [part for pair in texts for part in pair]


def _fields(value: object, place: str) -> dict[str, Any]:
    plain = _plain(value, place)
    if plain is None or isinstance(plain, dict):
        return cast("dict[str, Any]", plain or {})
    raise InvalidArgument(f"{place}: expected an object, got {kind(plain)}")


def _plain(value: object, place: str) -> Any:
    """Return the JSON value of an argument; None for UNSET, too."""
    try:
        plain = encode(value)
    except RecursionError:
        raise InvalidArgument(f"{place}: values nested too deeply") from None
    return None if isinstance(plain, Unset) else plain


# ---- Single values


def text(value: object, place: str) -> str:
    """Return a string as it is, an empty text for None, and the JSON of any other value."""
    plain = _plain(value, place)
    if plain is None:
        return ""
    if not isinstance(plain, str):
        return json_text(plain, place)
    if not plain.isascii() and (fault := _fault(plain)):
        raise InvalidArgument(f"{place}: {fault}")
    return plain


def segment(value: object, place: str) -> str:
    """Return a value as one segment of a path."""
    if _is_short_integer(value):
        return str(value)
    match value:
        case Joined(values, _, pairs):
            return ",".join(_parts_of(_plain(values, place), place, _quoted, pairs=pairs))
        case Label(held, explode):
            parts = _parts_of(_plain(held, place), place, _quoted, pairs=explode)
            # An empty one would be a segment of a dot, which leads nowhere.
            return "." + ("." if explode else ",").join(parts) if any(parts) else ""
        case Matrix(held, explode):
            return _matrix(_plain(held, place), place, explode=explode)
        case _:
            return ",".join(_parts_of(_plain(value, place), place, _quoted))


def _matrix(plain: object, place: str, *, explode: bool) -> str:
    parts = _parts_of(plain, place, _quoted, pairs=explode)
    name = quote(place, safe="")
    if not explode:
        return f";{name}={','.join(parts)}"
    return "".join(f";{part}" if isinstance(plain, dict) else f";{name}={part}" for part in parts)


def _quoted(value: object, place: str) -> str:
    written = text(value, place)
    # A segment of dots would lead to another path.
    return written.replace(".", "%2E") if written in (".", "..") else quote(written, safe="")


def header(value: str, place: str) -> str:
    """Return the value of a header. Raises InvalidArgument."""
    if not fits_header(value):
        raise InvalidArgument(f"{place}: expected printable ASCII without spaces around it")
    return value


def cookie_header(cookies: Iterable[Pair]) -> str:
    """Return the `Cookie` header. Raises InvalidArgument."""
    return "; ".join(f"{name}={_cookie(value, name)}" for name, value in cookies)


def _cookie(value: str, place: str) -> str:
    if ";" in value:
        raise InvalidArgument(f"{place}: expected printable ASCII without a semicolon")
    return header(value, place)


def json_text(value: object, place: str) -> str:
    """Return a value as JSON. With an empty `place`, a fault inside an object is named by the field alone."""
    plain = _plain(value, place or "body")
    try:
        return _dumped(plain)
    except RecursionError:
        raise InvalidArgument(f"{place or 'body'}: values nested too deeply") from None
    except (TypeError, ValueError):
        raise InvalidArgument(next(_faults(plain, place), "body: expected a JSON value")) from None


def _dumped(plain: object) -> str:
    written = json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if not written.isascii():
        written.encode()
    return written


def _faults(value: object, place: str) -> Iterator[str]:
    """Yield each place that keeps a JSON value from being written, and what is expected there."""
    if isinstance(value, dict):
        for key, item in cast("dict[object, object]", value).items():
            if not isinstance(key, _JSON_KEYS) or (fault := _fault(key)):
                yield f"{place or 'body'}: expected strings as keys, without lone surrogates"
            else:
                yield from _faults(item, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list):
        for within, item in _items(cast("object", value), place or "body"):
            yield from _faults(item, within)
    elif fault := _fault(value):
        yield f"{place or 'body'}: {fault}"


def _fault(value: object) -> str:
    try:
        _dumped(value)
    except (TypeError, ValueError):
        expected = _EXPECTED.get(type(value))
        return f"expected {expected}" if expected else f"expected {_SENDABLE}, got {kind(value)}"
    return ""


# ---- Bodies


def body(value: object, media_type: str) -> dict[str, Any]:
    """Return the arguments of httpx for a body of a media type."""
    essence = media_type.partition(";")[0].strip().lower()
    if essence == "application/x-www-form-urlencoded":
        return {"content": urlencode(pairs(_fields(value, "body")))}
    if essence == "multipart/form-data":
        return {"files": [*_parts(_fields(value, "body"))]}
    if isinstance(value, bytes):
        return {"content": value}
    if not essence.endswith("json"):
        raise InvalidArgument(f"body: expected bytes, got {kind(value)}")
    return {"content": json_text(value, "")}


def _parts(fields: Mapping[str, object]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for name, value in fields.items():
        for place, item in _items(value, name):
            part = _file(item, place) if isinstance(item, File) else (None, text(item, place))
            yield text(name, place), part


def _file(value: File, place: str) -> tuple[Any, ...]:
    payload: object = value.payload
    if isinstance(payload, str | io.TextIOBase):
        raise InvalidArgument(f"{place}: expected bytes, or a file that is open in binary mode")
    media_type = header(text(value.mime_type, place), place)
    return text(value.file_name, place) or None, payload, media_type or "application/octet-stream"
