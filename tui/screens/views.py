"""Which screen shows which view of a record: the one place where the dialogue's view names meet screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tui.screens.text import TextPage
from tui.widgets.look import HELP, PLAIN, STRONG, Line, line, wrapped

if TYPE_CHECKING:
    from domain.changes import Record
    from tui.app import FormApp
    from tui.screens.fill import FillPage


def open_view(page: FillPage, view: str) -> None:
    """Open the screen of a view over the conversation."""
    dialogue = page.dialogue
    if view == "overview":
        from tui.screens.overview import OverviewPage

        page.app.push_screen(OverviewPage(dialogue), page.jump)
    elif view == "table":
        from tui.screens.table import TablePage

        page.app.push_screen(TablePage(dialogue))
    elif view == "check":
        from tui.screens.review import ReviewPage

        page.app.push_screen(ReviewPage(dialogue), page.jump)
    elif view == "library":
        from tui.screens.library import LibraryPage

        page.app.push_screen(LibraryPage(cast("FormApp", page.app).library(), dialogue), page.told)
    elif view == "export":
        from tui.screens.exporting import ExportPage

        page.app.push_screen(ExportPage(dialogue.session.record, dialogue.session.path.stem), page.wrote)
    elif view == "entry":
        from tui.screens.entry import EntryPage

        page.app.push_screen(EntryPage(dialogue.session))
    elif view == "compare":
        from tui.screens.compare import ComparePage

        session = dialogue.session
        page.app.push_screen(ComparePage(session.store, session.path.stem, session.record))
    elif view == "learn":
        cast("FormApp", page.app).open_learning()
    else:
        page.app.push_screen(preview_page(dialogue.session.record))


def preview_page(record: Record) -> TextPage:
    """The form in its own layout."""

    def rows(width: int) -> list[Line]:
        from domain.exchange import preview

        return [line(text) for text in preview.lines(record, width)]

    return TextPage(" 预览　表格原样", rows)


def help_page() -> TextPage:
    """Keys and commands on one page."""

    def rows(width: int) -> list[Line]:
        from tui.dialogue.helping import command_list

        head = [line("填表：一问一答地填绩效目标下达表", STRONG), line("")]
        keys = (
            "Enter 确认；空着回车就跳过。长文字里 Enter 换行，F9 写好。",
            "F1 本项帮助　F2 保存　F3 建议的理由　F4 全表和跳转　F5 检查　F6 指标表（长文字里插入提纲）",
            "F7 上一步　F8 跳过　F9 确认　F10 离开　Ctrl+Z 撤销　Ctrl+Y 重做　Ctrl+L 重画屏幕　PgUp PgDn 翻看对话",
            "主屏：F2 导入旧表　F5 结转到下一年　F9 导出　F7 指标库　F3 由说明草拟　F4 预览　Ctrl+K 移到回收文件夹",
            "主屏按 F8 学习：两分钟导览、十课、练习；填表时按 Ctrl+T 边填边学，再按就关。",
            "每答一项就存盘；断线、关窗口都不丢，下次从原处接着填。",
        )
        body = [row for text in keys for row in wrapped(text, width, PLAIN)]
        commands = [row for text in command_list().split("\n") for row in wrapped(text, width, HELP, "", "  ")]
        return [*head, *body, line(""), *commands]

    return TextPage(" 帮助", rows)
