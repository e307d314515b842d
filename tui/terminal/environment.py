"""What must be true before Textual is imported: environment variables, and whether the full screen can run at all."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # this module is on the way to the first paint: `typing` alone would cost 5 ms
if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from typing import Literal

    Code = Literal["ok", "not_a_terminal", "dumb_terminal", "chinese_not_shown", "not_utf8"]

FIXED = {
    "TEXTUAL_DISABLE_KITTY_KEY": "1",  # IME commits of five or more characters come apart in the kitty mode
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SMOOTH_SCROLL": "0",
    "TEXTUAL_FPS": "1000",  # else every frame waits for a 16.7 ms tick
}
"""Read by Textual when it is imported; set over whatever the user's profile holds."""

DEFAULTS = {"ESCDELAY": "200"}
"""Milliseconds before a lone ESC counts as the Esc key: sequences arrive in two pieces on slow links."""

REMOVED = (
    "COLUMNS",
    "LINES",
    "TEXTUAL",
    "TEXTUAL_DRIVER",
    "TEXTUAL_DEBUG",
    "TEXTUAL_LOG",
    "TEXTUAL_PRESS",
    "TEXTUAL_SCREENSHOT",
    "TEXTUAL_SHOW_RETURN",
    "TEXTUAL_FILTERS",
)
"""COLUMNS and LINES freeze the size; the debug switches would write what is typed to files."""

MESSAGES: dict[Code, str] = {
    "ok": "",
    "not_a_terminal": "全屏界面需要在终端中直接运行（输入或输出被重定向了）。",
    "dumb_terminal": "终端类型（TERM）未设置或过于简单，无法显示全屏界面。",
    "chinese_not_shown": "Linux 文本控制台不能显示汉字，请用 SSH 客户端登录后再运行。"
    " This console cannot show Chinese; please log in over SSH.",
    "not_utf8": "当前语言环境不是 UTF-8，全屏界面无法正确显示汉字。请把终端和 LANG 都设为 UTF-8（如 zh_CN.UTF-8）。",
}


class Suitability:
    """Whether the full screen can run here; `code` and a one-line Chinese `message` say why not."""

    def __init__(self, code: Code) -> None:
        self.code, self.message = code, MESSAGES[code]

    @property
    def ok(self) -> bool:
        """True when nothing stands against the full screen."""
        return self.code == "ok"


def prepare(environ: MutableMapping[str, str] | None = None) -> None:
    """Set what Textual reads at import; must run before the first `import textual`."""
    environ = os.environ if environ is None else environ
    if environ is os.environ and "textual" in sys.modules:
        raise RuntimeError("environment.prepare() must run before textual is imported")
    environ.update(FIXED)
    for name, value in DEFAULTS.items():
        environ.setdefault(name, value)
    for name in REMOVED:
        environ.pop(name, None)
    if not environ.get("TEXTUAL_COLOR_SYSTEM"):
        environ["TEXTUAL_COLOR_SYSTEM"] = color_system(environ)


def color_system(environ: Mapping[str, str]) -> str:
    """Rich's name of the colours to use: 256 where TERM or COLORTERM promises them, else the 16 standard ones.

    Truecolor is never used: it costs bytes on slow links and adds nothing to a form.
    """
    rich_enough = environ.get("COLORTERM", "") in ("truecolor", "24bit")
    many = any(word in environ.get("TERM", "") for word in ("256color", "direct", "kitty", "alacritty", "ghostty"))
    return "256" if many or rich_enough else "standard"


def colourless(environ: Mapping[str, str] | None = None) -> bool:
    """Whether colours are not wanted (NO_COLOR) or the terminal has none."""
    environ = os.environ if environ is None else environ
    term = environ.get("TERM", "")
    without = term.startswith(("vt1", "vt2", "vt3", "vt4")) or term.endswith(("-mono", "-m"))
    return bool(environ.get("NO_COLOR")) or without


def suitability(environ: Mapping[str, str] | None = None, terminals: bool | None = None) -> Suitability:
    """Decide from the standard streams, TERM and the locale; the terminal's own answer is `probe`'s business.

    `terminals` stands in for the look at stdin, stdout and stderr (tests).
    """
    environ = os.environ if environ is None else environ
    if not (_all_terminals() if terminals is None else terminals):
        return Suitability("not_a_terminal")
    term = environ.get("TERM", "")
    if term in ("", "dumb", "unknown", "network", "cons25", "emacs"):
        return Suitability("dumb_terminal")
    if term == "linux" and not environ.get("SSH_CONNECTION"):  # over SSH it is only what the client calls itself
        return Suitability("chinese_not_shown")
    if not _utf8_locale(environ):
        return Suitability("not_utf8")
    return Suitability("ok")


def _all_terminals() -> bool:
    """False too for closed descriptors; the Python objects may be None then."""
    try:
        return all(os.isatty(fd) for fd in (0, 1, 2))
    except OSError:
        return False


def _utf8_locale(environ: Mapping[str, str]) -> bool:
    """What the locale says about the client's encoding.

    Unset, C, POSIX and Western locales say nothing (Python and the layer's output are UTF-8 in any case); a Chinese
    locale without a codeset means GB2312 or Big5 in glibc. Python itself sets LC_CTYPE to C.UTF-8 when the machine lacks
    the locale that LANG names (PEP 538), so that value counts for nothing either.
    """
    names = [environ.get(key, "") for key in ("LC_ALL", "LC_CTYPE", "LANG")]
    if names[1] in ("C.UTF-8", "C.utf8"):
        names[1] = ""
    name = next(filter(None, names), "")
    language, _, codeset = name.partition("@")[0].partition(".")
    if codeset:
        return codeset.lower().replace("-", "") == "utf8"
    return not language.startswith("zh")
