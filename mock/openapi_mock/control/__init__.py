"""What tests do to a mock besides calling it, from Python and over HTTP."""

from .control import Control, Controlled, StatelessError

__all__ = ["Control", "Controlled", "StatelessError"]
