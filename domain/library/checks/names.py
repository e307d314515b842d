"""Checks of an indicator's name (三级指标名称): a noun phrase that names one measurable thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.framework import framework
from domain.library.entry import Entry, filled, without_gaps
from domain.library.faults import WARNING, Hit

SUFFIXES = (
    "率 占比 比例 比率 比重 度 性 数 数量 量 次 次数 场次 班次 批次 航次 人次 户次 家次 频次 "
    "时间 时长 周期 天数 年限 日期 成本 费用 单价 造价 标准 保费 价款 情况 金额 额 资金 收入 产值 效益 收益 面积 长度 里程"
).split()
"""How a measurable name ends."""

_URGES = (
    "按照 按 加强 加快 及时 确保 保证 提高 推进 推动 强化 做好 切实 不断 进一步 大力 努力 充分 积极 严格 认真 打造 营造 "
    "掌握 争取 提升 降低 减少 增加 增强 扩大 改善 完成 促进 开展 实现 落实 解决 优化 建立 完善 健全 进行 保障"
).split()
"""Words that begin an exhortation, never a name, whatever follows."""
_VERBS = "实施 组织 支持 维护 缴纳 支付 发放 购买 采购 举办 召开 制定 有效".split()
"""Verbs that may also stand in a noun phrase (采购流程合规性); with one of the measurable endings they pass."""
_NOUNS = re.compile(r"保障性|保障房")
"""Nouns that look like verbs."""
_JOINED = re.compile(r"、|和(?![谐解睦平])|(?<![普涉波危])及(?![时格])|(?<![参])与(?![会])|以及|并且")
_FORBIDDEN = re.compile(r"[*_＊\s，。；：:,;!？?“”\"']|(?<!\d)-|20\d\d年?")
_MIN, _MAX = 4, 20


def name_hits(entry: Entry) -> Iterator[Hit]:
    """What is wrong with the name of an entry."""
    plain, bare = filled(entry.name), without_gaps(entry.name)
    if not _MIN <= len(plain) <= _MAX:
        message = f"名称填好后是 {len(plain)} 个字（{plain}），宜在 {_MIN} 到 {_MAX} 个字之间。"
        yield Hit("name", "name-length", message, WARNING)
    if _is_level_name(entry.name):
        yield Hit(
            "name", "level-name", f"“{entry.name}”是一级或二级指标的名称，三级指标要写具体量什么，例如“光纤租用数量”。"
        )
    elif not bare.endswith(tuple(SUFFIXES)):
        message = f"名称“{entry.name}”的结尾看不出量什么，改用 率、数、量、次数、时间、成本、标准、性、度 等收尾。"
        yield Hit("name", "name-suffix", message)
    yield from _verb_hits(entry, bare)
    if joined := _JOINED.search(bare):
        yield Hit("name", "two-measures", f"名称里有“{joined[0]}”，像是并列了两件事；一条指标只量一件事，请拆成两条。")
    if strange := _FORBIDDEN.search(bare):
        yield Hit("name", "name-characters", f"名称里有“{strange[0]}”；名称不带标点、空格、* _ - 和年份。")


def _is_level_name(name: str) -> bool:
    bare = name.removesuffix("指标").removesuffix("目标")
    return any(bare in (slot.level1, slot.level2, slot.level1.removesuffix("目标")) for slot in framework().slots) or (
        bare in ("产出数量", "产出质量", "产出时效", "产出成本", "可持续影响", "服务对象满意度", "生态效益")
    )


def _verb_hits(entry: Entry, bare: str) -> Iterator[Hit]:
    if entry.name.startswith("{") or _NOUNS.match(bare):
        return
    urge = next((word for word in _URGES if bare.startswith(word)), "")
    verb = urge or next((word for word in _VERBS if bare.startswith(word)), "")
    if urge or (verb and not bare.endswith(tuple(SUFFIXES))):
        message = f"名称以动词“{verb}”开头，是一句要求而不是指标；改成名词短语，例如“诉求按期办结率”“群众满意度”。"
        yield Hit("name", "verb-name", message)
