"""查算式 (sums): one number of a calculation was changed, or none; which step is wrong?

Steps (算式) are numbered; the total counts as the last one. A form's own calculation may be given as text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from domain.quantity import YUAN_PER_WAN, evaluate, plain
from domain.training.answers import as_text, flat, need
from domain.training.exercise import Data, ExerciseError, Graded, Kind, Posed, Seed, graded
from domain.training.layout import wrap
from domain.training.material import Material

SKILL = "skill:sums"
_NONE_SHARE = 0.15
"""Share of exercises in which nothing was changed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a calculation: 终端通信费, 40元/部×43部×12个月, 20640; what it should come to."""

    label: str
    expression: str
    stated: Decimal
    computed: Decimal

    @property
    def is_wrong(self) -> bool:
        """Whether the result is not what the factors give, to a fen."""
        return abs(self.stated - self.computed) >= Decimal("0.01")


_FACTOR = r"\d[\d,.]*\s*[^\d；;。\n=＝，,：:×*xX＊✕+]{0,10}"
_STEP = re.compile(
    rf"([^；;。\n=＝：:，,]*?)[：:]?\s*((?:{_FACTOR}[×*xX＊✕+]\s*)+{_FACTOR})\s*[=＝]\s*(\d[\d,.]*)\s*(万元|元)?"
)
_TOTAL = re.compile(r"(?:合计|共计|总计|总额)[为是：:]?\s*(\d[\d,.]*)\s*(万元|元)")
_WAN = re.compile(r"(?:即|折合|约合)\s*(\d[\d,.]*)\s*万元")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", "").rstrip("."))
    except InvalidOperation as error:
        raise ExerciseError(f"“{text}”不是数字") from error


def _computed(expression: str) -> Decimal:
    bare = re.sub(r"(?<=\d)\s*万元?", "*10000", flat(expression))
    bare = re.sub(r"[×xX＊✕]", "*", bare)
    bare = re.sub(r"[^\d.+*/()-]|(?<!\d)[/]|/(?!\d)", "", bare)
    try:
        return evaluate(bare.strip("*+"))
    except (ValueError, InvalidOperation) as error:
        raise ExerciseError(f"没有看懂算式“{expression}”") from error


def read_steps(text: str) -> tuple[Step, ...]:
    """The steps of a calculation note, its total (合计) as the last one; raises ExerciseError where there is none."""
    steps: list[Step] = []
    for match in _STEP.finditer(text):
        stated = _decimal(match[3]) * (YUAN_PER_WAN if match[4] == "万元" else 1)
        label = re.sub(r"^(?:测算过程|测算|其中|和|、|\d+[、.])+", "", match[1].strip()) or f"第{len(steps) + 1}步"
        steps.append(Step(label, match[2].strip(), stated, _computed(match[2])))
    if not steps:
        raise ExerciseError("文字里没有算式；写成 40元/部×43部×12个月=20640元")
    total = _TOTAL.search(text)
    if total:
        steps.append(_total(steps, _decimal(total[1]) * (YUAN_PER_WAN if total[2] == "万元" else 1)))
    wan = _WAN.search(text)
    if wan:
        steps.append(_in_wan(steps[-1], _decimal(wan[1])))
    return tuple(steps)


def _total(steps: Sequence[Step], stated: Decimal) -> Step:
    """The total; one that fits the right results is right, even where a step above was written down wrong."""
    written = sum((step.stated for step in steps), Decimal(0))
    right = sum((step.computed for step in steps), Decimal(0))
    expression = "＋".join(plain(step.stated) for step in steps)
    return Step("合计", expression, stated, stated if stated in (written, right) else written)


def _in_wan(last: Step, stated: Decimal) -> Step:
    """The last result in 万元, rounded as far as it is written."""
    place = Decimal(1).scaleb(_exponent(stated))
    exact = [value / YUAN_PER_WAN for value in (last.stated, last.computed)]
    fits = any(stated in (value, value.quantize(place)) for value in exact)
    return Step("折合万元", f"{plain(last.stated)}÷10000", stated, stated if fits else exact[0])


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def topics(material: Material) -> tuple[str, ...]:
    """One skill."""
    return (SKILL,)


def make(material: Material, seed: Seed) -> Data:
    """The calculation of an example with one stated result changed, or none for one in seven."""
    held = [name for name, one in sorted(material.examples.items()) if len(_sound(one.narrative.remarks)) >= 2]
    name = seed.pick(held, str, "example")
    note = material.examples[name].narrative.remarks
    rng = seed.rng("change")
    steps = _scaled(read_steps(note), Decimal(rng.choice((1, 2, 3, 4, 5)))) if rng.random() < 0.5 else read_steps(note)
    lines = list(steps)
    wrong = 0
    if rng.random() >= _NONE_SHARE:
        wrong = rng.randrange(len(lines)) + 1
        lines[wrong - 1] = _spoiled(lines[wrong - 1], rng.choice(("digits", "ten", "less")))
    text = "；".join(_printed(step) for step in lines) + "。"
    return {"text": text, "example": name, "wrong": wrong}


def _sound(text: str) -> tuple[Step, ...]:
    try:
        steps = read_steps(text)
    except ExerciseError:
        return ()
    return () if any(step.is_wrong for step in steps) else steps


def _scaled(steps: Sequence[Step], times: Decimal) -> tuple[Step, ...]:
    """The same calculation with every unit price multiplied: numbers that nobody has seen before."""
    scaled = []
    for step in steps:
        expression = step.expression
        if step.label == "合计":
            expression = "＋".join(plain(_decimal(part) * times) for part in expression.split("＋"))
        elif step.label == "折合万元":
            expression = f"{plain(_decimal(expression.split('÷')[0]) * times)}÷10000"
        else:
            expression = re.sub(r"\d[\d.]*", lambda match: plain(_decimal(match[0]) * times), expression, count=1)
        scaled.append(Step(step.label, expression, step.stated * times, step.computed * times))
    return tuple(scaled)


def _spoiled(step: Step, how: str) -> Step:
    """The step with a result that people really write: two digits swapped, a nought too many, one unit short."""
    digits = plain(step.stated)
    if how == "digits":
        for at in range(len(digits) - 1):
            if digits[at] != digits[at + 1] and "." not in digits[at : at + 2] and not (at == 0 and digits[1] == "0"):
                return Step(
                    step.label,
                    step.expression,
                    Decimal(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]),
                    step.computed,
                )
    if how == "less" and step.stated >= 100:
        place = Decimal(10) ** (step.stated.adjusted() - 1)
        return Step(step.label, step.expression, step.stated + place, step.computed)
    return Step(step.label, step.expression, step.stated * 10, step.computed)


def _printed(step: Step) -> str:
    if step.label == "折合万元":
        return f"即{plain(step.stated)}万元"
    if step.label == "合计":
        return f"合计{plain(step.stated)}元"
    return f"{step.label}{step.expression}={plain(step.stated)}元"


def _wrong(data: Data) -> tuple[tuple[Step, ...], list[int]]:
    steps = read_steps(need(data, "text"))
    return steps, [number for number, step in enumerate(steps, 1) if step.is_wrong]


def pose(material: Material, data: Data) -> Posed:
    """The note and its steps with numbers."""
    steps, _ = _wrong(data)
    lines = [*wrap(need(data, "text")), ""]
    for number, step in enumerate(steps, 1):
        unit = "万元" if step.label == "折合万元" else "元"
        lines.extend(wrap(f"{number}. {step.label}：{step.expression}＝{plain(step.stated)}{unit}", indent="   "))
    return Posed(
        tuple(lines),
        "哪一步算错了？写序号；都对写 0。可以在后面写出正确的结果。",
        hint="单价、数量、期数一个一个乘；合计只把上面写着的结果相加；元除以10000是万元。",
        topics=(SKILL,),
    )


def grade(material: Material, data: Data, answer: Any) -> Graded:
    """1 for exactly the wrong steps; the arithmetic either way."""
    steps, wrong = _wrong(data)
    said = _said(steps, answer)
    right = sorted(set(said)) == wrong
    lines = ["对。" if right else "不对。"]
    if not wrong:
        lines.append("每一步都对，答案是 0。")
    for number in wrong:
        step = steps[number - 1]
        unit = "万元" if step.label == "折合万元" else "元"
        lines.append(
            f"第{number}步：{step.expression}＝{plain(step.computed)}{unit}，写的是{plain(step.stated)}{unit}。"
        )
    lines.append("检验问句：单价乘数量再乘期数，是不是等号右边的数？各步相加，是不是申请的那笔钱？")
    score = 1.0 if right else 0.5 if wrong and set(wrong) < set(said) and len(said) == len(wrong) + 1 else 0.0
    return graded(score, lines, [SKILL])


def _said(steps: Sequence[Step], answer: Any) -> list[int]:
    """The step numbers an answer names; a step may also be named by its label; 0 and 都对 for none."""
    if isinstance(answer, int):
        return [answer] if answer else []
    if isinstance(answer, dict):
        answer = answer.get("step", answer.get("wrong", ""))
    if isinstance(answer, list):
        return [number for item in answer for number in _said(steps, item)]
    text = flat(as_text(answer))
    labelled = [
        number for number, step in enumerate(steps, 1) if step.label in text and not step.label.startswith("第")
    ]
    first = re.match(r"\D{0,4}?(\d+)", text)
    if first and int(first[1]) <= len(steps):
        return [int(first[1])] if int(first[1]) else []
    return labelled if labelled or "对" in text else [-1]


def key(material: Material, data: Data) -> str:
    """The number of the wrong step."""
    _, wrong = _wrong(data)
    return " ".join(map(str, wrong)) or "0"


KIND = Kind("sums", "查算式", "核对测算：单价、数量、期数与合计", make, pose, grade, key, topics, ("text",))
