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

from domain.changes import Record
from domain.records import left, locks, naming, saving
from domain.records.atomic import reason
from domain.records.codec import RecordError
from domain.records.files import stamp
from domain.records.locks import Hold, Owner
from domain.records.migrations import SCHEMA_VERSION
from domain.records.store import Opened, Store
from domain.records.turns import Turns
from tui import __version__, taken_over

SCRAP = 10
"""Characters below which a text in progress that is all of a new record may be but mistaken keys: the filer is asked."""
SIGN_OF_LIFE = 600
"""Seconds after which other machines are told that the record is still being filled; nothing reaches the terminal."""
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
        self._turns = Turns()
        self._written = self._closed = False
        self._taken = False
        """Whether somebody took the record from us: what is typed since is kept beside it."""
        self._first = opened.text
        """The file as it was on opening, until that is in the history."""
        if not self.read_only and self.on_disk:
            self._claim()
            self._bring_back()

    @property
    def on_disk(self) -> bool:
        """Whether anything of this record has been written."""
        return self.opened.filed is not None or self.opened.journal.begun

    @property
    def is_blank(self) -> bool:
        """Whether this is a new record in which nothing was answered and no text is in progress."""
        return self._is_new and not any(text.strip() for text in self.opened.history.typing.values())

    @property
    def _is_new(self) -> bool:
        history = self.opened.history
        return self.opened.filed is None and not history.steps and history.record == Record()

    @property
    def scrap(self) -> tuple[str, str] | None:
        """Key and text where a few characters in progress are all of a new record; None where there is more, or nothing."""
        typed = [(key, text.strip()) for key, text in self.opened.history.typing.items() if text.strip()]
        return typed[0] if self._is_new and len(typed) == 1 and len(typed[0][1]) < SCRAP else None

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
            with self._turns.at(self.opened.path):
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
        with self._turns.at(before.path):
            fresh = self.store.open(before.path)
            self._hold.take(before.path, by_force=True)
            self.opened, self.read_only, self.trouble = fresh, fresh.read_only, ""
            self._first = fresh.text
            if before.filed is not None and before.record != before.filed and not self.read_only:
                self.write(lambda: self.bring_in(before.record, before.filed or Record()))
            for key, text in before.history.typing.items():
                if key not in fresh.history.typing:
                    self.note_typing(key, text)
        if self.other is not None:
            self._notes.append(f"已从{self.other}接手，接着填吧；对方下次存盘时会知道。")
        self.other = None
        if self._taken and not self.trouble:
            self._taken = False
            left.path_for(before.path, self.store.me).unlink(missing_ok=True)
        self._bring_back()

    def bring_in(self, mine: Record, base: Record) -> None:
        """Merge a record that goes back to `base` into this one, and write it."""
        saving.bring_in(self.opened, mine, base)
        self.store.save(self.opened)

    def tell(self, note: str) -> None:
        """Have `news` say this."""
        self._notes.append(note)

    def _bring_back(self) -> None:
        if not self.read_only:
            taken_over.bring_back(self)

    def _taker(self) -> Owner | None:
        """Who took the record since the last look; it is then only looked at."""
        other = self._hold.taken_by()
        if other is not None:
            self.other, self.read_only = other, f"{other}接手了这份记录"
        return other

    def _put_aside(self, other: Owner) -> None:
        """The record is another program's now: what is only in memory is kept in a copy of our own, and it is said where."""
        self.opened.journal.close()
        self._notes.append(taken_over.put_aside(self.opened, other))
        self._taken = True
        self._leave()

    def _leave(self) -> None:
        """Keep what is only in memory, now that the record is another program's, beside it for the next opening."""
        try:
            left.leave(self.opened, self.store.me)
            self.trouble = ""
        except OSError as error:
            self.trouble = f"没有存到磁盘：{reason(error)}。内容还在内存里。"

    def look_again(self) -> None:
        """On coming back to the record: see whether it was taken over, or its file written by somebody else."""
        if self.read_only:
            self._look_at_the_newest()
        elif (other := self._taker()) is not None:
            self._put_aside(other)
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

    def note_typing(self, key: str, text: str) -> None:
        """Keep the text of a field in progress; "" forgets it."""
        opened = self.opened
        if not self.read_only:
            self.write(lambda: self.store.typing(opened, key, text), lambda: opened.history.note_typing(key, text))
            return
        opened.history.note_typing(key, text)
        if self._taken:
            self._leave()

    def write(
        self, act: Callable[[], object], in_memory: Callable[[], object] | None = None, *, changes: bool = True
    ) -> None:
        """Do one write; after a failure the next one brings journal and file up to date before all is well again.

        in_memory does the same without the disk, for a record that was taken over a moment ago; changes says that something
        of the record changes, not only where the filer is.
        """
        if self.read_only or self._closed:
            return
        with self._turns.at(self.opened.path):
            other = self._taker()
            if other is None:
                self._write(act, changes)
                return
        if in_memory is not None:
            in_memory()
        self._put_aside(other)

    def _write(self, act: Callable[[], object], changes: bool) -> None:
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
            vanished = isinstance(error, FileNotFoundError) and self.opened.rooted
            where = "文件夹不见了，等它回来" if vanished and not self.opened.path.parent.is_dir() else reason(error)
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
        """Let programs on other machines know that this one still runs; from any thread."""
        if not self.read_only:
            self._hold.sign()

    def try_again(self) -> bool:
        """After a failed write, write again what is not on disk; whether all is well now. A vanished folder is waited for."""
        if self.trouble:
            self.write(lambda: self.store.save(self.opened), changes=False)
        return not self.trouble

    def save(self) -> bool:
        """Write the record file if it differs; whether everything is on disk now. Scraps stay in the journal."""
        if self.read_only:
            return True
        if not (self.is_blank or self.scrap) and (self.on_disk or self.opened.history.position):
            if self.trouble:
                self.opened.rooted = False  # asked for by a person: a folder that has vanished is made anew
            self.write(lambda: self.store.save(self.opened), changes=False)
        return not self.trouble

    def close(self) -> None:
        """Save, keep the state for the history, and let go of the files."""
        self.save()
        if self._taken:
            self._leave()
        if self._written and not self.trouble:
            self.keep_past(LEFT)
        if self.is_blank and self.opened.journal.begun and not self.read_only:
            self.opened.journal.discard()
        self.opened.journal.close()
        self._hold.release()
        self._closed = True
