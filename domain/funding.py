"""The form's money block (资金情况). Every amount is a Decimal in 万元, None where not answered."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from domain.fields import Kind, Spec

if TYPE_CHECKING:
    from domain.model import Declaration


def had_a_last_year(declaration: Declaration) -> bool:
    """Last year's figures are asked unless the project is done once only (一次性项目)."""
    return not declaration.project.nature.startswith("一次性")


@dataclass(frozen=True, slots=True)
class Funding:
    """Amounts of the declaration in 万元."""

    total: Annotated[
        Decimal | None,
        Spec(
            label="项目总金额",
            kind=Kind.MONEY,
            hint="整个项目一共要多少钱？单位万元；可写 24.63、246300元，或算式 1720元*12个月。",
            guide="项目从头到尾的总金额，单位万元。可以直接写算式，程序会算好并换算，例如 1720元*12个月+6450元*12个月 → 9.804万元。"
            "一年做完的项目，总金额等于本年度申请金额。",
            why="总金额是成本指标的上限，也是审核人核对测算过程的落点。",
            good="24.63",
            bad="246300（把元写成了万元）",
            mistake="元和万元混用，金额一下子大了一万倍。",
            aliases=("项目资金总额", "项目总投资", "项目总预算"),
        ),
    ] = None
    requested: Annotated[
        Decimal | None,
        Spec(
            label="本年度预算申请金额",
            kind=Kind.MONEY,
            hint="今年申请多少？单位万元；一年做完的项目与总金额相同。",
            guide="本预算年度申请的金额，不大于项目总金额。跨年项目只写今年这一份。与“需要说明的其他问题”里的测算结果相差不超过0.01万元。",
            why="这是真正要批的数；它与测算、数量、单价三者要对得上。",
            good="24.63",
            bad="大于项目总金额",
            mistake="只改了总金额，忘了同步改申请金额。",
            aliases=("年度资金申请总额", "年度资金总额", "本年度申请金额", "年度预算申请金额"),
        ),
    ] = None
    previous_budget: Annotated[
        Decimal | None,
        Spec(
            label="上年度项目预算金额",
            kind=Kind.MONEY,
            hint="上一年批了多少？单位万元；新项目空着，按 Enter 跳过。",
            guide="同一项目上一年批复的预算。新项目两个上年数都空着；经常性项目两个都要填。",
            why="申请数比上年变化超过两成，一般要在“需要说明的其他问题”里说明原因。",
            good="10.57",
            bad="只填预算，不填执行数",
            mistake="经常性项目上年数空白，被当成新项目。",
            aliases=("上年预算金额", "上年度预算金额"),
            relevant=had_a_last_year,
        ),
    ] = None
    previous_executed: Annotated[
        Decimal | None,
        Spec(
            label="上年度项目执行数",
            kind=Kind.MONEY,
            hint="上一年实际花了多少？单位万元，一般不超过上年预算。",
            guide="上一年实际支出数，从决算或财务账取。执行率低于九成而今年不减，审核人会问原因。",
            why="执行得好不好，直接影响今年批多少。",
            good="10.57",
            bad="12.00（上年预算只有10.57，又没说明追加）",
            mistake="把预算数照抄成执行数。",
            aliases=("上年执行数", "上年度执行数"),
            relevant=had_a_last_year,
        ),
    ] = None
