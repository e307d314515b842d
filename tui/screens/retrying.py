"""Writing again while the disk refuses (再试): a record's failed write is tried anew without waiting for a key."""

from __future__ import annotations

from collections.abc import Callable

from textual.widget import Widget

from tui.session import Session

RETRY_PAUSE = 2.0
"""Seconds after which a failed write is tried again."""


class Retrying:
    """Tries again as long as its page stands; tells when all is on disk."""

    def __init__(self, page: Widget, session: Session, saved: Callable[[], None]) -> None:
        self._page, self._session, self._saved = page, session, saved
        self._waits = False

    def soon(self) -> None:
        """Try again after a while, where the last write has failed."""
        if self._failed and not self._waits:
            self._waits = True
            self._page.set_timer(RETRY_PAUSE, self._again)

    @property
    def _failed(self) -> bool:
        return bool(self._session.trouble) and not self._session.read_only

    def _again(self) -> None:
        self._waits = False
        if self._page.is_mounted and self._failed:
            if self._session.try_again():
                self._saved()
            self.soon()
