"""Numbers and measure words (数词, 量词) as written in forms: half-width view, Chinese numerals, patterns the readers share."""

from __future__ import annotations

import re
from decimal import Decimal

_WIDE = str.maketrans("０１２３４５６７８９．＋－＊／（）％＝：；×✕✖［］【】﹝﹞　", "0123456789.+-*/()%=:;***[][]〔〕 ")

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
MULTIPLIERS = {"": 1, "百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
"""What may stand between digits and unit: 3万亩, 5千人."""

MEASURES = (
    "平方公里 平方千米 平方米 立方米 万平方米 平米 公里 千米 延米 公顷 公斤 千克 毫米 厘米 "
    "人次 人份 户次 家次 场次 批次 台次 台班 车次 班次 架次 件次 册次 课时 学时 点位 工时 人日 人天 千瓦时 千瓦 "
    "㎡ m² m³ km² km "
    "个 名 人 位 户 家 所 处 座 栋 幢 间 套 台 部 辆 艘 架 条 根 件 份 册 本 张 块 面 棵 株 盏 只 头 匹 尾 羽 箱 桶 支 枚 瓶 袋 盒 "
    "吨 斤 克 升 亩 米 里 次 场 期 批 班 节 门 项 宗 起 例 篇 幅 版 集 路 核 席 岗 组 队 对 种 款 孔 口 眼 扇 床 片 卷 道 捆 副 付 具 "
    "把 桩 天 小时 分钟 届 字 类 镇 乡 村 县 M"
).split()
"""Measure words and units of count; M (兆) is kept out of the pattern below, a bandwidth is no quantity delivered."""

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
CHINESE = "[零〇一二两三四五六七八九十百千万亿]+"
MEASURE = "|".join(sorted((re.escape(word) for word in MEASURES if word != "M"), key=len, reverse=True))

ACTIONS = frozenset(
    "新建 改建 扩建 改扩建 修建 建设 建成 建造 搭建 铺设 敷设 架设 安装 购置 采购 购买 配备 配发 配置 添置 更新 更换 维修 维护 "
    "修缮 改造 整治 治理 清理 清淤 疏浚 修复 加固 硬化 绿化 亮化 种植 栽植 栽种 补植 养殖 饲养 繁育 放流 租用 租赁 承租 开通 接入 "
    "培训 轮训 举办 开展 组织 召开 实施 完成 编制 编印 编写 制定 出版 印制 印刷 制作 发放 发送 发布 补助 补贴 资助 救助 奖励 慰问 "
    "表彰 扶持 帮扶 带动 惠及 服务 接待 受理 办理 办结 检查 抽查 抽检 检测 监测 检验 巡查 巡逻 走访 入户 排查 普查 调查 招聘 招录 "
    "聘用 聘请 邀请 引进 派遣 选派 选聘 覆盖 联通 升级 开发 建立 创建 打造 评选 评审 审计 评估 拆除 粉刷 喷涂 植树 造林 抚育 防治 "
    "回收 收集 清运 处理 运输 储备 投放 支持 投保 参保 保障 支付 用于 涉及 开课 体检 筛查 接种 免疫 养护 管护 看护 管理 运营".split()
)
"""What is done with the things counted (动作): never part of their noun."""


def half(text: str) -> str:
    """Full-width digits, signs and brackets as ASCII, one for one, so that positions stay; full-width commas are kept."""
    return text.translate(_WIDE)


def arabic(digits: str, multiplier: str = "") -> Decimal:
    """("1,760", "") → 1760; ("1.2", "万") → 12000."""
    return _tidy(Decimal(digits.replace(",", "")) * MULTIPLIERS[multiplier])


def chinese(text: str) -> Decimal | None:
    """三十二 → 32, 两千 → 2000, 一万二千 → 12000; None for what is no well-formed numeral (万千, 二〇一九 as a year)."""
    if not text or (len(text) > 1 and not any(char in _SCALES or char in _MYRIADS for char in text)):
        return None
    total = section = 0
    digit: int | None = None
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SCALES:
            if digit is None and (section or char != "十"):
                return None
            section += (1 if digit is None else digit) * _SCALES[char]
            digit = None
        else:
            section += digit or 0
            if not section:
                return None
            total, section, digit = (total + section) * _MYRIADS[char], 0, None
    return Decimal(total + section + (digit or 0))


def _tidy(number: Decimal) -> Decimal:
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize()
