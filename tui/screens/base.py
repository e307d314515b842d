"""What every screen shares: a title bar, a key bar, and asking before anything final."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from tui import keymap
from tui.actions import PAGE, SCREENS
from tui.terminal.caret import is_text_field
from tui.terminal.widths import text_width
from tui.widgets.lines import Bar
from tui.widgets.look import cut

STAY = ("帮助", "返回", "离开", "取消")
"""Words of the entries of a key bar that stay in the narrowest window."""

TAILS = ("（Enter 或 y 确定，其他键取消）", "（Enter是，其他键否）")
"""What is said behind a question: at length, or where the window is narrow."""

TYPING_PAUSE = 0.5
"""Seconds after a key until the text in progress is on disk."""

NOT_DONE = "没有做：刚才按的不是 Enter，也不是 y。要做就再来一次。"
"""Said where a character cancelled a question and no field is there to take it."""


def bindings(screen: str) -> list[BindingType]:
    """The bindings of a screen's actions; they go before those of widgets, so that a text field takes none of them."""
    return [
        Binding(one.keys, one.act, show=False, priority=True, id=None if one.fixed else f"{screen}.{one.name}")
        for one in SCREENS[screen].actions
        if one.act
    ]


def fitting(bar: str, width: int) -> str:
    """As many entries of a key bar as fit, from the left; help, which names all keys, and the way out always stay."""
    entries = re.split(f" (?!(?:{'|'.join(STAY)})(?: |$))", bar.replace("　", " "))  # a key stays with such a word
    optional = [entry for entry in entries if not any(word in entry for word in STAY)]
    while optional and text_width(bar) > width:
        entries.remove(optional.pop())
        bar = " ".join(entries)
    return bar


def shortened(question: str, width: int) -> str:
    """A question on one row: what it names in quotes gives way first, so that what is asked stays."""
    found = re.fullmatch("([^“]*“)(.*)(”.*)", question)
    if found is None:
        return cut(question, width)
    before, name, after = found.groups()
    return cut(f"{before}{cut(name, max(0, width - text_width(before + after)))}{after}", width)


class KeyBar(Bar, can_focus=True):
    """The bottom bar: the keys, or a yes-or-no question, which holds the focus until it is answered.

    Whoever types on instead of answering has said no, and the text goes into the field that had the focus before.
    """

    _then: Callable[[], None] | None = None
    _otherwise: Callable[[], None] | None = None
    _back_to: Widget | None = None

    def ask(
        self,
        text: str,
        then: Callable[[], None],
        otherwise: Callable[[], None] | None = None,
        tails: tuple[str, ...] = TAILS,
    ) -> None:
        """Ask; Enter or y is yes, any other key no. `otherwise` is called on n alone; tails name the keys, the shortest last."""
        if self._then is None:
            self._back_to = self.screen.focused
        self._then, self._otherwise = then, otherwise
        width = self.app.size.width
        tail = next((tail for tail in tails if text_width(f" {text}{tail}") <= width), tails[-1])
        self.say(f"{shortened(f' {text}', width - text_width(tail))}{tail}")
        self.focus()

    @property
    def asking(self) -> bool:
        """Whether a question waits for its answer."""
        return self._then is not None

    def on_key(self, event: events.Key) -> None:
        """Answer, or type on."""
        if self._then is None:
            return
        event.stop()
        then, otherwise = self._then, self._otherwise
        self._withdraw()
        typed = unicodedata.normalize("NFKC", event.character or "").lower()  # an input method may give full width
        if event.key == "enter" or typed == "y":
            then()
        elif typed == "n":
            if otherwise is not None:
                otherwise()
        elif event.is_printable:
            self._type_on(events.Key(event.key, event.character))

    def on_paste(self, event: events.Paste) -> None:
        """Type on."""
        if self._then is not None:
            event.stop()
            self._withdraw()
            self._type_on(events.Paste(event.text))

    def _withdraw(self) -> None:
        """Take the question away, and give the focus back."""
        self._then = self._otherwise = None
        if self._back_to is not None and self._back_to.is_attached:
            self._back_to.focus()
        self._page.say_keys()

    def _type_on(self, event: events.Key | events.Paste) -> None:
        if self._back_to is not None and self._back_to.is_attached and is_text_field(self._back_to):
            self._back_to.post_message(event)
        else:
            self._page.say_keys(NOT_DONE)

    @property
    def _page(self) -> Page:
        page = self.screen
        assert isinstance(page, Page)
        return page


class Page(Screen[Any]):
    """A screen with a title bar on top and a key bar at the bottom."""

    AUTO_FOCUS = None
    BINDINGS = bindings(PAGE)
    SCREEN: ClassVar[str]
    """The screen's name in the table of actions; from there come its keys."""

    LOOKS_AT_KEYS: ClassVar[bool] = False
    """Whether keys are looked at there and do nothing; only Ctrl+C keeps its meaning."""

    _keeps_soon = False

    def __init_subclass__(cls, *, screen: str, **options: bool) -> None:
        cls.SCREEN, cls.BINDINGS = screen, bindings(screen)
        super().__init_subclass__(**options)

    def _on_timer_update(self) -> None:
        """Paint behind what is queued, so that widgets that change with one key go out in one frame."""
        self._update_timer.pause()
        # not call_later: that wraps it in a partial, whose signature Textual inspects with each key
        self.post_message(events.Callback(super()._on_timer_update))

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
        return keymap.bar(self.SCREEN)

    def say_keys(self, text: str | None = None) -> None:
        """Put a text into the key bar, or its usual one back."""
        bar = self.query_one("#keys", KeyBar)
        if not bar.asking:
            bar.say(fitting(self.usual_keys(), self.app.size.width) if text is None else text, reverse=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A question takes every key."""
        return not (self.is_mounted and self.query_one("#keys", KeyBar).asking)

    def keep_draft(self) -> None:
        """Put the text in progress, where a page has any, on disk; called by signals and crashes too."""

    def keep_soon(self) -> None:
        """Keep the text in progress a moment after a key, once for all that is typed in it."""
        if not self._keeps_soon:
            self._keeps_soon = True
            self.set_timer(TYPING_PAUSE, self.keep_now)

    def keep_now(self) -> None:
        """The moment of `keep_soon` is over."""
        self._keeps_soon = False
        self.keep_draft()

    def ask(
        self,
        text: str,
        then: Callable[[], None],
        otherwise: Callable[[], None] | None = None,
        tails: tuple[str, ...] = TAILS,
    ) -> None:
        """Ask before something final; `then` is called on yes, `otherwise` on n (see `KeyBar.ask`)."""
        self.query_one("#keys", KeyBar).ask(text, then, otherwise, tails)

    def action_help(self) -> None:
        """What the keys of this screen do."""
        from tui.screens.views import keys_page

        self.app.push_screen(keys_page(self.SCREEN))

    def action_check_record(self) -> None:
        """Review the record that is being filled, from whatever stands over it."""
        from tui.screens.views import check_over

        check_over(self)

    def action_leave_page(self) -> None:
        """Back to the screen before."""
        self.dismiss()
