"""What people write for a choice (选项) or a slot (格子): numbers in any dress, letters, words with more around them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from domain.framework import Framework, Slot
from domain.numerals import value_of
from domain.training.answers import as_text, flat

_CIRCLED = re.compile("[\u2460-\u2473]")
_DRESS = re.compile(
    r"参考答案|答案|选择|我选|应选|选项|选|第|条|项|步|个|处|号|题|还有|以及|和|与|及|跟|是|[\s,，、;；.。:：()（）\[\]【】#]+"
)
"""What may stand around the numbers of an answer that is nothing but numbers."""
_NUMERAL = re.compile(r"[一二三四五六七八九]|[一二三四五六七八九]?十[一二三四五六七八九]?")
_CHOSEN = re.compile(r"^我?(?:觉得|认为)?(?:应该|应当|应|要)?[填选写](?=.)")
"""应该填“是”."""
_MARKED = re.compile(r"(?<![不别没])(?:选择?|第)\s*(\d{1,2}|[A-Za-z]|[一二三四五六七八九十])(?![\da-zA-Z])")
"""A number that words around it mark as the one chosen: 肯定不是总金额，选1; 第一个，今年的页数."""
_NOT_THIS = re.compile(r"(?:而)?(?:不是|并非|不属于|不归|不算)[^,，。;；]*")


def picks(answer: Any, letters: int = 0) -> list[int] | None:
    """The numbers of an answer that holds nothing else (2、5和9, 第二条, ②), None for other text; letters up to the count too."""
    text = "\n".join(map(as_text, answer)) if isinstance(answer, list | tuple) else as_text(answer)
    text = _CIRCLED.sub(lambda sign: f" {ord(sign[0]) - 0x245F} ", text)
    words = [word for word in _DRESS.sub(" ", flat(text)).split() if word]
    found = [_number(word, letters) for word in words]
    return [one for one in found if one is not None] if found and None not in found else None


def _number(word: str, letters: int) -> int | None:
    if word.isascii() and word.isdecimal() and len(word) <= 9:
        return int(word)
    if len(word) == 1 and word.isascii() and 0 <= ord(word.upper()) - ord("A") < letters:
        return ord(word.upper()) - ord("A") + 1
    return int(value_of(word)) if _NUMERAL.fullmatch(word) else None


def choice(answer: Any, choices: Sequence[str]) -> str:
    """The choice that an answer means, by number, letter or its words; the text itself where it is none or several."""
    numbers = picks(answer, letters=len(choices))
    if numbers and len(set(numbers)) == 1 and 1 <= numbers[0] <= len(choices):
        return choices[numbers[0] - 1]
    text = as_text(answer)
    said = _bare(text)
    named = _CHOSEN.sub("", said)
    exact = [
        one for number, one in enumerate(choices, 1) if _bare(one) in (said, named) or said == _bare(f"{number}{one}")
    ]
    if exact:
        return exact[0]
    within = [
        one for one in choices if len(said) > 1 and (said in _bare(one) or (len(_bare(one)) > 1 and _bare(one) in said))
    ]
    if len(within) == 1 and not _NOT_THIS.search(text):
        return within[0]
    marked = {_number(one, len(choices)) for one in _MARKED.findall(_NOT_THIS.sub("", flat(text)))}
    number = marked.pop() if len(marked) == 1 else None
    return choices[number - 1] if number is not None and 1 <= number <= len(choices) else text


def _bare(text: str) -> str:
    return re.sub(r"[^\w%<>=+-]", "", flat(text)).lower()


_LEVEL1_WORDS: Mapping[str, tuple[str, ...]] = {
    "input": ("投入和目标管理", "投入与管理", "投入目标", "投入"),
    "output": ("产出",),
    "effect": ("效果", "效益"),
    "impact": ("影响力", "影响"),
}
"""Other words for level 1 by the first part of its roles; the framework's own names are added."""
_SLOT_WORDS: Mapping[str, tuple[str, ...]] = {
    "input.finance": ("财务",),
    "input.assets": ("资产",),
    "input.decision": ("决策",),
    "output.timeliness": ("时效性",),
    "output.cost": ("经济成本",),
    "effect.economic": ("经济效果", "经济"),
    "effect.social": ("社会效果", "社会"),
    "effect.environment": ("生态效益", "生态环境效益", "环境效果", "环境", "生态"),
    "effect.satisfaction": ("服务对象满意度", "满意"),
    "impact.mechanism": ("长效机制", "长效", "可持续影响"),
    "impact.staff": ("人力",),
    "impact.coordination": ("部门协作", "部门配合", "部门协同"),
    "impact.facilities": ("配套",),
    "impact.other": ("其他",),
}
"""Other words for level 2 by role, those of the national framework among them."""


def slot_said(framework: Framework, answer: Any) -> tuple[str, Slot | None]:
    """(level 1, slot) that an answer names among other words: 产出指标-数量指标, 应该放质量, {"level1", "level2"}.

    The level 1 alone where no slot or more than one of it is named, or where the two do not belong together; "" for none.
    """
    text = f"{answer.get('level1', '')}/{answer.get('level2', '')}" if isinstance(answer, Mapping) else as_text(answer)
    rest = re.sub(r"[\s（）()「」“”\"'《》]", "", _NOT_THIS.sub("", flat(text)))
    level1s: list[str] = []
    slots: list[Slot] = []
    for word, meant in _vocabulary(framework):
        if word in rest:
            rest = rest.replace(word, "|")
            (slots if isinstance(meant, Slot) else level1s).append(meant)  # type: ignore[arg-type]
    slots, level1s = list(dict.fromkeys(slots)), list(dict.fromkeys(level1s))
    if len(slots) == 1 and (not level1s or level1s == [slots[0].level1]):
        return slots[0].level1, slots[0]
    named = level1s or list(dict.fromkeys(slot.level1 for slot in slots))
    return (named[0], None) if len(named) == 1 else ("", None)


def _vocabulary(framework: Framework) -> list[tuple[str, Slot | str]]:
    """Every word for a slot or a level 1, the longest first."""
    found: dict[str, Slot | str] = {}
    for slot in framework.slots:
        for word in (slot.level2, *_SLOT_WORDS.get(slot.role, ())):
            found.setdefault(word, slot)
        found.setdefault(slot.level1, slot.level1)
        for word in _LEVEL1_WORDS.get(slot.role.split(".")[0], ()):
            found.setdefault(word, slot.level1)
    return sorted(found.items(), key=lambda item: -len(item[0]))
