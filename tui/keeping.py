"""Keeping a record on disk while it is worked on (保管): who has it, who else wrote it, and what to do when the disk fails.

    filling ── somebody took the record over (seen before a write or on coming back) ─► looking
    looking ── `take_over`, where another program has or had it ─► filling

Looking, `read_only` says why and nothing is written. Filling, two things may be the matter: `trouble`, the last write failed,
memory goes on and the next write tries again; conflicts, the file was changed from outside where it was changed here too,
and is left as it is until each is decided. Nothing typed is lost on any of these ways.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from domain.changes import Record
from domain.records import locks, naming, saving
from domain.records.atomic import reason
from domain.records.codec import RecordError, encode
from domain.records.files import stamp
from domain.records.locks import Hold, Owner
from domain.records.migrations import SCHEMA_VERSION
from domain.records.store import Opened, Store
from tui import __version__

WORTH_KEEPING = 10
"""Characters of a text in progress from which on it alone keeps a new record; fewer are a year that was mistyped."""
UNSENT = "unsent"
"""The table of a copy that holds text typed but not accepted."""
OPENED, LEFT, OLD_FORMAT = "这次动手之前", "离开时", "旧格式的原文件"


class Keeper:
    """One open record, what it takes to write it, and whether it may be written."""

    def __init__(self, store: Store, opened: Opened) -> None:
        self.store, self.opened = store, opened
        self.trouble = ""
        """Why the last write did not reach the disk, in Chinese; "" while everything is saved."""
        self.read_only = opened.read_only
        """Why the record can only be looked at, in Chinese; "" while it may be filled."""
        self.other: Owner | None = None
        """The other program that has the record, or took it."""
        self._hold = Hold(replace(store.me, version=__version__))
        self._notes: list[str] = []
        self._written = False
        self._aside: dict[str, str] | None = None
        """Text in progress that lies in a copy, since the record was taken from us."""
        self._first = opened.text
        """The file as it was on opening, until that is in the history."""
        if not self.read_only and self.on_disk:
            self._claim()

    @property
    def on_disk(self) -> bool:
        """Whether anything of this record has been written."""
        return self.opened.filed is not None or self.opened.journal.path.exists()

    @property
    def is_blank(self) -> bool:
        """Whether this is a new record in which nothing was answered and no text in progress is worth keeping."""
        history = self.opened.history
        typed = max(map(len, history.typing.values()), default=0)
        new = self.opened.filed is None and not history.steps and history.record == Record()
        return new and typed < WORTH_KEEPING

    def news(self) -> list[str]:
        """What happened to the record from outside, in Chinese; told once."""
        found, self._notes = [*self._notes, *self.opened.notes], []
        self.opened.notes.clear()
        if self.opened.kept is not None:
            found.append(
                f"文件在程序之外写过或改过，存盘时会按统一格式重写（不留注释）；原样留了一份在 {self.opened.kept}"
            )
            self.opened.kept = None
        return found

    # -- whose it is --

    def _claim(self) -> None:
        try:
            self.other = self._hold.take(self.opened.path)
        except OSError:
            return  # a folder that takes no lock takes no record either: the first write says so
        if self.other is not None:
            self.read_only = f"{self.other}正在填这份记录"

    def take_over(self) -> None:
        """Take the record from the program that has it, and go on from what that one wrote; ours is merged with it.

        Raises OSError, RecordError; then everything is as it was.
        """
        before = self.opened
        fresh = self.store.open(before.path)
        self._hold.take(before.path, by_force=True)
        self.opened, self.read_only, self.trouble = fresh, fresh.read_only, ""
        self._first = fresh.text
        if before.filed is not None and before.record != before.filed and not self.read_only:
            self.write(lambda: self._bring_in(before.record, before.filed or Record()))
        for key, text in before.history.typing.items():
            if key not in fresh.history.typing:
                self.write(lambda key=key, text=text: self.store.typing(fresh, key, text))  # type: ignore[misc]
        if self.other is not None:
            self._notes.append(f"已从{self.other}接手，接着填吧；对方下次存盘时会知道。")
        self.other, self._aside = None, None

    def _bring_in(self, mine: Record, base: Record) -> None:
        saving.bring_in(self.opened, mine, base)
        self.store.save(self.opened)

    def _is_taken(self) -> bool:
        """Whether somebody took the record since the last look; the record is then only looked at."""
        other = self._hold.taken_by()
        if other is None:
            return False
        self.other, self.read_only = other, f"{other}接手了这份记录"
        return True

    def _put_aside(self) -> None:
        """Keep what is only in memory in a copy of our own, and say where."""
        self.opened.journal.close()
        kept = ""
        if self.opened.record != self.opened.filed or self.opened.history.typing:
            try:
                kept = f"这里还没存上的内容留在 {self._copy()}；"
            except OSError as error:
                kept = f"这里还没存上的内容只在内存里（{reason(error)}）；"
        self._notes.append(
            f"{self.other}接手了这份记录，这里改为只看。{kept}/接手 可以拿回来接着填，两边写的按栏目合并。"
        )

    def _copy(self) -> Path:
        """Put a copy of all that is in memory into the trash; returns where. Raises OSError."""
        from domain.records import trash

        record, self._aside = self.opened.record, dict(self.opened.history.typing)
        own = replace(record, extra={**record.extra, UNSENT: self._aside}) if self._aside else record
        return trash.put_copy(self.opened.path, encode(own).encode())

    def look_again(self) -> None:
        """On coming back to the record: see whether it was taken over, or its file written by somebody else."""
        if self.read_only:
            self._look_at_the_newest()
        elif self._is_taken():
            self._put_aside()
        elif self.opened.filed is not None and not self.opened.conflicts:
            self.write(self._take_in, changes=False)

    def _take_in(self) -> None:
        if saving.take_in_changes(self.opened):
            self.store.save(self.opened)

    def _look_at_the_newest(self) -> None:
        if self.other is None:
            return
        if locks.holder(self.opened.path, self.store.me) is None:
            self._notes.append("对方已经离开，/接手 就能接着填。")
            self.other = None
        try:
            if stamp(self.opened.path) != self.opened.stamp and self.opened.record == self.opened.filed:
                typing = self.opened.history.typing
                self.opened = self.store.open(self.opened.path)
                self.opened.history.typing.update(typing)
        except (OSError, RecordError) as error:
            self._notes.append(f"文件暂时读不了：{reason(error)}")

    # -- writing --

    def write(
        self, act: Callable[[], object], in_memory: Callable[[], object] | None = None, *, changes: bool = True
    ) -> None:
        """Do one write; after a failure the next one brings journal and file up to date before all is well again.

        in_memory does the same without the disk, for a record that was taken over a moment ago; changes says that something
        of the record changes, not only where the filer is.
        """
        if self.read_only:
            return
        if self._is_taken():
            if in_memory is not None:
                in_memory()
            self._put_aside()
            return
        had_trouble = bool(self.trouble)
        try:
            try:
                if changes:
                    self._keep_first()
            finally:
                act()
            if had_trouble:
                self.opened.journal.rewrite(self.opened.history)
                self.store.save(self.opened)
            self.trouble = ""
            self._hold_on()
        except OSError as error:
            where = (
                "文件夹不见了，等它回来"
                if not self.opened.path.parent.is_dir() and self.opened.rooted
                else reason(error)
            )
            self.trouble = f"没有存到磁盘：{where}。内容还在内存里，会自动再试；腾出空间或改好权限后用 /保存 马上再试。"
        if self.opened.read_only:
            self.read_only = self.opened.read_only

    def _hold_on(self) -> None:
        """Hold the record under the name that it has now."""
        if self.on_disk:
            self._hold.take(self.opened.path)
            self._hold.sign()

    def _keep_first(self) -> None:
        """Before the first change: the file as it was, for the history."""
        self._written = True
        if self._first:
            from domain.records import past

            why = OPENED if self.opened.version == SCHEMA_VERSION else OLD_FORMAT
            past.keep(naming.past_path(self.opened.path), self._first, why)
            self._first = ""

    def keep_past(self, why: str) -> None:
        """Keep the file as it is for the history."""
        if self.opened.text:
            from domain.records import past

            self.write(lambda: past.keep(naming.past_path(self.opened.path), self.opened.text, why), changes=False)

    def sign(self) -> None:
        """Let programs on other machines know that this one still runs."""
        if not self.read_only:
            self._hold.sign()

    def try_again(self) -> bool:
        """After a failed write, write again what is not on disk; whether all is well now. A vanished folder is waited for."""
        if self.trouble:
            self.write(lambda: self.store.save(self.opened), changes=False)
        return not self.trouble

    def save(self) -> bool:
        """Write the record file if it differs; whether everything is on disk now."""
        if self.read_only:
            return True
        if not self.is_blank and (self.on_disk or self.opened.history.position):
            if self.trouble:
                self.opened.rooted = False  # asked for by a person: a folder that has vanished is made anew
            self.write(lambda: self.store.save(self.opened), changes=False)
        return not self.trouble

    def close(self) -> None:
        """Save, keep the state for the history, and let go of the files."""
        self.save()
        if self._aside is not None and self.opened.history.typing != self._aside:
            try:
                self._copy()
            except OSError as error:
                self.trouble = f"没有存到磁盘：{reason(error)}。"
        if self._written and not self.trouble:
            self.keep_past(LEFT)
        if self.is_blank and self.opened.journal.begun and not self.read_only:
            self.opened.journal.discard()
        self.opened.journal.close()
        self._hold.release()
