"""What was understood of a file (认出的内容), form by form and field by field, to be put right before anything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from domain import answers
from domain.fields import Field, Kind
from domain.records.store import Store
from tui import incoming
from tui.dialogue.places import Place
from tui.incoming import Form, Item
from tui.screens.base import Page
from tui.screens.pick import PickPage
from tui.screens.placing import exchange_choices, likely_place, place_choices
from tui.screens.understood_rows import detail, row_text
from tui.widgets.field import LineField
from tui.widgets.lazy import Lazily
from tui.widgets.lines import Lines
from tui.widgets.look import HELP, line
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from domain.exchange import Imported

FEW = 5
"""Up to so many forms of a file are unfolded at first."""


class UnderstoodPage(Page):
    """Dismisses with the paths of the records made, () where there are none."""

    KEYS = "↑↓选 Enter改/归位 F3只看要留意的 F4整页 F8这张不要 ^K ^Z撤销 F9存 F10返回"
    EDIT_KEYS = "Enter 或 F9 确认，空着就清空　F10取消"
    PLACE_KEYS = "Enter 或 F9 放进去　F10取消"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "brief", show=False, priority=True),
        Binding("f4", "whole", show=False, priority=True),
        Binding("tab", "form(1)", show=False, priority=True),
        Binding("shift+tab", "form(-1)", show=False, priority=True),
        Binding("f8", "tick", show=False, priority=True),
        Binding("f9", "save", show=False, priority=True),
        Binding("ctrl+k", "drop", show=False, priority=True),
        Binding("ctrl+z", "undo", show=False, priority=True),
        Binding("escape", "leave_page", show=False, priority=True),
    ]

    def __init__(self, store: Store, imported: Sequence[Imported], source: str) -> None:
        super().__init__()
        self._store, self._source = store, source
        self._forms = incoming.forms_of(imported)
        self._before: list[tuple[Form, ...]] = []
        self._folded = set() if len(imported) <= FEW else set(range(len(imported)))
        self._items: list[Item] = []
        self._brief = False
        self._editing: tuple[int, Place, int | None] | None = None
        """The form, the place, and the loose text that goes there (None: the field's own value)."""

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
        self._items = [
            item
            for number, form in enumerate(self._forms)
            for item in ([Item(number)] if number in self._folded else incoming.items(number, form, brief=self._brief))
        ]
        headings = frozenset(at for at, item in enumerate(self._items) if item.heading)
        self._rows.show(Lazily(self._items, self._text), headings=headings)
        wanted = sum(form.wanted for form in self._forms)
        only = "｜只看要留意的" if self._brief else ""
        self.say_title(f" 导入｜{self._source}｜认出 {len(self._forms)} 张表，要存 {wanted} 张{only}")
        self.say_keys()
        self._show_detail()

    def _text(self, item: Item) -> str:
        return row_text(item, self._forms[item.form], self.app.size.width - 2)

    def _show_detail(self) -> None:
        height = max(5, self.app.size.height // 4)
        rows = detail(self._current, self._forms[self._current.form], self.app.size.width)
        if len(rows) > height:
            rows = [*rows[: height - 1], line("… 全文按 F4 看", HELP)]
        self.query_one("#detail", Lines).show(rows, height=height)

    def usual_keys(self) -> str:
        """The keys for looking or for editing."""
        if self._editing is None:
            return self.KEYS
        return self.EDIT_KEYS if self._editing[2] is None else self.PLACE_KEYS

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

    def _change(self, number: int, form: Form) -> None:
        if form != self._forms[number]:
            self._before.append(self._forms)
            self._forms = (*self._forms[:number], form, *self._forms[number + 1 :])
        self._show()

    def action_undo(self) -> None:
        """Take back the last change made here."""
        if self._editing is not None:
            self.query_one("#edit", LineField).undo()
        elif self._before:
            self._forms = self._before.pop()
            self._show()
            self.say_keys("已撤销一步")

    def action_tick(self) -> None:
        """Save this form, or do not."""
        number = self._current.form
        form = self._forms[number]
        if form.saved is None:
            self._change(number, replace(form, wanted=not form.wanted))

    def action_drop(self) -> None:
        """Leave a loose text behind on purpose, or take it back."""
        item = self._current
        if item.loose is not None:
            self._change(item.form, incoming.drop(self._forms[item.form], item.loose))

    def _work(self) -> None:
        """Enter: fold a form, find a place for a loose text, correct a field, exchange two long texts."""
        item = self._current
        form = self._forms[item.form]
        if item.is_head:
            self._folded ^= {item.form}
            self._go_to(Item(item.form))
        elif form.saved is not None:
            self.say_keys("这张已经存好了，请到记录里改。")
        elif item.loose is not None:
            loose = item.loose
            find = place_choices(form.declaration, self.app.size.width - 2)
            page = PickPage("归到哪一栏", find, likely_place(form.declaration, form.loose[loose].text))
            self.app.push_screen(page, lambda place: self._placed(item.form, loose, place))
        elif item.field is not None:
            self._correct(item.form, item.field)
        else:
            self.say_keys("指标行存好后在指标表里改。")

    def _correct(self, number: int, one: Field) -> None:
        form = self._forms[number]
        if one.spec.kind is not Kind.LONG:
            self._edit(number, Place(one.key, one.spec.label, "", field=one), None)
        else:
            find = exchange_choices(form.declaration, one, self.app.size.width - 2)

            def chosen(other: Field | None) -> None:
                if other is not None:
                    self._change(number, incoming.exchange(self._forms[number], one, other))
                    self.say_keys(f"已对调：{one.spec.label}、{other.spec.label}（^Z 撤销）")

            self.app.push_screen(PickPage(f"“{one.spec.label}”的文字和哪一栏对调", find), chosen)

    def _placed(self, number: int, loose: int, place: Place | None) -> None:
        """A place was chosen for a loose text: paragraphs go there at once, single values are edited first."""
        if place is None:
            return
        text = self._forms[number].loose[loose]
        if place.field is not None and place.field.spec.kind is Kind.LONG:
            form, note = incoming.place_in_field(self._forms[number], loose, place.field, text.words_for(place.field))
            self._change(number, form)
            self.say_keys(note or f"已放到{place.label}（^Z 撤销）")
        else:
            self._edit(number, place, loose)

    def _edit(self, number: int, place: Place, loose: int | None) -> None:
        form, field = self._forms[number], self.query_one("#edit", LineField)
        if loose is not None:
            one = place.field or place.slot
            assert one is not None
            text = form.loose[loose].words_for(one)
        else:
            assert place.field is not None
            text = answers.shown(form.declaration.get(place.field.path))
        self._editing = (number, place, loose)
        field.prompt = f"{place.label}："
        field.set(text, place.field.spec.hint if place.field else "名称 目标值")
        field.display = True
        field.focus()
        self.say_keys()

    def on_line_field_submitted(self, event: LineField.Submitted) -> None:
        """Take over what was typed, or say why not and keep it."""
        if self._editing is None:
            return
        number, place, loose = self._editing
        form, text = self._forms[number], event.value
        if place.field is not None and loose is not None and text.strip():
            changed, note = incoming.place_in_field(form, loose, place.field, text)
        elif place.field is not None and loose is None:
            changed, note = incoming.set_field(form, place.field, text)
        elif place.slot is not None and loose is not None:
            changed, note = incoming.place_in_slot(form, loose, place.slot, text)
        else:
            changed, note = form, "没有内容。F10 取消"
        if changed is form and note:
            self.say_keys(note)
            return
        self._end_edit()
        self._change(number, changed)
        if note:
            self.say_keys(note)

    def _end_edit(self) -> None:
        self._editing = None
        self.query_one("#edit", LineField).display = False
        self._rows.focus()
        self.say_keys()

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
            self.say_keys("没有要存的表。F8 选上，或 F10 返回。")
            return
        left = sum(len(form.left) for form in wanted)
        kept = f"，未归位的 {left} 段随记录留着" if left else ""
        self.ask(f"存 {len(wanted)} 张表{kept}？", self._save)

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
