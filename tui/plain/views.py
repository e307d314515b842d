"""What the full screen has screens of its own for, line by line over an open record: which view is shown by what."""

from __future__ import annotations

from collections.abc import Callable

from tui import browsing, editing, wiring
from tui.config import load
from tui.dialogue import Dialogue, Mode
from tui.folders import Folders
from tui.plain.check import check
from tui.plain.console import Console
from tui.plain.entry import entry
from tui.plain.files import compare, export, learn
from tui.plain.looking import coverage, overview, preview
from tui.plain.past import history
from tui.plain.shelf import use_entries
from tui.plain.table import table


class Views:
    """The views of one conversation."""

    def __init__(self, dialogue: Dialogue, console: Console, folders: Folders) -> None:
        self._dialogue, self._console, self._folders = dialogue, console, folders
        self._session = dialogue.session
        self._views: dict[str, Callable[[], object]] = {
            "overview": lambda: overview(console, dialogue),
            "coverage": lambda: coverage(console, dialogue),
            "table": lambda: table(console, dialogue),
            "check": lambda: check(console, dialogue),
            "library": self._library,
            "entry": lambda: entry(console, self._session),
            "export": self._export,
            "editor": self._editor,
            "learn": lambda: learn(console, folders),
            "preview": lambda: preview(console, self._session),
            "history": lambda: history(console, self._session),
        }

    @property
    def names(self) -> frozenset[str]:
        """The views that there are, by the ids of their commands."""
        return frozenset(self._views) | {"compare"}

    def show(self, view: str, topic: str = "") -> None:
        """Show a view by its name; topic is what it is to be about, such as the record to compare with."""
        if view == "compare":
            compare(self._console, self._session.store, self._session.path.stem, self._session.record, topic)
        else:
            self._views[view]()

    def _export(self) -> None:
        """The record in another format, its review table among them."""
        from tui.outgoing import of_dialogue

        export(self._console, of_dialogue(self._folders, self._dialogue))

    def _library(self) -> None:
        shelf = browsing.Shelf(wiring.library(self._folders), self._session.declaration.framework)
        use_entries(self._console, self._dialogue, shelf)

    def _editor(self) -> None:
        """The long text that is asked for, in the user's own editor; it is offered, to be kept by Enter."""
        question = self._dialogue.question()
        if question.mode is not Mode.LONG:
            self._console.say("编辑器是写长文字用的；这一项请直接写。")
            return
        editor = editing.command(load().text("editor"))
        written, problem = editing.edit(question.prefill, editor, self._folders.state)
        if problem:
            self._console.say(problem)
        elif written != question.prefill:
            self._dialogue.leave_text(written)
            self._console.say("编辑器里写的在下面，直接回车就用它。")
