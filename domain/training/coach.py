"""Teaching beside the work (边填边学): questions after a pick, why the runner-up lost, what the review would have said.

Only text in and text out: the faces show it while the learning switch is on, and nothing here changes the form.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.framework import SlotKey
from domain.model import Declaration
from domain.review import Finding, Severity
from domain.training.confusions import between, partners, question_between
from domain.training.material import Material

_SHOWN = 5
"""Rules named in a summing-up."""


def after_pick(material: Material, slot: SlotKey, name: str) -> tuple[str, ...]:
    """What to think about after a pick: the slot's test question, and the slot it is most often mixed up with."""
    here = material.framework.slot(*slot)
    if here is None:
        return ()
    lines = [f"“{name}”放在{here.place}。{question_between(here)}"]
    for role in partners(here.role)[:1]:
        pair, other = between(here.role, role), material.framework.by_role(role)
        if pair is not None and other is not None:
            lines.append(f"容易和“{other.level2}”弄混：{pair.question}{pair.example}")
    return tuple(lines)


def runner_up(chosen: str, chosen_reasons: Sequence[str], second: str, second_reasons: Sequence[str]) -> str:
    """Why the second suggestion lost against the chosen one: the reasons that only the chosen one has."""
    own = [reason for reason in chosen_reasons if reason not in second_reasons]
    lost = [reason for reason in second_reasons if reason not in chosen_reasons]
    first = f"“{chosen}”多了：{'；'.join(own)}" if own else f"“{chosen}”与“{second}”理由相同，只是更常用"
    also = f"“{second}”也有它的道理：{'；'.join(lost)}，更贴合时可以改选。" if lost else f"“{second}”没有别的长处。"
    return f"{first}。{also}"


def summing_up(material: Material, declaration: Declaration) -> tuple[str, ...]:
    """What the review would have said of the form as it stands: grade, points, then rule by rule, the errors first."""
    outcome = material.review(declaration)
    lines = [
        f"如果现在交上去：{outcome.total}分，{outcome.grade.label}。{outcome.outcome}",
        *(f"等次封顶：{one}。" for one in outcome.grading.caps),
    ]
    found: dict[str, list[Finding]] = {}
    for one in (*outcome.of(Severity.ERROR), *outcome.of(Severity.WARNING)):
        found.setdefault(one.rule.id, []).append(one)
    for same in list(found.values())[:_SHOWN]:
        first, more = same[0], f"同样的还有{len(same) - 1}处。" if len(same) > 1 else ""
        lines.append(f"{first.severity.label}：{first.hit.message}{more}{first.advice}")
    left = sum(map(len, list(found.values())[_SHOWN:]))
    return (*lines, f"还有{left}处，/检查 看全部。") if left else tuple(lines)
