"""Entry into the formal system line by line (录入): the pieces in the order of the page, with ticks."""

from __future__ import annotations

from domain import entering
from tui.plain.console import Console
from tui.session import Session


def entry(console: Console, session: Session) -> None:
    """The pieces to enter elsewhere, one after the other, with ticks."""
    record = session.record
    pieces, at = entering.pieces(record), entering.resume(session.with_ticks)
    if empty := entering.missing(record.declaration):
        console.say(f"还有必填项空着，先填好再录更省事：{'、'.join(empty)}")
    if session.read_only:
        console.say(f"现在只看（{session.read_only}）：打勾记不下来。")
    while 0 <= at < len(pieces):
        piece = pieces[at]
        state = entering.states(session.with_ticks)[piece.key].value or "没录"
        console.say(f"录入 {at + 1}/{len(pieces)} {piece.label}，{piece.count}，{state}。内容在下面：")
        console.line(piece.text)
        answer = console.read("你（回车打勾到下一项，上、下、取消，写“停”返回）：").strip()
        if answer == "停":
            break
        if answer in ("", "取消"):
            session.note_ticks(entering.ticked(session.with_ticks, piece, not answer))
        at += {"": 1, "下": 1, "上": -1}.get(answer, 0)
    else:
        console.say("到头了，都过了一遍。" if pieces else "这份表还是空的，没有可录的内容，请先填。")
        return
    session.note_ticks(entering.stopped(session.with_ticks, pieces[at]))
