"""What is done with the records of the folder (案头): each is read or opened, and shown on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from domain.records import naming
from domain.records.atomic import reason
from domain.records.codec import RecordError
from domain.records.store import Opened, Store
from tui.session import Session

if TYPE_CHECKING:
    from domain.changes import Record
    from tui.app import FormApp


class Desk:
    """The way from home to a record, which is named by its file's stem; what cannot be done is said, and home stays."""

    def __init__(self, app: FormApp) -> None:
        self._app = app

    @property
    def _store(self) -> Store:
        return self._app.store

    def _file(self, stem: str) -> Path:
        """The record's file, whatever is in it."""
        return self._store.folder / f"{stem}{naming.SUFFIX}"

    @contextmanager
    def _told(self, failed: str) -> Iterator[None]:
        """Say what failed, and why."""
        try:
            yield
        except (RecordError, OSError) as error:
            self._app.notice(f"{failed}：{reason(error)}")

    def _read(self, stem: str) -> Record | None:
        """A record to look at; None where it cannot be read, which is said."""
        with self._told(f"打不开 {stem}"):
            return self._store.record(stem)
        return None

    def _opened(self, stem: str) -> Opened:
        return self._store.open(self._store.resolve(stem))

    # -- filling --

    def new(self, *, draft: bool = False) -> None:
        """Fill a new record, from a pasted description where wanted."""
        try:
            opened = self._store.new()
        except RecordError as error:
            self._app.notice(str(error))
        else:
            self._app.fill(opened, draft=draft)

    def open(self, stem: str, *, check: bool = False) -> None:
        """Go on with a record, or look at its review first."""
        with self._told(f"打不开 {stem}"):
            self._app.fill(self._opened(stem), check=check)

    def roll(self, stem: str) -> None:
        """Begin next year's record from this one."""
        from domain import rolling

        record = self._read(stem)
        if record is None:
            return
        try:
            year = rolling.year_for(record)
        except rolling.NoYearError as error:
            self._app.notice(f"{stem} {error}；请先打开它填好年份。")
            return
        with self._told(f"{year}年的表没有存成"):
            self._app.fill(self._store.open(self._store.add(rolling.roll(record, year))))

    def copy(self, stem: str) -> None:
        """Begin another project's record from this one."""
        from domain import copying

        if (record := self._read(stem)) is not None:
            with self._told("没有另起成"):
                self._app.fill(self._store.open(self._store.add(copying.begun_from(record))))

    # -- looking, handing over --

    def preview(self, stem: str) -> None:
        """Show a record as the form."""
        from tui.screens.views import preview_page

        if (record := self._read(stem)) is not None:
            self._app.push_screen(preview_page(record))

    def export(self, stem: str) -> None:
        """Write a record in another format."""
        from tui.outgoing import of_file
        from tui.screens.exporting import ExportPage

        if (record := self._read(stem)) is not None:
            self._app.push_screen(ExportPage(of_file(self._app.folders, self._store.resolve(stem), record)))

    def take_in(self) -> None:
        """Turn forms from files or the clipboard into records."""
        from tui.screens.importing import ImportPage

        self._app.clear_notifications()
        self._app.push_screen(ImportPage(self._store, self._app.folders.state))

    # -- what was, what is broken, what goes --

    def history(self, stem: str) -> None:
        """Past states of a record; it is held while they are on screen."""
        from tui.screens.history import HistoryPage

        with self._told(f"打不开 {stem}"):
            session = Session(self._store, self._opened(stem))

            def closed(said: str | None) -> None:
                session.close()
                if said:
                    self._app.notice(said)

            self._app.push_screen(HistoryPage(session), closed)

    def trash(self) -> None:
        """What was deleted in the folder."""
        from tui.screens.history import TrashPage

        self._app.push_screen(TrashPage(self._store.folder))

    def mend(self, stem: str, problem: str) -> None:
        """What can be done with a record that cannot be read."""
        from tui.screens import damaged

        damaged.offer(self._app, self._file(stem), problem)

    def delete(self, stem: str) -> Path | None:
        """Move a record to the trash; returns where it lies, None where it could not be moved."""
        with self._told(f"没有移走 {stem}"):
            return self._store.delete(self._file(stem))
        return None
