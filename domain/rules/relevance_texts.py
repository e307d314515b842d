"""相关性 (relevance) of words: do the name, the goals and the indicators speak of the same things, and of results."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from random import Random

from domain.case import Case, Row
from domain.model import Declaration, narrative_label
from domain.quantity import plain
from domain.review import Hit, Point, Rule, Severity, Trust, at_field, at_row
from domain.rules import making
from domain.rules.phrases import BOOK, result_less
from domain.siblings import bigrams

# --- R43: the name in the overview -----------------------------------------------------------------------------------

_ACTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("升级", ("升级", "升版", "改版", "迭代")),
    ("租用", ("租用", "租赁", "租")),
    ("租赁", ("租用", "租赁", "租")),
    ("补助", ("补助", "补贴", "资助", "救助")),
    ("补贴", ("补助", "补贴", "资助", "奖补")),
    ("购置", ("购置", "采购", "购买", "配备", "配置")),
    ("采购", ("购置", "采购", "购买", "配备")),
    ("改造", ("改造", "改建", "整治", "改善", "修缮", "更新")),
    ("维修", ("维修", "修缮", "维护", "养护", "修复")),
    ("修缮", ("维修", "修缮", "维护", "养护")),
    ("运维", ("运维", "运行", "维护")),
    ("培训", ("培训", "授课", "学员", "班")),
    ("新建", ("新建", "建设", "新修", "建成", "修建")),
    ("宣传", ("宣传", "宣讲", "推广")),
    ("绿化", ("绿化", "栽植", "种植", "苗木")),
    ("保洁", ("保洁", "清扫", "清洁", "环卫")),
    ("贴息", ("贴息", "利息", "利率")),
    ("普查", ("普查", "登记", "调查")),
    ("体检", ("体检", "检查")),
    ("奖励", ("奖励", "奖补", "表彰", "举报奖")),
)
"""Actions in a project's name, with what the overview may call them."""


_FUND = re.compile(r"(?:补助|补贴|奖励)(?:资金|经费|预算|专项)")
_FORMAL = re.compile(r"项目|专项|经费|资金|服务|工作|(?:19|20)\d\d年?")


def _name_in_overview(case: Case) -> Iterator[Hit]:
    name, text = case.declaration.project.name, case.texts["overview"]
    if not name or not text:
        return
    absent = [
        action
        for action, known in _ACTIONS
        if action in _FUND.sub("", name) and not any(word in text for word in known)
    ]
    if not absent and not any(action in name for action, _ in _ACTIONS):
        pairs = bigrams(_FORMAL.sub("", name))
        shared = case.content(name) & case.content(text)
        absent = [name] if pairs and not shared and sum(pair in text for pair in pairs) * 5 < len(pairs) else []
    if absent:
        message = f"项目名称里的“{'”“'.join(absent)}”，项目概况从头到尾没有提到。"
        yield at_field("narrative", "overview", message, also=(("project", "name"),))


def _other_name(case: Case, rng: Random) -> Declaration:
    text = case.texts["overview"]
    absent = [action for action, known in _ACTIONS if not any(word in text for word in known)]
    return making.field(
        case.declaration, "project", name=f"{case.declaration.project.name}{rng.choice(absent or ['升级'])}"
    )


# --- R45, R46: words of goals and indicators -------------------------------------------------------------------------

_PREAMBLE = re.compile(r"^(?:围绕|根据|按照|依据|为了?|在|以|通过|坚持|结合|落实|面向|采取|其中|使)")
_START = re.compile(r"(?:开展|推进|实施|完成|组织(?!的|部|活动)|做好|提供|举办)(?!情况)")
_ACTION = re.compile(
    r"开展|推进|推动|实施(?!的|内容)|完成|组织(?!的|部|活动)|做好|提供|举办|新[建修增]|建[成设]|修[建缮复]|改[造建善]|整治|治理|购[买置]|采购|配[备置]|租[用赁]|更新"
    r"|升级|培训|宣[传讲]|编印|拍摄|制作|印[发制]|发放|支付|拨付|救助|补[助贴]|资助|扶持|奖励|栽[植种]|种植|养[护殖]|维[护修]|运[维行营]"
    r"|巡[查检]|检[查测验修]|监测|调查|普查|登记|审[计核]|评[估审选]|办理|受理|处[理置]|化解|排查|整改|清[理扫运]|保洁|绿化|消毒|接[种待]"
    r"|防[控治]|招[聘录商]|引进|研[发究]|搭建|建立|健全|完善|落实|开放|展[出示览]|演出|保[障护]|提[升高供]|增[加强]|降低|减少|改变|促进|调[整动]|收集|采集|报[告送]|掌握|发布|排除|制止|查[处明清]|弄清|保证|维持|确保|达到|成活|增收"
)
"""Words without which a clause names no task, only a circumstance: 中期目标分两项, 三产业的规模."""
_DAY = re.compile(r"\d{1,2}月(?:\d{1,2}日|底|末|初)")
_MONEY = re.compile(r"万元|资金|经费|拨款|财政")
_WHEN = re.compile(
    r"(?:自|至|从|到)?(?:19|20)\d\d[.\-]\d{1,2}(?:起|止)?|(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}日)?(?:底|末|初)?(?:之?前|以?内|起)?|(?:完成|结束|到位)$"
)
"""A clause that only says until when has nothing that an indicator would have to name."""
_NUMBERED = re.compile(
    r"(?:^|(?<=[\s。；：]))(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:是|[、.．])|目标[\d一二三四]+[：:]?"
)


def tasks(text: str) -> list[str]:
    """The task phrases of a goal: clauses of four characters and more that say what is done, documents and preambles left out."""
    found = []
    for piece in re.split(r"[。；;，,：:\n]|(?<![一二三四五六七八九十])、", _NUMBERED.sub("", BOOK.sub("", text))):
        clause = piece.strip()
        if _PREAMBLE.match(clause):
            start = _START.search(clause)
            clause = clause[start.start() :] if start else ""
        if len(_WHEN.sub("", clause)) >= 4 and _ACTION.search(clause) and not _MONEY.search(clause):
            found.append(clause)
    return found


def untied(case: Case, clauses: Iterable[str], rows: Iterable[Row], *, by_name: bool = False) -> list[str]:
    """The phrases that share neither a content word nor a number with any of the rows; phrases without content pass.

    Words of the project's own name tie a phrase only where it says little else, since half of the rows have them, unless
    `by_name`.
    """
    known = list(rows)
    words = frozenset().union(*(case.content(row.name) for row in known)) if known else frozenset()
    figures = {plain(row.target.number) for row in known if row.target.number is not None}
    common: frozenset[str] = frozenset() if by_name else case.content(case.declaration.project.name)
    days = {day for row in known for day in _DAY.findall(row.target.text)}
    loose = []
    for clause in clauses:
        if days & set(_DAY.findall(clause)):
            continue
        said = case.content(clause)
        own = said - common
        matter = {word for word in own if not _ACTION.fullmatch(word)}
        named = said & common & words
        if (
            matter
            and len(named) < len(matter)
            and not own & words
            and not figures & set(re.findall(r"\d+(?:\.\d+)?", clause))
        ):
            loose.append(clause)
    return loose


LOOSE_GOAL = "loose-goal"
"""The cause of a year's goal that no indicator and no number holds to account."""


def _goal_in_table(case: Case) -> Iterator[Hit]:
    rows = case.by_role("output.", "effect.", "impact.", "cost.")
    loose = untied(case, tasks(case.texts["annual_goal"]), rows) if rows else []
    if loose:
        shown = "”“".join(loose[:3]) + ("”等" if len(loose) > 3 else "”")
        yield at_field("narrative", "annual_goal", f"年度绩效目标里的“{shown}没有一条指标对应。", cause=LOOSE_GOAL)


def _loose_task(case: Case, rng: Random) -> Declaration | None:
    goal = case.declaration.narrative.annual_goal.rstrip("。")
    extra = rng.choice(("编印舆情专报", "拍摄微电影", "举办书画联展"))
    return making.narrative(case.declaration, annual_goal=f"{goal}；{extra}。") if goal else None


def _outputs_in_text(case: Case) -> Iterator[Hit]:
    text = case.declaration.project.name + "\n" + case.text("overview", "overall_goal", "annual_goal")
    if not case.texts["overview"]:
        return
    said = case.content(text)
    planned = case.content(case.texts["plan"])
    for row in case.by_role("output.quantity", "output.quality", "output.timeliness"):
        own = case.content(row.name)
        known = said | planned if row.role == "output.timeliness" else said
        if own and not own & known and not _ends_said(row.name, text):
            yield at_row(row, f"产出指标{row.shown}说的事，名称、概况和目标里都没有提到。")


_TAIL = 5
"""Characters at the end of a name that say by themselves what is measured: 验收合格率."""


def _ends_said(name: str, text: str) -> bool:
    """Whether the text has the end of a name as it is: 工程验收合格率 where it says 验收合格率100%."""
    return len(name) >= _TAIL and name[-_TAIL:] in text


def _foreign_output(case: Case, rng: Random) -> Declaration | None:
    slot = case.slot("output.quality")
    said = case.content(case.declaration.project.name + case.text())
    names = [name for name in ("古籍修复完好率", "鱼苗成活率", "骨髓配型准确率") if not case.content(name) & said]
    return making.added(case.declaration, slot, rng.choice(names), ">=95%") if slot and names else None


# --- R55: results ----------------------------------------------------------------------------------------------------


def _no_result(case: Case) -> Iterator[Hit]:
    found = [
        (name, said) for name in ("overall_goal", "annual_goal", "plan") if (said := result_less(case.texts[name]))
    ]
    if found:
        first, said = found[0]
        where = "、".join(f"“{narrative_label(name)}”" for name, _ in found)
        also = tuple(("narrative", name) for name, _ in found[1:])
        yield at_field(
            "narrative", first, f"{where}里写“{_NUMBERED.sub('', said)[:40]}”，说的是现状，没有结果。", also=also
        )


def _state(case: Case, rng: Random) -> Declaration:
    name = rng.choice(("overall_goal", "annual_goal"))
    text = getattr(case.declaration.narrative, name)
    return making.narrative(case.declaration, **{name: f"{text}\n该项目已实施，是系统平台的组成部分。"})


RULES = (
    Rule(
        "R43",
        Point.TIED,
        Severity.WARNING,
        "项目名称说的事在概况里写到",
        "名称与内容互相印证",
        Trust.PROPOSED,
        "名称和内容对不上，审核人会问钱到底花在哪件事上。",
        "在概况的内容里写到名称中的这件事，或者改名称。",
        "名称“网格通信息平台升级”，概况从头到尾没有升级",
        "概况的内容写“升级网格通信息平台1个，更换终端468部”",
        _name_in_overview,
        _other_name,
    ),
    Rule(
        "R45",
        Point.TIED,
        Severity.WARNING,
        "年度目标里的每件事都有指标",
        "申报检查工具的语义检查：目标逐句对应指标",
        Trust.PUBLISHED,
        "写进目标而没有指标的事，明年没法证明做了。",
        "给这件事补一条指标，或者从目标里拿掉。",
        "目标写“开展舆情管理”，没有一条舆情指标",
        "目标写“诉求按期办结率98%以上”，社会效益有“诉求按期办结率>=98%”",
        _goal_in_table,
        _loose_task,
    ),
    Rule(
        "R46",
        Point.TIED,
        Severity.INFO,
        "每条产出指标说的事正文里提到过",
        "有的市按“指标与目标无关”每条扣0.5分",
        Trust.PUBLISHED,
        "凭空出现的指标，审核人会问从哪里来。",
        "在概况或目标里写到它，或者用正文里的叫法改名。",
        "“联网及时性”，正文里没有“联网”",
        "“线路开通及时率”，正文写“1月底前开通线路”",
        _outputs_in_text,
        _foreign_output,
    ),
    Rule(
        "R55",
        Point.TIED,
        Severity.WARNING,
        "目标和计划写结果，不只写现状",
        "三份公开表都写“该项目已实施，是……组成部分”",
        Trust.DERIVED,
        "现状不是目标，明年没有变化可以证明。",
        "改写成今年交付什么、达到什么程度。",
        "该项目已实施，是维持平台正常运行的保障。",
        "全年平台可用率不低于99.5%，故障4小时内修复。",
        _no_result,
        _state,
    ),
)
