"""How the preview of an import looks: the rows of a form, one for each thing understood, and the current one in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain import answers
from domain.exchange.oddities import Oddity
from domain.fields import Field, Kind
from domain.model import Indicator, is_empty
from tui import keymap
from tui.dialogue.places import TABLE, field_places
from tui.incoming import Form, Loose
from tui.widgets.look import ERROR, HELP, PLAIN, STRONG, Line, columns, wrapped

LABEL_WIDTH = 26
SIGNS = "√照原样 ·换算或整理过 ！请核对 *必填没有 ？没有归处 ×不要"


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the preview: a form's head, or something of it; `heading` rows only divide."""

    form: int
    heading: str = ""
    field: Field | None = None
    row: int | None = None
    loose: int | None = None
    oddity: Oddity | None = None

    @property
    def is_head(self) -> bool:
        """Whether this row stands for the form as a whole."""
        return not (self.heading or self.field or self.oddity) and self.row is None and self.loose is None


def items(number: int, form: Form, *, brief: bool = False) -> list[Item]:
    """The rows of a form; brief gives only what a person should look at."""
    found = [Item(number)]
    loose = [Item(number, loose=at) for at, _ in enumerate(form.loose)]
    odd = [Item(number, oddity=oddity) for oddity in form.others if oddity.doubtful or not brief]
    found += _under(number, "未归位的文字", loose) + _under(number, "读的时候", odd)
    section = ""
    for place in field_places():
        one = place.field
        if brief and not _notable(form, one):
            continue
        if place.section != section:
            section = place.section
            found.append(Item(number, heading=section))
        found.append(Item(number, field=one))
    everything = enumerate(form.declaration.indicators)
    rows = [Item(number, row=at) for at, row in everything if not brief or _doubtful(form.about_row(row))]
    return found + _under(number, TABLE, rows)


def _to_look_at(number: int, form: Form) -> int:
    """How many rows the brief view has, besides the texts without a place."""
    rows = [one for one in items(number, form, brief=True) if not one.heading and not one.is_head]
    return sum(one.loose is None for one in rows)


def _under(number: int, heading: str, rows: list[Item]) -> list[Item]:
    return [Item(number, heading=heading), *rows] if rows else []


def _notable(form: Form, one: Field) -> bool:
    missing = one.spec.required and is_empty(form.declaration.get(one.path))
    return missing or _doubtful(form.about(one))


def _doubtful(about: Sequence[Oddity]) -> bool:
    return any(oddity.doubtful for oddity in about)


def state(form: Form, one: Field) -> str:
    """How a field stands, in one sign: ！ to be looked at, * missing, - empty, · converted, √ as it was."""
    about = form.about(one)
    if _doubtful(about):
        return "！"
    if is_empty(form.declaration.get(one.path)):
        return "*" if one.spec.required else "-"
    return "·" if about else "√"


def row_state(form: Form, row: Indicator) -> str:
    """How an indicator stands, in one of the same signs."""
    about = form.about_row(row)
    return "！" if _doubtful(about) else "·" if about else "√"


# --- as text -------------------------------------------------------------------------------------------------------


def row_text(item: Item, form: Form, width: int) -> str:
    """A row: what it is about under its sign, in columns."""
    if item.heading:
        return f"  【{item.heading}】"
    if item.is_head:
        return _head(item.form, form, width)
    rest = width - 5
    if item.field is not None:
        cells = [state(form, item.field), _label(item.field), _value(form, item.field)]
        return "  " + columns(cells, [2, LABEL_WIDTH, rest - LABEL_WIDTH - 1])
    if item.row is not None:
        row = form.declaration.indicators[item.row]
        return "  " + columns([row_state(form, row), row.level2, row.name, row.target], [2, 10, rest - 32, 20])
    if item.loose is not None:
        one = form.loose[item.loose]
        return "  " + columns(["×" if one.dropped else "？", one.text], [2, rest])
    assert item.oddity is not None
    return "  " + columns(["！" if item.oddity.doubtful else "·", item.oddity.text], [2, rest])


def _label(one: Field) -> str:
    return f"{one.spec.label}{'*' * one.spec.required}"


def _value(form: Form, one: Field) -> str:
    return answers.shown(form.declaration.get(one.path))


def _head(number: int, form: Form, width: int) -> str:
    project, tick = form.declaration.project, "已存" if form.saved else "√" if form.wanted else "  "
    tail = f"{len(form.declaration.indicators)}指标 留意{_to_look_at(number, form)} 未归位{len(form.left)}"
    name = f"[{tick}] {number + 1}. {project.year or ''} {project.name or '（没有名称）'}"
    return columns([name, tail], [width - 26, 25])


def detail(item: Item, form: Form, width: int) -> list[Line]:
    """What a row stands for, in full, and what can be done about it."""
    if item.field is not None:
        value = wrapped(f"{item.field.spec.label}：{_value(form, item.field) or '（空）'}", width)
        return [*_notes(form.about(item.field), width), *wrapped(_help_on(item.field), width, HELP), *value]
    if item.row is not None:
        row = form.declaration.indicators[item.row]
        said = wrapped(f"{row.level1}›{row.level2}　{row.name}　{row.target}", width)
        return [*_notes(form.about_row(row), width), *wrapped(_row_help(), width, HELP), *said]
    if item.loose is not None:
        one = form.loose[item.loose]
        return wrapped(_loose_help(one), width, HELP) + wrapped(one.text, width)
    if item.oddity:
        return wrapped(item.oddity.text, width, PLAIN)
    return _about(form, width)


def _keys(**named: str) -> str:
    """What keys do here: the actions of the page by name, each with its words."""
    return "　".join(f"{keymap.shown(f'understood.{name}')} {words}" for name, words in named.items())


def _help_on(one: Field) -> str:
    if one.spec.kind is Kind.LONG:
        return _keys(work="改", swap="和别的栏对调", drop="取出来另放")
    return _keys(work="改", drop="取出来另放")


def _row_help() -> str:
    return _keys(work="改名称和目标值", swap="换到别的格", drop="不要这一条")


def _loose_help(one: Loose) -> str:
    if one.dropped:
        return f"不要了，存的时候不带；{_keys(drop='可以要回来')}"
    return f"{_keys(work='归到某一栏', drop='不要了')}　不动就随记录留着"


def _notes(about: Sequence[Oddity], width: int) -> list[Line]:
    return [row for one in about for row in wrapped(one.text, width, ERROR, "！" if one.doubtful else "· ", "  ")]


def _about(form: Form, width: int) -> list[Line]:
    if form.saved is not None:
        return wrapped(f"已存到 {form.saved}", width, STRONG)
    said, other = ("会存成一份记录", "不存它") if form.wanted else ("不存", "还是存")
    rows = wrapped(f"这张表{said}。{_keys(tick=other, work='收起或展开', next_form='到下一张')}", width, STRONG)
    return rows + wrapped(SIGNS, width, HELP)
