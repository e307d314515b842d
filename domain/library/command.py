"""What `tianbiao library …` does, without a command line: each function gives lines of text, plain data and an exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.framework import crosswalk, framework
from domain.library.entry import PURPOSES, SECTORS, SOURCES, Entry, filled, shown
from domain.library.faults import ERROR, UNREAD, Fault
from domain.library.format import format_text
from domain.library.layers import Library
from domain.library.search import Finder
from domain.library.sheet import WORDS, sheet_lines, skeleton
from domain.library.source import read_file
from domain.model import FRAMEWORK

OK, FAILED, USAGE, UNREADABLE = 0, 1, 2, 3
NATIONAL = "national-2021"


@dataclass(frozen=True, slots=True)
class Output:
    """What a command gives: text lines, the same as plain data for --json, its exit code, and what people are told besides."""

    lines: tuple[str, ...]
    data: Any
    code: int = OK
    said: tuple[str, ...] = ()


def search(library: Library, query: str, limit: int = 20, level2: str = "") -> Output:
    """Entries for a query: words, synonyms, fragments, pinyin initials, id; exact matches first."""
    slot = framework().by_level2(level2) if level2 else None
    if level2 and slot is None:
        return _unknown_slot(level2)
    found = Finder(library.entries, library.sources).find(query, limit, slot.key if slot else None)
    if not found:
        hint = f"没有找到“{query}”。换一个词，或只写两三个字；拼音首字母也行，例如 zjdwl。"
        return Output((), [], FAILED, said=(hint,))
    lines = [f"{_one_line(match.entry)}　[{match.entry.id}]" for match in found]
    return Output(tuple(lines), [as_dict(match.entry) | {"match": match.reason} for match in found])


def show(library: Library, wanted: str) -> Output:
    """The sheet of the entry with this id, or of the one and only entry with this name."""
    entry = library.get(wanted) or _named(library, wanted)
    if entry is None:
        near = Finder(library.entries, library.sources).find(wanted, 5)
        said = [f"没有编号或名称是“{wanted}”的指标。"]
        said += ["是不是："] if near else []
        said += [f"  {_one_line(match.entry)}　[{match.entry.id}]" for match in near]
        return Output((), None, FAILED, said=tuple(said))
    origin = library.origins.get(entry.id)
    return Output(tuple(sheet_lines(entry, str(origin) if origin else "")), as_dict(entry))


def stats(library: Library) -> Output:
    """How many entries there are by slot, sector, purpose and source."""
    slots = [(slot, sum(entry.slot == slot.key for entry in library.entries)) for slot in framework().slots]
    by_sector = Counter(sector for entry in library.entries for sector in entry.sectors)
    main = Counter(entry.sectors[0] for entry in library.entries)
    by_purpose = Counter(purpose for entry in library.entries for purpose in entry.purposes)
    by_source = Counter(entry.source for entry in library.entries)
    templates = sum(entry.template for entry in library.entries)
    lines = [
        f"指标 {len(library.entries)} 条，其中模板 {templates} 条，定性 {_judged(library)} 条；停用 {len(library.retired)} 条。",
        "按格子：",
        *(f"  {slot.place} {count}" for slot, count in slots),
        "按领域（主要领域／全部）：",
        *(f"  {sector} {main[sector]}／{by_sector[sector]}" for sector in SECTORS),
        "按资金用途：",
        *(f"  {purpose} {by_purpose[purpose]}" for purpose in PURPOSES),
        "按来源：",
        *(f"  {WORDS[source]} {by_source[source]}" for source in SOURCES),
    ]
    data = {
        "entries": len(library.entries),
        "templates": templates,
        "qualitative": _judged(library),
        "retired": len(library.retired),
        "slots": {"/".join(slot.key): count for slot, count in slots},
        "main_sectors": {sector: main[sector] for sector in SECTORS},
        "sectors": {sector: by_sector[sector] for sector in SECTORS},
        "purposes": {purpose: by_purpose[purpose] for purpose in PURPOSES},
        "sources": {source: by_source[source] for source in SOURCES},
        "layers": sorted({str(path) for path in library.origins.values()}),
    }
    return Output(tuple(lines), data)


def check(paths: Sequence[Path], base: Sequence[Entry]) -> Output:
    """The lint of library files over the entries of `base`; exit code 1 where an error stands, 3 where a file cannot be read."""
    # Imported here because only this command needs pydantic.
    from domain.library.checks.lint import lint_file

    faults = [fault for path in paths for fault in lint_file(path, base)]
    return fault_report(faults, f"检查了 {len(paths)} 个文件")


def format_file(path: Path) -> Output:
    """A library file in canonical form, as `toml` in the data and whether that is `changed`; for the caller to write."""
    text = read_file(path)
    if isinstance(text, Fault):
        return Output((), None, UNREADABLE, said=(text.text,))
    try:
        canonical = format_text(text)
    except ValueError as error:
        return Output((), None, UNREADABLE, said=(f"{path}：{error}",))
    return Output(tuple(canonical.rstrip("\n").split("\n")), {"changed": canonical != text, "toml": canonical})


def fault_report(faults: Sequence[Fault], done: str) -> Output:
    """Faults as the lint prints them, with a last line that counts them."""
    errors = sum(fault.severity == ERROR for fault in faults)
    last = f"{done}：{errors} 个错误，{len(faults) - errors} 个提醒。" if faults else f"{done}，没有问题。"
    lines = (*(fault.text for fault in faults), last)
    code = UNREADABLE if any(fault.code == UNREAD for fault in faults) else FAILED if errors else OK
    return Output(lines, [fault.as_dict for fault in faults], code)


def new(level2: str = "", sector: str = "") -> Output:
    """A commented skeleton of a library file with one entry, for a slot and a sector where given."""
    slot = framework().by_level2(level2) if level2 else None
    if level2 and slot is None:
        return _unknown_slot(level2)
    if sector and sector not in SECTORS:
        return Output((), None, USAGE, said=(f"没有领域“{sector}”，只有：{'、'.join(SECTORS)}。",))
    crossing = crosswalk(FRAMEWORK, NATIONAL).get(slot.role) if slot else None
    national = f"{crossing.level1}/{crossing.level2}" if crossing and crossing.level1 else ""
    text = skeleton(level2, sector, national)
    return Output(tuple(text.rstrip("\n").split("\n")), {"toml": text})


def as_dict(entry: Entry) -> dict[str, Any]:
    """An entry as plain data, lists for its lists."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in entry._asdict().items()}


def _one_line(entry: Entry) -> str:
    return f"{entry.level2}　{shown(entry.name)}　{entry.target_text or entry.operator + '□' + entry.unit}"


def _named(library: Library, name: str) -> Entry | None:
    found = [entry for entry in library.entries if name in (entry.name, shown(entry.name), filled(entry.name))]
    return found[0] if len(found) == 1 else None


def _judged(library: Library) -> int:
    return sum(entry.kind == "qualitative" for entry in library.entries)


def _unknown_slot(level2: str) -> Output:
    names = "、".join(_level2_names())
    return Output((), None, USAGE, said=(f"没有二级指标“{level2}”，只有：{names}。",))


def _level2_names() -> Iterable[str]:
    return (slot.level2 for slot in framework().slots)
