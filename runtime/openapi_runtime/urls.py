"""Checks of URLs: requests go over TLS, or to this machine."""

from __future__ import annotations

import ipaddress
from typing import Final

import httpx

from .errors import ConfigurationError

_MAX_PORT: Final = 65535


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
