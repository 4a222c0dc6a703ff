"""The game's API key."""

from __future__ import annotations

import base64
import hmac
import re
from typing import TYPE_CHECKING, Any

from kongregate_client.errors import ConfigurationError
from openapi_runtime.types import UNSET

if TYPE_CHECKING:
    from openapi_runtime.operation import Operation


class ApiKey:
    """The supplier of the argument `api_key`, and the key that callbacks are verified with."""

    def __init__(self, api_key: str) -> None:
        # With an empty key, anybody could sign a callback.
        if type(api_key) is not str or not re.fullmatch("[!-~]+", api_key):
            raise ConfigurationError("api_key has to be the game's key: printable ASCII without spaces")
        self._text = api_key

    def supply(self, name: str, operation: Operation[Any, Any], deadline: float | None = None) -> Any:
        """Return the key for an argument called `api_key`, and UNSET for any other."""
        del operation, deadline
        return self._text if name == "api_key" else UNSET

    async def supply_async(
        self, name: str, operation: Operation[Any, Any], deadline: float | None = None
    ) -> Any:
        """Return the key, as `supply` does."""
        return self.supply(name, operation, deadline)

    def matches(self, text: str) -> bool:
        """Return whether a text is the key, in constant time."""
        return hmac.compare_digest(self._text.encode(), text.encode(errors="surrogatepass"))

    def signs(self, payload: str, signature: str) -> bool:
        """Return whether a signature of a payload was made with the key, in constant time."""
        digest = hmac.digest(self._text.encode(), payload.encode(errors="surrogatepass"), "sha256")
        expected = base64.urlsafe_b64encode(digest).rstrip(b"=")
        return hmac.compare_digest(expected, signature.encode(errors="surrogatepass"))
