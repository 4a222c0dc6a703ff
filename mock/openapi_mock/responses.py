"""The mock's own answers: made from what a handler returned, and checked against the document."""

from __future__ import annotations

from typing import Any

from .document import Node
from .messages import NO_BODY, Problem, Reply, Violation, is_json
from .operations import MediaType, Operation, Response
from .validation import SchemaValidator, Validators


class ResponseChecker:
    """Knows what one operation may answer."""

    def __init__(self, operation: Operation, validators: Validators) -> None:
        self._operation = operation
        self._success = operation.success
        self._success_status = success_status(self._success)
        self._validators: dict[tuple[str, str], SchemaValidator] = {}
        for response in operation.responses.values():
            for media_type in response.content:
                if media_type.schema is not None:
                    key = response.status, media_type.name
                    self._validators[key] = validators.compile(media_type.schema)
        content = self._success.content if self._success else ()
        self._media_type = preferred(content)

    def reply(self, result: Any) -> Reply:
        """What a handler returned, as a Reply: a value goes with the first documented 2xx."""
        if isinstance(result, Reply):
            return result
        if result is NO_BODY or (result is None and self._media_type is None):
            return Reply(self._success_status)
        name = concrete(self._media_type.name, result) if self._media_type else "application/json"
        return Reply(self._success_status, result, media_type=name)

    def check(self, reply: Reply) -> None:
        """Raises Problem (500, `invalid-response`) for a reply that the document does not describe."""
        response = self._operation.response(reply.status)
        if response is None:
            raise _invalid(f"the status {reply.status} is not documented")
        self._check_headers(reply, response)
        self._check_body(reply, response)

    def check_error(self, reply: Reply) -> None:
        """Like `check`, for an error: one whose status is not documented may be anything."""
        response = self._operation.error(reply.status)
        if response is not None and response.content:
            self._check_body(reply, response)

    def _check_body(self, reply: Reply, response: Response) -> None:
        if reply.body is NO_BODY:
            if response.content:
                raise _invalid(f"a body is documented for the status {reply.status}, and there is none")
            return
        name = reply.media_type.partition(";")[0].strip().lower()
        documented = next((each.name for each in response.content if _covers(each.name, name)), None)
        if documented is None:
            raise _invalid(f"a body of {name} is not documented for the status {reply.status}")
        validator = self._validators.get((response.status, documented)) if is_json(name) else None
        if validator and (violations := validator.violations(reply.body, "body")):
            raise _invalid(
                f"the body of the status {reply.status} is not what is documented", tuple(violations)
            )

    def _check_headers(self, reply: Reply, response: Response) -> None:
        if not response.headers:
            return
        present = {name.lower() for name in reply.headers}
        for header in response.headers:
            if header.required and header.name not in present:
                raise _invalid(f"the header {header.name!r} is documented as required, and is not there")


def success_status(response: Response | None) -> int:
    """The number for a documented success: `2XX` and `default` are 200."""
    return int(response.status) if response and response.status.isdecimal() else 200


def preferred(content: tuple[MediaType, ...]) -> MediaType | None:
    """The media type to answer with: JSON if there is one."""
    return next((each for each in content if is_json(each.name)), content[0] if content else None)


def concrete(name: str, body: Any) -> str:
    """A media type to send for a documented one, which may be a range such as `image/*`."""
    if "*" not in name:
        return name
    natural = "application/json"
    if isinstance(body, str | bytes):
        natural = "text/plain" if isinstance(body, str) else "application/octet-stream"
    return natural if _covers(name, natural) else name.replace("*", "octet-stream")


def _covers(documented: str, name: str) -> bool:
    return documented in {name, "*/*", f"{name.partition('/')[0]}/*"}


def example_of(node: Node) -> Any:
    """The first example of a media type, header or parameter object; NO_BODY if there is none."""
    if "example" in node.mapping():
        return node.value["example"]
    examples = node.get("examples")
    for _, example in examples.items() if examples else ():
        if "value" in example.mapping():
            return example.value["value"]
    return NO_BODY


def _invalid(message: str, violations: tuple[Violation, ...] = ()) -> Problem:
    return Problem(500, "invalid-response", message, violations)
