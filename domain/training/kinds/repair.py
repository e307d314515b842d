"""改指标 (repair): a bad name or target → one that its rules let pass, about the same thing.

Bad ones are made from the library's entries as the rules say that people spoil them (`Rule.spoil`); each is checked to break the
rule it is meant for, and the original to break none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from domain.library import Entry
from domain.library.entry import filled
from domain.model import Declaration, Indicator
from domain.quantity import Target, parse_target
from domain.review import Finding, Measure, Rule, Severity
from domain.review import findings as rule_findings
from domain.rules.phrases import TASK_STARTS, direction, has_ending, verb_start
from domain.text import one_line
from domain.training.answers import alike, as_text, need, slot_of, texts
from domain.training.exercise import MODEL, Data, ExerciseError, Graded, Kind, Posed, Seed, graded
from domain.training.layout import wrap_all
from domain.training.material import Material
from domain.training.measures import kind_of_unit
from domain.training.row_answers import read_row
from domain.training.rulebook import question_of, rule_of

ROW_RULES = ("R10", "R12", "R13", "R57", "R58", "R59", "R60", "R61", "R62", "R63", "R64", "R66", "R67", "R68", "R69")
"""Rules that look at one indicator alone."""
KEPT_BUT_OTHER = 0.3
CLEARED_BUT_NEW = 0.5
_TRIES = 60
_FAR_BELOW = Decimal("0.75")
"""Of the usual rate; less than that is hardly a target."""
_COUNT_NAME = re.compile(r"数量?$")


def topics(material: Material) -> tuple[str, ...]:
    """The rules that can be trained."""
    return tuple(f"rule:{rule.id}" for rule in material.rules if rule.spoil is not None)


def make(material: Material, seed: Seed) -> Data:
    """An indicator that breaks the topic's rule, or one drawn."""
    identity = seed.wants("rule") or seed.pick([topic.removeprefix("rule:") for topic in topics(material)], str, "rule")
    rule = rule_of(material, identity)
    if rule.spoil is None:
        raise ExerciseError(f"规则“{identity}”没有改指标的题")
    for entry in seed.ranked(material.drawn, lambda one: one.id, "entry")[: _TRIES * 5]:
        found = _from_entry(material, seed, entry, rule)
        if found is not None:
            return found
    raise ExerciseError(f"没有能用来练“{identity}”的指标")


def _from_entry(material: Material, seed: Seed, entry: Entry, rule: Rule) -> Data | None:
    rng = seed.rng(entry.id)
    target = entry.target_text or f"{entry.operator}{rng.choice((12, 20, 36, 48, 80, 120, 150, 260))}{entry.unit}"
    if re.search(r"[月年]", entry.unit) and not entry.unit.startswith(("元", "万元")):
        target = "6月30日前"
    row: Measure = (material.role(entry.slot), filled(entry.name), target)
    bad = rule.spoil(row, rng.randrange(100)) if rule.spoil is not None else None
    if bad is None or bad[1:] == row[1:] == ("", "") or _broken(material, _indicator(material, row), ""):
        return None
    if rule.id not in _broken(material, _indicator(material, bad), ""):
        return None
    return _data(_indicator(material, bad), _indicator(material, row), rule.id, entry.definition)


def _data(bad: Indicator, good: Indicator, identity: str, about: str) -> Data:
    was = {"level1": good.level1, "level2": good.level2, "name": good.name, "target": good.target}
    own = {"level1": bad.level1, "level2": bad.level2, "name": bad.name, "target": bad.target}
    return {**own, "rules": [identity], "about": about, "was": was}


def _indicator(material: Material, row: Measure) -> Indicator:
    slot = material.slot_of_role(row[0])
    return Indicator(slot.level1, slot.level2, row[1], row[2])


def _broken(material: Material, row: Indicator, project: str) -> dict[str, Finding]:
    """The row rules that fire on an indicator standing alone, as error or warning."""
    alone = Declaration(indicators=(row,)).replace(("project", "name"), project)
    rules = [rule_of(material, identity) for identity in ROW_RULES]
    found = rule_findings(material.case(alone), rules, fixes=False)
    return {one.rule.id: one for one in found if one.severity is not Severity.INFO and one.hit.name == row.name}


def _bad(material: Material, data: Data) -> Indicator:
    _, slot = slot_of(material.framework, {"level1": data.get("level1", ""), "level2": need(data, "level2")})
    if slot is None:
        raise ExerciseError(f"框架里没有“{data.get('level2')}”这一格")
    return Indicator(slot.level1, slot.level2, need(data, "name"), as_text(data.get("target")))


def _rules(material: Material, data: Data) -> list[str]:
    given = [rule_of(material, identity).id for identity in texts(data, "rules")]
    return given or list(_broken(material, _bad(material, data), ""))


def pose(material: Material, data: Data) -> Posed:
    """The bad indicator in its slot, and how to write a better one."""
    bad = _bad(material, data)
    rules = _rules(material, data)
    lines = [f"{bad.level1}›{bad.level2}", f"  {bad.name}　{bad.target or '（没有目标值）'}"]
    if data.get("about"):
        lines.append(f"本来要量的是：{data['about']}")
    ask = "改成好的写法：名称、目标值用空格隔开，例如“线路畅通率 >=99%”；要换格子就写在前面，例如“时效/线路故障修复时间 <=4小时”。"
    hint = question_of(rule_of(material, rules[0])) if rules else ""
    return Posed(wrap_all(lines, indent="  "), ask, hint=hint, topics=tuple(f"rule:{identity}" for identity in rules))


def grade(material: Material, data: Data, answer: Any) -> Graded:
    """1 where the rules let it pass and it is still about the same thing."""
    bad = _bad(material, data)
    rules = _rules(material, data)
    trained = [f"rule:{identity}" for identity in rules]
    tail = [*(question_of(rule_of(material, identity)) for identity in rules[:1]), *_model(data)]
    row = read_row(material, answer, bad) if as_text(answer) else bad
    if row == bad:
        return graded(0, [*(["没有改动。"] if as_text(answer) else []), *tail], trained)
    same = alike(row.name, _about(data, bad))
    if not same and not has_ending(row.name):
        lines = [f"“{one_line(row.name)[:30]}”不像指标的名称，也没有说到原来要量的事。"]
        return graded(0, [*lines, *tail], trained, unread="没有看懂。名称和目标值用空格隔开，例如：线路畅通率 >=99%。")
    broken = _broken(material, row, "")
    still = [f"{one.hit.message}{one.advice}" for identity, one in broken.items() if identity in rules]
    if not still and row.slot == bad.slot and _is_count_elsewhere(material, row, bad, rules):
        still = ["换了个说法，量的还是做了多少，要移到“数量”。"]
    if not still and "R58" in rules and "并" in row.name and "并" in bad.name:
        still = ["换了词尾，说的还是两件事。拆成两条，或者只留主要的一件。"]
    if not still and "R57" in rules and verb_start(row.name) in TASK_STARTS and not verb_start(_was_named(data)):
        still = [f"“{row.name}”还是“{verb_start(row.name)}”打头，名称里只留名词。"]
    if still:
        return graded(0, [*(f"毛病还在：{one}" for one in still), *tail], trained)
    new = [f"{one.hit.message}{one.advice}" for one in broken.values()] or list(_beside_model(data, row, bad))
    if new:
        lines = [f"原来的毛病改掉了，又有新的：{one}" for one in new[:2]]
        return graded(CLEARED_BUT_NEW if same else 0, [*lines, *tail], trained)
    if not same:
        return graded(KEPT_BUT_OTHER, ["写法没有毛病，可是换成了另一件事。", *tail], trained)
    return graded(1, [f"好，“{row.name} {row.target}”过得去。", *tail[:1]], trained)


def _was_named(data: Data) -> str:
    """The name of the sound indicator that the bad one was made from."""
    was = data.get("was")
    return str(was.get("name", "")) if isinstance(was, Mapping) else ""


def _is_count_elsewhere(material: Material, row: Indicator, bad: Indicator, rules: Iterable[str]) -> bool:
    """Whether a row that was to leave a slot (R61, R63) still says there how many were delivered: by its name, or the same number."""
    target = parse_target(row.target)
    old = parse_target(bad.target)
    named = bool(_COUNT_NAME.search(row.name)) or (target.number, target.unit) == (old.number, old.unit)
    counts = named and target.is_number and kind_of_unit(target.unit) == "thing"
    return counts and bool({"R61", "R63"} & set(rules)) and material.role(row.slot) != "output.quantity"


def _beside_model(data: Data, row: Indicator, bad: Indicator) -> Iterator[str]:
    """What is wrong with a row that no rule objects to, seen beside the sound one that the bad one was made from."""
    was = data.get("was")
    if not isinstance(was, Mapping):
        return
    good, given = parse_target(str(was.get("target", ""))), parse_target(row.target)
    same = row.name in (bad.name, was.get("name"))
    if same and row.slot not in ((was.get("level1"), was.get("level2")), bad.slot):
        yield f"“{row.name}”不归“{row.level2}”，应当放在“{was.get('level2')}”。"
    if not (good.is_number and given.is_number):
        return
    left = row.slot == bad.slot != (was.get("level1"), was.get("level2"))
    if left and not same and "R63" in texts(data, "rules") and kind_of_unit(given.unit) != kind_of_unit(good.unit):
        yield f"换成了另一条，本来要量的“{was.get('name')}”没有移到“{was.get('level2')}”。"
    if good.unit and not given.unit:
        yield f"“{row.target}”没有写单位。"
    elif same and kind_of_unit(given.unit) != kind_of_unit(good.unit):
        yield f"“{row.name}”的单位不会是“{given.unit}”，一般写“{good.unit}”。"
    elif kind_of_unit(given.unit) == kind_of_unit(good.unit) != "thing" and direction(row.name) != "less":
        yield from _unlike(row, given, good)


def _unlike(row: Indicator, given: Target, good: Target) -> Iterator[str]:
    """What sets a measure apart from the usual one: the other direction, a rate far below it."""
    if {given.operator[:1], good.operator[:1]} == {"<", ">"}:
        yield f"方向反了：“{row.name}”一般用“{good.operator}”。"
    elif given.is_rate and good.operator.startswith(">") and (given.number or 0) < (good.number or 0) * _FAR_BELOW:
        yield f"“{row.target}”定得太低，一般在{good.text}上下。"


def _about(data: Data, bad: Indicator) -> str:
    """All that says what is to be measured."""
    was = data.get("was")
    said = (
        bad.name,
        data.get("about", ""),
        data.get("project", ""),
        was.get("name", "") if isinstance(was, Mapping) else "",
    )
    return " ".join(map(str, said))


def _model(data: Data) -> list[str]:
    was = data.get("was")
    return [f"{MODEL}：{was['level2']}/{was['name']} {was['target']}"] if isinstance(was, Mapping) else []


def key(material: Material, data: Data) -> str:
    """A row that passes: what the bad one was made from, else the rules' own good example that passes here."""
    was = data.get("was")
    if isinstance(was, Mapping):
        return f"{was['level1']}/{was['level2']}/{was['name']} {was['target']}"
    for text in _goods(material, _rules(material, data)):
        if grade(material, data, text).score == 1:
            return text
    raise ExerciseError("这道题没有现成的参考写法")


def _goods(material: Material, rules: Iterable[str]) -> Iterable[str]:
    for identity in rules:
        rule = rule_of(material, identity)
        for text in (rule.good, rule.advice):
            yield from re.findall(r"“([^”]+)”", text)
            yield text.removesuffix("。")


KIND = Kind("repair", "改指标", "把写坏的名称和目标值改好", make, pose, grade, key, topics, ("name", "level2"))
