"""The lint on a sound entry and on faults put into it one at a time: each is named, on its line, with what to write instead."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest

from domain.library.checks.lint import lint_file, lint_text
from domain.library.faults import ERROR, WARNING, Fault
from domain.library.format import format_library

SOUND: dict[str, Any] = {
    "id": "sani-truck-online-rate",
    "level1": "产出目标",
    "level2": "质量",
    "name": "清运车辆定位在线率",
    "template": False,
    "keywords": ["清运车", "北斗定位", "环卫车辆"],
    "synonyms": ["车辆上线率"],
    "sectors": ["环卫"],
    "purposes": ["运维"],
    "kind": "quantitative",
    "operator": ">=",
    "target": "95",
    "unit": "%",
    "direction": "more",
    "definition": "作业时段内定位终端在线的清运车辆占应在线车辆的比重，停修车辆不计。",
    "formula": "抽查时点在线车辆数÷应在线车辆数×100%，全年抽查取平均。",
    "basis": ["历史标准"],
    "basis_note": "参考上年监管平台统计的在线率，新装终端第一年取九成。",
    "evidence": ["监管平台在线统计表"],
    "mistake": "把装了终端的车辆都算作在线，掉线的没有扣除。",
    "national": "产出指标/质量指标",
    "source": "practice",
}


def entry(**changes: Any) -> dict[str, Any]:
    return SOUND | changes


def lint(*tables: dict[str, Any]) -> tuple[Fault, ...]:
    return lint_text(text_of(*tables), "自编.toml")


def text_of(*tables: dict[str, Any]) -> str:
    return "schema_version = 1\n" + "".join("\n" + format_library([table]).split("\n\n", 1)[-1] for table in tables)


def codes(faults: tuple[Fault, ...]) -> set[str]:
    return {fault.code for fault in faults}


def other(**changes: Any) -> dict[str, Any]:
    """A second sound entry, of another name and text in the same slot."""
    return entry(
        id="sani-bin-intact-rate",
        name="分类垃圾桶完好率",
        synonyms=["垃圾桶无破损率"],
        definition="检查时外观完整、盖体可用的分类垃圾桶占在用总数的比重。",
        formula="完好桶数÷抽查桶数×100%，每季度抽查一成以上点位。",
        basis_note="新购置第一年取98%，投用三年以上按上年抽查结果。",
        mistake="只数有没有桶，没有看桶盖和标识是否还在。",
        **changes,
    )


def test_sound_entries_have_no_faults():
    assert lint(SOUND, other()) == ()


FAULTS: list[tuple[str, dict[str, Any], str]] = [
    ("suffix-unit", {"unit": "辆"}, "率、占比、满意度配 %"),
    ("suffix-unit", {"name": "清运车辆在线辆数"}, "只有率、占比、满意度配 %"),
    ("suffix-unit", {"name": "清运车辆在线时长", "unit": "辆"}, "时间"),
    ("suffix-target", {"name": "清运车辆定位规范性"}, "规范"),
    (
        "suffix-target",
        {
            "name": "清运台账规范性",
            "kind": "qualitative",
            "operator": "",
            "unit": "",
            "target": "健全",
            "direction": "judged",
        },
        "目标值应是 规范",
    ),
    ("judged-operator", {"name": "清运台账规范性", "kind": "qualitative", "target": "规范"}, "都写成空的引号"),
    ("direction-operator", {"operator": "<="}, "越大越好"),
    ("direction-operator", {"direction": "less"}, "越小越好"),
    ("direction-name", {"name": "清运车辆故障率"}, "越少越好"),
    ("direction-name", {"name": "清运作业合格率", "operator": "<=", "direction": "less"}, "越多越好"),
    ("suffix-unit", {"name": "清运车辆数量", "unit": "万元"}, "不配钱"),
    ("verb-name", {"name": "完成清运车次"}, "动词“完成”"),
    ("verb-name", {"name": "提高居民知晓率"}, "动词“提高”"),
    ("zero-target", {"name": "清运车辆事故率", "direction": "less", "target": "0", "operator": "<"}, "<=0"),
    ("perfect-target", {"name": "清运记录准确率", "target": "100"}, ">=98"),
    ("percent-range", {"target": "120"}, "0 到 100"),
    ("target-number", {"target": "95以上"}, "不是数"),
    ("no-operator", {"operator": ""}, "运算符"),
    ("no-unit", {"unit": ""}, "计量单位"),
    ("level-name", {"name": "质量指标"}, "二级指标的名称"),
    ("level-name", {"name": "产出质量"}, "二级指标的名称"),
    ("verb-name", {"name": "加强车辆清运管理率"}, "动词“加强”"),
    ("verb-name", {"name": "及时清运生活垃圾"}, "动词“及时”"),
    ("verb-name", {"name": "完善清运体系"}, "动词“完善”"),
    ("two-measures", {"name": "清运率和分类准确率"}, "拆成两条"),
    ("two-measures", {"name": "清运率、分类准确率"}, "拆成两条"),
    ("name-suffix", {"name": "清运车辆定位终端"}, "看不出量什么"),
    ("name-characters", {"name": "2025年清运在线率"}, "年份"),
    ("wrong-slot", {"name": "清运任务完成率"}, "数量"),
    ("wrong-slot", {"name": "垃圾清运及时率"}, "时效"),
    ("wrong-slot", {"name": "居民清运满意度"}, "满意度"),
    ("national", {"national": "产出指标/数量指标"}, "质量指标"),
    ("missing-keywords", {"keywords": ["项目", "资金", "清运车"]}, "太泛"),
    ("keywords-count", {"keywords": []}, "3 到 10 个"),
    ("synonyms-count", {"synonyms": []}, "1 到 6 个"),
    ("repeated-word", {"keywords": ["清运车", "清运车", "环卫车", "垃圾车"]}, "写了两遍"),
    ("own-synonym", {"synonyms": ["清运车辆定位在线率"]}, "自己的名称"),
    ("unknown-sector", {"sectors": ["环境卫生"]}, "环境卫生"),
    ("unknown-purpose", {"purposes": ["采买"]}, "采买"),
    ("slot", {"level1": "效果目标"}, "产出目标"),
    ("slot", {"level2": "品质"}, "没有“产出目标›品质”"),
    ("gap", {"name": "{车辆}在线率", "template": True}, "没有空位“车辆”"),
    ("gap", {"name": "{对象}{区域}在线率", "template": True}, "最多留一个"),
    ("template", {"name": "{对象}在线率"}, "true"),
    ("id-form", {"id": "SaniTruck"}, "小写英文词"),
    ("id-form", {"id": "清运-在线率"}, "小写英文词"),
    ("dead-reference", {"retired": True, "use_instead": "no-such-entry"}, "没有这条在用的指标"),
    ("not-retired", {"use_instead": "sani-bin-intact-rate"}, "retired = true"),
    ("type", {"template": "false"}, "true 或 false"),
    ("type", {"keywords": "清运"}, "方括号"),
    ("empty", {"definition": ""}, "不能空着"),
    ("unknown-kind", {"kind": "number"}, "quantitative"),
]


@pytest.mark.parametrize(("code", "changes", "advice"), FAULTS, ids=[f"{c}-{i}" for i, (c, _, _) in enumerate(FAULTS)])
def test_an_injected_fault_is_named_with_line_entry_and_remedy(code: str, changes: dict[str, Any], advice: str):
    table = entry(**changes)
    faults = lint(other(), table)
    found = [fault for fault in faults if fault.code == code]
    assert found, f"{code} not among {[fault.text for fault in faults]}"
    assert any(advice in fault.message for fault in found)
    assert found[0].severity == ERROR
    lines = text_of(other(), table).split("\n")
    starts = [number for number, line in enumerate(lines, 1) if line == "[[entry]]"]
    assert found[0].line >= starts[1]
    assert found[0].entry == table["id"]
    assert found[0].text.startswith(f"自编.toml:{found[0].line}: 错误 ")


CROSS: list[tuple[str, dict[str, Any], str]] = [
    ("duplicate-id", other() | {"id": SOUND["id"]}, "前面已经用过"),
    ("duplicate-name", other() | {"name": SOUND["name"]}, SOUND["id"]),
    ("near-name", other() | {"name": "清运车辆定位在线比率"}, "几乎一样"),
    ("near-name", other() | {"name": "环卫清运车辆定位在线率"}, "几乎一样"),
    ("synonym-name", other() | {"synonyms": [SOUND["name"]]}, SOUND["id"]),
    ("copied-definition", other() | {"definition": SOUND["definition"]}, "一字不差"),
]


@pytest.mark.parametrize(
    ("code", "second", "advice"), CROSS, ids=[code + str(n) for n, (code, _, _) in enumerate(CROSS)]
)
def test_faults_between_entries_name_the_later_one(code: str, second: dict[str, Any], advice: str):
    found = [fault for fault in lint(SOUND, second) if fault.code == code]
    assert len(found) == 1
    assert advice in found[0].message
    assert found[0].severity == ERROR
    assert found[0].line > len(SOUND)


def test_a_sentence_shared_by_three_entries_is_boilerplate():
    shared = "按照有关规定认真统计并如实填报即可。"
    names = ["桶体清洗率", "站点开放率", "压缩箱密闭率"]
    tables = [
        other()
        | {"id": f"sani-test-{n}", "name": name, "synonyms": [f"叫法{n}"], "formula": shared}
        | {key: f"{key}：{name}这一条自己的说法。" for key in ("definition", "basis_note", "mistake")}
        for n, name in enumerate(names)
    ]
    assert sum(fault.code == "boilerplate" for fault in lint(*tables)) == 3
    assert "boilerplate" not in codes(lint(*tables[:2]))


@pytest.mark.parametrize("key", [key for key in SOUND if key not in ("id",)])
def test_every_missing_key_is_named(key: str):
    table = {name: value for name, value in SOUND.items() if name != key}
    assert [(fault.code, fault.entry) for fault in lint(table) if key in fault.message][:1] == [
        ("missing-key", SOUND["id"])
    ]


def test_low_satisfaction_is_asked_about_and_a_word_in_its_place_is_told():
    asked = entry(
        level1="效果目标", level2="满意度", name="居民清运服务满意度", national="满意度指标/服务对象满意度指标"
    )
    (found,) = [fault for fault in lint(asked | {"target": "70"}) if fault.code == "low-satisfaction"]
    assert (found.severity, found.entry) == (WARNING, SOUND["id"])
    assert "low-satisfaction" not in codes(lint(asked | {"target": "80"}))
    assert "target-number" in codes(lint(asked | {"target": "满意"}))


def test_an_unknown_key_gets_a_hint():
    (fault,) = lint(entry(keyword=["清运"]))
    assert fault.code == "unknown-key"
    assert "keywords" in fault.message


@pytest.mark.parametrize(
    "broken",
    [
        'target = "95',
        'target = 95"',
        "target =",
        'target "95"',
        'keywords = ["清运车"',
        "target = “95”",
        'target = "9\\5"',
    ],
)
def test_broken_toml_is_placed_and_does_not_hide_other_faults(broken: str):
    text = text_of(entry(), other() | {"unit": "个"})
    key = broken.split()[0]
    old = next(line for line in text.split("\n") if line.startswith(f"{key} = "))
    faults = lint_text(text.replace(old, broken, 1), "自编.toml")
    assert faults[0].code == "toml"
    assert faults[0].entry == SOUND["id"]
    assert abs(faults[0].line - text.split("\n").index(old) - 1) <= 2
    assert "suffix-unit" in codes(faults)


@pytest.mark.parametrize(("value", "reason"), [("9" * 5000, "数字太长"), ("[" * 5000, "嵌套太深")])
def test_a_value_without_end_is_a_fault_of_its_entry(value: str, reason: str):
    text = text_of(entry(), other() | {"unit": "个"})
    faults = lint_text(re.sub("^target = .*", f"target = {value}", text, count=1, flags=re.MULTILINE), "自编.toml")
    assert (faults[0].code, faults[0].entry) == ("toml", SOUND["id"])
    assert reason in faults[0].message
    assert "suffix-unit" in codes(faults)


def test_faults_of_the_whole_file():
    assert codes(lint_text("schema_version = 99\n", "x")) == {"version"}
    assert codes(lint_text("", "x")) == {"empty"}
    assert codes(lint_text('title = "我的库"\n' + text_of(SOUND), "x")) == {"unknown-key"}
    assert codes(lint_text('[entry]\nid = "a-b"\n', "x")) == {"toml"}


def test_files_that_cannot_be_read(tmp_path: Path):
    assert codes(lint_file(tmp_path / "nothing.toml")) == {"unreadable"}
    assert codes(lint_file(tmp_path)) == {"unreadable"}
    latin = tmp_path / "gbk.toml"
    latin.write_bytes("# 指标库".encode("gbk"))
    assert codes(lint_file(latin)) == {"encoding"}


def test_control_characters_do_not_reach_the_report():
    faults = lint_text(text_of(entry(name="清运\x1b[31m车辆").copy()).replace("\\u001b", "\\u001b"), "x")
    assert faults
    assert all("\x1b" not in fault.text for fault in faults)


def test_lines_survive_windows_line_ends_comments_and_multi_line_strings():
    text = text_of(entry(unit="辆"))
    unit = next(n for n, line in enumerate(text.split("\n"), 1) if line.startswith("unit"))
    assert lint_text(text.replace("\n", "\r\n"), "x")[0].line == unit
    assert lint_text("# 我的库\n\n" + text, "x")[0].line == unit + 2
    tricky = text.replace(f'mistake = "{SOUND["mistake"]}"', 'mistake = """\n[[entry]]\n这一行不是新的一条。"""')
    assert lint_text(tricky, "x")[0].line == unit


def test_a_change_to_an_entry_below_needs_only_what_it_changes():
    from domain.library.load import entry_of

    base = [entry_of(SOUND)]
    assert lint_text('[[entry]]\nid = "sani-truck-online-rate"\ntarget = "98"\n', "x", base) == ()
    faults = lint_text('[[entry]]\nid = "sani-truck-online-rate"\nunit = "辆"\n', "x", base)
    assert codes(faults) == {"suffix-unit"}
    retired = '[[entry]]\nid = "sani-truck-online-rate"\nretired = true\nuse_instead = "gone-entry"\n'
    assert codes(lint_text(retired, "x", base)) == {"dead-reference"}
    twin = text_of(other() | {"name": SOUND["name"]})
    assert codes(lint_text(twin, "x", base)) == {"duplicate-name"}


def test_twenty_thousand_entries_are_compared_in_bearable_time():
    import time

    from domain.library.checks.twins import cross_hits
    from domain.library.load import entry_of

    letters = "河湖沟渠堤坝闸泵井塘库站路桥涵隧灯杆牌线管网点位区块片段村镇街巷院楼房室厅馆场园林草树花苗种肥药机具车船"
    names = ("".join(word) + "完好率" for word in itertools.permutations(letters, 3))
    entries = [
        entry_of(SOUND | {"id": f"test-entry-{n}", "name": name, "definition": name * 3})
        for n, name in zip(range(20_000), names, strict=False)
    ]
    start = time.perf_counter()
    list(itertools.islice(cross_hits(entries), 1000))
    assert time.perf_counter() - start < 60


def test_faults_of_shape_do_not_hide_the_others() -> None:
    """One wrong word must not keep whoever wrote the file from hearing of the rest."""
    table = {**SOUND, "sectors": ["没有的领域"], "name": "完成车辆定位在线率", "unit": "个", "operator": "<="}
    found = {fault.code for fault in lint_text(format_library([table]), "office.toml")}
    assert "unknown-sector" in found
    assert len(found) >= 4, found
