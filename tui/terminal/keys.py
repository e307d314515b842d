"""Typing ahead: keys that arrive together act one after the other.

Textual sends every key of one chunk to the widget that has the focus when the chunk is read, so what is typed after Tab or
Enter on a bunching link lands in the old field, and a save key overtakes the text before it. Here a key that is no text
waits until the text before it has been taken, and is followed by nothing until the message queues it goes through have
come to rest. Characters typed into a text field wait for nothing.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from textual import events
from textual.dom import DOMNode
from textual.message_pump import MessagePump

from tui.terminal.caret import is_text_field

if TYPE_CHECKING:
    from textual.app import App

Event = events.Key | events.Paste

ROUNDS = 6
"""Times the queues are walked at most before a key counts as done."""

PATIENCE = 1.0
"""Seconds to wait for one queue: a handler that works longer must not lock the keyboard for ever."""


class KeyQueue:
    """Keys and pastes on their way into an app; starts held until the first screen stands."""

    def __init__(self, app: App[object], dispatch: Callable[[Event], Awaitable[None]]) -> None:
        self._app, self._dispatch = app, dispatch
        self._waiting: deque[Event] = deque()
        self._released: set[int] = set()
        self._holds = 1
        self._let_go = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._loose = False  # text has been handed to a widget that may not have taken it yet

    async def offer(self, event: Event) -> None:
        """Take one event: it acts now, or after those before it."""
        if id(event) in self._released:
            self._released.discard(id(event))
            await self._dispatch(event)
            return
        text = self._is_text(event)
        if self._holds or self._busy or self._waiting or (self._loose and not text):
            self._waiting.append(event)
            self._start()
            return
        self._loose = text
        await self._dispatch(event)
        if not text:
            self._start()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep keys back while the app changes what they would act on (loading, switching screens in a worker)."""
        self._holds += 1
        self._let_go.clear()
        try:
            yield
        finally:
            self.release()

    def release(self) -> None:
        """End one hold."""
        self._holds = max(0, self._holds - 1)
        if not self._holds:
            self._let_go.set()
        self._start()

    async def at_rest(self) -> None:
        """Wait until all that has arrived has acted, held back or not, no longer than `PATIENCE`."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._all_acted(), PATIENCE)

    async def _all_acted(self) -> None:
        await self._rest(self._app)
        if self._waiting:
            await self._let_go.wait()
        while self._task is not None and not self._task.done():
            await asyncio.wait((self._task,))
        await self._settle()

    def drop(self) -> int:
        """Forget what was typed ahead, as before a question that a stray Enter must not answer; returns how many."""
        count = len(self._waiting)
        self._waiting.clear()
        return count

    def _is_text(self, event: Event) -> bool:
        """Whether this is text on its way into a text field; anything else may move the focus or look at the fields."""
        typed = isinstance(event, events.Paste) or event.is_printable
        return typed and is_text_field(self._app.focused if self._app.screen_stack else None)

    @property
    def _busy(self) -> bool:
        return self._task is not None and not self._task.done()

    def _start(self) -> None:
        if not self._holds and not self._busy:
            self._task = asyncio.create_task(self._settle_and_go_on(), name="typed ahead")

    async def _settle_and_go_on(self) -> None:
        await self._settle()
        while self._waiting and not self._holds:
            event = self._waiting.popleft()
            text = self._is_text(event)
            if self._loose and not text:
                await self._settle()
            self._loose = text
            self._released.add(id(event))  # acts in the app's own task, as Textual means it to
            self._app.post_message(event)
            await self._rest(self._app)
            if not text:
                await self._settle()

    async def _settle(self) -> None:
        """Wait until what the last key set off has passed through every queue it can pass through."""
        self._loose = False
        for number in range(ROUNDS):
            before = self._place()
            chain = [node for node in before[1].ancestors_with_self if isinstance(node, MessagePump)]
            for pump in chain:
                await self._rest(pump)
            if number and self._place() == before and not any(pump.message_queue_size for pump in chain):
                return

    def _place(self) -> tuple[object, DOMNode]:
        app = self._app
        if not app.screen_stack:
            return None, app
        return app.screen, app.focused or app.screen

    async def _rest(self, pump: MessagePump) -> None:
        """Wait until a pump has handled everything that is in its queue now."""
        done = asyncio.Event()
        if pump.is_running and pump.post_message(events.Callback(done.set)):
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await done.wait()
