"""A mock server for any OpenAPI 3.1 document.

`load("NAME")` returns the mock of `openapi/NAME.yaml`, with the behaviour of the package `NAME_mock` if there
is one; `Mock` takes any document and any behaviour. A mock responds to requests without I/O: `asgi_app` and
`MockTransport` connect it to ASGI and httpx, `serve` to a loopback port. A `Behaviour` defines handlers
(methods under `@operation`), authentication and the bodies of errors.
"""

try:
    from .behaviour import Behaviour, Context, Credentials
    from .catalog import UnknownNameError, load
    from .clock import MovableClock
    from .document import Document, SpecificationError
    from .engine import MAX_BODY_SIZE, Mock
    from .handlers import HandlerError, operation
    from .messages import NO_BODY, Call, Principal, Problem, Request, Response, Violation
    from .multipart import File
    from .operations import Operation, Parameter, SecurityScheme
    from .serving.asgi import asgi_app
    from .serving.server import serve
    from .settings import Settings
    from .state.databases import UnusableDatabaseError
    from .state.seeds import SeedError
    from .transport import MockTransport
except ModuleNotFoundError as missing:
    import sys
    from importlib.metadata import packages_distributions

    # The name of the installed distribution; in a checkout its folder.
    package = packages_distributions().get(__name__, ["."])[0]
    advice = f"the mock needs {missing.name}, which the clients do without: pip install '{package}[mock]'"
    # While Python looks for the module of `python -m openapi_mock`, argv[0] is "-m".
    if sys.argv[:1] == ["-m"] and sys.orig_argv[-len(sys.argv)].endswith(__name__):
        sys.stderr.write(f"{__name__}: {advice}\n")
        sys.exit(2)
    raise ModuleNotFoundError(advice, name=missing.name) from missing

__all__ = [
    "MAX_BODY_SIZE",
    "NO_BODY",
    "Behaviour",
    "Call",
    "Context",
    "Credentials",
    "Document",
    "File",
    "HandlerError",
    "Mock",
    "MockTransport",
    "MovableClock",
    "Operation",
    "Parameter",
    "Principal",
    "Problem",
    "Request",
    "Response",
    "SecurityScheme",
    "SeedError",
    "Settings",
    "SpecificationError",
    "UnknownNameError",
    "UnusableDatabaseError",
    "Violation",
    "asgi_app",
    "load",
    "operation",
    "serve",
]
