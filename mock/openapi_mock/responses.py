"""Responses of handlers: built from return values, and checked against the document."""

from __future__ import annotations

from typing import Any

from .document import Node
from .messages import NO_BODY, Problem, Response, Violation, is_json
from .operations import DocumentedResponse, MediaType, Operation
from .validation import SchemaValidator, Validators


class ResponseChecker:
    """Checks the responses of one operation against the document."""

    def __init__(self, operation: Operation, validators: Validators) -> None:
        self._operation = operation
        self._success = operation.success
        self._success_status = success_status(self._success)
        self._validators: dict[tuple[str, str], SchemaValidator] = {}
        for documented in operation.responses.values():
            _check_made_up(documented, validators)
            for media_type in documented.content:
                if media_type.schema is not None:
                    key = documented.status, media_type.name
                    self._validators[key] = validators.compile(media_type.schema)
        self._checked: dict[tuple[int, str], SchemaValidator | None] = {}
        content = self._success.content if self._success else ()
        self._media_type = preferred(content)

    def response(self, result: Any) -> Response:
        """Return the response for a return value of a handler: a JSON value gets the first documented 2xx."""
        if isinstance(result, Response):
            return result
        if result is NO_BODY or (result is None and self._media_type is None):
            return Response(self._success_status)
        name = concrete(self._media_type.name, result) if self._media_type else "application/json"
        return Response(self._success_status, result, media_type=name)

    def check(self, response: Response) -> None:
        """Check that the document describes a response. Raises Problem (500, `invalid-response`)."""
        known = response.status, response.media_type
        if response.body is not NO_BODY and known in self._checked:
            _check_value(response, self._checked[known])
            return
        documented = self._operation.response(response.status)
        if documented is None:
            if not self._operation.responses:
                return
            raise _invalid(f"the status {response.status} is not documented")
        self._check_headers(response, documented)
        self._check_body(response, documented)
        if response.body is not NO_BODY and not documented.headers:
            self._checked[known] = self._validator(response, documented)

    def is_documented(self, response: Response) -> bool:
        """Return whether the document describes a response."""
        try:
            self.check(response)
        except Problem:
            return False
        return True

    def check_error(self, response: Response) -> None:
        """Check an error like `check`, unless its status is not documented."""
        documented = self._operation.error(response.status)
        if documented is not None and documented.content:
            self._check_body(response, documented)

    def _check_body(self, response: Response, documented: DocumentedResponse) -> None:
        if response.body is NO_BODY:
            if documented.content:
                raise _invalid(f"a body is documented for the status {response.status}, and there is none")
            return
        _check_value(response, self._validator(response, documented))

    def _validator(self, response: Response, documented: DocumentedResponse) -> SchemaValidator | None:
        """Return what a body has to fit. Raises Problem (500) if there is none of its media type."""
        name = response.media_type.partition(";")[0].strip().lower()
        media_type = next((each.name for each in documented.content if _covers(each.name, name)), None)
        if media_type is None:
            raise _invalid(f"a body of {name} is not documented for the status {response.status}")
        return self._validators.get((documented.status, media_type)) if is_json(name) else None

    def _check_headers(self, response: Response, documented: DocumentedResponse) -> None:
        if not documented.headers:
            return
        present = {name.lower() for name in response.headers}
        for header in documented.headers:
            if header.required and header.name not in present:
                raise _invalid(f"the header {header.name!r} is documented as required, and is not there")


def _check_made_up(documented: DocumentedResponse, validators: Validators) -> None:
    """Check what only responses that are made up need. Raises SpecificationError."""
    examples_of(documented)
    for header in documented.headers:
        example_of(header.node)
        if header.schema is not None:
            validators.compile(header.schema)


def _check_value(response: Response, validator: SchemaValidator | None) -> None:
    if validator and (violations := validator.violations(response.body, "body")):
        raise _invalid(
            f"the body of the status {response.status} is not what is documented", tuple(violations)
        )


def success_status(documented: DocumentedResponse | None) -> int:
    """Return the number for a documented success: `2XX` and `default` are 200.

    What stands for a success where none is documented has its own status; `3XX` is 300.
    """
    if documented is None or documented.status == "default":
        return 200
    return int(documented.status.replace("X", "0"))


def preferred(content: tuple[MediaType, ...]) -> MediaType | None:
    """Return the media type to respond with: JSON if there is one."""
    return next((each for each in content if is_json(each.name)), content[0] if content else None)


def concrete(name: str, body: Any) -> str:
    """Return a media type to send for a documented one, which may be a range such as `image/*`."""
    if "*" not in name:
        return name
    natural = "application/json"
    if isinstance(body, str | bytes):
        natural = "text/plain" if isinstance(body, str) else "application/octet-stream"
    return natural if _covers(name, natural) else name.replace("*", "octet-stream")


def _covers(documented: str, name: str) -> bool:
    return documented in {name, "*/*", f"{name.partition('/')[0]}/*"}


def example_of(node: Node) -> Any:
    """Return the first example of a media type, header or parameter object; NO_BODY if there is none."""
    if "example" in node.mapping():
        return node.value["example"]
    examples = node.get("examples")
    for _, example in examples.items() if examples else ():
        if "value" in example.mapping():
            return example.value["value"]
    return NO_BODY


def examples_of(documented: DocumentedResponse) -> dict[str, Any]:
    """Return the examples of a documented response by name, as far as they have values."""
    media_type = preferred(documented.content)
    examples = media_type.node.get("examples") if media_type else None
    return {
        name: each.value["value"]
        for name, each in (examples.items() if examples else ())
        if "value" in each.mapping()
    }


def _invalid(message: str, violations: tuple[Violation, ...] = ()) -> Problem:
    return Problem(500, "invalid-response", message, violations)
