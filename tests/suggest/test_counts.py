"""Which number of the text may become the target of which indicator: what is counted has to be what the name speaks of."""

from __future__ import annotations

import pytest

from domain.model import Declaration
from suggest.engine import Engine

TEXT = "光纤租用到143个村居；购置除颤仪36台；改造公厕5座；培训学员280人；"


@pytest.mark.parametrize(
    ("name", "targets"),
    [
        ("光纤数", ()),
        ("轮椅数量", ()),
        ("覆盖村居数量", ("=143个",)),
        ("公厕改造数量", ("=5座",)),
        ("厕所改造数量", ("=5座",)),
        ("除颤仪数量", ("=36台",)),
        ("医疗设备购置数量", ("=36台",)),
        ("培训人数", ("=280人",)),
    ],
)
def test_a_count_goes_to_the_name_of_what_is_counted(engine: Engine, name: str, targets: tuple[str, ...]) -> None:
    declaration = Declaration().replace(("project", "name"), "网格平台光纤租用费")
    declaration = declaration.replace(("narrative", "overview"), TEXT)
    assert tuple(one.text for one in engine.targets(declaration, ("产出目标", "数量"), name)) == targets
