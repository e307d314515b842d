"""When a program under Textual's Pilot has come to rest, told by its event loop."""

from __future__ import annotations

import asyncio
import time

SOON = 1 / 50
"""Timers due within this many seconds are waited for: Textual draws by them, sixty times a second."""


async def settled(min_sleep: float = 0, max_sleep: float = 0.2) -> None:
    """Until nothing is left to run and no timer is due soon; a timer that never stops is waited for max_sleep seconds.

    Stands in for textual._wait.wait_for_idle, which watches the processor's clock for 20 ms and more, three times a key.
    """
    loop = asyncio.get_running_loop()
    end = time.monotonic() + max_sleep
    pause = 0.0
    while pause < SOON and time.monotonic() < end:
        await asyncio.sleep(pause)
        pause = 0.0 if loop._ready else max(0.0, _next_timer(loop) - loop.time())


def _next_timer(loop: asyncio.AbstractEventLoop) -> float:
    return min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=float("inf"))
