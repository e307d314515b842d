"""The whole form at a glance (全表): every field and slot with its state, search as you type, Enter jumps there."""

from __future__ import annotations

from enum import Enum

from textual import events
from textual.app import ComposeResult

from domain import answers
from domain.marks import CARRIED, COMPUTED, IMPORTED, SUGGESTED, TYPED, row_key
from tui import keymap
from tui.dialogue import rolled
from tui.dialogue.core import Dialogue
from tui.dialogue.places import FieldPlace, Place, SlotPlace, answered, find, places, relevant
from tui.dialogue.slots import row_lines
from tui.screens.base import Page
from tui.session import Session
from tui.widgets.field import LineField
from tui.widgets.look import columns
from tui.widgets.rows import Rows

ORIGIN_LETTERS = {TYPED: "", SUGGESTED: "建", CARRIED: "沿", IMPORTED: "导", COMPUTED: "算"}


class Only(Enum):
    """What is shown: how it is called in the title, its key bar, and what is said where there is nothing of it."""

    ALL = ("", "", "")
    EMPTY = ("只看没填的｜", "empty", "没有了，都填了，或者跳过了。")
    UNSEEN = ("只看没人看过的｜", "unseen", "没有了，都有人看过。")

    def __init__(self, title: str, bar: str, nothing: str) -> None:
        self.title, self.bar, self.nothing = title, bar, nothing


LABEL_WIDTH, SHORT_LABEL_WIDTH = 26, 18


class OverviewPage(Page, screen="overview"):
    """Dismisses with the key of the place to jump to, None to go back."""

    def __init__(self, dialogue: Dialogue) -> None:
        super().__init__()
        self._dialogue = dialogue
        self._shown: list[Place | None] = []
        self._only = Only.ALL

    def usual_keys(self) -> str:
        """The keys, with what the marks mean."""
        return keymap.bar(self.SCREEN, self._only.bar)

    def compose(self) -> ComposeResult:
        """Title, places, search line, keys."""
        yield self.title_bar()
        yield Rows(id="places")
        yield LineField(prompt="查找：", id="search")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Show everything, the current place marked."""
        self.query_one("#search", LineField).focus()
        self._show(self._dialogue.key)
        self.say_keys()

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self._show()
        self.say_keys()

    def _show(self, current_key: str = "") -> None:
        declaration = self._dialogue.session.declaration
        query = self.query_one("#search", LineField).value.strip()
        found = find(declaration, query) if query else list(places(declaration.framework))
        if self._only is not Only.ALL:
            wanted = rolled.unseen if self._only is Only.UNSEEN else left_to_fill
            found = [place for place in found if wanted(self._dialogue.session, place)]
        texts: list[str] = []
        self._shown, headings, current = [], set(), None
        section = ""
        for place in found:
            if place.section != section and not query:
                section = place.section
                headings.add(len(texts))
                self._shown.append(None)
                texts.append(f"【{section}】")
            if place.key == current_key:
                current = len(texts)
            self._shown.append(place)
            texts.append(place_text(self._dialogue, place, self.app.size.width - 2))
        nothing = [f"没有叫“{query}”的栏目。"] if query else [self._only.nothing]
        self.query_one("#places", Rows).show(texts or nothing, current=current, headings=frozenset(headings))
        done = sum(answered(place, declaration) for place in places(declaration.framework))
        unseen = sum(1 for _ in rolled.all_unseen(self._dialogue.session))
        look = f"，{unseen} 处没人看过" if unseen else ""
        self.say_title(f" 全表｜{self._only.title}{done}/{len(places(declaration.framework))} 处已填{look}")

    def action_filter(self) -> None:
        """Only what is left to fill, only what nobody has looked at, or everything again."""
        kinds = list(Only)
        self._only = kinds[(kinds.index(self._only) + 1) % len(kinds)]
        self.query_one("#places", Rows).current = 0
        self._show(self._dialogue.key)
        self.say_keys()

    def action_coverage(self) -> None:
        """Which slots such projects usually fill; a slot chosen there is jumped to from here."""
        from tui.screens.coverage import CoveragePage

        self.app.push_screen(CoveragePage(self._dialogue), self._covered)

    def _covered(self, key: str | None) -> None:
        if key:
            self.dismiss(key)
        else:
            self._show(self._dialogue.key)

    def on_line_field_changed(self, event: LineField.Changed) -> None:
        """Search as you type."""
        self.query_one("#places", Rows).current = 0
        self._show()

    def on_line_field_submitted(self, event: LineField.Submitted) -> None:
        """Jump."""
        place = self._shown[self.query_one("#places", Rows).current] if self._shown else None
        self.dismiss(place.key if place else None)

    def on_key(self, event: events.Key) -> None:
        """Move in the list."""
        rows = self.query_one("#places", Rows)
        if rows.press(event.key):
            event.stop()


def left_to_fill(session: Session, place: Place) -> bool:
    """Whether the place stands empty and was not passed over."""
    left = relevant(place, session.declaration) and not session.skipped(place.key)
    return left and not answered(place, session.declaration)


def place_text(dialogue: Dialogue, place: Place, width: int) -> str:
    """A place on one row: state, label, value, origin."""
    session = dialogue.session
    value, origin = _value(dialogue, place)
    state = _state(dialogue, place)
    narrow = width < 50
    name = place.slot.level2 if narrow and isinstance(place, SlotPlace) else place.label
    label = f"{name}{'*' if place.required else ''}"
    letter = ORIGIN_LETTERS.get(origin, "")
    unsent = "（有未确认的文字）" if session.typing_at(place.key) else ""
    label_width = SHORT_LABEL_WIDTH if narrow else LABEL_WIDTH
    return columns([state, label, unsent + value, letter], [1, label_width, max(2, width - label_width - 6), 2])


def _value(dialogue: Dialogue, place: Place) -> tuple[str, str]:
    session = dialogue.session
    if isinstance(place, FieldPlace):
        return answers.told(place.field, session.declaration.get(place.field.path)), session.origin(place.key)
    rows = session.declaration.rows(place.slot.key)
    return "；".join(row_lines(session, place.slot)), session.origin(row_key(rows[0][1])) if rows else ""


def _state(dialogue: Dialogue, place: Place) -> str:
    session = dialogue.session
    if answered(place, session.declaration):
        return "?" if rolled.unseen(session, place) else "√"
    if place.required:
        return "*"
    skipped = session.skipped(place.key) or not relevant(place, session.declaration)
    return "~" if skipped else "-"
