"""How people spoil a sound indicator (写坏), by which a rule is trained and tried; `number` draws among several ways.

Each function gives None for an indicator that cannot be spoiled so. What comes out is likely to break its rule, no more: whoever
spoils looks whether it does.
"""

from __future__ import annotations

import re

from domain.quantity import parse_target
from domain.review import Measure, Spoil
from domain.rules.phrases import direction, stem
from domain.vocabulary import JUDGED, WORDS, words_for

_COUNTED = re.compile(r"(?:人数|户数|家数|件数|起数|份数|数量|数)$")
_BAD_NEWS = re.compile(r"差错|故障|投诉|事故|死亡|成灾|失学|流失|超|损|逾期|违")


def verb_first(row: Measure, number: int) -> Measure | None:
    """A task instead of a measure: 按期办结率 → 确保按期办结."""
    role, name, target = row
    for ending, start in (
        ("完成时间", "按时完成"),
        ("率", "确保"),
        ("满意度", "提高"),
        ("次数", "开展"),
        ("人次", "开展"),
    ):
        if name.endswith(ending) and len(name) > len(ending) + 2 and not _BAD_NEWS.search(name):
            rest = name.removesuffix(ending) + ("满意" if ending == "满意度" else "")
            return role, f"{start}{rest}", target
    thing = _COUNTED.sub("", name)
    return (role, f"做好{thing}", target) if len(thing) > 2 and thing != name and not _BAD_NEWS.search(name) else None


def two_things(row: Measure, number: int) -> Measure | None:
    """Two tasks in one name."""
    role, name, target = row
    head = re.sub(r"(?:率|度|时间|次数|人次|性)$", "", _COUNTED.sub("", name))
    return (role, f"完成{head}并解决有关问题情况", target) if head != name and not _BAD_NEWS.search(name) else None


def wrong_kind(row: Measure, number: int) -> Measure | None:
    """A target that does not go with the ending of the name."""
    role, name, _ = row
    if name.endswith("性"):
        return role, name, "=100%"
    if name.endswith(("数", "数量", "次数", "人次")):
        return role, name, "=100%"
    return (role, re.sub("率$", "性", name), "=100%") if name.endswith("率") else None


def wrong_word(row: Measure, number: int) -> Measure | None:
    """A word that does not go with the ending of the name."""
    role, name, _ = row
    others = sorted(WORDS - set(words_for(name)) - set(JUDGED["情况"]))
    return (role, name, others[number % len(others)]) if name.endswith("性") else None


def only_prompt(row: Measure, number: int) -> Measure | None:
    """及时 instead of a date or a duration."""
    role, name, _ = row
    work = re.sub(r"(?:完成时间|及时率|时间|天数|率)$", "", name)
    return (role, f"{work}及时性", "及时") if role == "output.timeliness" and work != name else None


def vague(row: Measure, number: int) -> Measure | None:
    """A word without a measure: 有效提升."""
    role, name, _ = row
    words = ("有效提升", "明显改善", "进一步提高", "较好")
    bare = re.sub(r"(?:率|度|性)$", "情况", _COUNTED.sub("情况", name))
    return (role, bare, words[number % len(words)]) if role.startswith("effect.") else None


def over_hundred(row: Measure, number: int) -> Measure | None:
    """More than all."""
    role, name, target = row
    if not name.endswith(("率", "度")) or direction(name) == "less" or not parse_target(target).is_rate:
        return None
    return role, name, f">={(101, 120, 150, 200)[number % 4]}%"


def other_way(row: Measure, number: int) -> Measure | None:
    """The sign turned round."""
    role, name, target = row
    turned = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}
    found = parse_target(target)
    return (role, name, turned[found.operator] + target[len(found.operator) :]) if found.operator in turned else None


def into(role: str) -> Spoil:
    """The same indicator filed under another role."""
    return lambda row, number: (role, row[1], row[2]) if row[0] != role else None


def fee_count(row: Measure, number: int) -> Measure | None:
    """A count named after the money."""
    role, name, target = row
    thing = stem(name)
    return (role, f"{thing}费用数量", target) if role == "output.quantity" and thing != name else None


def management(row: Measure, number: int) -> Measure | None:
    """A requirement of management among the outputs, a count in the management."""
    role, name, target = row
    if role.startswith("input.") and name.endswith("健全性"):
        return ("output.quality", "output.quantity")[number % 2], name, target
    return (("input.project", "input.finance")[number % 2], name, target) if role == "output.quantity" else None
