"""The manual page (手册页), made from the parser, the examples and the configuration; the wheel installs it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from domain.textwidth import NO_END, NO_START
from tui import __version__
from tui.arguments import parser
from tui.config import SETTINGS
from tui.helptext import commands_of, spelled
from tui.usage import EXAMPLES, EXIT_CODES


def page(built: date) -> str:
    """The page in roff, dated the day it was built."""
    top = parser()
    rows = [
        ".ds AD l",  # flush left: groff 1.23 asks for it here,
        f'.TH TIANBIAO 1 "{built}" "tianbiao {__version__}" "填表"',
        ".ad l",  # older ones here
        ".nh",
        ".SH 名称",
        _text("tianbiao \\- 部门项目支出预算绩效目标下达表的终端填报助手", raw=True),
        ".SH 用法",
        ".B tianbiao",
        _text("[选项] [命令] …"),
        ".SH 说明",
        _text(top.description or ""),
        ".SH 选项",
        *_options(top),
        ".SH 命令",
    ]
    for name, one, about in _commands(top):
        rows += [f".SS {_escaped(f'tianbiao {name}')}", _text(about), *_options(one), *_examples(name)]
    rows += [".SH 例子", *_examples(""), ".SH 环境变量"]
    for setting in SETTINGS:
        rows += [".TP", f".B {_escaped(setting.variable)}", _text(setting.about)]
    rows += [".TP", ".B NO_COLOR", _text("不用颜色")]
    rows += [".SH 文件", ".TP", ".I ~/.config/tianbiao/config.toml", _text("配置，tianbiao config --init 写一份样本")]
    rows += [".TP", ".I ~/.local/share/tianbiao/records", _text("记录，tianbiao paths 打印全部位置")]
    rows += [".SH 退出码", _text(EXIT_CODES)]
    return "\n".join(rows) + "\n"


def _commands(top: argparse.ArgumentParser, path: str = "") -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    for name, one, about in commands_of(top):
        command = f"{path} {name}".strip()
        yield command, one, about
        yield from _commands(one, command)


def _options(one: argparse.ArgumentParser) -> Iterator[str]:
    for action in one._actions:
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            continue
        yield from (".TP", f".B {_escaped(spelled(action))}", _text(action.help or ""))


def _examples(name: str) -> Iterator[str]:
    for typed, does in EXAMPLES.get(name, ()):
        yield from (".TP", f".B {_escaped(typed)}", _text(does))


def _text(text: str, *, raw: bool = False) -> str:
    """A line of text that roff takes for text, to be broken between Chinese characters; an empty one is \\&."""
    text = text if raw else _breakable(_escaped(text))
    return f"\\&{text}" if not text or text[0] in ".'" else text


def _escaped(text: str) -> str:
    return " ".join(text.replace("\\", "\\e").replace("-", "\\-").split())


def _breakable(text: str) -> str:
    """With \\: wherever a line may break beside a Chinese character: without a Chinese locale roff breaks at blanks only."""
    pieces = [text[:1]]
    for left, here in pairwise(text):
        chinese = not (left.isascii() and here.isascii())
        if chinese and " " not in (left, here) and left not in NO_END and here not in NO_START:
            pieces.append("\\:")
        pieces.append(here)
    return "".join(pieces)
