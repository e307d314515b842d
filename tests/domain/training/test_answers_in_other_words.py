"""Right answers written the many ways people write them, and near misses, for each kind of exercise."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain.training import Material, ask, grade, grade_lines, key
from domain.training.forms import sheet_of
from domain.training.kinds import KINDS


def score(material: Material, exercise: Any, answer: Any) -> float:
    return grade(material, ask(material, exercise), answer).score


TABLE = tomllib.loads(Path(__file__).with_name("answers.toml").read_text(encoding="utf-8"))["case"]
"""One exercise of each kind with answers and what they are worth."""
EXERCISES = {case["name"]: case["exercise"] for case in TABLE}
ALL = [
    (case["name"], case["exercise"], answer, group["worth"])
    for case in TABLE
    for group in case["answers"]
    for answer in group["of"]
]


@pytest.mark.parametrize(
    ("exercise", "answer", "wanted"),
    [pytest.param(exercise, answer, wanted, id=f"{name}-{answer}") for name, exercise, answer, wanted in ALL],
)
def test_an_answer_counts_for_what_it_means(material: Material, exercise: Any, answer: Any, wanted: float) -> None:
    assert score(material, exercise, answer) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("生态效益指标", "效果目标/环境效益"),
        ("满意度指标/服务对象满意度指标", "效果目标/满意度"),
        ("产出指标/经济成本指标", "产出目标/成本"),
        ("影响力/其他", "影响力目标/其它"),
    ],
)
def test_the_national_names_of_slots_are_understood(material: Material, name: str, answer: str) -> None:
    level1, level2 = answer.split("/")
    assert score(material, {"kind": "classify", "name": "某某率", "level1": level1, "level2": level2}, name) == 1


def _spoiled(material: Material) -> Any:
    """The hotline form without cost, calculation, named rules and with an empty goal: known defects to name."""
    form = material.example("t-hotline-lines")
    rows = tuple(row for row in form.indicators if row.level2 not in ("成本", "满意度"))
    form = replace(form, indicators=rows).replace(("narrative", "measures"), "加强领导，明确责任，确保落实。")
    form = form.replace(("narrative", "plan"), "按要求组织实施，按合同付款。")
    return {
        "kind": "defects",
        "form": sheet_of(form),
        "rules": ["R4", "R6", "R50", "R51"],
        "options": ["R4", "R6", "R7", "R16", "R32", "R50", "R51", "R57", "R69"],
    }


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("1 2 6 7", 1),
        ("1,2,6,7", 1),
        ("1、2、6、7。", 1),
        ("①②⑥⑦", 1),
        ("第1、2、6、7条", 1),
        ("第1、2、6、7条没守住", 1),
        ([1, 2, 6, 7], 1),
        (["R4", "R6", "R50", "R51"], 1),
        ("r4，r6，r50，r51", 1),
        ("R4和R6和R50和R51", 1),
        ("规则4 规则6 规则50 规则51", 1),
        ("没有成本指标；没有满意度；措施里没有点出制度名称；实施计划没有时间", 1),
        ("产出没有写成本，缺满意度指标，保证措施没有具体制度，计划里看不到月份时间", 1),
        ("1 2", 0.5),
        ("1 2 6 7 3", 0.8),
        ("没有成本指标", 0.25),
        ("0", 0),
        ("都守住了", 0),
        ("今天天气很好", 0),
        ("缺成本；没问过群众满不满意；制度没有点名；看不到月份", 1),
        ("", 0),
        (None, 0),
    ],
)
def test_defects_are_named_by_number_id_or_in_own_words(material: Material, answer: Any, wanted: float) -> None:
    assert score(material, _spoiled(material), answer) == pytest.approx(wanted, abs=0.001)


REVIEWED = (
    "{} {}",
    "{}，{}",
    "{}：{}",
    "{}等 {}",
    "评{} {}",
    "等次：{}；理由：{}",
    "我觉得是{}，因为 {}",
    "等次为{}，理由 {}",
    "{}\n{}",
)


@pytest.mark.parametrize("shape", REVIEWED)
def test_a_review_may_be_worded_freely(material: Material, shape: str) -> None:
    for number in (1, 2, 3):
        exercise = ask(material, f"reviewer:w:{number}")
        label, _, errors = str(key(material, exercise)).partition(" ")
        assert grade(material, exercise, shape.format(label, errors or "0")).score == 1, (number, errors)
        assert grade(material, exercise, {"grade": label, "errors": errors.split()}).score == 1


def test_there_are_enough_cases() -> None:
    assert len(ALL) > 220


def test_an_answer_that_says_nothing_is_unread_and_one_that_is_wrong_is_not(material: Material) -> None:
    for name, wrong in (("classify", "满意度"), ("quiz", "4"), ("sums", "1"), ("rate", "<=3条"), ("order", "1 2 3 4")):
        asked = ask(material, EXERCISES[name])
        assert grade(material, asked, "说不好").unread
        assert not grade(material, asked, wrong).unread


@pytest.mark.parametrize("name", EXERCISES)
def test_no_answer_earns_nothing(material: Material, name: str) -> None:
    for nothing in (None, "", [], {}):
        assert score(material, EXERCISES[name], nothing) == 0


DOCUMENTED = re.search(
    r"```jsonl\n(.+?)```", (Path(__file__).parents[3] / "docs/learn.md").read_text(encoding="utf-8"), re.DOTALL
)


def test_the_examples_of_the_documentation_earn_what_it_says(material: Material) -> None:
    assert DOCUMENTED is not None
    lines = DOCUMENTED[1].splitlines()
    results = list(grade_lines(material, lines))
    assert [(one["kind"], one.get("error")) for one in results] == [
        (json.loads(line)["exercise"]["kind"], None) for line in lines
    ]
    for line, result in zip(lines, results, strict=True):
        assert result["score"] == pytest.approx(json.loads(line)["score"], abs=0.05), line
    assert {one["kind"] for one in results} == {kind.id for kind in KINDS}


def test_a_line_that_cannot_be_graded_says_so_and_stops_nothing(material: Material) -> None:
    huge = json.dumps({"exercise": "sums:h:1", "answer": "1" * 300_000})
    lines = [
        *("{no json", "[]", "null", "", '{"answer": 1}', '{"exercise": "nope:1:1"}', '{"exercise": null}', "[" * 5000),
        *(f'{{"exercise": "classify:7:{"9" * 5000}"}}', huge, '{"exercise": "classify:7:3"}'),
    ]
    results = list(grade_lines(material, lines))
    assert len(results) == len(lines) - 1
    assert ["error" in one for one in results] == [True] * 8 + [False, False]
    assert {one["score"] for one in results} == {0.0}
    assert "太长" in results[-2]["explanation"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("R52", "文字放错了栏"),
        ("R52", "段落错位了"),
        ("R27", "合计和申请金额对不上"),
        ("R26", "算式算错了"),
        ("R57", "名称是动词打头的"),
        ("R53", "两段文字一样"),
        ("R69", "符号方向写反了"),
        ("R32", "科目重复"),
        ("R23", "没有上年数"),
        ("R18", "时效的日期不在项目起止时间里"),
    ],
)
def test_one_defect_in_own_words(material: Material, rule: str, said: str) -> None:
    exercise = ask(material, f"defects:own:1:rule:{rule}")
    assert grade(material, exercise, said).topics[f"rule:{rule}"] == 1
