"""Signs of life (心跳) while a line is waited for: this face has no event loop that could give them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui.keeping import SIGN_OF_LIFE


@contextmanager
def signs_of_life(sign: Callable[[], None], pause: float = SIGN_OF_LIFE) -> Iterator[None]:
    """Call `sign` again and again, with so many seconds between."""
    ended = threading.Event()

    def live() -> None:
        while not ended.wait(pause):
            sign()

    thread = threading.Thread(target=live, name="signs of life", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
