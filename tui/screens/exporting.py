"""Exporting a record (导出): the formats, what each of them cannot hold, and where the file goes."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult

from domain.exchange import Exporter, ExportProblem
from domain.records.atomic import make_folder, reason
from tui import keymap, pathing
from tui.outgoing import Outgoing, failure
from tui.screens.base import Page
from tui.screens.text import TextPage
from tui.widgets.field import LineField
from tui.widgets.lines import Lines
from tui.widgets.look import ERROR, HELP, PLAIN, STRONG, Line, clipped, columns, cut, wrapped
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from tui.terminal.app import TerminalApp

COMPLETE = "全部内容都装得下，再导入就是同一张表。"
HELD = "这张表里填了的内容都装得下。"
BUSY = "正在写文件，请稍候"
ABOUT_ROWS = 6
"""Rows for what a format cannot hold, at least; the help key shows the rest."""

HOLD = 1.0
"""Seconds that typed-ahead keys wait for a file to be written."""


class ExportPage(Page, screen="export"):
    """Dismisses with the paths of the files written, () where there are none."""

    def __init__(self, leaving: Outgoing, at: str = "") -> None:
        """With the format to begin with, by its id."""
        super().__init__()
        self._leaving, self._targets, self._at = leaving, leaving.targets, at
        self._proposed = ""
        self._written: list[Path] = []
        self._writing = False

    def compose(self) -> ComposeResult:
        """Title, formats, what the current one lacks, path, keys."""
        yield self.title_bar()
        yield Rows(id="formats")
        yield Lines(id="about")
        yield LineField(prompt="写到：", id="path")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Show the formats, a path for the first."""
        self._field.focus()
        self._show(next((number for number, one in enumerate(self._targets) if one.id == self._at), 0))
        self._propose()

    def on_resize(self) -> None:
        """Lay everything out for the new size."""
        self._show()

    @property
    def _field(self) -> LineField:
        return self.query_one("#path", LineField)

    @property
    def _target(self) -> Exporter:
        return self._targets[self.query_one("#formats", Rows).current]

    # -- showing --

    def _show(self, current: int | None = None) -> None:
        width = self.app.size.width
        texts = [columns([one.label, one.suffix, one.lacks], [46, 5, max(4, width - 55)]) for one in self._targets]
        self.query_one("#formats", Rows).show(texts, current=current)
        count = f"{len(self._targets)} 种格式"
        self.say_title(f" 导出｜{count}｜{cut(self._leaving.stem, width - 42)}｜{cut(str(self._leaving.folder), 20)}")
        self.say_keys()
        self._show_about()

    def _show_about(self) -> None:
        more = f"… 还有 {{}} 行，{keymap.shown('export.losses')} 看全部"
        self._say(clipped(self._about(self.app.size.width), self._height, more))

    def _about(self, width: int) -> list[Line]:
        """What of this record the current format cannot hold."""
        target = self._target
        lost = self._leaving.losses(target)
        if not lost:
            return wrapped(target.about or (COMPLETE if target.lossless else HELD), width, HELP)
        rows = wrapped(f"{target.label}装不下这些，只留在记录里：", width, STRONG)
        return rows + [row for text in lost for row in wrapped(text, width, PLAIN, "· ", "  ")]

    @property
    def _height(self) -> int:
        """Rows below the list: what it leaves, but never so few that nothing can be said."""
        return max(self.app.size.height - 4 - len(self._targets), ABOUT_ROWS)

    def _say(self, rows: list[Line]) -> None:
        self.query_one("#about", Lines).show(rows, height=self._height)

    def action_losses(self) -> None:
        """All that the current format cannot hold."""
        self.app.push_screen(TextPage(f" 导出｜{self._target.label}", self._about))

    # -- choosing --

    def on_key(self, event: events.Key) -> None:
        """Move among the formats."""
        rows = self.query_one("#formats", Rows)
        if rows.press(event.key):
            self._propose()
            self._show_about()
            self.say_keys()
            event.stop()

    def _propose(self) -> None:
        """A name for the format, unless a person has written one; then only its suffix follows."""
        before, self._proposed = self._proposed, self._leaving.name(self._target)
        text = self._field.value
        if text == before or not text.strip():
            self._field.set(self._proposed)
        elif text.endswith(before) and before:
            self._field.set(text.removesuffix(before) + self._proposed)
        else:
            known = sorted({one.suffix for one in self._targets}, key=len, reverse=True)
            old = next((suffix for suffix in known if text.endswith(suffix)), "")
            if old:
                self._field.set(text.removesuffix(old) + self._target.suffix)

    def action_complete(self) -> None:
        """Complete the folder or name as far as it is certain."""
        folder, _ = pathing.parted(self._field.value)
        try:
            found = pathing.listing(pathing.meant(folder, self._leaving.folder))
        except OSError as error:
            self.say_keys(f"打不开文件夹 {folder}：{reason(error)}")
            return
        self._field.set(pathing.completed(self._field.value, found))

    def action_undo(self) -> None:
        """Undo in the path."""
        self._field.undo()

    def action_preview(self) -> None:
        """The form as it stands."""
        from tui.screens.views import preview_page

        self.app.push_screen(preview_page(self._leaving.record))

    # -- writing --

    def on_line_field_submitted(self, event: LineField.Submitted) -> None:
        """Enter."""
        self.action_write()

    def action_write(self) -> None:
        """Write the file; a missing folder is asked about, and so is a file that is there already."""
        if self._writing:
            self.say_keys(BUSY)
            return
        target = self._target
        path = self._leaving.path(target, self._field.value.strip())
        if pathing.is_folder(path.parent):
            self._write(target, path)
        else:
            self.ask(f"没有文件夹 {cut(str(path.parent), 30)}，建一个？", lambda: self._write_into_new(target, path))

    def _write_into_new(self, target: Exporter, path: Path) -> None:
        try:
            make_folder(path.parent)
        except OSError as error:
            self._complain(f"建不了文件夹 {path.parent}：{reason(error)}。请换个位置。")
        else:
            self._write(target, path)

    def _write(self, target: Exporter, path: Path, *, replacing: bool = False) -> None:
        """Write in a thread: the first Office file brings its library along, which takes longer than a key may wait."""
        self._writing = True
        self._say(wrapped(f"已在写 {path.name} …", self.app.size.width, STRONG))
        self.run_worker(self._writing_of(target, path, replacing), exclusive=True)

    async def _writing_of(self, target: Exporter, path: Path, replacing: bool) -> None:
        write = partial(self._leaving.write, target, path, replacing=replacing)
        writing = asyncio.ensure_future(asyncio.to_thread(write))
        with cast("TerminalApp", self.app).key_queue.held():
            await asyncio.wait({writing}, timeout=HOLD)
        await asyncio.wait({writing})
        self._writing = False
        self._ended(target, path, writing)

    def _ended(self, target: Exporter, path: Path, writing: asyncio.Future[int]) -> None:
        """Say what came of it."""
        try:
            size = writing.result()
        except FileExistsError:
            self._show_about()
            self.ask(f"已有 {cut(path.name, 30)}，覆盖吗？", lambda: self._write(target, path, replacing=True))
        except (OSError, ExportProblem) as error:
            self._complain(failure(path, error))
        else:
            self._written.append(path)
            width = self.app.size.width
            said = wrapped(f"写好了：{path}", width, STRONG)
            said += wrapped(
                f"{target.label}，{size:,} 字节。可以接着写别的格式，{keymap.shown('page.leave')} 返回。", width, HELP
            )
            self._say(said)

    def _complain(self, text: str) -> None:
        self._say(wrapped(text, self.app.size.width, ERROR))

    def action_leave_page(self) -> None:
        """Back, with what was written; not while something is being written."""
        if self._writing:
            self.say_keys(BUSY)
            return
        self.dismiss(tuple(dict.fromkeys(self._written)))
