"""Whatever becomes of a request on its way, the mocks refuse it as documented, and write nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from openapi_fuzz import HostileTarget, hostile_request_tests
from openapi_mock import Mock, MovableClock, Request, Settings, load
from openapi_mock.control.api import control_mock
from openapi_mock.serving.asgi import asgi_app

from .test_apis import target

SPECS = Path(__file__).parents[2] / "openapi"
# The mock's time stands still, and its random numbers repeat, so that two responses can be the same.
NOW_MS = 1_767_225_600_000


def begin(mock: Mock[Any]) -> None:
    mock.control.reset()
    mock.random.seed(0)


def shown(mock: Mock[Any]) -> str:
    listed = control_mock(mock).handle(Request("GET", "/_mock/requests"))
    return "\n".join([*map(repr, mock.journal), *map(str, mock.journal), json.dumps(listed.body)])


def hostile(name: str) -> HostileTarget:
    spec = SPECS / f"{name}.yaml"
    settings = partial(Settings, clock=MovableClock(lambda: NOW_MS))
    return HostileTarget(
        replace(target(spec), mock=lambda: load(spec, settings=settings(random=Random(0)))),
        application=asgi_app,
        begin=begin,
        state=lambda mock: mock.control.snapshot().image,
        shown=shown,
        beside=("/_mock", "/health", "/docs", "/openapi.", "/parents", "/oauth", "/site", "/games"),
    )


TestHostileRequests = hostile_request_tests(*map(hostile, ("kws", "kongregate")))
