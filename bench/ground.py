"""The ground the measures stand on: folders of their own, a thousand records from one of the samples, and words to type."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from domain.exchange import read  # noqa: E402
from domain.records.store import Store  # noqa: E402

SAMPLE = ROOT / "tests" / "samples" / "water-supply.txt"
LINE = "区社会治理服务中心热线线路租用"
"""What is typed into a plain field."""

ANSWERS = ("2026", "水源保护站", "农村饮用水源地巡护服务")
"""To the first questions of a new form."""

WORDS = ("水质", "巡护", "检测", "合格", "次数", "培训")
"""What is typed into the indicator line: each character brings other suggestions."""

INITIALS = "szjccs"
"""The same by pinyin initials."""


def environment(folder: Path) -> dict[str, str]:
    """Everything the program writes goes into this folder."""
    names = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    return {"TERM": "xterm-256color", "TIANBIAO_DIR": str(folder / "records"), "PYTHONPATH": paths, **names}


def program(*arguments: str) -> list[str]:
    """The command that starts the program with this interpreter."""
    return [sys.executable, "-m", "tui", *arguments]


def fill_folder(folder: Path, count: int) -> list[str]:
    """Put records into the folder, made from the sample under other names; returns their stems."""
    record = read(SAMPLE.read_bytes(), SAMPLE.name)[0].record
    project = record.declaration.project
    store, stems = Store(folder / "records"), []
    for number in range(count):
        renamed = replace(project, name=f"{number + 1}号{project.name}", year=2018 + number % 6)
        stems.append(store.add(replace(record, declaration=replace(record.declaration, project=renamed))).stem)
    return stems
