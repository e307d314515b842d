"""The key test (按键测试): what arrives for each key that is pressed, and what it would do. Keys do nothing else here."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from tui import keymap
from tui.actions import PAGE, PROGRAM, SCREENS
from tui.screens.base import Page
from tui.terminal.driver import TerminalDriver
from tui.widgets.lines import Lines
from tui.widgets.look import HELP, PLAIN, STRONG, Line, line, wrapped

KEPT = 12
"""Keys that stay in sight."""

TEXT = "打字时就是它自己"

NEVER = "按了没有反应、这里也不出现，就是终端、tmux、输入法或桌面把它拿走了；可在配置文件里换一个键（tianbiao config --init）。"


class KeyTestPage(Page, screen="keytest"):
    """The same leaving key twice leaves."""

    LOOKS_AT_KEYS = True
    DEFAULT_CSS = "KeyTestPage #seen { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self._seen: list[tuple[str, str]] = []
        self._leaving = ""

    def compose(self) -> ComposeResult:
        """Title, what came, keys."""
        yield self.title_bar()
        yield Lines(id="seen")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Explain."""
        self._show()

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Every key is looked at here."""
        return False

    def on_key(self, event: events.Key) -> None:
        """Say what came; a leaving key pressed twice leaves."""
        event.stop()
        leaves = event.key in ("escape", "q") or event.key in keymap.keys_of(
            f"{PAGE}.leave", keymap.find(f"{PAGE}.leave")
        )
        if leaves and event.key == self._leaving:
            self.dismiss()
            return
        self._leaving = event.key if leaves else ""
        driver = self.app._driver
        came = driver.last_read if isinstance(driver, TerminalDriver) else b""
        typed = event.character if event.is_printable and event.character else ""
        told = f"{' '.join(f'{byte:02x}' for byte in came[:16])}　{TEXT if typed else does(event.key)}"
        self._seen = [*self._seen[1 - KEPT :], (typed or keymap.key_name(event.key), told)]
        self._show()

    def _show(self) -> None:
        width = self.app.size.width
        rows: list[Line] = wrapped("按一个键，看到达的是什么。", width, STRONG)
        rows += wrapped(NEVER, width, HELP)
        rows.append(line(""))
        for name, text in self._seen:
            rows += wrapped(text, width, PLAIN, f"{name}　", "  ")
        self.query_one("#seen", Lines).show(rows)
        self.say_title(f" {SCREENS[self.SCREEN].title}")
        again = f"再按一次 {keymap.key_name(self._leaving)} 就离开" if self._leaving else ""
        self.say_keys(again or None)


def does(key: str) -> str:
    """What a key does on the screens where it does something."""
    found = [
        f"{SCREENS[screen].title}：{action.label}"
        for screen in SCREENS
        for action in SCREENS[screen].actions
        if key in keymap.keys_of(f"{screen}.{action.name}", action)
    ]
    own = [text for text in found if text.startswith((SCREENS[PAGE].title, SCREENS[PROGRAM].title))]
    if own:
        return "；".join(own)
    return "；".join(found[:6]) or "没有用到"
