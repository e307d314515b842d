"""段落归位 (order): shuffled paragraphs of a form go back to their fields; a share of the score for each one right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.fields import path_text
from domain.model import narrative_label, spec_at
from domain.training.answers import as_list, as_text, flat
from domain.training.exercise import Data, ExerciseError, Graded, Kind, Posed, Seed, graded
from domain.training.forms import form_of
from domain.training.layout import wrap
from domain.training.material import Material
from domain.training.picks import picks
from domain.training.variants import draw_example

FIELDS = ("basis", "necessity", "measures", "plan", "overall_goal", "annual_goal", "remarks", "overview")
"""Narratives that may be shuffled; the overview gives itself away by its headings and comes last."""
SIZE = 5
LETTERS = "ABCDEFGH"

QUESTIONS: Mapping[str, str] = {
    "overview": "这一段是不是把背景、内容、范围、由谁做都交代了？四样齐的是概况。",
    "basis": "拿得出哪一份文件？点文件名、文号、合同的是依据；讲道理的不是。",
    "necessity": "不做会怎样？讲理由、讲后果的是必要性；点文件的是依据。",
    "measures": "靠哪些制度、由谁盯着？有《……制度》《……办法》和检查办法的是制度、措施。",
    "plan": "几月做什么、什么时候付款？按时间排的是实施计划。",
    "overall_goal": "说的是项目做完以后，还是今年？全程的结果是总目标。",
    "annual_goal": "是不是写着今年的年份和数字？今年的产出和效果是年度目标。",
    "remarks": "是不是单价乘数量的算账？测算、增减原因放在需要说明的其他问题。",
}
"""The question that each field answers."""


_WORDS: Mapping[str, str] = {
    "制度措施": "measures",
    "保证措施": "measures",
    "年目标": "annual_goal",
    "今年目标": "annual_goal",
    "今年的目标": "annual_goal",
    "本年目标": "annual_goal",
    "绩效目标": "annual_goal",
    "全程目标": "overall_goal",
    "说明": "remarks",
    "测算": "remarks",
    "测算过程": "remarks",
    "其他说明": "remarks",
}
"""Words for a field that are no part of its label."""


def topics(material: Material) -> tuple[str, ...]:
    """One for each field that may be shuffled."""
    return tuple(f"field:{name}" for name in FIELDS)


def make(material: Material, seed: Seed) -> Data:
    """Five narratives of an example form in a drawn order; the topic's field is among them."""
    wanted = seed.wants("field")
    if wanted and wanted not in FIELDS:
        raise ExerciseError(f"没有“{wanted}”这一栏")
    name = seed.pick(sorted(material.examples), str, "example")
    declaration, variant = draw_example(material, name, seed)
    held = [field for field in FIELDS[:-1] if getattr(declaration.narrative, field).strip()]
    chosen = seed.ranked(held, str, "fields")[:SIZE]
    if wanted and wanted not in chosen:
        chosen[0] = wanted
    return {"example": name, "variant": variant.data(), "fields": seed.ranked(chosen, str, "order")}


def _paragraphs(material: Material, data: Data) -> list[tuple[str, str]]:
    """(field, text) in the order shown, from an example or from `paragraphs` = [{"field", "text"}]."""
    given = data.get("paragraphs")
    if given is not None:
        try:
            found = [(_field(str(one["field"])), str(one["text"])) for one in given]
        except (KeyError, TypeError) as error:
            raise ExerciseError('paragraphs 应当是 [{"field": …, "text": …}, …]') from error
    else:
        declaration = form_of(material, {"example": data.get("example") or "-", "variant": data.get("variant")})
        names = data.get("fields") or list(FIELDS[:SIZE])
        found = [(_field(str(name)), getattr(declaration.narrative, _field(str(name)))) for name in names]
    if not 2 <= len(found) <= len(LETTERS):
        raise ExerciseError(f"段落应当有2到{len(LETTERS)}段")
    return found


def _field(text: str) -> str:
    """The field that a name, label or part of a label means; raises ExerciseError."""
    bare = re.sub(r"[\s*。.、“”\"]", "", text).removeprefix("narrative.")
    if bare in FIELDS:
        return bare
    if bare in _WORDS:
        return _WORDS[bare]
    for field in FIELDS:
        spec = spec_at(("narrative", field))
        if bare in (spec.label.replace("、", ""), *spec.aliases):
            return field
    hits = [field for field in FIELDS if len(bare) > 1 and bare in narrative_label(field).replace("、", "")]
    if len(hits) == 1:
        return hits[0]
    raise ExerciseError(f"没有叫“{text}”的栏目（{path_text(('narrative',))}）")


def _options(paragraphs: list[tuple[str, str]]) -> tuple[str, ...]:
    held = {field for field, _ in paragraphs}
    order = ("overview", "basis", "necessity", "measures", "plan", "overall_goal", "annual_goal", "remarks")
    return tuple(narrative_label(field) for field in order if field in held)


def pose(material: Material, data: Data) -> Posed:
    """The paragraphs with letters, the fields with numbers."""
    paragraphs = _paragraphs(material, data)
    lines: list[str] = []
    for letter, (_, text) in zip(LETTERS, paragraphs, strict=False):
        lines += [*wrap(f"{letter}. {text}", indent="   "), ""]
    count = len(paragraphs)
    last, example = LETTERS[count - 1], " ".join(str(number) for number in range(count, 0, -1))
    ask = f"A到{last}各是哪一栏？按字母次序写{count}个序号，用空格分开，例如 {example}。"
    hint = "".join(f"{narrative_label(field)}：{QUESTIONS[field]}" for field, _ in paragraphs[:2])
    return Posed(
        tuple(lines[:-1]), ask, _options(paragraphs), hint, topics=tuple(f"field:{field}" for field, _ in paragraphs)
    )


_LETTERED = re.compile(r"(?<![A-Z])([A-H])(?![A-Z])\s*(?:段|[.:=、)>→是-]|\s)*([^\sA-H,;、。.)]+)")


def _answered(paragraphs: list[tuple[str, str]], answer: Any) -> list[str]:
    """The field given for each paragraph in order, "" where none was understood."""
    options, count = _options(paragraphs), len(paragraphs)
    if isinstance(answer, str):
        answer = answer.replace("制度、措施", "制度措施")
    given = _by_letter(answer, count)
    if given is None:
        numbers = picks(answer)
        given = list(map(str, numbers)) if numbers is not None else [flat(item) for item in as_list(answer)]
        if len(given) == 1 and given[0].isdecimal() and len(given[0]) == count:
            given = list(given[0])
    found = []
    for item in given[:count]:
        number = picks(item)
        if number is not None:
            item = options[number[0] - 1] if 1 <= number[0] <= len(options) else ""
        try:
            found.append(_field(item))
        except ExerciseError:
            found.append("")
    return found + [""] * (count - len(found))


def _by_letter(answer: Any, count: int) -> list[str] | None:
    """What is written to each letter (A3 B1, {"A": "立项依据"}), or the letters in the order of the fields; None without letters."""
    letters = LETTERS[:count]
    if isinstance(answer, Mapping):
        named = {flat(str(letter)).upper(): as_text(value) for letter, value in answer.items()}
        if not any(key[:1] in letters for key in named):
            named = {flat(value).upper(): label for label, value in named.items()}
        return [next((value for key, value in named.items() if key[:1] == letter), "") for letter in letters]
    text = flat(" ".join(as_list(answer))).upper()
    alone = re.sub(r"[^A-Z]", "", text)
    if sorted(alone) == list(letters) and not re.search(r"[\d\u4e00-\u9fff]", text):
        return [str(alone.index(letter) + 1) for letter in letters]
    pairs = dict(_LETTERED.findall(text))
    return [pairs.get(letter, "") for letter in letters] if pairs else None


def grade(material: Material, data: Data, answer: Any) -> Graded:
    """The share of paragraphs put right; for the others the question that each field answers."""
    paragraphs = _paragraphs(material, data)
    given = _answered(paragraphs, answer)
    right = {field: float(said == field) for (field, _), said in zip(paragraphs, given, strict=True)}
    score = sum(right.values()) / len(right)
    lines = [f"{len(paragraphs)}段放对{int(sum(right.values()))}段。"] if any(given) else []
    for letter, (field, _), said in zip(LETTERS, paragraphs, given, strict=False):
        if said != field:
            mistaken = f"不是{narrative_label(said)}，" if said else ""
            lines.append(f"{letter}：{mistaken}是{narrative_label(field)}。检验问句：{QUESTIONS[field]}")
    if score == 1:
        lines.append(f"检验问句：{QUESTIONS[paragraphs[0][0]]}")
    unread = "" if any(given) else f"没有看懂，按A到{LETTERS[len(paragraphs) - 1]}的次序写{len(paragraphs)}个序号。"
    return replace(graded(score, lines, unread=unread), topics={f"field:{field}": one for field, one in right.items()})


def key(material: Material, data: Data) -> str:
    """The numbers in order."""
    paragraphs = _paragraphs(material, data)
    options = _options(paragraphs)
    return " ".join(str(options.index(narrative_label(field)) + 1) for field, _ in paragraphs)


KIND = Kind("order", "段落归位", "分清各栏写什么：依据、必要性、措施、计划、目标", make, pose, grade, key, topics)
