"""Answers to exercises as people and files give them (作答): numbers, lists, words for slots, targets with a source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from domain.framework import Framework, Slot
from domain.training.exercise import Data, ExerciseError


def flat(text: str) -> str:
    """Full-width letters, digits and signs as ASCII, ends stripped."""
    return unicodedata.normalize("NFKC", text).strip()


def as_text(answer: Any) -> str:
    """An answer as one text; lists joined by line breaks, numbers printed. None is no answer."""
    if answer is None:
        return ""
    if isinstance(answer, str):
        return answer.strip()
    if isinstance(answer, Mapping):
        return "\n".join(f"{key}：{value}" for key, value in answer.items())
    if isinstance(answer, Sequence):
        return "\n".join(map(as_text, answer))
    if isinstance(answer, float) and answer.is_integer():
        return str(int(answer))
    return str(answer)


def as_list(answer: Any) -> list[str]:
    """An answer as a list of words: a list as it is, a text divided at commas, spaces and line breaks."""
    if isinstance(answer, Sequence) and not isinstance(answer, str):
        return [as_text(item) for item in answer if as_text(item)]
    return [piece for piece in re.split(r"[,，、;；\s]+", as_text(answer)) if piece]


def slot_of(framework: Framework, answer: Any) -> tuple[str, Slot | None]:
    """(level 1, slot) that an answer names: 产出目标/质量, 质量, 质量指标, {"level1": …, "level2": …}; "" and None for neither."""
    text = f"{answer.get('level1', '')}/{answer.get('level2', '')}" if isinstance(answer, Mapping) else as_text(answer)
    parts = [_bare(part) for part in re.split(r"[/›>→|:\-—\s]+", flat(text)) if part.strip()]
    levels = {_bare(slot.level1): slot.level1 for slot in framework.slots}
    named = next((levels[part] for part in parts if part in levels), "")
    found = [slot for slot in framework.slots if _bare(slot.level2) in parts and (not named or slot.level1 == named)]
    if len(found) == 1:
        return found[0].level1, found[0]
    wrong_pair = next((slot for slot in framework.slots if _bare(slot.level2) in parts), None)
    return (named, None) if named else ((wrong_pair.level1, None) if wrong_pair else ("", None))


def _bare(word: str) -> str:
    word = re.sub(r"[\s（）()「」“”]", "", word)
    word = {"生态效益": "环境效益", "服务对象满意度": "满意度", "其他": "其它", "效益": "效果", "效益目标": "效果"}.get(
        word.removesuffix("指标"), word.removesuffix("指标")
    )
    return word.removesuffix("目标") if word not in ("目标",) and len(word) > 2 else word


def need(data: Data, key: str) -> str:
    """A text that an exercise must have; raises ExerciseError that names the key."""
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ExerciseError(f"这道题缺少“{key}”（文字）")
    return value.strip()


def texts(data: Data, key: str) -> tuple[str, ...]:
    """A list of texts of an exercise, empty where there is none; raises ExerciseError for another type."""
    value = data.get(key, ())
    if isinstance(value, str) or not isinstance(value, Sequence) or not all(isinstance(item, str) for item in value):
        raise ExerciseError(f"“{key}”应当是文字的列表")
    return tuple(value)


_PIECES = re.compile(r"[一-鿿]+")
_COMMON = frozenset(
    "数量 目标 指标 情况 完成 及时 合格 格率 成率 时率 时间 单价 成本 标准 人数 次数 人次 时性 范性 规性 全性 备性 意度 满意 率不 工作 "
    "开展 加强 提高 保障 确保 按时 按期 做好 推进 相关 有关 各项 项目 进行 落实 实施 有效".split()
)
"""Pairs of characters that any indicator may have."""


def content_pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring Chinese characters that say what a name is about (内容词)."""
    return frozenset(
        run[at : at + 2]
        for run in _PIECES.findall(text)
        for at in range(len(run) - 1)
        if run[at : at + 2] not in _COMMON
    )


_COMMON_SIGNS = frozenset("".join(_COMMON)) | frozenset("数量率度性的和与了在对按已各")


def alike(name: str, about: str) -> bool:
    """Whether a name keeps a content word of a text, also where it is put in other words (缴费 for 费用缴纳)."""
    if content_pairs(name) & content_pairs(about):
        return True
    signs = {sign for sign in name if "\u4e00" <= sign <= "\u9fff"} - _COMMON_SIGNS
    return len(signs & set(about)) >= 2
