"""An indicator as a trainee rewrites it (改指标作答): place, name and target in one line, in any order of signs people use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from domain.model import Indicator
from domain.quantity import looks_like_target, parse_target
from domain.rules.phrases import has_strong_ending
from domain.training.answers import as_text, flat, slot_of
from domain.training.material import Material
from domain.training.numerals import in_figures
from domain.training.picks import slot_said
from domain.vocabulary import WORDS

_SIGNS = str.maketrans("＝＞＜％＋", "=><%+")
_LEAD = re.compile(
    r"^(?:应当|应该|应|可以|建议|要)?(?:改为|改成|修改为|写成|写为|改到|调到|调整到|移到|移至|移入|放到|放在|放进|放入|放|归入|归到|归|换到|属于)[:：]?\s*"
)
_CHANGED = re.compile(
    r"^(?:(?:把|将)?(?:三级指标|指标名称|名称|年度目标值|目标值|指标值|目标)|(?:把|将)\S{1,40}?)(?:改为|改成|修改为|换成|换为|写成|写为)[:：]?\s*"
)
"""What is changed, before what it becomes: 目标值改成健全, 把“合理”换成“健全”."""
_REASON = re.compile(r"^[\u4e00-\u9fff]{2,16}[,，](?:(?:应该|应当|应|要)(?=\s*[<>=≥≤\d])|(?=应该|应当|应|改|要|换))")
"""符号反了，应该>=90%."""
_SIGN_ALONE = re.compile(r"[<>]=?|=|[≥≤]")
"""改成>=: the sign alone is changed."""
_AS_IT_WAS = re.compile(r"[,，;；]\s*(?:其余|其他|名称|目标值?|指标|[和与、都均])+不[变动改]$")
"""移到数量，名称和目标值不变."""
_MOVED = re.compile(
    r"^(?P<name>\S+?)\s*(?:应当|应该|应|要)?(?:移到|移至|移入|放到|放在|放进|放入|放|归入|归到|归|换到|属于)(?P<slot>\S+)$"
)
"""A name and where it belongs: 消防站建设数量应放数量."""
_LABELS = re.compile(r"(?:三级指标|指标名称|名称|年度目标值|目标值|指标值|二级指标|格子)\s*[:：]\s*")
_TARGET_START = re.compile(
    r"[=<>≥≤≧≦]|不低于|不少于|不小于|不超过|不高于|不大于|不多于|不得|至少|至多|大于|小于|低于|高于|达到|控制在|百分之|每[年季月周日天]|\d"
)

_GRADED = re.compile(rf"(?:很|较|比较|非常|基本|十分|更加?|不)(?:{'|'.join(sorted(WORDS))})")
"""A judged word made weaker or stronger, which is a target and no name: 较合理."""


def read_row(material: Material, answer: Any, bad: Indicator) -> Indicator:
    """The indicator that an answer gives; what it leaves out stays as it was."""
    if isinstance(answer, Mapping):
        named = {"level1": answer.get("level1", ""), "level2": answer.get("level2") or bad.level2}
        _, slot = slot_of(material.framework, named)
        level1, level2 = slot.key if slot else bad.slot
        target = as_text(answer.get("target")) or bad.target
        return Indicator(level1, level2, as_text(answer.get("name")) or bad.name, _target(target))
    text = " ".join(as_text(answer).translate(_SIGNS).strip('。 “”"').split())
    text = _LABELS.sub(" ", text).strip()
    text = _CHANGED.sub("", _REASON.sub("", _AS_IT_WAS.sub("", text))).strip(' “”"')
    text = _LEAD.sub("", text)
    if _SIGN_ALONE.fullmatch(text) and (number := re.search(r"\d.*", bad.target)):
        text += number[0]
    if (moved := _MOVED.match(text)) and moved["name"] == bad.name and (place := _slot(material, moved["slot"])):
        return Indicator(*place, bad.name, bad.target)
    (level1, level2), text = _place(material, text, bad)
    name, target = _parts(text.strip(" /›,，、：:"))
    return Indicator(level1, level2, name or bad.name, _target(target) if target else bad.target)


def _target(text: str) -> str:
    return parse_target(in_figures(flat(text))).text


def _place(material: Material, text: str, bad: Indicator) -> tuple[tuple[str, str], str]:
    """The slot before the name (产出目标/时效/…, 时效：…, 数量 alone), and what is left of the text."""
    if alone := _slot(material, text):
        return alone, ""
    best, rest = bad.slot, text
    for cut in re.finditer(r"[/›>＞→：:\-—]|\s|这?一?格|里|$", text):
        head = text[: cut.start()]
        if not head or re.search(r"[=<≥≤\d]", head):
            continue
        _, slot = slot_of(material.framework, head)
        if slot is None or not _only_places(material, head):
            continue
        best, rest = slot.key, text[cut.end() :]
    return best, rest


def _slot(material: Material, text: str) -> tuple[str, str] | None:
    """The slot that a text names and nothing else: 产出数量, 产出目标的数量格."""
    _, slot = slot_said(material.framework, text)
    if slot is None:
        return None
    rest = re.sub(r"格子?$|指标|[的里中]", "", text).replace(slot.level2, "").replace(slot.level1, "")
    return slot.key if rest in ("", slot.level1.removesuffix("目标")) else None


def _only_places(material: Material, text: str) -> bool:
    """Whether a text names slots and level 1 and nothing else."""
    framework = material.framework
    words = {word for slot in framework.slots for word in (slot.level1, slot.level2, slot.level1.removesuffix("目标"))}
    parts = [part.removesuffix("指标") for part in re.split(r"[/›>＞→：:\-—\s]+", text) if part]
    return all(part in words for part in parts)


def _parts(text: str) -> tuple[str, str]:
    """(name, target); a text that is only a target or only a name leaves the other empty."""
    if _is_target(text) or text in WORDS:
        return "", text
    for start in _TARGET_START.finditer(text):
        name, target = text[: start.start()].rstrip(" ：:，,、（("), text[start.start() :].strip(" ）)。")
        if name and not name[-1].isdigit() and _is_target(target):
            return name, target
    name, _, target = re.sub(r"[：:，,]\s*|\s+", " ", text).rpartition(" ")
    if name and (target in WORDS or _is_target(target) or has_strong_ending(name)):
        return name.strip(), target
    if _GRADED.fullmatch(text):
        return "", text
    word = next(
        (
            word
            for word in sorted(WORDS, key=len, reverse=True)
            if text.endswith(f"“{word}”") or text.endswith(f"性{word}")
        ),
        "",
    )
    return (re.sub(rf"“?{word}”?$", "", text), word) if word else (text, "")


def _is_target(text: str) -> bool:
    figures = in_figures(flat(text))
    return looks_like_target(figures) or re.fullmatch(r"每[年季月周日天].{0,6}(?:前|内|次)", figures) is not None
