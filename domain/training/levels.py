"""Trainee levels (学习等级): 入门, 合格, 熟练, what each asks and what is there. Each one needs the one before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.training.progress import Progress

CLASSIFY_LEAST = 10
"""Classifications answered before their mean counts."""
CLASSIFY_SHARE = 0.8
FORM_POINTS = 0.8
REVIEWS = 3
TASKS = ("form", "reviewer")
"""Kinds whose single tasks decide a level."""
NONE_TITLE = "起步"
"""How a trainee without a level is called."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level's name, what it asks in words, and how far a trainee has come (0 to 1) with that in words."""

    id: str
    title: str
    asks: str
    measure: Callable[[Progress], tuple[float, str]]


def _classify(progress: Progress) -> tuple[float, str]:
    record = progress.kind("classify")
    share = record.recent_mean
    enough = min(record.answered / CLASSIFY_LEAST, 1.0)
    said = f"最近{len(record.recent)}题得分率{share:.0%}" if record.recent else "还没有做归类题"
    return min(share / CLASSIFY_SHARE, 1.0) * enough, said


def _form(progress: Progress) -> tuple[float, str]:
    best = progress.kind("form").best
    return min(best / FORM_POINTS, 1.0), f"最好一次{best * 100:.0f}分" if best else "还没有照故事填过表"


def _reviewer(progress: Progress) -> tuple[float, str]:
    passed = progress.kind("reviewer").passed
    return min(passed / REVIEWS, 1.0), f"过关{passed}次"


LEVELS = (
    Level(
        "beginner", "入门", f"归类题最近{20}题得分率不低于{CLASSIFY_SHARE:.0%}（至少做{CLASSIFY_LEAST}题）", _classify
    ),
    Level("qualified", "合格", f"照故事填一张表，审核不低于{FORM_POINTS * 100:.0f}分", _form),
    Level("skilled", "熟练", f"当评审过关{REVIEWS}次：等次差不超过一档，毛病找出六成，没有冤枉多少", _reviewer),
)


def reached(progress: Progress) -> tuple[Level, ...]:
    """The levels reached, in order; one not reached stops the later ones."""
    found: list[Level] = []
    for level in LEVELS:
        if level.measure(progress)[0] < 1:
            break
        found.append(level)
    return tuple(found)


def title(progress: Progress) -> str:
    """The trainee's level by name."""
    levels = reached(progress)
    return levels[-1].title if levels else NONE_TITLE


def following(progress: Progress) -> Level | None:
    """The next level to reach, None at the top."""
    levels = reached(progress)
    return LEVELS[len(levels)] if len(levels) < len(LEVELS) else None
