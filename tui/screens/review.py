"""The review screen (检查): findings by weight, what to do about each, jump there, apply a fix, ignore with a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from domain.changes import Record, diff
from domain.review import IGNORED, Finding, Review, Severity, changes_since
from tui.dialogue.core import Dialogue
from tui.screens.base import Page
from tui.session import slot_key
from tui.widgets.field import LineField
from tui.widgets.lines import Lines
from tui.widgets.look import ECHO, ERROR, HELP, PLAIN, STRONG, Line, wrapped
from tui.widgets.rows import Rows

FILTERS: tuple[tuple[str, tuple[Severity, ...]], ...] = (
    ("全部", tuple(Severity)),
    ("只看错误", (Severity.ERROR,)),
    ("错误和警告", (Severity.ERROR, Severity.WARNING)),
)
DETAIL_ROWS = 7


class ReviewPage(Page):
    """Dismisses with the key of the place to jump to, None to go back."""

    KEYS = "Enter去改 F6自动改 F8忽略(写理由) F3筛选 F5再查一遍 ^Z撤销 F10返回"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "filter", show=False, priority=True),
        Binding("f5", "again", show=False, priority=True),
        Binding("f6", "fix", show=False, priority=True),
        Binding("f8", "ignore", show=False, priority=True),
        Binding("ctrl+z", "undo", show=False, priority=True),
        Binding("escape", "leave_page", show=False, priority=True),
    ]

    def __init__(self, dialogue: Dialogue) -> None:
        super().__init__()
        self._dialogue = dialogue
        self._filter = 0
        self._shown: list[Finding | None] = []
        self._outcome: Review | None = None
        self._ignoring: Finding | None = None
        self._changed = ""

    def compose(self) -> ComposeResult:
        """Title, findings, the current one in full, the reason line, keys."""
        yield self.title_bar()
        yield Rows(id="findings")
        yield Lines(id="detail")
        yield LineField(prompt="忽略的理由：", id="reason")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Review at once."""
        self.query_one("#reason", LineField).display = False
        self.query_one("#findings", Rows).can_focus = True
        self.query_one("#findings", Rows).focus()
        self.action_again()

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        if self._outcome is not None:
            self._show()

    # -- showing --

    def action_again(self) -> None:
        """Review anew and say what has changed since the last time."""
        before = self._dialogue.reviewer.last
        self._outcome = self._dialogue.reviewer.review()
        if before:
            changed = changes_since(before, self._outcome.findings)
            self._changed = f"｜比上次少 {len(changed.gone)} 多 {len(changed.new)}"
        self._show()

    def _show(self) -> None:
        outcome = self._outcome
        assert outcome is not None
        name, wanted = FILTERS[self._filter]
        texts: list[str] = []
        headings: set[int] = set()
        self._shown = []
        for severity in wanted:
            leads = [lead for lead, _ in outcome.by_cause() if lead.severity is severity]
            if leads:
                headings.add(len(texts))
                texts.append(f"{severity.label} {len(leads)} 处")
                self._shown.append(None)
            texts += [f"{one.rule.id} {'[可改] ' if one.fixed else ''}{one.hit.message}" for one in leads]
            self._shown += leads
        self.query_one("#findings", Rows).show(texts or ["没有要改的了"], headings=frozenset(headings))
        count = f"{name}｜" if self._filter else ""
        self.say_title(
            f" 检查｜{count}评级 {outcome.grade.label} {outcome.total.normalize():f} 分{self._changed}｜{outcome.outcome}"
        )
        self.say_keys()
        self._show_detail()

    @property
    def _current(self) -> Finding | None:
        at = self.query_one("#findings", Rows).current
        return self._shown[at] if at < len(self._shown) else None

    def _show_detail(self) -> None:
        width, finding = self.app.size.width, self._current
        rows: list[Line] = []
        if finding is not None:
            rows = wrapped(finding.hit.message, width, STRONG if finding.severity is not Severity.ERROR else ERROR)
            rows += wrapped(f"{finding.rule.cost}", width, PLAIN)
            rows += wrapped(f"怎么办：{finding.advice}", width, HELP)
            rows += wrapped(f"依据：{finding.rule.grounds}", width, PLAIN)
        elif self._outcome is not None:
            rows = [row for cap in self._outcome.grading.caps for row in wrapped(cap, width, PLAIN)]
        self.query_one("#detail", Lines).show(rows, height=DETAIL_ROWS)

    def on_key(self, event: events.Key) -> None:
        """Move among the findings; Enter jumps."""
        rows = self.query_one("#findings", Rows)
        if rows.press(event.key):
            self._show_detail()
            event.stop()
        elif event.key == "enter" and self._ignoring is None:
            self._jump()
            event.stop()

    # -- acting --

    def _jump(self) -> None:
        finding = self._current
        if finding is not None:
            self.dismiss(place_key(self._dialogue, finding))

    def action_filter(self) -> None:
        """The next filter."""
        self._filter = (self._filter + 1) % len(FILTERS)
        self.query_one("#findings", Rows).current = 0
        self._show()

    def action_fix(self) -> None:
        """Show what the fix would change and ask."""
        finding = self._current
        if finding is None or finding.fixed is None:
            self.say_keys("这一处没有把握自动改，请按 Enter 去改。")
            return
        session = self._dialogue.session
        fixed = replace(session.record, declaration=finding.fixed)
        self.query_one("#detail", Lines).show(
            before_after(session.record, fixed, self.app.size.width), height=DETAIL_ROWS
        )

        def apply() -> None:
            session.apply(f"按 {finding.rule.id} 自动改", fixed)
            self.action_again()

        self.ask("照这样改吗？", apply)

    def action_ignore(self) -> None:
        """Ask why the current finding may stand."""
        self._ignoring = self._current
        if self._ignoring is not None:
            field = self.query_one("#reason", LineField)
            field.set("", "写一句理由，回车；空着取消")
            field.display = True
            field.focus()

    def on_line_field_submitted(self, event: LineField.Submitted) -> None:
        """Ignore with the reason given; an error needs one."""
        finding, self._ignoring = self._ignoring, None
        reason = event.value.strip()
        self.query_one("#reason", LineField).display = False
        self.query_one("#findings", Rows).focus()
        if finding is not None and reason:
            session = self._dialogue.session
            session.apply(f"忽略 {finding.rule.id}", session.record.marked(IGNORED, finding.key, reason))
            self.action_again()

    def action_undo(self) -> None:
        """Take back a fix or an ignoring."""
        self._dialogue.command("undo")
        self.action_again()


def place_key(dialogue: Dialogue, finding: Finding) -> str | None:
    """The key of the question that a finding is about."""
    if finding.hit.slot is not None:
        return slot_key(finding.hit.slot)
    where = finding.where
    if where[0] == "indicators":
        rows = dialogue.session.declaration.indicators
        return slot_key(rows[where[1]].slot) if len(where) > 1 and isinstance(where[1], int) else None
    return ".".join(str(part) for part in where[:2])


def before_after(before: Record, after: Record, width: int) -> list[Line]:
    """What a fix changes, old and new."""
    rows: list[Line] = []
    for change in diff(before, after):
        rows += wrapped(f"原：{_shown(change.old)}", width, PLAIN)
        rows += wrapped(f"改：{_shown(change.new)}", width, ECHO)
    return rows


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return (
            "；".join(f"{row.name} {row.target}" if hasattr(row, "target") else str(row) for row in value) or "（空）"
        )
    text = " ".join(str(value if value is not None else "（空）").split())
    return text if len(text) <= 100 else f"{text[:99]}…"
