"""Compare (对比): this record beside another one of the folder, in the form's own terms; last year's of the same project first."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual import events
from textual.app import ComposeResult

from domain.changes import Record
from domain.comparing import compare
from domain.comparing_report import Look, ReportLine, report
from domain.records.atomic import reason
from domain.records.codec import RecordError
from domain.records.naming import meant
from domain.records.store import Store
from domain.siblings import project_key
from domain.text import one_line
from tui import keymap
from tui.screens.base import Page
from tui.widgets.lines import Lines
from tui.widgets.look import ECHO, HELP, PLAIN, STRONG, Line, wrapped, wrapped_pieces
from tui.widgets.rows import Rows

GONE = Style(color="red")
STYLES = {
    Look.HEAD: STRONG,
    Look.FIELD: PLAIN,
    Look.GONE: GONE,
    Look.NEW: ECHO,
    Look.CHANGED: PLAIN,
    Look.NOTE: HELP,
}
INDENT = "    "
ALONE = "文件夹里没有别的记录可比。导入去年的表，就能对比。"


class ComparePage(Page, screen="compare"):
    """First a list to choose from, unless it is clear what to compare with; then the differences."""

    DEFAULT_CSS = "ComparePage #report { height: 1fr; }"

    def __init__(self, store: Store, stem: str, record: Record, named: str = "") -> None:
        super().__init__()
        self._named = named
        self._store, self._stem, self._record = store, stem, record
        self._others = others(store, stem)
        self._other: tuple[str, Record] | None = None
        self._swapped = False

    def compose(self) -> ComposeResult:
        """Title, the list, the differences, keys."""
        yield self.title_bar()
        yield Rows(id="others")
        yield Lines(id="report")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Compare at once with the form that was named, or with the same project's other form, where there is one."""
        if (named := meant(self._others, self._named)) is not None:
            self._take(named)
        elif self._others and project_key(self._others[0]) == project_key(self._stem):
            self._take(self._others[0])
        self._show()

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        self._show()

    def usual_keys(self) -> str:
        """The keys that fit what is shown."""
        if self._other is not None:
            return keymap.bar(self.SCREEN, "report")
        return keymap.bar(self.SCREEN, "" if self._others else "alone")

    # -- showing --

    def _show(self) -> None:
        listing, text = self.query_one("#others", Rows), self.query_one("#report", Lines)
        listing.display, text.display = self._other is None, self._other is not None
        if self._other is None:
            listing.show([one_line(stem) for stem in self._others] or [ALONE])
            self.say_title(f" 对比｜{self._stem}{' 和哪一份比？' if self._others else ''}")
        else:
            lines = self._lines(*self._other)
            text.show(report_rows(lines, self.app.size.width))
            self.say_title(f" 对比｜{self._other[0]}")
        self.say_keys()

    def _lines(self, name: str, other: Record) -> list[ReportLine]:
        """The differences, the earlier year first unless it was turned round."""
        sides = [(name, other.declaration), (self._stem, self._record.declaration)]
        if ((sides[0][1].project.year or 0) > (sides[1][1].project.year or 0)) != self._swapped:
            sides.reverse()
        (left, before), (right, after) = sides
        return report(compare(before, after), left, right)

    # -- acting --

    def _take(self, stem: str) -> None:
        try:
            self._other = (stem, self._store.record(stem))
        except (OSError, RecordError) as error:
            self._other = None
            self.say_keys(f"打不开 {one_line(stem)}：{reason(error)}")

    def on_key(self, event: events.Key) -> None:
        """Choose in the list, scroll the differences."""
        if event.key == "enter" and self._other is None and self._others:
            self._take(self._others[self.query_one("#others", Rows).current])
            if self._other is not None:
                self._show()
            event.stop()
        elif self._pressed(event.key):
            event.stop()

    def _pressed(self, key: str) -> bool:
        if self._other is None:
            return self.query_one("#others", Rows).press(key)
        return self.query_one("#report", Lines).press(key)

    def action_choose(self) -> None:
        """Back to the list."""
        self._other, self._swapped = None, False
        self._show()

    def action_swap(self) -> None:
        """Turn before and after round."""
        self._swapped = not self._swapped
        self._show()


def others(store: Store, stem: str) -> list[str]:
    """The other records of the folder: forms of the same project first, then the rest, the latest first."""
    found = sorted((path.stem for path in store.others() if path.stem != stem), reverse=True)
    own = project_key(stem)
    return sorted(found, key=lambda other: project_key(other) != own)


def report_rows(lines: Sequence[ReportLine], width: int) -> list[Line]:
    """A report on rows of the screen, each line hanging under its own beginning."""
    return [row for one in lines for row in _rows(one, width)]


def _rows(one: ReportLine, width: int) -> list[Line]:
    if one.parts:
        return wrapped_pieces(tuple((text, STYLES[look]) for look, text in one.parts), width, INDENT)
    bare = one.text.lstrip(" ")
    lead = " " * (len(one.text) - len(bare))
    return wrapped(bare, width, STYLES[one.look], lead, lead + INDENT[: len(INDENT) - len(lead)])
