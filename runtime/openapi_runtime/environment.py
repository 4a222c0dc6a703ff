"""Settings of a client that come from environment variables."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from .errors import ConfigurationError


def settings_of_environment(
    variables: Mapping[str, str], given: Mapping[str, object], *, required: Sequence[str], advice: str = ""
) -> dict[str, object]:
    """Return the settings that are given, and for each other one the value of its variable, if that is set.

    A variable that is empty counts as one that is not set.

    Args:
        variables: Name of the variable for each setting.
        given: Settings that need no variable.
        required: Settings that have to come from one of both.
        advice: What else could be done about a missing variable; a part of the message.

    Raises:
        ConfigurationError: A required setting is missing; the message names each variable, and no value.
    """
    found = {name: os.environ.get(variable) for name, variable in variables.items() if name not in given}
    missing = [variables[name] for name in required if name not in given and not found.get(name)]
    if missing:
        settings = ", ".join(f"{name}=…" for name in required if variables[name] in missing)
        raise ConfigurationError(
            f"not set in the environment, or empty: {', '.join(missing)}; or pass {settings}{advice}"
        )
    return {**{name: value for name, value in found.items() if value}, **given}
