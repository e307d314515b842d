"""The derived forms that a wheel brings along, so that the first start after installing does not wait for TOML either."""

from __future__ import annotations

from pathlib import Path

from domain import derived, framework
from domain.data import data_path
from domain.library.load import BUILTIN, FORMAT, builtin_library, builtin_path, read_library, rows_of
from domain.library.search import INITIALS_FORMAT, INITIALS_NAME, Finder


def ship_all(folder: Path) -> list[Path]:
    """Write the derived forms of library and frameworks into a folder and return their paths; raises OSError."""
    path = builtin_path()
    initials = (path, data_path("pinyin_initials.txt"))
    return [
        derived.ship(folder, BUILTIN, (path,), lambda: rows_of(read_library(path)), FORMAT),
        derived.ship(folder, INITIALS_NAME, initials, Finder(builtin_library()).initials, INITIALS_FORMAT),
        derived.ship(folder, framework.DERIVED, (framework.source(),), framework.read_document, framework.FORMAT),
    ]
