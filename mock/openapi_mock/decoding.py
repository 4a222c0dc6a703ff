"""Decoding of parameters by style, and of bodies by media type.

Text that does not fit the type in its schema stays a string, which validation then refuses.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any, Final
from urllib.parse import parse_qsl

from openapi_reader import is_array, is_object

from .document import Node
from .messages import NO_BODY, Problem, Request, Violation, is_json
from .multipart import File, Part, read_parts
from .operations import Location, MediaType, Operation, Parameter, RequestBody
from .validation import SchemaValidator, Validators

MAX_DEPTH: Final = 100
"""The deepest nesting of a JSON body."""
_MAX_DIGITS: Final = 308
_MAX_FIELDS: Final = 1000
# Text has few levels to decode; the limit ends recursive schemas.
_MAX_SHAPE_DEPTH: Final = 6
_FORM: Final = "application/x-www-form-urlencoded"
_MULTIPART: Final = "multipart/form-data"
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}
_ABSENT: Final = object()

Pairs = Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Shape:
    """The types that a schema allows, collected through references and combinations."""

    types: set[str] = field(default_factory=set[str])
    items: Shape | None = None
    properties: dict[str, Shape] = field(default_factory=dict[str, "Shape"])
    additional: Shape | None = None
    is_binary: bool = False

    @classmethod
    def of(cls, schema: Node | None) -> Shape:
        shape = cls()
        if schema is not None:
            shape.collect(schema, 0)
        return shape

    def collect(self, schema: Node, depth: int) -> None:
        """Add what a schema allows."""
        if not is_object(schema.value) or depth > _MAX_SHAPE_DEPTH:
            return
        if isinstance(schema.value.get("$ref"), str):
            self.collect(schema.follow(schema.value["$ref"]), depth + 1)
        for keyword in ("allOf", "anyOf", "oneOf"):
            for index in range(len(schema.value.get(keyword, ()))):
                self.collect(schema.child(keyword).child(index), depth + 1)
        self.types |= _types(schema.value)
        self.is_binary |= _is_binary(schema.value)
        for name in schema.value.get("properties", ()):
            self.properties.setdefault(name, Shape()).collect(
                schema.child("properties").child(name), depth + 1
            )
        if "items" in schema.value:
            self.items = self.items or Shape()
            self.items.collect(schema.child("items"), depth + 1)
        if is_object(schema.value.get("additionalProperties")):
            self.additional = self.additional or Shape()
            self.additional.collect(schema.child("additionalProperties"), depth + 1)

    def property(self, name: str) -> Shape:
        return self.properties.get(name) or self.additional or _ANYTHING

    def scalar(self, text: str) -> Any:
        """Return the value that text represents, or the text itself."""
        if ("integer" in self.types or "number" in self.types) and len(text) <= _MAX_DIGITS:
            if _INTEGER.fullmatch(text):
                return int(text)
            if _NUMBER.fullmatch(text):
                number = _number(text)
                return number if math.isfinite(number) else text
        if "boolean" in self.types and text in ("true", "false"):
            return text == "true"
        if "null" in self.types and text == "null" and "string" not in self.types:
            return None
        return text

    def array(self, texts: Iterable[str]) -> list[Any]:
        items = self.items or _ANYTHING
        return [items.scalar(text) for text in texts]

    def object(self, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
        return {name: self.property(name).scalar(text) for name, text in pairs}


_ANYTHING: Final = Shape()


def _types(schema: Mapping[str, Any]) -> set[str]:
    declared = schema.get("type")
    if isinstance(declared, str):
        return {declared}
    if is_array(declared):
        return set(map(str, declared))
    values: list[Any] = [schema["const"]] if "const" in schema else schema.get("enum", [])
    found = set(map(_type_of, values))
    if "properties" in schema:
        found.add("object")
    if "items" in schema:
        found.add("array")
    return found


def _is_binary(schema: Mapping[str, Any]) -> bool:
    """Return whether a string schema describes raw bytes."""
    media_type = str(schema.get("contentMediaType", ""))
    is_media = bool(media_type) and not is_json(media_type) and not media_type.startswith("text/")
    return schema.get("format") == "binary" or (is_media and "contentEncoding" not in schema)


def _type_of(value: object) -> str:
    names: dict[type[Any], str] = {
        bool: "boolean",
        int: "integer",
        float: "number",
        str: "string",
        list: "array",
        dict: "object",
    }
    return names.get(type(value), "null")


class ParameterReader:
    """Decodes and validates one parameter."""

    def __init__(self, parameter: Parameter, validators: Validators) -> None:
        self.parameter = parameter
        self.location: Location = parameter.location
        # Compiled first, since Shape relies on a valid schema.
        self._validator = validators.compile(parameter.schema) if parameter.schema else None
        self._shape = Shape.of(parameter.schema)
        schema = parameter.schema.resolved().value if parameter.schema else None
        self._default = schema.get("default", _ABSENT) if is_object(schema) else _ABSENT
        self._key = parameter.name.lower() if parameter.location == "header" else parameter.name
        is_spread = "object" in self._shape.types and parameter.explode and parameter.style == "form"
        # Otherwise its parts stand under names of their own.
        self._is_under_its_name = parameter.style != "deepObject" and not is_spread

    def read(self, source: Pairs, into: dict[str, Any], violations: list[Violation]) -> None:
        """Put the value `into` the mapping, or append what is wrong with it to `violations`."""
        name = self.parameter.name
        is_unused = self.parameter.may_be_empty and list(source.get(name, ())) == [""]
        is_absent = is_unused or (self._is_under_its_name and self._key not in source)
        value = _ABSENT if is_absent else self._decode(source)
        if value is _ABSENT:
            if self.parameter.required and not is_unused:
                violations.append(Violation(self.location, (name,), "required", "is required"))
            elif self._default is not _ABSENT:
                into[name] = self._default
            return
        if isinstance(value, Problem):
            violations.append(Violation(self.location, (name,), "encoding", value.message))
        elif self._validator and (found := self._validator.violations(value, self.location, (name,))):
            violations.extend(found)
        else:
            into[name] = value

    def _decode(self, source: Pairs) -> Any:
        parameter = self.parameter
        values = source.get(self._key, ())
        if parameter.media_type is not None:
            return _decode_content(values, parameter.media_type)
        if parameter.style in {"label", "matrix"}:
            text = _plain(values[0], parameter, self._shape) if values else None
            if text is None:
                return _malformed(f"is not of the style {parameter.style}")
            values = (text,)
        if parameter.location in {"path", "header"}:
            return _decode_simple(values, self._shape, explode=parameter.explode)
        return decode_form(source, parameter.name, self._shape, parameter.style, explode=parameter.explode)


def decode_form(source: Pairs, name: str, shape: Shape, style: str, *, explode: bool) -> Any:
    """Return a value decoded from form pairs by its style; `_ABSENT` if it was not sent."""
    values = source.get(name, ())
    if style == "deepObject":
        prefix = f"{name}["
        fields = {key[len(prefix) : -1]: value for key, value in source.items() if key.startswith(prefix)}
        return _fields(shape, fields) if fields else _ABSENT
    if "object" in shape.types and explode:
        found = {key: source[key] for key in shape.properties if key in source}
        return _fields(shape, found) if found else _ABSENT
    if not values:
        return _ABSENT
    if "array" in shape.types:
        separator = _SEPARATORS.get(style, ",")
        return shape.array(
            values if explode else (part for value in values for part in _split(value, separator))
        )
    if "object" in shape.types:
        parts = [part for value in values for part in _split(value, ",")]
        return (
            shape.object(zip(parts[::2], parts[1::2], strict=False)) if len(parts) % 2 == 0 else list(values)
        )
    # A scalar that was sent several times stays a list, which its schema refuses.
    return shape.scalar(values[0]) if len(values) == 1 else list(values)


def _fields(shape: Shape, fields: Pairs) -> dict[str, Any]:
    return {key: decode_form(fields, key, shape.property(key), "form", explode=True) for key in fields}


def _decode_simple(values: Sequence[str], shape: Shape, *, explode: bool) -> Any:
    if not values:
        return _ABSENT
    if "array" in shape.types:
        return shape.array(part.strip() for part in _split(values[0], ","))
    if "object" in shape.types:
        parts = _split(values[0], ",")
        if explode:
            parts = [piece for part in parts for piece in part.partition("=")[::2]]
        return shape.object(zip(parts[::2], parts[1::2], strict=False)) if len(parts) % 2 == 0 else values[0]
    return shape.scalar(values[0])


def _plain(text: str, parameter: Parameter, shape: Shape) -> str | None:
    """Return a value of the styles `label` and `matrix` as one of the style `simple`; None if it is none."""
    is_object_ = "object" in shape.types and "array" not in shape.types
    if parameter.style == "label":
        if not text.startswith("."):
            return None
        is_list = parameter.explode and (is_object_ or "array" in shape.types)
        return text[1:].replace(".", ",") if is_list else text[1:]
    if not text.startswith(";"):
        return None
    if parameter.explode and is_object_:
        return text[1:].replace(";", ",")
    # A single value may have semicolons of its own.
    parts = text[1:].split(";") if shape.types & {"array", "object"} else [text[1:]]
    pairs = [part.partition("=") for part in parts]
    if any(name != parameter.name for name, _, _ in pairs):
        return None
    return ",".join(value for _, _, value in pairs)


def _split(text: str, separator: str) -> list[str]:
    return text.split(separator) if text else []


def _decode_content(values: Sequence[str], media_type: str) -> Any:
    if len(values) != 1:
        return list(values) or _ABSENT
    try:
        return decode_json(values[0].encode()) if is_json(media_type) else values[0]
    except UnicodeEncodeError:
        return Problem(400, "invalid-request", "is not valid text")
    except Problem as problem:
        return problem


class BodyReader:
    """Decodes and validates the request body of one operation.

    Media types in `further` are accepted as well, with the schema of the first documented one. `adapt` is
    called with the decoded body before it is validated.
    """

    def __init__(
        self,
        operation: Operation,
        validators: Validators,
        further: Iterable[str] = (),
        adapt: Callable[[Any], Any] = lambda body: body,
    ) -> None:
        # A body of a GET or HEAD request has no meaning in HTTP, even if it is documented.
        self._body: RequestBody | None = (
            None if operation.method in ("GET", "HEAD") else operation.request_body
        )
        content = self._body.content if self._body else ()
        content += tuple(replace(content[0], name=name) for name in further if content)
        self._accept = ", ".join(media_type.name for media_type in content)
        self._readers = {
            media_type.name: _ContentReader(media_type, validators, adapt) for media_type in content
        }

    def read(self, request: Request, violations: list[Violation]) -> Any:
        """Return the decoded body or NO_BODY, and append what the schema refuses to `violations`.

        Raises Problem (400, 415).
        """
        if self._body is None:
            return NO_BODY
        content_type = request.headers.get("content-type", "")
        essence = content_type.partition(";")[0].strip().lower()
        reader = self._readers.get(essence) or self._readers.get(f"{essence.partition('/')[0]}/*")
        reader = reader or self._readers.get("*/*")
        # An empty form has no fields, so that each required one is reported by name, and empty text is
        # text; only JSON cannot be empty.
        may_be_empty = reader is not None and bool(essence) and not is_json(essence)
        if not request.body and not (may_be_empty and self._body.required):
            if self._body.required:
                violations.append(Violation("body", (), "required", "is required"))
            return NO_BODY
        if not essence or reader is None:
            found = f"the media type {essence!r} is" if essence else "a body without Content-Type is"
            message = f"{found} not supported; supported: {self._accept}"
            raise Problem(415, "unsupported-media-type", message, headers={"accept": self._accept})
        _check_charset(content_type, self._accept)
        return reader.read(essence, request, violations)


class _ContentReader:
    """Decodes and validates a body of one media type: JSON, a form or text. Any other body stays bytes."""

    def __init__(self, media_type: MediaType, validators: Validators, adapt: Callable[[Any], Any]) -> None:
        self._adapt = adapt
        self._validator: SchemaValidator | None = (
            validators.compile(media_type.schema) if media_type.schema else None
        )
        self._shape = Shape.of(media_type.schema)
        encodings = media_type.node.get("encoding")
        self._styles = {
            name: (
                style := node.text("style", "form"),
                node.flag("explode", default=style in ("form", "deepObject")),
            )
            for name, node in (encodings.items() if encodings else ())
        }
        self._media_types = {
            name: [each.strip().lower() for each in node.text("contentType").split(",")]
            for name, node in (encodings.items() if encodings else ())
            if "contentType" in node.mapping()
        }

    def read(self, essence: str, request: Request, violations: list[Violation]) -> Any:
        body = request.body
        if is_json(essence):
            value = decode_json(body)
        elif essence == _FORM:
            value = self._read_form(decode_pairs(body, "body"))
        elif essence == _MULTIPART:
            parts = read_parts(request.headers["content-type"], body, max_parts=_MAX_FIELDS)
            value, unread = self._read_parts(parts)
            if unread:
                violations.extend(unread)
                return value
        elif essence.startswith("text/"):
            value = _decode_text(body)
        else:
            return body
        value = self._adapt(value)
        if self._validator:
            validated = _without_files(value) if essence == _MULTIPART else value
            violations.extend(self._validator.violations(validated, "body"))
        return value

    def _read_form(self, pairs: Pairs) -> dict[str, Any]:
        nested = {name: style for name, (style, _) in self._styles.items() if style == "deepObject"}
        names = [name for name in pairs if not any(name.startswith(f"{each}[") for each in nested)]
        found: dict[str, Any] = {}
        for name in (*names, *nested):
            style, explode = self._styles.get(name, ("form", True))
            shape = self._shape.property(name)
            # Without an encoding there is no rule for an object in a form: it stays text.
            plain = "object" in shape.types and name not in self._styles
            value = decode_form(pairs, name, _ANYTHING if plain else shape, style, explode=explode)
            if value is not _ABSENT:
                found[name] = value
        return found

    def _read_parts(self, parts: Iterable[Part]) -> tuple[dict[str, Any], list[Violation]]:
        """Return the fields and files by name, and what is wrong with parts that cannot be read."""
        violations: list[Violation] = []
        texts: dict[str, list[str]] = {}
        others: dict[str, list[Any]] = {}
        for part in parts:
            try:
                value = self._read_part(part)
            except Problem as problem:
                violations.append(Violation("body", (part.name,), "encoding", problem.message))
                continue
            if isinstance(value, _Text):
                # The validator takes no subclass of str.
                texts.setdefault(part.name, []).append(str(value))
            else:
                others.setdefault(part.name, []).append(value)
        found = self._read_form(texts)
        for name, values in others.items():
            if name in texts:
                message = "has parts of text beside parts of another kind"
                violations.append(Violation("body", (name,), "encoding", message))
            # An array has a part for each item; one part may also be the whole array as JSON.
            has_items = "array" in self._shape.property(name).types
            is_whole = len(values) == 1 and (not has_items or is_array(values[0]))
            found[name] = values[0] if is_whole else values
        return found, violations

    def _read_part(self, part: Part) -> Any:
        """Return text, for the form to decode, a JSON value or a File. Raises Problem."""
        shape = self._shape.property(part.name)
        shape = (shape.items or _ANYTHING) if "array" in shape.types else shape
        allowed = self._media_types.get(part.name, ())
        if allowed and part.media_type and not any(fnmatchcase(part.media_type, each) for each in allowed):
            raise _malformed(f"is not of the media type {' or '.join(allowed)}")
        is_nested = bool(shape.types & {"object", "array"}) and part.name not in self._styles
        is_json_by_default = is_json(allowed[0]) if allowed else is_nested
        media_type = part.media_type or ("application/json" if is_json_by_default else "text/plain")
        is_file = part.file_name is not None or not (media_type.startswith("text/") or is_json(media_type))
        # Where the schema says nothing, the part itself says whether it is a file.
        if shape.is_binary or (is_file and not shape.types):
            return part.file()
        if is_json(media_type):
            return decode_json(part.content)
        _check_charset(part.content_type, "text/plain")
        try:
            return _Text(part.content, "utf-8")
        except UnicodeDecodeError as error:
            raise _malformed("is not valid UTF-8") from error


class _Text(str):
    """Text of a part, as opposed to a string that was decoded from JSON."""

    __slots__ = ()


def _without_files(value: Any) -> Any:
    """Return what a schema can validate: a file as a string of as many characters as it has bytes."""
    if isinstance(value, File):
        return value.content.decode("latin-1")
    if is_object(value):
        return {name: _without_files(each) for name, each in value.items()}
    if is_array(value):
        return [_without_files(each) for each in value]
    return value


def read_query(request: Request) -> Pairs:
    """Return the decoded values of the query by name. Raises Problem (400)."""
    query = request.raw_query
    return decode_pairs(query, "query") if query else {}


def decode_pairs(raw: bytes, what: Location) -> dict[str, list[str]]:
    """Return form-urlencoded values by name. Raises Problem (400) unless they are UTF-8 and few enough."""
    found: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except ValueError as error:
        kind = "malformed-body" if what == "body" else "invalid-request"
        reason = (
            "is not valid UTF-8" if isinstance(error, UnicodeError) else f"has more than {_MAX_FIELDS} fields"
        )
        raise Problem(400, kind, f"the {what} {reason}") from error
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def read_cookies(request: Request) -> dict[str, str]:
    """Return the cookies of a request; of several with the same name, the first."""
    cookies: dict[str, str] = {}
    for pair in request.headers.get("cookie", "").split(";"):
        name, equals, value = pair.strip().partition("=")
        if equals:
            cookies.setdefault(name, value.strip('"'))
    return cookies


def decode_json(raw: bytes) -> Any:
    """Decode strict JSON: UTF-8, no NaN or Infinity, no duplicate keys, numbers within the range of a double.

    Raises Problem (400, `malformed-body`), also for nesting deeper than MAX_DEPTH.
    """
    try:
        if raw.count(b"[") + raw.count(b"{") > MAX_DEPTH:
            _check_depth(raw)
        value = _DECODER.decode(raw.decode("utf-8-sig"))
        if b"\\u" in raw:
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeError as error:
        raise _malformed("the body is not valid UTF-8") from error
    except RecursionError as error:
        raise _malformed("the JSON is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise _malformed(f"not JSON: {error.msg} at character {error.pos}") from error
    return value


def _malformed(message: str) -> Problem:
    return Problem(400, "malformed-body", message)


def _check_depth(raw: bytes) -> None:
    depth = 0
    for match in _BRACKETS.finditer(raw):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(match.group(), 0)
        if depth > MAX_DEPTH:
            raise _malformed(f"the JSON is nested deeper than {MAX_DEPTH} levels")


# Brackets; strings match as a whole, so that brackets in them do not count.
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


def _integer(text: str) -> int:
    if len(text) > _MAX_DIGITS:
        raise _malformed("a number is out of range")
    return int(text)


def _float(text: str) -> float:
    number = _number(text)
    if not math.isfinite(number):
        raise _malformed("a number is out of range")
    return number


def _number(text: str) -> float:
    """Return a number with a point or an exponent, as an int if it is whole."""
    number = float(text)
    # JSON has one kind of number: 5.0 is the integer 5.
    return int(number) if number.is_integer() else number


def _constant(text: str) -> Any:
    raise _malformed(f"{text} is not JSON")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _malformed("an object has a key twice")
    return found


_DECODER = json.JSONDecoder(
    parse_int=_integer, parse_float=_float, parse_constant=_constant, object_pairs_hook=_unique
)


def _decode_text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise _malformed("the body is not valid UTF-8") from error


def _check_charset(content_type: str, accept: str) -> None:
    if ";" not in content_type:
        return
    match = re.search(r";\s*charset\s*=\s*\"?([^\s;\"]+)", content_type, re.IGNORECASE)
    if match and match.group(1).lower() not in ("utf-8", "utf8", "us-ascii"):
        message = "the only supported charset is UTF-8"
        raise Problem(415, "unsupported-media-type", message, headers={"accept": accept})
