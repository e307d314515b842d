"""Forms read from a file put right on the screen (改正): values, rows, misplaced and unplaced texts; each change can be taken back."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.fields import Field, Kind
from tui import incoming, keymap
from tui.dialogue.places import Place, SlotPlace
from tui.incoming import Form
from tui.screens.base import Page
from tui.screens.pick import PickPage
from tui.screens.placing import ALL_HOME, exchange_choices, likely_exchange, likely_place, place_choices, place_of
from tui.screens.understood_rows import Item
from tui.widgets.field import LineField

if TYPE_CHECKING:
    from domain.exchange import Imported

SAVED = "这张已经存好了，请到记录里改。"


@dataclass(frozen=True, slots=True)
class Editing:
    """A line being typed about a form: how it is taken over (a form that stays the same was refused), what comes next."""

    form: int
    take: Callable[[Form, str], tuple[Form, str]]
    bar: str = "edit"
    then: Callable[[], None] | None = None


class Correcting(Page, screen="understood"):
    """The corrections of the preview; which row they are about, the preview says."""

    def __init__(self, imported: Sequence[Imported]) -> None:
        super().__init__()
        self._forms = incoming.forms_of(imported)
        self._before: list[tuple[Form, ...]] = []
        self._editing: Editing | None = None

    @property
    @abstractmethod
    def _current(self) -> Item:
        """The row that the marker is on."""

    @abstractmethod
    def _show(self) -> None:
        """Show everything anew."""

    @abstractmethod
    def _look(self) -> None:
        """Leave the line that is typed into."""

    def _change(self, number: int, form: Form) -> None:
        if form != self._forms[number]:
            self._before.append(self._forms)
            self._forms = incoming.looked_over((*self._forms[:number], form, *self._forms[number + 1 :]))
        self._show()

    def action_undo(self) -> None:
        """Take back the last change made here."""
        if self._editing is not None:
            self.query_one("#edit", LineField).undo()
        elif self._before:
            self._forms = self._before.pop()
            self._show()
            self.say_keys("已撤销一步")

    def action_drop(self) -> None:
        """Leave a loose text or an indicator behind on purpose (or take it back); take a field's text out."""
        item = self._current
        form = self._forms[item.form]
        if form.saved is not None:
            self.say_keys(SAVED)
        elif item.loose is not None:
            self._change(item.form, incoming.drop(form, item.loose))
        elif item.row is not None:
            self._change(item.form, incoming.drop_row(form, item.row))
            self.say_keys("不要了，放在“未归位的文字”里，存的时候不带")
        elif item.field is not None and incoming.loosen(form, item.field) is not form:
            self._change(item.form, incoming.loosen(form, item.field))
            self.say_keys("已取出来，在“未归位的文字”里")

    def _correct(self, item: Item) -> None:
        """Find a place for a loose text, correct a field or an indicator."""
        form = self._forms[item.form]
        if form.saved is not None:
            self.say_keys(SAVED)
        elif item.loose is not None:
            loose = item.loose
            find = place_choices(form.declaration, self.app.size.width - 2)
            page = PickPage("归到哪一栏", find, likely_place(form.declaration, form.loose[loose].text))
            self.app.push_screen(page, lambda place: self._placed(item.form, loose, place))
        elif item.row is not None:
            self._correct_row(item.form, item.row)
        elif item.field is not None and item.field.spec.kind is Kind.LONG:
            self._retype(item.form, item.field, incoming.to_edit(form, item.field))
        elif item.field is not None:
            one = item.field
            editing = Editing(item.form, lambda form, text: incoming.set_field(form, one, text))
            self._edit(editing, one.spec.label, incoming.to_edit(form, one), one.spec.hint)

    def _retype(self, number: int, one: Field, text: str, said: str = "") -> None:
        """Correct a long text on a page of its own, again where it is refused."""
        from tui.screens.retyping import RetypePage

        def typed(new: str | None) -> None:
            if new is None:
                return
            form, note = incoming.set_field(self._forms[number], one, new)
            if form is self._forms[number] and note:
                self._retype(number, one, new, note)
            else:
                self._change(number, form)
                self.say_keys(note or None)

        self.app.push_screen(RetypePage(one.spec.label, text, one.spec.max_chars, said), typed)

    def _correct_row(self, number: int, at: int) -> None:
        """An indicator's name, then its target."""
        row = self._forms[number].declaration.indicators[at]

        def target() -> None:
            name = self._forms[number].declaration.indicators[at].name
            editing = Editing(number, lambda form, text: incoming.change_row(form, at, name, text))
            self._edit(editing, f"{name} 目标值", row.target, "例如 >=95%")

        editing = Editing(number, lambda form, text: incoming.change_row(form, at, text, row.target), "row", target)
        self._edit(editing, "指标名称", row.name, "")

    def action_swap(self) -> None:
        """A long text with another one, each in the other's place; an indicator into another slot."""
        item = self._current
        form, width = self._forms[item.form], self.app.size.width - 2
        if form.saved is not None:
            self.say_keys(SAVED)
        elif item.field is not None and item.field.spec.kind is Kind.LONG:
            one = item.field
            title = f"“{one.spec.label}”的文字和哪一栏对调"
            page = PickPage(title, exchange_choices(form, one, width), likely_exchange(form, one))
            self.app.push_screen(page, lambda other: self._exchanged(item.form, one, other))
        elif item.row is not None:
            at = item.row
            row = form.declaration.indicators[at]
            find = place_choices(form.declaration, width, slots_only=True)
            page = PickPage(f"“{row.name}”换到哪一格", find, place_of(form.declaration, row.slot))
            self.app.push_screen(page, lambda place: self._moved(item.form, at, place))
        else:
            self.say_keys("长文字可以和别的栏对调，指标可以换到别的格；先选中一行。")

    def _exchanged(self, number: int, one: Field, other: Field | str | None) -> None:
        if other is None:
            return
        form = self._forms[number]
        if isinstance(other, Field):
            self._change(number, incoming.exchange(form, one, other))
            self.say_keys(f"已对调：{one.spec.label}、{other.spec.label}（{keymap.shown('understood.undo')} 撤销）")
        elif other == ALL_HOME:
            self._change(number, incoming.bring_home(form))
            self.say_keys(f"{len(form.homes)} 段文字各归各栏了，请逐栏看一遍（{keymap.shown('understood.undo')} 撤销）")

    def _moved(self, number: int, at: int, place: SlotPlace | None) -> None:
        if place is not None:
            self._change(number, incoming.move_row(self._forms[number], at, place.slot))
            self.say_keys(f"已换到{place.label}（{keymap.shown('understood.undo')} 撤销）")

    def _placed(self, number: int, loose: int, place: Place | None) -> None:
        """A place was chosen for a loose text: paragraphs go there at once, single values are edited first."""
        if place is None:
            return
        text = self._forms[number].loose[loose]
        if isinstance(place, SlotPlace):
            slot = place.slot
            editing = Editing(number, lambda form, words: incoming.place_in_slot(form, loose, slot, words), "place")
            self._edit(editing, place.label, text.words_for(slot), "名称 目标值")
            return
        one = place.field
        if one.spec.kind is Kind.LONG:
            form, note = incoming.place_in_field(self._forms[number], loose, one, text.words_for(one))
            self._change(number, form)
            self.say_keys(note or f"已放到{place.label}（{keymap.shown('understood.undo')} 撤销）")
        else:
            editing = Editing(number, lambda form, words: incoming.place_in_field(form, loose, one, words), "place")
            self._edit(editing, place.label, text.words_for(one), one.spec.hint)

    def _edit(self, editing: Editing, label: str, text: str, hint: str) -> None:
        field = self.query_one("#edit", LineField)
        self._editing = editing
        field.prompt = f"{label}："
        field.set(text, hint)
        field.display = True
        field.focus()
        self.say_keys()

    def on_line_field_submitted(self, event: LineField.Submitted) -> None:
        """Take over what was typed, or say why not and keep it."""
        if self._editing is None:
            return
        editing = self._editing
        form = self._forms[editing.form]
        changed, note = editing.take(form, event.value)
        if changed is form and note:
            self.say_keys(note)
            return
        self._end_edit()
        self._change(editing.form, changed)
        if editing.then is not None:
            editing.then()
        elif note:
            self.say_keys(note)

    def _end_edit(self) -> None:
        self._editing = None
        self.query_one("#edit", LineField).display = False
        self._look()
        self.say_keys()
