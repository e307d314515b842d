"""A record's past line by line (历史): its former states by number, to look at or to bring back."""

from __future__ import annotations

from domain.records import timeline
from domain.text import one_line
from tui.plain.console import Console
from tui.session import Session


def history(console: Console, session: Session) -> None:
    """List the states; one chosen is compared with the record as it is, and brought back where that is wished."""
    found = [one for one in timeline.entries(session.path) if one.record is not None]
    if not found:
        console.say("还没有留下历史：动手改过、离开过之后才有；眼下改的用 /撤销 退回。")
        return
    at = console.choose(
        "从前的样子，看哪一个？", [f"{one.when}，{one_line(one.state.why)}：{one.what}" for one in found]
    )
    if at is None:
        return
    entry = found[at]
    _differences(console, session, entry)
    if session.read_only:
        console.say(f"现在只看，不能恢复：{session.read_only}。")
    elif console.confirm(f"恢复到 {entry.when} 的样子？现在的内容会留在历史里。"):
        session.restore(entry)
        console.say(session.trouble or "已恢复，/撤销 可退回。")


def _differences(console: Console, session: Session, entry: timeline.Entry) -> None:
    from domain import comparing, comparing_report

    assert entry.record is not None
    found = comparing.compare(entry.record.declaration, session.declaration)
    for line in comparing_report.report(found, f"{entry.when} 的样子", "现在"):
        console.line(line.text)
