"""Sorting the sentences of a description into the form's texts (段落归位): background, content, scope, basis, plan, goals …"""

from __future__ import annotations

import re

from domain.narrative import OVERVIEW_PARTS
from domain.patterns import later
from domain.reading import Reader

BACKGROUND, CONTENT, SCOPE, ORGANISATION = OVERVIEW_PARTS
"""The four parts of the overview (项目概况)."""

_SENTENCE = re.compile(r"[^。！!？?；;\n]+[。！!？?；;]?")
_NUMBERING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)+(?=[^\d])")
_HEADING = re.compile(
    rf"^\s*(?:{'|'.join(OVERVIEW_PARTS)}|组织机构|实施范围|建设内容|主要内容|项目概况|背景|内容|范围)\s*[:：]\s*"
)

_STEPS = "完成|签订|验收|支付|启动|招标|采购|开工|竣工|开展|实施|付款|发放|举办|交付|开通|结算"
_PAYING = "支付|付款|拨付|结算|报账|验收|考核|评估|小结|总结"
"""Steps that a plan gives in rounds (按季度支付); what else is done every month is the project's content (每月清运垃圾)."""
_CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "basis",
        re.compile(
            r"《[^》]*(?:通知|意见|方案|规划|决定|批复|办法|条例|规定|法|纪要)[^》]*》|[〔\[]\d{4}[〕\]]|会议纪要|批复"
        ),
    ),
    (
        "measures",
        re.compile(
            r"《[^》]*(?:制度|办法|细则|规程)》|(?:建立|健全|严格执行|落实).{0,12}(?:制度|台账|机制)|专人|定期检查|专账|专款专用|考核办法|(?:调度|推进|例)会|督[查导]"
        ),
    ),
    (
        "plan",
        re.compile(
            rf"(?:\d{{1,2}}月|(?<![每按分逐])季度|上半年|下半年|月底|年底).{{0,20}}(?:{_STEPS})|(?:{_STEPS}).{{0,12}}(?:\d{{1,2}}月|(?<![每按分逐])季度)"
            rf"|(?:[每按分逐](?:个?月|季度?|半年|批)).{{0,12}}(?:{_PAYING})"
        ),
    ),
    (ORGANISATION, re.compile(r"负责|牵头|承担|承办|组织实施|具体实施|领导小组|监督拨付|审核|主管部门|实施单位")),
    (
        "annual_goal",
        re.compile(
            r"(?:年度目标|本年度|今年|20\d\d年).{0,40}(?:目标|达到|不低于|以上|完成|实现)|"
            r"(?:达到|不低于|不少于|提高到|控制在|下降)\s*\d+(?:\.\d+)?\s*%"
        ),
    ),
    (
        "overall_goal",
        re.compile(
            r"总目标|总体目标|最终|长期|(?:实现|建成|形成|打造).{0,20}(?:体系|格局|网络|机制|全覆盖)|^(?:力争|确保|使)|"
            r"^通过.{4,60}(?:提高|提升|改善|保障|实现|增强|促进|达到|降低|减少|满足)"
        ),
    ),
    ("necessity", re.compile(r"必要|否则|亟需|急需|迫切|难以|不能满足|老化|短缺|不足|隐患|职责|关系到|有利于|才能")),
    (
        BACKGROUND,
        re.compile(
            r"^(?:为(?!(?:全[县市区镇乡])?\d)|根据|按照|依据|近年来|由于|随着|鉴于|自20)|背景|部署|贯彻|落实|近年"
        ),
    ),
)
"""Which text a sentence belongs to, the first that matches; what is left is scope (with a count) or content."""


_WRAPPED = later(r"(?<=[，、,])[ \t　]*\n[ \t　]*")
"""A line break within a sentence, as a page or a mail has it."""


def sentences(text: str) -> list[str]:
    """The sentences of a description with their end marks, numbering and headings taken off."""
    found = []
    for match in _SENTENCE.finditer(_WRAPPED.sub("", text)):
        piece = _HEADING.sub("", _NUMBERING.sub("", match[0]).strip()).strip()
        if len(piece) >= 4:
            found.append(piece)
    return found


_AFTER_BASIS = re.compile(
    r"^(.*(?:[》）)〕\]号次]|通知|纪要|要求|精神|规定)(?:的要求|精神|的规定|的部署|文件)?)[，,](.{8,})$", re.DOTALL
)
"""A sentence that begins with what it is based on and goes on with what is done."""


def sort(text: str, reader: Reader) -> dict[str, list[str]]:
    """The sentences of a description by the field, or part of the overview, that they belong to."""
    found: dict[str, list[str]] = {}
    for sentence in sentences(text):
        for piece in _divided(sentence):
            found.setdefault(_place(piece, reader), []).append(piece)
    if CONTENT not in found:  # a sentence with counts tells first of all what is done
        _tell_what_is_done(found, reader)
    return found


def _tell_what_is_done(found: dict[str, list[str]], reader: Reader) -> None:
    """Move the first sentence with counts to the content, the scope's before those that also tell when or how well."""
    for place in (SCOPE, "plan", "annual_goal"):
        counted = next((piece for piece in found.get(place, ()) if reader.read(piece).quantities), None)
        if counted is not None:
            found[place].remove(counted)
            found[CONTENT] = [counted]
            return


def _divided(sentence: str) -> tuple[str, ...]:
    """A sentence, in two where its first half cites a document and its second says what is done."""
    match = _AFTER_BASIS.match(sentence)
    if match and _CUES[0][1].search(match[1]) and not _CUES[0][1].search(match[2]):
        return (match[1] + "。", match[2])
    return (sentence,)


def _place(piece: str, reader: Reader) -> str:
    reading = reader.read(piece)
    if reading.sums or (reading.amounts and _ONLY_MONEY.match(piece)):
        return "remarks"
    for place, pattern in _CUES:
        if pattern.search(piece) and not (place == "necessity" and reading.quantities and not _URGENT.search(piece)):
            return place
    return SCOPE if reading.quantities else CONTENT


_ONLY_MONEY = later(
    r"(?:20\d{2}年度?)?(?:项目)?(?:共|合计|总计|拟|预计|计划)?(?:申请|需要?|安排|投入|投资|总投资|预算|资金|经费)[^，,]{0,8}?[\d.]+\s*[万亿]?元"
    r"(?:[，,、](?:其中)?[:：]?[一-鿿]{2,12}[\d.]+\s*[万亿]?元)*[。；;]?$"
)
"""A sentence that says no more than the amount and its parts: 申请264万元，其中上级资金200万元."""
_URGENT = re.compile(r"必要|否则|亟需|急需|迫切|不能满足|难以")
"""Words of necessity that count even in a sentence with numbers."""


def overview(sorted_pieces: dict[str, list[str]]) -> tuple[str, tuple[str, ...]]:
    """The overview with its headings, and the parts for which the description says nothing."""
    lines: list[str] = []
    missing: list[str] = []
    for part in OVERVIEW_PARTS:
        pieces = sorted_pieces.get(part, [])
        if pieces:
            lines.append(f"{len(lines) + 1}、{part}：{joined(pieces)}")
        else:
            missing.append(part)
    return "\n".join(lines), tuple(missing)


def joined(pieces: list[str]) -> str:
    """Sentences as one text that ends with a full stop."""
    text = "".join(piece if re.search(r"[。！!？?；;]$", piece) else piece + "；" for piece in pieces)
    return re.sub(r"[；;]$", "。", text)
