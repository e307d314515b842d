"""The form's eight texts (项目概况 to 需要说明的其他问题); the overview's four parts are headings in one text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.fields import Kind, Spec

OVERVIEW_PARTS = ("项目背景", "项目内容", "项目范围", "组织架构")
"""The four parts that reviewers look for in 项目概况."""

OVERVIEW_SKELETON = "\n".join(f"{number}、{part}：" for number, part in enumerate(OVERVIEW_PARTS, 1))
"""An empty overview with its four headings, one key away in the editor."""


def bare_headings(text: str) -> tuple[str, ...]:
    """The parts of the skeleton whose heading stands in a text with nothing behind or below it."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    headings = dict(zip(OVERVIEW_SKELETON.split("\n"), OVERVIEW_PARTS, strict=True))
    return tuple(
        headings[line]
        for line, below in zip(lines, [*lines[1:], ""], strict=False)
        if line in headings and (not below or below.startswith(tuple(headings)))
    )


LONG_LIMIT = 4000
"""Code points allowed in a narrative; the published forms use up to 368."""


@dataclass(frozen=True, slots=True)
class Narrative:
    """Texts of the declaration, paragraphs divided by line breaks; empty where not answered."""

    overview: Annotated[
        str,
        Spec(
            label="项目概况",
            kind=Kind.LONG,
            required=True,
            max_chars=LONG_LIMIT,
            hint="分四部分写：背景、内容、范围、组织架构。数量写在范围里。",
            guide="背景：为什么有这个项目；内容：做哪几件事；范围：对谁做、做多少（数量写在这里）；组织架构：谁牵头、谁实施、谁拨款。"
            "三四百字即可，不要整段抄别的项目。",
            why="指标里的每个数量，审核人都会回到“范围”里找出处；找不到就会问。",
            good="3、项目范围：向43名网格长、150名信息员按月发放通信补贴。",
            bad="与另一个项目的概况一字不差",
            mistake="从别的表复制后忘了改数量，468部终端出现在没有终端的项目里。",
            aliases=("项目基本情况", "项目概述"),
        ),
    ] = ""
    basis: Annotated[
        str,
        Spec(
            label="项目立项依据",
            kind=Kind.LONG,
            required=True,
            max_chars=LONG_LIMIT,
            hint="凭什么立这个项目？写文件名、文号、会议纪要、合同，带上年份。",
            guide="列文件：《文件名》（发文机关〔年份〕号）、会议纪要第几次、合同或批复。至少一份；最好有近五年的。六角括号用〔〕。"
            "背景、道理不写在这里。",
            why="依据站得住，项目才算“论证过”；只有道理没有文件，会被判为缺立项依据。",
            good="《政务服务热线整合工作方案》（×政办发〔2019〕×号）；工委会议纪要〔2019〕第8次",
            bad="为打造全新社会管理模式，以三维地理信息为依托……",
            mistake="把背景介绍贴到这里；文件只有书名、没有年份文号。",
            aliases=("立项依据",),
        ),
    ] = ""
    necessity: Annotated[
        str,
        Spec(
            label="项目设立的必要性",
            kind=Kind.LONG,
            required=True,
            max_chars=LONG_LIMIT,
            hint="为什么必须做？不做会怎样？与本单位职责有什么关系？",
            guide="回答三问：本单位职责里哪一条要求做；不做会出什么问题；为什么用这种办法。两三句话即可，不重复工作内容。",
            why="审核人据此判断这笔钱该不该花、由谁来花。",
            good="热线由本中心承办；不租专线，143个村居的终端将断网，诉求不能按时限转办。",
            bad="承接热线业务，联通各级终端（只是把内容又说了一遍）",
            mistake="写成组织机构介绍，或把项目内容重复一遍。",
            aliases=("必要性", "项目必要性", "立项必要性"),
        ),
    ] = ""
    measures: Annotated[
        str,
        Spec(
            label="保证项目实施制度、措施",
            kind=Kind.LONG,
            required=True,
            max_chars=LONG_LIMIT,
            hint="靠哪些制度、措施保证做成？写制度名称，再写谁来管、怎么管。",
            guide="先列《……制度》《……办法》，再用一两句话写专人、频次和检查办法。",
            why="这是“可行性”的依据；没有点出任何制度名称，审核人会认为没有保障。",
            good="《网格化管理督办制度》；专人按月核对账单，季度通报。",
            bad="以网格划分为抓手，统筹各类行政资源……",
            mistake="把必要性、组织架构的文字贴到这里。",
            aliases=("保证项目实施的制度、措施", "项目实施制度、措施", "实施制度措施", "保障措施"),
        ),
    ] = ""
    plan: Annotated[
        str,
        Spec(
            label="项目实施计划",
            kind=Kind.LONG,
            required=True,
            max_chars=LONG_LIMIT,
            hint="分几步做、每步什么时候做完、什么时候付款？要有时间。",
            guide="按时间排：几月签合同、几月开通或开工、何时验收、何时付款。至少出现一个月份、季度或日期。",
            why="时效指标从这里来；计划里没有时间，时效就没有依据。",
            good="1月签订合同；每季度末验收并付款；12月清算。",
            bad="该项目已实施，是系统的组成部分。",
            mistake="把制度名称贴到这里；与总目标写得一模一样。",
            aliases=("实施计划", "项目实施进度计划"),
        ),
    ] = ""
    overall_goal: Annotated[
        str,
        Spec(
            label="项目总目标",
            kind=Kind.LONG,
            required=True,
            max_chars=LONG_LIMIT,
            hint="整个项目做完，要做成什么、带来什么变化？",
            guide="先一句话概述，再写“目标1、目标2”：产出什么、有什么效果。写结果，不写做法；跨年项目写到最后一年。",
            why="总目标管项目全程，后面每年的目标都从它分解。",
            good="建成覆盖143个村居的热线网络，群众诉求按期办结率保持在98%以上。",
            bad="保障平台正常运行。",
            mistake="照抄实施计划；只写“保障正常运行”，没有可以检验的结果。",
            aliases=("总目标", "总体目标", "项目总体目标"),
        ),
    ] = ""
    annual_goal: Annotated[
        str,
        Spec(
            label="年度绩效目标",
            kind=Kind.LONG,
            required=True,
            max_chars=LONG_LIMIT,
            hint="今年做多少、达到什么效果？要有数字，每句话都能对应一条指标。",
            guide="产出和效果都要有，带数字。可以先选好指标，再用 /拟目标 由指标拼出一段，改几个字即可。",
            why="明年自评就拿它逐句对账；空着不能入库，没有数字等于没法考核。",
            good="2020年租用线路147条，可用率不低于99.5%；诉求按期办结率98%以上，群众满意度90%以上。",
            bad="围绕全区部署开展信息化管理工作。",
            mistake="空着不填，或者通篇没有一个数字。",
            aliases=("年度目标", "年度总体目标", "本年度绩效目标"),
        ),
    ] = ""
    remarks: Annotated[
        str,
        Spec(
            label="需要说明的其他问题",
            kind=Kind.LONG,
            max_chars=LONG_LIMIT,
            hint="测算过程（单价×数量×期数）、增减原因、其他资金来源。没有可以跳过。",
            guide="把金额怎么来的写清楚：40元/部×43部×12个月=20640元。比上年增减两成以上的，说明原因。可用 /拟测算 由金额里的算式生成。",
            why="没有测算，审核人无从判断要多少钱合理。",
            good="终端通信费：40元/部×43部×12个月=20640元。",
            bad="按实际情况支出。",
            mistake="只有合计没有算式；算式的结果与申请金额对不上。",
            aliases=("其他需要说明的问题", "其他说明的问题", "备注"),
        ),
    ] = ""
