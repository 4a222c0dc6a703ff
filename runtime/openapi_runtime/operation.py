"""One operation of an API: building its request, sending it, and reading the response."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast
from urllib.parse import urlencode

import httpx
from attrs import field, frozen

from . import outcomes, serialization
from .bodies import Reader
from .decoding import encode
from .errors import NO_ERROR_CLASSES, APIError, ErrorClasses, InvalidArgument, MissingArgument
from .messages import HTTPRequest, joined_headers
from .options import Options, phases_of
from .redaction import LoggedURL, redact
from .types import UNSET, Response, Unset

if TYPE_CHECKING:
    from .client import Client
    from .messages import HTTPResponse

S = TypeVar("S")
F = TypeVar("F")
T = TypeVar("T")
E = TypeVar("E", bound=APIError)

Status = int | str
"""A status such as 404, a range such as `4XX`, or `default`."""
Readers = Mapping[Status, Reader[T]]

_NONE_DOCUMENTED: Final[Mapping[Status, Any]] = {}
# As httpx has it.
_LONGEST_URL: Final = 65_536
_OF_BODY: Final = frozenset(("content-length", "content-type", "transfer-encoding"))


@frozen(eq=False, kw_only=True)
class Request:
    """A request of an operation, ready to be sent by any client.

    Attributes:
        url: Path relative to the base URL, with the arguments in it.
        shown_url: The same path, with `***` for each secret.
        query: Names and values of the query, in order.
        headers: Headers of this request alone.
        body: Arguments of httpx for the body.
        secrets: The values that must not be shown.
    """

    url: str
    shown_url: str
    query: Sequence[serialization.Pair]
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    secrets: Collection[str] = field(repr=False)


@frozen(eq=False, kw_only=True)
class Operation(Generic[S, F]):
    """One operation of an API. `S` is the value of a success, `F` the body of a documented failure.

    Attributes:
        id: Name of the operation in the API's description.
        method: `GET`, `POST` and so on.
        path: Path template, such as `/things/{thingId}`.
        security: Alternatives, each naming the schemes it needs with their scopes. None at all: no security.
            An empty one among them: a call without credentials is allowed too.
        success: Reader of the body for each documented success.
        failure: Reader of the body for each other documented status.
        failure_in_success: Reader of a failure that the body reports under the status of a success.
        errors: The classes that failures are raised as.
        server: Where the operation lives, if not under the client's base URL.
        base_paths: Paths that the base URLs of the API's own servers end with; none if one has no path.
        required: Names of the parameters outside the path that have to be sent.
        secrets: Names of the parameters and body fields whose values are never shown.
        idempotent: Whether a request may be sent twice although its method says nothing of it.
    """

    id: str
    method: str
    path: str
    security: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    success: Readers[S] = field(default=_NONE_DOCUMENTED, repr=False)
    failure: Readers[F] = field(default=_NONE_DOCUMENTED, repr=False)
    failure_in_success: Readers[F] = field(default=_NONE_DOCUMENTED, repr=False)
    errors: ErrorClasses = field(default=NO_ERROR_CLASSES, repr=False)
    server: str | None = None
    base_paths: tuple[str, ...] = ()
    required: tuple[str, ...] = field(default=(), repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    idempotent: bool = False

    @property
    def request_line(self) -> str:
        """Method and path template, such as `GET /things/{thingId}`."""
        return f"{self.method} {self.path}"

    def error(self, of: type[E], why: str) -> E:
        """Return an error of a call that sent nothing; its message begins with the operation's id."""
        return of(f"{self.id}{why}", operation_id=self.id, request_line=self.request_line)

    # ---- building a request

    def request(
        self,
        *,
        path: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        cookies: Mapping[str, object] | None = None,
        body: object = UNSET,
        media_type: str = "application/json",
    ) -> Request:
        """Build a request from arguments by name. Those that are UNSET are not sent.

        Raises:
            MissingArgument: An argument of the path is empty, or a required parameter is None.
            InvalidArgument: An argument cannot be written; the message names it, and not its value.
        """
        try:
            return self._request(path or {}, query or {}, headers or {}, cookies or {}, body, media_type)
        except InvalidArgument as error:
            why = redact(str(error))
        # Raised outside `except`, so that `__context__` cannot hold the value.
        raise self.error(InvalidArgument, f": {why}")

    def _request(
        self,
        path: Mapping[str, object],
        query: Mapping[str, object],
        headers: Mapping[str, object],
        cookies: Mapping[str, object],
        body: object,
        media_type: str,
    ) -> Request:
        url, shown_url = self._urls(path)
        sent_query = self._pairs(query)
        sent_cookies = self._pairs(cookies)
        sent_headers = {name: serialization.header(text, name) for name, text in self._pairs(headers)}
        if sent_cookies:
            sent_headers["Cookie"] = serialization.cookie_header(sent_cookies)
        sent_body: dict[str, Any] = {}
        if not isinstance(body, Unset):
            sent_body = serialization.body(body, media_type)
            if "files" not in sent_body:
                sent_headers["Content-Type"] = media_type
        secrets = self._secret_values(path, query, headers, cookies, body) if self.secrets else ()
        return Request(
            url=url,
            shown_url=shown_url,
            query=sent_query,
            headers=sent_headers,
            body=sent_body,
            secrets=frozenset(secrets),
        )

    def _pairs(self, parameters: Mapping[str, object]) -> list[serialization.Pair]:
        pairs = serialization.pairs(parameters)
        if self.required:
            sent = {name for name, _ in pairs}
            for name in parameters:
                if name in self.required and name not in sent:
                    raise self.error(MissingArgument, f" needs {name}, and got nothing to send")
        return pairs

    def _urls(self, path: Mapping[str, object]) -> tuple[str, str]:
        url = shown = self.path
        for name, value in path.items():
            segment = serialization.segment(value, name)
            if not segment:
                why = f": {name} is part of the path {self.path} and cannot be empty"
                raise self.error(MissingArgument, why)
            url = url.replace(f"{{{name}}}", segment)
            shown = shown.replace(f"{{{name}}}", "***" if name in self.secrets else segment)
        return url, shown

    def _secret_values(self, *places: object) -> Iterator[str]:
        for place in places:
            if isinstance(fields := encode(place), Mapping):
                yield from _texts(cast("Mapping[str, object]", fields).get(name) for name in self.secrets)

    # ---- sending it

    def call(self, client: Client, request: Request, options: Options | None = None) -> S:
        """Send a request and return the value of its success.

        Raises:
            StatusError: The response is not a documented success.
            DecodeError: The body of a success is not what is documented.
            ConnectionFailed: No response came.
            ConfigurationError: The client is closed.
        """
        return outcomes.value(self, request, self._send(client, request, options))

    async def call_async(self, client: Client, request: Request, options: Options | None = None) -> S:
        """Send a request and return the value of its success, as `call` does."""
        return outcomes.value(self, request, await self._send_async(client, request, options))

    def send(self, client: Client, request: Request, options: Options | None = None) -> Response[S | F]:
        """Send a request and return the decoded response, whatever its status.

        Raises:
            DecodeError: The body of a success is not what is documented.
            ConnectionFailed: No response came.
            ConfigurationError: The client is closed.
        """
        return outcomes.response(self, request, self._send(client, request, options))

    async def send_async(
        self, client: Client, request: Request, options: Options | None = None
    ) -> Response[S | F]:
        """Send a request and return the decoded response, as `send` does."""
        return outcomes.response(self, request, await self._send_async(client, request, options))

    def _send(self, client: Client, request: Request, options: Options | None) -> HTTPResponse:
        merged = client.begun(options, self)
        try:
            received = client.send(self, self._outgoing(client, request, merged), merged)
            return outcomes.unpacked(self, request, received, merged)
        except outcomes.FAILURES as error:
            failure = outcomes.failure(self, request, error)
        # Raised outside `except`, so that `__context__` cannot hold what was sent.
        raise failure from failure.__cause__

    async def _send_async(self, client: Client, request: Request, options: Options | None) -> HTTPResponse:
        merged = client.begun(options, self)
        try:
            received = await client.send_async(self, self._outgoing(client, request, merged), merged)
            return outcomes.unpacked(self, request, received, merged)
        except outcomes.FAILURES as error:
            failure = outcomes.failure(self, request, error)
        raise failure from failure.__cause__

    def _outgoing(self, client: Client, request: Request, options: Options) -> HTTPRequest:
        url = request.url if not request.query else f"{request.url}?{urlencode(request.query)}"
        if len(url) > _LONGEST_URL:
            raise self.failure_of(InvalidArgument, request, "the arguments make a URL that is too long")
        headers, content = request.headers, request.body.get("content")
        if "files" in request.body:
            content, framing = _multipart(request.body["files"])
            headers = {**headers, **framing}
        return HTTPRequest(
            method=self.method,
            url=url if self.server is None else _joined(client.base_url, self.server) + url,
            logged=LoggedURL(request.url, request.shown_url, self.secrets),
            headers=joined_headers(options.headers or {}, headers),
            content=content.encode() if isinstance(content, str) else content,
            phases=phases_of(options.timeout),
            max_size=options.max_response_size or 0,
            operation=self,
            auth=client.httpx_auth,
        )

    def failure_of(self, of: type[E], request: Request, why: str) -> E:
        """Return an error of a call; its message begins with the operation's id, method and path."""
        line = self.shown_line(request)
        return of(f"{self.id}: {line}: {why}", operation_id=self.id, request_line=line)

    def shown_line(self, request: Request) -> str:
        """Return method and path of a request, without secrets."""
        return f"{self.method} {request.shown_url}"


def _texts(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, serialization.Joined):
            yield from _texts([encode(value.values)])
        elif isinstance(value, serialization.Label | serialization.Matrix):
            yield from _texts([encode(value.value)])
        elif isinstance(value, list):
            yield from _texts(cast("list[object]", value))
        elif isinstance(value, str | int):
            yield str(value)


@lru_cache(maxsize=64)
def _joined(base_url: str, server: str) -> str:
    return str(httpx.URL(base_url).join(server)).rstrip("/")


def _multipart(files: Sequence[Any]) -> tuple[Any, Mapping[str, str]]:
    """Return a body of parts, as httpx writes it, and the headers that describe it."""
    built = httpx.Request("POST", "http://127.0.0.1", files=files)
    described = {name: value for name, value in built.headers.items() if name in _OF_BODY}
    return built.stream if files else None, described
