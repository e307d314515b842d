"""归类 (classify): an indicator's name → its slot; exact 1, the right level 1 alone 0.5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.framework import Slot
from domain.library import Entry
from domain.library.entry import filled
from domain.training.answers import need, slot_of
from domain.training.confusions import partners, question_between
from domain.training.exercise import Data, ExerciseError, Graded, Kind, Posed, Seed, graded
from domain.training.layout import wrap_all
from domain.training.material import Material
from domain.training.picks import choice, slot_said

OPTIONS = 6
"""Slots offered to choose from."""


def topics(material: Material) -> tuple[str, ...]:
    """Every slot that the library has entries for."""
    held = {entry.slot for entry in material.drawn}
    return tuple(f"slot:{slot.role}" for slot in material.framework.slots if slot.key in held)


def make(material: Material, seed: Seed) -> Data:
    """An entry of the wanted slot; without one, slots come up evenly however many entries they hold."""
    role = seed.wants("slot")
    roles = [role] if role else [topic.removeprefix("slot:") for topic in topics(material)]
    slot = material.slot_of_role(seed.pick(roles, str, "slot"))
    entry = seed.pick([one for one in material.drawn if one.slot == slot.key], lambda one: one.id, "entry")
    return {"name": filled(entry.name), "level1": slot.level1, "level2": slot.level2, "entry": entry.id}


def _right(material: Material, data: Data) -> list[Slot]:
    """The slots that count as right: the one given, else those the library files the name under."""
    name = need(data, "name")
    if data.get("level2"):
        level1, slot = slot_of(material.framework, {"level1": data.get("level1", ""), "level2": data["level2"]})
        if slot is None:
            raise ExerciseError(f"框架里没有“{level1 or data.get('level1', '')}/{data['level2']}”这一格")
        given = [slot]
    else:
        given = []
    filed = [material.framework.slot(*one.slot) for one in _named(material, name)]
    found = list(dict.fromkeys([*given, *(slot for slot in filed if slot is not None)]))
    if not found:
        raise ExerciseError(f"指标库里没有“{name}”；自拟的题请写上 level1 和 level2")
    return found


def _named(material: Material, name: str) -> list[Entry]:
    return [one for one in material.entries if name in (one.name, filled(one.name))]


def options(material: Material, data: Data) -> tuple[str, ...]:
    """The slots to choose from: the right one, those it is mixed up with, others, in the form's order."""
    right = _right(material, data)
    wrong = [slot for role in partners(right[0].role) if (slot := material.framework.by_role(role)) is not None]
    others = Seed("options", need(data, "name"), 0).ranked(material.framework.slots, lambda slot: slot.role)
    chosen = dict.fromkeys([right[0], *(slot for slot in [*wrong[:3], *others] if slot not in right)])
    kept = list(chosen)[:OPTIONS]
    return tuple(slot.place for slot in material.framework.slots if slot in kept)


def pose(material: Material, data: Data) -> Posed:
    """The name, and where the library knows it, what is counted."""
    name = need(data, "name")
    entry = material.entry_by_id.get(str(data.get("entry", ""))) or next(iter(_named(material, name)), None)
    lines = [f"三级指标：{name}"]
    if entry is not None:
        lines.append(f"口径：{entry.definition}")
    right = _right(material, data)[0]
    return Posed(
        wrap_all(lines),
        "它应当填在哪一格？写序号，或直接写“产出目标/质量”这样的名称。",
        options(material, data),
        hint=question_between(right),
        topics=(f"slot:{right.role}",),
    )


def grade(material: Material, data: Data, answer: Any) -> Graded:
    """Exact 1, the right level 1 alone 0.5; the test question either way."""
    right = _right(material, data)
    said = answer if isinstance(answer, Mapping) else choice(answer, options(material, data))
    level1, chosen = slot_said(material.framework, said)
    best = chosen if chosen and chosen in right else right[0]
    topic = f"slot:{best.role}"
    if chosen in right:
        return graded(1, [f"对，填在“{best.place}”。", question_between(best)], [topic])
    same = level1 in {slot.level1 for slot in right}
    shown = f"“{chosen.place}”" if chosen else f"“{level1}”"
    start = f"{shown}对了一级，二级不对，得一半。" if same else f"{shown}不对。" if level1 else ""
    lines = [f"{start}应当填在“{best.place}”。", question_between(best, chosen), f"这一格填：{best.belongs}"]
    unread = "" if level1 else "没有看懂是哪一格，写序号，或者写一格的名称，如“产出目标/质量”。"
    return graded(0.5 if same else 0, lines, [topic], unread=unread)


def key(material: Material, data: Data) -> str:
    """The slot as an answer."""
    slot = _right(material, data)[0]
    return f"{slot.level1}/{slot.level2}"


KIND = Kind("classify", "归类", "认格子：一个指标该填在哪一格", make, pose, grade, key, topics, ("name",))
