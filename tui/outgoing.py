"""A record on its way out (导出): its formats, the file that it goes into, what is told of it. Free of Textual."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from domain.changes import Record
from domain.exchange import EXPORTERS, Exporter, ExportProblem, file_name, losses
from domain.records.atomic import reason, write_atomic
from tui import pathing, wiring

if TYPE_CHECKING:
    from tui.dialogue import Dialogue
    from tui.folders import Folders


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A record with all that it can be written as; its files bear the name `stem`, and lie in `folder` unless said otherwise."""

    record: Record
    stem: str
    folder: Path
    targets: tuple[Exporter, ...] = EXPORTERS

    def name(self, target: Exporter) -> str:
        """The name that a file of this format has where nobody names one."""
        return file_name(self.stem, target, self.targets)

    def path(self, target: Exporter, written: str = "") -> Path:
        """The file that a text means; a folder, or no text at all, leaves the name to the program."""
        return self.placed(target, written, pathing.meant(written, self.folder))

    def placed(self, target: Exporter, written: str, path: Path) -> Path:
        """The file at the path that a text stands for; within it where the text names a folder, or nothing."""
        into = not written or written.endswith("/") or pathing.is_folder(path)
        return path / self.name(target) if into else path

    def losses(self, target: Exporter) -> tuple[str, ...]:
        """What of the record the format cannot hold."""
        return losses(self.record, target)

    def write(self, target: Exporter, path: Path, *, replacing: bool) -> int:
        """Write a file; returns its size. Raises OSError (FileExistsError unless one may be replaced), ExportProblem."""
        data = target.write(self.record)
        write_atomic(path, data, exclusive=not replacing)
        return len(data)


def of_file(folders: Folders, path: Path, record: Record) -> Outgoing:
    """The record in a file; it is reviewed among its neighbours where its review table is written."""
    return _outgoing(folders, path, record, wiring.review_tables(folders, path))


def of_dialogue(folders: Folders, dialogue: Dialogue) -> Outgoing:
    """The record being filled, with the review that its filer sees."""
    from domain.exchange import review_sheet

    session = dialogue.session
    return _outgoing(folders, session.path, session.record, review_sheet.exporters(dialogue.reviewer.judge))


def _outgoing(folders: Folders, path: Path, record: Record, tables: tuple[Exporter, ...]) -> Outgoing:
    return Outgoing(record, path.stem, folders.exports or Path.cwd(), (*EXPORTERS, *tables))


def in_a_line(target: Exporter) -> str:
    """A format in a list, with what it lacks."""
    return f"{target.label}{'　' + target.lacks if target.lacks else ''}"


def told_losses(outgoing: Outgoing, target: Exporter) -> list[str]:
    """What the format cannot hold, each said on a line of its own."""
    return [f"{target.label}装不下：{lost}" for lost in outgoing.losses(target)]


def failure(path: Path, error: OSError | ExportProblem) -> str:
    """Why a file was not written, and how to go on."""
    if isinstance(error, ExportProblem):
        return f"没有写成：{error}"
    return f"没有写成 {path}：{reason(error)}。请换个位置或文件名再写。"
