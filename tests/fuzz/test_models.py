"""Every model of every client reads, writes and refuses what its schema says, also those of callbacks."""

from openapi_fuzz import model_tests

from .test_metadata import TARGETS

TestModels = model_tests(*TARGETS.values())
