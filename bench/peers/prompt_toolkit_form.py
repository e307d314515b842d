"""prompt_toolkit with the same rows as completions while typing; the first argument names a JSON file: rows by what was typed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from prompt_toolkit import prompt
from prompt_toolkit.completion import Completer, Completion


class Rows(Completer):
    """The rows that belong to the typed text."""

    def __init__(self, known: dict[str, list[str]]) -> None:
        self.known = known

    def get_completions(self, document: Any, complete_event: Any) -> Iterator[Any]:
        """Every row, in place of the typed text."""
        for row in self.known.get(document.text, []):
            yield Completion(row, start_position=-len(document.text))


rows = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
try:
    prompt("READY ", completer=Rows(rows), complete_while_typing=True, reserve_space_for_menu=7)
except KeyboardInterrupt:
    sys.exit(0)
