"""What a program still had of a record when another took it over (接手): put aside there, brought back by who fills it next."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from domain.changes import Record
from domain.records import left
from domain.records.atomic import reason
from domain.records.left import Left
from domain.records.locks import Owner
from domain.records.opened import Opened
from tui.record_keys import place_label

if TYPE_CHECKING:
    from tui.keeping import Keeper


def put_aside(opened: Opened, other: Owner) -> str:
    """Keep what is only in memory in a copy of our own; what to tell the filer of it."""
    kept = ""
    if opened.record != opened.filed or opened.history.typing:
        try:
            kept = f"这里还没存上的内容留在 {_copy(opened.path, opened.record, opened.history.typing)}；"
        except OSError as error:
            kept = f"这里还没存上的内容只在内存里（{reason(error)}）；"
    return f"{other}接手了这份记录，这里改为只看。{kept}/接手 可以拿回来接着填，两边写的按栏目合并。"


def _copy(path: Path, record: Record, typing: Mapping[str, str]) -> Path:
    """Put a copy of a record into the trash, with text in progress; returns where. Raises OSError."""
    from domain.records import trash

    return trash.put_copy(path, left.as_text(record, typing).encode())


def bring_back(keeper: Keeper) -> None:
    """Take in what other programs still had of this record when they lost it, and what was typed there since."""
    path = keeper.opened.path
    try:
        for one in left.offered(path.parent, keeper.store.me):
            if one.is_of(path):
                _bring_back_one(keeper, one)
    except OSError as error:
        keeper.tell(f"上次被接手时留下的内容读不了：{reason(error)}，还在 {error.filename}")


def _bring_back_one(keeper: Keeper, one: Left) -> None:
    before, typing = keeper.opened.record, keeper.opened.history.typing
    if one.mine != one.base:
        keeper.write(lambda: keeper.bring_in(one.mine, one.base))
    other = {key: text for key, text in one.typing.items() if typing.get(key, text) != text}
    for key, text in one.typing.items():
        if key not in other:
            keeper.note_typing(key, text)
    kept = _copy(keeper.opened.path, one.mine, other) if other else None
    if keeper.trouble:
        return  # what was left stays where it is until the disk takes it
    one.path.unlink()
    if keeper.opened.record != before:
        keeper.tell(f"{one.by}被接手时没存上的内容已按栏目并进来，/撤销 可退回。")
    if brought := [place_label(key) for key in one.typing if key not in other]:
        keeper.tell(f"{one.by}被接手后写的文字放回了输入框，还没有记下，/去 栏目名 看：{'、'.join(brought)}。")
    if kept is not None:
        keeper.tell(f"{one.by}被接手后写的另一些文字和这里写到一半的不一样，留在 {kept}")
