# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""One operation of the API, and the work that all of them share: asking, decoding, raising."""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar
from urllib.parse import parse_qs, quote, quote_plus, unquote

import httpx
from attrs import field, frozen

from . import errors, wire
from .decoding import Decoder, parse_json
from .types import UNSET, Response, Unset

if TYPE_CHECKING:
    from .client import Client, Http

S = TypeVar("S")
F = TypeVar("F")
T = TypeVar("T")
E = TypeVar("E", bound=errors.APIError)

Reader = Callable[[httpx.Response], T]
Statuses = Mapping[int | str, Reader[T]]

_ESCAPE: Final = re.compile("%[0-9A-F]{2}")
_NOTHING_DOCUMENTED: Final[Mapping[int | str, Any]] = {}


# ---- Readers: what a documented body is


def json_body(of: Decoder[T]) -> Reader[T]:
    """A JSON body. One that comes under another media type is read all the same, if it is JSON."""

    def read(answer: httpx.Response) -> T:
        try:
            value = parse_json(answer.content)
        except errors.DecodeError as error:
            media = answer.headers.get("content-type", "")
            if not answer.content:
                error.got = "an empty body"
            elif media and "json" not in media.lower():
                error.got = f"a body of type {errors.shown(media, ())}"
            raise
        return of(value)

    return read


def text_body(of: Decoder[T]) -> Reader[T]:
    """A text body."""

    def read(answer: httpx.Response) -> T:
        charset = answer.charset_encoding or "utf-8"
        try:
            return of(str(answer.content, charset))
        except (LookupError, ValueError, TypeError):
            raise errors.DecodeError("text", f"bytes that are not {errors.shown(charset, ())}") from None

    return read


def bytes_body(answer: httpx.Response) -> bytes:
    """A body that is passed on as it is."""
    return answer.content


def no_body(answer: httpx.Response) -> None:
    """Nothing to read; what a server sends all the same is in `Response.content`."""
    del answer


def undocumented_body(answer: httpx.Response) -> Any:
    """The body of a failure that the API says nothing of: its JSON, if that is what it claims to be."""
    return parse_json(answer.content) if "json" in answer.headers.get("content-type", "").lower() else None


@frozen(eq=False, kw_only=True)
class Operation(Generic[S, F]):
    """One operation of the API. `S` is what a success gives, `F` the body of a documented failure.

    Attributes:
        id: Name of the operation in the API's description.
        method: `GET`, `POST` and so on.
        path: Path template, such as `/things/{thingId}`.
        security: Alternatives, each naming the schemes it needs together with their scopes. None at all: no
            security. An empty one among them: a call without credentials is fine as well.
        success: How the body of each documented success is read.
        failure: The same for every other documented status; also `4XX` and `default`.
        refusal: How the body of a failure is read that comes under a status of success.
        server: Where the operation lives, if not under the client's base URL.
        required: Names of the parameters outside the path that have to be sent.
        secrets: Names of the parameters and body fields whose values are never shown.
    """

    id: str
    method: str
    path: str
    security: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    success: Statuses[S] = field(default=_NOTHING_DOCUMENTED, repr=False)
    failure: Statuses[F] = field(default=_NOTHING_DOCUMENTED, repr=False)
    refusal: Statuses[F] = field(default=_NOTHING_DOCUMENTED, repr=False)
    server: str | None = None
    required: tuple[str, ...] = field(default=(), repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)

    # ---- asking

    def request(
        self,
        *,
        path: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        cookies: Mapping[str, object] | None = None,
        body: object = UNSET,
        media_type: str = "application/json",
    ) -> dict[str, Any]:
        """What httpx needs for one request. Arguments that are UNSET are not sent.

        Raises:
            MissingArgument: An argument of the path is empty, or a required parameter is None.
            InvalidArgument: An argument cannot be written; the message names it, and not its value.
        """
        try:
            return self._request(path or {}, query or {}, headers or {}, cookies or {}, body, media_type)
        except errors.InvalidArgument as error:
            why = errors.shown(str(error), ())
        # Out here, so that it has no context: what led to it may hold the value.
        raise self.complaint(errors.InvalidArgument, f": {why}")

    def complaint(self, of: type[E], why: str) -> E:
        """An error about a call as such, without an answer; its message begins with the operation's id."""
        return of(f"{self.id}{why}", operation_id=self.id, request_line=f"{self.method} {self.path}")

    def _request(
        self,
        path: Mapping[str, object],
        query: Mapping[str, object],
        headers: Mapping[str, object],
        cookies: Mapping[str, object],
        body: object,
        media_type: str,
    ) -> dict[str, Any]:
        request: dict[str, Any] = {"method": self.method, **self._target(path)}
        sent_headers = {name: wire.header(text, name) for name, text in self._pairs(headers)}
        if pairs := self._pairs(query):
            request["params"] = pairs
        if pairs := self._pairs(cookies):
            sent_headers["Cookie"] = "; ".join(
                f"{name}={wire.header(text, name, cookie=True)}" for name, text in pairs
            )
        if not isinstance(body, Unset):
            request |= wire.body(body, media_type)
            if "files" not in request:
                sent_headers["Content-Type"] = media_type
        if sent_headers:
            request["headers"] = sent_headers
        return request

    def _pairs(self, parameters: Mapping[str, object]) -> list[wire.Pair]:
        pairs = wire.pairs(parameters)
        if self.required:
            sent = {name for name, _ in pairs}
            for name in parameters:
                if name in self.required and name not in sent:
                    raise self.complaint(errors.MissingArgument, f" needs {name}, and got nothing to send")
        return pairs

    def _target(self, path: Mapping[str, object]) -> dict[str, Any]:
        """The URL; and for an `httpx.Auth` and ourselves the operation, the URL to show, and what that hides."""
        url = shown = self.path
        hidden: list[str] = []
        for name, value in path.items():
            place, segment = f"{{{name}}}", self._segment(name, value)
            url = url.replace(place, segment)
            shown = shown.replace(place, "***" if name in self.secrets else segment)
            if name in self.secrets:
                hidden += [segment, unquote(segment)]
        return {"url": url, "extensions": {"operation": self, "shown_url": shown, "hidden": hidden}}

    def _segment(self, name: str, value: object) -> str:
        segment = wire.segment(value, name)
        if not segment:
            why = f": {name} is part of the path {self.path} and cannot be empty"
            raise self.complaint(errors.MissingArgument, why)
        return segment

    def send(self, client: Client, request: dict[str, Any]) -> Response[S | F]:
        """Send a request and decode the answer, whatever its status.

        Raises:
            DecodeError: The body of a success is not what is documented.
            ConnectionFailed: No answer came.
            ConfigurationError: The client is closed.
        """
        return self._response(self._ask(client, request), request)

    async def send_async(self, client: Client, request: dict[str, Any]) -> Response[S | F]:
        """The same as `send`, awaited."""
        return self._response(await self._ask_async(client, request), request)

    def call(self, client: Client, request: dict[str, Any]) -> S:
        """Send a request and give back the value of its success.

        Raises:
            StatusError: The answer is not a documented success.
            DecodeError: The body of a success is not what is documented.
            ConnectionFailed: No answer came.
            ConfigurationError: The client is closed.
        """
        return self._value(self._ask(client, request), request)

    async def call_async(self, client: Client, request: dict[str, Any]) -> S:
        """The same as `call`, awaited."""
        return self._value(await self._ask_async(client, request), request)

    def _ask(self, client: Client, request: dict[str, Any]) -> httpx.Response:
        http = self._opened(client.get_httpx_client, request)
        auth = client.auth or httpx.USE_CLIENT_DEFAULT
        with self._failures_named(request):
            answer = http.send(self._built(request, http), auth=auth, stream=True)
            try:
                answer.read()
            except httpx.DecodingError:
                return self._without_body(answer, request)
            finally:
                answer.close()
        return answer

    async def _ask_async(self, client: Client, request: dict[str, Any]) -> httpx.Response:
        http = self._opened(client.get_async_httpx_client, request)
        auth = client.auth or httpx.USE_CLIENT_DEFAULT
        with self._failures_named(request):
            answer = await http.send(self._built(request, http), auth=auth, stream=True)
            try:
                await answer.aread()
            except httpx.DecodingError:
                return self._without_body(answer, request)
            finally:
                await answer.aclose()
        return answer

    def _opened(self, get: Callable[[], Http], request: dict[str, Any]) -> Http:
        # One that was closed before its first use is not made any more.
        with suppress(errors.ConfigurationError):
            http = get()
            if not http.is_closed:
                return http
        raise self._error(
            errors.ConfigurationError, request, "the client is closed: call through an open one"
        )

    def _built(self, request: dict[str, Any], http: httpx.Client | httpx.AsyncClient) -> httpx.Request:
        """The request itself, to where the operation lives."""
        if self.server is not None:
            request = {**request, "url": str(http.base_url.join(self.server)).rstrip("/") + request["url"]}
        with suppress(httpx.InvalidURL):
            return http.build_request(**request)
        why = "base_url and the arguments make no URL: one of them may be too long"
        raise self._error(errors.InvalidArgument, request, why)

    @contextmanager
    def _failures_named(self, request: dict[str, Any]) -> Generator[None]:
        try:
            yield
        except httpx.TimeoutException as error:
            why = f"no answer{_from(error)} in time"
            raise self._error(errors.TimedOut, request, why) from self._plain(error, request)
        except httpx.RequestError as error:
            raise self._no_answer(error, request, _from(error)) from self._plain(error, request)
        except httpx.InvalidURL as error:
            raise self._no_answer(error, request) from error
        # httpx stumbles over a server's cookie that no header can hold. What it raises holds that text.
        except UnicodeError as error:
            raise self._no_answer(error, request) from None
        except RuntimeError as error:
            if "event loop" not in str(error).lower():
                raise
            # The request may have gone out: a connection of another loop breaks while it waits.
            why = "the client's connections belong to another event loop: make one client for each"
            raise self._error(errors.ConnectionFailed, request, why) from error

    def _no_answer(self, error: Exception, request: dict[str, Any], source: str = "") -> errors.APIError:
        # The words of other errors may hold what was sent, in ways of their own.
        told = self._shown_reason(error) if isinstance(error, httpx.ConnectError) else ""
        why = ": ".join(filter(None, (type(error).__name__, told)))
        return self._error(errors.ConnectionFailed, request, f"no answer{source} ({why})")

    def _shown_reason(self, error: httpx.ConnectError) -> str:
        try:
            return errors.shown(str(error), _secrets(error.request, self.secrets))
        except RuntimeError:
            return ""

    def _plain(self, error: httpx.RequestError, request: dict[str, Any]) -> httpx.RequestError:
        """httpx's own error, with a request that shows no more than ours do: the query may hold secrets."""
        error.request = httpx.Request(self.method, request["extensions"]["shown_url"])
        return error

    # ---- understanding the answer

    def _without_body(self, answer: httpx.Response, request: dict[str, Any]) -> httpx.Response:
        """An answer whose body does not unpack: a failure stands without it, a success does not."""
        if self._success(answer.status_code) is None:
            return httpx.Response(answer.status_code, headers=answer.headers, request=answer.request)
        encoding = errors.shown(answer.headers.get("content-encoding", ""), ())
        wrong = errors.DecodeError(f"a body in {encoding}", "bytes that do not unpack")
        raise self._about_answer(wrong, answer, request, b"")

    def _value(self, answer: httpx.Response, request: dict[str, Any]) -> S:
        read = self._success(answer.status_code)
        if read is None:
            raise self._status_error(answer, request, self._failure_body(answer))
        is_success, parsed = self._decoded(read, answer, request)
        if is_success:
            value: S = parsed
            return value
        raise self._status_error(answer, request, parsed)

    def _response(self, answer: httpx.Response, request: dict[str, Any]) -> Response[S | F]:
        read = self._success(answer.status_code)
        if read is None:
            parsed = self._failure_body(answer)
        else:
            _, parsed = self._decoded(read, answer, request)
        return Response(
            status_code=answer.status_code, headers=answer.headers, content=answer.content, parsed=parsed
        )

    def _success(self, status: int) -> Reader[S] | None:
        return _documented(self.success, status) if 200 <= status < 300 else None

    def _decoded(self, read: Reader[S], answer: httpx.Response, request: dict[str, Any]) -> tuple[bool, Any]:
        """Whether it is a success after all, and its value; or the body of the failure told in its place."""
        try:
            return True, read(answer)
        except errors.DecodeError as error:
            wrong = error
        except RecursionError:
            wrong = errors.DecodeError("JSON", "values nested too deeply")
        refusal = _read_or_none(_documented(self.refusal, answer.status_code), answer)
        if refusal is None:
            raise self._about_answer(wrong, answer, request, answer.content)
        return False, refusal

    def _about_answer(
        self, error: errors.DecodeError, answer: httpx.Response, request: dict[str, Any], content: bytes
    ) -> errors.DecodeError:
        secrets = _secrets(answer.request, self.secrets)
        error.expected, error.got, error.path = (
            errors.shown(text, secrets) for text in (error.expected, error.got, error.path)
        )
        error.operation_id = self.id
        error.request_line = self._request_line(request)
        error.status = answer.status_code
        error.headers = answer.headers
        error.content = content
        return error

    def _failure_body(self, answer: httpx.Response) -> Any:
        read = _documented(self.failure, answer.status_code)
        return _read_or_none(undocumented_body if read in (None, no_body) else read, answer)

    def _status_error(self, answer: httpx.Response, request: dict[str, Any], body: Any) -> errors.StatusError:
        status = answer.status_code
        documented = _documented(self.failure, status) is not None
        plain = errors.StatusError if documented else errors.UnexpectedStatus
        kind = errors.class_of(status, body, plain)
        line = self._request_line(request)
        secrets = _secrets(answer.request, self.secrets)
        said = errors.shown(errors.message_of(body), secrets)
        code = errors.failure_code(body)
        failure = (
            ""
            if code is None
            else f", failure {errors.shown(code, secrets) if isinstance(code, str) else code}"
        )
        about = f": {said}" if said else ""
        if kind is errors.UnexpectedStatus:
            about = ", which the API does not document"
        if status == HTTPStatus.NOT_FOUND and status not in self.failure and body is None:
            about += "; is base_url right?"
        return kind(
            f"{self.id}: {line} answered {status}{_phrase(answer)}{failure}{about}",
            status=status,
            body=body,
            content=answer.content,
            headers=answer.headers,
            server_message=said or None,
            operation_id=self.id,
            request_line=line,
        )

    def _error(self, of: type[errors.APIError], request: dict[str, Any], why: str) -> errors.APIError:
        line = self._request_line(request)
        return of(f"{self.id}: {line}: {why}", operation_id=self.id, request_line=line)

    def _request_line(self, request: dict[str, Any]) -> str:
        return f"{self.method} {request['extensions']['shown_url']}"


def _documented(statuses: Statuses[T], status: int) -> Reader[T] | None:
    return statuses.get(status) or statuses.get(f"{status // 100}XX") or statuses.get("default")


def _from(error: httpx.RequestError) -> str:
    """The server that was asked, by host and port: the URL's other parts may hold secrets."""
    try:
        url = error.request.url
    except RuntimeError:
        return ""
    port = url.port or {"http": 80, "https": 443}.get(url.scheme)
    if not url.host or port is None:
        return ""
    return f" from {url.copy_with(port=None).netloc.decode('ascii')}:{port}"


def _read_or_none(read: Reader[T] | None, answer: httpx.Response) -> T | None:
    try:
        return read(answer) if read else None
    except (errors.DecodeError, RecursionError):
        return None


def _phrase(answer: httpx.Response) -> str:
    known = httpx.codes.get_reason_phrase(answer.status_code)
    return f" {known}" if known else ""


def _secrets(request: httpx.Request, names: tuple[str, ...]) -> tuple[str, ...]:
    """The credentials a request carries, in every form a server might repeat them."""
    cookies = [pair.partition("=")[2] for pair in request.headers.get("cookie", "").split("; ")]
    secrets = {*cookies, *request.extensions.get("hidden", ())}
    for name in ("authorization", "proxy-authorization"):
        value = request.headers.get(name, "")
        scheme, _, credentials = value.partition(" ")
        secrets |= {value, credentials or scheme}
        if scheme.lower() == "basic":
            secrets |= _basic_secrets(credentials)
    for name in names:
        secrets |= {request.headers.get(name, ""), *request.url.params.get_list(name), *_sent(request, name)}
    return tuple({form for secret in secrets if secret for form in _written(secret)})


def _written(secret: str) -> Iterator[str]:
    """A secret as it is, and as it stands in URLs, forms and JSON."""
    yield html.escape(secret)
    for in_url in (quote(secret), quote(secret, safe=""), quote_plus(secret)):
        yield from (in_url, _ESCAPE.sub(lambda escape: escape[0].lower(), in_url))
    for text in (secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]):
        yield from (text, text.replace("/", "\\/"))


def _basic_secrets(credentials: str) -> set[str]:
    try:
        return {base64.b64decode(credentials).decode().partition(":")[2]}
    except (binascii.Error, UnicodeDecodeError):
        return set()


def _sent(request: httpx.Request, name: str) -> list[str]:
    """Texts that the body of a request carries under a name."""
    try:
        body = request.read()
        if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return parse_qs(body.decode()).get(name, [])
        value = json.loads(body).get(name)
    except (ValueError, AttributeError, RuntimeError):
        return []
    return [str(value)] if isinstance(value, str | int) else []
