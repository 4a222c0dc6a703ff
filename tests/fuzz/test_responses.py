"""Whatever a server responds, a client returns what the document says, or raises a typed error of it."""

from __future__ import annotations

from openapi_fuzz import response_tests

from .test_apis import TARGETS

TestResponses = response_tests(*TARGETS)
