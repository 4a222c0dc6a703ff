"""The state of a behaviour: a database, its snapshots, rows and statements, and the seed it begins with."""

from .store import LoadError, Rows, Snapshot, Store, upsert

__all__ = ["LoadError", "Rows", "Snapshot", "Store", "upsert"]
