"""Finding records among many (查找): by words of what the list shows, by state, by pinyin initials; the same in every face."""

from __future__ import annotations

from collections.abc import Callable

from domain import pinyin
from domain.records.catalog import Info


def matcher(query: str) -> Callable[[Info], bool]:
    """Whether a record fits a search: words of stem, name, unit, year or state, or pinyin initials of the name."""
    words = query.split()
    initials = pinyin.finder(query) if pinyin.is_initials(query) else None

    def fits(info: Info) -> bool:
        text = f"{info.stem} {info.name} {info.unit} {info.year} {state_word(info)}"
        if all(word in text for word in words):
            return True
        return initials is not None and initials(info.name or info.stem)

    return fits


def state_word(info: Info) -> str:
    """The state of a record, as it is searched for."""
    if info.problem or info.draft:
        return "损坏" if info.problem else "草稿"
    return "填完了" if info.filled == info.asked and info.rows else "没填完"
