"""Checks of the settings of a client. Messages never show a value that may be a secret."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Final

import httpx

from .errors import ConfigurationError

_MAX_PORT: Final = 65535
_HEADER: Final = re.compile(r"([!-~]([\t -~]*[!-~])?)?")
_OWN_ARGUMENTS: Final = ("auth", "base_url")


def check_url(argument: str, url: str, *, allow_http: bool = False) -> None:
    """Refuse a base URL that is malformed, has a query or credentials, or would send secrets unencrypted.

    Args:
        argument: Name of the argument, for the message.
        url: The URL.
        allow_http: Whether plain http may leave this machine.

    Raises:
        ConfigurationError: It is refused. The message does not show the URL, which may hold a password.
    """
    try:
        parts = httpx.URL(url if type(url) is str else "")
    except httpx.InvalidURL:
        parts = httpx.URL()
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
