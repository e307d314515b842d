"""The indicator library (指标库): entries as reference sheets, reading, layering and checking them. No suggesting here.

Only what reading needs is imported with the package; checks (pydantic) and commands are modules of their own.
"""

from domain.library.entry import Entry
from domain.library.layers import Library, open_library
from domain.library.load import builtin_library, read_library

__all__ = ["Entry", "Library", "builtin_library", "open_library", "read_library"]
