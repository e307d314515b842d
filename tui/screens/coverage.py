"""The coverage view on screen (覆盖情况): the best next indicator on top, then every slot; Enter adds the one, goes to the other."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from domain.marks import slot_key
from suggest.types import Coverage
from tui import covering
from tui.dialogue import Dialogue
from tui.screens.base import Page
from tui.widgets.lines import Lines
from tui.widgets.look import HELP, columns, wrapped
from tui.widgets.rows import Rows


class CoveragePage(Page, screen="coverage"):
    """Dismisses with the key of the slot to go to, None to go back."""

    def __init__(self, dialogue: Dialogue) -> None:
        super().__init__()
        self._dialogue = dialogue
        self._coverage: Coverage | None = None
        self._keys: list[str] = []
        """What Enter goes to, row by row; "" where it adds the best next indicator, or for a heading."""

    def compose(self) -> ComposeResult:
        """Title, what kind of project it is, the rows, what came of adding, keys."""
        yield self.title_bar()
        yield Lines(id="about")
        yield Rows(id="slots")
        yield Lines(id="said")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Show the view."""
        self._look()
        self.say_keys()

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self._show()
        self.say_keys()

    def _look(self) -> None:
        self._coverage = self._dialogue.suggester.coverage(self._dialogue.session.declaration)
        self._show()

    def _show(self) -> None:
        coverage = self._coverage
        if coverage is None:
            return
        width = self.app.size.width - 2
        missing = sum(covering.state(row) == "!" for row in coverage.slots)
        self.say_title(f" 覆盖情况｜{f'还有 {missing} 格多数项目会填' if missing else '常填的格子都有了'}")
        about = [*wrapped(covering.project(coverage), width), *wrapped(covering.best_next(coverage), width, HELP)]
        self.query_one("#about", Lines).show(about)
        texts = [f"加上 {covering.indicator(coverage.next)}"] if coverage.next else []
        self._keys = [""] * len(texts)
        headings, level1 = set(), ""
        for row in coverage.slots:
            if row.slot[0] != level1:
                level1 = row.slot[0]
                headings.add(len(texts))
                self._keys.append("")
                texts.append(f"【{level1}】")
            self._keys.append(slot_key(row.slot))
            cells = [covering.state(row), row.slot[1], covering.often(row), covering.told(row)]
            texts.append(columns(cells, [1, 8, 8, max(10, width - 20)]))
        self.query_one("#slots", Rows).show(texts, headings=frozenset(headings))

    def action_add(self) -> None:
        """Put the best next indicator into the table."""
        if self._coverage is None or self._coverage.next is None:
            return
        reply = self._dialogue.add(self._coverage.next)
        width = self.app.size.width - 2
        said = [row for message in reply.messages for row in wrapped(message.text, width, HELP)]
        self.query_one("#said", Lines).show(said)
        self._look()

    def on_key(self, event: events.Key) -> None:
        """Move; Enter does what the row says."""
        rows = self.query_one("#slots", Rows)
        if rows.press(event.key):
            event.stop()
        elif event.key == "enter" and self._keys:
            event.stop()
            key = self._keys[rows.current]
            if key:
                self.dismiss(key)
            elif rows.current == 0:
                self.action_add()
