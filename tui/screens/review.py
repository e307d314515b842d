"""The review screen (检查): findings by test or weight, what to do about each, mend it there and come back, fix, ignore."""

from __future__ import annotations

from dataclasses import replace

from rich.style import Style
from textual import events
from textual.app import ComposeResult

from domain.changes import Record
from domain.quantity import plain
from domain.review import Finding, Severity
from tui import keymap
from tui.dialogue.core import Dialogue
from tui.dialogue.outside import refused_in_short
from tui.findings import Item, Jump, Only, Results, changed_places, finding_line, jump_to, link_line, place_label
from tui.screens.base import Page
from tui.screens.text import TextPage
from tui.terminal.widths import text_width
from tui.widgets.field import LineField
from tui.widgets.lines import Lines
from tui.widgets.look import ECHO, ERROR, HELP, PLAIN, STRONG, Line, clipped, cut, line, wrapped
from tui.widgets.rows import Rows

DETAIL_ROWS = 7


class ReviewPage(Page, screen="review"):
    """Dismisses with the place to mend, None to go back."""

    def __init__(self, dialogue: Dialogue) -> None:
        super().__init__()
        self._dialogue = dialogue
        self._view = dialogue.reviewer.view
        self._results: Results | None = None
        self._items: list[Item] = []
        self._ignoring: Finding | None = None

    def compose(self) -> ComposeResult:
        """Title, findings, the current one in full, the reason line, keys."""
        yield self.title_bar()
        yield Rows(id="findings")
        yield Lines(id="detail")
        yield LineField(prompt="忽略的理由：", id="reason")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Review at once; the row that was left for mending is current again."""
        self._reason.display = False
        self._rows.can_focus = True
        self._rows.focus()
        self._rows.current = self._view.row
        self._review(self._view.at)

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        if self._results is not None:
            self._show(self._current.key)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#findings", Rows)

    @property
    def _reason(self) -> LineField:
        return self.query_one("#reason", LineField)

    @property
    def _current(self) -> Item:
        return self._items[self._rows.current]

    def usual_keys(self) -> str:
        """The keys for findings or for the number chains."""
        return keymap.bar(self.SCREEN, "numbers" if self._view.numbers else "")

    # -- showing --

    def action_again(self) -> None:
        """Review anew and say what has changed since the last time."""
        self._review(self._current.key)

    def _review(self, at: str = "") -> None:
        self._results = self._dialogue.reviewer.results()
        self._show(at)

    def _show(self, at: str = "") -> None:
        results = self._results
        assert results is not None
        if self._view.numbers:
            self._items = results.numbers() or [Item("正文、指标和金额里没有可以对照的数")]
        else:
            self._items = results.rows(self._view.only, by_test=self._view.by_test) or [Item(self._nothing(results))]
        keys = [item.key for item in self._items]
        self._rows.show(
            [item.text for item in self._items],
            current=keys.index(at) if at in keys else min(self._rows.current, len(keys) - 1),
            headings=frozenset(number for number, item in enumerate(self._items) if item.heading),
        )
        self.say_title(_clauses_within(f" 检查｜{self._heading(results)}", self.app.size.width))
        self.say_keys()
        self._show_detail()

    def _nothing(self, results: Results) -> str:
        """Said in place of rows: that all is well, or that the filter hides the rest."""
        rest = sum(1 for _ in results.outcome.by_cause())
        if not rest:
            return "没有要改的了"
        return f"这里没有了；别的还有 {rest} 处，按 {keymap.shown('review.filter')} 换着看"

    def _heading(self, results: Results) -> str:
        if self._view.numbers:
            return "数字对照：正文、指标、金额互相对一遍"
        outcome = results.outcome
        parts = [
            self._view.only.label if self._view.only is not Only.ALL else "",
            f"评级 {outcome.grade.label} {plain(outcome.total)} 分",
            results.change,
            outcome.outcome,
        ]
        return "｜".join(filter(None, parts))

    def _show_detail(self) -> None:
        more = f"… 还有 {{}} 行，{keymap.shown('review.whole')} 看全文"
        rows = clipped(self._about(self.app.size.width), DETAIL_ROWS, more)
        self.query_one("#detail", Lines).show(rows, height=DETAIL_ROWS)

    def _about(self, width: int) -> list[Line]:
        """The current row in full."""
        item = self._current
        if item.finding is not None:
            return about_finding(item, width)
        if item.link is not None:
            rows = wrapped(link_line(item.link), width, STRONG)
            rows += wrapped(f"Enter 去“{place_label(item.link.where)}”", width, HELP)
            if item.link.other is not None:
                rows += wrapped(f"{keymap.shown('review.fix')} 去另一头“{place_label(item.link.other)}”", width, HELP)
            return rows
        if item.gone is not None:
            return wrapped(item.text, width, ECHO)
        caps = self._results.outcome.grading.caps if self._results else ()
        return [row for cap in caps for row in wrapped(cap, width, PLAIN)]

    def action_whole(self) -> None:
        """The current row with nothing cut off."""
        self.app.push_screen(TextPage(" 检查｜全文", self._about))

    def on_key(self, event: events.Key) -> None:
        """Move among the findings; Enter jumps."""
        if self._rows.press(event.key):
            self._show_detail()
            self.say_keys()
            event.stop()
        elif event.key == "enter" and self._ignoring is None:
            self._jump()
            event.stop()

    @property
    def _has_new(self) -> bool:
        changed = self._results.changed if self._results else None
        return changed is not None and bool(changed.new)

    def action_filter(self) -> None:
        """The next filter."""
        choices = [one for one in Only if one is not Only.NEW or self._has_new]
        at = choices.index(self._view.only) if self._view.only in choices else -1
        self._view.only = choices[(at + 1) % len(choices)]
        self._view.numbers = False
        self._show(self._current.key)

    def action_order(self) -> None:
        """By the four tests, or by weight."""
        self._view.by_test, self._view.numbers = not self._view.by_test, False
        self._show(self._current.key)

    def action_numbers(self) -> None:
        """The number chains, or the findings again."""
        self._view.numbers = not self._view.numbers
        self._show()

    # -- acting --

    def _jump(self) -> None:
        item = self._current
        if item.finding is not None:
            self._go(jump_to(self._dialogue, item.finding.where, item.finding))
        elif item.link is not None:
            self._go(jump_to(self._dialogue, item.link.where))

    def _go(self, jump: Jump | None) -> None:
        if jump is None:
            self.say_keys(
                f"这一处说的是整张指标表，按 {keymap.shown('page.leave')} 回去，再按 {keymap.shown('fill.table')} 打开指标表改。"
            )
            return
        self._view.at, self._view.row = self._current.key, self._rows.current
        self.dismiss(jump)

    def action_fix(self) -> None:
        """Show what the fix would change and ask; at a comparison go to its other end."""
        item = self._current
        if item.link is not None and item.link.other is not None:
            self._go(jump_to(self._dialogue, item.link.other))
            return
        if self._only_looked_at():
            return
        finding = item.finding if item.reason is None else None
        if finding is None or finding.fixed is None:
            self.say_keys("这一处没有把握自动改，请按 Enter 去改。")
            return
        record = self._dialogue.session.record
        fixed = replace(record, declaration=finding.fixed)
        room = max(DETAIL_ROWS, self.app.size.height // 2)
        rows = before_after(record, fixed, self.app.size.width, room)
        self.query_one("#detail", Lines).show(rows, height=max(DETAIL_ROWS, min(len(rows), room)))

        def apply() -> None:
            self._dialogue.reviewer.apply_fix(finding)
            self._review()
            self._only_looked_at()

        self.ask("照这样改吗？", apply)

    def _only_looked_at(self) -> bool:
        """Whether nothing can be changed, which is then said."""
        session = self._dialogue.session
        if session.read_only:
            self.say_keys(refused_in_short(session))
        return bool(session.read_only)

    def action_ignore(self) -> None:
        """Ask why the current finding may stand; an ignored one counts again."""
        item = self._current
        if item.finding is None or self._only_looked_at():
            return
        if item.reason is not None:
            self._mark(item.finding, None)
            return
        self._ignoring = item.finding
        needed = item.finding.severity is Severity.ERROR
        self._reason.set("", "写一句理由，回车；错误必须写理由" if needed else "写一句理由，回车；可以不写")
        self._reason.display = True
        self._reason.focus()
        self.say_keys("Enter 忽略这一处，不计分　Esc 不忽略了")

    def on_line_field_submitted(self, event: LineField.Submitted) -> None:
        """Ignore with the reason given; an error needs one."""
        finding, reason = self._ignoring, event.value.strip()
        if finding is None:
            return
        if finding.severity is Severity.ERROR and not reason:
            self.say_keys("错误不写理由不能忽略：写一句为什么可以不改。Esc 不忽略了")
            return
        self._end_ignoring()
        self._mark(finding, reason)

    def _end_ignoring(self) -> None:
        self._ignoring = None
        self._reason.display = False
        self._rows.focus()
        self.say_keys()

    def _mark(self, finding: Finding, reason: str | None) -> None:
        self._dialogue.reviewer.ignore(finding, reason)
        self._review()

    def action_table(self) -> None:
        """Write the official review table."""
        from tui.screens.views import open_export

        open_export(self, self._dialogue, at="review-docx")

    def action_undo(self) -> None:
        """Take back what was typed of a reason, else a fix or an ignoring."""
        if self._ignoring is not None:
            self._reason.undo()
            return
        reply = self._dialogue.command("undo")
        self._review(self._current.key)
        self.say_keys("；".join(message.text for message in reply.messages))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a reason is written, only what belongs to it; the number chains have no filter and no order."""
        if self._ignoring is not None and action not in ("undo", "leave_page"):
            return False
        if self._view.numbers and action in ("filter", "order"):
            return False
        return super().check_action(action, parameters)

    def action_leave_page(self) -> None:
        """Back; out of the reason line first."""
        if self._ignoring is not None:
            self._end_ignoring()
        else:
            self._view.at, self._view.row = self._current.key, self._rows.current
            self.dismiss()


def _clauses_within(text: str, width: int) -> str:
    """A text that ends with a whole clause within the width."""
    while text_width(text) > width and "，" in text:
        text = text.rpartition("，")[0]
    return text


def about_finding(item: Item, width: int) -> list[Line]:
    """A finding in full: what was found, what it costs, what to do, what it rests on, what else has the same cause."""
    finding = item.finding
    assert finding is not None
    rows = wrapped(finding.hit.message, width, STRONG if finding.severity is not Severity.ERROR else ERROR)
    if item.reason is not None:
        rows += wrapped(f"已忽略：{item.reason or '没有写理由'}。{keymap.shown('review.ignore')} 不再忽略", width, ECHO)
    rows += wrapped(f"怎么办：{finding.advice}", width, HELP)
    rows += wrapped(finding.rule.cost, width, PLAIN)
    rows += wrapped(f"依据：{finding.rule.grounds}", width, PLAIN)
    return rows + [row for other in item.others for row in wrapped(f"同一原因：{finding_line(other)}", width, PLAIN)]


def before_after(before: Record, after: Record, width: int, room: int) -> list[Line]:
    """What a fix changes, place by place: old and new, each on one row where there is no room for more."""
    told: list[tuple[str, Style]] = []
    for label, old, new in changed_places(before, after):
        told.append((f"{label} 原：{old}", PLAIN))
        told.append((f"{label} 改：{new}", ECHO))
    rows = [row for text, style in told for row in wrapped(text, width, style)]
    return rows if len(rows) <= room else [line(cut(text, width), style) for text, style in told]
