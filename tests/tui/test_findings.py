"""A review as rows: by test, by weight, filtered, what changed, what was ignored, and the number chains."""

from __future__ import annotations

import pytest

from domain.case import Case, case_for
from domain.model import Declaration
from domain.records.codec import decode
from domain.review import Severity, Test, review
from domain.reviewed import changes_since, notes_of
from domain.rules.chains import Agreement, links
from tests.paths import BROADBAND
from tui.findings import Item, Only, Results, as_text, told_apart


@pytest.fixture(scope="module")
def sound() -> Case:
    from suggest.reader import load_reader

    return case_for(decode(BROADBAND.read_text(encoding="utf-8")).record, load_reader())


@pytest.fixture(scope="module")
def faulty(sound: Case) -> Case:
    """An error of 完整性, a warning each of 完整性 and 可行性, and a contradiction of numbers."""
    declaration = sound.declaration.replace(("project", "category"), None)
    declaration = declaration.replace(("narrative", "plan"), "由科室组织实施。")
    declaration = declaration.replace(("narrative", "annual_goal"), "2021年租用宽带41条，学校师生满意度不低于60%。")
    rows = tuple(row for row in declaration.indicators if row.level2 != "成本")
    return sound.of(declaration.replace(("indicators",), rows))


def sections(rows: list[Item]) -> dict[str, list[str]]:
    """The rules under each heading."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.heading:
            found[row.text.split("｜")[0]] = []
        elif row.finding is not None:
            found[list(found)[-1]].append(row.finding.rule.id)
    return found


def test_by_test_every_test_stands_with_its_points_and_the_heaviest_first(faulty: Case) -> None:
    results = Results(review(faulty))
    found = sections(results.rows())
    scores = results.outcome.grading.scores
    assert list(found) == [f"{test.value} {scores[test].normalize():f}/{test.points} 分" for test in Test]
    completeness = next(iter(found.values()))
    assert completeness.index("R2") < completeness.index("R4")
    assert "R51" in found[list(found)[3]]
    heading = results.rows()[0].text
    assert "错误1 警告" in heading


def test_a_test_without_findings_says_so(sound: Case) -> None:
    rows = Results(review(sound)).rows()
    at = next(number for number, row in enumerate(rows) if row.text.startswith("可行性"))
    assert rows[at + 1].text == "没有要改的"


def test_by_weight(faulty: Case) -> None:
    found = sections(Results(review(faulty)).rows(by_test=False))
    assert next(iter(found)) == "错误 1 处"
    assert found["错误 1 处"] == ["R2"]


@pytest.mark.parametrize(("only", "weights"), [(Only.ERRORS, {"错"}), (Only.SERIOUS, {"错", "警"})])
def test_filters_let_their_weights_through(faulty: Case, only: Only, weights: set[str]) -> None:
    for by_test in (True, False):
        rows = Results(review(faulty)).rows(only, by_test=by_test)
        assert {row.text[0] for row in rows if row.finding} == weights


def test_what_is_new_and_what_is_gone(sound: Case, faulty: Case) -> None:
    before = notes_of(review(sound).findings)
    now = review(faulty)
    grown = Results(now, changed=changes_since(before, now.findings))
    fresh = [row.finding.rule.id for row in grown.rows(Only.NEW) if row.finding]
    assert {"R2", "R4", "R51"} <= set(fresh)
    assert all("新 " in row.text for row in grown.rows(Only.NEW) if row.finding)
    assert f"多{len(fresh)}处" in grown.change
    mended = Results(review(sound), changed=changes_since(notes_of(now.findings), review(sound).findings))
    gone = [row for row in mended.rows() if row.gone]
    assert {row.gone.rule for row in gone if row.gone} >= {"R2", "R4", "R51"}
    assert f"少{len(gone)}处" in mended.change
    same = Results(now, changed=changes_since(notes_of(now.findings), now.findings))
    assert same.change == "和上次一样"
    assert Results(now).change == ""


def test_ignored_findings_stand_apart_with_their_reason(faulty: Case) -> None:
    results = Results(review(faulty, {"R2/project.category": "系统里没有这一栏", "R4/产出目标/成本/": ""}))
    rows = [row for row in results.rows() if row.reason is not None]
    assert [(row.finding.rule.id, row.reason) for row in rows if row.finding] == [
        ("R2", "系统里没有这一栏"),
        ("R4", ""),
    ]
    assert "（系统里没有这一栏）" in rows[0].text
    assert not any(row.reason is not None for row in results.rows(Only.SERIOUS))


def test_numbers_that_contradict_come_first(faulty: Case) -> None:
    results = Results(review(faulty), links(faulty))
    rows = results.numbers()
    assert rows[0].text.startswith(Agreement.CONFLICT)
    assert rows[1].link is not None
    assert "60%" in rows[1].text
    order = [row.link.agreement for row in rows if row.link]
    assert order == sorted(order, key=[Agreement.CONFLICT, Agreement.UNKNOWN, Agreement.CONSISTENT].index)
    assert Results(review(faulty)).numbers() == []


def test_the_plain_face_says_all_of_it(faulty: Case) -> None:
    outcome = review(faulty)
    text = as_text(Results(outcome, links(faulty)))
    assert text.startswith(f"评级 {outcome.grade.label}")
    for severity in (Severity.ERROR, Severity.WARNING):
        assert all(one.hit.message in text for one in outcome.of(severity))
    assert "【数字对照】" in text
    assert "[矛盾]" in text
    only = as_text(Results(outcome), Only.ERRORS)
    assert "[警]" not in only
    assert "数字对照" not in only


def test_findings_of_one_cause_are_told_together(sound: Case) -> None:
    results = Results(review(sound.of(sound.declaration.replace(("indicators",), ()))))
    (lead,) = (row for row in results.rows() if row.finding and row.others)
    assert len(lead.others) >= 6
    assert as_text(results).count("同一原因") == len(lead.others)


def test_an_empty_form_can_be_shown() -> None:
    results = Results(review(case_for(Declaration())))
    assert all(row.text for row in results.rows())
    assert "年度绩效目标为空" in as_text(results)


def test_a_long_text_is_shown_where_a_fix_changes_it() -> None:
    before = "甲" * 200 + "：1、乙" + "丙" * 200
    old, new = told_apart(before, before.replace("1、", "（1）"))
    assert "1、乙" in old
    assert "（1）乙" in new
    assert old.startswith("…甲")
    assert old.endswith("丙…")
    assert max(len(old), len(new)) <= 102
    assert told_apart("甲\n1、乙", "甲\n（1）乙") == ("甲 1、乙", "甲 （1）乙")
    assert told_apart("", "甲") == ("（空）", "甲")


def test_new_paragraphs_are_seen() -> None:
    assert told_apart("1、甲 2、乙", "1、甲\n2、乙") == ("1、甲 2、乙", "1、甲〔另起一段〕2、乙")
