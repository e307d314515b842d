"""写年度目标 (goal): from a form's indicators to one sentence with year, numbers, output and effect, no empty words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from domain.case import Case, Row
from domain.compose import annual_goal
from domain.model import Declaration
from domain.quantity import YUAN_PER_WAN, parse_target, plain
from domain.training.answers import as_text, content_pairs, flat, texts
from domain.training.exercise import MODEL, PASS, Data, ExerciseError, Graded, Kind, Posed, Seed, graded
from domain.training.forms import form_of
from domain.training.layout import table, wrap_all
from domain.training.material import Material
from domain.training.numerals import in_figures
from domain.training.variants import draw_example

SKILL = "skill:goal"
EMPTY_WORDS = tuple(
    "有效提升 有效提高 有效改善 进一步 较好 不断 显著 明显 大幅 稳步 力争 基本完成 一定程度 正常运行 全力 切实 扎实".split()
)
"""Words that cannot be checked next year."""
QUESTION = "检验问句：明年自评时，这一句能不能拿一条指标、一份材料来对账？"
_WEIGHTS = {"year": 0.1, "number": 0.2, "output": 0.2, "effect": 0.2, "rows": 0.2, "plain": 0.1}


def topics(material: Material) -> tuple[str, ...]:
    """One skill."""
    return (SKILL,)


def make(material: Material, seed: Seed) -> Data:
    """An example form whose year goal is taken away, with some of its indicators to write it from."""
    name = seed.pick([name for name in sorted(material.examples) if _fits(material, name)], str, "example")
    form, variant = draw_example(material, name, seed)
    case = material.case(form)
    outputs, effects = _sides(case)
    rng = seed.rng("rows")
    shown = [
        *seed.ranked(outputs, lambda row: row.name, "outputs")[: rng.randint(2, 4)],
        *seed.ranked(effects, lambda row: row.name, "effects")[: rng.randint(1, 2)],
    ]
    rows = [row.name for row in sorted(shown, key=lambda row: row.index)]
    return {"example": name, "variant": variant.data(), "rows": rows}


def _fits(material: Material, name: str) -> bool:
    roles = {material.role(row.slot) for row in material.examples[name].indicators}
    effect = any(role.startswith(("effect.", "impact.")) for role in roles)
    return bool(roles & {"output.quantity", "output.quality", "output.timeliness"}) and effect


def _sides(case: Case) -> tuple[list[Row], list[Row]]:
    """(outputs but for cost, effects) with a target."""
    outputs = [row for row in case.by_role("output.") if row.role != "output.cost" and row.target.text]
    effects = [row for row in case.by_role("effect.", "impact.") if row.target.text]
    return outputs, [row for row in effects if row.role.startswith("effect.")] or effects


def _case(material: Material, data: Data) -> tuple[Case, list[Row], list[Row]]:
    case = material.case(form_of(material, data))
    wanted = texts(data, "rows")
    outputs, effects = ([row for row in side if not wanted or row.name in wanted] for side in _sides(case))
    if not outputs or not effects:
        raise ExerciseError("这张表没有产出或效果指标，出不了写目标的题")
    return case, outputs, effects


def pose(material: Material, data: Data) -> Posed:
    """The project and its output and effect indicators."""
    case, outputs, effects = _case(material, data)
    project = case.declaration.project
    scope = next((line for line in case.declaration.narrative.overview.split("\n") if "范围" in line), "")
    lines = wrap_all(filter(None, [f"{project.year}年　{project.name}", scope]))
    rows = table([(f"  {row.indicator.level2}", row.name, row.indicator.target) for row in [*outputs, *effects]])
    ask = "写出年度绩效目标：今年做多少、做到什么程度，谁因此得到什么。一两句话，每句都能对上一条指标。"
    return Posed((*lines, "", *rows), ask, hint=QUESTION, long=True, topics=(SKILL,))


def checks(case: Case, outputs: Sequence[Row], effects: Sequence[Row], text: str) -> list[tuple[str, bool, str]]:
    """(check, passed, what to say) for each of the six checks."""
    year = str(case.declaration.project.year or "")
    dated = (bool(year) and year in text) or any(word in text for word in ("本年度", "今年", "当年"))
    bare = text.replace(f"{year}年", "") if year else text
    figures = set(re.findall(r"\d+(?:\.\d+)?", bare))
    odd = strangers(case.declaration, bare)
    said = [row for row in [*outputs, *effects] if _mentions(row, bare)]
    done = [row for row in said if row in outputs]
    gained = [row for row in said if row in effects]
    empty = [word for word in EMPTY_WORDS if word in text]
    return [
        ("year", dated, "有年份" if dated else _year_missing(year, text)),
        ("number", bool(figures) and not odd, _figures_said(bool(figures), odd)),
        ("output", bool(done), f"写了产出：{_names(done)}" if done else f"没有写产出，例如{_names(outputs[:1])}"),
        ("effect", bool(gained), f"写了效果：{_names(gained)}" if gained else f"没有写效果，例如{_names(effects[:1])}"),
        ("rows", len(said) >= 2, f"对上{len(said)}条指标" if len(said) >= 2 else "至少要对上两条指标"),
        ("plain", not empty and bool(said), _plain_words(empty, bool(said))),
    ]


def _figures_said(some: bool, odd: Sequence[str]) -> str:
    if not some:
        return "没有一个数字，没法考核"
    return f"{'、'.join(odd[:4])}在表上别处没有出现，请核对" if odd else "有数字"


def _year_missing(year: str, text: str) -> str:
    other = re.search(r"20\d\d(?=年)", text)
    start = f"写的是{other[0]}年" if other else "没有写是哪一年"
    return f"{start}，开头写“{year}年”"


def _plain_words(empty: Sequence[str], says_something: bool) -> str:
    if empty:
        return f"有没法核对的词：{'、'.join(empty)}"
    return "没有空话" if says_something else "没有一句能对上指标"


def _names(rows: Sequence[Row]) -> str:
    return "、".join(row.name for row in rows[:3])


def _mentions(row: Row, text: str) -> bool:
    """Whether a text speaks of a row: two pairs of its name's characters, or one together with its number."""
    own = content_pairs(row.name)
    shared = own & content_pairs(text)
    number = row.target.number
    with_number = number is not None and any(number in readings for readings in _figures(text).values())
    return len(shared) >= min(2, len(own)) > 0 or (bool(shared) and with_number) or _counted(row, text)


def _counted(row: Row, text: str) -> bool:
    """Whether a text has a row's own number with its own unit, where that is no share: 送戏80场 speaks of the 80场."""
    number, unit = row.target.number, row.target.unit
    if number is None or number <= 1 or not unit or row.target.is_rate:
        return False
    return re.search(rf"(?<![\d.]){re.escape(plain(number))}\s*{re.escape(unit)}", text) is not None


def strangers(declaration: Declaration, text: str) -> list[str]:
    """Figures of the goal that neither stand in the form nor sum up its counts of one unit; years are left out."""
    narrative = declaration.narrative
    held = " ".join(
        [*(row.target for row in declaration.indicators), narrative.overview, narrative.plan, narrative.remarks]
    )
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for target in (parse_target(row.target) for row in declaration.indicators):
        sums[target.unit] += target.number or 0
    known = set(sums.values()).union(*_figures(flat(held)).values())
    figures = _figures(re.sub(r"(?<!\d)20\d\d(?!\d)年?", "", text))
    return [figure for figure, readings in figures.items() if not readings & known]


_FIGURE = re.compile(r"(\d+(?:\.\d+)?)(万?)")


def _figures(text: str) -> dict[str, set[Decimal]]:
    """The figures of a text as written, each with the numbers that it can stand for: 4.8万 is 48000, or 4.8 where 万元 count."""
    found: dict[str, set[Decimal]] = {}
    for digits, wan in _FIGURE.findall(text):
        number = Decimal(digits)
        found.setdefault(digits, set()).update({number, number * YUAN_PER_WAN} if wan else {number})
    return found


def grade(material: Material, data: Data, answer: Any) -> Graded:
    """A share of the score for each check."""
    case, outputs, effects = _case(material, data)
    text = in_figures(flat(as_text(answer)))
    found = checks(case, outputs, effects, text)
    score = sum(_WEIGHTS[name] for name, passed, _ in found if passed) if text else 0.0
    lines = [f"{'对' if passed else '缺'}：{said}。" for _, passed, said in found] if text else []
    lines += [QUESTION, _reference(case, outputs, effects)]
    counted = any(passed for name, passed, _ in found if name == "number")
    unread = "" if score else "没有看懂。写明哪一年、做多少、谁因此得到什么，每句对上一条指标。"
    return graded(score, lines, [SKILL], passed=score >= PASS and counted, unread=unread)


def _reference(case: Case, outputs: Sequence[Row], effects: Sequence[Row]) -> str:
    """The model goal as a line that says where it speaks of more rows than were shown."""
    model = _model(case, outputs, effects)
    fewer = len(outputs) + len(effects) < sum(map(len, _sides(case)))
    beyond = "（用上了全表的指标）" if fewer and model == case.declaration.narrative.annual_goal else ""
    return f"{MODEL}{beyond}：{model}"


def _model(case: Case, outputs: Sequence[Row], effects: Sequence[Row]) -> str:
    """The form's own goal where it speaks of the rows shown, else one composed from them."""
    own = case.declaration.narrative.annual_goal
    if own.strip() and all(passed for _, passed, _ in checks(case, outputs, effects, flat(own))):
        return own
    rows = tuple(row.indicator for row in [*outputs, *effects])
    return annual_goal(replace(case.declaration, indicators=rows))


def key(material: Material, data: Data) -> str:
    """A goal that earns everything."""
    return _model(*_case(material, data))


KIND = Kind("goal", "写年度目标", "由指标写年度绩效目标", make, pose, grade, key, topics)
