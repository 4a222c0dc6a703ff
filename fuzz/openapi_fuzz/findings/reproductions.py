"""How to reproduce a finding: as lines of curl, and as Python that calls the client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import Enum
from textwrap import indent
from typing import Any, Final

from openapi_fuzz.binding import Arguments, bind
from openapi_fuzz.serialization import OWN_HEADERS, reference_request
from openapi_fuzz.values import InexpressibleError
from openapi_reader import is_array, is_object
from openapi_runtime import Unset

from .finding import Finding, SentCase, noted
from .masks import Masks, variable
from .pins import pinned

_LONGEST_MESSAGE: Final = 4000
_GENERATED: Final = OWN_HEADERS - {"content-type"}


def findings(error: BaseException, test: str) -> Iterator[Finding]:
    """Yield what a failed test found: one for each error that knows its calls, or one without calls."""
    found = [*noted(error)]
    for each, sent_cases in found:
        last = sent_cases[-1]
        masks = Masks(last.target.name, last.secrets)
        yield Finding(
            test,
            masks.hide(_message(each)),
            last.target.name,
            [sent.operation_id for sent in sent_cases],
            [curl(sent, masks) for sent in sent_cases],
            python(sent_cases, masks),
            pinned(sent_cases, masks),
        )
    if not found:
        yield Finding(test, _message(error))


def _message(error: BaseException) -> str:
    texts = [str(error) or type(error).__name__]
    inner: Sequence[BaseException] = getattr(error, "exceptions", ())
    texts += [str(each) for each in inner]
    return "\n".join(texts)[:_LONGEST_MESSAGE]


# ---- curl


def curl(sent: SentCase, masks: Masks) -> str:
    """Return the line that sends a case."""
    operation = sent.target.endpoints[sent.operation_id].operation
    request = reference_request(sent.case, sent.base_url, operation)
    url = str(request.url)
    words = ["curl", "-i"]
    if set("[]{}") & set(url):
        words.append("-g")
    if "/." in url:
        words.append("--path-as-is")
    words += ["-I"] if request.method == "HEAD" else ["-X", request.method]
    query = ""
    for scheme, scopes in sent.alternative.items():
        name = variable(sent.target.name, scheme, *scopes[:1])
        arguments, in_query = _credentials(sent.target.document.security_schemes[scheme], name)
        words += arguments
        query += in_query
    body = request.read()
    headers = {name: value for name, value in request.headers.items() if name not in _GENERATED}
    if body and "content-type" not in headers:
        words += ["-H", "'Content-Type:'"]
    for name, value in headers.items():
        words += ["-H", masks.for_shell(f"{name}: {value}" if value else f"{name};")]
    if body:
        words += ["--data-binary", masks.for_shell(body.decode("utf-8", "surrogateescape"))]
    mark = "&" if request.url.query else "?"
    return " ".join([*words, masks.for_shell(url) + (f'"{mark}{query}"' if query else "")])


def _credentials(scheme: Any, name: str) -> tuple[list[str], str]:
    """Return the arguments of curl for a security scheme, and what it puts into the query."""
    if scheme["type"] == "apiKey":
        key = scheme["name"]
        if scheme["in"] == "query":
            return [], f"{key}=${name}"
        return (["-b", f'"{key}=${name}"'] if scheme["in"] == "cookie" else ["-H", f'"{key}: ${name}"']), ""
    if scheme.get("scheme") == "basic":
        return ["-u", f'"${name}"'], ""
    return ["-H", f'"Authorization: Bearer ${name}"'], ""


# ---- Python


def python(sent_cases: Sequence[SentCase], masks: Masks) -> str:
    """Return a program that makes calls one after another, with the client where it can express them."""
    program = _Program(masks)
    for number, sent in enumerate(sent_cases, 1):
        program.call(sent, is_last=number == len(sent_cases))
    return program.text


class _Program:
    def __init__(self, masks: Masks) -> None:
        self._masks = masks
        self._imports: set[str] = set()
        self._blocks: list[str] = []

    @property
    def text(self) -> str:
        body = "\n\n".join(self._blocks)
        if "os.environ[" in body:
            self._imports.add("import os")
        modules = sorted(each for each in self._imports if each.startswith("import"))
        return "\n".join([*modules, *sorted(self._imports - {*modules}), "", body, ""])

    def call(self, sent: SentCase, *, is_last: bool) -> None:
        block = self._call(sent)
        if not is_last:
            self._imports.add(f"from {sent.target.package.__name__}.errors import APIError")
            block = f"try:\n{indent(block, '    ')}\nexcept APIError as error:\n    print(error)"
        self._blocks.append(block)

    def _call(self, sent: SentCase) -> str:
        try:
            arguments = bind(sent.case, sent.target.endpoints[sent.operation_id])
        except InexpressibleError:
            return self._raw(sent)
        expression = self._expression(sent, arguments)
        opened = f"{self._client(sent)} as client:"
        if sent.via != "async":
            return f"with {opened}\n    print({expression})"
        self._imports.add("import asyncio")
        name = f"call_{len(self._blocks) + 1}"
        body = f"    async with {opened}\n        print(await {expression})"
        return f"async def {name}():\n{body}\n\nasyncio.run({name}())"

    def _expression(self, sent: SentCase, arguments: Arguments) -> str:
        endpoint, package = sent.target.endpoints[sent.operation_id], sent.target.package.__name__
        if arguments.facade is not None:
            api = "AsyncApi" if sent.via == "async" else "Api"
            self._imports.add(f"from {package} import {api}")
            return f"{api}(client).{endpoint.tag}.{endpoint.method}({self._arguments(arguments.facade)})"
        parent, _, module = endpoint.module.__name__.rpartition(".")
        self._imports.add(f"from {parent} import {module}")
        call = "call_async" if sent.via == "async" else "call"
        return f"{module}.OPERATION.{call}(client, {module}.request({self._arguments(arguments.builder)}))"

    def _arguments(self, arguments: dict[str, Any]) -> str:
        given = {name: value for name, value in arguments.items() if not isinstance(value, Unset)}
        return ", ".join(f"{name}={self._source(value)}" for name, value in given.items())

    def _client(self, sent: SentCase) -> str:
        package, url = sent.target.package.__name__, self._source(sent.base_url)
        for scheme, scopes in sent.alternative.items():
            name = variable(sent.target.name, scheme, *scopes[:1])
            found = sent.target.document.security_schemes[scheme]
            secret = f'os.environ["{name}"]'
            if found["type"] == "http" and found.get("scheme") == "basic":
                self._imports |= {f"from {package} import Client", "import httpx"}
                return f'Client({url}, auth=httpx.BasicAuth(*{secret}.split(":", 1)))'
            self._imports.add(f"from {package} import AuthenticatedClient")
            if found["type"] == "apiKey" and found["in"] == "header":
                return (
                    f'AuthenticatedClient({url}, token={secret}, prefix="", '
                    f"auth_header_name={found['name']!r})"
                )
            if found["type"] != "apiKey":
                return f"AuthenticatedClient({url}, token={secret})"
        self._imports.add(f"from {package} import Client")
        return f"Client({url})"

    def _raw(self, sent: SentCase) -> str:
        """Return a request without the client, which has no way of saying it."""
        request = reference_request(sent.case, sent.base_url)
        self._imports.add("import httpx")
        headers = {name: value for name, value in request.headers.items() if name not in _GENERATED}
        parts = [repr(request.method), self._source(str(request.url)), f"headers={self._source(headers)}"]
        if body := request.read():
            parts.append(f"content={self._source(body)}")
        return f"# The client cannot express this request.\nprint(httpx.request({', '.join(parts)}))"

    def _source(self, value: Any) -> str:
        if isinstance(value, str) and not isinstance(value, Enum):
            return self._masks.for_python(str(value))
        if isinstance(value, Enum):
            return self._imported(type(value)) + f".{value.name}"
        if isinstance(value, dt.datetime | dt.date | dt.time):
            self._imports.add("import datetime")
            return f"datetime.{type(value).__name__}.fromisoformat({value.isoformat()!r})"
        if is_array(value):
            return f"[{', '.join(map(self._source, value))}]"
        if is_object(value):
            items = (f"{self._source(name)}: {self._source(item)}" for name, item in value.items())
            return f"{{{', '.join(items)}}}"
        if hasattr(value, "to_dict"):
            return f"{self._imported(value.__class__)}.from_dict({self._source(value.to_dict())})"
        return repr(value)

    def _imported(self, made: type[object]) -> str:
        self._imports.add(f"from {made.__module__} import {made.__name__}")
        return made.__name__
