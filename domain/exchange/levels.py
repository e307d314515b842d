"""Level names of the indicator frameworks (一级、二级指标) as they stand in files, matched whatever their spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.exchange.labels import normal
from domain.exchange.types import Row
from domain.framework import Framework, Slot, framework
from domain.model import FRAMEWORK

NATIONAL = "national-2021"
"""The national framework (全国口径), whose slots some files use."""

_POINTS = re.compile(r"[（(]\s*(?:权重)?\s*\d{1,3}(?:\.\d+)?\s*[分%％]?\s*[)）]$")


def points_of(text: str) -> str:
    """The points behind a level's name: （50分）; "" where there are none."""
    match = _POINTS.search(text.strip())
    return match[0] if match else ""


def guess_framework(rows: Iterable[Row]) -> Framework:
    """The framework whose level names the cells use most; the form's own where that decides nothing."""
    cells = [normal(_POINTS.sub("", cell.strip())) for row in rows for cell in row.cells if len(cell) < 20]
    scores = {}
    for identity in (FRAMEWORK, NATIONAL):
        names = {normal(name) for slot in framework(identity).slots for name in slot.key}
        scores[identity] = sum(cell in names for cell in cells)
    return framework(NATIONAL if scores[NATIONAL] > scores[FRAMEWORK] else FRAMEWORK)


class Levels:
    """The level names of a framework, matched without regard to spacing, 其他/其它 and a trailing 指标."""

    def __init__(self, frame: Framework) -> None:
        self.frame = frame
        self.level1 = {self.key(slot.level1): slot.level1 for slot in frame.slots}
        self.level2 = {self.key(slot.level2): slot.level2 for slot in frame.slots}

    @staticmethod
    def key(text: str) -> str:
        """What two spellings of a level name have in common."""
        return normal(_POINTS.sub("", text.strip())).replace("其他", "其它").removesuffix("指标")

    def first(self, text: str) -> str | None:
        """The level-1 name that a text is."""
        return self.level1.get(self.key(text)) if text.strip() else None

    def second(self, text: str) -> str | None:
        """The level-2 name that a text is."""
        return self.level2.get(self.key(text)) if text.strip() else None

    def first_slot(self, level1: str) -> Slot | None:
        """The first slot of the level 1 that a text names."""
        name = self.first(level1)
        return next((slot for slot in self.frame.slots if slot.level1 == name), None)

    def home(self, level2: str) -> str:
        """The level-1 name that a level-2 name belongs to, "" for an unknown one."""
        slot = self.frame.by_level2(level2)
        return slot.level1 if slot else ""
