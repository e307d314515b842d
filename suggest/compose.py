"""Making indicator names (指标名称的组成): a template's gap filled with the project's own noun, a count turned into a name.

Never an unfilled gap, never a word said twice (培训培训人次), never a noun counted in the wrong way (企业人数).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from domain.patterns import HAN, later
from domain.reading import Quantity
from suggest.lexicon import lexicon

GAP = later(r"\{([^{}]*)\}")
MAX_NAME = 20
MIN_NAME = 4

_AREA = ("平方米", "平方公里", "平方千米", "亩", "公顷", "万平方米")
_LENGTH = ("米", "公里", "千米", "延米")
_POWER = ("兆瓦", "千瓦", "千伏安")
_ENERGY = ("兆瓦时", "千瓦时", "度")
_PEOPLE = ("人", "名", "位")
_SAME_WORD = "人次 户次 家次 台次 户数 场次 批次 班次".split()
_TIMES = {word: word for word in _SAME_WORD} | {
    "次": "次数",
    "场": "场次",
    "期": "期数",
    "批": "批次",
    "班": "班次",
    "天": "天数",
    "课时": "课时数",
    "学时": "学时数",
    "户": "户数",
}
_BODIES = later(r"(?:企业|单位|学校|村居|社区|村|机构|部门|商户|合作社|医院|家庭农场)$")
_HOUSEHOLDS = later(r"户$")


def is_body(noun: str) -> bool:
    """Whether a noun names bodies, who are counted but are no people."""
    return bool(_BODIES.search(noun))


def fillings(
    name: str, fillers: Mapping[str, Iterable[str]], default: str, limit: int = 1, longest: int = 8
) -> list[tuple[str, str]]:
    """The ways to fill a name's gap as (name, noun): up to `limit` with the project's nouns, else with the default.

    A name without a gap comes back as it is with noun ""; nothing comes back where no filling reads well.
    """
    match = GAP.search(name)
    if match is None:
        return [(name, "")]
    found: list[tuple[str, str]] = []
    nouns = tuple(fillers.get(match[1], ()))[: 1 + limit]
    for noun in [noun for noun in nouns if len(noun) <= longest] or nouns[:1]:
        made = _put(name, match, noun)
        if made is not None and all(made != other for other, _ in found):
            found.append((made, noun))
        if len(found) == limit:
            return found
    if not found and default:
        made = _put(name, match, default)
        if made is not None:
            found.append((made, default))
    return found


def _put(name: str, match: re.Match[str], noun: str) -> str | None:
    """The name with the noun in its gap, overlaps merged and the count word fitted; None where it would not read well."""
    head, rest = name[: match.start()], name[match.end() :]
    for size in range(min(len(noun), len(rest)), 1, -1):
        if noun.endswith(rest[:size]):
            noun = noun[: len(noun) - size]
            break
    for size in range(min(len(noun), len(head)), 1, -1):
        if head.endswith(noun[:size]):
            noun = noun[size:]
            break
    if noun.startswith("受") or (rest.startswith("满意") and noun not in _GAINERS):
        head = head.removesuffix("受益")
    rest = _fit_count(noun, rest)
    made = head + noun + rest
    if len(made) > MAX_NAME or len(made) < MIN_NAME or _stutters(made):
        return None
    return made


_GAINERS = frozenset("群众 居民 村民 市民 公众 农户 学生 师生 老年人 残疾人 职工 患者 儿童 脱贫户".split())
"""Of whom 受益 is said before 满意度; of bodies and of those told more closely it is not: 施工企业满意度, 过往群众满意度."""


def _fit_count(noun: str, rest: str) -> str:
    if rest.startswith(("人数", "人口数")):
        if _HOUSEHOLDS.search(noun):
            return re.sub(r"^人数", "户数" if not noun.endswith("户数") else "", rest)
        if _BODIES.search(noun):
            return re.sub(r"^人(?:口)?数", "数量", rest)
        if noun.endswith(("人口", "人数", "人")):
            return re.sub(r"^人(?:口)?数", "数", rest)
    return rest


def _stutters(name: str) -> bool:
    """Whether a word of two or more characters stands twice in a row, or a measure is named twice."""
    return bool(re.search(r"(..+?)\1", name)) or len(re.findall(r"数量|人数|率", name)) > 1


def count_name(one: Quantity, fillers: Mapping[str, Iterable[str]]) -> str | None:
    """A name for what a text counts: 新建公厕5座 → 公厕新建数量; fillers lend a noun of the project to bare counts."""
    noun = _noun(one.noun)
    served = one.verb == "服务" and one.unit in (*_PEOPLE, *_AREA, "人次", "户", "户次")
    verb = one.verb if served or one.verb not in lexicon().plain else ""
    if noun.endswith(lexicon().qualities):
        return None
    if not noun:
        gap = _LENDING.get(verb, "服务对象" if verb in _HELPED and one.unit in _PEOPLE else "对象")
        lent = verb in _BARE or verb in _HELPED if verb else one.unit not in _ANYTHING
        noun = next((head for head in fillers.get(gap, ()) if len(head) <= 8), "") if lent else ""
        if not noun and not verb and one.unit not in _BY_MEASURE:
            return None
    noun = _WHOLE_WORDS.get(noun, noun) or _BY_MEASURE.get(one.unit, "")
    if not verb and noun in _EVERYBODY and one.unit in _PEOPLE:
        verb = "受益"
    if not verb and noun.endswith(lexicon().endings["区域"]):
        verb = "覆盖"
    for made in _count_names(noun, verb, one.unit):
        if MIN_NAME <= len(made) <= MAX_NAME and not _stutters(made):
            return made
    return None


_LENDING = {"发放": "补助", "补助": "补助", "补贴": "补助", "培训": "活动", "举办": "活动"}
"""Where the noun of a bare action comes from."""
_HELPED = ("救助", "资助", "帮扶", "慰问", "走访慰问", "扶持")
"""What is done for those whom a project serves."""
_BARE = ("", "发放", "举办", "购置", "采购", "租用", "建设", "新建", "改造", "安装", "维修", "维护")
"""Actions that need a noun to make a name."""


_WHOLE_WORDS = {"村": "行政村", "书": "图书", "人": "人员", "树": "树木", "灯": "灯具"}
"""What a single character that is counted means in a name."""
_BY_MEASURE = {
    "尾": "鱼苗",
    "株": "苗木",
    "棵": "树木",
    "盏": "灯具",
    "册": "图书",
    "羽": "家禽",
    "辆": "车辆",
    "眼": "机井",
}
"""What measure words count that count one thing only, where nothing else is named."""
_EVERYBODY = ("群众", "居民", "村民", "市民", "公众")
"""Counted without a verb they are those who gain."""
_ANYTHING = ("个", "项", "家", "家次", "类", "种", "部", "期", "公斤", "斤", "千克", "吨", "克", *_PEOPLE)
"""Measures that count anything: without noun and verb they do not tell what."""


def _noun(text: str) -> str:
    text = re.sub(rf"^.+等(?={HAN}{{2}})", "", text)
    text = re.sub(
        r"^(?:共有|共|新(?![生能媒型农冠闻兴材])|总|各|全(?!民)|每|约|近|的|本|其中|计划|全年|年度|城镇)+", "", text
    )
    return re.sub(r"(?:数量|人数|人次|面积|长度|总数|户数|次数|数|规模|任务)$", "", text)


def _count_names(noun: str, verb: str, unit: str) -> Iterator[str]:
    ending = _ending(noun, unit)
    if verb and verb in noun:
        verb = ""
    if (ending == "户数" and noun.endswith("户")) or (ending == "人数" and noun.endswith("人")):
        ending = "数"
    elif noun.endswith(ending):
        ending = ""
    if verb in lexicon().leading or (unit in _PEOPLE and verb and not noun.endswith(lexicon().endings["补助"])):
        yield verb + noun + ending
    else:
        yield noun + verb + ending
    yield noun + ending


_WAYS = ("路", "国道", "省道", "县道", "乡道", "村道", "航道")
"""Ways whose length in kilometres is called 里程."""


def _ending(noun: str, unit: str) -> str:
    if unit in _AREA:
        return "面积"
    if unit in _LENGTH:
        return "里程" if unit in ("公里", "千米") and noun.endswith(_WAYS) else "长度"
    if unit in _POWER:
        return "容量"
    if unit in _ENERGY:
        return "量"
    if unit in _PEOPLE or unit == "人":
        return "数量" if _BODIES.search(noun) else "人数"
    return _TIMES.get(unit, "数量")
