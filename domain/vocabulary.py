"""Words of judged targets (定性目标值): which word goes with which suffix of an indicator name."""

from __future__ import annotations

JUDGED: dict[str, tuple[str, ...]] = {
    "健全性": ("健全",),
    "合规性": ("合规",),
    "完备性": ("完备",),
    "规范性": ("规范",),
    "及时性": ("及时",),
    "完整性": ("完整",),
    "有效性": ("有效",),
    "合理性": ("合理",),
    "充分性": ("充分",),
    "明确性": ("明确",),
    "可控性": ("可控",),
    "情况": ("提升", "改善", "建立", "减少", "降低", "增加", "完善", "减轻", "缓解", "保障", "稳定"),
}
"""Suffix → words that fit, the usual one first (pairs seen in published forms)."""

WORDS = frozenset(word for words in JUDGED.values() for word in words)


def words_for(name: str) -> tuple[str, ...]:
    """Words that fit an indicator name by its suffix; 规范性 → 规范; empty where the name asks for a number."""
    for suffix, words in JUDGED.items():
        if name.endswith(suffix):
            return words
    return (name[-3:-1],) if name.endswith("性") and len(name) > 3 else ()
