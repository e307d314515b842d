"""The arguments of the command line, with help in Chinese and examples."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn, TypeAlias

from tui import __version__
from tui.config import THEMES
from tui.usage import EXIT_CODES

_SAID = (
    (r"unrecognized arguments: (--(?:dir|theme|mouse|no-pager))\b.*", r"\1 要写在命令（fill、list 等）的前面"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"the following arguments are required: (.+)", r"还缺：\1"),
    (r"argument (.+?): invalid int value: '?(.*?)'?", r"\1 要写整数，不是“\2”"),
    (r"argument (.+?): expected one argument", r"\1 后面要写一个值"),
    (r"argument (.+?): expected at least one argument", r"\1 后面至少要写一个值"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 和 \2 只能写一个"),
    (r"argument (.+?): (.+)", r"\1：\2"),
)
"""What argparse says, and how we say it."""

RECORD = "记录文件夹里的文件名（不带 .toml），或文件路径"
FORM = f"{RECORD}；能导入的表格文件也行"
LEARN_ACTIONS = ("exam", "grade", "progress", "report")
JSON = "JSON，给别的程序读"

_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


class _Parser(argparse.ArgumentParser):
    """argparse in Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "add_help": False, "allow_abbrev": False})
        self.add_argument("-h", "--help", action="help", help="显示这份帮助")

    def format_help(self) -> str:
        """The whole help, for --help."""
        from tui.helptext import page

        return page(self)

    def format_usage(self) -> str:
        """How it is called, before what is wrong."""
        from tui.helptext import call

        return f"{call(self)}\n"

    def error(self, message: str) -> NoReturn:
        """Say what is wrong on stderr and exit with 2."""
        for pattern, said in _SAID:
            if found := re.fullmatch(pattern, message):
                message = found.expand(said)
                break
        self.print_usage(sys.stderr)
        end = "" if message.endswith("？") else "。"
        self.exit(2, f"用法不对：{message}{end}{self.prog} --help 可看用法。\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """What argparse says of a value that is none of the choices, with the one that was probably meant."""
        if action.choices is None or value in action.choices:
            return
        import difflib

        known = [str(one) for one in action.choices]
        near = "".join(f"；是不是 {one}？" for one in difflib.get_close_matches(str(value), known, 1))
        name = "/".join(action.option_strings)
        wrong = f"{name} 没有“{value}”" if name else f"没有“{value}”这个{action.metavar}"
        raise argparse.ArgumentError(None, f"{wrong}，可以是：{'、'.join(known)}{near}")

    def _print_message(self, message: str, file: Any = None) -> None:
        """What argparse prints; unlike there, a disk that is full is no success."""
        (file or sys.stderr).write(message)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"要写 1 或更大的整数，不是“{text}”")
    return int(text)


def _year(text: str) -> int:
    if not re.fullmatch(r"(?:19|20|21)[0-9]{2}", text):
        raise argparse.ArgumentTypeError(f"要写四位年份，如 2021，不是“{text}”")
    return int(text)


def flags(arguments: argparse.Namespace) -> dict[str, str | bool | None]:
    """What the command line says about the configuration, by the name of the setting (`tui.config`)."""
    return {
        "records": arguments.dir,
        "theme": arguments.theme,
        "mouse": arguments.mouse or None,
        "plain": arguments.plain or None,
        "pager": "none" if arguments.no_pager else None,
    }


def parsed(argv: Sequence[str]) -> argparse.Namespace:
    """What a command line asks for; exits with 2 where it is not understood, with the usage of the command that was meant."""
    meant = top = parser()
    arguments, unknown = top.parse_known_args(argv)
    if unknown:
        from tui.helptext import commands_of

        for name in (arguments.command, getattr(arguments, "action", None)):
            meant = next((one for known, one, _ in commands_of(meant) if known == name), meant)
        meant.error(f"unrecognized arguments: {' '.join(unknown)}")
    return arguments


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = _Parser(
        prog="tianbiao",
        description="填表：部门项目支出预算绩效目标下达表的终端填报助手。不带命令时打开主屏。",
        epilog=EXIT_CODES,
    )
    top.add_argument("--version", action="version", version=f"tianbiao {__version__}", help="显示版本")
    top.add_argument("--dir", metavar="文件夹", help="记录所在的文件夹（也可用环境变量 TIANBIAO_DIR）")
    top.add_argument("--plain", action="store_true", help="逐行问答，不用整屏界面；适合读屏软件、简陋终端")
    top.add_argument("--theme", choices=THEMES, metavar="配色", help=f"整屏界面的配色：{'、'.join(THEMES)}")
    top.add_argument("--mouse", action="store_true", help="整屏界面里用鼠标点选、滚动")
    top.add_argument("--no-pager", action="store_true", help="结果长也不翻页")
    commands = top.add_subparsers(dest="command", metavar="命令")
    _forms(commands)
    _advice(commands)
    _places(commands)
    return top


def _forms(commands: _Commands) -> None:
    fill = commands.add_parser("fill", help="一问一答地填表；不写记录名就新填一张")
    fill.add_argument("record", nargs="?", metavar="记录", help=RECORD)
    fill.add_argument("--plain", action="store_true", default=argparse.SUPPRESS, help="逐行问答，不用整屏界面")
    imported = commands.add_parser("import", help="把已有的表变成记录，逐行打印记录路径")
    imported.add_argument("file", nargs="+", metavar="文件", help="表格文件，- 表示标准输入")
    show = commands.add_parser("show", help="显示一份记录")
    show.add_argument("record", metavar="记录", help=RECORD)
    show.add_argument("--json", action="store_true", help=JSON)
    new = commands.add_parser("new", help="建一份空记录，打印路径")
    new.add_argument("--year", type=_year, metavar="哪年", help="四位年份，如 2021")
    new.add_argument("--name", metavar="名称", help="项目的名称")
    begun = new.add_mutually_exclusive_group()
    begun.add_argument(
        "--from", dest="from_record", metavar="记录", help="由去年的记录或文件结转：日期、上年数移好，要改的再问"
    )
    begun.add_argument(
        "--like", metavar="记录", help="照一份记录或文件另起一个项目：名称、金额、数量重填，正文逐栏再问"
    )
    diff = commands.add_parser("diff", help="比较两份记录：栏目、金额增减、指标")
    diff.add_argument("a", metavar="旧", help=FORM)
    diff.add_argument("b", metavar="新", help="同上")
    diff.add_argument("--json", action="store_true", help=JSON)
    collect = commands.add_parser("collect", help="把一个文件夹的记录汇总成两张平表")
    collect.add_argument("folder", nargs="?", metavar="文件夹", help="不写就是自己的记录文件夹")
    collect.add_argument(
        "--to", required=True, choices=("csv", "jsonl", "parquet"), metavar="格式", help="csv、jsonl 或 parquet"
    )
    collect.add_argument("-o", "--output", required=True, metavar="文件夹", help="两张表写到哪里，没有就新建")
    entry = commands.add_parser("entry", help="按网页录入的次序打印各栏，指标表是一整块")
    entry.add_argument("record", metavar="记录", help=FORM)
    entry.add_argument("-o", "--output", metavar="文件", help="写到文件里，不写就打印出来")
    export = commands.add_parser("export", help="写成别的格式（--to list 看有哪些）")
    export.add_argument("record", nargs="?", metavar="记录", default="", help=RECORD)
    export.add_argument("--to", required=True, metavar="格式", help="txt、md、html、docx、xlsx、csv、json、national …")
    export.add_argument(
        "-o", "--output", metavar="文件", help="写到哪个文件或文件夹，- 表示标准输出；不写就放在当前文件夹"
    )


def _advice(commands: _Commands) -> None:
    check = commands.add_parser("check", help="像财政局那样审一遍；有错误时退出码为 1")
    check.add_argument("record", nargs="+", metavar="记录", help="记录、文件或文件夹")
    check.add_argument("--json", action="store_true", help=f"每份一行 {JSON}")
    check.add_argument(
        "--min-severity",
        choices=("error", "warning", "info"),
        default="info",
        metavar="级别",
        help="只列这一级和更重的：error 错误、warning 警告、info 全部",
    )
    check.add_argument("--fix", action="store_true", help="有把握的直接改好，并打印改了什么")
    check.add_argument(
        "--table", metavar="文件", help="写成《项目支出绩效目标审核表》：.docx .xlsx .html .md .txt；多份时写文件夹"
    )
    check.add_argument("--key-project", action="store_true", help="审核表按重点项目的样式，带得分")
    suggest = commands.add_parser("suggest", help="给一份记录或一批项目推荐指标")
    suggest.add_argument("record", nargs="?", metavar="记录", help=RECORD)
    suggest.add_argument("--slot", metavar="一级/二级", help="只看一格，如 产出目标/数量")
    suggest.add_argument("--coverage", action="store_true", help="这类项目常填哪几格，最该补哪一条")
    suggest.add_argument("-n", type=_count, default=5, metavar="条数", help="每格最多几条，默认 5")
    suggest.add_argument("--jsonl", metavar="文件", help="一批项目：一行一个 JSON，- 表示标准输入；结果也是一行一个")
    suggest.add_argument("--json", action="store_true", help=JSON)
    _library(commands.add_parser("library", help="指标库：搜索、查看、检查、新建条目"))
    _learn(commands.add_parser("learn", help="学着填表：上课、练习、出试卷、评分、看进度"))


def _places(commands: _Commands) -> None:
    listed = commands.add_parser("list", help="列出全部记录")
    listed.add_argument("--json", action="store_true", help=f"每份一行 {JSON}")
    history = commands.add_parser("history", help="看一份记录从前的样子，恢复其中一个")
    history.add_argument("record", metavar="记录", help=RECORD)
    history.add_argument("--show", type=int, metavar="号", help="看第几号的整张表")
    history.add_argument("--diff", type=int, metavar="号", help="第几号和现在有什么不同")
    history.add_argument("--restore", type=int, metavar="号", help="恢复到第几号的样子，可以撤销")
    history.add_argument("--json", action="store_true", help=f"每个样子一行 {JSON}")
    trash = commands.add_parser("trash", help="看回收文件夹（太旧的会清掉，列出时说明），取回一份")
    trash.add_argument("--restore", metavar="名字", help="取回这一份，名字是列出的第一栏")
    trash.add_argument("--json", action="store_true", help=f"每份一行 {JSON}")
    paths = commands.add_parser("paths", help="打印各文件夹的位置")
    paths.add_argument("--json", action="store_true", help=JSON)
    config = commands.add_parser("config", help="打印现在用的配置，各从哪里来")
    config.add_argument("--init", action="store_true", help="写一份带说明的样本配置文件")
    keys = commands.add_parser("keys", help="按键测试：按一个键，看到达的是什么")
    keys.add_argument("--list", action="store_true", help="打印全部动作和它们的键")
    completion = commands.add_parser("completion", help="打印命令行补全的脚本")
    completion.add_argument("shell", choices=("bash", "zsh", "fish"), metavar="外壳", help="bash、zsh 或 fish")
    told = commands.add_parser("help", help="看一个命令的帮助，同 命令 --help")
    told.add_argument("about", nargs="*", metavar="命令", help="如 export、library search；不写就是总的帮助")


def _learn(top: argparse.ArgumentParser) -> None:
    """Lessons are free words, so actions and lessons share one argument."""
    top.add_argument(
        "what",
        nargs="?",
        default="",
        metavar="课或动作",
        help=f"课、题型，或 {'、'.join(LEARN_ACTIONS)}；不写就练习",
    )
    top.add_argument("folder", nargs="?", metavar="文件夹", help="report：学员进度文件所在的文件夹")
    top.add_argument("--seed", metavar="种子", help="exam：一个数或一个词")
    top.add_argument("-n", type=_count, default=20, metavar="题数", help="exam：多少题")
    top.add_argument("--out", metavar="文件", help="exam：试卷写到哪里；答案和答题文件放在旁边")
    top.add_argument("--jsonl", metavar="文件", help="grade：一行一题的 JSON，- 表示标准输入")
    top.add_argument("--json", action="store_true", help="grade：结果也是一行一题的 JSON")
    top.add_argument("--key", action="store_true", help="grade：结果里写上参考答案")
    top.add_argument("--csv", action="store_true", help="report：输出 CSV")
    top.add_argument("--plain", action="store_true", default=argparse.SUPPRESS, help="逐行问答，不用整屏界面")


def _library(top: argparse.ArgumentParser) -> None:
    actions = top.add_subparsers(dest="action", metavar="动作", required=True)
    search = actions.add_parser("search", help="按词、同义词、拼音首字母搜索")
    search.add_argument("words", nargs="+", metavar="词", help="名称、同义词里的词，拼音首字母，编号")
    search.add_argument("-n", dest="limit", type=_count, default=20, metavar="条数", help="最多几条，默认 20")
    search.add_argument("--slot", metavar="二级指标", help="只找这一格")
    show = actions.add_parser("show", help="看一条指标的说明")
    show.add_argument("words", nargs="+", metavar="编号或名称", help="search 列出的编号，或整个名称")
    stats = actions.add_parser("stats", help="各格、各领域有多少条")
    stats.set_defaults(words=[])
    for one in (search, show, stats):
        one.add_argument("--library", action="append", default=[], metavar="文件", help="再叠加一个指标库文件")
    check = actions.add_parser("check", help="检查指标库文件，有错误时退出码为 1")
    check.add_argument("file", nargs="*", metavar="文件", help="不写就是内置的指标库")
    form = actions.add_parser("format", help="按统一格式重排一个指标库文件")
    form.add_argument("file", nargs="?", metavar="文件", help="不写就是内置的指标库")
    form.add_argument("--write", action="store_true", help="写回文件，不写就打印出来")
    new = actions.add_parser("new", help="打印一个待填的新条目")
    new.add_argument("--slot", metavar="二级指标", help="新条目在哪一格")
    new.add_argument("--sector", metavar="领域", help="新条目的主要领域")
    for one in (search, show, stats, check, form, new):
        one.add_argument("--json", action="store_true", help=JSON)
