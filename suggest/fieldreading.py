"""Reading the form's fields out of a description (从说明里读字段): what is certain, each with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from domain.fields import FieldPath, Kind
from domain.model import Declaration, fields
from domain.quantity import plain
from domain.reading import Reader, Reading
from domain.subjects import ECONOMIC, table
from suggest import paragraphs
from suggest.lexicon import lexicon


class FieldGuess(NamedTuple):
    """An answer for a field as it would be typed, and why."""

    where: FieldPath
    text: str
    reason: str


def guesses(text: str, declaration: Declaration, reader: Reader) -> tuple[FieldGuess, ...]:
    """Everything read from a description, in the form's order; the first guess for a field is kept."""
    labelled, rest = _labelled(text)
    found: dict[FieldPath, FieldGuess] = {guess.where: guess for guess in labelled}
    name, rest = _name(rest, declaration, found)
    reading = reader.read(rest)
    whole = f"{name or declaration.project.name}\n{rest}"
    for guess in (
        *_head(whole, name, declaration),
        *_money(rest, reading, found),
        *_switches(whole),
        *_texts(rest, reader),
    ):
        if guess.text:
            found.setdefault(guess.where, guess)
    if name:
        bare = _YEAR_FIRST.sub("", name)  # the year has a field of its own
        found.setdefault(("project", "name"), FieldGuess(("project", "name"), bare, "说明的开头"))
    order = [one.path for one in fields()]
    return tuple(sorted(found.values(), key=lambda guess: order.index(guess.where)))


_YEAR_FIRST = re.compile(r"^20\d{2}年度?(?!度)(?=[一-鿿]{4})")


# -- lines such as 预算单位：区教育局 --


def _labels() -> dict[str, tuple[FieldPath, Kind]]:
    found: dict[str, tuple[FieldPath, Kind]] = {}
    for one in fields():
        for label in (one.spec.label, *one.spec.aliases):
            found.setdefault(label, (one.path, one.spec.kind))
    return found


_LINE = re.compile(r"^\s*(?:[\d一二三四五六七八九十]{1,2}[、.．]\s*)?([一-鿿（）()、]{2,16}?)\s*[*＊]?\s*[:：]\s*(.*)$")


def _labelled(text: str) -> tuple[list[FieldGuess], str]:
    """Fields that the text names by their label, and the text without those lines."""
    labels, found, rest = _labels(), [], []
    open_path: FieldPath | None = None
    for line in text.splitlines():
        match = _LINE.match(line)
        if match and match[1] in labels:
            path, kind = labels[match[1]]
            open_path = path if kind is Kind.LONG else None
            if match[2].strip() or open_path:
                found.append(FieldGuess(path, match[2].strip(), f"文中写着“{match[1]}”"))
        elif open_path is not None and line.strip():
            last = found.pop()
            found.append(FieldGuess(last.where, f"{last.text}\n{line.strip()}".strip(), last.reason))
        else:
            open_path = None
            rest.append(line)
    return [guess for guess in found if guess.text], "\n".join(rest)


# -- the head of the form --

_NAME_END = re.compile(
    r"(?:项目|工程|经费|费|资金|服务|补助|补贴|培训|购置|采购|改造|建设|租赁|租用|运维|维护|升级|维修|活动|规划|普查|奖励|救助)$"
)


_WORK = re.compile(
    r"(?P<verb>开展|实施|举办|推进|(?:拟|计划|将)建设)(?:20\d{2}年度?)?(?P<work>(?!了|的|好|各项|相关)[一-鿿]{4,20}?)(?:工作)?$"
)
"""What a description says at its beginning that it is about: 县气象局拟开展人工影响天气作业，…"""

_BODIES = (
    "局|中心|委员会|人民政府|镇政府|办公室|办事处|学校|小学|中学|幼儿园|医院|卫生院|法院|检察院|福利院|敬老院|馆|管理处|党校|大队|支队|所|站|"
    "管委会|纪委|政法委|组织部|宣传部|统战部|武装部|妇联|团委|残联|工会|文联|科协|工商联|红十字会|电视台|气象台|供销社"
)
"""Ends of the names of bodies that file forms."""
_NO_NAME = re.compile(r"^(?:为|根据|按照|由)|[为向对].{2,}(?:发放|实施|开展|进行|提供|组织)")
"""A sentence: 区残联为210名残疾人发放护理补贴."""
_NO_TITLE = re.compile(
    rf"如下|内容|说明|简介|概况|背景|情况|范围|依据|目标|计划|机构|领导|同志|单位|部门|(?:科|股|室|{_BODIES})$"
)
"""Before a colon, a heading or somebody addressed rather than the project's name: 建设内容：, 各位领导：."""


def _name(text: str, declaration: Declaration, found: dict[FieldPath, FieldGuess]) -> tuple[str, str]:
    """The project's name where the description begins with it or says what is to be done, and the description without its line."""
    if declaration.project.name or ("project", "name") in found:
        return "", text
    first, _, rest = text.strip().partition("\n")
    line = first.strip().rstrip("。：:")
    if (
        4 <= len(line) <= 40
        and not re.search(r"[，。；;！？：:]|[为向对]\d|\d+(?:\.\d+)?万?元", line)
        and (rest.strip() or _NAME_END.search(line))
    ):
        return line, rest
    head = re.split(r"[，,。：:；;]", text.strip(), maxsplit=1)[0].strip("“”《》 ")
    told = text.strip().removeprefix(head)
    titled = told.startswith(("：", ":")) and not _NO_TITLE.search(head)
    if 4 <= len(head) <= 30 and (titled or _NAME_END.search(head)) and not _NO_NAME.search(head):
        return head, told[1:].strip() if told.startswith(("：", ":", "。")) else text
    if (work := _WORK.search(head)) and not re.match(r"为|根据|按照", head):
        return work["work"] + ("建设" if work["verb"].endswith("建设") else ""), text
    return "", text


_YEAR = re.compile(r"(20\d{2})年度?(?:预算|部门|项目|计划|拟|将|全年|实施|开展|购置|租用|继续)?")
_NO_UNIT = "项目|本项目|由|各|全|每|对|向|为|在|给|从|经|受|与|和|据|按|根据|依据|通过|委托|聘请|邀请|有关|相关|辖区"
"""What a body's name does not begin with: 各学校, 全县中小学, 按照县教育局."""
_WHEN = r"(?:20\d{2}年度?|[每按分逐](?:年度?|季度?|个?月|周|日|天)|全年|今年|定期)"
_ACTS = (
    "负责|牵头|承担|组织实施|具体实施|实施|(?:向[^，。；]{2,12})?申请|申报|拟|计划|委托|聘请|购买|采购|租用|购置|开展|组织|聘用|招聘|更换|"
    "举办|召开|发放|印制|发布|继续|对|为|向|将|通过|[、和与]?[^，。；、]{0,12}(?:联合|共同)"
)
_UNIT = re.compile(
    rf"(?:由|[，。；：:\n]|^)\s*((?!{_NO_UNIT})[一-鿿]{{1,14}}?(?:{_BODIES})){_WHEN}?(?:{_ACTS})", re.MULTILINE
)
"""The body that acts at the beginning of a clause: 区图书馆2021年购置, 县卫健局按季度为…."""
_WHOLE_YEAR = re.compile(r"全年|1月至12月|1-12月|1月1日至12月31日")
_DAY, _YEAR_OF = r"\d{1,2}(?:[月.\-/]\d{1,2}[日号]?|月[初底末]?)", r"20\d{2}[年.\-/]"
_TO = r"\s*起?(?:至|到|—+|-|～|~)\s*"
_RANGE = re.compile(
    rf"(?:(?P<year>{_YEAR_OF})|(?:时间|期限|工期|周期|服务期)[为是:：]?\s*)"
    rf"(?P<first>{_DAY}|\d{{1,2}}(?={_TO}\d{{1,2}}月)){_TO}(?P<last_year>{_YEAR_OF})?(?P<last>{_DAY})"
)
"""A span of days or months, of a year or said to be the project's time: 2021年3月到11月底, 工期：3-11月."""
_NATURES = (
    ("阶段性项目", re.compile(r"分[两三四五\d]年|[两三四五]年(?:计划|行动|任务|内完成)|阶段性|跨年")),
    (
        "经常性项目",
        re.compile(r"每年(?!\s*[\d一二三四五六七八九十])|续租|续签|续约|常年|经常性|日常运[行维转]|按月发放|逐年|历年"),
    ),
    ("一次性项目", re.compile(r"一次性|新建|新购|购置|升级改造|扩建|改建")),
)


def _head(text: str, name: str, declaration: Declaration) -> Iterator[FieldGuess]:
    year = declaration.project.year
    match = _YEAR.search(text)
    if year is None and match:
        year = int(match[1])
        yield FieldGuess(("project", "year"), match[1], f"文中写明“{match[0]}”")
    if unit := _UNIT.search(text):
        words = unit[0].strip("，。；：:\n ")
        yield FieldGuess(("project", "unit"), unit[1], f"文中写明“{words}”")
    for nature, pattern in _NATURES:
        if cue := pattern.search(text):
            yield FieldGuess(("project", "nature"), nature, f"文中提到“{cue[0]}”")
            break
    yield from _subjects(text)
    if (span := _RANGE.search(text)) and (span["year"] or year is not None):
        told = span["year"] or ""
        first, last = told + span["first"], (span["last_year"] or told) + span["last"]
        yield FieldGuess(("project", "start_date"), _date_text(first, "初"), f"文中写明“{span[0]}”")
        yield FieldGuess(("project", "end_date"), _date_text(last, "底"), f"文中写明“{span[0]}”")
    elif (whole := _WHOLE_YEAR.search(text)) and year is not None:
        yield FieldGuess(("project", "start_date"), "全年", f"文中写明“{whole[0]}”")
        yield FieldGuess(("project", "end_date"), f"{year}-12-31", f"文中写明“{whole[0]}”")


def _date_text(text: str, edge: str) -> str:
    """A day as it would be typed; a bare month is its first (初) or last day (底)."""
    bare = f"{text}月" if re.fullmatch(rf"(?:{_YEAR_OF})?\d{{1,2}}", text) else text
    return f"{bare}{edge}" if bare.endswith("月") else bare


_CODE = re.compile(r"[\[［【]\s*(\d{5}|\d{7})\s*[\]］】]\s*([一-鿿（）()、]*)")


def _subjects(text: str) -> Iterator[FieldGuess]:
    for length, path in ((7, "functional_subjects"), (5, "economic_subjects")):
        written = list(dict.fromkeys(f"[{code}]{name}" for code, name in _CODE.findall(text) if len(code) == length))
        if written:
            yield FieldGuess(("project", path), ", ".join(written), "文中写着科目编码")
    names = table(ECONOMIC)
    for cue, code in lexicon().subjects.items():
        if cue in text and code in names:
            yield FieldGuess(
                ("project", "economic_subjects"), f"[{code}]{names[code]}", f"文中提到“{cue}”，请与财务核对"
            )
            return


# -- money --

_CALLED = (
    "总金额|总投资|总预算|预算总额|资金总额|总费用|共需|需资金|所需资金|所需经费|项目资金|经费预算|预算安排|安排资金|申请资金|申请|预算|"
    "经费|合计|共计"
)
_TOTAL = re.compile(rf"(?:{_CALLED})[^\d，。；;\n]{{0,10}}?(\d[\d,]*(?:\.\d+)?)\s*(万元|亿元|元)(?!\s*[*×xX/])")
_LAST = re.compile(
    r"(?:上年|上年度|去年)[^\d。；;\n]{0,10}?(?:预算|安排|批复)[^\d。；;\n]{0,6}?(\d[\d,]*(?:\.\d+)?)\s*(万元|元)"
)
_SPENT = re.compile(
    r"(?:上年|上年度|去年)?[^\d。；;\n]{0,4}(?:执行数?|支出|实际支出)[^\d。；;\n]{0,6}?(\d[\d,]*(?:\.\d+)?)\s*(万元|元)"
)
_GAIN = re.compile(r"增收|收入|产值|税收|利润|上年|去年|人均|每人|每月")


def _money(text: str, reading: Reading, found: dict[FieldPath, FieldGuess]) -> Iterator[FieldGuess]:
    last = _LAST.search(text)
    if last:
        yield FieldGuess(("funding", "previous_budget"), f"{last[1]}{last[2]}", f"文中写明“{last[0]}”")
        spent = _SPENT.search(text, last.end())
        if spent:
            yield FieldGuess(
                ("funding", "previous_executed"), f"{spent[1]}{spent[2]}", f"文中写明“{spent[0].strip('，, ')}”"
            )
    total = _total(text, reading)
    if total is None:
        return
    yield FieldGuess(("funding", "total"), *total)
    if not re.search(r"分[两三四五\d]年|跨年", text) and ("funding", "requested") not in found:
        yield FieldGuess(("funding", "requested"), total[0], "一年做完，与项目总金额相同")


def _total(text: str, reading: Reading) -> tuple[str, str] | None:
    for match in _TOTAL.finditer(text):
        before = text[max(0, match.start() - 8) : match.end()]
        if not _GAIN.search(before):
            return f"{match[1]}{match[2]}", f"文中写明“{match[0]}”"
    plausible = [one for one in reading.amounts if not _GAIN.search(text[max(0, one.span.start - 10) : one.span.start])]
    if len(plausible) == 1 and plausible[0].yuan >= 1000:
        return plausible[0].span.text, "文中唯一的金额"
    if reading.sums and not plausible:
        computed = sum((one.computed for one in reading.sums), Decimal(0))
        return f"{plain(computed)}元", "由文中的算式相加"
    return None


# -- switches --

_PROCURED = re.compile(
    r"政府采购|(?:公开|邀请)?招标|竞争性磋商|竞争性谈判|询价|集中采购|框架协议采购|单一来源|(?:政府)?购买服务|采购服务"
)
_NOT_PROCURED = re.compile(r"(?:不含|不涉及|无需|无须|未涉及|不属于|没有)[^，。；]{0,6}采购")
_FIVE = re.compile(r"培训费|会议费|公务接待|公务用车|出国|因公出境|接待费")


def _switches(text: str) -> Iterator[FieldGuess]:
    if no := _NOT_PROCURED.search(text):
        yield FieldGuess(("project", "procurement"), "否", f"文中写明“{no[0]}”")
    elif yes := _PROCURED.search(text):
        yield FieldGuess(("project", "procurement"), "是", f"文中提到“{yes[0]}”")
    if five := _FIVE.search(text):
        yield FieldGuess(("project", "five_expenses"), "是", f"文中提到“{five[0]}”")
    if re.search(r"二级项目|子项目", text):
        yield FieldGuess(("project", "has_subprojects"), "是", "文中提到二级项目或子项目")


# -- texts --

_REASONS = {
    "basis": "这几句引了文件或会议",
    "necessity": "这几句说为什么要做",
    "measures": "这几句说制度和措施",
    "plan": "这几句有时间安排",
    "overall_goal": "这几句说要做成什么",
    "annual_goal": "这几句有年度要达到的数",
    "remarks": "这几句说的是钱怎么来、怎么算",
}


def _texts(text: str, reader: Reader) -> Iterator[FieldGuess]:
    pieces = paragraphs.sort(text, reader)
    overview, missing = paragraphs.overview(pieces)
    if overview:
        reason = "按背景、内容、范围、组织架构归拢" + (f"；文中没有{'、'.join(missing)}，请补写" if missing else "")
        yield FieldGuess(("narrative", "overview"), overview, reason)
    for field, reason in _REASONS.items():
        if pieces.get(field):
            yield FieldGuess(("narrative", field), paragraphs.joined(pieces[field]), reason)
