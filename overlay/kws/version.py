"""The version of the distribution that holds this package."""

from __future__ import annotations

from typing import Final

from openapi_runtime.version import version_of

__version__: Final = version_of("kws-clients")
