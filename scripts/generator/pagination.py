"""Pagination of operations, from their `x-pagination`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen
from openapi_python_client.parser.properties import Class, ModelProperty
from openapi_python_client.parser.properties.list_property import ListProperty

from generator import annotations as types
from generator.docstrings import docstring, fill, sentence
from generator.facade import OPTIONS_DOC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openapi_python_client.parser.responses import Response

    from generator.document import Document, Json
    from generator.endpoint import Endpoint
    from generator.facade import Facade
    from generator.models import Models
    from openapi_reader import Pointer

# By style: the paginator, the key of the query parameter for a page, the key of the field that marks the end.
_STYLES = {
    "offset": ("OffsetPaginator", "offset", "total"),
    "page": ("PageNumberPaginator", "page", "pages"),
}
PAGINATORS = tuple(paginator for paginator, _, _ in _STYLES.values())


@frozen
class Pagination:
    """Everything that the template of an `iter_…` method needs."""

    name: str
    paginator: str
    position: str
    items: str
    item: str
    item_classes: list[Class]
    end: str | None
    echo: str | None
    passing: str
    docstring: str


class PaginationReader:
    """Reads an operation's `x-pagination`."""

    def __init__(self, document: Document, models: Models, endpoint: Endpoint, facade: Facade) -> None:
        self._document = document
        self._models = models
        self._endpoint = endpoint
        self._facade = facade

    def of(self, success: Mapping[int | str, Response]) -> Pagination | None:
        """Return the pagination of a success; None if it has none.

        Raises:
            SpecError: It names something that does not exist.
        """
        for status, response in success.items():
            paging = self._endpoint.raw["responses"][str(status)].get("x-pagination")
            if paging:
                place = (*self._endpoint.place, "responses", str(status), "x-pagination")
                if len(success) > 1 or not isinstance(response.prop, ModelProperty):
                    message = "x-pagination needs an operation with one success, whose body is an object"
                    raise self._document.error(message, place)
                return self._read(paging, response.prop, place)
        return None

    def _read(self, paging: Json, page: ModelProperty, place: Pointer) -> Pagination:
        style = paging.get("style")
        if style not in _STYLES:
            raise self._document.error(f"expected the style offset or page, found {style!r}", place)
        paginator, asking, telling = _STYLES[style]
        fields = {each.name.get_untrusted_value(): each for each in self._models.fields(page)}
        query = {each.name: each.python_name for each in self._endpoint.parameters if each.place == "query"}
        position = self._named(paging, asking, query, "query parameter", place)
        if "limit" in paging:
            self._named(paging, "limit", query, "query parameter", place)
        held = self._named(paging, "items", fields, "field in the response", place)
        end = (
            self._named(paging, telling, fields, "field in the response", place)
            if telling in paging
            else None
        )
        items = types.solid(held)
        if not isinstance(items, ListProperty):
            raise self._document.error(f"the field {paging['items']!r} is not an array", place)
        echo = fields.get(paging[asking])
        return Pagination(
            name=_iterator_name(self._endpoint.module),
            paginator=paginator,
            position=position,
            items=str(held.python_name),
            item=types.annotation(items.inner_property),
            item_classes=list(types.classes(items)),
            end=str(end.python_name) if end else None,
            echo=str(echo.python_name) if echo and "int" in types.annotation(echo) else None,
            passing=", ".join(
                f"{name}={'next_position' if name == position else name}"
                for name in [*(each.name for each in self._facade.arguments), "options"]
            ),
            docstring=docstring(self._text(position, style), 8),
        )

    def _named(self, paging: Json, key: str, among: Mapping[str, Any], what: str, place: Pointer) -> Any:
        name = paging.get(key)
        if not isinstance(name, str) or name not in among:
            raise self._document.error(f"there is no {what} {name!r}, which {key} names", place)
        return among[name]

    def _text(self, position: str, style: str) -> str:
        endpoint = self._endpoint
        summary = (endpoint.raw.get("summary") or endpoint.id).rstrip(".")
        begin = "where" if style == "offset" else "with which page"
        again = f"`by_page()` of the result gives whole pages; `{position}` takes the `next_position` of one."
        parts = [
            fill(sentence(f"{summary}, item by item"), 8),
            fill(
                "Pages are fetched one after the other, each when its first item is asked for. "
                f"`{position}` says {begin} to begin. {again}",
                8,
            ),
            endpoint.line,
            "Args:\n" + "\n".join([*(each.doc for each in self._facade.arguments), OPTIONS_DOC]),
            "Returns:\n    The items of all pages.",
            "\n".join(
                (
                    "Raises:",
                    f"    InvalidArgument: `{position}` is not an integer.",
                    "    PaginationError: The server's pages do not advance.",
                    f"    {_as_raised(endpoint)}",
                )
            ),
        ]
        return "\n\n".join(parts)


def _as_raised(endpoint: Endpoint) -> str:
    return f"APIError: As `{endpoint.module}` raises."


def _iterator_name(method: str) -> str:
    for verb in ("get_", "list_"):
        if method.startswith(verb) and method != verb:
            return f"iter_{method.removeprefix(verb)}"
    return f"iter_{method}"
