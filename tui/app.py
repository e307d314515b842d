"""The full-screen app: wiring of store, screens and terminal, nothing else."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events

from domain.records.catalog import Catalog
from domain.records.store import Opened, Store
from tui import keymap, wiring
from tui.actions import PROGRAM
from tui.config import Config, load
from tui.folders import Folders
from tui.opening import Wanted
from tui.record_keys import progress
from tui.screens.base import Page, bindings
from tui.screens.desk import Desk
from tui.screens.fill import FillPage
from tui.screens.home import HomePage
from tui.terminal.app import TerminalApp
from tui.terminal.probe import WIDE_MESSAGE
from tui.warming import Warming
from tui.welcome import first_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from domain.library import Library
    from tui.terminal.driver import TerminalDriver

WARM_UP_AFTER = 0.6
"""Seconds without a key before the next part of the engine is loaded."""

WIDE_TOLD = "wide-told"
"""The empty file that says that the hint on wide characters was given."""

WARM_UP_STEP = 0.05
"""Seconds between two such parts, so that keys find their way in."""


class FormApp(TerminalApp, inherit_bindings=False):
    """tianbiao on the whole screen."""

    BINDINGS = bindings(PROGRAM)
    CSS_PATH = "app.tcss"

    def __init__(
        self,
        folders: Folders,
        wanted: Wanted | None = None,
        config: Config | None = None,
        opened: Opened | None = None,
    ) -> None:
        """At home, with a record that is open already (`opened`), or with a lesson or the key test that is wanted alone."""
        super().__init__()
        self.folders = folders
        self.store = Store(folders.records)
        self.catalog = Catalog(self.store, folders.cache, progress)
        self.desk = Desk(self)
        self.crash_report = folders.state / "crash.log"
        self._wanted, self._opened, self.config = wanted or Wanted(), opened, config or load()
        self.ink = self.config.text("theme")
        self._filling: FillPage | None = None
        self._warming = Warming(folders)
        self._is_warm = False
        self._key_at = 0.0

    def on_mount(self) -> None:
        """Open home, or the record of the command line and home behind it."""
        if keymap.chosen():
            self.set_keymap(keymap.chosen())
        if self._opened is not None:
            self.fill(self._opened, end=True)
        elif self._wanted.key_test:
            self.test_keys(end=True)
        elif self._wanted.lesson is not None:
            self.open_learning(self._wanted.lesson, end=True)
        else:
            self.push_screen(HomePage())
            self.set_timer(WARM_UP_AFTER, self._mention_pasted)
        self.set_timer(WARM_UP_AFTER, self._warm_up)
        self.call_after_refresh(self._mention_settings)

    def _mention_settings(self) -> None:
        """What of the configuration could not be used; once, that the terminal draws some characters wide."""
        for problem in self.config.problems[:1]:
            others = len(self.config.problems) - 1
            more = f"（还有 {others} 处，看 tianbiao config）" if others else ""
            self.notice(f"{problem.replace(str(self.config.path), self.config.path.name)}{more}")
        if self.ambiguous == "wide" and first_time(self.folders, WIDE_TOLD):
            self.notice(WIDE_MESSAGE)

    def _mention_pasted(self) -> None:
        """Say at home that a pasted form waits to become a record."""
        from tui.pasted import Pasted

        if isinstance(self.screen, HomePage) and Pasted(self.folders.state).waits():
            self.notice(f"上次粘贴的文字还没保存成记录，按 {keymap.shown('home.import')} 接着看。")

    # -- loading while nobody types --

    async def on_event(self, event: events.Event) -> None:
        """Remember when the last key came."""
        if isinstance(event, events.Key | events.Paste):
            self._key_at = monotonic()
        await super().on_event(event)

    def _warm_up(self) -> None:
        """Load one more part of engine and rules, unless the filer is typing."""
        idle = monotonic() - self._key_at
        if idle < WARM_UP_AFTER:
            self.set_timer(WARM_UP_AFTER - idle, self._warm_up)
        elif self._warming.step():
            self.set_timer(WARM_UP_STEP, self._warm_up)
        else:
            self._is_warm = True

    def _warm_up_also(self, steps: Iterator[Callable[[], object]]) -> None:
        self._warming.add(steps)
        if self._is_warm:
            self._is_warm = False
            self.set_timer(WARM_UP_AFTER, self._warm_up)

    # -- pages --

    def fill(self, opened: Opened, *, draft: bool = False, check: bool = False, end: bool = False) -> None:
        """The conversation about a record: from a pasted description, with its review first, or as all that is wanted."""
        dialogue = wiring.dialogue_of(self.folders, self.store, opened)
        if draft:
            dialogue.command("draft")
        self._filling = FillPage(dialogue)

        def closed(_: Any) -> None:
            self._filling = None
            if end:
                self.exit(return_code=0)

        self.push_screen(self._filling, closed)
        self._warm_up_also(wiring.siblings_of(dialogue))
        if check:
            from tui.screens.views import check_over

            self.call_later(check_over, self._filling, self._filling.leave)

    def test_keys(self, *, end: bool = False) -> None:
        """What arrives for each key."""
        from tui.screens.keytest import KeyTestPage

        self.push_screen(KeyTestPage(), (lambda _: self.exit(return_code=0)) if end else None)

    def show_help(self) -> None:
        """Keys and commands."""
        from tui.screens.views import help_page

        self.push_screen(help_page())

    def library(self) -> Library:
        """The indicator library with the office's and the user's layers."""
        return wiring.library(self.folders)

    def browse_library(self) -> None:
        """Study the indicator library without a record."""
        from tui.screens.library import LibraryPage

        self.push_screen(LibraryPage(self.library()))

    def open_learning(self, wanted: str = "", *, end: bool = False) -> None:
        """Lessons and practice, at once with one of them where wanted; no record is touched there."""
        from domain.training import ExerciseError
        from tui.screens.learn import LearnPage

        try:
            page = LearnPage(self.folders, wanted)
            self.push_screen(page, (lambda _: self.exit(return_code=0)) if end else None)
        except ExerciseError as error:
            self.notice(f"学习打不开：{error}")

    # -- the terminal layer --

    def save_now(self) -> None:
        """Put everything on disk; called by signals and crashes too."""
        for page in self.screen_stack:
            if isinstance(page, Page):
                page.keep_draft()
        if self._filling is not None:
            self._filling.dialogue.session.save()

    def _resume(self, driver: TerminalDriver) -> None:
        """Back from the shell: others may have been at the record."""
        super()._resume(driver)
        if self._filling is not None and self._filling.is_attached and self._filling.is_current:
            self._filling.keep_draft()
            self._filling.on_screen_resume()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of the whole program are but keys where keys are tested."""
        page = self.screen
        return action == "interrupt" or not (isinstance(page, Page) and page.LOOKS_AT_KEYS)

    def action_leave(self) -> None:
        """Ctrl+Q does what F10 does."""
        page = self.screen
        leave = getattr(page, "action_leave_page", None)
        if leave is not None:
            leave()
