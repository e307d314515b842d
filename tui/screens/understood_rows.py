"""How the preview of an import looks: one row for each thing understood, and the current one in full."""

from __future__ import annotations

from domain import answers
from domain.fields import Field
from tui import incoming
from tui.incoming import Form, Item
from tui.widgets.look import ERROR, HELP, PLAIN, STRONG, Line, columns, wrapped

LABEL_WIDTH = 26
LOOSE_HELP = "Enter 归到某一栏　Ctrl+K 不要了　不动就随记录留着"
DROPPED_HELP = "不要了，存的时候不带；Ctrl+K 可以要回来"
SIGNS = "√照原样 ·换算或整理过 ！请核对 *必填没有 ？没有归处 ×不要"


def row_text(item: Item, form: Form, width: int) -> str:
    """A row: what it is about under its sign, in columns."""
    if item.heading:
        return f"  【{item.heading}】"
    if item.is_head:
        return _head(item.form, form, width)
    rest = width - 5
    if item.field is not None:
        cells = [incoming.state(form, item.field), _label(item.field), _value(form, item.field)]
        return "  " + columns(cells, [2, LABEL_WIDTH, rest - LABEL_WIDTH - 1])
    if item.row is not None:
        row = form.declaration.indicators[item.row]
        return "  " + columns(["√", row.level2, row.name, row.target], [2, 10, rest - 32, 20])
    if item.loose is not None:
        one = form.loose[item.loose]
        return "  " + columns(["×" if one.dropped else "？", one.text], [2, rest])
    return "  " + columns(["！" if incoming.is_doubt(item.oddity) else "·", item.oddity], [2, rest])


def _label(one: Field) -> str:
    return f"{one.spec.label}{'*' * one.spec.required}"


def _value(form: Form, one: Field) -> str:
    return answers.shown(form.declaration.get(one.path))


def _head(number: int, form: Form, width: int) -> str:
    project, tick = form.declaration.project, "已存" if form.saved else "√" if form.wanted else "  "
    doubts = sum(incoming.is_doubt(text) for text in form.oddities)
    tail = f"{len(form.declaration.indicators)}指标 疑{doubts} 未归位{len(form.left)}"
    name = f"[{tick}] {number + 1}. {project.year or ''} {project.name or '（没有名称）'}"
    return columns([name, tail], [width - 26, 25])


def detail(item: Item, form: Form, width: int) -> list[Line]:
    """What a row stands for, in full, and what can be done about it."""
    if item.field is not None:
        notes = [row for text in form.about(item.field) for row in wrapped(text, width, ERROR, "！", "  ")]
        return notes + wrapped(f"{item.field.spec.label}：{_value(form, item.field) or '（空）'}", width)
    if item.row is not None:
        row = form.declaration.indicators[item.row]
        return wrapped(f"{row.level1}›{row.level2}　{row.name}　{row.target}", width)
    if item.loose is not None:
        one = form.loose[item.loose]
        return wrapped(DROPPED_HELP if one.dropped else LOOSE_HELP, width, HELP) + wrapped(one.text, width)
    if item.oddity:
        return wrapped(item.oddity, width, PLAIN)
    return _about(form, width)


def _about(form: Form, width: int) -> list[Line]:
    if form.saved is not None:
        return wrapped(f"已存到 {form.saved}", width, STRONG)
    said = "会存成一份记录" if form.wanted else "不存"
    rows = wrapped(f"这张表{said}（F8 或空格改）；Enter 收起或展开，Tab 到下一张。", width, STRONG)
    return rows + wrapped(SIGNS, width, HELP)
