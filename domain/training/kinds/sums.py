"""查算式 (sums): one number of a calculation was changed, or none; which step is wrong?

Steps (算式) are numbered; the total counts as the last one. A form's own calculation may be given as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import takewhile
from typing import Any

from domain.quantity import YUAN_PER_WAN, evaluate, plain
from domain.training.answers import as_text, flat, need
from domain.training.exercise import Data, ExerciseError, Graded, Kind, Posed, Seed, graded
from domain.training.layout import wrap
from domain.training.material import Material
from domain.training.picks import picks

SKILL = "skill:sums"
_TIMES = ("1", "1", "2", "3", "4", "5", *(f"{one / 20:.2f}" for one in range(11, 40) if one != 20))
"""What unit prices are multiplied by."""
_NONE_SHARE = 0.15
"""Share of exercises in which nothing was changed."""
TOTAL, IN_WAN = "合计", "折合万元"
"""Labels of the steps that stand below the others: their sum, and that sum in 万元."""


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

    @property
    def unit(self) -> str:
        """The unit of both results."""
        return "万元" if self.label == IN_WAN else "元"


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
    return Step(TOTAL, expression, stated, stated if stated in (written, right) else written)


def _in_wan(last: Step, stated: Decimal) -> Step:
    """The last result in 万元, rounded as far as it is written."""
    place = Decimal(1).scaleb(_exponent(stated))
    exact = [value / YUAN_PER_WAN for value in (last.stated, last.computed)]
    fits = any(stated in (value, value.quantize(place)) for value in exact)
    return Step(IN_WAN, f"{plain(last.stated)}÷10000", stated, stated if fits else exact[0])


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
    steps = _scaled(read_steps(note), Decimal(rng.choice(_TIMES)))
    lines = list(steps)
    wrong = 0
    if rng.random() >= _NONE_SHARE:
        wrong = rng.randrange(len(lines)) + 1
        lines[wrong - 1] = _spoiled(lines[wrong - 1], rng.choice(("digits", "ten", "second")))
        _carry_on(lines, wrong)
    text = "；".join(_printed(step) for step in lines) + "。"
    return {"text": text, "example": name, "wrong": wrong}


def _carry_on(lines: list[Step], wrong: int) -> None:
    """Work out the total and the amount in 万元 below the wrong step from what is written, so that one step alone is wrong."""
    for at in range(wrong, len(lines)):
        if lines[at].label == TOTAL:
            lines[at] = _total(lines[:at], sum((step.stated for step in lines[:at]), Decimal(0)))
        elif lines[at].label == IN_WAN:
            lines[at] = _in_wan(lines[at - 1], lines[at - 1].stated / YUAN_PER_WAN)


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
        if step.label == TOTAL:
            expression = "＋".join(plain(_decimal(part) * times) for part in expression.split("＋"))
        elif step.label == IN_WAN:
            expression = f"{plain(_decimal(expression.split('÷')[0]) * times)}÷10000"
        else:
            expression = re.sub(r"\d[\d.]*", lambda match: plain(_decimal(match[0]) * times), expression, count=1)
        scaled.append(Step(step.label, expression, step.stated * times, step.computed * times))
    return tuple(scaled)


def _spoiled(step: Step, how: str) -> Step:
    """The step with a result that people really write: two digits swapped, a nought too many, the second digit off by one."""
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
    if how == "second" and step.stated >= 100:
        place = Decimal(10) ** (step.stated.adjusted() - 1)
        return Step(step.label, step.expression, step.stated + place, step.computed)
    return Step(step.label, step.expression, step.stated * 10, step.computed)


def _printed(step: Step) -> str:
    if step.label == IN_WAN:
        return f"即{plain(step.stated)}万元"
    if step.label == TOTAL:
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
        stated = f"{plain(step.stated)}{step.unit}"
        lines.extend(wrap(f"{number}. {step.label}：{step.expression}＝{stated}", indent="   "))
    return Posed(
        tuple(lines),
        "哪一步算错了？写序号；都对写 0。可以在后面写出正确的结果。",
        hint="单价、数量、期数一个一个乘；合计只把上面写着的结果相加；元除以10000是万元。",
        topics=(SKILL,),
    )


def grade(material: Material, data: Data, answer: Any) -> Graded:
    """1 for exactly the wrong steps, else recall × precision while at least half of the accusations stand."""
    steps, wrong = _wrong(data)
    said = _said(steps, answer)
    if said and set(said) & set(wrong):
        said = [number for number in said if number not in _excused(steps)]
    right = said == wrong
    lines = ["对。"] if right else ["不对。"] if said is not None else []
    if not wrong:
        lines.append("每一步都对，答案是 0。")
    for number in wrong:
        step = steps[number - 1]
        right_result, stated = (f"{plain(one)}{step.unit}" for one in (step.computed, step.stated))
        lines.append(f"第{number}步：{step.expression}＝{right_result}，写的是{stated}。")
    lines.append("检验问句：单价乘数量再乘期数，是不是等号右边的数？各步相加，是不是申请的那笔钱？")
    unread = "没有看懂是哪一步，写它前面的序号；都对写 0。" if said is None else ""
    return graded(1.0 if right else _share(wrong, said or []), lines, [SKILL], unread=unread)


def _excused(steps: Sequence[Step]) -> list[int]:
    """Steps that fit the right results but not what is written above them: to call them wrong too is no mistake."""
    found = []
    for number, step in enumerate(steps, 1):
        above = steps[: number - 1]
        literal = step.stated
        if step.label == TOTAL:
            literal = sum((one.stated for one in above), Decimal(0))
        elif step.label == IN_WAN:
            literal = (above[-1].stated / YUAN_PER_WAN).quantize(Decimal(1).scaleb(_exponent(step.stated)))
        if not step.is_wrong and literal != step.stated:
            found.append(number)
    return found


def _share(wrong: Sequence[int], said: Sequence[int]) -> float:
    hit = len(set(wrong) & set(said))
    return hit / len(wrong) * hit / len(said) if hit and hit * 2 >= len(said) else 0.0


_TELLING = 3
"""Characters of a label that tell its step from the others."""
_NAMED = re.compile(r"第\s*(\d+|[一二三四五六七八九十]+)\s*(?:步|条|行|个|项|处)")
_FIRST = re.compile(r"\s*(\d+(?:\s*[,、和与及\s]\s*\d+)*)")
_ALL_RIGHT = re.compile(r"^(?:对|无|没有?)$|没错|没有错|无误|都对|全对|正确|没问题|没有问题")


def _said(steps: Sequence[Step], answer: Any) -> list[int] | None:
    """The steps that an answer calls wrong, by number, label or the right result; [] for none (0, 都对), None if not understood."""
    if isinstance(answer, Mapping):
        answer = answer.get("step", answer.get("wrong", ""))
    numbers = picks(answer)
    if numbers is not None and all(number <= len(steps) for number in numbers):
        return sorted({number for number in numbers if number})
    text = flat(as_text(answer))
    named = [number for one in _NAMED.findall(text) for number in picks(one) or []]
    found = (
        named
        or _leading(steps, text)
        or _labelled(steps, text)
        or _corrected(steps, text)
        or _partly_labelled(steps, text)
    )
    if found and all(number <= len(steps) for number in found):
        return sorted({number for number in found if number})
    return [] if _ALL_RIGHT.search(text) and not re.search(r"不对|有误|错了|不正确", text) else None


def _leading(steps: Sequence[Step], text: str) -> list[int]:
    """The numbers of steps that a text begins with; an amount behind them is none."""
    first = _FIRST.match(text)
    numbers = map(int, re.findall(r"\d+", first[1])) if first else ()
    return list(takewhile(lambda number: number <= len(steps), numbers))


def _labelled(steps: Sequence[Step], text: str) -> list[int]:
    """The steps whose label stands in a text; a label within another counts once."""
    found = []
    for number, step in sorted(enumerate(steps, 1), key=lambda item: -len(item[1].label)):
        if step.label in text and not step.label.startswith("第"):
            text = text.replace(step.label, "|")
            found.append(number)
    return found


def _partly_labelled(steps: Sequence[Step], text: str) -> list[int]:
    """The one step whose label shares more with a text than any other: 90至99周岁那一步."""
    shared = {number: _longest_shared(step.label, text) for number, step in enumerate(steps, 1)}
    most = max(shared.values())
    found = [number for number, length in shared.items() if length == most]
    return found if most >= _TELLING and len(found) == 1 else []


def _longest_shared(label: str, text: str) -> int:
    """The length of the longest piece of a label that stands in a text."""
    spans = ((end - start, label[start:end]) for start in range(len(label)) for end in range(start + 1, len(label) + 1))
    return max((length for length, piece in spans if piece in text), default=0)


def _corrected(steps: Sequence[Step], text: str) -> list[int]:
    """The wrong steps whose right result a text gives."""
    figures = {_decimal(figure) for figure in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}
    return [number for number, step in enumerate(steps, 1) if step.is_wrong and step.computed in figures]


def key(material: Material, data: Data) -> str:
    """The number of the wrong step."""
    _, wrong = _wrong(data)
    return " ".join(map(str, wrong)) or "0"


KIND = Kind("sums", "查算式", "核对测算：单价、数量、期数与合计", make, pose, grade, key, topics, ("text",))
