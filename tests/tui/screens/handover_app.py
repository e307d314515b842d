"""One screen of the program on a real terminal: handover_app.py PAGE FOLDER STEM [STEM]."""

from __future__ import annotations

import sys
from pathlib import Path

from tui.terminal import environment, prepaint

environment.prepare()
opening = prepaint.begin("填表")

from textual import events  # noqa: E402

import tui.app  # noqa: E402
from domain.records.store import Store  # noqa: E402
from tui.app import FormApp  # noqa: E402
from tui.folders import Folders  # noqa: E402
from tui.screens.base import Page  # noqa: E402
from tui.session import Session  # noqa: E402


class PageApp(FormApp):
    """The program with another first screen."""

    CSS_PATH = str(Path(tui.app.__file__).with_name("app.tcss"))

    def on_mount(self, event: events.Mount) -> None:  # type: ignore[override]
        event.prevent_default()
        self.push_screen(self.first_page(), lambda _: self.exit(return_code=0))

    def first_page(self) -> Page:
        page, _, *stems = sys.argv[1:]
        opened = self.store.open(self.store.resolve(stems[0]))
        if page == "entry":
            from tui.screens.entry import EntryPage

            return EntryPage(Session(self.store, opened))
        from tui.screens.compare import ComparePage

        return ComparePage(self.store, stems[0], opened.record)


if __name__ == "__main__":
    report = opening.finish()
    base = Path(sys.argv[2])
    assert Store(base).paths()
    app = PageApp(Folders(base, base / "data", base / "config", base / "state", base / "cache"))
    sys.exit(app.run_terminal(report))
