"""What an office decides for itself (本地设置): rules switched off or weighed differently, thresholds, subjects, words.

Plain data with the defaults of the published material; a TOML file may change any of it. What the file says that we do not
know is reported, never dropped in silence.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

FIVE_EXPENSES = frozenset({"30212", "30215", "30216", "30217", "30231", "30913", "31013"})
"""Economic subjects of the five expenses (五项经费) as commonly read; the local meaning decides (参考)."""
SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Numbers that rules compare with; amounts in 万元, shares in percent; metadata["label"] says in Chinese what each is."""

    large_amount: Decimal = field(default=Decimal(10000), metadata={"label": "R19：从多少万元起问是不是写成了元"})
    tolerance: Decimal = field(default=Decimal("0.01"), metadata={"label": "R27：四舍五入容许的差额，万元"})
    change: Decimal = field(default=Decimal(20), metadata={"label": "R25：比上年增减超过百分之多少要写原因"})
    executed: Decimal = field(default=Decimal(90), metadata={"label": "R24：上年执行率低于百分之多少要写原因"})
    procurement: Decimal = field(
        default=Decimal(100), metadata={"label": "R38：货物、服务的采购限额标准，万元（2020年中央标准，各地不同）"}
    )
    results: Decimal = field(default=Decimal(4), metadata={"label": "R11：产出和效果至少几条"})
    numeric: Decimal = field(default=Decimal(60), metadata={"label": "R65：产出和效果的目标至少百分之多少是数"})
    effect: Decimal = field(default=Decimal(85), metadata={"label": "R71：满意度、办结率等低于百分之多少要问"})
    perfect: Decimal = field(default=Decimal(80), metadata={"label": "R72：百分比目标里100%的最多占百分之多少"})
    alike: Decimal = field(default=Decimal(80), metadata={"label": "R53、R54：相似到百分之多少算雷同"})
    document_age: Decimal = field(default=Decimal(5), metadata={"label": "R48：最新的依据超过几年算旧"})
    name_chars: Decimal = field(default=Decimal(20), metadata={"label": "R13：指标名称超过几个字就提示"})
    weights: Decimal = field(
        default=Decimal(100), metadata={"label": "R75：指标权重合计应是多少分；100分里预算执行率的10分可以另计"}
    )
    prose: Decimal = field(default=Decimal(60), metadata={"label": "R52：没有文件的依据超过多少字算背景介绍"})


@dataclass(frozen=True)
class Settings:
    """An office's settings; the defaults are what the program knows by itself."""

    disabled: frozenset[str] = frozenset()
    severities: Mapping[str, str] = field(default_factory=dict)
    thresholds: Thresholds = Thresholds()
    five_expenses: frozenset[str] = FIVE_EXPENSES
    public_words: tuple[str, ...] = ()
    """R6: further words that mean the public is served."""
    judged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """R59, R64: further suffixes of names with the words that fit them."""
    slips: Mapping[str, str] = field(default_factory=dict)
    """R77: further slips with what is meant."""


DEFAULT = Settings()


def read_settings(text: str, rules: Iterable[str]) -> tuple[Settings, tuple[str, ...]]:
    """Settings from TOML text, and in Chinese what could not be used; `rules` are the ids that exist.

    Raises tomllib.TOMLDecodeError where the text is no TOML.
    """
    return settings_of(tomllib.loads(text, parse_float=Decimal), rules)


def settings_of(document: Mapping[str, Any], rules: Iterable[str]) -> tuple[Settings, tuple[str, ...]]:
    """Settings from a table such as the program's configuration may hold."""
    problems: list[str] = []
    disabled, severities = _rules(document.get("rules", {}), frozenset(rules), problems)
    settings = Settings(
        disabled,
        severities,
        _thresholds(document.get("thresholds", {}), problems),
        _codes(document, problems),
        tuple(_texts(document.get("public_words", []), "public_words", problems)),
        {key: tuple(_texts(words, f"judged.{key}", problems)) for key, words in _table(document, "judged", problems)},
        {key: str(meant) for key, meant in _table(document, "slips", problems)},
    )
    known = {"rules", "thresholds", "five_expenses", "public_words", "judged", "slips"}
    problems.extend(f"“{key}”不是审核设置，没有用上" for key in document if key not in known)
    return settings, tuple(problems)


def _table(document: Mapping[str, Any], name: str, problems: list[str]) -> list[tuple[str, Any]]:
    found = document.get(name, {})
    if isinstance(found, Mapping):
        return list(found.items())
    problems.append(f"“{name}”应当是一张表，没有用上")
    return []


def _rules(table: Any, known: frozenset[str], problems: list[str]) -> tuple[frozenset[str], dict[str, str]]:
    disabled: set[str] = set()
    severities: dict[str, str] = {}
    if not isinstance(table, Mapping):
        problems.append("“rules”应当是一张表，没有用上")
        return frozenset(), severities
    for name, wanted in table.items():
        if name not in known:
            problems.append(f"没有编号为“{name}”的规则；编号见 docs/rules.md，如 R32")
            continue
        if not isinstance(wanted, Mapping):
            problems.append(f"规则“{name}”的设置应当是一张表，没有用上")
            continue
        for key, value in wanted.items():
            if key == "enabled" and isinstance(value, bool):
                disabled |= set() if value else {name}
            elif key == "severity" and value in SEVERITIES:
                severities[name] = value
            else:
                problems.append(
                    f"rules.{name}.{key} = {value!r} 没有用上：只有 enabled（true/false）和 severity（{'、'.join(SEVERITIES)}）"
                )
    return frozenset(disabled), severities


def _thresholds(table: Any, problems: list[str]) -> Thresholds:
    names = {one.name for one in dataclasses.fields(Thresholds)}
    changed: dict[str, Decimal] = {}
    if not isinstance(table, Mapping):
        problems.append("“thresholds”应当是一张表，没有用上")
        return Thresholds()
    for name, value in table.items():
        if name not in names:
            problems.append(f"没有叫“{name}”的标准；可用的有：{'、'.join(sorted(names))}")
        elif isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0:
            problems.append(f"thresholds.{name} = {value!r} 没有用上：应当是不小于零的数")
        else:
            changed[name] = Decimal(value)
    return Thresholds(**changed)


def _codes(document: Mapping[str, Any], problems: list[str]) -> frozenset[str]:
    if "five_expenses" not in document:
        return FIVE_EXPENSES
    found = _texts(document["five_expenses"], "five_expenses", problems)
    odd = [code for code in found if not (code.isdigit() and len(code) == 5)]
    problems.extend(f"five_expenses 里的“{code}”不是5位科目编码，没有用上" for code in odd)
    return frozenset(found) - frozenset(odd)


def _texts(value: Any, name: str, problems: list[str]) -> list[str]:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return list(value)
    problems.append(f"“{name}”应当是文字的列表，没有用上")
    return []
