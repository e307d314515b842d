"""Checking files: the lines of the command, certain fixes with before and after, speed over a folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from domain.case import Words
from domain.changes import Record
from domain.checking import Checked, Surroundings, as_json, check, files, fix, fix_file
from domain.marks import WEIGHTS, row_key
from domain.model import Declaration, Indicator
from domain.project import Coded
from domain.reading import Reader
from domain.records.codec import decode, encode
from domain.records.store import Store, read_text
from domain.review import Severity

KEYS = {"rule", "severity", "where", "message", "basis", "fixable"}
Write = Callable[[str, Record], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(stem: str, record: Record) -> Path:
        path = tmp_path / f"{stem}.toml"
        path.write_text(encode(record), encoding="utf-8")
        return path

    return to_file


@pytest.fixture
def around(reader: Reader, words: Words) -> Surroundings:
    return Surroundings(reader, words)


def _faulty(declaration: Declaration) -> Declaration:
    """Faults that fixes mend with certainty: a subject thrice, a bare 100%, square brackets, a wrong subject name."""
    rows = (*declaration.indicators[1:], Indicator("投入与目标管理", "投入管理", "预算资金到位率", "100%"))
    declaration = replace(declaration, indicators=rows)
    declaration = declaration.replace(("project", "functional_subjects"), declaration.project.functional_subjects * 3)
    declaration = declaration.replace(("project", "economic_subjects"), (Coded("30214", "办公费"),))
    return declaration.replace(("narrative", "basis"), "工委会议纪要[2020]第20次；宽带租用合同（2020年）")


def errors(outcomes: Iterable[Checked]) -> list[str]:
    """The rules whose errors stand."""
    return [one.rule.id for outcome in outcomes if outcome.review for one in outcome.review.of(Severity.ERROR)]


def test_a_sound_record_passes(own_examples: dict[str, Declaration], write: Write, around: Surroundings) -> None:
    path = write("sound", Record(own_examples["office-park-greening"]))
    outcomes = list(check([path], around))
    assert errors(outcomes) == []
    assert as_json(outcomes[0]) == {"path": str(path), "grade": "优", "score": 100.0, "findings": []}


def test_lines_have_the_agreed_keys(own_examples: dict[str, Declaration], write: Write, around: Surroundings) -> None:
    path = write("faulty", Record(_faulty(own_examples["school-broadband"])))
    outcomes = list(check([path], around))
    line = as_json(outcomes[0])
    assert list(line) == ["path", "grade", "score", "findings"]
    assert {frozenset(one) for one in line["findings"]} == {frozenset(KEYS)}
    found = {one["rule"]: one for one in line["findings"]}
    assert found["R31"]["severity"] == "error"
    assert found["R14"]["where"] == "indicators[12].target"
    assert found["R49"]["where"] == "narrative.basis"
    assert found["R32"]["fixable"] is True
    assert "R31" in errors(outcomes)
    heavy = as_json(outcomes[0], Severity.ERROR)["findings"]
    assert {one["severity"] for one in heavy} == {"error"}


def test_fixes_are_shown_and_written_as_one_step(
    own_examples: dict[str, Declaration], write: Write, around: Surroundings
) -> None:
    path = write("faulty", Record(_faulty(own_examples["school-broadband"])))
    before = decode(read_text(path)).record
    fixed = fix_file(path, around)
    shown = {(one.rule, one.before, one.after) for one in fixed.applied}
    assert ("R31", "[30214]办公费", "[30214]租赁费") in shown
    assert any(rule == "R14" and "100%" in old and "=100%" in new for rule, old, new in shown)
    assert any(rule == "R49" and "〔2020〕" in new for rule, _, new in shown)
    assert errors(check([path], around)) == []
    store = Store(path.parent)
    opened = store.open(path)
    store.undo(opened)
    assert decode(read_text(path)).record.declaration == before.declaration
    opened.journal.close()


def test_fixing_a_sound_record_changes_nothing(
    own_examples: dict[str, Declaration], write: Write, around: Surroundings
) -> None:
    path = write("sound", Record(own_examples["office-park-greening"]))
    text = path.read_bytes()
    assert fix_file(path, around).applied == ()
    assert path.read_bytes() == text
    assert [one.name for one in path.parent.iterdir()] == ["sound.toml"]


def test_what_is_kept_of_a_row_goes_with_it_to_its_slot(
    own_examples: dict[str, Declaration], around: Surroundings
) -> None:
    row = Indicator("产出目标", "质量", "信息报告及时率", ">=98%")
    form = own_examples["school-broadband"]
    record = Record(replace(form, indicators=(*form.indicators, row))).marked(WEIGHTS, row_key(row), "10")
    fixed = fix(record, around)
    assert fixed.record.marks(WEIGHTS) == {"产出目标/时效/信息报告及时率": "10"}
    assert {one.where.partition("[")[0] for one in fixed.applied} == {"indicators"}


def test_an_ignored_finding_is_neither_shown_nor_fixed(
    own_examples: dict[str, Declaration], write: Write, around: Surroundings
) -> None:
    record = Record(_faulty(own_examples["school-broadband"]))
    key = "R32/project.functional_subjects/2050299"
    kept = record.marked("ignored", key, "系统里就是三条")
    path = write("ignored", kept)
    outcome = next(check([path], around))
    assert outcome.review is not None
    assert key not in {one.key for one in outcome.review.findings}
    assert [(one.key, reason) for one, reason in outcome.review.ignored] == [(key, "系统里就是三条")]
    assert (
        fix(kept, around).record.declaration.project.functional_subjects == kept.declaration.project.functional_subjects
    )


def test_an_ignored_error_needs_a_reason(
    own_examples: dict[str, Declaration], write: Write, around: Surroundings
) -> None:
    record = Record(_faulty(own_examples["school-broadband"]))
    key = "R31/project.economic_subjects/30214"
    for reason, left in (("  ", ["R31"]), ("财务说就用这个名称", [])):
        path = write("reason", record.marked("ignored", key, reason))
        assert errors(check([path], around)) == left


def test_what_cannot_be_read_is_said(tmp_path: Path, around: Surroundings) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[project", encoding="utf-8")
    outcomes = list(check([broken, tmp_path / "missing.toml"], around))
    assert [one.review for one in outcomes] == [None, None]
    assert all(one.problem for one in outcomes)
    assert as_json(outcomes[0])["grade"] is None


def test_a_folder_means_its_records(own_examples: dict[str, Declaration], write: Write, tmp_path: Path) -> None:
    for stem, declaration in own_examples.items():
        write(stem, Record(declaration))
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    assert [path.stem for path in files([tmp_path])] == sorted(own_examples)
    assert len(files([tmp_path, tmp_path / "school-broadband.toml"])) == len(own_examples)


def test_records_of_a_folder_are_siblings(
    own_examples: dict[str, Declaration], write: Write, around: Surroundings
) -> None:
    first = own_examples["school-broadband"]
    write("one", Record(first))
    path = write("two", Record(first.replace(("project", "name"), "村卫生室专用宽带租用")))
    outcome = next(check([path], around))
    assert outcome.review is not None
    assert "R54" in outcome.review.verdicts


def test_last_years_form_of_the_same_project_is_no_copy(
    own_examples: dict[str, Declaration], write: Write, around: Surroundings
) -> None:
    first = own_examples["school-broadband"]
    write("2020", Record(first.replace(("project", "year"), 2020)))
    path = write("2021", Record(first))
    outcome = next(check([path], around))
    assert outcome.review is not None
    assert "R54" not in outcome.review.verdicts


def test_the_shifted_form_is_fixed_from_the_folder(
    forms: dict[str, Declaration], write: Write, around: Surroundings
) -> None:
    paths = {key: write(key, Record(declaration)) for key, declaration in forms.items()}
    fixed = fix_file(paths["F2"], around)
    moved = [one for one in fixed.applied if one.rule == "R52"]
    assert {one.where for one in moved} == {
        f"narrative.{name}" for name in ("basis", "necessity", "measures", "plan", "overall_goal", "annual_goal")
    }
    assert fixed.record.declaration.narrative.measures == forms["F3"].narrative.measures.replace("》《", "》 《")


def test_a_folder_of_a_hundred_is_checked_in_a_second_or_two(
    examples: dict[str, Declaration], tmp_path: Path, around: Surroundings
) -> None:
    names = list(examples)
    for number in range(100):
        declaration = examples[names[number % len(names)]]
        named = declaration.replace(("project", "name"), f"{declaration.project.name}{number}号")
        (tmp_path / f"{number:03}.toml").write_text(encode(Record(named)), encoding="utf-8")
    start = time.process_time()
    outcomes = list(check([tmp_path], around))
    assert time.process_time() - start < 5
    assert len(outcomes) == 100
