"""The editor into which a form is pasted (粘贴): it keeps tabs, which part the cells of a table."""

from __future__ import annotations

from textual import events
from textual.message import Message

from tui.widgets.editor import LongText


class PasteBox(LongText):
    """A long text whose pastes come in as they are; the terminal layer has taken controls out of them already."""

    class Pasted(Message):
        """A paste came in."""

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.insert(event.text)
        self.post_message(self.Pasted())
