"""The review line by line (检查): the findings by number, to go to, to mend, to ignore with a reason."""

from __future__ import annotations

from dataclasses import replace

from domain.review import Finding
from domain.text import one_line
from tui.dialogue import Dialogue
from tui.findings import as_text, changed_places, jump_to
from tui.plain.console import Console
from tui.plain.table import table


def check(console: Console, dialogue: Dialogue) -> None:
    """The findings by number: go there, mend, ignore with a reason. They are told again only once they are others."""
    session = dialogue.session
    told: list[str] | None = None
    while True:
        results = dialogue.reviewer.results()
        found = [item.finding for item in results.rows() if item.finding is not None and item.reason is None]
        if (keys := [one.key for one in found]) != told:
            console.line(as_text(results))
            told = keys
        console.line("可以写：去 序号、改 序号（自动改）、忽略 序号 理由；回车返回。")
        answer = console.read().strip()
        if not answer:
            return
        verb, _, rest = answer.partition(" ")
        which, _, reason = rest.strip().partition(" ")
        at = console.number(which, len(found))
        if verb not in ("去", "改", "忽略"):
            console.say(f"没有“{verb}”。请写 去 1、改 1 或 忽略 1 理由。")
        elif at is None:
            console.say(f"没有第“{which}”处，请在“{verb}”后面空一格写 1 到 {len(found)} 的序号。")
        elif verb == "去":
            jump = jump_to(dialogue, found[at].where, found[at])
            if jump is None:
                table(console, dialogue)
            else:
                dialogue.goto(jump.key)
            return
        elif verb == "改":
            _mend(console, dialogue, found[at])
        elif reason.strip():
            dialogue.reviewer.ignore(found[at], one_line(reason))
            console.trouble(session.trouble)
        else:
            console.say(f"请写上理由，如 忽略 {which} 已和财政局说好。")


def _mend(console: Console, dialogue: Dialogue, finding: Finding) -> None:
    session = dialogue.session
    if finding.fixed is None:
        console.say("这一处没有把握自动改，请写“去”和序号自己改。")
        return
    fixed = replace(session.record, declaration=finding.fixed)
    for label, old, new in changed_places(session.record, fixed):
        console.line(f"{label} 原：{old}")
        console.line(f"{label} 改：{new}")
    if console.confirm("照这样改吗？"):
        dialogue.reviewer.apply_fix(finding)
        console.trouble(session.trouble)
