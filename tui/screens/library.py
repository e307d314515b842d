"""The indicator library (指标库): a tree by slot, search as you type, the entry's sheet, and "use in this record"."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from domain.library import Entry, Library
from domain.library.entry import shown
from domain.model import FRAMEWORK
from tui import browsing, keymap
from tui.browsing import Adding, Group, Item, Shelf
from tui.dialogue import Dialogue, slots
from tui.dialogue.places import SlotPlace
from tui.screens.base import Page
from tui.screens.pick import Choice, PickPage
from tui.screens.text import TextPage
from tui.widgets.field import LineField
from tui.widgets.lazy import Lazily
from tui.widgets.lines import Lines
from tui.widgets.look import PLAIN, STRONG, Line, clipped, columns, wrapped
from tui.widgets.rows import Rows

WIDE = 118
"""Columns from which on the sheet stands beside the list."""

SIDE = 58
"""Columns of the sheet there."""

NOTHING = ("没有找到。换一个词，或只写两三个字；拼音首字母也行，例如 zjdwl",)
ALL = "全部领域"


class LibraryPage(Page, screen="library"):
    """Dismisses with a line for each indicator put into the record, None where there was none."""

    DEFAULT_CSS = """
    LibraryPage #body { height: 1fr; layout: vertical; }
    LibraryPage.-wide #body { layout: horizontal; }
    LibraryPage #entries { width: 1fr; }
    LibraryPage.-wide #sheet { width: 58; }
    """

    def __init__(self, library: Library, dialogue: Dialogue | None = None) -> None:
        super().__init__()
        self._dialogue = dialogue
        self._shelf = Shelf(library, dialogue.session.declaration.framework if dialogue else FRAMEWORK)
        self._items: list[Item] = []
        self._staying = False
        self._added: list[str] = []

    def compose(self) -> ComposeResult:
        """Title, list and sheet, search line, keys."""
        yield self.title_bar()
        with Container(id="body"):
            yield Rows(id="entries")
            yield Lines(id="sheet")
        yield LineField(prompt="搜索：", id="search")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Open the slot that the conversation is at."""
        self._field.focus()
        place = self._dialogue.place if self._dialogue else None
        at = place.slot.place if isinstance(place, SlotPlace) else None
        if at is not None:
            self._shelf.opened.add(at)
        self._show(at)

    def on_resize(self) -> None:
        """Lay everything out for the new size."""
        self.set_class(self.app.size.width >= WIDE, "-wide")
        self._show(self._current)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Arrows fold only while there is no text to move in; a question takes every key."""
        if not self.is_mounted:
            return True
        return super().check_action(action, parameters) and (action != "fold" or not self._field.value)

    # -- what is there --

    @property
    def _field(self) -> LineField:
        return self.query_one("#search", LineField)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#entries", Rows)

    @property
    def _current(self) -> Item | None:
        at = self._rows.current
        return self._items[at] if 0 <= at < len(self._items) else None

    @property
    def _group(self) -> Group | None:
        """The slot that the current row is in."""
        current = self._current
        if isinstance(current, Entry):
            slot = self._shelf.slot_of(current)
            return next((group for group in self._shelf.groups() if group.slot == slot), None)
        return current if isinstance(current, Group) else None

    # -- showing --

    def _show(self, at: Item | None = None) -> None:
        """Lay out the tree or what the search found, `at` (an item, a slot's title) being current."""
        query = self._field.value.strip()
        self._items = [*self._shelf.find(query)] if query else self._shelf.tree()
        headings = frozenset(number for number, item in enumerate(self._items) if isinstance(item, str))
        texts = Lazily(self._items, self._searched if query else self._text)
        self._rows.show(texts or NOTHING, current=self._at(at), headings=headings)
        count = f"找到 {len(self._items)} 条" if query else f"{self._shelf.count} 条"
        sector = f"｜领域：{self._shelf.sector}" if self._shelf.sector else ""
        added = f"｜已加入 {len(self._added)} 条" if self._added else ""
        faults = f"｜自备的库有 {len(self._shelf.library.faults)} 处没用上" if self._shelf.library.faults else ""
        self.say_title(f" 指标库｜{count}{sector}{added}{faults}")
        self.say_keys()
        self._show_sheet()

    def _at(self, at: Item | None) -> int:
        """Where an item, or the slot of this title, stands now; else the first row."""
        title = at.title if isinstance(at, Group) else at
        for number, item in enumerate(self._items):
            if item is at or (isinstance(item, Group) and item.title == title):
                return number
        return 0

    @property
    def _width(self) -> int:
        """Columns of the list."""
        width = self.app.size.width
        return width - SIDE - 1 if width >= WIDE else width

    def _text(self, item: Item) -> str:
        if isinstance(item, Entry):
            return columns(["", *self._cells(item)], [1, 1, 28, 14, max(4, self._width - 50)])
        if isinstance(item, Group):
            mark = "-" if item.title in self._shelf.opened else "+"
            return f"{mark} {item.slot.level2 if item.slot else item.title}（{len(item.entries)}）"
        return item

    def _searched(self, item: Item) -> str:
        assert isinstance(item, Entry)
        used, *cells = self._cells(item)
        return columns([used, item.level2, *cells], [1, 8, 28, 14, max(4, self._width - 57)])

    def _cells(self, entry: Entry) -> list[str]:
        """√ where the record has it, name, target, sectors."""
        rows = self._dialogue.session.declaration.indicators if self._dialogue else ()
        used = "√" if any(row.name == entry.name for row in rows) else ""
        return [used, shown(entry.name), entry.target_text or browsing.open_target(entry), "、".join(entry.sectors)]

    def _show_sheet(self) -> None:
        wide = self.app.size.width >= WIDE
        width, bar = (SIDE - 1, "| ") if wide else (self.app.size.width, "")
        height = self.app.size.height - 3 if wide else max(6, (self.app.size.height - 3) // 2)
        rows: list[Line] = []
        for number, text in enumerate(browsing.about(self._shelf, self._current, brief=True)):
            rows += wrapped(text, width, STRONG if number == 0 else PLAIN, bar, f"{bar}  ")
        more = f"{bar}… 还有 {{}} 行，{keymap.shown('library.whole')} 看整页"
        self.query_one("#sheet", Lines).show(clipped(rows, height, more), height=height)

    def usual_keys(self) -> str:
        """The keys for looking, or for looking and taking."""
        return keymap.bar(self.SCREEN, "using" if self._dialogue else "")

    # -- moving --

    def on_key(self, event: events.Key) -> None:
        """Move in the list."""
        rows = self._rows
        if rows.press(event.key):
            self._show_sheet()
            event.stop()

    def action_slot(self, step: int) -> None:
        """The next or previous slot."""
        at = self._rows.current
        slots_at = (number for number, item in enumerate(self._items) if isinstance(item, Group))
        further = [number for number in slots_at if (number - at) * step > 0]
        if further:
            self._rows.move((min if step > 0 else max)(further) - at)
            self._show_sheet()

    def action_fold(self, opens: bool) -> None:
        """Show the entries of the current slot, or hide them."""
        group = self._group
        if group is not None:
            (self._shelf.opened.add if opens else self._shelf.opened.discard)(group.title)
            self._show(self._current if opens else group)

    def on_line_field_changed(self, event: LineField.Changed) -> None:
        """Search as you type."""
        self._show()

    def on_line_field_submitted(self, event: LineField.Submitted) -> None:
        """Enter."""
        self.action_use(False)

    def action_sectors(self) -> None:
        """Choose the sector whose entries are shown."""

        def find(query: str) -> list[Choice]:
            found = [Choice(f"{name}（{count}）", name) for name, count in self._shelf.sectors(query)]
            return found if query else [Choice(ALL, ""), *found]

        def chosen(sector: str | None) -> None:
            if sector is not None:
                self._shelf.sector = sector
                self._show(self._current)

        self.app.push_screen(PickPage("只看哪个领域的指标", find), chosen)

    # -- into the record --

    def action_use(self, staying: bool) -> None:
        """Put the current entry into the record; show or hide the entries of a slot."""
        current = self._current
        if isinstance(current, Group):
            self.action_fold(current.title not in self._shelf.opened)
        elif isinstance(current, Entry) and self._dialogue is None:
            self.action_whole()
        elif isinstance(current, Entry):
            self._staying = staying
            self._begin(current)

    def _begin(self, entry: Entry) -> None:
        assert self._dialogue is not None
        slot, declaration = self._shelf.slot_of(entry), self._dialogue.session.declaration
        if slot is None:
            self.say_keys("这份记录用的指标体系里没有这一条的位置，加不进去。")
            return
        adding = browsing.begin(entry, slot, declaration, self._dialogue.suggester)
        if declaration.has_row(slot.key, adding.name):
            self.say_keys(f"“{adding.name}”已经在这一格里了。")
        elif adding.gap or not adding.target:
            from tui.screens.taking import TakingPage

            self.app.push_screen(TakingPage(self._dialogue, adding), self._add)
        else:
            self._add(adding)

    def _add(self, adding: Adding | None) -> None:
        """Write the row down, then back, or on with the next where that was wished."""
        if adding is None or self._dialogue is None:
            return
        session = self._dialogue.session
        reply, index = slots.take(session, self._dialogue.suggester, adding.suggestion)
        said = "；".join(message.text for message in reply.messages)
        if index is not None:
            self._added.append(said)
        if index is not None and not self._staying and not session.trouble:
            self.action_leave_page()
        else:
            self._show(self._current)
            self.say_keys(session.trouble or said)

    def action_undo(self) -> None:
        """Undo in the search line, then what was added here."""
        if not self._field.undo() and self._added and self._dialogue is not None:
            undone = self._added.pop()
            self._dialogue.command("undo")
            self._show(self._current)
            self.say_keys(f"已撤销：{undone}")

    # -- reading --

    def action_whole(self) -> None:
        """What the lower half shows, all of it, on a screen of its own."""
        self._read(browsing.about(self._shelf, self._current))

    def action_explain(self) -> None:
        """What the current slot is for, what belongs there and what does not."""
        self._read(browsing.about(self._shelf, self._group))

    def _read(self, texts: list[str]) -> None:
        def rows(width: int) -> list[Line]:
            return [row for text in texts for row in wrapped(text, width, PLAIN, "", "  ")]

        if texts:
            self.app.push_screen(TextPage(" 指标库", rows))

    def action_end_search(self) -> None:
        """Out of a search, then out of the library."""
        if self._field.value:
            self._field.set("")
            self._show(self._group)
        else:
            self.action_leave_page()

    def action_leave_page(self) -> None:
        """Back, with what was added."""
        self.dismiss("\n".join(self._added) or None)
