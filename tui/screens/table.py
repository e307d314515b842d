"""The indicator table as a whole (指标表): every slot and row, edit in place, add, delete, reorder."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult

from domain import quantity
from domain.framework import Slot, framework
from domain.marks import SUGGESTED, TYPED, WEIGHTS, beside, row_keys, slot_key
from domain.model import Indicator
from domain.text import one_line
from suggest.types import Offer, Suggestion
from tui import keymap
from tui.dialogue import Dialogue, slots
from tui.dialogue.outside import refused_in_short
from tui.screens.base import Page
from tui.widgets.field import LineField
from tui.widgets.lines import Lines
from tui.widgets.look import ERROR, HELP, Line, cut, line, wrapped
from tui.widgets.look import columns as laid_out
from tui.widgets.rows import MOVES, Rows

OFFERED = 3
FOUND = 9
"""Suggestions to choose from after a search by initials, so that one digit chooses."""

NO_ROW = " 这一格还没有指标，先写一条。"


class TablePage(Page, screen="table"):
    """All slots with their rows. The input edits the current row; on an empty slot it adds one."""

    def __init__(self, dialogue: Dialogue, *, at_row: int | None = None) -> None:
        super().__init__()
        self._dialogue, self._first_row = dialogue, at_row
        self._lines: list[tuple[Slot, int | None] | None] = []
        self._adding = False
        self._offer: tuple[Suggestion, ...] = ()
        self._below: Callable[[], list[Line]] = list
        self._stood = ""
        """What the input began with on this row."""
        self._kept = ""
        """What of it lies on disk as text in progress; anything else there is the conversation's."""

    def compose(self) -> ComposeResult:
        """Title, rows, suggestions, input, keys."""
        yield self.title_bar()
        yield Rows(id="rows")
        yield Lines(id="offer")
        yield LineField(id="edit")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Show the table at the row that was asked for, else at the slot that the conversation is at."""
        self.query_one("#edit", LineField).focus()
        at_slot = self._dialogue.key if self._first_row is None else ""
        self._show(at_slot=at_slot, at_row=self._first_row)
        self.say_keys()

    def on_resize(self) -> None:
        """Lay everything but the input out for the new width."""
        self._lay_out()
        self._show_below()
        self.say_keys()

    # -- showing --

    def _show(self, at_slot: str = "", at_row: int | None = None) -> None:
        self._lay_out(at_slot, at_row)
        self._show_current()

    def _lay_out(self, at_slot: str = "", at_row: int | None = None) -> None:
        declaration = self._dialogue.session.declaration
        weights = beside(self._dialogue.session.record, WEIGHTS)
        keys = row_keys(declaration.indicators)
        width = self.app.size.width - 2
        widths = [10, max(12, width - 32 - 7 * bool(weights)), 20, 6]
        texts: list[str] = []
        headings: set[int] = set()
        self._lines, current, level1 = [], None, ""
        for slot in framework(declaration.framework).slots:
            if slot.level1 != level1:
                level1 = slot.level1
                headings.add(len(texts))
                self._lines.append(None)
                texts.append(level1)
            rows = declaration.rows(slot.key)
            for number, (index, row) in enumerate(rows):
                if index == at_row or (at_slot == slot_key(slot.key) and not number):
                    current = len(texts)
                weight = f"{weights[keys[index]]}分" if keys[index] in weights else ""
                texts.append(laid_out([slot.level2 if not number else "", row.name, row.target, weight], widths))
                self._lines.append((slot, index))
            if not rows:
                if at_slot == slot_key(slot.key):
                    current = len(texts)
                texts.append(slot.level2)
                self._lines.append((slot, None))
        self.query_one("#rows", Rows).show(texts, current=current, headings=frozenset(headings))
        weighed = f"｜{self._dialogue.reviewer.about_weights()}" if weights else ""
        self.say_title(f" 指标表｜{len(declaration.indicators)} 条{weighed}")

    @property
    def _current(self) -> tuple[Slot, int | None]:
        found = self._lines[self.query_one("#rows", Rows).current]
        assert found is not None
        return found

    def _show_current(self) -> None:
        slot, index = self._current
        self._adding = index is None
        self._offer = self._dialogue.suggester.offer(self._dialogue.session.declaration, slot.key).suggestions[:OFFERED]
        self._show_below(lambda: self._offered(f"{slot.place}：{slot.meaning}"))
        if index is None:
            self._begin(slot, "名称 目标值，如 租用光纤数 =147条" + "；或写建议的序号" * bool(self._offer))
        else:
            field = self.query_one("#edit", LineField)
            field.set(_shown(self._dialogue.session.declaration.indicators[index]))
            field.select()  # a number typed there chooses a suggestion, as the key bar says
            self._stood, self._kept = field.value, ""

    def _begin(self, slot: Slot, hint: str) -> None:
        """A new row, with what was half typed for it before."""
        field = self.query_one("#edit", LineField)
        self._kept = self._dialogue.session.typing_at(slot_key(slot.key))
        field.set(self._kept, hint)
        self._stood = field.value

    def _show_below(self, said: Callable[[], list[Line]] | None = None) -> None:
        """What stands between rows and input: something else, or the same for another width."""
        self._below = said or self._below
        lines = self._below()
        self.query_one("#offer", Lines).show(lines, height=max(len(lines), OFFERED + 1))

    def _offered(self, heading: str) -> list[Line]:
        """What can be picked by its number, below a heading."""
        width = self.app.size.width
        rows = [
            line(cut(f" {number}. {one.name}  {one.target}　{'；'.join(one.reasons)}", width))
            for number, one in enumerate(self._offer, 1)
        ]
        return [line(cut(f" {heading}", width), HELP), *rows]

    def on_key(self, event: events.Key) -> None:
        """Move in the table."""
        rows = self.query_one("#rows", Rows)
        if event.key in MOVES:
            event.stop()
            if self._take_over():
                rows.press(event.key)
                self._show_current()
                self.say_keys(self._dialogue.session.trouble or None)

    # -- keeping --

    def on_line_field_changed(self, event: LineField.Changed) -> None:
        """Keep what is being typed safe."""
        self.keep_soon()

    def keep_draft(self) -> None:
        """Put the text in progress on disk; the conversation and this table show it again at its slot."""
        session = self._dialogue.session
        if not self.is_attached or session.read_only:
            return
        text, place = self.query_one("#edit", LineField).value, slot_key(self._current[0].key)
        if text != self._stood and session.typing_at(place) == self._kept:
            session.note_typing(place, text)
            session.note_place(place)
            self._kept = text

    # -- changing --

    def on_line_field_submitted(self, event: LineField.Submitted) -> None:
        """Write the row down and go to the next."""
        if self._take_over(sent=True):
            self.query_one("#rows", Rows).move(1)
            self._show_current()

    def _take_over(self, *, sent: bool = False) -> bool:
        """Settle what stands in the input; False where it cannot be. Half a line from before stays one until it is sent."""
        text, place = self.query_one("#edit", LineField).value, slot_key(self._current[0].key)
        if text == self._stood and not sent:
            return True
        kept = self._kept  # the row that is written down may be shown anew
        taken = self._write_down(one_line(text))
        if taken and self._dialogue.session.typing_at(place) == kept:
            self._dialogue.session.note_typing(place, "")
        return taken

    def _write_down(self, text: str) -> bool:
        """Put a line into the table; False where it cannot be."""
        session = self._dialogue.session
        slot, index = self._current
        if not text:
            return True
        if session.read_only and (index is None or text != _shown(session.declaration.indicators[index])):
            return self._refuse(refused_in_short(session))
        if index is None or self._adding:
            outcome = slots.answer(session, self._dialogue.suggester, slot, Offer(self._offer), 0, text, seen=False)
            if outcome.found:
                self._offer = outcome.found[:FOUND]
                return self._ask_again(lambda: self._offered(outcome.reply.messages[0].text))
            if outcome.reply.keep:
                return self._refuse(outcome.reply.messages[0].text)
            self._show(at_row=session.declaration.rows(slot.key)[-1][0])
        elif text != _shown(row := session.declaration.indicators[index]):
            number, origin, chosen = slots.number_in(text), TYPED, None
            if number is not None and 1 <= number <= len(self._offer):
                chosen = self._offer[number - 1]
                name, target, origin = chosen.name, chosen.target, SUGGESTED
            elif number is None and quantity.looks_like_target(text):
                name, target = row.name, quantity.parse_target(text).text
            else:
                name, target = slots.split_row(text)
            if not any(char.isalpha() for char in name):
                return self._refuse("这一行要有指标名称，后面写目标值；或写一个建议的序号。")
            if fault := slots.too_long(name, target):
                return self._refuse(f"{fault}，请删减。")
            session.change_row(index, Indicator(slot.level1, slot.level2, name, target), origin)
            if chosen is not None and chosen.name != row.name:
                self._dialogue.suggester.chosen(session.declaration, chosen, True)
            self._show(at_row=index)
        self.say_keys(session.trouble or None)
        return True

    def _refuse(self, why: str) -> bool:
        """Say why the input cannot be taken."""
        way_out = f"按 {keymap.shown('edit.erase_line')} 清空就不写了。"
        return self._ask_again(lambda: wrapped(f"！{why}{way_out}", self.app.size.width, ERROR))

    def _ask_again(self, said: Callable[[], list[Line]]) -> bool:
        """The input stays, and the next thing typed takes its place."""
        self._show_below(said)
        self.query_one("#edit", LineField).select()
        return False

    def action_add(self) -> None:
        """An empty line for one more row of this slot."""
        if not self._take_over():
            return
        self._adding = True
        slot, _ = self._current
        self._begin(slot, f"{slot.level2}再加一条：名称 目标值")

    def action_delete(self) -> None:
        """Delete the row; undo brings it back, so it is asked once."""
        slot, index = self._current
        session = self._dialogue.session
        if index is None:
            self.say_keys(NO_ROW)
            return
        if session.read_only:
            self._refuse(refused_in_short(session))
            return
        name = session.declaration.indicators[index].name

        def delete() -> None:
            session.remove_row(index)
            left = [at for at, _ in session.declaration.rows(slot.key)]
            if left:
                self._show(at_row=min(index, left[-1]))
            else:
                self._show(at_slot=slot_key(slot.key))

        self.ask(f"删除“{name}”这一行？", delete)

    def action_shift(self, offset: int) -> None:
        """Move the row up or down within its slot."""
        if self._dialogue.session.read_only:
            self._refuse(refused_in_short(self._dialogue.session))
            return
        if not self._take_over():
            return
        _, index = self._current
        if index is None:
            self.say_keys(NO_ROW)
            return
        moved_to = self._dialogue.session.move_row(index, offset)
        self._show(at_row=moved_to)
        if moved_to == index:
            self.say_keys(f" 已经在这一格的最{'上' if offset < 0 else '下'}面了；换到别的格，请删掉后在那一格重写。")

    def action_undo(self) -> None:
        """Undo in the input first, then whole steps."""
        if not self.query_one("#edit", LineField).undo():
            self._step("undo")

    def action_redo(self) -> None:
        """Redo in the input first, then whole steps."""
        if not self.query_one("#edit", LineField).redo():
            self._step("redo")

    def _step(self, command: str) -> None:
        """A whole step back or forth, and the word of which it was."""
        before = self._dialogue.session.declaration.indicators
        reply = self._dialogue.command(command)
        after = self._dialogue.session.declaration.indicators
        at = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(before))
        self._show(at_row=at if at < len(after) else None)
        self.say_keys("；".join(message.text for message in reply.messages))

    def action_leave_page(self) -> None:
        """Back, with what stands in the input written down, where anything can be."""
        session = self._dialogue.session
        if session.read_only or self._take_over():
            session.note_place(self._dialogue.key)
            self.dismiss()


def _shown(row: Indicator) -> str:
    """A row as it stands in the input."""
    return f"{row.name} {row.target}".strip()
