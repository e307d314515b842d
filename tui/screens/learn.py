"""Learning (学习): the lessons with how far each was read, practice, the tour, one's level. Opens the trainer."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from domain.training import TOUR, ExerciseError, Lesson, levels, progress_lines
from domain.training.kinds import KINDS
from tui import keymap, learning, wiring
from tui.folders import Folders
from tui.screens.base import Page
from tui.screens.text import TextPage
from tui.screens.trainer import TrainerPage
from tui.widgets.lines import Lines
from tui.widgets.look import ERROR, HELP, PLAIN, Line, columns, cut, line, wrapped
from tui.widgets.rows import Rows

DETAIL_ROWS = 3
BESIDE_WORK = "填真表时按 {key} 可以边填边学；练习不会碰您的任何一张表。"


class LearnPage(Page, screen="learn"):
    """Choose what to learn, or begin at once with what is wanted (a lesson, a kind, an exercise's id); dismisses with None."""

    def __init__(self, folders: Folders, wanted: str = "") -> None:
        super().__init__()
        self._wanted = wanted
        self._folders = folders
        self._material = wiring.material()
        self._notebook = learning.open_notebook(folders)
        self._choices: list[tuple[str, str]] = []
        """What each row begins ("" for a heading), and what is said of it."""
        self._fault = "；".join(self._notebook.problems)

    def compose(self) -> ComposeResult:
        """Title, choices, what the current one is about, keys."""
        yield self.title_bar()
        yield Rows(id="choices")
        yield Lines(id="about")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Show where the trainee stands; the current row is where to go on. What was asked for begins at once."""
        self._show(first=True)
        if self._wanted:
            self.begin(self._wanted)

    def on_screen_resume(self) -> None:
        """Progress has changed while the trainer was on top."""
        self._show()

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        self._show()

    # -- showing --

    def _show(self, *, first: bool = False) -> None:
        rows, headings = self._rows()
        widget = self.query_one("#choices", Rows)
        widget.show(rows, headings=headings, current=self._start() if first else None)
        known = self._notebook.progress
        finished = sum(lesson.id in known.finished() for lesson in self._lessons)
        tail = f"｜{self._notebook.trouble}" if self._notebook.trouble else ""
        self.say_title(f" 学习｜等级 {levels.title(known)}｜学完 {finished}/{len(self._lessons)} 课{tail}")
        self.say_keys()
        self._show_about()

    @property
    def _lessons(self) -> list[Lesson]:
        return [lesson for lesson in self._material.lessons.values() if lesson.number]

    def _start(self) -> int:
        """The row to begin with: the tour for a newcomer, then the first lesson that is not finished."""
        known = self._notebook.progress
        if not known.lessons:
            return 0
        wanted = next((lesson.id for lesson in self._lessons if lesson.id not in known.finished()), "")
        return next((at for at, (begins, _) in enumerate(self._choices) if begins == (wanted or "练习")), 0)

    def _rows(self) -> tuple[list[str], frozenset[int]]:
        known = self._notebook.progress
        width = self.app.size.width - 2
        rows: list[str] = []
        headings: set[int] = set()
        self._choices = []

        def add(begins: str, text: str, about: str = "") -> None:
            if not begins:
                headings.add(len(rows))
            rows.append(text)
            self._choices.append((begins, about))

        tour = self._material.lessons.get(TOUR)
        if tour is not None:
            add(TOUR, f"导览　{tour.title}{'　看过' if known.lesson(TOUR).finished else ''}", tour.goal)
        missed = f"　错过待补 {len(known.missed)} 题" if known.missed else ""
        add("练习", f"练习　一次 10 题{missed}", "错过的、该复习的、没做过的，自动挑；不停地练就不断地出新题。")
        add("", "课程")
        for lesson in self._lessons:
            add(lesson.id, self._lesson_row(lesson, width), f"学完以后：{lesson.goal}")
        add("", "只练一种题")
        for kind in KINDS:
            if kind.topics(self._material) and kind.id != "quiz":
                record = known.kind(kind.id)
                done = f"{record.answered} 题，最近得分率 {record.recent_mean:.0%}" if record.answered else ""
                if kind.id in learning.DRAFTED and learning.begun(self._folders, kind.id):
                    done = f"写到一半，接着写　{done}".strip("　")
                add(kind.id, columns([kind.title, done], [20, max(2, width - 22)]), f"练的是：{kind.skill}")
        return rows, frozenset(headings)

    def _lesson_row(self, lesson: Lesson, width: int) -> str:
        mark = self._notebook.progress.lesson(lesson.id)
        if mark.done:
            state = f"做到第 {mark.done + 1} 题"
        elif mark.page:
            state = f"看到第 {mark.page} 页"
        else:
            state = "学完" if mark.finished else ""
        cells = [f"第{lesson.number}课", lesson.title, f"{lesson.minutes} 分钟", state]
        return columns(cells, [8, max(10, width - 35), 8, 14])

    def _show_about(self) -> None:
        width = self.app.size.width - 1
        known = self._notebook.progress
        at = self.query_one("#choices", Rows).current
        about = self._choices[at][1] if at < len(self._choices) else ""
        following = levels.following(known)
        beside = BESIDE_WORK.format(key=keymap.shown("fill.coach"))
        asks = f"下一级“{following.title}”：{following.asks}；{following.measure(known)[1]}。" if following else beside
        rows: list[Line] = wrapped(self._fault, width, ERROR) if self._fault else wrapped(about, width)[:1]
        rows += [line(cut(asks, width), HELP), line(cut(beside, width) if following else "", PLAIN)]
        self.query_one("#about", Lines).show(rows[:DETAIL_ROWS], height=DETAIL_ROWS)

    # -- acting --

    def on_key(self, event: events.Key) -> None:
        """Move among the choices, or begin one."""
        rows = self.query_one("#choices", Rows)
        if rows.press(event.key):
            self._fault = ""
            self._show_about()
        elif event.key == "enter":
            self.begin(self._choices[rows.current][0])
        elif event.character and event.character.isascii() and event.character.isdecimal():
            self.begin(str(int(event.character) or 10))
        else:
            return
        event.stop()

    def begin(self, wanted: str) -> None:
        """Open the trainer."""
        width = min(76, self.app.size.width - 2)
        try:
            trainer = learning.begin(learning.trainer(self._material, self._notebook, width), wanted, self._folders)
        except ExerciseError as error:
            self._fault = str(error)
            self._show_about()
            return
        self.app.push_screen(TrainerPage(trainer, self._notebook, self._folders))

    def action_practice(self) -> None:
        """Practise what is due."""
        self.begin("练习")

    def action_progress(self) -> None:
        """Everything about the progress, to read."""

        def rows(width: int) -> list[Line]:
            return [
                row
                for text in progress_lines(self._material, self._notebook.progress)
                for row in wrapped(text, width, PLAIN)
            ]

        self.app.push_screen(TextPage(" 学习｜进度", rows))
