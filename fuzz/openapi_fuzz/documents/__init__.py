"""Random documents, schemas and values, and documents with something wrong: for whoever reads OpenAPI."""

from .damage import damaged_text, damaged_values
from .schemas import conflicting_schemas, schemas
from .values import values_of
from .whole import documents

__all__ = ["conflicting_schemas", "damaged_text", "damaged_values", "documents", "schemas", "values_of"]
