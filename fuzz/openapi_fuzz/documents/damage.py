"""Valid documents with something wrong: in their values, or in the text of the file."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from hypothesis import strategies as st

from openapi_fuzz.places import at
from openapi_reader import Pointer, format_pointer, is_array, is_object

_Step: TypeAlias = str | int
_MOST_DAMAGES: Final = 3
# How often the way to a damaged value goes on, to one time that it ends.
_ONWARD: Final = 6
_ODD_VALUES: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 1.5, 10**300, "", "x", "4XX", "#/", "\N{SNOWMAN}", "\x00", "${x}", "*/*"),
    *([], [[]], [None], {}, {"": {}}, {"type": "array"}, {"x-": None}, {"in": "query"}),
)
_ODD_NAMES: Final = (
    "",
    "$ref",
    "x-odd",
    "schema",
    "type",
    "/",
    "{}",
    "{a}{a}",
    "default",
    "get",
    "200",
    "~1",
)
_ODD_LINES: Final = (
    *("\t- tab", "<<: *missing", "a: &a [*a]", "? [complex]: key", "!!python/object:os.system {}", "- ]"),
    *("%YAML 3.0", "---", "...", "key: 'open", "x: .nan", "x: 1e999", "x: !!binary aaaa", "\ufeff", "{{{{"),
    "b: &b [&c [x, x, x, x, x, x, x, x], " + "*c, " * 9 + "]",
    "d: " + "[" * 300,
)
_ODD_BYTES: Final = (
    b"\xff",
    b"\xc3\x28",
    b"\x00",
    b"\xed\xa0\x80",
    b"\x85",
    b"\xe2\x80\xa8",
    b"\xef\xbb\xbf",
)


@st.composite
def damaged_values(draw: st.DrawFn, document: Any) -> Any:
    """Return a document in which up to three values are removed, renamed, replaced or moved.

    What it says may still be allowed.
    """
    found = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, _MOST_DAMAGES))):
        place = _draw_place(draw, found)
        draw(st.sampled_from(_DAMAGES))(draw, found, place)
    return found


@st.composite
def damaged_text(draw: st.DrawFn, text: str) -> bytes:
    """Return the bytes of a file in which a line is odd, lost, moved, cut or no text at all."""
    lines = text.splitlines()
    index = draw(st.integers(0, len(lines) - 1))
    match draw(st.sampled_from(["odd", "lost", "moved", "repeated", "cut", "deeper", "bytes", "end"])):
        case "odd":
            indent = len(lines[index]) - len(lines[index].lstrip())
            lines.insert(index, " " * indent + draw(st.sampled_from(_ODD_LINES)))
        case "lost":
            del lines[index]
        case "moved":
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(index))
        case "repeated":
            lines.insert(index, lines[index])
        case "cut":
            lines[index] = lines[index][: draw(st.integers(0, len(lines[index])))]
        case "deeper":
            lines[index] = " " + lines[index]
        case "bytes":
            raw = "\n".join(lines).encode()
            end = draw(st.integers(0, len(raw)))
            return raw[:end] + draw(st.sampled_from(_ODD_BYTES)) + raw[end:]
        case _:
            del lines[index:]
    return "\n".join(lines).encode()


# ---- Damages of values


def _draw_place(draw: st.DrawFn, document: Any) -> Pointer:
    """Return the place of a value: each level is as likely as those around it, however many values it has."""
    place: list[_Step] = []
    value = document
    while steps := _steps(value):
        place.append(draw(st.sampled_from(steps)))
        value = value[place[-1]]
        if not draw(st.integers(0, _ONWARD)):
            break
    return tuple(place)


def _steps(value: Any) -> list[_Step]:
    if is_object(value):
        return [*value]
    return [*range(len(value))] if is_array(value) else []


def _replace(document: Any, place: Pointer, value: Any) -> None:
    if place:
        # A copy, since the next damage may change it.
        at(document, place[:-1])[place[-1]] = copy.deepcopy(value)


def _remove(_draw: st.DrawFn, document: Any, place: Pointer) -> None:
    if place:
        del at(document, place[:-1])[place[-1]]


def _rename(draw: st.DrawFn, document: Any, place: Pointer) -> None:
    if place and is_object(holder := at(document, place[:-1])):
        name = str(place[-1])
        odd = draw(st.sampled_from([*_ODD_NAMES, *holder, f"{name}s", name[:-1], name.swapcase()]))
        holder[odd] = holder.pop(name)


def _retype(draw: st.DrawFn, document: Any, place: Pointer) -> None:
    value = at(document, place)
    _replace(document, place, draw(st.sampled_from([*_ODD_VALUES, [value], {"a": value}, str(value)])))


def _copy_elsewhere(draw: st.DrawFn, document: Any, place: Pointer) -> None:
    _replace(document, place, at(document, _draw_place(draw, document)))


def _point_elsewhere(draw: st.DrawFn, document: Any, place: Pointer) -> None:
    target = draw(st.sampled_from([place, place[:-1], (), _draw_place(draw, document)]))
    reference = draw(
        st.sampled_from(
            [format_pointer(target), *("#/nowhere", "other.yaml#/a", "#", "", "#a", "%zz", "https://x/")]
        )
    )
    _replace(document, place, {"$ref": reference})


def _put_in(draw: st.DrawFn, document: Any, place: Pointer) -> None:
    if is_object(value := at(document, place)):
        value[draw(st.sampled_from(_ODD_NAMES))] = copy.deepcopy(draw(st.sampled_from(_ODD_VALUES)))
    elif is_array(value):
        value.append(copy.deepcopy(draw(st.sampled_from([*_ODD_VALUES, *value]))))


_DAMAGES: Final[tuple[Callable[[st.DrawFn, Any, Pointer], None], ...]] = (
    *(_remove, _rename, _retype, _copy_elsewhere, _point_elsewhere, _put_in),
)
