"""What particular answers earn, kind by kind, and what the explanation says."""

from __future__ import annotations

from typing import Any

import pytest

from domain.training import Graded, Material, ask, grade, key
from domain.training.forms import sheet_of
from domain.training.rulebook import counted, found_in


def marked(material: Material, exercise: Any, answer: Any) -> Graded:
    return grade(material, ask(material, exercise), answer)


def score(material: Material, exercise: Any, answer: Any) -> float:
    return marked(material, exercise, answer).score


QUALITY = {"kind": "classify", "name": "线路畅通率"}


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("产出目标/质量", 1),
        ("质量", 1),
        ("产出›质量", 1),
        ("质量指标", 1),
        ({"level1": "产出目标", "level2": "质量"}, 1),
        ("产出目标/数量", 0.5),
        ("产出目标", 0.5),
        ("时效", 0.5),
        ("效果目标/社会效益", 0),
        ("满意度", 0),
        ("效果目标/质量", 0),
        ("说不好", 0),
    ],
)
def test_classify_gives_half_for_the_right_level_one(material: Material, answer: Any, wanted: float) -> None:
    assert score(material, QUALITY, answer) == wanted


def test_classify_explains_with_the_question_that_tells_the_two_slots_apart(material: Material) -> None:
    said = "".join(marked(material, QUALITY, "效果目标/社会效益").explanation)
    assert "别人的变化归社会效益" in said
    assert "产出目标›质量" in said


def test_classify_takes_every_slot_that_the_library_files_a_name_under(material: Material) -> None:
    held: dict[str, set[tuple[str, str]]] = {}
    for entry in material.entries:
        held.setdefault(entry.name, set()).add(entry.slot)
    for name, slots in held.items():
        for slot in slots if len(slots) > 1 else ():
            assert score(material, {"kind": "classify", "name": name}, "/".join(slot)) == 1


RATE = {"kind": "target", "name": "线路畅通率"}


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (">=99%", 1),
        ("≥99％ 历史标准", 1),
        ("不低于99%", 1),
        ({"target": ">=98.5%", "source": "合同"}, 1),
        (">=99", 0.7),
        (">=50%", 0.7),
        ("<=99%", 0.6),
        ("<=50%", 0.3),
        ("=99条", 0.3),
        (">=99条", 0.7),
        ("畅通", 0),
        ("", 0),
    ],
)
def test_target_adds_operator_unit_and_value(material: Material, answer: Any, wanted: float) -> None:
    assert score(material, RATE, answer) == pytest.approx(wanted)


def test_target_takes_a_unit_that_converts(material: Material) -> None:
    hours = {"kind": "target", "name": "故障修复时间", "operators": ["<="], "unit": "小时", "low": "1", "high": "8"}
    assert score(material, hours, "<=240分钟") == 1
    assert score(material, hours, "<=240小时") == pytest.approx(0.7)


def test_target_comments_on_the_source_without_counting_it(material: Material) -> None:
    with_source, without = marked(material, RATE, ">=99% 历史标准"), marked(material, RATE, ">=99%")
    assert with_source.score == without.score == 1
    assert any("历史标准，合适" in line for line in with_source.explanation)
    assert any("没有写" in line for line in without.explanation)


def test_a_judged_target_wants_its_word(material: Material) -> None:
    judged = {"kind": "target", "name": "资金使用合规性"}
    assert score(material, judged, "合规") == 1
    assert score(material, judged, "=100%") == 0


FEE = {"kind": "repair", "level2": "质量", "name": "按合同规定缴纳相关费用", "target": "=100%"}


@pytest.mark.parametrize(
    ("exercise", "answer", "wanted"),
    [
        (FEE, "时效/费用按期缴纳率 =100%", 1),
        (FEE, {"level2": "时效", "name": "费用按期缴纳率", "target": "=100%"}, 1),
        (FEE, "费用按期缴纳率 =100%", 0),
        (FEE, "按合同规定缴纳相关费用 =100%", 0),
        (FEE, "按合同规定缴纳相关费用 >=95%", 0),
        (FEE, "终端完好率 >=98%", 0.3),
        ({"kind": "repair", "level2": "数量", "name": "管理通资费数量", "target": "=43部"}, "网格终端缴费数=43部", 1),
        ({"kind": "repair", "level2": "时效", "name": "费用缴纳及时性", "target": "=100%"}, "费用按期缴纳率", 1),
        ({"kind": "repair", "level2": "时效", "name": "费用缴纳及时性", "target": "=100%"}, "及时", 0.5),
        (
            {"kind": "repair", "level2": "社会效益", "name": "及时掌握民生动态解决民生问题", "target": ">=85%"},
            "民生问题解决率 >=90%",
            1,
        ),
    ],
)
def test_repair_is_judged_by_the_rules_and_by_what_it_is_about(
    material: Material, exercise: Any, answer: Any, wanted: float
) -> None:
    assert score(material, exercise, answer) == wanted


SUMS = {"kind": "sums", "text": "通信费：1720元*12个月=20640元。话费补助：6450元*12个月=77900元。"}


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (2, 1),
        ("2", 1),
        ("第2步，应为77400元", 1),
        ("话费补助", 1),
        ({"step": 2}, 1),
        ([2], 1),
        (1, 0),
        (0, 0),
        ("都对", 0),
        ([1, 2], 0.5),
        ("3", 0),
    ],
)
def test_sums_wants_the_wrong_step(material: Material, answer: Any, wanted: float) -> None:
    assert score(material, SUMS, answer) == wanted


def test_a_sound_sum_wants_nought(material: Material) -> None:
    sound = {"kind": "sums", "text": "租金：40元/部×43部×12个月=20640元；合计20640元，即2.06万元。"}
    assert score(material, sound, 0) == 1
    assert score(material, sound, "都对") == 1
    assert score(material, sound, 1) == 0


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("单价：3元×5个=15元；单价二：2元×5个=10元；合计26元。", "3"),
        ("甲：3元×5个=51元；乙：2元×5个=10元；合计25元。", "1"),
        ("甲：300元×50个=15000元，即15万元。", "2"),
        ("80至89周岁100元/人·月×10人×12个月=12000元。", "0"),
        ("甲：1,200元×10台=12,000元。", "0"),
        ("甲：1.2万元×3年=3.6万元。", "0"),
    ],
)
def test_one_slip_is_one_wrong_step_however_the_note_is_written(material: Material, text: str, wrong: str) -> None:
    assert key(material, ask(material, {"kind": "sums", "text": text})) == wrong


GOAL = {"kind": "goal", "example": "t-hotline-lines"}


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("2021年租用话务专线3条，线路畅通率99%以上，来电群众满意度92%以上。", 1),
        ("租用话务专线3条，线路畅通率99%，来电群众满意度92%。", 0.9),
        ("2021年进一步做好话务专线租用3条，线路畅通率99%，来电群众满意度92%。", 0.9),
        ("2021年租用话务专线3条，线路畅通率99%以上。", 0.8),
        ("2021年围绕全区部署不断提升服务水平。", 0.1),
        ("", 0),
    ],
)
def test_goal_counts_year_number_output_effect_rows_and_plain_words(
    material: Material, answer: str, wanted: float
) -> None:
    assert score(material, GOAL, answer) == pytest.approx(wanted)


def test_goal_points_at_figures_that_stand_nowhere_else(material: Material) -> None:
    said = marked(material, GOAL, "2021年租用话务专线7条，线路畅通率99%，来电群众满意度92%。").explanation
    assert any("7" in line and "没有出现" in line for line in said)


def test_a_goal_is_done_only_with_numbers_of_the_form(material: Material) -> None:
    assert marked(material, GOAL, "2021年租用话务专线3条，来电群众满意度92%。").passed
    for bare in (
        "2021年租用话务专线，保障线路畅通率，来电群众满意度达标。",
        "2021年租用话务专线30条，来电群众满意度9%。",
    ):
        result = marked(material, GOAL, bare)
        assert (result.score, result.passed) == (pytest.approx(0.8), False)


def test_order_gives_a_share_for_each_paragraph(material: Material) -> None:
    shown = ["plan", "basis", "necessity", "measures"]
    exercise = {"kind": "order", "example": "t-hotline-lines", "fields": shown}
    assert score(material, exercise, ["实施计划", "立项依据", "必要性", "措施"]) == 1
    assert score(material, exercise, {"A": "plan", "B": "basis", "C": "必要性", "D": "制度、措施"}) == 1
    assert score(material, exercise, ["basis", "plan", "necessity", "measures"]) == 0.5
    assert score(material, exercise, "4 1 2 3") == score(material, exercise, "4123") == 1
    result = marked(material, exercise, ["basis", "plan", "necessity", "measures"])
    assert result.topics == {"field:plan": 0, "field:basis": 0, "field:necessity": 1, "field:measures": 1}


def test_defects_multiply_recall_and_precision(material: Material) -> None:
    exercise = ask(material, "defects:p:1:level:2")
    wanted = list(exercise.data["rules"])
    assert len(wanted) == 3
    holding = next(one for one in exercise.data["options"] if one not in wanted)
    assert grade(material, exercise, wanted).score == 1
    assert grade(material, exercise, wanted[:2]).score == pytest.approx(0.667)
    assert grade(material, exercise, [*wanted, holding]).score == 0.75
    assert grade(material, exercise, [holding]).score == 0
    assert grade(material, exercise, wanted[:1]).topics[f"rule:{wanted[0]}"] == 1


def test_a_sound_form_has_no_defects_and_accusing_it_earns_nothing(material: Material) -> None:
    exercise = {"kind": "defects", "example": "t-road-repair"}
    assert score(material, exercise, "0") == 1
    assert score(material, exercise, ["R1"]) == 0


def test_defects_of_a_form_given_by_hand_are_what_the_review_finds(material: Material) -> None:
    bad = sheet_of(material.example("t-hotline-lines").replace(("narrative", "annual_goal"), ""))
    exercise = ask(material, {"kind": "defects", "form": bad})
    found = counted(found_in(material, material.example("t-hotline-lines").replace(("narrative", "annual_goal"), "")))
    assert "R1" in found
    assert grade(material, exercise, found).score == 1
    assert grade(material, exercise, ["年度绩效目标没有填"]).score == pytest.approx(1 / len(found), abs=0.001)


def test_harder_defects_are_more_and_subtler(material: Material) -> None:
    weights = material.rule_by_id
    easy = [ask(material, f"defects:d:{number}:level:1").data["rules"] for number in range(1, 12)]
    hard = [ask(material, f"defects:d:{number}:level:3").data["rules"] for number in range(1, 12)]
    assert {len(rules) for rules in easy} == {2}
    assert {len(rules) for rules in hard} == {5}

    def errors(papers: list[list[str]]) -> float:
        rules = [one for paper in papers for one in paper]
        return sum(weights[one].severity == "error" for one in rules) / len(rules)

    assert errors(easy) > errors(hard)


def test_a_reviewer_passes_within_one_grade_and_with_most_errors(material: Material) -> None:
    for number in range(1, 40):
        exercise = ask(material, f"reviewer:r:{number}")
        outcome = material.review(_form(exercise.data))
        errors = [rule for rule, weight in outcome.verdicts.items() if weight == "error"]
        if len(errors) < 3:
            continue
        label = outcome.grade.label
        near = {"优": "良", "良": "中", "中": "差", "差": "中"}[label]
        assert grade(material, exercise, {"grade": near, "errors": errors}).passed
        assert grade(material, exercise, {"grade": near, "errors": errors}).score == 0.8
        assert not grade(material, exercise, {"grade": label, "errors": errors[:1]}).passed
        assert not grade(material, exercise, {"grade": "", "errors": errors}).passed
        return
    pytest.fail("no form with three errors came up")


def _form(data: Any) -> Any:
    from domain.records.codec import from_document

    return from_document(data["form"]).record.declaration


def test_all_four_grades_come_up_for_the_reviewer(material: Material) -> None:
    labels = {str(key(material, ask(material, f"reviewer:g:{number}")))[0] for number in range(1, 60)}
    assert labels == {"优", "良", "中", "差"}


def test_a_form_from_a_story_is_scored_by_the_review(material: Material) -> None:
    exercise = {"kind": "form", "story": "hotline-lines"}
    good = material.example("t-hotline-lines")
    worse = good.replace(("narrative", "plan"), "按要求实施。")
    assert score(material, exercise, sheet_of(good)) == score(material, exercise, good) == 1
    assert score(material, exercise, worse) == float(material.review(worse).total) / 100


def test_another_projects_form_does_not_pass_for_this_story(material: Material) -> None:
    result = marked(material, {"kind": "form", "story": "hotline-lines"}, material.example("t-road-repair"))
    assert result.score < 0.5
    assert "村居宽带线路租用数96条" in "".join(result.explanation)


def test_an_empty_form_earns_next_to_nothing(material: Material) -> None:
    assert score(material, {"kind": "form", "story": "hotline-lines"}, "项目名称：试一试") < 0.1
    assert "没能读懂" in marked(material, {"kind": "form", "story": "hotline-lines"}, "随便写几句").explanation[0]
