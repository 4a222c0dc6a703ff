"""Webhooks: their payloads and replies, which become models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from generator.document import Document, Json, contents, pascal
from generator.nodes import METHODS
from openapi_reader import is_object

if TYPE_CHECKING:
    from collections.abc import Iterator


@frozen
class Carried:
    """A schema of a payload or a reply.

    Attributes:
        name: The name of its class.
        is_reply: Whether it is a reply.
    """

    name: str
    schema: Json
    is_reply: bool


class Webhook:
    """A webhook of a document, with references followed."""

    def __init__(self, document: Document, name: str) -> None:
        self._document = document
        self._name = name
        self._item: Json = self._followed(document.data["webhooks"][name])
        self._operations: list[Json] = [self._item[method] for method in METHODS if method in self._item]

    @property
    def has_parameters(self) -> bool:
        """Whether it has parameters."""
        return any(each.get("parameters") for each in (self._item, *self._operations))

    def carried(self) -> Iterator[Carried]:
        """Yield payloads and replies, of any media type."""
        for operation in self._operations:
            name = pascal(operation.get("operationId", self._name))
            yield from self._held(operation.get("requestBody", {}), f"{name}Body", is_reply=False)
            for status, response in operation.get("responses", {}).items():
                yield from self._held(response, f"{name}Response{status}", is_reply=True)

    def _held(self, holder: Json, name: str, *, is_reply: bool) -> Iterator[Carried]:
        for media in contents(self._followed(holder)).values():
            schema = media.get("schema")
            if is_object(schema):
                texts = [*self._payloads_in_texts(schema)]
                found = [(name + pascal(key), payload) for key, payload in texts] or [(name, schema)]
                yield from (Carried(*each, is_reply) for each in found)

    def _payloads_in_texts(self, schema: Json) -> Iterator[tuple[str, Json]]:
        """Yield the `contentSchema` of fields. The object around it is a wrapper, and has no model."""
        wrapper = self._followed(schema)
        for key, each in wrapper.get("properties", {}).items() if is_object(wrapper) else ():
            text = self._followed(each)
            if is_object(text) and is_object(text.get("contentSchema")):
                yield key, text["contentSchema"]

    def _followed(self, node: Any) -> Any:
        return self._document.follow(node, ("webhooks", self._name))


def webhooks(document: Document) -> dict[str, Webhook]:
    """Return all webhooks of a document."""
    return {name: Webhook(document, name) for name in document.data.get("webhooks", {})}
