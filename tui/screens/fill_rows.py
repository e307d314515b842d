"""What the conversation screen shows, as rows: the question, what can be picked, what was said, the panel beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from suggest.types import Suggestion
from tui.dialogue import Dialogue, Message, Question, Role
from tui.terminal.widths import text_width
from tui.widgets.look import CURRENT, ECHO, ERROR, HELP, PLAIN, STRONG, Line, cut, line, wrapped

OPTION_ROWS = 7
"""Suggestions in sight at most."""

_MARKS = {Role.YOU: ("你：", PLAIN), Role.ECHO: ("", PLAIN), Role.NOTE: ("- ", HELP), Role.HELP: ("", HELP)}


def title(dialogue: Dialogue, question: Question, width: int, *, coached: bool) -> str:
    """The title bar: project, section and how far, learning, whether all is on disk."""
    session = dialogue.session
    project = session.declaration.project
    year = str(project.year or "")
    name = project.name or "新项目"
    if not name.startswith(year):
        name = f"{year} {name}"
    state = "没存上！" if session.trouble else "已存" if session.on_disk else "新表"
    count = f" {question.done}/{question.of}" if question.of else ""
    tail = f"｜{question.section}{count}｜{'边填边学｜' if coached else ''}{state}"
    return f" 填表｜{cut(name, width - text_width(tail) - 8)}{tail}"


def asked(question: Question, width: int) -> list[Line]:
    """The question, the rows already in its slot, its numbered choices."""
    rows = wrapped(question.title, width, STRONG, "", "  ")
    rows += wrapped(question.ask, width)
    if question.note:
        rows += wrapped(question.note, width, HELP)
    rows += [line(cut(f"  已有 {number}. {row}", width), ECHO) for number, row in enumerate(question.rows, 1)]
    rows += [line(cut(f"  {number}. {choice}", width)) for number, choice in enumerate(question.choices, 1)]
    return rows


def offered(options: Sequence[Suggestion], chosen: int, width: int) -> list[Line]:
    """The suggestions with target and reason, the chosen one (from 0) marked."""
    rows = []
    for number, one in enumerate(options[:OPTION_ROWS], 1):
        here = number - 1 == chosen
        text = f"{'>' if here else ' '} {number}. {one.name}  {one.target}　{'；'.join(one.reasons)}"
        rows.append(line(cut(text, width - 2), CURRENT if here else PLAIN))
    return rows


def said(messages: Iterable[Message], remarks: Iterable[str], width: int) -> list[Line]:
    """The conversation so far, and what a reviewer would say of the last answer."""
    rows: list[Line] = []
    for message in messages:
        first, style = _MARKS.get(message.role, ("！", ERROR))
        rows += wrapped(message.text, width, style, first)
    for remark in remarks:
        rows += wrapped(remark, width, ERROR, "? ", "  ")
    return rows


def beside(dialogue: Dialogue, width: int) -> list[Line]:
    """The panel of a wide terminal: help on the question, and how far each section is."""
    rows: list[Line] = []
    for heading, text in dialogue.help_lines():
        rows += wrapped(heading, width, STRONG, "| ")
        rows += wrapped(text, width, PLAIN, "| ", "| ")
    rows.append(line("|"))
    rows += [line(f"| {section} {done}/{of}", HELP) for section, done, of in dialogue.sections()]
    return rows
