"""Kids Web Services: sessions that look after their tokens, over a client made from the API's description.

`KWS` and `AsyncKWS` are where to begin. Whatever a call raises is an `APIError`, and importable from here.
"""

# Not `from kws_client import errors`: pyright would read the `__all__` of `kws_client` for it.
import kws_client.errors as _client_errors
from kws_client.errors import *  # noqa: F403  # every error is a user's to catch; __all__ names them

from . import errors as _errors
from .claims import Claims, decode_claims
from .errors import *  # noqa: F403
from .sessions import KWS, AsyncKWS
from .sign_in import Callback, SignInURL, read_callback, read_implicit_callback

__all__ = [
    "KWS",
    "AsyncKWS",
    "Callback",
    "Claims",
    "SignInURL",
    "decode_claims",
    "read_callback",
    "read_implicit_callback",
]
__all__ += _client_errors.__all__
__all__ += _errors.__all__
