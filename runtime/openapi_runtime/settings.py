"""Checks of the settings of a client. Messages never show a value that may be a secret."""

from __future__ import annotations

import inspect
import ipaddress
import re
from collections.abc import Mapping
from typing import Any, Final, cast

import httpx

from .errors import ConfigurationError

_MAX_PORT: Final = 65535
_HEADER: Final = re.compile(r"([!-~]([\t -~]*[!-~])?)?")
_OWN_ARGUMENTS: Final = ("auth", "base_url")
_HANDLERS: Final = ("handle_request", "handle_async_request")
_PARAMETERS: Final = inspect.signature(httpx.Client).parameters
# A tool that watches httpx may have put a class in its place that passes all arguments on.
_TAKES_ANY: Final = any(each.kind is each.VAR_KEYWORD for each in _PARAMETERS.values())
_LONGEST_NAME: Final = 40


def check_url(argument: str, url: str, *, allow_http: bool = False) -> None:
    """Refuse a base URL that is malformed, has a query or credentials, or would send secrets unencrypted.

    Args:
        argument: Name of the argument, for the message.
        url: The URL.
        allow_http: Whether plain http may leave this machine.

    Raises:
        ConfigurationError: It is refused. The message does not show the URL, which may hold a password.
    """
    parts = _parsed(url)
    has_wrong_port = parts.port is not None and not 0 < parts.port <= _MAX_PORT
    if not parts.host or parts.scheme not in {"https", "http"} or has_wrong_port:
        raise ConfigurationError(f"{argument} has to be a URL such as https://api.example")
    if parts.userinfo or parts.query or parts.fragment:
        raise ConfigurationError(
            f"{argument} has to be a URL without user name, password, query and fragment"
        )
    if parts.scheme == "http" and not (allow_http or is_loopback(parts.host)):
        raise ConfigurationError(
            f"{argument} has to be https, or secrets travel in the clear; http is for loopback, and with "
            "allow_http=True for a test server in your own network"
        )


def _parsed(url: object) -> httpx.URL:
    """Return a URL; an empty one where it cannot be read."""
    try:
        parts = httpx.URL(url if type(url) is str else "")
        # The host is decoded on access, and may be no name at all.
        _ = parts.host
    except (httpx.InvalidURL, UnicodeError):
        return httpx.URL()
    return parts


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def fits_header(value: str) -> bool:
    """Return whether a header can carry a value: printable ASCII without spaces around it."""
    return _HEADER.fullmatch(value) is not None


def check_header(place: str, value: object) -> None:
    """Refuse a value that no header can carry. httpx's own message would show the whole value.

    Raises:
        ConfigurationError: It is not a string, or has other characters than printable ASCII.
    """
    if not isinstance(value, str):
        raise ConfigurationError(f"{place}: expected a string, got {type(value).__name__}")
    if not fits_header(value):
        raise ConfigurationError(f"{place}: expected printable ASCII without spaces around it")


def check_timeout(timeout: object) -> None:
    """Refuse a timeout that is neither seconds, nor an `httpx.Timeout`, nor None.

    Raises:
        ConfigurationError: It is none of them, or not more than 0 seconds.
    """
    if isinstance(timeout, int | float) and not isinstance(timeout, bool):
        if not 0 < timeout < float("inf"):
            raise ConfigurationError(
                f"timeout: expected more than 0 seconds, got {timeout}; None is no timeout"
            )
    elif timeout is not None and not isinstance(timeout, httpx.Timeout):
        kind = type(timeout).__name__
        raise ConfigurationError(
            f"timeout: expected seconds as a number, an httpx.Timeout or None, got {kind}"
        )


def check_httpx_args(arguments: object) -> None:
    """Refuse arguments of httpx that the client sets itself.

    Raises:
        ConfigurationError: They are not a mapping, or one of them is an argument of the client.
    """
    if not isinstance(arguments, Mapping):
        raise ConfigurationError(f"httpx_args: expected a mapping, got {type(arguments).__name__}")
    for name in _OWN_ARGUMENTS:
        if name in arguments:
            raise ConfigurationError(f"httpx_args: {name} is an argument of the client itself")
    _check_httpx_values(cast("Mapping[object, object]", arguments))


def _check_httpx_values(arguments: Mapping[object, object]) -> None:
    """Refuse what httpx would refuse only in the first call, with an error of its own."""
    unknown = [name for name in arguments if name not in _PARAMETERS]
    if unknown and not _TAKES_ANY:
        raise ConfigurationError(f"httpx_args: httpx.Client has no argument {_shown(unknown[0])}")
    transport = arguments.get("transport")
    if transport is not None and not any(hasattr(transport, name) for name in _HANDLERS):
        kind = type(transport).__name__
        raise ConfigurationError(f"httpx_args: transport: expected a transport of httpx, got {kind}")
    if "headers" in arguments and not _are_headers(arguments["headers"]):
        raise ConfigurationError(
            "httpx_args: headers: expected a mapping of names to values, both printable ASCII"
        )


def _shown(name: object) -> str:
    return repr(name[:_LONGEST_NAME]) if isinstance(name, str) else f"of type {type(name).__name__}"


def _are_headers(headers: Any) -> bool:
    try:
        httpx.Headers(headers)
    except (TypeError, ValueError, AttributeError):
        return False
    return True


def check_text(argument: str, value: object) -> None:
    """Refuse a value that is not text, or that cannot be written in UTF-8.

    Raises:
        ConfigurationError: It is refused. The message does not show it.
    """
    if not isinstance(value, str):
        raise ConfigurationError(f"{argument}: expected text, got {type(value).__name__}")
    if not is_encodable(value):
        raise ConfigurationError(f"{argument}: expected text without lone surrogates")


def is_encodable(text: str) -> bool:
    """Return whether a text can be written in UTF-8: it has no lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def check_callable(argument: str, value: object) -> None:
    """Refuse a value that cannot be called. Raises ConfigurationError."""
    if not callable(value):
        raise ConfigurationError(f"{argument}: expected a function, got {type(value).__name__}")


def check_flag(argument: str, value: object) -> None:
    """Refuse a value that is not a boolean: a text such as `"false"` would count as true.

    Raises:
        ConfigurationError: It is refused.
    """
    if not isinstance(value, bool):
        raise ConfigurationError(f"{argument}: expected True or False, got {type(value).__name__}")
