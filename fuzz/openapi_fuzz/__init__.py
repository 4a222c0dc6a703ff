"""Fuzzing of a generated client against a server, driven by the OpenAPI document that both are made from.

    TestShop = openapi_fuzz.fuzz_tests(openapi_fuzz.Target("shop.yaml", "shop_client", mock=make_mock))

in a test module is enough: pytest then puts every operation through the client, sync and async, and raw, and
judges every request and every response. What a target may say about its API is described at `Target`; what a
server has to remember, at `Model`.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .channel import Channel
    from .clients.metadata import metadata_tests
    from .clients.model_behaviour import model_tests
    from .clients.refusals import argument_tests
    from .document import Document, Operation
    from .exchange import Call, Exchange, Parameters, is_positive
    from .failures import Failure
    from .faults import ClientFault, ServerFault
    from .fuzzer import Fuzzer
    from .models import Model
    from .report import Coverage
    from .requests.judging import HostileTarget
    from .requests.suite import hostile_request_tests
    from .responses.calling import Clients
    from .responses.suite import response_tests
    from .server import Server
    from .sessions import Opening, Session
    from .suite import fault_tests, fuzz_tests
    from .target import Target, TargetError

# Imported when first used: pytest loads the plugin in every run, also where nothing is fuzzed.
_MODULES = {
    "Call": "exchange",
    "Channel": "channel",
    "Clients": "responses.calling",
    "ClientFault": "faults",
    "Coverage": "report",
    "Document": "document",
    "Exchange": "exchange",
    "Failure": "failures",
    "Fuzzer": "fuzzer",
    "HostileTarget": "requests.judging",
    "Model": "models",
    "Opening": "sessions",
    "Operation": "document",
    "Parameters": "exchange",
    "Server": "server",
    "ServerFault": "faults",
    "Session": "sessions",
    "Target": "target",
    "TargetError": "target",
    "argument_tests": "clients.refusals",
    "fault_tests": "suite",
    "is_positive": "exchange",
    "metadata_tests": "clients.metadata",
    "fuzz_tests": "suite",
    "model_tests": "clients.model_behaviour",
    "response_tests": "responses.suite",
    "hostile_request_tests": "requests.suite",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = import_module(f".{_MODULES[name]}", __name__)
    except ModuleNotFoundError as missing:
        # Installed it has a name; in a checkout the folder stands for it.
        package = packages_distributions().get(__name__, ["."])[0]
        advice = f"fuzzing needs {missing.name}, which the clients do without: pip install '{package}[fuzz]'"
        raise ModuleNotFoundError(advice, name=missing.name) from missing
    return getattr(module, name)


__all__ = [
    "Call",
    "Channel",
    "ClientFault",
    "Clients",
    "Coverage",
    "Document",
    "Exchange",
    "Failure",
    "Fuzzer",
    "HostileTarget",
    "Model",
    "Opening",
    "Operation",
    "Parameters",
    "Server",
    "ServerFault",
    "Session",
    "Target",
    "TargetError",
    "argument_tests",
    "fault_tests",
    "fuzz_tests",
    "hostile_request_tests",
    "is_positive",
    "metadata_tests",
    "model_tests",
    "response_tests",
]
