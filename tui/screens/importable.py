"""What can be imported (能导入什么), and the line in which a file is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from tui.pathing import Found
from tui.screens.text import TextPage
from tui.widgets.field import LineField
from tui.widgets.look import PLAIN, Line, wrapped

if TYPE_CHECKING:
    from domain.exchange import Imported


class PathField(LineField):
    """A line for a path; text of several lines pasted into it is a form, not a path."""

    class Several(Message):
        """Several lines were pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def on_paste(self, event: events.Paste) -> None:
        """Hand several lines on; one line is a path."""
        if "\n" in event.text.strip():
            self.post_message(self.Several(event.text))
            event.prevent_default()
            event.stop()


NOTES = (
    "栏目按名称认，不按位置；一个文件里有几张表都行，存之前可以逐张挑选。",
    "认出了什么、哪里可疑、哪些文字没有归处，都先列给您看，确认了才存成记录；原来的文件不动。",
    "旧版 .xls、.doc 请先另存为 .xlsx、.docx；PDF 和图片请复制里面的文字来粘贴。",
)


def usual_order(one: Found) -> tuple[int, str]:
    """Files that are usually forms first, then folders, then the rest."""
    from domain.exchange import IMPORTERS

    known = one.path.suffix.lower() in {suffix for importer in IMPORTERS for suffix in importer.suffixes}
    return (1 if one.is_folder else 0 if known else 2, one.name)


def read_data(data: bytes, name: str) -> tuple[Imported, ...]:
    """Every form in a file; the formats are imported with the first one. Raises ImportProblem."""
    from domain.exchange import read

    return read(data, name)


def formats_page() -> TextPage:
    """The formats, and what happens to a file."""
    from domain.exchange import IMPORTERS

    def rows(width: int) -> list[Line]:
        kinds = [f"{one.label}（{'、'.join(one.suffixes)}）" for one in IMPORTERS]
        texts = ["能导入：", *(f"　{kind}" for kind in kinds), *NOTES]
        return [row for text in texts for row in wrapped(text, width, PLAIN, "", "  ")]

    return TextPage(" 能导入什么", rows)
