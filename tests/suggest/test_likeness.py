"""When two names say the same: in other words, in general and in particular, of any allowance and of the project's own."""

from __future__ import annotations

import pytest

from suggest.likeness import same_idea, things


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("项目完成及时率", "项目按期完成率"),
        ("工作完成及时率", "任务按期完成率"),
        ("工程按期完工率", "项目完成及时率"),
        ("培训计划按期完成率", "培训完成及时率"),
        ("设备购置数量", "除颤仪购置数量"),
        ("采购验收合格率", "除颤仪验收合格率"),
        ("补助对象人数", "高龄津贴发放人数"),
        ("补助资金发放及时率", "高龄津贴发放及时率"),
        ("人均补助标准", "高龄津贴标准"),
        ("社会公平正义维护情况", "社会公平正义保障情况"),
        ("参训学员满意度", "参培人员满意度"),
    ],
)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert same_idea(one, other)
    assert same_idea(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("项目完成及时率", "项目完成时间"),
        ("工程按期开工率", "工程按期完工率"),
        ("资金拨付及时率", "高龄津贴发放及时率"),
        ("人均补助标准", "培训费标准"),
        ("设备使用人员满意度", "患者满意度"),
        ("除颤仪购置数量", "救护车购置数量"),
        ("补助对象人数", "培训人数"),
    ],
)
def test_what_is_not_the_same(one: str, other: str) -> None:
    assert not same_idea(one, other)
    assert not same_idea(other, one)


def test_the_things_that_a_name_counts() -> None:
    assert things("查询平台购置数量") == "查询平台"
    assert things("公厕新建数量") == "公厕"
    assert things("平台数量") == "平台"
