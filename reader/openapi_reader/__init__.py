"""Read YAML or JSON files into JSON values, and remember the line of each value.

Plain scalars are those of YAML 1.2: `no` and dates are strings. What a file means is for others to decide.
"""

from .pointers import Pointer, format_pointer, line_of, places_on, pointer_to
from .reading import ReadError, Tree, parse, read
from .values import is_array, is_object

__all__ = [
    "Pointer",
    "ReadError",
    "Tree",
    "format_pointer",
    "is_array",
    "is_object",
    "line_of",
    "parse",
    "places_on",
    "pointer_to",
    "read",
]
