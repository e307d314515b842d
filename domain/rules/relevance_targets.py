"""相关性 (relevance) of targets: do they fit their names, can they be checked, are they more than a promise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from domain.case import Case, Row
from domain.marks import row_keys
from domain.model import Declaration, narrative_label
from domain.quantity import Target
from domain.review import Hit, Point, Rule, Severity, Trust, at_field, at_row, at_slot
from domain.rules import making, spoiling
from domain.rules.phrases import (
    PROMPT,
    SENTENCE,
    VAGUE,
    is_quantified,
    judged_words,
    strip_remark,
)
from domain.vocabulary import JUDGED, words_for

# --- R59: suffix and target ------------------------------------------------------------------------------------------

_NO_PERCENT_RATE = re.compile(r"(?:频率|速率|功率|汇率|效率|分辨率|死亡率|受害率|发病率|发生率|容积率|采样率|刷新率)$")
_COUNT = re.compile(r"(?:数量|次数|人次|人数|户数|个数|件数|台数|份数|场次|批次|面积|长度|里程|(?<!参|指|系|函)数)$")
_DEGREE = re.compile(r"(?:满意度|知晓度|认可度)$")
_PRICE = re.compile(r"(?:成本|单价|造价|均价|费用标准|补助标准|补贴标准)$")
_DURATION = re.compile(r"(?:时间|时限|时长|周期|工期)$")
_MONEY = re.compile(r"(?:费用|经费|金额|总额|款)$")
_THING = re.compile(r"[部条台套个辆座根架名人户门件]|人次")


def _mismatch(case: Case, row: Row) -> str:
    """What is wrong between a name's suffix and its target, "" where they fit."""
    name, target = strip_remark(row.name), row.target
    if not target.text or not name:
        return ""
    return (
        _unlike_a_rate(name, target)
        or _unlike_a_word(name, target, dict(case.settings.judged))
        or _unlike_a_count(name, target, row.role)
        or _unlike_time_or_money(name, target)
    )


def _unlike_a_rate(name: str, target: Target) -> str:
    if not _DEGREE.search(name) and (not name.endswith("率") or _NO_PERCENT_RATE.search(name)):
        return ""
    if target.is_number and not target.is_rate and not re.match(r"百分|分|/|起|例|个百分", target.unit):
        return "率和满意度要写百分数"
    if not target.is_number and not re.search(r"\d", target.text):
        return "率和满意度要写百分数，这里是文字"
    return ""


def _unlike_a_word(name: str, target: Target, judged: dict[str, tuple[str, ...]]) -> str:
    ending = next((ending for ending in ("性", "情况") if name.endswith(ending)), "")
    if ending and target.is_rate and judged_words(name, judged):
        return f"“{ending}”要配判断的词，率才配百分数"
    return ""


def _unlike_a_count(name: str, target: Target, role: str) -> str:
    if _COUNT.search(name) and target.is_rate:
        return "数量要写数和量词，这里是百分数"
    if role == "output.quantity" and not re.search(r"[\d一二两三四五六七八九十百千]", target.text):
        return "数量要写数和量词，这里是文字"
    return ""


def _unlike_time_or_money(name: str, target: Target) -> str:
    if _DURATION.search(name) and target.is_rate:
        return "时间要写日期或时长，这里是百分数"
    if _PRICE.search(name) and (target.is_rate or (not target.is_number and not re.search(r"\d", target.text))):
        return "成本和单价要写多少元"
    if _MONEY.search(name) and target.is_number and _THING.fullmatch(target.unit):
        return "钱要写多少元，这里数的是东西或人"
    return ""


def _fits(case: Case) -> Iterator[Hit]:
    for row in case.rows:
        fault = _mismatch(case, row)
        if fault:
            yield at_row(row, f"{row.shown}：{fault}。", "target", data=fault)


def _fitting(case: Case, hit: Hit) -> Declaration | None:
    """及时性=100% is 及时率=100%; 完工率 100 is 完工率=100%."""
    index = int(hit.where[1])
    row = next(row for row in case.rows if row.index == index)
    if row.name.endswith(("及时性", "准确性", "规范性")) and row.target.is_rate:
        return making.row(case.declaration, index, name=f"{row.name[:-1]}率")
    if (
        row.target.is_number
        and not row.target.unit
        and row.name.endswith("率")
        and 0 <= (row.target.number or 0) <= 100
    ):
        sign = row.target.operator or "="
        return making.row(case.declaration, index, target=f"{sign}{row.target.text.lstrip('<>=')}%")
    return None


def _unfit(case: Case, rng: Random) -> Declaration | None:
    slot = case.slot("output.timeliness")
    return slot and making.added(
        case.declaration, slot, *rng.choice((("费用缴纳及时性", "=100%"), ("工作任务按期完成率", "=100")))
    )


# --- R64, R66, R67: words --------------------------------------------------------------------------------------------


def _judged(case: Case) -> Iterator[Hit]:
    for row in case.rows:
        text = row.target.text.lstrip("=").strip("*_ ")
        if not text or row.target.is_number or re.search(r"\d", text):
            continue
        words = judged_words(row.name, dict(case.settings.judged))
        if words and text not in words and (len(words) == 1 or len(text) > 6):
            yield at_row(row, f"{row.shown}：“{row.name}”一般配“{'、'.join(words)}”。", "target", data=words)
        elif not words and len(text) > 8:
            message = f"{row.shown}的目标值是一句话，到时候不好判断做没做到。"
            yield at_row(row, message, "target", severity=Severity.INFO)


def _usual_word(case: Case, hit: Hit) -> Declaration | None:
    """One word only can be meant where the suffix takes one only."""
    words = words_for(hit.name)
    if not hit.data or len(hit.data) != 1 or words != hit.data:
        return None
    return making.row(case.declaration, int(hit.where[1]), target=words[0])


def _wrong_word(case: Case, rng: Random) -> Declaration | None:
    slot = case.slot("impact.mechanism", "input.project")
    added = making.added(case.declaration, slot, "长效管理机制健全性", "合规") if slot else None
    return making.spoiled(spoiling.wrong_word, _judged, "")(case, rng) or added


def _numeric(case: Case) -> Iterator[Hit]:
    rows = [row for row in case.by_role("output.", "effect.", "cost.") if row.target.text]
    figures = [row for row in rows if is_quantified(row.target)]
    if rows and len(figures) * 100 < len(rows) * case.settings.thresholds.numeric:
        worded = [row.shown for row in rows if not is_quantified(row.target)]
        rest = "、".join(worded[:3]) + ("等" if len(worded) > 3 else "")
        message = f"产出和效果的{len(rows)}条指标里只有{len(figures)}条是数，其余是{rest}。"
        yield at_slot(None, message, also=tuple(row.where("target") for row in rows if not is_quantified(row.target)))


def _words_only(case: Case, rng: Random) -> Declaration | None:
    rows = case.by_role("output.", "effect.", "cost.")
    changed = case.declaration
    for row in rows[: len(rows) * 2 // 3]:
        changed = making.row(changed, row.index, target="提升")
    return changed if rows else None


_GRADED = re.compile(r"^(?:很|较|比较|非常|十分|基本)")


def _more_than_prompt(case: Case) -> Iterator[Hit]:
    for row in case.by_role("output.timeliness"):
        if _GRADED.sub("", row.target.text.lstrip("=").strip()) in PROMPT:
            yield at_row(row, f"{row.shown}：只写“{row.target.text}”，没有说多快算及时。", "target")


_JUDGED_WORDS = {word for words in JUDGED.values() for word in words}


def _vague(case: Case) -> Iterator[Hit]:
    for name in ("overall_goal", "annual_goal"):
        found = list(dict.fromkeys(_vague_in(case.texts[name])))
        if found:
            yield at_field("narrative", name, f"“{narrative_label(name)}”里的“{'”“'.join(found[:3])}”没有尺度。")
    for row in case.by_role("output.", "effect.", "impact.", "cost."):
        text = row.target.text
        word = next((word for word in VAGUE if word in text), "")
        if word and not is_quantified(row.target) and text not in _JUDGED_WORDS:
            yield at_row(row, f"{row.shown}里的“{word}”没有尺度。", "target")


def _vague_in(text: str) -> Iterator[str]:
    for sentence in SENTENCE.split(text):
        if not re.search(r"\d(?![\d、.．年])", sentence):
            yield from (word for word in VAGUE if word in sentence and word not in ("基本", "较大"))


def _vague_goal(case: Case, rng: Random) -> Declaration:
    goal = case.declaration.narrative.annual_goal.rstrip("。")
    extra = rng.choice(("服务水平进一步提升", "治理能力显著增强", "群众获得感不断增强"))
    return making.narrative(case.declaration, annual_goal=f"{goal}。{extra}。")


# --- R74: explanations, on export only -------------------------------------------------------------------------------


def _explained(case: Case) -> Iterator[Hit]:
    if case.export is None or not case.export.explanations:
        return
    keys = row_keys(case.declaration.indicators)
    for row in case.by_role("output.", "effect.", "impact.", "cost."):
        counted = row.target.is_number and not row.target.is_rate
        if not counted and not case.export.explanations.get(keys[row.index], "").strip():
            yield at_row(row, f"指标“{row.name}”没有指标解释（怎么算、数据从哪里来）。")


def _unexplained(case: Case, rng: Random) -> Declaration | None:
    slot = case.slot("effect.social", "effect.economic")
    return slot and making.added(case.declaration, slot, "群众安全感指数达标率", ">=95%")


RULES = (
    Rule(
        "R59",
        Point.SOUND,
        Severity.WARNING,
        "名称的词尾与目标值相配",
        "公开表里率、性、数、成本与目标的配法",
        Trust.DERIVED,
        "名称和目标值不配，明年填完成值时两种填法都说得通。",
        "率写百分数，性写“健全”一类的词，数写数和量词，时间写日期，成本写元。",
        "费用缴纳及时性=100%",
        "费用按期缴纳率=100%",
        _fits,
        _unfit,
        _fitting,
        spoiling.wrong_kind,
    ),
    Rule(
        "R64",
        Point.SOUND,
        Severity.WARNING,
        "定性目标用通行的词，并与名称相配",
        "公开表里的词对：健全性→健全，合规性→合规",
        Trust.DERIVED,
        "词对不上，审核人要逐条问“怎么算做到”。",
        "按名称的词尾选词：健全性写“健全”，合规性写“合规”，……情况写“提升”“建立”。",
        "项目管理制度健全性 合规",
        "项目管理制度健全性 健全",
        _judged,
        _wrong_word,
        _usual_word,
        spoiling.wrong_word,
    ),
    Rule(
        "R65",
        Point.SOUND,
        Severity.WARNING,
        "产出和效果的目标六成以上是数",
        "财预〔2015〕88号：细化量化",
        Trust.REFERENCE,
        "文字目标评起来靠印象，明年扣多少分全凭评审人。",
        "能数的改成数，能算的改成率。",
        "六条产出效果里四条写“提升”",
        "六条产出效果里五条是数",
        _numeric,
        _words_only,
    ),
    Rule(
        "R66",
        Point.SOUND,
        Severity.WARNING,
        "时效目标不只是“及时”",
        "财预〔2021〕101号：时效指标反映完成的时间",
        Trust.REFERENCE,
        "多快算及时没有写，明年怎么填都行，也就怎么扣都行。",
        "写日期、时长、频次或按期率，如“开通完成时间 3月31日前”。",
        "联网及时性：及时",
        "线路开通完成时间 2020年3月31日前",
        _more_than_prompt,
        making.spoiled(spoiling.only_prompt, _more_than_prompt, "output.timeliness"),
        spoil=spoiling.only_prompt,
    ),
    Rule(
        "R67",
        Point.SOUND,
        Severity.WARNING,
        "目标里没有没有尺度的形容词",
        "申报检查工具的语义检查",
        Trust.PUBLISHED,
        "“进一步”从哪里到哪里没有写，明年没法证明做到了。",
        "换成数：从多少到多少，或者不低于多少。",
        "服务水平进一步提升",
        "窗口平均等候时间由15分钟降到10分钟以内",
        _vague,
        _vague_goal,
        spoil=spoiling.vague,
    ),
    Rule(
        "R74",
        Point.SOUND,
        Severity.INFO,
        "导出带指标解释的表时，每条非数量指标有解释",
        "指标库的指标解释、数据来源栏",
        Trust.REFERENCE,
        "没有解释的率，明年换个人就换个算法。",
        "写一句公式和数据来源，如“按期办结数÷应办结数，取自工单系统”；填表时用 /指标解释 写。",
        "群众诉求按期办结率：（无解释）",
        "群众诉求按期办结率：按期办结件数÷应办结件数，取自工单系统",
        _explained,
        _unexplained,
    ),
)
