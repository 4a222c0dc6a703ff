"""Kids Web Services: the generated client, with tokens that are fetched and renewed as needed.

Start with `KWS` or `AsyncKWS`. Every error is an `APIError`, and can be imported from here.
"""

from typing import TYPE_CHECKING

# Not `from kws_client import errors`: pyright would read the `__all__` of `kws_client` for it.
import kws_client.errors as _client_errors
from kws_client.errors import *  # noqa: F403  # users catch every error from here; __all__ names them
from openapi_runtime.lazy import lazy_names

from . import errors as _errors
from .errors import *  # noqa: F403
from .sessions import KWS, AsyncKWS

if TYPE_CHECKING:
    from openapi_runtime.exchange import Attempt
    from openapi_runtime.options import Options

    from .access_token import Claims, decode_claims
    from .sign_in import Callback, SignIn, SignInURL, read_callback, read_implicit_callback
    from .version import __version__

__all__ = [
    "KWS",
    "AsyncKWS",
    "Attempt",
    "Callback",
    "Claims",
    "Options",
    "SignIn",
    "SignInURL",
    "__version__",
    "decode_claims",
    "read_callback",
    "read_implicit_callback",
]
__all__ += _client_errors.__all__
__all__ += _errors.__all__

__getattr__ = lazy_names(
    __name__,
    "openapi_runtime.exchange",
    "openapi_runtime.options",
    ".access_token",
    ".sign_in",
    ".version",
)
