"""The kinds of exercise (题型), one module each; KINDS holds them all in the order in which a course meets them."""

from __future__ import annotations

from collections.abc import Mapping

from domain.training.exercise import Kind
from domain.training.kinds import classify, defects, form, goal, order, quiz, repair, reviewer, sums, target

KINDS: tuple[Kind, ...] = (
    quiz.KIND,
    classify.KIND,
    order.KIND,
    sums.KIND,
    repair.KIND,
    target.KIND,
    goal.KIND,
    defects.KIND,
    reviewer.KIND,
    form.KIND,
)
KIND_BY_ID: Mapping[str, Kind] = {kind.id: kind for kind in KINDS}
