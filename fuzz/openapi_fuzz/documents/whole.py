"""Random documents of operations that have parameters, bodies and responses of random schemas."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from hypothesis import strategies as st

from .schemas import schemas

Document: TypeAlias = dict[str, Any]

_REFERENCES: Final = ("#/components/schemas/First", "#/components/schemas/Second")
_WORD: Final = {"type": "string", "pattern": "^[a-z]{1,8}$"}
_SINGLE: Final = (
    *({"type": "string", "minLength": 1}, {"type": "integer"}, {"type": "boolean"}, {"enum": ["a", "b c"]}),
    *({"type": "string", "format": form} for form in ("date", "date-time", "uuid")),
)
_ITEMS: Final = ({"type": "integer"}, _WORD, {"type": "string", "enum": ["red", "green"]})
_QUERY_STYLES: Final = (("form", True), ("form", False), ("spaceDelimited", False), ("pipeDelimited", False))


@st.composite
def documents(draw: st.DrawFn, *, operations: int = 3) -> Document:
    """Return a document. Every operation echoes its body, or takes parameters and returns nothing."""
    named = {name.rpartition("/")[2]: draw(schemas(_REFERENCES, depth=2)) for name in _REFERENCES}
    paths: dict[str, Any] = {}
    for number in range(operations):
        template = draw(st.sampled_from(["/things{0}/{{id}}", "/things{0}/{{id}}.json", "/{{id}}/things{0}"]))
        paths[template.format(number)] = {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": draw(_single())}],
            "get": {**_named("find", number), "parameters": draw(_parameters()), "responses": _NOTHING},
            "post": {
                **_named("echo", number),
                "requestBody": {"required": True, "content": (content := draw(_content()))},
                "responses": {"200": {"description": "What was sent.", "content": content}},
            },
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Random", "version": "1"},
        "servers": [{"url": "https://random.example"}],
        "paths": paths,
        "components": {"schemas": named},
    }


_NOTHING: Final = {"204": {"description": "Nothing."}}


def _named(verb: str, number: int) -> dict[str, Any]:
    return {"operationId": f"{verb}{number}", "tags": [f"things{number}"]}


def _single() -> st.SearchStrategy[Any]:
    return st.sampled_from(_SINGLE)


def _content() -> st.SearchStrategy[Any]:
    return schemas(_REFERENCES).map(lambda schema: {"application/json": {"schema": schema}})


@st.composite
def _parameters(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = [{"name": f"single{index}", "in": "query", "schema": draw(_single())} for index in range(2)]
    style, explode = draw(st.sampled_from(_QUERY_STYLES))
    items = {"type": "array", "items": draw(st.sampled_from(_ITEMS))}
    found.append({"name": "several", "in": "query", "style": style, "explode": explode, "schema": items})
    fields = {"type": "object", "properties": {"colour": _WORD, "size": {"type": "integer"}}}
    found.append({"name": "filter", "in": "query", "style": "deepObject", "explode": True, "schema": fields})
    found.append({"name": "X-Word", "in": "header", "schema": _WORD})
    found.append({"name": "crumb", "in": "cookie", "schema": _WORD})
    for each in found:
        each["required"] = draw(st.booleans())
    return draw(st.permutations(found).map(lambda shuffled: shuffled[:4]))
