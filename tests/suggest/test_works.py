"""Whether a usual measure is of the project's own work."""

from __future__ import annotations

import pytest

from suggest.works import BESIDE, OTHER, kept, works_in


def test_much_the_same_work_has_one_name() -> None:
    assert works_in("维修养护") == works_in("保养修缮") == ["维修", "维修"]
    assert works_in("满意度") == []


@pytest.mark.parametrize(
    ("measure", "name", "told", "share"),
    [
        ("设施维护次数", "农村厕所管护", "", 1.0),
        ("设施完好率", "农村厕所管护", "", 1.0),
        ("户厕改造数量", "农村厕所管护", "", OTHER),
        ("户厕改造数量", "农村厕所管护", "对改造的户厕开展管护", BESIDE),
        ("电脑购置数量", "审计业务用笔记本电脑", "", 1.0),
        ("火箭弹采购数量", "人工影响天气", "", 1.0),
    ],
)
def test_a_measure_of_other_work_hardly_counts(measure: str, name: str, told: str, share: float) -> None:
    assert kept(measure, name, frozenset(works_in(name + told))) == share
