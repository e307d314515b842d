"""The places of the form in the order of the questions, and how people name them: 金额, 年度目标, xmmc, 数量."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from domain import pinyin
from domain.fields import Field
from domain.framework import Slot, framework
from domain.marks import row_key, slot_key
from domain.model import Declaration, fields, is_empty
from tui.session import Session

SECTIONS = {"project": "项目信息", "funding": "资金与采购", "narrative": "项目说明"}
AMONG_FUNDING = ("procurement", "five_expenses")
"""Fields of the project block that stand below the money on the form."""

TABLE = "指标表"


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """A field of the form."""

    field: Field
    key: str
    label: str
    section: str

    @property
    def names(self) -> tuple[str, ...]:
        """Everything the place may be called."""
        return (self.label, *self.field.spec.aliases)

    @property
    def required(self) -> bool:
        """Whether the form marks the place with a star."""
        return self.field.spec.required


@dataclass(frozen=True, slots=True)
class SlotPlace:
    """A slot of the indicator table, with all its rows."""

    slot: Slot
    key: str
    label: str
    section: str = TABLE

    @property
    def names(self) -> tuple[str, ...]:
        """Everything the place may be called."""
        return (self.slot.level2, self.slot.place, self.key)

    @property
    def required(self) -> bool:
        """The form marks no slot with a star."""
        return False


Place: TypeAlias = FieldPlace | SlotPlace
"""Where a question stands."""


@cache
def places(framework_id: str) -> tuple[Place, ...]:
    """Every place in the order of the form."""
    return (*field_places(), *slot_places(framework_id))


@cache
def field_places() -> tuple[FieldPlace, ...]:
    """The places of the fields, in the order of the form."""
    return tuple(FieldPlace(one, one.key, one.spec.label, _section(one)) for one in fields())


@cache
def slot_places(framework_id: str) -> tuple[SlotPlace, ...]:
    """The places of the indicator table, in the order of the form."""
    return tuple(SlotPlace(slot, slot_key(slot.key), slot.place) for slot in framework(framework_id).slots)


def _section(one: Field) -> str:
    return SECTIONS["funding" if one.path[1] in AMONG_FUNDING else str(one.path[0])]


def place_at(declaration: Declaration, key: str) -> Place | None:
    """The place of this key."""
    return next((place for place in places(declaration.framework) if place.key == key), None)


def relevant(place: Place, declaration: Declaration) -> bool:
    """Whether the place is asked by itself."""
    return isinstance(place, SlotPlace) or place.field.is_asked(declaration)


def answered(place: Place, declaration: Declaration) -> bool:
    """Whether the place holds anything."""
    if isinstance(place, FieldPlace):
        return not is_empty(declaration.get(place.field.path))
    return bool(declaration.rows(place.slot.key))


def pending(place: Place, session: Session) -> bool:
    """Whether the place is still to be asked: relevant, not passed over, and empty or to be asked again (结转)."""
    declaration = session.declaration
    if not relevant(place, declaration) or session.skipped(place.key):
        return False
    if isinstance(place, SlotPlace):
        rows = declaration.rows(place.slot.key)
        if any(session.asked_again(row_key(row)) for _, row in rows):
            return True
    return not answered(place, declaration) or bool(session.asked_again(place.key))


def following(session: Session, key: str) -> Place | None:
    """The next place to ask after this one, beginning again at the top; None when nothing is left."""
    everything = places(session.declaration.framework)
    at = next((number for number, place in enumerate(everything) if place.key == key), -1)
    ordered = (*everything[at + 1 :], *everything[: at + 1])
    return next((place for place in ordered if pending(place, session)), None)


def before(declaration: Declaration, key: str) -> Place | None:
    """The place before this one in form order, None at the beginning."""
    asked = [place for place in places(declaration.framework) if relevant(place, declaration) or place.key == key]
    at = next((number for number, place in enumerate(asked) if place.key == key), len(asked))
    return asked[at - 1] if at else None


def find(declaration: Declaration, query: str) -> list[Place]:
    """Places that a query may mean, best first: exact name, beginning, part, pinyin initials."""
    query = query.strip().rstrip("*＊：:").strip("“”\"'《》「」 ")
    ranked = []
    for number, place in enumerate(places(declaration.framework)):
        rank = min((rank for name in place.names if (rank := _rank(query, name)) is not None), default=None)
        if rank is not None:
            ranked.append((rank, number, place))
    ranked.sort(key=lambda item: item[:2])
    exact = [place for rank, _, place in ranked if rank == 0]
    return exact or [place for _, _, place in ranked]


def _rank(query: str, name: str) -> int | None:
    if query == name:
        return 0
    start = name.find(query) if query else -1
    if start >= 0:
        return 1 if start == 0 else 2
    if pinyin.is_initials(query):
        at = pinyin.matches(query, pinyin.keys(name))
        return None if at is None else 3 if at == 0 else 4
    return None
