"""Importing (导入): choose a file by typing its path, or paste the text of a form; what was understood is shown next."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult

from domain.exchange.types import ImportProblem
from domain.records.atomic import reason
from domain.records.store import Store
from domain.textwidth import text_width
from tui import keymap, pathing
from tui.outer_files import read_file
from tui.pasted import Pasted
from tui.pathing import Found
from tui.screens.base import Page
from tui.screens.importable import PathField, formats_page, read_data, usual_order
from tui.widgets.field import LineField
from tui.widgets.lazy import Lazily
from tui.widgets.lines import Lines
from tui.widgets.look import ERROR, HELP, columns, cut_front, wrapped
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from domain.exchange import Imported
    from tui.terminal.app import TerminalApp
    from tui.widgets.editor import LongText

HOLD = 1.0
"""Seconds that typed-ahead keys wait for a file to be read; after that they act, so that one can leave."""

SAID_ROWS = 4
FILE_HINT = "选一个文件：↑↓ 或打字查找，{complete} 补全，Enter 打开。网页上的表也可以全选复制，按 {turn} 粘贴进来。"
NO_FILE = "没有这个文件。请核对路径，或按 {complete} 补全；也可以按 {turn} 粘贴文字。"
PASTE_HINT = "把表格的文字粘贴到上面（网页、Word、Excel 里全选复制都行），按 {open} 看看认出了什么。存之前先给您看。"


class ImportPage(Page, screen="import"):
    """Dismisses with the paths of the records made, () where there are none."""

    DEFAULT_CSS = "ImportPage #pasted { height: 1fr; border: none; padding: 0; }"

    def __init__(self, store: Store, state: Path, folder: Path | None = None) -> None:
        super().__init__()
        self._store, self._kept = store, Pasted(state)
        self._base = folder or Path.cwd()
        self._folder: Path | None = None
        self._files: list[Found] = []
        self._shown: list[Found] = []
        self._pasted: LongText | None = None
        self._pasting = self._reading = False

    def compose(self) -> ComposeResult:
        """Title, files, what is to be said, path, keys."""
        yield self.title_bar()
        yield Rows(id="files")
        yield Lines(id="said")
        yield PathField(prompt="文件：", id="path")
        yield self.key_bar()

    def on_mount(self) -> None:
        """The files of the current folder."""
        self._field.focus()
        self._say(keymap.told(self.SCREEN, FILE_HINT))
        self._show()
        if self._kept.waits():
            self.call_after_refresh(self.ask, "上次粘贴的还没保存成记录，接着看？", self._take_up)

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self._show()
        self._say(keymap.told(self.SCREEN, PASTE_HINT if self._pasting else FILE_HINT))

    def on_screen_resume(self) -> None:
        """The folder may hold other files by now."""
        self._folder = None

    @property
    def _field(self) -> PathField:
        return self.query_one("#path", PathField)

    def usual_keys(self) -> str:
        """The keys that fit what is on screen."""
        return keymap.bar(self.SCREEN, "paste" if self._pasting else "")

    # -- files --

    def _show(self) -> None:
        """The files that the typed path may mean."""
        folder_text, start = pathing.parted(self._field.value)
        folder = pathing.meant(folder_text, self._base)
        if folder != self._folder:
            self._list(folder)
        self._shown = pathing.matching(self._files, start)
        if not self._shown:  # the file may have come only now
            self._list(folder)
            self._shown = pathing.matching(self._files, start)
        if not start:
            self._shown = [*sorted(self._shown, key=usual_order), Found(pathing.UP, folder.parent, True)]
        texts = Lazily(self._shown, self._text) if self._shown else ["没有这样的文件"]
        self.query_one("#files", Rows).show(texts, current=0)
        title = " 导入｜"
        self.say_title(f"{title}{cut_front(str(folder), self.app.size.width - text_width(title))}")
        self.say_keys()

    def _list(self, folder: Path) -> None:
        self._folder, self._files = folder, []
        try:
            self._files = pathing.listing(folder)
        except OSError as error:
            self._say(f"打不开这个文件夹：{reason(error)}。请核对路径。", wrong=True)

    def _text(self, one: Found) -> str:
        name_width = max(20, self.app.size.width - 34)
        if one.name == pathing.UP:
            return "../（上一级文件夹）"
        if one.is_folder:
            return pathing.shown_name(one)
        try:
            state = one.path.stat()
        except OSError as error:
            return columns([one.name, reason(error)], [name_width, 30])
        changed = time.strftime("%Y-%m-%d %H:%M", time.localtime(state.st_mtime))
        return columns([one.name, f"{pathing.size_text(state.st_size):>8}", changed], [name_width, 9, 16], gap=2)

    def on_line_field_changed(self, event: LineField.Changed) -> None:
        """List what fits."""
        self._say(keymap.told(self.SCREEN, FILE_HINT))
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Move in the list."""
        rows = self.query_one("#files", Rows)
        if not self._pasting and rows.press(event.key):
            event.stop()

    def action_complete(self) -> None:
        """Complete the path; where nothing more is certain, take the current row's name."""
        if self._pasting:
            return
        text = self._field.value
        longer = pathing.completed(text, self._files)
        at = self.query_one("#files", Rows).current
        if longer == text and self._shown and self._shown[at].name != pathing.UP:
            longer = pathing.parted(text)[0] + pathing.shown_name(self._shown[at])
        self._field.set(longer)
        self._show()

    def on_line_field_submitted(self, event: LineField.Submitted) -> None:
        """Enter."""
        self.action_open()

    def action_open(self) -> None:
        """Understand the pasted text, or the current file; go into the current folder."""
        if self._reading:
            self.say_keys(keymap.told(self.SCREEN, "正在读，请稍候；{leave} 返回"))
        elif self._pasting:
            self._take_pasted()
        elif self._shown:
            self._take(self._shown[self.query_one("#files", Rows).current])
        else:
            self._say(keymap.told(self.SCREEN, NO_FILE), wrong=True)

    def _take(self, one: Found) -> None:
        if one.is_folder:
            text = self._field.value
            self._field.set(pathing.above(text) if one.name == pathing.UP else f"{pathing.parted(text)[0]}{one.name}/")
            self._show()
        else:
            self._understand(one.name, lambda: read_data(read_file(one.path), one.name))

    # -- pasting --

    def on_path_field_several(self, event: PathField.Several) -> None:
        """A form pasted into the path goes where it belongs."""
        self._put(event.text)

    def _put(self, text: str) -> None:
        self._paste_mode(True)
        assert self._pasted is not None
        self._pasted.insert(text)
        self.keep_draft()

    def _take_up(self) -> None:
        """Go on with what was pasted before."""
        try:
            self._put(self._kept.take_up())
        except OSError as error:
            self._say(f"上次粘贴的读不了：{reason(error)}。它还在 {self._kept.path.parent}。", wrong=True)

    def on_paste_box_pasted(self) -> None:
        """What was pasted is on disk at once."""
        self.keep_draft()

    def on_text_area_changed(self) -> None:
        """What is typed into it follows soon."""
        self.keep_soon()

    def keep_draft(self) -> None:
        """Put the pasted text on disk, so that neither a crash nor a closed window loses it."""
        if self._pasted is not None and self.is_mounted and (problem := self._kept.keep(self._pasted.text)):
            self._say(f"粘贴的文字没能先存一份：{problem}。它还在屏幕上，存成记录前请不要关掉程序。", wrong=True)

    def action_turn(self) -> None:
        """From files to pasting and back; what was pasted stays."""
        self._paste_mode(not self._pasting)

    def _paste_mode(self, on: bool) -> None:
        from tui.screens.pasting import PasteBox

        self._pasting = on
        if self._pasted is None:
            self._pasted = PasteBox(id="pasted")
            self.mount(self._pasted, before="#said")
        self._pasted.display = on
        self._field.display = self.query_one("#files", Rows).display = not on
        self.call_after_refresh((self._pasted if on else self._field).focus)
        self._say(keymap.told(self.SCREEN, PASTE_HINT if on else FILE_HINT))
        self.say_title(" 导入｜粘贴文字") if on else self._show()
        self.say_keys()

    def _take_pasted(self) -> None:
        text = self._pasted.text if self._pasted is not None else ""
        if text.strip():
            self.keep_draft()
            self._understand("粘贴的文字", lambda: read_data(text.encode(), ""))
        else:
            self._say(
                "还没有文字。请先粘贴；电脑上选中表格、复制，再到这里粘贴（多数终端是 Ctrl+Shift+V 或右键）。",
                wrong=True,
            )

    def action_undo(self) -> None:
        """Undo in what is being typed."""
        if self._pasting and self._pasted is not None:
            self._pasted.take_back()
        else:
            self._field.undo()

    # -- understanding --

    def _understand(self, name: str, make: Callable[[], tuple[Imported, ...]]) -> None:
        """Read in a thread, so that a large file does not lock the screen, and show what was understood."""
        self._reading = True
        self._say(f"正在读 {name} …")
        self.run_worker(self._reading_of(name, make), exclusive=True)

    async def _reading_of(self, name: str, make: Callable[[], tuple[Imported, ...]]) -> None:
        reading = asyncio.ensure_future(asyncio.to_thread(make))
        try:
            with cast("TerminalApp", self.app).key_queue.held():
                await asyncio.wait({reading}, timeout=HOLD)
                if reading.done():
                    self._understood(name, await reading)
            if self._reading:
                self._understood(name, await reading)
        except ImportProblem as problem:
            self._reading = False
            self._say(f"{name}：{problem}", wrong=True)

    def _understood(self, name: str, forms: Sequence[Imported]) -> None:
        from tui.screens.understood import UnderstoodPage

        self._reading = False
        self._say(keymap.told(self.SCREEN, PASTE_HINT if self._pasting else FILE_HINT))
        page, pasted = UnderstoodPage(self._store, forms, name), self._pasting

        def saved(paths: tuple[Path, ...] | None) -> None:
            if paths:
                if pasted and page.complete:
                    self._kept.drop()
                self.dismiss(paths)

        self.app.push_screen(page, saved)

    # -- saying --

    def _say(self, text: str, *, wrong: bool = False) -> None:
        style = ERROR if wrong else HELP
        self.query_one("#said", Lines).show(wrapped(text, self.app.size.width, style)[:SAID_ROWS], height=SAID_ROWS)

    def action_formats(self) -> None:
        """What can be imported."""
        self.app.push_screen(formats_page())

    def action_leave_page(self) -> None:
        """Back; pasted text that was not imported is asked about."""
        if self._pasted is not None and self._pasted.text.strip():
            self.ask("粘贴的文字还没有导入，不要了吗？", self._leave_pasted)
        else:
            self._leave()

    def _leave_pasted(self) -> None:
        self._kept.drop()
        self._leave()

    def _leave(self) -> None:
        self.dismiss(())
