"""Pairs of slots that people mix up (易混的格子), each with the question that tells them apart (检验问句)."""

from __future__ import annotations

from dataclasses import dataclass

from domain.framework import Slot


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two roles, the test question, and a pair of examples."""

    one: str
    other: str
    question: str
    example: str


CONFUSIONS = (
    Confusion(
        "output.quantity",
        "output.quality",
        "问的是“做了多少、做完几成”，还是“做得好不好”？多少和几成归数量，好不好归质量。",
        "采购完成率是数量，验收合格率是质量。",
    ),
    Confusion(
        "output.quality",
        "effect.social",
        "说的是交付的东西自己好不好，还是别人因此有了变化？自己的归质量，别人的变化归社会效益。",
        "线路畅通率是质量，诉求按期办结率是社会效益。",
    ),
    Confusion(
        "output.timeliness",
        "output.quality",
        "往后拖几天，事情会不会变糟？会变糟的是时效，与早晚无关的是质量。",
        "故障修复时间是时效，故障率是质量。",
    ),
    Confusion(
        "output.timeliness",
        "effect.social",
        "快的是自己人，还是群众的事真的办成了？自己人快不快归时效，群众的事办没办成归社会效益。",
        "信息上报及时率是时效，问题解决率是社会效益。",
    ),
    Confusion(
        "effect.social",
        "effect.satisfaction",
        "这是能查到的事实，还是要去问人才知道的看法？事实归社会效益，看法归满意度。",
        "投诉件数是事实，群众满意度是看法。",
    ),
    Confusion(
        "input.funding",
        "output.quantity",
        "是钱和人投进去了，还是东西交出来了？投进去的归投入，交出来的归产出。",
        "资金到位率是投入，租用线路数是产出。",
    ),
    Confusion(
        "input.funding",
        "output.cost",
        "算的是预算花了几成，还是买一份要多少钱？几成归投入管理，单价和总价归成本。",
        "预算执行率归投入管理，租用单价归成本。",
    ),
    Confusion(
        "input.project",
        "output.quality",
        "说的是手续走得对不对，还是交来的东西好不好？手续归项目管理，东西归质量。",
        "采购流程合规性归项目管理，验收合格率归质量。",
    ),
    Confusion(
        "input.finance",
        "input.project",
        "查账的人看，还是查合同和采购的人看？账和票归财务管理，合同、采购、验收手续归项目管理。",
        "资金使用合规性归财务管理，合同管理完备性归项目管理。",
    ),
    Confusion(
        "input.finance",
        "input.funding",
        "问的是钱到没到、花了几成，还是花得合不合规矩？到位和进度归投入管理，规矩归财务管理。",
        "资金到位及时率归投入管理，专款专用率归财务管理。",
    ),
    Confusion(
        "input.assets",
        "output.quantity",
        "问的是买了几件，还是买来以后登记、在用没有？几件归数量，登记和在用归资产管理。",
        "设备购置数是数量，固定资产入账率是资产管理。",
    ),
    Confusion(
        "input.decision",
        "input.goal",
        "说的是项目该不该上，还是目标定得清不清楚？前者归决策管理，后者归目标管理。",
        "立项依据充分性归决策管理，绩效指标明确性归目标管理。",
    ),
    Confusion(
        "input.project",
        "impact.mechanism",
        "是今年办这个项目的规矩，还是项目完了以后还管用的办法？今年的归项目管理，以后的归长效管理。",
        "项目管理制度健全性归项目管理，后续管护机制健全性归长效管理。",
    ),
    Confusion(
        "output.cost",
        "effect.economic",
        "是自己要花的钱，还是因此省下、挣来的钱？要花的归成本，省下挣来的归经济效益。",
        "租用单价是成本，节约话费金额是经济效益。",
    ),
    Confusion(
        "effect.economic",
        "effect.social",
        "能不能指着某一方说他多挣或少花了几元？能就是经济效益，说不出元的是社会效益。",
        "户均增收金额是经济效益，带动就业人数是社会效益。",
    ),
    Confusion(
        "effect.environment",
        "output.quality",
        "请环保部门来量，量的是环境还是您交的东西？量环境归环境效益，量东西归质量。",
        "水质达标率是环境效益，苗木成活率是质量。",
    ),
    Confusion(
        "effect.environment",
        "effect.social",
        "变好的是水、气、土、绿，还是人和社会？前者归环境效益，后者归社会效益。",
        "垃圾资源化利用率是环境效益，事故发生数是社会效益。",
    ),
    Confusion(
        "impact.staff",
        "output.quantity",
        "说的是今年培训、聘用了几个，还是以后有没有人干得好？几个归数量，以后的归人力资源。",
        "培训人次是数量，持证上岗率是人力资源。",
    ),
    Confusion(
        "impact.mechanism",
        "effect.social",
        "今年就看得到变化，还是靠制度让好处延续？今年的归社会效益，延续的归长效管理。",
        "问题解决率是社会效益，长效管理机制健全性是长效管理。",
    ),
    Confusion(
        "impact.coordination",
        "impact.information",
        "别的单位是来一起办事，还是来用您的数据？办事归部门协助，用数据归信息共享。",
        "协办事项按期反馈率归部门协助，数据共享率归信息共享。",
    ),
    Confusion(
        "impact.facilities",
        "output.quantity",
        "它是这个项目的主角还是配角？主角归数量，配角归配套设施。",
        "光纤租用数是数量，备用线路覆盖率是配套设施。",
    ),
    Confusion(
        "impact.other",
        "impact.mechanism",
        "是留资料、作示范，还是让好处延续的办法？办法归长效管理，前五格放不下的才归其它。",
        "管护机制健全性归长效管理，项目资料归档率归其它。",
    ),
)
"""The pairs, the commonest first."""


def between(one: str, other: str) -> Confusion | None:
    """The pair of two roles in either order, None where people seldom mix them up."""
    return next((pair for pair in CONFUSIONS if {pair.one, pair.other} == {one, other}), None)


def partners(role: str) -> tuple[str, ...]:
    """The roles that a role is mixed up with, the commonest first."""
    return tuple(pair.other if pair.one == role else pair.one for pair in CONFUSIONS if role in (pair.one, pair.other))


def question_between(right: Slot, wrong: Slot | None = None) -> str:
    """The question that leads to the right slot, with its example; the slot's own one where the pair has none."""
    pair = between(right.role, wrong.role) if wrong is not None else None
    if pair is not None:
        return f"检验问句：{pair.question}例如{pair.example}"
    return f"检验问句：{right.test}"
