"""The review of an open record among the other forms of its folder, which are read once, a few at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.changes import Record
from domain.checking import Surroundings
from domain.records.codec import decode
from domain.records.store import Store
from domain.review import Severity
from tests.fakes import Talk
from tests.paths import BROADBAND
from tui import wiring
from tui.folders import Folders
from tui.reviewing import AT_ONCE, STEPS, Reviewer
from tui.wiring import siblings_of

OVERVIEW = ("narrative", "overview")


@pytest.fixture
def talk(store: Store, talk_about: Callable[[Path], Talk]) -> Talk:
    """A record whose overview stands in another project's form too, among forms that cannot be read."""
    first = decode(BROADBAND.read_text(encoding="utf-8")).record.declaration
    store.add(Record(first.replace(("project", "name"), "村卫生室专用宽带租用")))
    (store.folder / "坏.toml").write_text("[project", encoding="utf-8")
    return talk_about(store.add(Record(first)))


def reviewer(talk: Talk) -> Reviewer:
    return Reviewer(talk.session, Surroundings())


def test_remarks_know_a_copied_text_once_the_folder_was_read(talk: Talk) -> None:
    mine = reviewer(talk)
    assert "R54" not in {one.rule.id for one in mine.at_field(OVERVIEW)}
    for _ in mine.read_siblings():
        pass
    assert "R54" in {one.rule.id for one in mine.at_field(OVERVIEW)}


def test_the_folder_is_read_in_steps_between_keys(store: Store, talk: Talk) -> None:
    record = decode(BROADBAND.read_text(encoding="utf-8")).record
    for number in range(AT_ONCE * 2):
        store.add(Record(record.declaration.replace(("project", "name"), f"第{number}个项目")))
    assert sum(1 for _ in reviewer(talk).read_siblings()) == 2
    steps = list(siblings_of(talk.dialogue))
    assert len(steps) == STEPS
    for step in steps:
        step()
    assert "R54" in {one.rule.id for one in talk.dialogue.reviewer.at_field(OVERVIEW)}


def test_a_whole_review_reads_the_folder_itself(talk: Talk) -> None:
    outcome = reviewer(talk).results().outcome
    assert outcome.verdicts["R54"] is Severity.WARNING


def test_what_has_changed_is_told_against_the_review_before(talk: Talk) -> None:
    mine = reviewer(talk)
    talk.session.edit(("project", "filler"), "周晓")
    assert mine.results().changed is None
    talk.session.edit(("narrative", "plan"), "由科室组织实施。")
    changed = mine.results().changed
    assert changed is not None
    assert [one.rule.id for one in changed.new] == ["R51"]
    talk.session.undo()
    changed = mine.results().changed
    assert changed is not None
    assert [one.rule for one in changed.gone] == ["R51"]


def test_looking_at_an_untouched_new_record_leaves_nothing_on_disk(
    store: Store, talk_about: Callable[[Path], Talk]
) -> None:
    talk = Talk(store)
    reviewer(talk).results()
    assert not talk.session.on_disk
    assert not list(store.folder.glob("*"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[rules\n", "第 1 行第 7 列附近写错了"),
        ("五项经费".encode("gb18030"), "它不是 UTF-8 编码的"),
        (b"x = " + b"[" * 100_000, "嵌套过深"),
    ],
)
def test_settings_that_cannot_be_read_are_said_in_chinese(tmp_path: Path, data: bytes, said: str) -> None:
    places = Folders(tmp_path, tmp_path, tmp_path, tmp_path, tmp_path)
    (tmp_path / wiring.SETTINGS).write_bytes(data)
    (told,) = wiring.surroundings(places).problems
    assert "没有用上审核设置" in told
    assert said in told
