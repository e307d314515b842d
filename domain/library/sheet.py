"""An entry as a reference sheet in lines of text, and the skeleton of a new one to fill in."""

from __future__ import annotations

from domain.framework import framework
from domain.library.entry import (
    BASES,
    DIRECTIONS,
    FIELDS,
    GAPS,
    KINDS,
    OPERATORS,
    OPTIONAL,
    PURPOSES,
    SCHEMA_VERSION,
    SECTORS,
    SOURCES,
    Entry,
    filled,
    shown,
)

LABELS = {
    "id": "编号",
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "名称",
    "template": "模板",
    "keywords": "关键词",
    "synonyms": "同义名",
    "sectors": "领域",
    "purposes": "资金用途",
    "kind": "类型",
    "operator": "运算符",
    "target": "目标值",
    "unit": "计量单位",
    "direction": "方向",
    "definition": "释义",
    "formula": "计算方法",
    "basis": "定值标准",
    "basis_note": "怎样定值",
    "evidence": "佐证材料",
    "mistake": "常见错误",
    "national": "全国口径",
    "source": "来源",
    "retired": "停用",
    "use_instead": "改用",
}
"""What each field is called on a sheet."""

WORDS = {
    "quantitative": "定量",
    "qualitative": "定性",
    "more": "越大越好",
    "less": "越小越好",
    "exact": "按计划数",
    "judged": "定性判断",
    "published": "公开表格或指南中见过",
    "practice": "通行做法",
    "own": "本库编写",
}
"""The coded words of an entry in Chinese."""

NO_TARGET = "按本项目填"
"""What a sheet says where only the project knows the target."""


def sheet_lines(entry: Entry, origin: str = "") -> list[str]:
    """The sheet of an entry, one field a line; `origin` names the file that added or changed it."""
    name = f"{shown(entry.name)}（例：{filled(entry.name)}）" if entry.template else entry.name
    target = entry.target_text or f"{entry.operator}□{entry.unit}（□{NO_TARGET}）"
    rows = [
        (LABELS["name"], name),
        ("位置", f"{entry.level1}›{entry.level2}"),
        (LABELS["target"], f"{target}　{WORDS[entry.kind]}，{WORDS[entry.direction]}"),
        (LABELS["definition"], entry.definition),
        (LABELS["formula"], entry.formula),
        (LABELS["basis"], "、".join(entry.basis)),
        (LABELS["basis_note"], entry.basis_note),
        (LABELS["evidence"], "、".join(entry.evidence)),
        (LABELS["mistake"], entry.mistake),
        (LABELS["synonyms"], "、".join(entry.synonyms)),
        (LABELS["keywords"], "、".join(entry.keywords)),
        (LABELS["sectors"], "、".join(entry.sectors)),
        (LABELS["purposes"], "、".join(entry.purposes)),
        (LABELS["national"], entry.national or "无对应的格子"),
        (LABELS["source"], WORDS[entry.source] + (f"；{origin}" if origin else "")),
        (LABELS["id"], entry.id),
    ]
    if entry.retired:
        rows.insert(0, (LABELS["retired"], f"请改用 {entry.use_instead}" if entry.use_instead else "不再使用"))
    return [f"{label}：{text}" for label, text in rows]


_EXAMPLE: dict[str, tuple[object, str]] = {
    "id": ("sector-what-rate", "小写英文词加连字符，领域词打头；定下后不再改"),
    "level1": ("产出目标", "照抄表上的一级指标"),
    "level2": ("数量", ""),
    "name": (
        "{对象}租用数量",
        f"4 到 20 个字的名词短语，只量一件事；空位最多一个，可用 {' '.join('{' + gap + '}' for gap in GAPS)}",
    ),
    "template": (True, "名称里有空位写 true，没有写 false"),
    "keywords": (["", "", ""], "3 到 10 个：什么样的项目文字该想到它，不写“项目、资金、管理”这类泛词"),
    "synonyms": ([""], "1 到 6 个：平时怎么叫它"),
    "sectors": (["通用"], f"主要的写在最前：{'、'.join(SECTORS)}"),
    "purposes": (["购置"], "、".join(PURPOSES)),
    "kind": ("quantitative", " | ".join(f"{kind}（{WORDS[kind]}）" for kind in KINDS)),
    "operator": ("=", f"{' '.join(OPERATORS)}；定性的留空"),
    "target": ("", "常用的数或词，不带运算符和单位；只有项目自己知道的留空；日期写 6，单位写 月底"),
    "unit": ("条", "率、占比、满意度用 %；定性的留空"),
    "direction": ("exact", " | ".join(f"{word}（{WORDS[word]}）" for word in DIRECTIONS)),
    "definition": ("", "一两句：数什么，不数什么"),
    "formula": ("", "公式或数法；定性的写评判标准"),
    "basis": (["计划标准"], "、".join(BASES)),
    "basis_note": ("", "今年的数到哪里去找"),
    "evidence": ([""], "1 到 4 份：明年拿什么证明"),
    "mistake": ("", "最常见的填法错误"),
    "national": ("产出指标/数量指标", "全国口径的格子，见 docs/library.md；投入与目标管理的留空"),
    "source": ("own", " | ".join(f"{source}（{WORDS[source]}）" for source in SOURCES)),
    "retired": (False, "停用时写 true"),
    "use_instead": ("", "停用后改用哪一条的 id"),
}


def skeleton(level2: str = "", sector: str = "", national: str = "") -> str:
    """A library file with one commented entry to fill in; raises KeyError for an unknown level-2 name or sector."""
    values: dict[str, object] = {key: value for key, (value, _) in _EXAMPLE.items()}
    if level2:
        slot = framework().by_level2(level2)
        if slot is None:
            raise KeyError(level2)
        values |= {"level1": slot.level1, "level2": slot.level2, "national": national, "name": "", "template": False}
    if sector:
        if sector not in SECTORS:
            raise KeyError(sector)
        values["sectors"] = [sector]
    lines = [
        "# 自己的指标库：把文件放进指标库文件夹（tianbiao paths 可查），写好后运行 tianbiao library check 文件名。",
        "# 编号与内置指标相同即为修改，可只写 id 和要改的键；停用写 id、retired = true、use_instead。",
        f"schema_version = {SCHEMA_VERSION}",
        "",
        "[[entry]]",
    ]
    for key in FIELDS:
        note, start = _EXAMPLE[key][1], "# " if key in OPTIONAL else ""
        lines += [f"# {LABELS[key]}：{note}" if note else f"# {LABELS[key]}", f"{start}{key} = {_toml(values[key])}"]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(f'"{item}"' for item in value) + "]"
    return f'"{value}"'
