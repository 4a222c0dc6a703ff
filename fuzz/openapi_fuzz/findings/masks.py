"""Secrets, replaced by the names of environment variables wherever something is shown or kept."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from typing import Final

_SHORTEST: Final = 4
_NEEDS_QUOTES_OF_ITS_OWN: Final = re.compile(r'[^ -~]|["\\$`!]')


def variable(*names: str) -> str:
    """Return the name of an environment variable, such as `SHOP_BEARER_APP` of `shop`, `bearer`, `app`."""
    return "_".join(re.sub(r"\W+", "_", name).strip("_").upper() for name in names if name)


class Masks:
    """Replaces secrets of one API.

    Args:
        target: Name of the API, with which the variables begin.
        secrets: The secrets. Those of a run are the same in the next one as far as their order is.
    """

    def __init__(self, target: str, secrets: Sequence[str]) -> None:
        kept = [each for each in dict.fromkeys(secrets) if len(each) >= _SHORTEST]
        self._variables: Mapping[str, str] = {
            secret: variable(target, "secret", str(number)) for number, secret in enumerate(kept, 1)
        }
        longest_first = sorted(kept, key=len, reverse=True)
        self._secret = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        self._variable = re.compile("|".join(rf"\${name}\b" for name in self._variables.values()) or r"(?!)")
        self._secrets = {f"${name}": secret for secret, name in self._variables.items()}

    def hide(self, text: str) -> str:
        """Return a text with variables in place of secrets."""
        return self._secret.sub(lambda found: f"${self._variables[found[0]]}", text)

    def reveal(self, text: str) -> str:
        """Return a text with the secrets that `hide` took out of it."""
        return self._variable.sub(lambda found: self._secrets[found[0]], text)

    def for_shell(self, text: str) -> str:
        """Return a text as one word of a shell."""
        if not self._secret.search(text):
            return _quoted(text)
        if not _NEEDS_QUOTES_OF_ITS_OWN.search(text):
            return f'"{self.hide(text)}"'
        parts = self._secret.split(text)
        names = [f'"${self._variables[each]}"' for each in self._secret.findall(text)]
        return "".join(
            (_quoted(part) if part else "") + name for part, name in zip(parts, [*names, ""], strict=True)
        )

    def for_python(self, text: str) -> str:
        """Return a text as an expression of Python."""
        names = [f'os.environ["{self._variables[each]}"]' for each in self._secret.findall(text)]
        parts = [repr(each) if each else "" for each in self._secret.split(text)]
        terms = [term for pair in zip(parts, [*names, ""], strict=True) for term in pair if term]
        return " + ".join(terms) or "''"


def _quoted(text: str) -> str:
    if text.isprintable():
        return shlex.quote(text)
    octets = text.encode("utf-8", "surrogateescape")
    return "$'" + "".join(_escaped(octet) for octet in octets) + "'"


def _escaped(octet: int) -> str:
    character = chr(octet)
    if character in "\\'":
        return f"\\{character}"
    # An escape takes all hexadecimal digits that follow it, and of octal ones three.
    return character if " " <= character <= "~" else f"\\{octet:03o}"
