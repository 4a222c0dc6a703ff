"""What a run of the fuzzing reached and found: counted, as a table of text, and as a page of HTML."""

from .coverage import Coverage

__all__ = ["Coverage"]
