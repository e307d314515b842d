"""What the conversation screen shows, as rows: the question, what can be picked, what was said, the panel beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from suggest.types import Suggestion
from tui import keymap
from tui.dialogue import Dialogue, Message, Question, Role
from tui.dialogue.places import places
from tui.session import Session
from tui.terminal.widths import text_width
from tui.widgets.look import CURRENT, ECHO, ERROR, HELP, PLAIN, STRONG, Line, cut, line, wrapped

WIDE, LEAST_SIDE = 118, 42
"""Columns from which on help and overview stand beside the conversation, and how many that panel takes at least."""

LEAST_OVERVIEW = 9
"""Rows of that panel that are kept for the overview, a blank one above it included."""

OPTION_ROWS, MORE_OPTION_ROWS = 5, 7
"""Suggestions in sight, and in windows that are taller than 24 rows."""

NO_OPTIONS = "  打字就在指标库里找：名称、关键词、拼音首字母；没有合适的就写名称回车"

_MARKS = {Role.YOU: ("你：", PLAIN), Role.ECHO: ("", PLAIN), Role.NOTE: ("- ", HELP), Role.HELP: ("", HELP)}


def title(dialogue: Dialogue, question: Question, width: int, *, coached: bool) -> str:
    """The title bar: project, section and how far, learning, whether all is on disk."""
    session = dialogue.session
    project = session.declaration.project
    year = str(project.year or "")
    name = project.name or "新项目"
    if not name.startswith(year):
        name = f"{year} {name}"
    state = _state(session)
    count = f" {question.done}/{question.of}" if question.of else ""
    tail = f"｜{f'{question.section}{count}'.strip()}｜{'边填边学｜' if coached else ''}{state}"
    return f" 填表｜{cut(name, width - text_width(tail) - 8)}{tail}"


def _state(session: Session) -> str:
    """Whether the record may be written and has been."""
    if session.read_only:
        return "只看"
    if session.trouble:
        return "没存上！"
    if session.conflicts:
        return "待合并"
    return "已存" if session.on_disk else "新表"


def asked(question: Question, width: int, room: int) -> list[Line]:
    """The question, the rows already in its slot, its numbered choices; of many rows the last, as there is room for them."""
    rows = wrapped(question.title, width, STRONG, "", "  ")
    rows += wrapped(question.ask, width)
    if question.note:
        rows += wrapped(question.note, width, HELP)
    below = [line(cut(f"  已有 {number}. {row}", width), ECHO) for number, row in enumerate(question.rows, 1)]
    below += [line(cut(f"  {number}. {choice}", width)) for number, choice in enumerate(question.choices, 1)]
    if len(rows) + len(below) > room:
        below = [line(f"  … {keymap.shown('fill.table')} 看全部"), *below[len(rows) + len(below) - room + 1 :]]
    return [*rows, *below]


def option_rows(height: int) -> int:
    """Rows kept for suggestions: always the same, so that a longer or shorter list moves nothing else on the screen."""
    return OPTION_ROWS if height <= 24 else MORE_OPTION_ROWS


def offered(options: Sequence[Suggestion], taken: Collection[int], width: int, *, numbered: bool) -> list[Line]:
    """The suggestions with target and reason, those that Enter takes (from 0) marked; where there is none, how to find one."""
    if not options:
        return [line(cut(NO_OPTIONS, width - 2), HELP)]
    rows = []
    for place, one in enumerate(options):
        number = f"{place + 1}." if numbered else "  "
        text = f"{'>' if place in taken else ' '} {number} {one.name}  {one.target}　{'；'.join(one.reasons)}"
        rows.append(line(cut(text, width - 2), CURRENT if place in taken else PLAIN))
    return rows


def spoken(question: Question | None, said: str) -> str:
    """An answer as the conversation shows it: with the title of what it answers, long ones shortened."""
    title = question.title.rstrip("*") if question else ""
    text = said if len(said) <= 200 else f"{said[:200]}…（共 {len(said)} 字）"
    return f"{title}：{text}" if title and not said.startswith("/") else text


def said(messages: Iterable[Message], remarks: Iterable[str], width: int, room: int) -> list[Line]:
    """The conversation so far, and what a reviewer would say of the last answer.

    Where the last message alone takes more than room rows, one more says how to see its beginning.
    """
    rows: list[Line] = []
    last = 0
    for message in messages:
        first, style = _MARKS.get(message.role, ("！", ERROR))
        last = len(rows)
        rows += wrapped(message.text, width, style, first)
    if len(rows) - last > room > 0:
        above = f"↑ 上面还有 {len(rows) - last - room + 1} 行，{keymap.shown('fill.talk_up')} 往上看"
        rows.append(line(cut(above, width), STRONG))
    for remark in remarks:
        rows += wrapped(remark, width, ERROR, "? ", "  ")
    return rows


def side_columns(width: int) -> int:
    """Columns of the panel beside the conversation, a blank one on its left included; 0 where there is no room for it."""
    return 0 if width < WIDE else max(LEAST_SIDE, width // 3)


def beside(dialogue: Dialogue, width: int, height: int) -> list[Line]:
    """The panel: help on the question, then the form around it, as much as there is room for."""
    rows: list[Line] = []
    for heading, text in dialogue.help_lines():
        rows += wrapped(heading, width, STRONG, "| ")
        rows += wrapped(text, width, PLAIN, "| ", "| ")
    if len(rows) > (most := height - LEAST_OVERVIEW):
        rows = [*rows[: most - 1], line(f"| … {keymap.shown('fill.help')} 看全部", HELP)]
    rows.append(line("|"))
    overview, current = _overview(dialogue, width - 2)
    room = height - len(rows)
    first = max(0, min(current - room // 2, len(overview) - room))
    return [*rows, *overview[first : first + room]]


def _overview(dialogue: Dialogue, width: int) -> tuple[list[Line], int]:
    """Every place of the form under its section, and the row of the one in question."""
    from tui.screens.overview import place_text

    rows: list[Line] = []
    counts = {section: f"{done}/{of}" for section, done, of in dialogue.sections()}
    section, current = "", 0
    for place in places(dialogue.session.declaration.framework):
        if place.section != section:
            section = place.section
            rows.append(line(f"| {section} {counts[section]}", HELP))
        here = place.key == dialogue.key
        current = len(rows) if here else current
        rows.append(line(f"|{'>' if here else ' '}{place_text(dialogue, place, width)}", STRONG if here else PLAIN))
    return rows, current
