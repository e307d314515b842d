"""The coverage view in words: what such projects fill, what is missing, the best next, as text and as JSON."""

from __future__ import annotations

import json

from domain.model import Declaration
from suggest.types import Coverage, SlotCoverage
from tests.fakes import QUALITY, QUANTITY, FakeSuggester, suggestion
from tui import covering

BEST = suggestion(QUALITY, "线路可用率", ">=99%")


def row(usual: float, rows: int = 0, best: bool = False) -> SlotCoverage:
    return SlotCoverage(QUALITY, usual, rows, BEST if best else None)


def test_states_and_words() -> None:
    assert covering.slot_line(row(0.95, best=True)) == "产出目标›质量：几乎都填，还空着，可加 线路可用率 >=99%"
    assert covering.slot_line(row(0.95, rows=2)) == "产出目标›质量：几乎都填，已有 2 条"
    assert covering.slot_line(row(0.7)) == "产出目标›质量：多数会填，还空着，请自己写一条"
    assert covering.slot_line(row(0.4)) == "产出目标›质量：有的填，可不填"
    assert covering.slot_line(row(0.0)) == "产出目标›质量：一般不填，可不填"
    assert [covering.state(row(0.6)), covering.state(row(0.59)), covering.state(row(0.1, rows=1))] == ["!", "-", "√"]


def test_the_best_next_has_its_place_and_reason() -> None:
    coverage = Coverage(("线路租赁",), "", (row(1.0, best=True),), BEST)
    assert covering.best_next(coverage) == "最该补：产出目标›质量　线路可用率 >=99%　（概况里写到）"
    assert covering.best_next(Coverage((), "", ())) == "没有要补的建议了。"


def test_a_project_that_nothing_is_known_of() -> None:
    assert "还看不出" in covering.project(Coverage((), "教育", ()))
    assert covering.project(Coverage(("培训",), "教育", ())) == "看起来是培训类项目，教育领域。"


def test_the_whole_view_as_text_and_json() -> None:
    coverage = FakeSuggester().coverage(Declaration())
    lines = covering.as_text(coverage).split("\n")
    assert lines[0] == "看起来是线路租赁类项目，热线与网格领域。"
    assert lines[1].startswith("1. 投入与目标管理›投入管理：几乎都填，还空着")
    assert lines[-1].startswith("最该补：")
    view = json.loads(covering.as_json(coverage))
    assert view["next"]["name"] == "预算资金到位率"
    assert view["slots"]["/".join(QUANTITY)]["best"]["target"] == "=147条"
