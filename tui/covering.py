"""The coverage view (覆盖情况) in words: what such projects usually fill, what stands there, the best next. Free of Textual."""

from __future__ import annotations

import json

from domain.marks import slot_key
from domain.model import spec_at
from suggest.types import USUAL, Coverage, SlotCoverage, Suggestion

_OFTEN = ((0.9, "几乎都填"), (0.6, "多数会填"), (0.3, "有的填"), (0.0, "一般不填"))


def project(coverage: Coverage) -> str:
    """What kind of project this looks like."""
    if not coverage.kinds:
        return f"还看不出是哪类项目，先填{spec_at(('project', 'name')).label}。"
    field = f"，{coverage.sector}领域" if coverage.sector else ""
    return f"看起来是{'、'.join(coverage.kinds)}类项目{field}。"


def best_next(coverage: Coverage) -> str:
    """The single best next indicator and why."""
    if coverage.next is None:
        return "没有要补的建议了。"
    one = coverage.next
    return f"最该补：{one.place}　{indicator(one)}　（{'；'.join(one.reasons)}）"


def indicator(one: Suggestion) -> str:
    """A suggestion as it would stand in the table."""
    return f"{one.name} {one.target}".rstrip()


def often(row: SlotCoverage) -> str:
    """How many of such projects fill a slot, in words."""
    return next(word for least, word in _OFTEN if row.usual >= least)


def state(row: SlotCoverage) -> str:
    """√ filled, ! empty though most fill it, - empty."""
    return "√" if row.rows else "!" if row.usual >= USUAL else "-"


def told(row: SlotCoverage) -> str:
    """What stands in a slot, or what could: 已有 2 条, 可加 验收合格率 =100%, 可不填."""
    if row.rows:
        return f"已有 {row.rows} 条"
    if row.best is not None:
        return f"可加 {indicator(row.best)}"
    return "可不填" if row.usual < USUAL else "请自己写一条"


def slot_line(row: SlotCoverage) -> str:
    """A slot in a sentence, for those who hear it."""
    missing = "，还空着" if state(row) == "!" else ""
    return f"{'›'.join(row.slot)}：{often(row)}{missing}，{told(row)}"


def as_text(coverage: Coverage) -> str:
    """The whole view as lines, the slots numbered."""
    slots = [f"{number}. {slot_line(row)}" for number, row in enumerate(coverage.slots, 1)]
    return "\n".join((project(coverage), *slots, best_next(coverage)))


def as_json(coverage: Coverage) -> str:
    """The whole view as one line of JSON."""

    def plain(one: Suggestion | None) -> dict[str, object] | None:
        if one is None:
            return None
        return {"slot": slot_key(one.slot), "name": one.name, "target": one.target, "reasons": list(one.reasons)}

    slots = {
        slot_key(row.slot): {"usual": row.usual, "rows": row.rows, "best": plain(row.best), "note": row.note}
        for row in coverage.slots
    }
    view = {"kinds": list(coverage.kinds), "sector": coverage.sector, "slots": slots, "next": plain(coverage.next)}
    return json.dumps(view, ensure_ascii=False)
