"""找错 (defects): a sound form with defects made by the rules themselves; score = recall × precision over the rules broken.

Level 1 breaks one or two rules grossly, level 2 three, level 3 five of the subtle kind. A topic rule:R57 breaks that rule
alone or with one more. A form given without a list of broken rules is graded on everything the review finds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from domain.json_values import json_form
from domain.model import Declaration
from domain.review import Finding, Rule, Severity
from domain.text import one_line
from domain.training.answers import texts
from domain.training.exercise import Data, ExerciseError, Graded, Kind, Posed, Seed, graded
from domain.training.forms import form_lines, form_of
from domain.training.material import Material
from domain.training.reasons import named_rules
from domain.training.rulebook import COARSE, counted, found_in, mixed, question_of, rule_of, spoil_with, taught
from domain.training.variants import draw_example

_QUESTION = "检验问句：文字、指标、金额说的是不是同一件事？"
LEVELS = {"1": (2, 8), "2": (3, 10), "3": (5, 12)}
"""Level → (defects, options shown)."""


def topics(material: Material) -> tuple[str, ...]:
    """The levels and every rule that can be broken on some example."""
    return (*(f"level:{level}" for level in LEVELS), *(f"rule:{rule.id}" for rule in taught(material)))


def make(material: Material, seed: Seed) -> Data:
    """An example form with rules broken, and the options to choose from."""
    level = seed.wants("level") or seed.pick(sorted(LEVELS), str, "level")
    wanted = seed.wants("rule")
    if level not in LEVELS:
        raise ExerciseError(f"没有第“{level}”级；难度是1到3")
    count, shown = LEVELS["1" if wanted else level]
    count = 1 if wanted in COARSE else count
    order = _preferred(material, seed, level, wanted)
    for name in seed.ranked(sorted(material.examples), str, "example"):
        sound, _ = draw_example(material, name, seed)
        first = spoil_with(material, sound, [rule_of(material, wanted)] if wanted else [], 1, seed)
        if wanted and not first.rules:
            continue
        more = spoil_with(material, first.declaration, order, count - len(first.rules), seed)
        broken = (*first.rules, *more.rules)
        if broken:
            options = _options(material, more.declaration, broken, shown, seed)
            return {"form": json_form(more.declaration), "rules": list(broken), "options": options, "example": name}
    raise ExerciseError(f"没有样例可以弄坏“{wanted or level}”")


def _preferred(material: Material, seed: Seed, level: str, wanted: str) -> list[Rule]:
    """Rules in the order to try: errors first on level 1, warnings first on level 3, as drawn on level 2."""
    ranked = [rule for rule in seed.ranked(mixed(material), lambda rule: rule.id, "rules") if rule.id != wanted]
    if level == "1":
        return sorted(ranked, key=lambda rule: rule.severity is not Severity.ERROR)
    return sorted(ranked, key=lambda rule: rule.severity is Severity.ERROR) if level == "3" else ranked


def _options(material: Material, spoiled: Declaration, broken: Sequence[str], shown: int, seed: Seed) -> list[str]:
    """The broken rules among others that hold, by number."""
    firing = {one.rule.id for one in found_in(material, spoiled)}
    others = [rule for rule in seed.ranked(taught(material), lambda rule: rule.id, "others") if rule.id not in firing]
    chosen = [*broken, *(rule.id for rule in others)][: max(shown, len(broken))]
    return sorted(chosen, key=lambda identity: rule_of(material, identity).number)


def wanted_rules(material: Material, data: Data, found: Sequence[Finding]) -> list[str]:
    """The rules that must be named: those broken on purpose, else all that fire as error or warning."""
    given = texts(data, "rules")
    if given:
        return [rule_of(material, identity).id for identity in given]
    return counted(found)


def options_of(material: Material, data: Data, found: Sequence[Finding]) -> list[str]:
    """The options shown; for a form given by hand the wanted rules among some that hold."""
    given = texts(data, "options")
    if given:
        return [rule_of(material, identity).id for identity in given]
    wanted = wanted_rules(material, data, found)
    firing = {one.rule.id for one in found}
    others = [rule.id for rule in taught(material) if rule.id not in firing]
    drawn = Seed("options", "|".join(wanted), 0).ranked(others, str)[: max(4, 12 - len(wanted))]
    return sorted([*wanted, *drawn], key=lambda identity: rule_of(material, identity).number)


def pose(material: Material, data: Data) -> Posed:
    """The whole form, and the rules it may break."""
    declaration = form_of(material, data)
    found = found_in(material, declaration)
    options = options_of(material, data, found)
    wanted = wanted_rules(material, data, found)
    return Posed(
        form_lines(declaration),
        "下面哪几条规矩，这张表没有守住？写序号，用空格分开；都守住了写 0。",
        tuple(rule_of(material, identity).title for identity in options),
        hint=f"一共{len(wanted)}处。按完整、相关、适当、可行的次序看；先对数字，再看名称和格子。",
        topics=tuple(f"rule:{identity}" for identity in wanted),
    )


def grade(material: Material, data: Data, answer: Any) -> Graded:
    """Recall × precision; what else really fires counts neither for nor against."""
    found = found_in(material, form_of(material, data))
    wanted = wanted_rules(material, data, found)
    said, unknown = named_rules(material, answer, options_of(material, data, found), found)
    hit, missed, wrong = judge(wanted, {one.rule.id for one in found}, said)
    named = len(hit) + len(wrong) + len(unknown)
    recall = len(hit) / len(wanted) if wanted else 1.0
    precision = len(hit) / named if named else float(not wanted)
    score = recall * precision if wanted else float(not wrong and not unknown)
    lines = [f"应当找出{len(wanted)}处，找对{len(hit)}处，冤枉{len(wrong)}处。"]
    lines += verdicts(material, found, hit, missed, wrong)
    lines += [f"没有看懂“{one_line(item)[:30]}”，写序号就行。" for item in unknown]
    if not missed:
        asked = [*hit, *wrong]
        lines.append(question_of(rule_of(material, asked[0])) if asked else _QUESTION)
    scores = {f"rule:{identity}": float(identity in hit) for identity in wanted}
    unread = "" if said or not unknown else "没有看懂，写序号，用空格分开；都守住了写 0。"
    return replace(graded(score, lines, unread=unread), topics=scores)


def judge(wanted: Sequence[str], firing: set[str], said: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """(found, missed, wrongly accused) among the rules named."""
    hit = [identity for identity in said if identity in wanted]
    missed = [identity for identity in wanted if identity not in said]
    wrong = [identity for identity in said if identity not in wanted and identity not in firing]
    return hit, missed, wrong


def verdicts(
    material: Material, found: Sequence[Finding], hit: Sequence[str], missed: Sequence[str], wrong: Sequence[str]
) -> list[str]:
    """Why each rule named or missed is broken or not, with the question that finds it next time."""
    messages: dict[str, Finding] = {}
    for one in found:
        messages.setdefault(one.rule.id, one)
    lines: list[str] = []
    for mark, identities in (("找对", hit), ("漏掉", missed)):
        for identity in identities:
            rule = rule_of(material, identity)
            finding = messages.get(identity)
            said = finding.hit.message if finding else rule.bad
            advice = f"{finding.advice if finding else rule.advice}{question_of(rule)}" if mark == "漏掉" else ""
            lines.append(f"{mark}：{rule.title}。{said}{advice}")
    return [*lines, *(f"冤枉：{rule_of(material, identity).title}。这一条其实守住了。" for identity in wrong)]


def key(material: Material, data: Data) -> str:
    """The numbers of the broken rules among the options."""
    found = found_in(material, form_of(material, data))
    options = options_of(material, data, found)
    numbers = sorted(options.index(identity) + 1 for identity in wanted_rules(material, data, found))
    return " ".join(map(str, numbers)) or "0"


KIND = Kind("defects", "找错", "用审核规则找出一张表的毛病", make, pose, grade, key, topics, ("form",))
