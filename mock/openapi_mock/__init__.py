"""A mock server for any OpenAPI 3.1 document.

`Mock` answers requests without I/O; `asgi_app` and `MockTransport` put it behind ASGI and httpx, `serve`
behind a loopback port. A `Behaviour` gives it handlers, credentials and the wording of errors.
"""

from .asgi import asgi_app
from .behaviour import Behaviour, Context, Credentials
from .catalog import UnknownNameError, load
from .document import Document, SpecificationError
from .engine import MAX_BODY_SIZE, Mock
from .messages import NO_BODY, Call, Principal, Problem, Reply, Request, Violation
from .operations import Operation, Parameter, SecurityScheme
from .server import serve
from .transport import MockTransport

__all__ = [
    "MAX_BODY_SIZE",
    "NO_BODY",
    "Behaviour",
    "Call",
    "Context",
    "Credentials",
    "Document",
    "Mock",
    "MockTransport",
    "Operation",
    "Parameter",
    "Principal",
    "Problem",
    "Reply",
    "Request",
    "SecurityScheme",
    "SpecificationError",
    "UnknownNameError",
    "Violation",
    "asgi_app",
    "load",
    "serve",
]
