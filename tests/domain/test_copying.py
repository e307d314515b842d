"""Another project begun from a record: what is shared stays unseen, what is a project's own is empty or asked again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from domain.copying import begun_from
from domain.marks import WEIGHTS, row_key
from domain.model import is_empty
from domain.records.codec import decode
from domain.records.store import Store
from tests.fakes import Talk
from tests.paths import BROADBAND

OLD = decode(BROADBAND.read_text(encoding="utf-8")).record


def test_what_is_a_projects_own_is_empty() -> None:
    old, new = OLD.declaration, begun_from(OLD).declaration
    assert (new.project.name, new.narrative.remarks) == ("", "")
    assert all(is_empty(new.get(("funding", name))) for name in ("total", "requested", "previous_budget"))
    assert (new.project.year, new.project.unit, new.project.filler) == (
        old.project.year,
        old.project.unit,
        old.project.filler,
    )
    assert new.narrative.overview == old.narrative.overview
    emptied = {row.name for row, was in zip(new.indicators, old.indicators, strict=True) if row.target != was.target}
    assert emptied
    assert {row.level2 for row in new.indicators if row.name in emptied} <= {"数量", "成本"}


def test_weights_and_what_was_passed_over_go_along() -> None:
    key = row_key(OLD.declaration.indicators[0])
    record = OLD.marked(WEIGHTS, key, "20").marked("skipped", "narrative.remarks", True)
    new = begun_from(record)
    assert new.marks(WEIGHTS) == {key: "20"}
    assert new.marks("skipped") == {"narrative.remarks": True}


def test_every_text_is_asked_and_nothing_counts_as_seen(store: Store, talk_about: Callable[[Path], Talk]) -> None:
    talk = talk_about(store.add(begun_from(OLD)))
    assert talk.at == "project.name"
    asked = []
    while talk.question.key != "完成":
        asked.append(talk.at)
        note = talk.question.note
        if talk.at.startswith("narrative.") and talk.at != "narrative.remarks":
            assert "照另一个项目起的" in note
            assert "上年" not in note.split("文中的年份")[0]
        talk.dialogue.command("skip")
    assert "narrative.overview" in asked
    assert "narrative.annual_goal" in asked
    assert "产出目标/数量" in asked
    assert "project.unit" not in asked
