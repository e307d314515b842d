"""完整性 (completeness) of the table's slots: which of them must hold an indicator, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from domain.case import Case, Row
from domain.model import Declaration
from domain.review import Hit, Point, Rule, Severity, Trust, at_slot
from domain.rules import making

# --- R3 to R9, R11: slots --------------------------------------------------------------------------------------------

NO_ROWS = "no-indicators"
"""Cause of everything that is missing because the table is empty as a whole."""


def _missing(case: Case, roles: tuple[str, ...], what: str, **more: str) -> Iterator[Hit]:
    """A hit where no indicator plays one of the roles, for frameworks that have a slot for them."""
    slot = case.slot(*roles)
    if slot is not None and not case.by_role(*roles):
        cause = {} if case.rows else {"cause": NO_ROWS}
        yield at_slot(slot, f"“{'›'.join(slot)}”{what}", **{**more, **cause})


def _outputs(case: Case) -> Iterator[Hit]:
    yield from _missing(case, ("output.quantity",), "一条指标也没有，看不出交付多少。")
    yield from _missing(case, ("output.quality",), "一条指标也没有，看不出交付的东西好不好。")
    yield from _missing(case, ("output.timeliness",), "一条指标也没有，看不出什么时候完成。")


def _drop_output(case: Case, rng: Random) -> Declaration | None:
    return making.without_role(case, rng.choice(("output.quantity", "output.quality", "output.timeliness")))


_COST = ("output.cost", "cost.economic", "cost.social", "cost.environment")


def _cost(case: Case) -> Iterator[Hit]:
    yield from _missing(case, _COST, "没有指标，看不出单价或总价控制在多少。")


def _drop_cost(case: Case, rng: Random) -> Declaration | None:
    return making.without_role(case, *_COST)


_BENEFITS = ("effect.economic", "effect.social", "effect.environment")


_LASTING = re.compile(r"机制|制度|档案|管护|管理|人员|培训|信息|公开|配套|备用|联动|协调|持续|年限")
"""What belongs to 影响力 and is no benefit by itself."""


def _benefit(case: Case) -> Iterator[Hit]:
    if case.slot(*_BENEFITS) and not case.by_role(*_BENEFITS):
        cause = {} if case.rows else {"cause": NO_ROWS}
        slot = case.slot("effect.social", *_BENEFITS)
        moved = [row for row in case.by_role("impact.") if not _LASTING.search(row.name)]
        if moved:
            message = f"效益三格都空着，{moved[0].shown}像是效益，放在了影响力里。"
            yield at_slot(
                slot, message, severity=Severity.WARNING, advice="说的是变化的移到“社会效益”，影响力里写机制。"
            )
        else:
            yield at_slot(slot, "经济、社会、环境三类效益里一条指标也没有，看不出这笔钱带来什么变化。", **cause)


def _drop_benefit(case: Case, rng: Random) -> Declaration | None:
    return making.without_role(case, *_BENEFITS)


PUBLIC = ("群众", "市民", "居民", "服务", "热线", "企业", "学员", "村居")
"""Words that mean somebody outside is served and can be asked."""


def _satisfaction(case: Case) -> Iterator[Hit]:
    if case.by_role("effect.satisfaction"):
        return
    text = case.declaration.project.name + case.text()
    found = next((word for word in (*PUBLIC, *case.settings.public_words) if word in text), "")
    if found:
        yield from _missing(case, ("effect.satisfaction",), f"没有指标，而正文里写到“{found}”，有服务对象可以问。")


def _drop_satisfaction(case: Case, rng: Random) -> Declaration | None:
    text = case.declaration.project.name + case.text()
    return making.without_role(case, "effect.satisfaction") if any(word in text for word in PUBLIC) else None


_MANAGEMENT = ("input.funding", "input.finance", "input.project")


UNMANAGED_PURCHASE = "unmanaged-purchase"
"""The cause of an empty project management where a purchase wants an indicator there: one indicator mends both."""


_USUAL = {
    "input.funding": "预算资金到位率=100%",
    "input.finance": "资金使用合规性 合规",
    "input.project": "合同管理完备性 完备",
}
"""What the slots of management usually hold."""


def _management(case: Case) -> Iterator[Hit]:
    whole = {} if case.by_role(*_MANAGEMENT) else {"cause": "no-management"}
    for role in _MANAGEMENT:
        bought_for = role == "input.project" and case.declaration.project.procurement
        cause = {"cause": UNMANAGED_PURCHASE} if bought_for else whole
        yield from _missing(case, (role,), "没有指标。", advice=f"补一条常用的，如“{_USUAL[role]}”。", **cause)


def _drop_management(case: Case, rng: Random) -> Declaration | None:
    return making.without_role(case, rng.choice(_MANAGEMENT))


def _impact(case: Case) -> Iterator[Hit]:
    if not case.by_role("impact."):
        yield from _missing(case, ("impact.mechanism",), "等影响力各项一条指标也没有，看不出项目结束后怎么管下去。")


def _drop_impact(case: Case, rng: Random) -> Declaration | None:
    return making.without_role(case, "impact.")


_NO_ASSET = re.compile(
    r"服务|运维|维护|租|疫苗|药|苗|种|物资|耗材|材料|食材|食品|图书|书|资料|粮|肥|饲料|试剂|用品|被装|服装|慰问"
)
"""What is bought and used up, or is no thing at all."""


_WORKS = frozenset("30901 30905 30906 31001 31005 31006".split())
"""Economic subjects of works: buildings, infrastructure, large repairs."""


def bought(case: Case) -> Row | None:
    """The first count of something bought that stays as an asset."""
    return next(
        (
            row
            for row in case.by_role("output.quantity")
            if not row.target.is_rate and re.search(r"购置|采购", row.name) and not _NO_ASSET.search(row.name)
        ),
        None,
    )


def buys_things(case: Case) -> str:
    """Why we think that the project buys equipment, "" where nothing says so."""
    for one in case.declaration.project.economic_subjects:
        if one.code.startswith(("309", "310")):
            return f"经济科目是“{one}”"
    if row := bought(case):
        return f"数量里有{row.shown}"
    if case.declaration.project.procurement and re.search(r"设备|购置", case.declaration.project.name + case.scope):
        return "填了政府采购，内容里有设备"
    return ""


def _assets(case: Case) -> Iterator[Hit]:
    why = buys_things(case)
    if why and not case.by_role("input.assets"):
        works = any(one.code in _WORKS for one in case.declaration.project.economic_subjects)
        advice = {"advice": "工程完工要转成资产，补一条：资产移交登记率=100%。"} if works else {}
        yield from _missing(case, ("input.assets",), f"没有指标，而{why}。", **advice)


def _buy_without_assets(case: Case, rng: Random) -> Declaration | None:
    dropped = making.without_role(case, "input.assets") or case.declaration
    if dropped != case.declaration and buys_things(case):
        return dropped
    slot = case.slot("output.quantity")
    return making.added(dropped, slot, "设备购置数", "=3台") if slot and case.slot("input.assets") else None


def _few(case: Case) -> Iterator[Hit]:
    rows = case.by_role("output.", "effect.", "cost.")
    if len(rows) < case.settings.thresholds.results:
        cause = {} if case.rows else {"cause": NO_ROWS}
        yield at_slot(None, f"产出和效果合起来只有{len(rows)}条指标。", **cause)


def _keep_three(case: Case, rng: Random) -> Declaration | None:
    rows = case.by_role("output.", "effect.", "cost.")
    dropped = {row.index for row in rows[3:]}
    return making.without(case.declaration, lambda index, _: index in dropped) if dropped else None


RULES = (
    Rule(
        "R3",
        Point.COMPLETE,
        Severity.ERROR,
        "产出里数量、质量、时效各至少一条",
        "财预〔2021〕101号的指标设置要求，申报检查工具的硬性规则",
        Trust.REFERENCE,
        "缺一类，明年自评这一类就没有分可评。",
        "补一条：数量问“多少”，质量问“多好”，时效问“多快”。",
        "只有“租用光纤数=147条”，没有质量和时效",
        "租用光纤数=147条；线路可用率>=99.5%；开通完成时间 2021年1月31日前",
        _outputs,
        _drop_output,
    ),
    Rule(
        "R4",
        Point.COMPLETE,
        Severity.WARNING,
        "产出里有成本指标",
        "上海2025年核心指标指南：原则上每个项目都有成本指标",
        Trust.PUBLISHED,
        "没有成本线，明年没法说钱花得省不省。",
        "写总成本、单价，用<=，如“线路租用单价<=1676元/条·年”；政策定额的补助标准写=。",
        "成本一格空着",
        "线路租用单价<=1676元/条·年",
        _cost,
        _drop_cost,
    ),
    Rule(
        "R5",
        Point.COMPLETE,
        Severity.ERROR,
        "效果里至少有一条经济、社会或环境效益",
        "申报检查工具的硬性规则",
        Trust.PUBLISHED,
        "只有产出没有效果，明年说不清这笔钱有什么用。",
        "问一句“谁因此受益，怎么看得出来”，写成一条社会效益。",
        "效果目标三格都空着",
        "群众诉求按期办结率>=98%",
        _benefit,
        _drop_benefit,
    ),
    Rule(
        "R6",
        Point.COMPLETE,
        Severity.WARNING,
        "面向群众或单位的项目有满意度指标",
        "财预〔2021〕101号；审计机构归纳的七类问题之一",
        Trust.REFERENCE,
        "自评表里满意度单列10分，没有这一条就拿不到。",
        "写清问谁，如“村居使用满意度>=90%”，并想好怎么调查。",
        "热线项目没有满意度",
        "来电群众满意度>=90%",
        _satisfaction,
        _drop_satisfaction,
    ),
    Rule(
        "R7",
        Point.COMPLETE,
        Severity.WARNING,
        "投入管理、财务管理、项目管理各至少一条",
        "财预〔2013〕53号的管理类指标",
        Trust.REFERENCE,
        "管理过程没有指标，监控时没有抓手。",
        "补一条常用的：预算资金到位率=100%、资金使用合规性 合规、合同管理完备性 完备。",
        "项目管理一格空着",
        "采购流程合规性 合规",
        _management,
        _drop_management,
    ),
    Rule(
        "R8",
        Point.COMPLETE,
        Severity.WARNING,
        "影响力里至少一条，通常是长效管理",
        "三份公开表都填了长效管理",
        Trust.DERIVED,
        "项目结束后怎么管下去没有交代，明年再要钱时会被问。",
        "写项目结束后继续起作用的机制，如“长效管理机制健全性 健全”。",
        "影响力目标六格都空着",
        "长效管理机制健全性 健全",
        _impact,
        _drop_impact,
    ),
    Rule(
        "R9",
        Point.COMPLETE,
        Severity.WARNING,
        "购置设备的项目有资产管理指标",
        "资产管理的通行要求",
        Trust.REFERENCE,
        "买来的东西没有入账和在用情况的指标，明年盘点对不上账。",
        "补一条：固定资产入账率=100%，或设备在用率>=95%。",
        "购置468部终端，资产管理空着",
        "固定资产入账率=100%",
        _assets,
        _buy_without_assets,
    ),
    Rule(
        "R11",
        Point.CLEAR,
        Severity.WARNING,
        "产出和效果合起来不少于4条",
        "本程序按公开表归纳的下限",
        Trust.PROPOSED,
        "指标太少，一条没完成就是大比例扣分。",
        "从数量、质量、时效、成本、效益、满意度里补齐主要的几条。",
        "全表只有数量、质量、满意度三条",
        "数量、质量、时效、成本、社会效益、满意度各一条",
        _few,
        _keep_three,
    ),
)
