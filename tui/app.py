"""The full-screen app: wiring of store, screens and terminal, nothing else."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events

from domain.records.catalog import Catalog
from domain.records.codec import RecordError, decode
from domain.records.store import Opened, Store, read_text
from tui import wiring
from tui.folders import Folders
from tui.screens.fill import FillPage
from tui.screens.home import HomePage
from tui.session import progress
from tui.terminal.app import TerminalApp

if TYPE_CHECKING:
    from domain.changes import Record
    from domain.library import Library

WARM_UP_AFTER = 0.6
"""Seconds without a key before the next part of the engine is loaded."""

WARM_UP_STEP = 0.05
"""Seconds between two such parts, so that keys find their way in."""


class FormApp(TerminalApp):
    """tianbiao on the whole screen."""

    CSS_PATH = "app.tcss"

    def __init__(self, folders: Folders, record: str | None = None) -> None:
        super().__init__()
        self.folders = folders
        self.store = Store(folders.records)
        self.catalog = Catalog(self.store, folders.cache, progress)
        self.crash_report = folders.state / "crash.log"
        self._record = record
        self._filling: FillPage | None = None
        self._warming = wiring.warm_up(folders)
        self._key_at = 0.0

    def on_mount(self) -> None:
        """Open home, or the record of the command line and home behind it."""
        if self._record is None:
            self.push_screen(HomePage())
        elif self._record:
            self._fill(self.store.open(self.store.resolve(self._record)), end=True)
        else:
            self._fill(self.store.new(), end=True)
        self.set_timer(WARM_UP_AFTER, self._warm_up)

    # -- loading while nobody types --

    async def on_event(self, event: events.Event) -> None:
        """Remember when the last key came."""
        if isinstance(event, events.Key | events.Paste):
            self._key_at = monotonic()
        await super().on_event(event)

    def _warm_up(self) -> None:
        """Load one more part of engine and rules, unless the filer is typing."""
        idle = monotonic() - self._key_at
        if idle < WARM_UP_AFTER:
            self.set_timer(WARM_UP_AFTER - idle, self._warm_up)
        elif (step := next(self._warming, None)) is not None:
            step()
            self.set_timer(WARM_UP_STEP, self._warm_up)

    # -- records --

    def new_record(self, *, draft: bool = False) -> None:
        """Fill a new record, from a pasted description where wanted."""
        self._fill(self.store.new(), draft=draft)

    def open_record(self, stem: str) -> None:
        """Go on with a record of the folder."""
        try:
            self._fill(self.store.open(self.store.resolve(stem)))
        except (RecordError, OSError) as error:
            self.notice(f"打不开 {stem}：{error}")

    def _fill(self, opened: Opened, *, draft: bool = False, end: bool = False) -> None:
        dialogue = wiring.dialogue_of(self.folders, self.store, opened)
        if draft:
            dialogue.command("draft")
        self._filling = FillPage(dialogue)

        def closed(_: Any) -> None:
            self._filling = None
            if end:
                self.exit(return_code=0)

        self.push_screen(self._filling, closed)

    def roll_record(self, stem: str) -> None:
        """Begin next year's record from one of the folder."""
        from domain import rolling

        record = self._read(stem)
        if record is None:
            return
        year = rolling.next_year(record)
        if year is None:
            self.notice(f"{stem} 里没有年份，不知道结转到哪一年；请先打开它填上年份。")
            return
        self._fill(self.store.open(self.store.add(rolling.roll(record, year))))

    def preview_file(self, stem: str) -> None:
        """Show a record of the folder as the form."""
        from tui.screens.views import preview_page

        record = self._read(stem)
        if record is not None:
            self.push_screen(preview_page(record))

    def _read(self, stem: str) -> Record | None:
        """A record of the folder to look at; says why where it cannot be read."""
        try:
            return decode(read_text(self.store.resolve(stem))).record
        except (RecordError, OSError) as error:
            self.notice(f"打不开 {stem}：{error}")
            return None

    def delete_record(self, stem: str) -> Path:
        """Move a record to the trash; returns where it lies."""
        return self.store.delete(self.store.folder / f"{stem}.toml")

    def show_help(self) -> None:
        """Keys and commands."""
        from tui.screens.views import help_page

        self.push_screen(help_page())

    def library(self) -> Library:
        """The indicator library with the office's and the user's layers."""
        from domain.library import open_library

        return open_library(self.folders.data / "library")

    def browse_library(self) -> None:
        """Study the indicator library without a record."""
        from tui.screens.library import LibraryPage

        self.push_screen(LibraryPage(self.library()))

    def import_forms(self) -> None:
        """Turn forms from files or the clipboard into records."""
        from tui.screens.importing import ImportPage

        self.push_screen(ImportPage(self.store))

    def export_file(self, stem: str) -> None:
        """Write a record of the folder in another format."""
        from tui.screens.exporting import ExportPage

        record = self._read(stem)
        if record is not None:
            self.push_screen(ExportPage(record, stem))

    def open_learning(self) -> None:
        """Lessons and practice; no record is touched there."""
        from domain.training import ExerciseError
        from tui.screens.learn import LearnPage

        try:
            self.push_screen(LearnPage(self.folders))
        except ExerciseError as error:
            self.notice(f"学习打不开：{error}")

    # -- the terminal layer --

    def save_now(self) -> None:
        """Put everything on disk; called by signals and crashes too."""
        if self._filling is not None:
            self._filling.keep_typing()
            self._filling.dialogue.session.save()

    def action_leave(self) -> None:
        """Ctrl+Q does what F10 does."""
        page = self.screen
        leave = getattr(page, "action_leave_page", None)
        if leave is not None:
            leave()
