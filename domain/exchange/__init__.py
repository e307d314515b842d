"""One module per file format: reading forms from outside and writing them for others.

`read` understands any file; `EXPORTERS` lists what can be written, `losses` what a target layout cannot hold.
"""

from __future__ import annotations

from domain.exchange.exporters import EXPORTERS, Exporter, exporter, file_name, losses
from domain.exchange.importers import IMPORTERS, Importer
from domain.exchange.oddities import Oddity, OddityKind
from domain.exchange.types import ExchangeError, ExportProblem, Imported, ImportProblem

__all__ = [
    "EXPORTERS",
    "IMPORTERS",
    "ExchangeError",
    "ExportProblem",
    "Exporter",
    "ImportProblem",
    "Imported",
    "Importer",
    "Oddity",
    "OddityKind",
    "exporter",
    "file_name",
    "losses",
    "read",
]


def read(data: bytes, name: str = "") -> tuple[Imported, ...]:
    """Every form in a file, whatever its format; raises ImportProblem. The readers are loaded on the first call."""
    from domain.exchange import sniff

    return sniff.read(data, name)
