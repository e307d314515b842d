"""Which screen shows which view of a record: the one place where the dialogue's view names meet screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from tui.actions import PAGE, SCREENS
from tui.dialogue.types import Mode, Role
from tui.screens.keycard import card_rows
from tui.screens.text import TextPage
from tui.widgets.look import HELP, Line, line, wrapped

if TYPE_CHECKING:
    from pathlib import Path

    from domain.changes import Record
    from tui.app import FormApp
    from tui.dialogue import Dialogue
    from tui.findings import Jump
    from tui.screens.base import Page
    from tui.screens.fill import FillPage


def open_view(page: FillPage, view: str, topic: str = "") -> None:
    """Open the screen of a view over the conversation; topic is what it is to be about. KeyError for a view that is none."""
    VIEWS[view](page, topic)


def _overview(page: FillPage, topic: str) -> None:
    from tui.screens.overview import OverviewPage

    page.app.push_screen(OverviewPage(page.dialogue), page.jump)


def _coverage(page: FillPage, topic: str) -> None:
    from tui.screens.coverage import CoveragePage

    page.app.push_screen(CoveragePage(page.dialogue), page.jump)


def _table(page: FillPage, topic: str) -> None:
    from tui.screens.table import TablePage

    page.app.push_screen(TablePage(page.dialogue))


def _library(page: FillPage, topic: str) -> None:
    from tui.screens.library import LibraryPage

    page.app.push_screen(LibraryPage(cast("FormApp", page.app).library(), page.dialogue), page.told)


def _export(page: FillPage, topic: str) -> None:
    open_export(page, page.dialogue, page.wrote)


def _entry(page: FillPage, topic: str) -> None:
    from tui.screens.entry import EntryPage

    page.app.push_screen(EntryPage(page.dialogue.session))


def _compare(page: FillPage, topic: str) -> None:
    from tui.screens.compare import ComparePage

    session = page.dialogue.session
    page.app.push_screen(ComparePage(session.store, session.path.stem, session.record, topic))


def _history(page: FillPage, topic: str) -> None:
    from tui.screens.history import HistoryPage

    page.app.push_screen(HistoryPage(page.dialogue.session), page.told)


def _preview(page: FillPage, topic: str) -> None:
    page.app.push_screen(preview_page(page.dialogue.session.record))


VIEWS: Mapping[str, Callable[[FillPage, str], None]] = {
    "overview": _overview,
    "coverage": _coverage,
    "table": _table,
    "check": lambda page, topic: check_over(page),
    "library": _library,
    "export": _export,
    "entry": _entry,
    "compare": _compare,
    "history": _history,
    "editor": lambda page, topic: edit_outside(page),
    "coach": lambda page, topic: page.action_coach(),
    "learn": lambda page, topic: cast("FormApp", page.app).open_learning(),
    "preview": _preview,
}
"""What opens each view, by the id of the command for it."""


def check_over(page: Page, otherwise: Callable[[], None] | None = None) -> None:
    """Review the record that is being filled on this page or beneath it; what is mended is mended in the conversation.

    `otherwise` is what follows where the filer goes back without mending anything; nothing for staying on the page.
    """
    from tui.screens.fill import FillPage
    from tui.screens.review import ReviewPage

    beneath = (one for one in reversed(page.app.screen_stack) if isinstance(one, FillPage))
    fill = next(beneath, None)
    if fill is None:
        page.say_keys("这里没有打开着的表：先在主屏打开一份再检查。")
    else:
        page.app.push_screen(ReviewPage(fill.dialogue), partial(mend, fill, otherwise))


def mend(fill: FillPage, otherwise: Callable[[], None] | None, jump: Jump | None) -> None:
    """Go from the review to the place to mend, and come back to the review from there."""
    if jump is None:
        if otherwise is not None:
            otherwise()
        return
    fill.pop_until_active()
    if jump.row is None:
        fill.mend(jump.key)
    else:
        from tui.screens.table import TablePage

        table = TablePage(fill.dialogue, at_row=jump.row)
        fill.call_later(fill.app.push_screen, table, lambda _: check_over(fill))


def open_export(
    page: Page, dialogue: Dialogue, wrote: Callable[[tuple[Path, ...] | None], None] | None = None, at: str = ""
) -> None:
    """The formats that the record can be written in, its review table among them; `at` is the format to begin with."""
    from tui.outgoing import of_dialogue
    from tui.screens.exporting import ExportPage

    page.app.push_screen(ExportPage(of_dialogue(cast("FormApp", page.app).folders, dialogue), at), wrote)


def edit_outside(page: FillPage) -> None:
    """A long text in the user's own editor, outside the full screen."""
    from textual.app import SuspendNotSupported

    from domain.records.atomic import reason
    from tui import editing

    app = cast("FormApp", page.app)
    if page.dialogue.question().mode is not Mode.LONG:
        page.say_keys("编辑器是写长文字用的；这一项请直接在这里写。")
        return
    text = page.text
    try:
        with app.suspend():
            written, problem = editing.edit(text, editing.command(app.config.text("editor")), app.folders.state)
    except SuspendNotSupported:
        page.say_keys("这里离不开整屏界面，请直接写。")
        return
    except OSError as error:
        written, problem = text, f"{app.folders.state} 写不了文件（{reason(error)}），请直接在这里写。"
    page.dialogue.leave_text(written)
    page.told(problem, Role.ERROR)


def preview_page(record: Record) -> TextPage:
    """The form in its own layout."""

    def rows(width: int) -> list[Line]:
        from domain.exchange import preview

        return [line(text) for text in preview.lines(record, width)]

    return TextPage(" 预览　表格原样", rows)


def keys_page(screen: str) -> TextPage:
    """What the keys of a screen do."""

    def rows(width: int) -> list[Line]:
        return [*card_rows(screen, width), line(""), *card_rows(PAGE, width)]

    return TextPage(f" {SCREENS[screen].title}｜按键", rows)


def help_page() -> TextPage:
    """Keys and commands on one page."""

    def rows(width: int) -> list[Line]:
        from tui.dialogue.helping import command_list

        body = [row for screen in ("home", "fill", PAGE) for row in card_rows(screen, width)]
        commands = [row for text in command_list().split("\n") for row in wrapped(text, width, HELP, "", "  ")]
        told = wrapped("每答一项就存盘；断线、关窗口都不丢，下次从原处接着填。", width)
        told += wrapped("两分钟导览可以再走一遍：在主屏进“学习”选第一行，或者写 /导览。", width)
        return [*body, line(""), *told, *commands]

    return TextPage(" 帮助", rows)
