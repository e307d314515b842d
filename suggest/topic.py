"""What a project is about (项目主题): the nouns of its name and texts, sorted by the template gap that each can fill."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from suggest.numerals import ACTIONS
from suggest.segment import Segment

_BRACKETS = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]")
_YEARS = re.compile(r"(?:19|20)?\d{2}(?:[-—~至]\d{2,4})?年度?|(?:19|20)\d{2}(?!\d)|第[一二三四五六七八九十\d]+[批期届次](?!全国)")
_QUOTES = re.compile(r"[“”\"'《》<>]")
_TAILS = (
    "专项资金项目 补助资金项目 专项资金 专项经费 补助资金 补助经费 奖补资金 衔接资金 发展资金 引导资金 财政资金 配套资金 工作经费 业务经费 项目资金 项目经费 "
    "预算指标 预算资金 项目支出 经费支出 经费 资金 项目 专项 费用 预算 指标 支出 款项 等"
).split()
_HEADS = (
    "提前下达 预拨 下达 拨付 关于 中央财政 省级财政 市级财政 县级财政 区级财政 中央 省级 市级 县级 区级 镇级 本级 上级 财政 年度 全区 全县 全市 我区 我县 我市 实施 开展"
).split()
_DIVIDE = re.compile(r"[、，,；;/＋+\s]|以及|(?<![普涉波危])及(?!时)|(?<!共)和(?![谐平解])|(?<![参])与(?![会])")

ENDINGS: dict[str, tuple[str, ...]] = {
    "系统": ("系统", "平台", "软件", "网站", "门户", "热线", "数据库", "小程序", "网络"),
    "活动": ("培训", "会议", "活动", "比赛", "赛事", "大会", "论坛", "运动会", "展览", "展会", "演出", "讲座", "宣传", "招聘会", "培训班", "演练", "推介会", "轮训", "文化节"),
    "成果": ("规划", "报告", "方案", "标准", "课题", "研究", "年鉴", "调研", "可研", "评估", "测绘", "设计", "志书", "普查", "调查"),
    "补助": ("补助", "补贴", "津贴", "救助", "低保", "最低生活保障", "奖励", "慰问金", "助学金", "奖学金", "生活费", "抚恤", "报酬", "工资", "待遇", "保障金", "贴息",
           "救助金", "补偿", "薪酬", "奖金", "抚恤金", "护理费", "话费补助", "资助", "奖补", "养老金", "救济"),
    "服务": ("服务", "运维", "物业", "保洁", "保安", "养护", "清运", "维护", "管护", "运营", "托管", "检测", "监测", "监理", "代理", "作业", "巡查"),
    "工程": ("工程", "建设", "改造", "修缮", "维修", "硬化", "绿化", "亮化", "整治", "治理", "新建", "扩建", "改建", "加固", "安装", "铺设", "修复", "改扩建", "修建", "美化"),
    "人员": ("员", "干部", "教师", "人员", "工人", "民警", "辅警", "医生", "村医", "专家", "职工", "志愿者", "教职工", "护工", "书记", "讲师", "军人", "党员"),
    "区域": ("村居", "社区", "行政村", "示范村", "镇街", "街道", "乡镇", "路段", "流域", "园区", "辖区", "小区", "村庄", "校区", "景区", "林区", "海域", "河道"),
}  # fmt: skip
"""Endings by which a noun phrase is known to fill a gap."""

SERVED = tuple(
    "参训学员 培训学员 学员 学生家长 学生 家长 师生 幼儿 居民 村民 群众 市民 老年人 老人 残疾人 患者 游客 观众 读者 脱贫户 监测户 脱贫人口 农户 种植户 养殖户 "
    "困难群众 救助对象 低保对象 特困人员 孤儿 受助学生 退役军人 优抚对象 企业 商户 租户 承租户 纳税人 消费者 用户 职工 教职工 教师 党员 干部 青少年 妇女 儿童 "
    "运动员 村居 社区 就业人员 失业人员 参保人员 退休人员 渔民 农民 信息员 网格员 环卫工人 志愿者 人才 被征地农民 求职人员 公众".split()
)
"""Those a project can serve: fills {服务对象}."""

_LIMITS = {"系统": 8, "工程": 8, "服务": 8, "补助": 8, "活动": 8, "成果": 8, "对象": 6, "人员": 6, "服务对象": 6, "区域": 6}
"""Longest noun, in characters, that a gap takes."""
_VAGUE = frozenset("项目 工作 情况 内容 建设 资金 经费 管理 实施 任务 目标 单位 部门 制度 措施 标准 方案 服务 活动 工程 改造 治理 系统 平台 人员 社会 全市 全县 全区 "
                   "补助 补贴 设计 安装 维护 整治 研究 调查 评估 规划 报告 宣传 设施 费用 专项 相关人员 工作人员 有关人员 其他人员 管理人员 干部 群众 社区".split())  # fmt: skip
"""Words too general to fill a gap with from running text; from the project's own name they may."""


def bare_name(name: str) -> str:
    """A project's name without brackets, years and quotation marks."""
    return _QUOTES.sub("", _YEARS.sub("", _BRACKETS.sub("", name))).strip()


def parts_of(name: str) -> list[str]:
    """The things a project's name joins, words of money and level taken off: 2020年路灯维修、绿化经费 → 路灯维修, 绿化."""
    return [part for part in (_trim(piece) for piece in _DIVIDE.split(bare_name(name))) if len(part) >= 2]


def _trim(text: str) -> str:
    changed = True
    while changed:
        changed = False
        for tail in _TAILS:
            if text.endswith(tail) and len(text) - len(tail) >= 2:
                text, changed = text.removesuffix(tail), True
        for head in _HEADS:
            if text.startswith(head) and len(text) - len(head) >= 2:
                text, changed = text.removeprefix(head), True
    if text.endswith("费") and len(text) >= 4 and text[-2] not in "话资水电路学药":
        text = text[:-1]
    return text


class Topics:
    """Reads fillers for template gaps out of names and texts."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def from_name(self, name: str) -> dict[str, list[str]]:
        """Fillers by gap from the project's name, the name's own head first."""
        found: dict[str, list[str]] = {}
        for part in parts_of(name):
            words = self._last_run(part)
            for gap, phrase in self._name_phrases(words):
                if phrase not in found.setdefault(gap, []):
                    found[gap].append(phrase)
        return found

    def _name_phrases(self, words: list[str]) -> Iterator[tuple[str, str]]:
        for end in range(len(words), 0, -1):
            for gap, endings in ENDINGS.items():
                if words[end - 1].endswith(endings):
                    phrase = _tail(words[:end], _LIMITS[gap], whole=True)
                    if len(phrase) >= 2 and (end == len(words) or gap not in ("工程", "服务", "活动", "补助")):
                        yield gap, phrase
        yield from ((gap, phrase) for gap, phrase in self._objects(words))
        for word in SERVED:
            if word in "".join(words):
                yield "服务对象", word

    def _last_run(self, part: str) -> list[str]:
        """The words of a part of the name, from behind a number or mark on: 网格平台10M光纤租用 → 光纤 租用, if much is left."""
        runs: list[list[str]] = [[]]
        for word in self._segment.cut(part):
            if re.fullmatch(r"[一-鿿]+", word):
                runs[-1].append(word)
            elif runs[-1]:
                runs.append([])
        filled = [run for run in runs if run]
        return filled[-1] if filled else []

    def _objects(self, words: list[str]) -> Iterator[tuple[str, str]]:
        """What the name's action is done to: 路灯 of 路灯维修养护; nothing where only actions are named."""
        end = len(words)
        while end and (words[end - 1] in ACTIONS or words[end - 1] in _ABSTRACT):
            end -= 1
        phrase = _head(words[:end])
        kind = self._segment.classes(words[end - 1]) if end else "v"
        if len(phrase) >= 2 and phrase not in _VAGUE and kind not in ("v", "d", "a", "m", "vd", "ad"):
            yield "对象", phrase

    def from_text(self, texts: Iterable[tuple[str, float]]) -> dict[str, dict[str, float]]:
        """Fillers by gap from running texts with their weights: how often, and in which field, each phrase stands."""
        found: dict[str, dict[str, float]] = {}
        for text, weight in texts:
            for words in self._runs(text):
                phrase_words = words[-4:]
                for gap, endings in ENDINGS.items():
                    if phrase_words[-1].endswith(endings):
                        phrase = _tail(phrase_words, _LIMITS[gap])
                        if 2 <= len(phrase) and phrase not in _VAGUE:
                            row = found.setdefault(gap, {})
                            row[phrase] = row.get(phrase, 0.0) + weight
            for word in SERVED:
                count = text.count(word)
                if count:
                    row = found.setdefault("服务对象", {})
                    row[word] = row.get(word, 0.0) + weight * count
        return found

    def _runs(self, text: str) -> Iterator[list[str]]:
        """Maximal runs of nouns in a text."""
        run: list[str] = []
        for word in self._segment.cut(text):
            kind = self._segment.classes(word)
            nominal = kind.startswith(("n", "vn", "b", "j", "l")) or (not kind and len(word) > 1) or (run and word in ACTIONS)
            if nominal and re.fullmatch(r"[一-鿿]+", word) and kind not in ("nr",) and word not in _CONNECTIVES:
                run.append(word)
                continue
            if run:
                yield run
            run = []
        if run:
            yield run


_CONNECTIVES = frozenset("的 和 与 及 其 等 按 对 向 为 由 将 使 从 在 到 年 月 日 我 个 项 按月 按季 面向 根据 依据".split())


_ALIASES = (("最低生活保障", "低保"), ("救助补助", "救助"), ("补贴补助", "补贴"), ("津贴补助", "津贴"), ("奖励补助", "奖励"), ("资助补助", "资助"))
"""Everyday short forms and doublings in names of money."""
_ABSTRACT = frozenset(
    "服务 工程 活动 计划 行动 运行 外包 测评 提升 改善 免费开放 综合利用 利用 补贴 补助 奖励 救助 津贴 报酬 待遇 保障 运转 开放 教育 宣传 推广 示范 试点 防控 防治 治理 建设项目 "
    "管理费 运行费 租用费 租赁费 维护费 维修费 服务费 培训费 话费 贴息 奖 工资 保险".split()
)
"""Words at the end of a name that are no thing: what is done or paid."""


def _tail(words: list[str], limit: int, *, whole: bool = False) -> str:
    """The last words that together fit the limit, short forms used; never cut inside a word that the dictionary lacks.

    whole: the words begin where a name begins, so that even a single character there is no broken word.
    """
    phrase = _short("".join(words))
    if len(phrase) <= limit:
        return phrase if whole or len(words[0]) > 1 or len(words) == 1 else ""
    text, at = "", len(words)
    while at and len(text) + len(words[at - 1]) <= limit:
        at -= 1
        text = words[at] + text
    while at < len(words) and (len(words[at]) == 1 or (at and len(words[at - 1]) == 1)):
        text = text.removeprefix(words[at])
        at += 1
    return _short(text)


def _head(words: list[str]) -> str:
    """The last noun with a short noun before it: 医疗 设备 → 医疗设备, 果园 路 → 果园路."""
    limit, at, text = _LIMITS["对象"], len(words), ""
    while at and len(text) < 2:
        at -= 1
        text = words[at] + text
    if at and len(text) <= 3 and len(words[at - 1]) <= 3 and words[at - 1] not in ACTIONS and len(words[at - 1]) + len(text) <= limit:
        at -= 1
        text = words[at] + text
    while at and len(words[at - 1]) == 1 and len(text) < limit:
        at -= 1
        text = words[at] + text
    return text if len(text) <= limit else ""


def _short(text: str) -> str:
    for long, short in _ALIASES:
        text = text.replace(long, short)
    return text


def merge(named: Mapping[str, list[str]], told: Mapping[str, Mapping[str, float]], limit: int = 6) -> dict[str, tuple[str, ...]]:
    """Fillers by gap, best first: those of the name, then those of the texts by weight."""
    merged: dict[str, tuple[str, ...]] = {}
    for gap in {*named, *told}:
        ranked = sorted(told.get(gap, {}).items(), key=lambda item: (-item[1], item[0]))
        row = dict.fromkeys([*named.get(gap, []), *(phrase for phrase, _ in ranked)])
        merged[gap] = tuple(row)[:limit]
    return merged


@cache
def has_ending(gap: str, word: str) -> bool:
    """Whether a word can by its ending fill a gap."""
    return word.endswith(ENDINGS.get(gap, ()))
