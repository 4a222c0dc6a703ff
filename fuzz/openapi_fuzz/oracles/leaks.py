"""Secrets in what people get to see: log records, reprs, and exceptions with their causes."""

from __future__ import annotations

import traceback
from collections.abc import Collection, Iterator
from typing import Any, Final

from schemathesis import Case

from openapi_fuzz._schemathesis import headers_of
from openapi_fuzz.exchange import Exchange
from openapi_fuzz.media import is_json
from openapi_reader import is_array, is_object

from .logs import Log
from .tally import oracle

# Shorter ones stand in other words by chance.
SHORTEST_SECRET: Final = 8


class LeakDetector(Log):
    """Looks for secrets. As a handler of the root logger it sees every log record.

    Args:
        secrets: What is secret wherever it stands, beside what each exchange sends.
        names: The fields whose values are secret.
        vocabulary: What may be shown although a case has it for a secret: hypothesis draws words of the
            project's code, too.
    """

    def __init__(self, secrets: Collection[str], names: Collection[str], vocabulary: str) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._names = names
        self._secrets = tuple(secret for secret in secrets if len(secret) >= SHORTEST_SECRET)

    @oracle
    def check_secrets(self, exchange: Exchange, credentials: Collection[str] = ()) -> None:
        """No secret, also of the exchange's own, was shown since the last check.

        Args:
            exchange: What was sent and received.
            credentials: What clients have sent until now, also by themselves.
        """
        held = [each for each in credentials if len(each) >= SHORTEST_SECRET]
        secrets = {*self._secrets, *held, *self._secrets_of(exchange)}
        found = {
            (where, secret) for where, text in self._shown(exchange) for secret in secrets if secret in text
        }
        # What a case sends openly may be shown, also where hypothesis drew it for a secret, too.
        public = repr(without(_values(exchange.case), self._names))
        places = sorted(
            {
                where
                for where, secret in found
                if secret not in public and (secret in held or not self.is_ordinary(secret))
            }
        )
        if places:
            raise AssertionError("a secret is shown in " + ", ".join(places))

    def is_ordinary(self, secret: str) -> bool:
        """Return whether a drawn secret is a word of the client's code."""
        return secret not in self._secrets and secret in self._vocabulary

    def _shown(self, exchange: Exchange) -> Iterator[tuple[str, str]]:
        yield from (("a log record", text) for text in self.take())
        for each in (*exchange.calls, *exchange.refused):
            yield f"repr of the result ({each.flavour})", repr(each.value)
            if each.error is not None:
                # Without frames, which show code alone, and the harness's own.
                shown = "".join(traceback.format_exception(each.error, limit=0))
                yield f"the error ({each.flavour})", shown
                yield f"repr of the error ({each.flavour})", repr(each.error)
        yield "repr of the client", repr(exchange.session)

    def _secrets_of(self, exchange: Exchange) -> Iterator[str]:
        values = _values(exchange.case)
        if is_json(exchange.response.headers.get("content-type", "")):
            values.append(exchange.response.json())
        yield from (each for each in secret_values(values, self._names) if len(each) >= SHORTEST_SECRET)


def _values(case: Case[Any]) -> list[Any]:
    return [dict(case.path_parameters), dict(case.query), headers_of(case), dict(case.cookies), case.body]


def without(value: Any, names: Collection[str]) -> Any:
    """Return a JSON value without what stands under one of these names."""
    if is_object(value):
        return {name: without(item, names) for name, item in value.items() if name not in names}
    return [without(item, names) for item in value] if is_array(value) else value


def secret_values(value: Any, names: Collection[str]) -> Iterator[str]:
    """Yield the texts in a JSON value that stand under one of these names."""
    if is_object(value):
        for name, item in value.items():
            if name in names and isinstance(item, str):
                yield item
            yield from secret_values(item, names)
    elif is_array(value):
        for item in value:
            yield from secret_values(item, names)
