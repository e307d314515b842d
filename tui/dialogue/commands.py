"""The commands of the conversation: one entry each gives the slash word, its synonyms, its line of help, its key."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command; names are typed after a slash, the first one is shown; action is the full screen's (`tui.actions`)."""

    id: str
    names: tuple[str, ...]
    help: str
    action: str = ""
    argument: str = ""


COMMANDS: tuple[Command, ...] = (
    Command("help", ("帮助", "help", "h", "?"), "这一项怎么填、好坏例子、常见错误", "fill.help"),
    Command("why", ("为什么", "why"), "为什么要问这一项，谁会看"),
    Command("example", ("例子", "示例", "example", "eg"), "看一个好例子和一个坏例子"),
    Command("commands", ("命令", "commands", "cmds"), "列出全部命令和按键"),
    Command("back", ("上一项", "上一步", "返回", "back", "b"), "回到上一个问题，原来的内容可以接着改", "fill.back"),
    Command("skip", ("跳过", "下一项", "skip", "next", "s"), "这一项先空着，往下走", "fill.skip"),
    Command(
        "go", ("去", "跳到", "改", "go", "goto", "g"), "跳到某一项，如 /去 金额、/去 xmmc", "fill.overview", "栏目名"
    ),
    Command("undo", ("撤销", "undo", "u"), "撤销上一步", "fill.undo"),
    Command("redo", ("重做", "redo"), "重做刚撤销的一步", "fill.redo"),
    Command("clear", ("清空", "clear"), "把这一项清空"),
    Command("overview", ("全表", "概览", "overview", "o"), "看整张表填到哪了，选一项跳过去", "fill.overview"),
    Command("coverage", ("覆盖", "覆盖情况", "coverage"), "这类项目常填哪几格，现在最该补哪一条"),
    Command("unseen", ("未看", "过目", "unseen"), "逐处过目没人看过的内容（沿用、导入、草拟来的），回车确认"),
    Command("preview", ("预览", "preview", "p"), "按表格原样预览"),
    Command("table", ("指标表", "指标", "table", "t"), "把指标当一张表来改", "fill.table"),
    Command("suggest", ("建议", "推荐", "suggest"), "看这一格的推荐指标和理由", "fill.why"),
    Command("draft", ("草拟", "速填", "draft"), "粘贴项目的名称和说明，先拟出能看出来的各项"),
    Command("indicators", ("拟指标", "indicators"), "照已填的内容拟出整张指标表，逐条定；通常不填的格一并略过"),
    Command("goal", ("拟目标", "goal"), "由已选指标拼出今年的目标，再改"),
    Command("calculation", ("拟测算", "测算", "calc"), "由金额算式拼出测算说明，再改"),
    Command("editor", ("编辑器", "editor"), "长文字用自己的编辑器写（$EDITOR），写完回来再确认", "fill.editor"),
    Command("delete", ("删", "删除", "delete", "del"), "删掉这一格的第几条指标，如 /删 1", "", "序号"),
    Command("edit", ("编辑", "修改", "edit"), "修改这一格的第几条指标，如 /编辑 1", "", "序号"),
    Command("move", ("上移", "up"), "把这一格的第几条指标往上移，如 /上移 2", "", "序号"),
    Command(
        "weigh",
        ("权重", "weight", "weights"),
        "各条指标的权重，如 /权重 2=15 3=10；本地的表有这一栏才填",
        "",
        "序号=权重",
    ),
    Command(
        "explain",
        ("指标解释", "解释", "explain"),
        "各条指标怎么算、数据从哪里来，如 /指标解释 2=合格数÷验收数",
        "",
        "序号=文字",
    ),
    Command("check", ("检查", "审核", "check", "c"), "看还缺什么、哪里会被退回", "fill.check"),
    Command("learn", ("练习", "学习", "导览", "learn"), "上课、练习、两分钟导览，不碰这张表"),
    Command(
        "coach", ("边学", "边填边学", "coach"), "边填边学：先说怎么填，选了指标再问为什么；再来一次就关", "fill.coach"
    ),
    Command("library", ("指标库", "库", "library", "lib"), "翻看指标库，选一条用到本表"),
    Command("export", ("导出", "export"), "写成 Word、Excel、网页等格式"),
    Command("entry", ("录入", "entry"), "按网页的次序一栏一栏抄到正式系统"),
    Command("compare", ("对比", "比较", "compare"), "和另一份记录比较，如 /对比 2020-热线", "", "记录名"),
    Command("history", ("历史", "history"), "看这份记录从前的样子，恢复其中一个"),
    Command("takeover", ("接手", "takeover"), "别人开着这份记录时，接过来填"),
    Command("save", ("保存", "save", "w"), "马上存盘（每答一项本来就会存）", "fill.save"),
    Command("quit", ("退出", "离开", "quit", "exit", "q"), "存好并离开", "page.leave"),
)

_BY_NAME = {name: command for command in COMMANDS for name in command.names}
BY_ID = {command.id: command for command in COMMANDS}


_AFTER_A_YES = re.compile(r"[yYnN\uff59\uff4e是否](?=[/／])")
"""A yes or no that was meant for a question which had gone already when it came."""


def split(text: str) -> tuple[str, str] | None:
    """("去", "金额") for "/去 金额"; None for text that is no slash word ("//" stands for a literal slash).

    A yes or no may stand before a command that is nothing but a name (y/命令).
    """
    if _AFTER_A_YES.match(text) and named(text[2:].strip()) is not None:
        text = text[1:]
    if text[:1] not in ("/", "／") or text[1:2] in ("/", "／"):
        return None
    word, _, argument = text[1:].strip().partition(" ")
    return word, argument.strip()


def is_bare(text: str) -> bool:
    """Whether a text is a slash word and nothing else (/草拟), as nobody writes in a form."""
    parts = split(text.strip())
    return parts is not None and not parts[1] and named(parts[0]) is not None


def named(text: str) -> Command | None:
    """The command of exactly this name."""
    return _BY_NAME.get(text.lower())


def find(word: str) -> tuple[Command, str] | None:
    """The command of a slash word; an argument may follow a Chinese name without a space (/去金额)."""
    if command := _BY_NAME.get(word.lower()):
        return command, ""
    for length in range(len(word) - 1, 0, -1):
        command = _BY_NAME.get(word[:length])
        if command is not None and command.argument and not word[:length].isascii():
            return command, word[length:]
    return None


def close_to(word: str) -> list[Command]:
    """Commands that a mistyped word may have meant."""
    return [
        command for command in COMMANDS if any(set(word) & set(name) for name in command.names if not name.isascii())
    ][:3]
