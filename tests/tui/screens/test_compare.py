"""Two records side by side on a screen: last year's of the same project at once, another one by choice."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.changes import Record
from domain.model import Declaration, Indicator, Narrative, Project
from domain.records.store import Store
from tui.screens.compare import ComparePage, others

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp
    from tests.tui.screens.conftest import Show

HERE = Path(__file__).parent
OLD = Declaration(
    project=Project(year=2020, name="线路租用费"),
    narrative=Narrative(overview="向143个村居提供宽带。保障运行。", plan="错[/b]误[@click=app.quit]点[/]。"),
    indicators=(Indicator("产出目标", "数量", "租用光纤数", "=147条"),),
)
NEW = replace(
    OLD,
    project=replace(OLD.project, year=2021),
    narrative=Narrative(overview="向147个村居提供宽带。保障运行。"),
    indicators=(Indicator("产出目标", "数量", "租用光纤数", "=150条"),),
).replace(("funding", "total"), Decimal(5))


@pytest.fixture
def new(store: Store) -> Path:
    store.add(Record(OLD))
    store.add(Record(Declaration(project=Project(year=2022, name="别的项目"))))
    return store.add(Record(NEW))


async def test_last_years_form_of_the_project_is_compared_at_once(store: Store, new: Path, show: Show) -> None:
    async with show(ComparePage(store, new.stem, Record(NEW))) as seen:
        assert seen.lines[:10] == [
            " 对比｜2020-线路租用费",
            "- 2020-线路租用费",
            "+ 2021-线路租用费",
            "年份：2020 → 2021",
            "项目总金额：（空） → 5万元",
            "项目概况：改 1 句（17 → 17 字）",
            "  ~ 向[-143-]{+147+}个村居提供宽带。",
            "项目实施计划：删 1 句（28 → 0 字）",
            "  - 错[/b]误[@click=app.quit]点[/]。",
            "指标　改 1 条",
        ]
        assert "  改 产出目标›数量　租用光纤数　=147条 → =150条（+3条，+2%）" in seen.lines


async def test_before_and_after_are_turned_round(store: Store, new: Path, show: Show) -> None:
    async with show(ComparePage(store, new.stem, Record(NEW))) as seen:
        await seen.press("f8")
        assert seen.lines[1:4] == ["- 2021-线路租用费", "+ 2020-线路租用费", "年份：2021 → 2020"]


async def test_another_one_by_choice(store: Store, new: Path, show: Show) -> None:
    async with show(ComparePage(store, new.stem, Record(NEW))) as seen:
        await seen.press("f6")
        assert "和哪一份比" in seen.lines[0]
        assert seen.current == "> 2020-线路租用费"
        await seen.press("down", "enter")
        assert seen.lines[1:3] == ["- 2021-线路租用费", "+ 2022-别的项目"]
        await seen.press("f10")
        assert await seen.ended() is None


async def test_one_that_is_named_is_taken_at_once(store: Store, new: Path, show: Show) -> None:
    async with show(ComparePage(store, new.stem, Record(NEW), "别的")) as seen:
        assert seen.lines[1:3] == ["- 2021-线路租用费", "+ 2022-别的项目"]
    async with show(ComparePage(store, new.stem, Record(NEW), "20")) as seen:
        assert seen.lines[1] == "- 2020-线路租用费"


async def test_without_a_form_of_the_project_it_asks(store: Store, show: Show) -> None:
    alone = Record(Declaration(project=Project(year=2022, name="别的项目")))
    path = store.add(alone)
    async with show(ComparePage(store, path.stem, alone)) as seen:
        assert "没有别的记录可比" in seen.text
        assert seen.keys.strip() == "F1帮助 F10 返回"
        await seen.press("enter", "down", "f8", "pagedown")
    store.add(Record(OLD))
    async with show(ComparePage(store, path.stem, alone)) as seen:
        assert seen.current == "> 2020-线路租用费"


async def test_a_record_that_cannot_be_opened_is_said_so(store: Store, new: Path, show: Show) -> None:
    (store.folder / "坏.toml").write_text("[", encoding="utf-8")
    async with show(ComparePage(store, new.stem, Record(NEW))) as seen:
        await seen.press("f6")
        await seen.press(*["down"] * others(store, new.stem).index("坏"))
        await seen.press("enter")
        assert "打不开" in seen.keys
        await seen.press("home", "up", "up", "up", "enter")
        assert seen.lines[0] == " 对比｜2020-线路租用费"


async def test_changed_words_keep_their_looks_where_a_sentence_is_wrapped(store: Store, show: Show) -> None:
    old, said = (
        OLD.replace(
            ("narrative", "overview"), f"每季度向{count}个村居提供宽带、专线和语音业务，按合同分四次{verb}租金。"
        )
        for count, verb in ((143, "缴纳"), (147, "支付"))
    )
    store.add(Record(old))
    path = store.add(Record(said.replace(("project", "year"), 2021)))
    async with show(ComparePage(store, path.stem, Record(said)), size=(40, 24)) as seen:
        first = next(number for number, row in enumerate(seen.lines) if row.startswith("  ~ "))
        strips = seen.app.screen._compositor.render_strips()[first : first + 3]
        looks = {(one.style.color.name, one.text) for strip in strips for one in strip if one.style and one.style.color}
        assert {("red", "[-143-]"), ("green", "{+147+}")} <= looks
        body = "".join(row.strip() for row in seen.lines[first : first + 3])
        assert body == "~ 每季度向[-143-]{+147+}个村居提供宽带、专线和语音业务，按合同分四次[-缴纳-]{+支付+}租金。"


async def test_a_long_comparison_is_scrolled(store: Store, new: Path, show: Show) -> None:
    long = NEW.replace(("narrative", "overview"), "".join(f"第{number}句。" for number in range(80)))
    async with show(ComparePage(store, new.stem, Record(long)), size=(80, 20)) as seen:
        first = seen.lines[1]
        await seen.press("pagedown")
        assert seen.lines[1] != first
        await seen.press("end")
        assert "其余相同" in seen.text
        await seen.press("home")
        assert seen.lines[1] == first


def test_on_a_terminal(start: Callable[..., PtyApp], store: Store, new: Path) -> None:
    argv = [sys.executable, str(HERE / "handover_app.py"), "compare", str(store.folder), new.stem]
    app = start(argv=argv, wait="对比｜")
    assert app.shows("项目总金额：（空） → 5万元"), app.text
    app.type("\x1b[21~")
    assert app.exit_code() == 0
