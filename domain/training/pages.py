"""Pages of lessons as lines (课文排版): the text wrapped, then its live examples, all within the page's width."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from domain import answers
from domain.fields import FieldPath, Kind, path_of
from domain.library.entry import filled
from domain.model import Declaration, fields, spec_at
from domain.quantity import plain
from domain.review import Finding
from domain.text import one_line
from domain.training.course import Page
from domain.training.exercise import ExerciseError, Seed
from domain.training.forms import table_lines
from domain.training.layout import WIDTH, width, wrap
from domain.training.material import Material
from domain.training.rulebook import found_in, question_of, rule_of, spoil

EXCERPT = 48
"""Characters of a changed text that are shown."""


def page_lines(material: Material, page: Page, columns: int = WIDTH) -> tuple[str, ...]:
    """A page's text and examples, without its title."""
    lines = (
        [line for text in page.text.split("\n") for line in wrap(text, columns, _hanging(text))] if page.text else []
    )
    for show in page.shows:
        if lines:
            lines.append("")
        lines.extend(show_lines(material, show, columns))
    return tuple(lines)


def show_lines(material: Material, show: Mapping[str, Any], columns: int = WIDTH) -> tuple[str, ...]:
    """One live example; raises ExerciseError for a kind of example that does not exist."""
    make = _SHOWS.get(str(show.get("kind")))
    if make is None:
        raise ExerciseError(f"没有“{show.get('kind')}”这种例子")
    return tuple(line for text in make(material, show) for line in wrap(text, columns, _indent(text)))


def _hanging(text: str) -> str:
    """Where the rest of a row of a table goes on: under its last column."""
    cells = re.match(r" +\S.*?(?: {2,}|\u3000+)(?=\S)", text)
    return " " * min(width(cells[0]), WIDTH // 3) if cells else _indent(text)


def _indent(text: str) -> str:
    return "  " if text.startswith(" ") else ""


def _sheet(material: Material, show: Mapping[str, Any]) -> list[str]:
    entry = material.entry_by_id.get(str(show["entry"]))
    if entry is None:
        raise ExerciseError(f"指标库里没有“{show['entry']}”")
    usual = entry.target_text or f"各地不同，写成 {entry.operator}……{entry.unit}"
    return [
        f"【参考卡】{filled(entry.name)}　（{entry.level1}›{entry.level2}）",
        f"  常用：{usual}",
        f"  口径：{entry.definition}",
        f"  算法：{entry.formula}",
        f"  取值：{entry.basis_note}（{'、'.join(entry.basis)}）",
        f"  证明：{'、'.join(entry.evidence)}",
        f"  常错：{entry.mistake}",
    ]


def _slot(material: Material, show: Mapping[str, Any]) -> list[str]:
    slot = material.slot_of_role(str(show["role"]))
    return [
        f"【说明卡】{slot.place}",
        f"  是什么：{slot.meaning}",
        f"  放这里：{slot.belongs}",
        f"  不放这里：{slot.not_here}",
        f"  检验问句：{slot.test}",
        f"  好例子：{slot.good}",
        f"  坏例子：{slot.bad}",
    ]


def _form(material: Material, show: Mapping[str, Any]) -> list[str]:
    declaration = material.example(str(show["example"]))
    lines = [f"【样例】{declaration.project.name}（{declaration.project.year}年）"]
    lines += [_field(declaration, path_of(text)) for text in show.get("fields", ())]
    wanted = [material.slot_of_role(role).key for role in show.get("slots", ())]
    rows = tuple(row for row in declaration.indicators if row.slot in wanted)
    if rows:
        lines += table_lines(Declaration(indicators=rows))
    return lines


def _field(declaration: Declaration, path: FieldPath) -> str:
    spec = spec_at(path)
    unit = "万元" if spec.kind is Kind.MONEY else ""
    return f"  {spec.label}：{answers.shown(declaration.get(path)) or '（空）'}{unit}".replace("\n", "\n  ")


def _rule(material: Material, show: Mapping[str, Any]) -> list[str]:
    """The rule on an example broken by the rule itself: what stands there, what the review says, the question."""
    rule = rule_of(material, str(show["rule"]))
    sound = material.example(str(show["example"]))
    spoiled, finding = _fires(material, sound, rule.id)
    changed = _changed(sound, spoiled)
    return [
        f"【规则】{rule.title}（{rule.severity.label}）",
        *(f"  弄坏：{one}" for one in changed[:2]),
        f"  审核：{finding.hit.message}",
        f"  后果：{rule.cost}",
        f"  怎么改：{finding.advice}",
        f"  {question_of(rule)}",
    ]


def _fires(material: Material, sound: Declaration, identity: str) -> tuple[Declaration, Finding]:
    rule = rule_of(material, identity)
    for number in range(24):
        seed = Seed("show", identity, number)
        spoiled = spoil(material, sound, rule, seed) or rule.inject(material.case(sound), seed.rng(identity))
        if spoiled is None:
            continue
        found = next((one for one in found_in(material, spoiled) if one.rule.id == identity), None)
        if found is not None:
            return spoiled, found
    raise ExerciseError(f"规则“{identity}”在这个样例上弄不坏")


def _changed(before: Declaration, after: Declaration) -> list[str]:
    """What differs between two forms, each difference on one line."""
    changed = []
    for one in fields():
        old, new = before.get(one.path), after.get(one.path)
        if old != new:
            changed.append(f"{one.spec.label}写成“{_excerpt(answers.shown(old), answers.shown(new))}”")
    old_rows, new_rows = set(before.indicators), set(after.indicators)
    added = [row for row in after.indicators if row not in old_rows]
    gone = [row for row in before.indicators if row not in new_rows]
    changed += [f"{row.level2}写成“{row.name}　{row.target or '（空）'}”" for row in added]
    gone = [row for row in gone if row.slot not in {one.slot for one in added}]
    if gone:
        slots = dict.fromkeys(row.level2 for row in gone)
        rows = [f"{slot}（{'、'.join(row.name for row in gone if row.level2 == slot)}）" for slot in slots]
        changed.append(f"删掉{'、'.join(rows)}")
    return changed


def _excerpt(old: str, new: str) -> str:
    """The part of a changed text around the first difference."""
    old, new = one_line(old), one_line(new)
    if not new:
        return "（空）"
    start = next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )
    begin = max(0, start - 12) if len(new) > EXCERPT else 0
    piece = new[begin : begin + EXCERPT]
    return ("……" if begin else "") + piece + ("……" if begin + EXCERPT < len(new) else "")


def _before_after(material: Material, show: Mapping[str, Any]) -> list[str]:
    """A text put in the place of the example's own: what the review says of it, and the example's own text."""
    good = material.example(str(show["example"]))
    path = path_of(str(show["path"]))
    bad = good.replace(path, str(show["before"]))
    before, after = material.review(bad), material.review(good)
    said = [one for one in before.findings if one.touches(path)]
    return [
        f"【改前】{show['before']}",
        f"  审核（{plain(before.total)}分，{before.grade.label}）：" + "".join(one.hit.message for one in said[:3]),
        f"【改后】{answers.shown(good.get(path))}",
        f"  审核（{plain(after.total)}分，{after.grade.label}）",
    ]


_SHOWS: Mapping[str, Callable[[Material, Mapping[str, Any]], list[str]]] = {
    "sheet": _sheet,
    "slot": _slot,
    "form": _form,
    "rule": _rule,
    "before_after": _before_after,
}
