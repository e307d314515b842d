"""For a teacher (班级汇总): the progress files of a folder as one table and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.exchange.from_csv import guarded
from domain.training import levels
from domain.training.layout import table
from domain.training.material import Material
from domain.training.practice import topic_title
from domain.training.progress import Progress, weak_topics
from domain.training.progress_file import NAME, decode, why

HEADINGS = (
    "学员",
    "等级",
    "答题",
    "得分率",
    "学完的课",
    "归类得分率",
    "填表最好",
    "评审过关",
    "练习天数",
    "最近一天",
    "薄弱之处",
)


@dataclass(frozen=True, slots=True)
class Report:
    """One row a trainee in the order of their names, and files that could not be read."""

    rows: tuple[tuple[str, ...], ...]
    problems: tuple[str, ...] = ()

    def table(self) -> str:
        """The rows in aligned columns."""
        return "\n".join(table([HEADINGS, *self.rows]))

    def csv(self) -> str:
        """The rows as CSV; no cell can be taken for a formula."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([HEADINGS, *([guarded(cell) for cell in row] for row in self.rows)])
        return out.getvalue()


def report(material: Material, folder: Path) -> Report:
    """Every progress file below a folder: NAME/progress.toml or NAME.toml. Files that are none are named; raises OSError."""
    rows: list[tuple[str, ...]] = []
    problems: list[str] = []
    for path in sorted(folder.rglob("*.toml")):
        if path.name.startswith(("progress-damaged-", ".")):
            continue
        try:
            found = decode(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{path}：读不了（{why(error)}）")
            continue
        if found is None:
            problems.append(f"{path}：不是进度文件，或已损坏")
            continue
        problems.extend(f"{path}：{problem}" for problem in found.problems)
        rows.append(_row(material, found.progress, path, folder))
    return Report(tuple(sorted(rows)), tuple(problems))


def _row(material: Material, progress: Progress, path: Path, folder: Path) -> tuple[str, ...]:
    known = path.parent.name if path.name == NAME and path.parent != folder else path.stem
    lessons = [lesson for lesson in material.lessons.values() if lesson.number]
    done = sum(lesson.id in progress.finished() for lesson in lessons)
    best = progress.kind("form").best
    return (
        " ".join((progress.trainee or known).split()),
        levels.title(progress),
        str(progress.answered),
        _share(progress.mean, progress.answered),
        f"{done}/{len(lessons)}",
        _share(progress.kind("classify").recent_mean, progress.kind("classify").answered),
        f"{best * 100:.0f}分" if progress.kind("form").answered else "",
        str(progress.kind("reviewer").passed),
        str(progress.days),
        progress.last_day.isoformat() if progress.last_day else "",
        "；".join(topic_title(material, topic) for topic in weak_topics(progress)),
    )


def _share(value: float, answered: int) -> str:
    return f"{value:.0%}" if answered else ""


def progress_lines(material: Material, progress: Progress) -> tuple[str, ...]:
    """One trainee's progress in words: level, what the next one asks, lessons, kinds, what is weak, what is due."""
    lines = [f"等级：{levels.title(progress)}"]
    for level in levels.LEVELS:
        share, said = level.measure(progress)
        lines.append(f"  {'√' if share >= 1 else '　'} {level.title}：{level.asks}。{said}。")
    lines += ["", *_lesson_lines(material, progress), "", *_kind_lines(progress)]
    weak = weak_topics(progress, 5)
    if weak:
        lines += ["", "薄弱之处：" + "；".join(topic_title(material, topic) for topic in weak)]
    if progress.missed:
        first = min(one.due for one in progress.missed)
        lines.append(f"错过的题还有{len(progress.missed)}道，最早{first.isoformat()}再来。")
    return tuple(lines)


def _lesson_lines(material: Material, progress: Progress) -> Sequence[str]:
    rows = []
    for lesson in material.lessons.values():
        mark = progress.lesson(lesson.id)
        state = f"学完 {mark.finished}" if mark.finished else f"看到第{mark.page}页" if mark.page else "没有开始"
        if lesson.number:
            rows.append((f"第{lesson.number}课", lesson.title, state))
    return table(rows)


def _kind_lines(progress: Progress) -> Sequence[str]:
    from domain.training.kinds import KINDS

    rows = [
        (kind.title, f"{record.answered}题", f"得分率{record.mean:.0%}", f"最近{record.recent_mean:.0%}")
        for kind in KINDS
        if (record := progress.kind(kind.id)).answered
    ]
    return table(rows) if rows else ("还没有做过练习。",)
