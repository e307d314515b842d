"""The full-screen app with one of the pages on top, for tests on a real terminal: library, study, import, export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from tui.terminal import environment, prepaint

environment.prepare()
opening = prepaint.begin("填表")

from textual import events  # noqa: E402

import tui.app  # noqa: E402
from domain.library import open_library  # noqa: E402
from domain.records.files import read_record  # noqa: E402
from tui import wiring  # noqa: E402
from tui.app import FormApp  # noqa: E402
from tui.folders import folders  # noqa: E402
from tui.screens.base import Page  # noqa: E402


class Host(FormApp):
    """Opens the page, says what it came back with in a file, and ends."""

    CSS_PATH = tui.app.__file__.replace("app.py", "app.tcss")

    def __init__(self, wanted: str, directory: str) -> None:
        super().__init__(folders(directory))
        self._wanted = wanted

    def on_mount(self, event: events.Mount) -> None:
        event.prevent_default()  # no home behind it
        self.push_screen(self._page(), self._ended)

    def _ended(self, result: Any) -> None:
        Path("result.txt").write_text(repr(result), encoding="utf-8")
        self.exit(return_code=0)

    def _page(self) -> Page:
        if self._wanted == "import":
            from tui.screens.importing import ImportPage

            return ImportPage(self.store, self.folders.state)
        if self._wanted == "export":
            from tui.outgoing import of_file
            from tui.screens.exporting import ExportPage

            path = self.store.paths()[0]
            return ExportPage(of_file(self.folders, path, read_record(path)))
        from tui.screens.library import LibraryPage

        opened = self.store.open(self.store.paths()[0]) if self._wanted == "library" else None
        return LibraryPage(open_library(), wiring.dialogue_of(self.folders, self.store, opened) if opened else None)


report = opening.finish()
sys.exit(Host(sys.argv[1], sys.argv[2]).run_terminal(report))
