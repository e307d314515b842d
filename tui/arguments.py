"""The arguments of the command line, with help in Chinese and examples."""

from __future__ import annotations

import argparse

from tui import __version__

_EXAMPLES = """例子：
  tianbiao                      打开主屏
  tianbiao fill                 新填一张表
  tianbiao fill --plain         逐行问答，适合读屏软件和简陋终端
  tianbiao import 去年的表.txt    把网页上复制的表变成记录
  tianbiao show 2020-热线 --json  看一份记录
退出码：0 正常，1 检查有错误，2 用法不对，3 文件读不了，130 被中断。"""


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="tianbiao",
        description="填表：部门项目支出预算绩效目标下达表的终端填报助手。不带命令时打开主屏。",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"tianbiao {__version__}")
    top.add_argument("--dir", metavar="文件夹", help="记录所在的文件夹（也可用环境变量 TIANBIAO_DIR）")
    commands = top.add_subparsers(dest="command", metavar="命令")
    fill = commands.add_parser("fill", help="一问一答地填表；不写记录名就新填一张")
    fill.add_argument("record", nargs="?", metavar="记录", help="文件路径，或文件夹里的文件名（不带 .toml）")
    fill.add_argument("--plain", action="store_true", help="逐行问答，不用整屏界面")
    imported = commands.add_parser("import", help="把已有的表变成记录，逐行打印记录路径")
    imported.add_argument("file", nargs="+", metavar="文件", help="表格文件，- 表示标准输入")
    show = commands.add_parser("show", help="显示一份记录")
    show.add_argument("record", metavar="记录")
    show.add_argument("--json", action="store_true", help="按 JSON 输出")
    new = commands.add_parser("new", help="建一份空记录，打印路径")
    new.add_argument("--year", type=int, metavar="年份")
    new.add_argument("--name", metavar="项目名称")
    commands.add_parser("list", help="列出全部记录")
    commands.add_parser("paths", help="打印各文件夹的位置")
    return top
