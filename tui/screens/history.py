"""A record's past (历史): its former states with what had changed, to look at, to compare, to bring back; and the trash."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.app import ComposeResult

from domain.records import timeline, trash
from domain.records.atomic import reason
from domain.records.codec import RecordError
from domain.records.timeline import Entry
from domain.records.times import brief
from domain.text import one_line
from tui import keymap
from tui.screens.base import Page
from tui.screens.text import TextPage
from tui.session import Session
from tui.widgets.look import Line, columns
from tui.widgets.rows import Rows


class HistoryPage(Page, screen="history"):
    """The states of an open record; dismisses with what was done, in Chinese, None for nothing."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._entries: list[Entry] = []

    def compose(self) -> ComposeResult:
        """Title, states, keys."""
        yield self.title_bar()
        yield Rows(id="states")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Read the past."""
        try:
            self._entries = timeline.entries(self._session.path)
        except OSError as error:
            self._show()
            self.say_keys(f"历史读不了：{reason(error)}")
        else:
            self._show()

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self._show()

    def _show(self) -> None:
        width = self.app.size.width - 2
        widths = [12, 16, max(20, width - 30)]
        rows = [columns([one.when, one_line(one.state.why), one.what], widths) for one in self._entries]
        empty = "还没有留下历史：动手改过、离开过之后才有；眼下改的用撤销退回。"
        self.query_one("#states", Rows).show(rows or [empty])
        self.say_title(f" 历史｜{one_line(self._session.path.stem)}｜{len(self._entries)} 个从前的样子，新的在上面")
        self.say_keys()

    def usual_keys(self) -> str:
        """The keys; without a past there is nothing to look at."""
        return keymap.bar(self.SCREEN, "" if self._entries else "empty")

    @property
    def _current(self) -> Entry | None:
        at = self.query_one("#states", Rows).current
        found = self._entries[at] if at < len(self._entries) else None
        if found is not None and found.record is None:
            self.say_keys("这一份读不了，换一个试试。")
            return None
        return found

    def on_key(self, event: events.Key) -> None:
        """Move, look."""
        if self.query_one("#states", Rows).press(event.key):
            event.stop()
        elif event.key == "enter":
            event.stop()
            self._look()

    def _look(self) -> None:
        from tui.screens.views import preview_page

        entry = self._current
        if entry is not None and entry.record is not None:
            self.app.push_screen(preview_page(entry.record))

    def action_diff(self) -> None:
        """What is different from the record as it is now."""
        entry = self._current
        if entry is None or entry.record is None:
            return
        before, now = entry.record.declaration, self._session.declaration
        when = entry.when

        def rows(width: int) -> list[Line]:
            from domain import comparing, comparing_report
            from tui.screens.compare import report_rows

            lines = comparing_report.report(comparing.compare(before, now), f"{when} 的样子", "现在")
            return report_rows(lines, width)

        self.app.push_screen(TextPage(f" 对比｜{when} 和现在", rows))

    def action_restore(self) -> None:
        """Bring the state back, after asking."""
        entry = self._current
        if entry is None:
            return
        if self._session.read_only:
            self.say_keys(f"现在只看，不能恢复：{self._session.read_only}")
            return

        def restore() -> None:
            self._session.restore(entry)
            self.dismiss(self._session.trouble or f"已恢复到 {entry.when} 的样子，/撤销 可退回。")

        self.ask(f"恢复到 {entry.when} 的样子？现在的内容会留在历史里。", restore)

    def action_trash(self) -> None:
        """What was deleted in this folder."""
        self.app.push_screen(TrashPage(self._session.path.parent))


class TrashPage(Page, screen="trash"):
    """What lies in the trash of a folder, to be brought back."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._thrown: list[trash.Thrown] = []

    def compose(self) -> ComposeResult:
        """Title, files, keys."""
        yield self.title_bar()
        yield Rows(id="thrown")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Read the folder."""
        self._read()

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self._show()

    def _read(self) -> None:
        try:
            self._thrown = trash.thrown(self._folder)
        except (RecordError, OSError) as error:
            self._thrown = []
            self.app.notify(f"回收文件夹读不了：{reason(error)}", markup=False)
        self._show()

    def _show(self) -> None:
        widths = [12, 8, max(20, self.app.size.width - 26)]
        rows = [
            columns([_when(one), "留底" if one.is_copy else "删除的", one_line(one.stem)], widths)
            for one in self._thrown
        ]
        self.query_one("#thrown", Rows).show(rows or ["回收文件夹是空的。"])
        self.say_title(f" 回收文件夹｜{len(self._thrown)} 份")
        self.say_keys()

    def usual_keys(self) -> str:
        """The keys; an empty trash has nothing to bring back."""
        return keymap.bar(self.SCREEN, "" if self._thrown else "empty")

    def on_key(self, event: events.Key) -> None:
        """Move, bring back."""
        rows = self.query_one("#thrown", Rows)
        if rows.press(event.key):
            event.stop()
        elif event.key == "enter" and rows.current < len(self._thrown):
            event.stop()
            one = self._thrown[rows.current]
            self.ask(f"取回“{one_line(one.stem)}”？", lambda: self._put_back(one))

    def _put_back(self, one: trash.Thrown) -> None:
        try:
            path = trash.put_back(one)
        except OSError as error:
            self.say_keys(f"取不回来：{reason(error)}")
            return
        self._read()
        self.say_keys(f"取回来了：{one_line(path.name)}，回主屏就能看到。")


def _when(one: trash.Thrown) -> str:
    return brief(one.moment)
