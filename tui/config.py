"""The configuration (配置): one optional TOML file under environment variables under flags; read once, at the start.

`SETTINGS` and `tui.actions` are the whole of it: `tianbiao config`, its sample and docs/config.md are made from them. A fault in
the file is said in Chinese with its line and never stops the program. Where there is no file, that costs one look at the disk.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from domain import bounded
from tui.folders import Folders, config_folder, expanded, folders
from tui.terminal.environment import colourless

FILE = "config.toml"
KEYS = "keys"
"""The table of the file that holds keys by the id of the action."""

MOST_BYTES = 200_000
USUAL, FROM_FILE = "默认", "配置文件"


Flags = Mapping[str, str | bool | None]
"""What the command line says, by the name of the setting; None where it says nothing."""


class Setting(NamedTuple):
    """A value that can be configured; `usual` tells its kind: text or switch."""

    name: str
    usual: str | bool
    about: str
    variable: str
    """The environment variable that goes before the file."""
    flag: str
    words: tuple[str, ...] = ()
    """The only values it may have; () for any text."""
    folder: bool = False


THEMES = ("dark", "light", "contrast", "mono")

SETTINGS = (
    Setting("records", "", "记录放在哪个文件夹", "TIANBIAO_DIR", "--dir", folder=True),
    Setting(
        "export_folder", "", "导出的文件放在哪个文件夹；空着是当前文件夹", "TIANBIAO_EXPORT_DIR", "-o", folder=True
    ),
    Setting(
        "theme",
        "dark",
        "配色：dark 深色底，light 浅色底，contrast 高对比，mono 不用颜色",
        "TIANBIAO_THEME",
        "--theme",
        THEMES,
    ),
    Setting("mouse", False, "用鼠标点选、滚动；打开后要选文字得按住 Shift", "TIANBIAO_MOUSE", "--mouse"),
    Setting("plain", False, "不用整屏界面，总是逐行问答", "TIANBIAO_PLAIN", "--plain"),
    Setting("editor", "", "长文字用哪个编辑器写（/编辑器）；空着看 VISUAL、EDITOR，再没有用 vi", "TIANBIAO_EDITOR", ""),
    Setting(
        "pager",
        "",
        "一屏放不下的结果用什么翻看；none 不翻页，空着看 PAGER，再没有用 less",
        "TIANBIAO_PAGER",
        "--no-pager",
    ),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}
_SWITCH = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Config:
    """The values in force, and where each came from."""

    path: Path
    values: Mapping[str, str | bool]
    origins: Mapping[str, str]
    keys: Mapping[str, str]
    """Changed keys by the id of the action, as `tui.keymap.choose` takes them."""
    problems: tuple[str, ...]

    def text(self, name: str) -> str:
        """A text."""
        return str(self.values[name])

    def on(self, name: str) -> bool:
        """A switch."""
        return bool(self.values[name])

    @property
    def folders(self) -> Folders:
        """Where things lie."""
        return folders(self.text("records"), self.text("export_folder"))


def load(flags: Flags | None = None) -> Config:
    """The configuration by flag, then environment, then file, then what is usual."""
    path = config_folder() / FILE
    values: dict[str, str | bool] = {setting.name: setting.usual for setting in SETTINGS}
    origins = dict.fromkeys(values, USUAL)
    keys, problems = _from_file(path, values, origins)
    for setting in SETTINGS:
        given = os.environ.get(setting.variable, "")
        if given:
            value = _SWITCH.get(given.lower()) if isinstance(setting.usual, bool) else given
            if problem := _problem(setting, value):
                problems.append(f"环境变量 {setting.variable}：{problem}")
            else:
                values[setting.name], origins[setting.name] = _taken(setting, value), f"环境变量 {setting.variable}"
        elif setting.name == "theme" and colourless():
            values["theme"], origins["theme"] = "mono", "环境变量 NO_COLOR 或 TERM"
        flag = (flags or {}).get(setting.name)
        if flag is not None:
            values[setting.name], origins[setting.name] = flag, f"选项 {setting.flag}"
    return Config(path, values, origins, keys, tuple(problems))


def _problem(setting: Setting, value: Any) -> str:
    """What is wrong with a value, "" where nothing is."""
    if isinstance(setting.usual, bool):
        return "" if isinstance(value, bool) else "要写 true 或 false（环境变量里写 1 或 0）。"
    if not isinstance(value, str):
        return "要写一段带引号的文字。"
    if setting.words and value not in setting.words:
        return f"没有“{_short(value)}”，可以是：{'、'.join(setting.words)}。"
    if any(char < " " or "\x7f" <= char < "\xa0" for char in value):
        return "有看不见的控制字符，请重写。"
    return ""


def _taken(setting: Setting, value: str | bool | None) -> str | bool:
    assert value is not None
    return str(expanded(str(value))) if setting.folder and value else value


def _short(text: str) -> str:
    from domain.text import brief

    return brief(text, 30)


# -- the file --


def _from_file(
    path: Path, values: dict[str, str | bool], origins: dict[str, str]
) -> tuple[Mapping[str, str], list[str]]:
    """Take the file's values over; the keys it changes, and what of it could not be used."""
    try:
        data = bounded.read(path, MOST_BYTES)
    except FileNotFoundError:
        return {}, []
    except OSError as error:
        return {}, [f"{path} 读不了（{what_is_wrong(error, '')}），先按默认的来。请改好或删掉它。"]
    import tomllib

    text = ""
    try:
        text = data.decode("utf-8-sig")
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return {}, [f"{path} 没有用上：{what_is_wrong(error, text)}。请改好，写法看 tianbiao config --init。"]
    problems: list[str] = []
    for name, value in document.items():
        setting = BY_NAME.get(name)
        if name == KEYS and isinstance(value, dict):
            continue
        if setting is None:
            problems.append(
                f"{path} {_row(text, '', name)}：不认识“{_short(name)}”，没有用上。有哪些可写，看 tianbiao config。"
            )
        elif problem := _problem(setting, value):
            problems.append(f"{path} {_row(text, '', name)}：{name} {problem}")
        else:
            values[name], origins[name] = _taken(setting, value), FROM_FILE
    table = document.get(KEYS)
    if not isinstance(table, dict) or not table:
        return {}, problems
    from tui.remapping import remapped

    keys, refused = remapped(table)
    problems += [f"{path} {_row(text, KEYS, name)}：{problem}" for name, problem in refused]
    return keys, problems


def _row(text: str, table: str, name: str) -> str:
    """The line of a key of the file, the first where it cannot be told."""
    from domain.toml_faults import line_of

    return f"第 {max(1, line_of(text, table, name))} 行"


def what_is_wrong(error: Exception, text: str) -> str:
    """What the disk, the decoder or tomllib had against a file of this text, in Chinese."""
    import tomllib

    from domain.toml_faults import fault

    if isinstance(error, OSError):
        from domain.records.atomic import reason

        return reason(error)
    if isinstance(error, UnicodeDecodeError):
        return "它不是 UTF-8 编码的，请用编辑器另存成 UTF-8"
    if isinstance(error, tomllib.TOMLDecodeError):
        return fault(text, str(error))
    return "嵌套过深或有读不了的值"


# -- what people read --


def lines(config: Config) -> Iterator[str]:
    """The values in force with where each came from, one a line."""
    from domain.records.toml_lines import pair

    for setting in SETTINGS:
        yield f"{pair(setting.name, config.values[setting.name])}\t{config.origins[setting.name]}"
    for identity, keys in config.keys.items():
        yield f"{KEYS}.{pair(identity, keys)}\t{FROM_FILE}"


def sample() -> str:
    """A file with every key in it, commented out."""
    from domain.records.toml_lines import pair, value_of
    from tui.actions import SCREENS

    rows = ["# 填表的配置。去掉行首的 # 才生效；环境变量和命令行选项比这里优先。", ""]
    for setting in SETTINGS:
        rows += [f"# {setting.about}（环境变量 {setting.variable}）", f"# {pair(setting.name, setting.usual)}", ""]
    rows += ['# 换键：一个键写成 "f5"，几个写成 ["f5", "ctrl+r"]。按出来是什么，看 tianbiao keys。', f"[{KEYS}]"]
    for screen, one in SCREENS.items():
        for action in one.actions:
            if not action.fixed:
                keys = ", ".join(value_of(key) for key in action.keys.split(","))
                rows.append(f"# {value_of(f'{screen}.{action.name}')} = [{keys}]  # {one.title}：{action.about}")
    return "\n".join(rows) + "\n"
