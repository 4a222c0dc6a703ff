"""Log records, in which no secret may be shown."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager


class Log(logging.Handler):
    """Keeps the text of every log record."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record until it is taken."""
        self._texts.append(f"{record.name}: {self.format(record)}")

    def take(self) -> list[str]:
        """Return what was logged since the last time."""
        texts, self._texts = self._texts, []
        return texts


@contextmanager
def every_record_to(handler: logging.Handler) -> Generator[None]:
    """Give every log record to one handler alone: thousands of calls would slow down any other."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers
    root.setLevel(logging.DEBUG)
    root.handlers = [handler]
    try:
        yield
    finally:
        root.handlers = handlers
        root.setLevel(level)
