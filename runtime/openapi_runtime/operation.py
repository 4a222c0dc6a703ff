"""One operation of an API: building its request, sending it, and reading the response."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast
from urllib.parse import unquote

import httpx
from attrs import field, frozen

from . import serialization
from .bodies import Reader, no_body, undocumented_body
from .decoding import encode
from .errors import (
    NO_ERROR_CLASSES,
    APIError,
    ConnectionFailed,
    DecodeError,
    ErrorClasses,
    InvalidArgument,
    MissingArgument,
    StatusError,
    TimedOut,
    UnexpectedStatus,
    UnusableClient,
    failure_code,
    message_of,
)
from .redaction import LoggedURL, credentials_of, logging_as, redact
from .types import UNSET, Response, Unset

if TYPE_CHECKING:
    from .client import Client

S = TypeVar("S")
F = TypeVar("F")
T = TypeVar("T")
E = TypeVar("E", bound=APIError)

Status = int | str
"""A status such as 404, a range such as `4XX`, or `default`."""
Readers = Mapping[Status, Reader[T]]

_NONE_DOCUMENTED: Final[Mapping[Status, Any]] = {}
_SUCCESSES: Final = range(200, 300)
# Statuses of a server that has another thing, or nothing, where the API should be.
_ELSEWHERE: Final = range(300, 500)
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


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

    def call(self, client: Client, request: Request) -> S:
        """Send a request and return the value of its success.

        Raises:
            StatusError: The response is not a documented success.
            DecodeError: The body of a success is not what is documented.
            ConnectionFailed: No response came.
            ConfigurationError: The client is closed.
        """
        return self._value(self._send(client, request), request)

    async def call_async(self, client: Client, request: Request) -> S:
        """Send a request and return the value of its success, as `call` does."""
        return self._value(await self._send_async(client, request), request)

    def send(self, client: Client, request: Request) -> Response[S | F]:
        """Send a request and return the decoded response, whatever its status.

        Raises:
            DecodeError: The body of a success is not what is documented.
            ConnectionFailed: No response came.
            ConfigurationError: The client is closed.
        """
        return self._response(self._send(client, request), request)

    async def send_async(self, client: Client, request: Request) -> Response[S | F]:
        """Send a request and return the decoded response, as `send` does."""
        return self._response(await self._send_async(client, request), request)

    def _send(self, client: Client, request: Request) -> httpx.Response:
        with self._sending(request):
            http = client.get_httpx_client()
            response = http.send(
                self._built(request, http), auth=client.auth or httpx.USE_CLIENT_DEFAULT, stream=True
            )
            try:
                response.read()
            except httpx.DecodingError:
                return self._without_body(response, request)
            finally:
                response.close()
        return response

    async def _send_async(self, client: Client, request: Request) -> httpx.Response:
        with self._sending(request):
            http = client.get_async_httpx_client()
            response = await http.send(
                self._built(request, http), auth=client.auth or httpx.USE_CLIENT_DEFAULT, stream=True
            )
            try:
                await response.aread()
            except httpx.DecodingError:
                return self._without_body(response, request)
            finally:
                await response.aclose()
        return response

    def _built(self, request: Request, http: httpx.Client | httpx.AsyncClient) -> httpx.Request:
        url = request.url if self.server is None else _joined(http.base_url, self.server, request.url)
        with suppress(httpx.InvalidURL):
            return http.build_request(
                self.method,
                url,
                params=[*request.query] or None,
                headers=request.headers,
                extensions={"operation": self},
                **request.body,
            )
        why = "base_url and the arguments make no URL: one of them may be too long"
        raise self._error(InvalidArgument, request, why)

    @contextmanager
    def _sending(self, request: Request) -> Generator[None]:
        """Log the URL without secrets, and name the operation in what goes wrong on the way."""
        try:
            with logging_as(LoggedURL(request.url, request.shown_url, self.secrets)):
                yield
        except UnusableClient as error:
            raise self._error(UnusableClient, request, str(error)) from None
        except httpx.TimeoutException as error:
            why = f"no response{_from_host(error)} in time"
            raise self._error(TimedOut, request, why) from self._redacted(error, request)
        except httpx.RequestError as error:
            raise self._no_response(error, request) from self._redacted(error, request)
        except httpx.InvalidURL as error:
            why = f"no response ({type(error).__name__})"
            raise self._error(ConnectionFailed, request, why) from error
        except UnicodeEncodeError as error:
            # A cookie of the server that no header can carry, which httpx's error shows.
            why = f"no response ({type(error).__name__})"
            raise self._error(ConnectionFailed, request, why) from None

    def _no_response(self, error: httpx.RequestError, request: Request) -> APIError:
        # The text of other errors may hold what was sent.
        reason = redact(str(error), _secrets(error, request)) if isinstance(error, httpx.ConnectError) else ""
        why = ": ".join(filter(None, (type(error).__name__, reason)))
        return self._error(ConnectionFailed, request, f"no response{_from_host(error)} ({why})")

    def _redacted(self, error: httpx.RequestError, request: Request) -> httpx.RequestError:
        """Return httpx's own error with a request that shows no secret."""
        error.request = httpx.Request(self.method, request.shown_url)
        return error

    # ---- reading the response

    def _without_body(self, response: httpx.Response, request: Request) -> httpx.Response:
        """Return a failure whose body cannot be unpacked without it; raise if it is a success."""
        if self._success_reader(response.status_code) is None:
            return httpx.Response(response.status_code, headers=response.headers, request=response.request)
        encoding = redact(response.headers.get("content-encoding", ""))
        error = DecodeError(f"a body in {encoding}", "bytes that cannot be unpacked")
        raise self._decode_error(error, response, request, b"")

    def _value(self, response: httpx.Response, request: Request) -> S:
        read = self._success_reader(response.status_code)
        if read is None:
            raise self._status_error(response, request, self._failure_body(response))
        is_success, parsed = self._parsed(read, response, request)
        if not is_success:
            raise self._status_error(response, request, parsed)
        value: S = parsed
        return value

    def _response(self, response: httpx.Response, request: Request) -> Response[S | F]:
        read = self._success_reader(response.status_code)
        parsed = self._failure_body(response) if read is None else self._parsed(read, response, request)[1]
        return Response(
            status_code=response.status_code,
            headers=response.headers,
            content=response.content,
            parsed=parsed,
        )

    def _success_reader(self, status: int) -> Reader[S] | None:
        return _documented(self.success, status) if status in _SUCCESSES else None

    def _parsed(self, read: Reader[S], response: httpx.Response, request: Request) -> tuple[bool, Any]:
        """Return whether this is a success after all, and its value or else the body of the failure."""
        try:
            return True, read(response)
        except DecodeError as caught:
            error = caught
        except RecursionError:
            error = DecodeError("JSON", "values nested too deeply")
        failure = _read_or_none(_documented(self.failure_in_success, response.status_code), response)
        if failure is None:
            raise self._decode_error(error, response, request, response.content)
        return False, failure

    def _decode_error(
        self, error: DecodeError, response: httpx.Response, request: Request, content: bytes
    ) -> DecodeError:
        secrets = _secrets(response, request)
        error.expected, error.got, error.path = (
            redact(text, secrets) for text in (error.expected, error.got, error.path)
        )
        error.operation_id = self.id
        error.request_line = self._shown_line(request)
        error.status = response.status_code
        error.headers = response.headers
        error.content = content
        return error

    def _failure_body(self, response: httpx.Response) -> Any:
        read = _documented(self.failure, response.status_code)
        return _read_or_none(undocumented_body if read in (None, no_body) else read, response)

    def _status_error(self, response: httpx.Response, request: Request, body: Any) -> StatusError:
        status = response.status_code
        documented = _documented(self.failure, status) is not None
        kind = self.errors.of(status, body, documented=documented)
        secrets = _secrets(response, request)
        message = redact(message_of(body), secrets)
        code = failure_code(body)
        failure = "" if code is None else f", failure {redact(str(code), secrets)}"
        about = f": {message}" if message else ""
        if kind is UnexpectedStatus:
            about = ", which the API does not document"
        about += self._doubt(response, request, body)
        line = self._shown_line(request)
        return kind(
            f"{self.id}: {line} answered {status}{_phrase(status)}{failure}{about}",
            status=status,
            body=body,
            content=response.content,
            headers=response.headers,
            server_message=message or None,
            operation_id=self.id,
            request_line=line,
        )

    def _doubt(self, response: httpx.Response, request: Request, body: Any) -> str:
        """Return the question whether the base URL is right, for a failure that may not be the API's own."""
        status = response.status_code
        reader = _documented(self.failure, status)
        is_foreign = reader is None or (body is None and reader is not no_body)
        if is_foreign and status in _ELSEWHERE and self._lacks_base_path(response, request):
            return f"; is base_url right? The API's own ends with {' or '.join(self.base_paths)}"
        is_undocumented = status == HTTPStatus.NOT_FOUND and status not in self.failure
        return "; is base_url right?" if is_undocumented and body is None else ""

    def _lacks_base_path(self, response: httpx.Response, request: Request) -> bool:
        path = response.request.url.raw_path.decode("ascii").partition("?")[0]
        return bool(self.base_paths) and not path.removesuffix(request.url).endswith(self.base_paths)

    def _error(self, of: type[APIError], request: Request, why: str) -> APIError:
        line = self._shown_line(request)
        return of(f"{self.id}: {line}: {why}", operation_id=self.id, request_line=line)

    def _shown_line(self, request: Request) -> str:
        return f"{self.method} {request.shown_url}"


def _texts(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, serialization.Joined):
            yield from _texts([encode(value.values)])
        elif isinstance(value, list):
            yield from _texts(cast("list[object]", value))
        elif isinstance(value, str | int):
            yield str(value)


def _joined(base_url: httpx.URL, server: str, path: str) -> str:
    return str(base_url.join(server)).rstrip("/") + path


def _documented(readers: Readers[T], status: int) -> Reader[T] | None:
    return readers.get(status) or readers.get(f"{status // 100}XX") or readers.get("default")


def _read_or_none(read: Reader[T] | None, response: httpx.Response) -> T | None:
    try:
        return read(response) if read else None
    except (DecodeError, RecursionError):
        return None


def _from_host(error: httpx.RequestError) -> str:
    """Name the server by host and port: the other parts of the URL may hold secrets."""
    with suppress(RuntimeError):
        url = error.request.url
        port = url.port or _DEFAULT_PORTS.get(url.scheme)
        if url.host and port is not None:
            return f" from {url.copy_with(port=None).netloc.decode('ascii')}:{port}"
    return ""


def _phrase(status: int) -> str:
    known = httpx.codes.get_reason_phrase(status)
    return f" {known}" if known else ""


def _secrets(sent: httpx.Response | httpx.RequestError, request: Request) -> set[str]:
    """Return the secrets that went out with a request, its credentials among them."""
    secrets = {form for value in request.secrets for form in (value, unquote(value))}
    with suppress(RuntimeError):
        secrets |= set(credentials_of(sent.request.headers))
    return secrets - {""}
