"""What was understood of a file (认出的内容), form by form and field by field, to be put right before anything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from domain.records.store import Store
from tui import incoming, keymap
from tui.screens.correcting import Correcting
from tui.screens.understood_rows import Item, detail, items, row_text
from tui.widgets.field import LineField
from tui.widgets.lazy import Lazily
from tui.widgets.lines import Lines
from tui.widgets.look import clipped
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from domain.exchange import Imported

FEW = 5
"""Up to so many forms of a file are unfolded at first."""


class UnderstoodPage(Correcting, screen="understood"):
    """Dismisses with the paths of the records made, () where there are none."""

    def __init__(self, store: Store, imported: Sequence[Imported], source: str) -> None:
        super().__init__(imported)
        self._store, self._source = store, source
        self._folded = set() if len(imported) <= FEW else set(range(len(imported)))
        self._items: list[Item] = []
        self._brief = False

    def compose(self) -> ComposeResult:
        """Title, rows, the current one in full, the line to edit in, keys."""
        yield self.title_bar()
        yield Rows(id="items")
        yield Lines(id="detail")
        yield LineField(id="edit")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Show everything that was understood."""
        self.query_one("#edit", LineField).display = False
        self._rows.can_focus = True
        self._rows.focus()
        self._show()

    def on_resize(self) -> None:
        """Lay everything out for the new size."""
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A question takes every key; while a value is typed only few act."""
        acts = self._editing is None or action in ("leave_page", "undo", "save")
        return super().check_action(action, parameters) and acts

    # -- showing --

    @property
    def _rows(self) -> Rows:
        return self.query_one("#items", Rows)

    @property
    def _current(self) -> Item:
        return self._items[self._rows.current]

    def _show(self) -> None:
        """Show everything anew; the marker stays with its row."""
        marked = self._current if self._items else None
        self._items = [
            item
            for number, form in enumerate(self._forms)
            for item in ([Item(number)] if number in self._folded else items(number, form, brief=self._brief))
        ]
        headings = frozenset(at for at, item in enumerate(self._items) if item.heading)
        current = self._items.index(marked) if marked in self._items else None
        self._rows.show(Lazily(self._items, self._text), current=current, headings=headings)
        wanted = sum(form.wanted for form in self._forms)
        only = "｜只看要留意的" if self._brief else ""
        self.say_title(f" 导入｜{self._source}｜认出 {len(self._forms)} 张表，要存 {wanted} 张{only}")
        self.say_keys()
        self._show_detail()

    def _look(self) -> None:
        self._rows.focus()

    def _text(self, item: Item) -> str:
        return row_text(item, self._forms[item.form], self.app.size.width - 2)

    def _show_detail(self) -> None:
        height = max(5, self.app.size.height // 4)
        rows = detail(self._current, self._forms[self._current.form], self.app.size.width)
        more = keymap.told(self.SCREEN, "… 全文按 {whole} 看")
        self.query_one("#detail", Lines).show(clipped(rows, height, more), height=height)

    def usual_keys(self) -> str:
        """The keys for looking or for editing."""
        return keymap.bar(self.SCREEN, self._editing.bar if self._editing is not None else "")

    # -- moving --

    def on_key(self, event: events.Key) -> None:
        """Move in the list; Enter works on the current row."""
        rows = self._rows
        if self._editing is not None:
            return
        if rows.press(event.key):
            self._show_detail()
        elif event.key == "enter":
            self._work()
        elif event.key == "space":
            self.action_tick()
        else:
            return
        event.stop()

    def action_form(self, step: int) -> None:
        """The next or previous form of the file."""
        self._go_to(Item(max(0, min(len(self._forms) - 1, self._current.form + step))))

    def action_brief(self) -> None:
        """Only what should be looked at, or everything."""
        self._brief = not self._brief
        self._go_to(Item(self._current.form))

    def _go_to(self, wanted: Item) -> None:
        self._show()
        if wanted in self._items:
            self._rows.move(self._items.index(wanted) - self._rows.current)
            self._show_detail()

    # -- changing --

    def action_tick(self) -> None:
        """Save this form, or do not."""
        number = self._current.form
        form = self._forms[number]
        if form.saved is None:
            self._change(number, replace(form, wanted=not form.wanted))

    def _work(self) -> None:
        """Enter: fold a form, correct anything else."""
        item = self._current
        if item.is_head:
            self._folded ^= {item.form}
            self._go_to(Item(item.form))
        else:
            self._correct(item)

    # -- ending --

    def action_whole(self) -> None:
        """The current form as it will be printed."""
        from tui.screens.views import preview_page

        self.app.push_screen(preview_page(self._forms[self._current.form].to_save()))

    def action_save(self) -> None:
        """Save the wanted forms, after asking."""
        if self._editing is not None:
            field = self.query_one("#edit", LineField)
            self.on_line_field_submitted(LineField.Submitted(field, field.value))
            return
        wanted = [form for form in self._forms if form.wanted and form.saved is None]
        if not wanted:
            self.say_keys(keymap.told(self.SCREEN, "没有要存的表。{tick} 选上，或 {leave} 返回。"))
            return
        left = sum(len(form.left) for form in wanted)
        again = incoming.named_again(self._forms, self._store)
        same = f"，{again} 张与已有的同名、另存一份" if again else ""
        kept = f"，未归位 {left} 段留着" if left else ""
        self.ask(f"存 {len(wanted)} 张表{same}{kept}？", self._save)

    def _save(self) -> None:
        self._forms, problem = incoming.save(self._forms, self._store)
        if any(form.saved for form in self._forms):
            self._before.clear()
        if problem:
            self._show()
            self.say_keys(problem)
        else:
            self._leave()

    @property
    def complete(self) -> bool:
        """Whether every form that is wanted was saved."""
        return all(form.saved is not None for form in self._forms if form.wanted)

    @property
    def _paths(self) -> tuple[Path, ...]:
        return tuple(form.saved for form in self._forms if form.saved is not None)

    def action_leave_page(self) -> None:
        """Out of an edit, then back; changes made here are asked about."""
        if self._editing is not None:
            self._end_edit()
        elif self._before:
            self.ask("这里改过的还没有存，回去选文件吗？", self._leave)
        else:
            self._leave()

    def _leave(self) -> None:
        self.dismiss(self._paths)
