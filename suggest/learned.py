"""What the filer's choices taught (采纳记录): a small readable TOML that may be edited or deleted at any time.

A rejected indicator does not come back for the same project; one that is taken again and again comes sooner.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from domain.framework import SlotKey
from domain.records.atomic import make_folder, reason, write_atomic
from domain.siblings import project_key
from suggest.likeness import normal

LIMIT = 2000
"""Choices kept; the oldest give way."""
_HEAD = "# 采纳与不采纳的记录（tianbiao 推荐指标时参考）。可以手工修改，删掉本文件即从头学起。\n\n"


class Choice(NamedTuple):
    """How often an indicator of a slot was taken or rejected in a project of some kind."""

    slot: SlotKey
    name: str
    kind: str
    project: str
    accepted: int = 0
    rejected: int = 0


class Learned:
    """Choices in memory and, where a path is given, on disk; `trouble` says in Chinese why the file could not be used."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._choices: dict[tuple[SlotKey, str, str], Choice] = {}
        self.trouble = ""
        if path is not None:
            self._read(path)

    def _read(self, path: Path) -> None:
        if not path.exists():
            return
        # Imported here because most people have no such file yet.
        import tomllib

        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8")).get("choice", [])
            for table in tables:
                choice = _choice(table)
                self._choices[choice.slot, normal(choice.name), choice.project] = choice
        except (OSError, KeyError, TypeError, ValueError, RecursionError) as error:
            self._path, self._choices = None, {}
            self.trouble = f"采纳记录 {path} 读不懂（{error}），这次不用它，也不改它。"

    def record(self, slot: SlotKey, name: str, kind: str, project: str, *, accepted: bool) -> None:
        """Note a choice and write it down; a failed write is told by `trouble` and tried again with the next choice."""
        key = (slot, normal(name), project_key(project))
        old = self._choices.pop(key, None) or Choice(slot, name, kind, key[2])
        self._choices[key] = (
            old._replace(accepted=old.accepted + 1, rejected=0) if accepted else old._replace(rejected=old.rejected + 1)
        )
        while len(self._choices) > LIMIT:
            self._choices.pop(next(iter(self._choices)))
        self._write()

    def take_back(self, slot: SlotKey, name: str, project: str) -> None:
        """Count one taking less, since it was undone; nothing where none is known. A rejection before it stays forgotten."""
        key = (slot, normal(name), project_key(project))
        old = self._choices.get(key)
        if old is None or not old.accepted:
            return
        left = old._replace(accepted=old.accepted - 1)
        if left.accepted or left.rejected:
            self._choices[key] = left
        else:
            del self._choices[key]
        self._write()

    def _write(self) -> None:
        if self._path is None:
            return
        document = {"choice": [_table(choice) for choice in self._choices.values()]}
        # Imported here because most starts never write a choice.
        import tomli_w

        try:
            make_folder(self._path.parent)
            write_atomic(self._path, (_HEAD + tomli_w.dumps(document)).encode())
        except OSError as error:
            self.trouble = f"采纳记录写不进 {self._path}（{reason(error)}），这次只记在内存里。"
        else:
            self.trouble = ""

    def rejected(self, slot: SlotKey, name: str, project: str) -> bool:
        """Whether this indicator was rejected for this project and not taken since."""
        choice = self._choices.get((slot, normal(name), project_key(project)))
        return choice is not None and choice.rejected > 0

    def weight(self, slot: SlotKey, name: str, kind: str) -> int:
        """How much more often it was taken than rejected, in projects of the same kind twice as much."""
        return sum(
            (one.accepted - one.rejected) * (2 if one.kind == kind else 1) for one in self._choices_of(slot, name)
        )

    def taken(self, slot: SlotKey, name: str) -> int:
        """How often it was taken, in whatever project."""
        return sum(one.accepted for one in self._choices_of(slot, name))

    def _choices_of(self, slot: SlotKey, name: str) -> list[Choice]:
        wanted = normal(name)
        return [one for (place, text, _), one in self._choices.items() if place == slot and text == wanted]


def _choice(table: dict[str, Any]) -> Choice:
    level1, level2 = table["slot"].split("/")
    return Choice(
        (level1, level2),
        str(table["name"]),
        str(table.get("kind", "")),
        str(table.get("project", "")),
        int(table.get("accepted", 0)),
        int(table.get("rejected", 0)),
    )


def _table(choice: Choice) -> dict[str, Any]:
    table: dict[str, Any] = {
        "slot": "/".join(choice.slot),
        "name": choice.name,
        "kind": choice.kind,
        "project": choice.project,
    }
    if choice.accepted:
        table["accepted"] = choice.accepted
    if choice.rejected:
        table["rejected"] = choice.rejected
    return table
