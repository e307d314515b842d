"""Words and phrases that rules recognise: what names end in, which way a measure should go, vague words, dates in texts."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from domain.quantity import Target, plain
from domain.vocabulary import JUDGED

# --- names of indicators ---------------------------------------------------------------------------------------------

STRONG_ENDINGS = tuple(
    "率 性 数量 数 次数 人次 时间 天数 时限 时长 周期 工期 期限 年限 频次 频率 面积 长度 里程 比例 比率 占比 比重 指数 系数 "
    "场次 批次 班次 期数 户次 家次 台次 车次 件次 航次 价款 增幅 降幅 幅度 产值 "
    "单价 造价 均价 总价 总额 余额 金额 额 量 流量 浓度 高度 宽度 深度 满意度 知晓度 "
    "总成本 成本 利润 税收 收入 规模 等级 射程 总量 数目 个数 台数".split()
)
"""Endings that make a name a measure, whatever it starts with: 按期完成率, 开展次数."""
WEAK_ENDINGS = tuple(
    "度 标准 费用 情况 水平 能力 程度 机制 制度 体系 质量 环境 条件 状况 效益 效果 成效 影响 作用 意识 素质 面貌 功能 秩序 结构 岗位 "
    "经费 资金 补助 补贴 投资 支出 价格 价 费 强度 力 安全 形象 氛围 档次 值 点 进度 结果 评价 品质 关系 布局 服务".split()
)
"""Endings of nouns that a verb may have as its object: 提高居民素质 is a phrase, 居民素质 a name."""
TASK_STARTS = tuple("按合同 按规定 按标准 按要求 按照 按时 按期 按 加强 及时 保障 开展 提高 确保 完成".split())
"""A name that starts so and ends like no measure is a task."""
VERB_STARTS = (
    *TASK_STARTS,
    *(
        "提升 促进 维护 推进 推动 改善 增强 落实 做好 实现 保护 带动 巩固 方便 减轻 持续 有效 进一步 严格 积极 不断 切实 全面 努力 "
        "加大 加快 优化 强化 控制".split()
    ),
)
VERBS = tuple(
    "掌握 解决 完成 提高 提升 加强 促进 推动 推进 改善 维护 增强 带动 减轻 减少 增加 巩固 落实 建立 实现 开展 做好 确保 保障 降低 优化 "
    "缴纳 发放 组织 强化".split()
)


def has_strong_ending(name: str) -> bool:
    """Whether the name ends like a measure."""
    bare = strip_remark(name)
    return bare.endswith(STRONG_ENDINGS) and not bare.endswith(("质量", "力量"))


def has_ending(name: str) -> bool:
    """Whether the name ends like a noun that can be measured or judged."""
    return strip_remark(name).endswith((*STRONG_ENDINGS, *WEAK_ENDINGS))


def strip_remark(name: str) -> str:
    """The name without a remark in brackets at its end."""
    return re.sub(r"[（(][^（）()]{0,40}[）)]$", "", name.strip())


def stem(name: str) -> str:
    """The name without the word that makes it a measure: 群众诉求按期办结率 → 群众诉求按期办结."""
    return re.sub(r"(?:满意度|面积|时间|[人户件次条座台个]数|人次|数量|[率度数性])$", "", name)


def verb_start(name: str) -> str:
    """The verb or adverb that a name starts with, "" where it starts with a noun."""
    return next((verb for verb in VERB_STARTS if name.startswith(verb) and len(name) > len(verb)), "")


def verbs_in(name: str) -> list[str]:
    """The different verbs of a name in order."""
    found = sorted((name.find(verb), verb) for verb in VERBS if verb in name)
    return [verb for _, verb in found]


# --- which way a measure goes ----------------------------------------------------------------------------------------

_BAD = re.compile(
    r"故障|投诉|差错|错误|事故|伤亡|死亡|违规|违纪|违法|损失|失误|超支|漏损|漏报|返工|逾期|延误|超时|中断|流失率|重复率|重复发生|失业率"
    r"|发病率|死亡率|拥堵|成本|单价|造价|能耗|变更率|调整率|偏差|偏离|泄露|舞弊|信访量|近视率|辍学|失学"
    r"|(?:外转|闲置|空置|感染|缺陷|破损|退货|差评|停机)率|(?:停机|停电|停水|断网|等候|排队)(?:时间|时长|天数|次数)"
)
_TURNED = re.compile(
    r"办结|处理|处置|化解|解决|修复|排除|下降|降低|减少|减排|节约|节能|压缩|整改|回复|回访|反馈|响应|受理|查处|调解|调处|挽回|挽损|追回|追偿|清零"
    r"|知晓|满意|防范|预防|发现|识别|检出|覆盖|控制率|合规|合理|完成|完备|健全|无故障|准确|救治|赔付|拦截|报告|上报|审结|审核|核算|核查|案件|公开"
    r"|接通|止付|警示|教育|培训|演练|监测|评价|评估|平均无|可控|成立|占比|备案|处罚|打击|侦破|破案|抢修|执行|监审|测算|节支|分摊|回收|补偿|保险|核减|审减|共享|比对|纠正|奖励|销号|准入|符合|宣传"
)
_DURATION = re.compile(
    r"(?:响应|修复|处置|办结|办理|完成|审核|受理|到达|到场|恢复|排除|等待|处理|反应|耗费?|出具|出警|止付|解决|抢修|补员)(?:时间|时长|时限|天数)$"
)
_GOOD = re.compile(
    r"(?:满意度|满意率|合格率|达标率|准确率|正确率|覆盖率|完成率|完工率|及时率|到位率|知晓率|知晓度|办结率|解决率|畅通率|可用率|完好率|优良率|参与率|利用率|入账率)$"
)


_DENIED = re.compile(
    r"[不未](?:合格|达标|满意|完成|到位|准确|符合|覆盖|及时办结|按期办结|整改|办结)(?:率|度|数|件数|次数|户数|人数)$"
)
"""A good thing denied: 不合格率."""


def direction(name: str) -> str:
    """ "less" where smaller is better (故障率, 修复时间), "more" where larger is better, "" where we cannot tell."""
    bare = strip_remark(name)
    if _DENIED.search(bare) or (_DURATION.search(bare) and "无故障" not in bare):
        return "less"
    if _BAD.search(bare) and not _TURNED.search(bare):
        return "less"
    return "more" if _GOOD.search(bare) and not _BAD.search(bare) else ""


# --- targets ---------------------------------------------------------------------------------------------------------

DATE_LIKE = re.compile(
    r"\d{1,2}\s*月|(?:19|20)\d\d\s*[年.\-/]|季度|年底|年末|半年|工作日|小时|分钟|个?月内|天|日|每[年月周日天]"
)
VAGUE = tuple(
    "有效提升 有效提高 有效改善 有效增强 进一步 较好 较大 不断 显著 明显 大幅 稳步 基本 一定程度 力争 更上".split()
)
PROMPT = frozenset({"及时", "按时", "按期", "准时", "尽快", "迅速", "按时完成", "及时完成", "按期完成", "及时办理"})


def judged_words(name: str, more: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words that fit a name's suffix by the pair table and the office's additions; empty where no suffix is known."""
    for suffix, words in (*more.items(), *JUDGED.items()):
        if name.endswith(suffix):
            return words
    return ()


def is_quantified(target: Target) -> bool:
    """Whether the target can be checked: a number, or a text with a date or figure in it."""
    return target.is_number or bool(re.search(r"\d", target.text))


# --- texts -----------------------------------------------------------------------------------------------------------

_RESULT_LESS = re.compile(
    r"已(?:经)?(?:实施|完成|建成|开展)|(?:组成部分|一部分)(?![^。；;]{0,20}(?:达到|实现|提升|率))"
)
_FIGURE = re.compile(r"\d(?![\d、.．])")
_RESULT = re.compile(r"达到|实现|建成|提升|提高|降低|改善|减少|形成|缩短|增加|满意|覆盖|率")
SENTENCE = re.compile(r"[。；;\n]+")


def result_less(text: str) -> str:
    """The first sentence that says 已实施 or 是…组成部分 instead of a result, "" where there is none."""
    for sentence in SENTENCE.split(text):
        match = _RESULT_LESS.search(sentence)
        if match and not _FIGURE.search(sentence) and not _RESULT.search(sentence):
            return sentence.strip()
    return ""


def lacks_result(text: str) -> bool:
    """Whether a goal names no result at all: empty, or every sentence only states that the project exists."""
    sentences = [one for one in SENTENCE.split(text) if one.strip()]
    return not any(_FIGURE.search(one) or _RESULT.search(one) for one in sentences)


_PLACEHOLDER = re.compile(
    r"[\s/\\\-—_.。…·*xX×]*|无|暂无|略|待补充?|待定|同上|见附件|详见附件|见附表|空|不适用", re.ASCII
)


def is_blank(text: str) -> bool:
    """Whether a mandatory text says nothing: empty, strokes, 无, 略, 待补充."""
    bare = text.strip(" 　\n\t。.：:（）()")
    return _PLACEHOLDER.fullmatch(bare) is not None


BOOK = re.compile(r"《[^《》]{2,100}》")
DOCUMENT_NUMBER = re.compile(
    r"[〔\[(（【［]\s*(?:19|20)\d\d\s*[〕\])）】］]\s*第?\s*[\d一二三四五六七八九十]{1,8}\s*[号次期]|(?:19|20)\d\d年第?\d{1,6}号"
)
DOCUMENT_WORD = re.compile(
    r"会议纪要|纪要|合同|协议|批复|批示|批准|文件|通知|条例|办法|规定|决定|会议|工作要点|实施意见|公告|预案|标准号"
)
TIME_WORD = re.compile(
    r"\d{1,2}月|[一二三四五六七八九十]月|季度|上半年|下半年|全年|每[年月周日天季]|按[月季周日]|月[初中底末]|年[初中底末]|[上中下]旬|(?:19|20)\d\d[.\-/]\d"
    r"|(?<!\d)\d{1,4}\s*个?(?:工作日|日|天|周|个月|小时)内|逐月|当月|次月|学期|汛期"
)


# --- dates -----------------------------------------------------------------------------------------------------------

_DAY = re.compile(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d\d)\s*[年.\-/]\s*)?(?P<month>\d{1,2})\s*(?:月\s*(?:(?P<day>\d{1,2})\s*[日号]|(?P<part>底|末|初|上旬|中旬|下旬))?"
    r"|[.\-/]\s*(?P<other>\d{1,2})(?![\d.%％]))"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date in a text: first and last day that it may mean; both None where there is no such day."""

    text: str
    first: datetime.date | None
    last: datetime.date | None


def days_in(text: str, year: int | None) -> Iterator[Day]:
    """The dates that a text names, 3月底前 and 2020.07 too; without a year of their own they fall into `year`."""
    for match in _DAY.finditer(text):
        stated, month = match["year"], int(match["month"])
        day = match["day"] or match["other"]
        if not stated and match["other"]:
            continue
        here = int(stated) if stated else year
        if here is None:
            continue
        yield Day(match[0].strip(), *_range(here, month, int(day) if day else None, match["part"] or ""))


def _range(year: int, month: int, day: int | None, part: str) -> tuple[datetime.date | None, datetime.date | None]:
    if not 1 <= month <= 12:
        return None, None
    length = calendar.monthrange(year, month)[1]
    if day is not None:
        found = datetime.date(year, month, day) if 1 <= day <= length else None
        return found, found
    first, last = {"底": (length, length), "末": (length, length), "初": (1, 1), "上旬": (1, 10)}.get(part, (1, length))
    return datetime.date(year, month, first), datetime.date(year, month, last)


# --- how findings say it ---------------------------------------------------------------------------------------------

QUOTED = 25
"""Characters of a text that a finding quotes."""


def wan(amount: Decimal) -> str:
    """An amount in 万元 as shown: 24.63万元."""
    return f"{plain(amount)}万元"
