"""File paths as they are typed (路径): what a text means, what lies in its folder, and completing it by Tab. Free of Textual."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain import pinyin
from domain.text import one_line
from tui.folders import expanded

UP = ".."


@dataclass(frozen=True, slots=True)
class Found:
    """Something in a folder; `name` is made safe to show, `path` is what the disk calls it."""

    name: str
    path: Path
    is_folder: bool


def meant(text: str, base: Path) -> Path:
    """The path that a text means, relative to `base`; ~ is the home folder. Quotes around it, as shells add them, go."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    return base / expanded(text)


def is_folder(path: Path) -> bool:
    """Whether a folder is there to be seen; whatever no disk can hold, or nobody may look at, is none."""
    return os.path.isdir(path)  # noqa: PTH112  Path's raises there


def parted(text: str) -> tuple[str, str]:
    """The folder part, with its slash, and the beginning of a name: ("~/表/", "2020")."""
    cut = text.rfind("/") + 1
    return text[:cut], text[cut:]


def above(text: str) -> str:
    """The folder part of a text, gone up one folder."""
    folder, _ = parted(text)
    if folder in ("", "/", "~/") or folder.endswith("../"):
        return {"/": "/", "~/": "~/../"}.get(folder, f"{folder}../")
    return folder[: folder.rstrip("/").rfind("/") + 1]


def listing(folder: Path) -> list[Found]:
    """What lies in a folder, by name; raises OSError."""
    with os.scandir(folder) as entries:
        found = [Found(one_line(entry.name), folder / entry.name, _is_folder(entry)) for entry in entries]
    return sorted(found, key=lambda one: one.name)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads nowhere
        return False


def matching(found: Sequence[Found], start: str) -> list[Found]:
    """Those whose name the typed text may mean: the same, its beginning, a part, pinyin initials; hidden ones after a dot."""
    ranked = []
    for number, one in enumerate(found):
        hidden = one.name.startswith(".") and not start.startswith(".")
        rank = None if hidden else _rank(one.name, start)
        if rank is not None:
            ranked.append((rank, number, one))
    return [one for _, _, one in sorted(ranked, key=lambda item: item[:2])]


def _rank(name: str, start: str) -> int | None:
    lower, wanted = name.lower(), start.lower()
    if not wanted or lower == wanted:
        return 0
    if lower.startswith(wanted):
        return 1
    if wanted in lower:
        return 2
    if pinyin.is_initials(start) and pinyin.matches(start, pinyin.keys(name)) is not None:
        return 3
    return None


def completed(text: str, found: Sequence[Found]) -> str:
    """The text made longer as far as those names agree that begin with it; a folder alone gets its slash."""
    folder, start = parted(text)
    hits = [one for one in matching(found, start) if one.name.lower().startswith(start.lower())]
    if not hits:
        return text
    if len(hits) == 1:
        return folder + shown_name(hits[0])
    common = os.path.commonprefix([one.name for one in hits])  # noqa: RUF071  characters are meant
    return folder + common if len(common) > len(start) else text


def shown_name(one: Found) -> str:
    """The name, a folder's with a slash."""
    return one.name + "/" * one.is_folder


def size_text(size: int) -> str:
    """A file's size for people."""
    if size < 1_000:
        return f"{size} B"
    return f"{size / 1_000:.0f} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
