"""What is asked on leaving a record (离开): everything is saved first, and what is left unconfirmed is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.text import one_line
from tui.dialogue import NOTHING_KEPT, Message, Role

if TYPE_CHECKING:
    from tui.screens.fill import FillPage

LOOKING, KEPT, NOT_KEPT = "现在只看。", "已存好，下次从这里接着填。", "还没存上，现在离开就丢了。"
SCRAP_TAILS = ("（Enter 或 y 留下，n 不留，其他键接着填）", "（Enter留，n不留）")
"""The keys that answer whether to keep a new record that holds a few characters not confirmed."""


def ask_to_leave(page: FillPage, messages: tuple[Message, ...]) -> None:
    """Save, tell the messages, and ask; a new record that a mistaken key may have begun is kept only if the filer wants it."""
    session = page.dialogue.session
    saved = session.save()
    if not saved:
        messages = (*messages, Message(Role.ERROR, session.trouble))
    if messages:
        page.say(*messages)
    if saved and session.scrap is not None and not session.read_only:
        key, text = session.scrap

        def drop() -> None:
            session.note_typing(key, "")
            page.leave()

        page.ask(f"只写了“{one_line(text)}”，留下这份记录再离开吗？", page.leave, drop, SCRAP_TAILS)
        return
    kept = LOOKING if session.read_only else NOTHING_KEPT if session.is_blank else KEPT
    page.ask(f"{kept if saved else NOT_KEPT}离开吗？", page.leave)
