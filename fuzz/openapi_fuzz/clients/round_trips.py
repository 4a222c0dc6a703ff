"""Round trips: what a caller gives is what a server gets, however it is written between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import strategies as st

from openapi_fuzz.channel import Channel
from openapi_fuzz.document import Document
from openapi_fuzz.documents import values_of
from openapi_fuzz.oracles.tally import oracle
from openapi_fuzz.serialization import same_json, same_values
from openapi_fuzz.sessions import HALVES
from openapi_fuzz.target import Target
from openapi_fuzz.values import typed
from openapi_reader import is_array, is_object
from openapi_runtime import File

PLACES: Final = ("path", "query", "header", "cookie")


@dataclass(frozen=True)
class Sent:
    """The JSON values that a caller gives to one operation.

    Attributes:
        operation_id: The operation.
        values: Values of parameters by place and name.
        body: The body, in a list of its own; no list has none.
    """

    operation_id: str
    values: Mapping[str, Mapping[str, Any]]
    body: tuple[Any, ...] = ()


def sent_values(document: Document, operation_id: str) -> st.SearchStrategy[Sent]:
    """Return a strategy for what a caller may give to an operation."""
    operation = document.operations[operation_id]
    places: dict[str, Any] = {}
    for place in PLACES:
        there = [each for each in operation.parameters if each["in"] == place]
        strategies = {each["name"]: _sayable(values_of(each["schema"], document.resolve)) for each in there}
        required = {each["name"]: strategies.pop(each["name"]) for each in there if each.get("required")}
        places[place] = st.fixed_dictionaries(required, optional=strategies)
    # Of several media types, the client has one.
    bodies = [values_of(each, document.resolve) for each in operation.bodies[:1]]
    return st.builds(Sent, st.just(operation_id), st.fixed_dictionaries(places), st.tuples(*bodies))


def send(channel: Channel, sent: Sent, choice: int = 0) -> Any:
    """Send values through the client, sync or async by the choice, and return the value of the response."""
    endpoint = channel.endpoints[sent.operation_id]
    arguments: dict[str, Any] = {}
    for place, values in sent.values.items():
        for name, value in values.items():
            found = endpoint.builder.find(name, place)
            if found is None:
                raise AssertionError(f"{sent.operation_id}: the client has no argument for {place} {name!r}")
            arguments[found[0]] = typed(found[1], value)
    for value in sent.body:
        arguments["body"] = typed(endpoint.builder.arguments["body"], _with_files(value))
    request = endpoint.module.request(**arguments)
    half = HALVES[choice % len(HALVES)]
    client = next(iter(channel.sessions.values())).facade(half).client
    if half == "sync":
        return endpoint.operation.call(client, request)
    return channel.run(endpoint.operation.call_async(client, request))


@oracle
def check_arrival(target: Target, sent: Sent, values: Mapping[str, Mapping[str, Any]], *body: Any) -> None:
    """A server gets what a caller gives: the same values, and nothing else.

    Args:
        target: The API.
        sent: What was sent.
        values: What a server got, by place and name, with names of headers in whatever case.
        *body: The body that it got, with a file as its bytes.
    """
    endpoint = target.endpoints[sent.operation_id]
    for place in PLACES:
        given, got = (of.get(place, {}) for of in (sent.values, values))
        if {*given} != {*got}:
            raise AssertionError(f"{sent.operation_id}: sent {place} {sorted(given)}, got {sorted(got)}")
        for name, value in given.items():
            _, annotation = endpoint.builder.find(name, place) or ("", Any)
            same = same_json(value, got[name]) or typed(annotation, value) == typed(annotation, got[name])
            if not same:
                raise AssertionError(f"{sent.operation_id}: sent {place} {name} {value!r}, got {got[name]!r}")
    if not same_values([*sent.body], [*body]):
        raise AssertionError(f"{sent.operation_id}: sent {sent.body!r}, got {body!r}")


def _sayable(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Leave out what no parameter can say: an object without fields is none at all."""
    return values.filter(lambda value: value not in ([], {}, None))


def _with_files(value: Any) -> Any:
    """Return a body with a file in the place of bytes."""
    if isinstance(value, bytes):
        return value
    if is_object(value):
        return {name: File(each) if isinstance(each, bytes) else each for name, each in value.items()}
    return [_with_files(each) for each in value] if is_array(value) else value
