"""The game's key: how it is checked, and how it gets into calls."""

from __future__ import annotations

import base64
import hmac
from typing import Any

from kongregate_client.errors import ConfigurationError
from openapi_runtime.operation import Operation
from openapi_runtime.types import UNSET


class Key:
    """A game's api_key. The `Supplier` of every argument that the API's description marks with its name."""

    def __init__(self, api_key: str) -> None:
        if not _is_key(api_key):
            raise ConfigurationError("api_key has to be the game's key: printable ASCII without spaces")
        self._text = api_key

    def supply(self, name: str, operation: Operation[Any, Any]) -> Any:
        """The key where it is asked for by its name, and UNSET otherwise."""
        return self._text if name == "api_key" else UNSET

    async def supply_async(self, name: str, operation: Operation[Any, Any]) -> Any:
        """The same, awaited."""
        return self.supply(name, operation)

    def matches(self, text: str) -> bool:
        """Whether a text is the key, in a time that does not tell how much of it is."""
        return hmac.compare_digest(text.encode(errors="surrogatepass"), self._text.encode())

    def signs(self, payload: str, signature: str) -> bool:
        """Whether a signature of a payload was made with the key, in a time that tells nothing."""
        digest = hmac.digest(self._text.encode(), payload.encode(errors="surrogatepass"), "sha256")
        own = base64.urlsafe_b64encode(digest).rstrip(b"=")
        return hmac.compare_digest(own, signature.encode(errors="surrogatepass"))


def _is_key(value: object) -> bool:
    # With an empty key, anybody could sign a callback.
    return (
        isinstance(value, str)
        and value.isascii()
        and value.isprintable()
        and bool(value)
        and " " not in value
    )
