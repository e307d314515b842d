"""docs/rules.md made from the rules themselves and from docs/rules-notes.md: `python -m domain.rules.document` writes it.

The notes keep what only people can say: verdicts that differ from the rule table, and the published projects for which an
error remains, each with the reason.
"""

from __future__ import annotations

import dataclasses
import re
import sys
from pathlib import Path

from domain.grading import GRADES, Point, Severity, Test
from domain.review import Rule
from domain.rules import RULES
from domain.settings import FIVE_EXPENSES, Thresholds

DOCS = Path(__file__).resolve().parents[2] / "docs"
GENERATED = "<!-- 由 python -m domain.rules.document 生成，改规则或 rules-notes.md 后重新生成 -->"

_HEAD = """\
# 审核规则 (review rules)

{generated}

正式填报之前，草稿先按财政部门审核的眼光过一遍。下面{count}条规则按官方的四项审核内容排列，每条写明依据和依据的可靠程度、
不改的代价、怎么改、坏例子和好例子。标“可自动改”的，程序给出改前改后对照，由填报人确认。

依据的可靠程度：**公开材料**＝见过的公开文本或系统；**由公开表归纳**＝从三份公开下达表归纳；**参考**＝凭通行口径，引用前请核对原文；
**本程序约定**＝没有官方文本，是本程序的提议。

## 评分与等级

四项满分：{weights}。每条规则按它最重的一处扣一次：错误扣5分，警告扣1.5分，提示不扣，每项扣到0为止。

{grades}

另有五条封顶：产出里没有数量和质量指标的，最高“中”；金额之间对不上的（R20、R26、R27 有错误），最高“中”；年度绩效目标为空而总目标也没有
结果的，按“内容为空”评“差”；还有错误没改的，最高“良”；一条指标也没有的评“差”。前三条是规则表的提议，后两条是本程序加的：带着会退回的错误不能算
“优”，没有指标也就没有可审的。
忽略了的发现不计分；忽略错误必须写理由。

## 怎么改成本单位的口径

规则、轻重、标准和用词都是数据，写在配置文件夹（`tianbiao paths` 可看在哪）的 `review.toml` 里；编号或值写错的，
检查屏的末尾和 `tianbiao check` 会逐条报告，不会悄悄丢掉：

```toml
five_expenses = [{expenses}]   # R39：五项经费的经济科目
public_words = ["村民"]        # R6：再加几个表示“有服务对象”的词

[rules.R32]
enabled = false                # 这条不查

[rules.R39]
severity = "warning"           # error、warning、info

[thresholds]                   # 下面是内置值，只写要改的
{thresholds}

[judged]                       # R59、R64：再加名称的词尾和配它的词
"科学性" = ["科学"]

[slips]                        # R77：再加笔误和正确的写法
"帐目" = "账目"
```
"""


def document(notes: str) -> str:
    """The whole of docs/rules.md."""
    parts = [_head(), *(_section(test) for test in Test), notes.strip()]
    return "\n\n".join(parts) + "\n"


def _head() -> str:
    grades = "\n".join(f"- **{grade.label}**（{grade.lowest}分以上）：{grade.outcome}" for grade in GRADES)
    names = (f"{one.name} = {one.default}  # {one.metadata['label']}" for one in dataclasses.fields(Thresholds))
    return _HEAD.format(
        generated=GENERATED,
        count=len(RULES),
        weights="、".join(f"{test.value}{test.points}" for test in Test),
        grades=grades,
        thresholds="\n".join(names),
        expenses=", ".join(f'"{code}"' for code in sorted(FIVE_EXPENSES)),
    ).strip()


def _section(test: Test) -> str:
    lines = [f"## {test.value}"]
    for point in (one for one in Point if one.test is test):
        lines += [f"### {point.label}：{point.meaning}", *(_rule(one) for one in RULES if one.point is point)]
    return "\n\n".join(lines)


def _rule(rule: Rule) -> str:
    fixable = "；可自动改" if rule.fix else ""
    return "\n".join(
        (
            f"#### {rule.id} {rule.title}",
            "",
            f"{rule.severity.label}{fixable}。依据：{rule.basis}（{rule.trust}）。",
            "",
            f"{rule.cost}{rule.advice}",
            "",
            f"- 坏例子：{_quiet(rule.bad)}",
            f"- 好例子：{_quiet(rule.good)}",
        )
    )


def _quiet(example: str) -> str:
    """An example that Markdown shows as it is."""
    return re.sub(r"([<>*_\[\]])", r"\\\1", example)


def summary() -> str:
    """How many rules of each weight there are, for the release notes."""
    return "，".join(f"{one.label}{sum(rule.severity is one for rule in RULES)}条" for one in Severity)


def main() -> int:
    """Write docs/rules.md; with --check only say whether it is up to date."""
    target, text = DOCS / "rules.md", document((DOCS / "rules-notes.md").read_text(encoding="utf-8"))
    if "--check" in sys.argv:
        fresh = target.is_file() and target.read_text(encoding="utf-8") == text
        print("docs/rules.md 是最新的" if fresh else "docs/rules.md 过期了，请运行 python -m domain.rules.document")
        return 0 if fresh else 1
    target.write_text(text, encoding="utf-8")
    print(f"写好 {target}：{len(RULES)}条规则（{summary()}）")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
