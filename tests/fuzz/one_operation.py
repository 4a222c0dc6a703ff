"""A mock of one operation, for tests that say in a row what it is given and what becomes of it."""

from collections.abc import Mapping
from typing import Any, Final

from openapi_mock import Behaviour, Call, Document, Mock, Request, Response, operation

ABSENT: Final = "(absent)"


class Recorder(Behaviour):
    """Handles `it` with an empty success, and remembers the last call."""

    call: Call | None = None

    @operation("it")
    def record(self, call: Call) -> None:
        self.call = call


def document_of(described: Mapping[str, Any], path: str = "/", method: str = "post", **rest: Any) -> Document:
    """Return a document with one operation, `it`, and further parts."""
    operation_ = {"operationId": "it", "responses": {"200": {"description": "It."}}, **described}
    return Document({"openapi": "3.1.0", "paths": {path: {method: operation_}}, **rest})


def asked(document: Document, request: Request) -> tuple[Response, Call | None]:
    """Return the response to a request, and what the handler was called with."""
    behaviour = Recorder()
    with Mock(document, behaviour) as mock:
        return mock.handle(request), behaviour.call


def places(response: Response) -> list[str]:
    """Return what is wrong with a request: where, and by which keyword."""
    return [f"{each['in']}:{each['at']}:{each['keyword']}" for each in response.body["violations"]]
