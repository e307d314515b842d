"""What every screen shares: a title bar, a key bar, and asking before anything final."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from tui.widgets.lines import Bar


class KeyBar(Bar, can_focus=True):
    """The bottom bar: the keys, or a yes-or-no question, which holds the focus until it is answered."""

    _then: Callable[[], None] | None = None
    _back_to: Widget | None = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A question takes every key."""
        return not (self.is_mounted and self.query_one("#keys", KeyBar).asking)

    def ask(self, text: str, then: Callable[[], None]) -> None:
        """Ask; Enter or y is yes, any other key no."""
        if self._then is None:
            self._back_to = self.screen.focused
        self._then = then
        self.say(f" {text}（Enter 或 y 确定，其他键取消）")
        self.focus()

    @property
    def asking(self) -> bool:
        """Whether a question waits for its answer."""
        return self._then is not None

    def on_key(self, event: events.Key) -> None:
        """Answer."""
        then, self._then = self._then, None
        if then is None:
            return
        event.stop()
        if self._back_to is not None and self._back_to.is_attached:
            self._back_to.focus()
        page = self.screen
        assert isinstance(page, Page)
        page.say_keys()
        if event.key in ("enter", "y", "Y"):
            then()


class Page(Screen[Any]):
    """A screen with a title bar on top and a key bar at the bottom."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f10", "leave_page", "返回", show=False, priority=True)]
    KEYS = ""
    """What the key bar says."""

    def title_bar(self) -> Bar:
        """The bar on top."""
        return Bar(id="title")

    def key_bar(self) -> KeyBar:
        """The bar at the bottom."""
        return KeyBar(id="keys")

    def say_title(self, text: str) -> None:
        """Put a text into the title bar."""
        self.query_one("#title", Bar).say(text)

    def usual_keys(self) -> str:
        """What the key bar says when nothing else is to be said."""
        return self.KEYS

    def say_keys(self, text: str | None = None) -> None:
        """Put a text into the key bar, or its usual one back."""
        bar = self.query_one("#keys", KeyBar)
        if not bar.asking:
            bar.say(self.usual_keys() if text is None else text, reverse=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A question takes every key."""
        return not (self.is_mounted and self.query_one("#keys", KeyBar).asking)

    def ask(self, text: str, then: Callable[[], None]) -> None:
        """Ask before something final; `then` is called on yes."""
        self.query_one("#keys", KeyBar).ask(text, then)

    def action_leave_page(self) -> None:
        """Back to the screen before."""
        self.dismiss()
