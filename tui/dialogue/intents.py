"""Whole sentences in typed fields that are commands: 返回上一项, 跳到年度绩效目标, 把联系电话改成 0631-5970000."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.dialogue import commands


@dataclass(frozen=True, slots=True)
class Intent:
    """A command understood from a sentence; value is the new answer in 把…改成…."""

    command: str
    argument: str = ""
    value: str = ""


_SET = re.compile(
    r"^(?:请)?(?:把|将)?(?P<place>.{2,20}?)(?:改成|改为|改到|换成|修改为|设为|更正为)\s*[:：]?\s*(?P<value>.+)$"
)
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"^(?:请|我想|我要|帮我)?(?:返回|回到?|退回)(?:到)?(?:上一?(?:个|步|项|题|条|问)?(?:问题)?|前面(?:一项)?)$"
        ),
        "back",
    ),
    (
        re.compile(
            r"^(?:请|我想|我要|帮我)?(?:跳到|跳转到|转到|去到|去填|去改|去|回到|返回到?|修改一下|修改|改一下|改)(?P<place>.{2,20})$"
        ),
        "go",
    ),
    (re.compile(r"^(?:这[个项]?)?(?:先)?(?:跳过|不填|空着|略过|暂时?不填|以后再填)(?:这[个项题])?(?:吧)?$"), "skip"),
    (re.compile(r"^(?:这[个项]?)?(?:怎么填|怎么写|填什么|什么意思|是什么|不懂|不会填|求助)[?？]?$"), "help"),
    (re.compile(r"^(?:为什么|为何|干嘛|干什么用)(?:要)?(?:问|填)?(?:这个|这项)?[?？]?$"), "why"),
    (re.compile(r"^(?:举个例子|给个例子|有例子吗|看例子|举例)[?？]?$"), "example"),
    (re.compile(r"^(?:撤销|撤回)(?:上一步|刚才的?(?:修改|操作)?)?$"), "undo"),
    (re.compile(r"^(?:重做|恢复)(?:上一步)?$"), "redo"),
    (re.compile(r"^(?:保存|存盘|存一下|保存一下)$"), "save"),
    (re.compile(r"^(?:退出|离开|不填了|结束|关闭)(?:程序)?$"), "quit"),
    (re.compile(r"^(?:看看?|打开|显示)?(?:概览|整张表|全表|填到哪了?)[?？]?$"), "overview"),
    (re.compile(r"^(?:看看?|打开)?预览$"), "preview"),
    (re.compile(r"^(?:检查|审核)(?:一下|一遍)?$"), "check"),
    (re.compile(r"^(?:清空|删掉|删除)(?:这一?项|内容)?$"), "clear"),
)


def understand(text: str) -> Intent | None:
    """The command that a sentence means, None where it is none. Only asked for text that failed as an answer."""
    text = text.strip().rstrip("。.!！")
    if len(text) > 200:
        return None
    if match := _SET.match(text):
        return Intent("set", match["place"].strip(), match["value"].strip())
    named = commands.named(text)
    if named is not None and len(text) > 1 and not named.argument:
        return Intent(named.id)
    for pattern, command in _PATTERNS:
        if match := pattern.match(text):
            return Intent(command, (match.groupdict().get("place") or "").strip())
    return None
