"""The engine of every generated client.

A generated package declares operations and models; here is how they are called, sent, decoded and raised.
"""

from .client import AuthenticatedClient, Client, Supplier
from .types import UNSET, File, Response, Unset

__all__ = ["UNSET", "AuthenticatedClient", "Client", "File", "Response", "Supplier", "Unset"]
