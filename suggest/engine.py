"""The suggestion engine (推荐引擎): what a good colleague would name for this project, slot by slot, with target and reason.

Importing this module reads no file and knows no jieba; `Engine.load` does both.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from domain.framework import Slot, SlotKey, framework
from domain.library import Entry
from domain.model import Declaration
from suggest import ranking, said
from suggest.candidates import Candidate, Sources, marked
from suggest.context import Context, ContextMaker
from suggest.kinds import Kinds
from suggest.learned import Learned
from suggest.lookup import Lookup, alternating, clean_query, is_fitting, name_rank, told_by
from suggest.targets import Pattern
from suggest.types import Coverage, Offer, Proposal, Suggestion, TargetOption

if TYPE_CHECKING:
    from suggest.data import EngineData

History = Callable[[], Iterable[Declaration]]
"""Reads the other records, among them the unit's; called once, when first needed."""

_MANAGEMENT = (
    "input.",
    "impact.staff",
    "impact.coordination",
    "impact.facilities",
    "impact.information",
    "impact.other",
)
LETTERS, BY_LETTERS = "letters", "拼成的名称"
"""The source of a name that a search spelled, and its reason."""
SPELLED_MOST = 5
"""Names spelled for a search at most."""
_KEPT = 4
"""Declarations whose picture is kept: the current one and those of the last undo steps."""
TAKEN_BEFORE = 0.06
"""What each earlier acceptance adds to a score, up to five times."""


class Engine:
    """A Suggester over a library; `load` makes one."""

    def __init__(
        self,
        entries: Sequence[Entry],
        sources: Sources,
        lookup: Lookup,
        kinds: Kinds,
        contexts: ContextMaker,
        learned: Learned,
        history: History | None = None,
    ) -> None:
        self._entries, self._sources, self._lookup = entries, sources, lookup
        self._kinds, self._contexts, self.learned = kinds, contexts, learned
        self._history = history
        self._records: tuple[Declaration, ...] | None = None
        self._seen: OrderedDict[object, tuple[Context, Mapping[int, float]]] = OrderedDict()
        self._ranked: OrderedDict[object, list[Candidate]] = OrderedDict()

    @classmethod
    def load(
        cls,
        learned: Path | None = None,
        entries: Iterable[Entry] | None = None,
        history: History | None = None,
        data: EngineData | None = None,
    ) -> Engine:
        """An engine over a library, the built-in one where none is given.

        learned: the TOML of earlier choices, None for no learning; data: what `suggest.data.build_data` made of the
        arranged entries, to save doing it again.
        """
        from suggest.loading import load_engine

        return load_engine(learned, entries, history, data)

    # -- the Suggester protocol --

    @property
    def trouble(self) -> str:
        """Why earlier choices could not be used or kept, in Chinese with the file; "" where all is well."""
        return self.learned.trouble

    def offer(self, declaration: Declaration, slot: SlotKey, limit: int = 5) -> Offer:
        """The best indicators for a slot of this declaration, rows already there left out."""
        place = framework(declaration.framework).slot(*slot)
        if place is None:
            return Offer(())
        context, _ = self.picture(declaration)
        often = ranking.usual(context, self._kinds, place.role)
        names, least = self._kinds.conventional(place.role), self._kinds.kept.get(place.role, 0)
        ranked = ranking.with_conventional(self._rank(declaration, place), names, least)
        most = min(limit, ranking.MOST_OFFERED.get(place.role, limit))
        kept = ranking.cut(ranked, often, most, management=place.role.startswith(_MANAGEMENT))
        labels = [kind.label for kind, _ in context.kinds]
        return Offer(tuple(self._suggestion(place, one) for one in kept), ranking.note(often, labels))

    def search(self, declaration: Declaration, slot: SlotKey, query: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Search as you type within a slot: words, fragments, pinyin initials, entry id; exact match first, rows there left out.

        What the library does not have is spelled from the record's own words.
        """
        place = framework(declaration.framework).slot(*slot)
        text = clean_query(query)
        if place is None or not text:
            return ()
        context, relevance = self.picture(declaration)
        found: list[tuple[int, float, str, Candidate]] = []
        for one in self._rank(declaration, place):
            rank = name_rank(text, one.name)
            if rank is not None:
                found.append((rank, -one.score - 1, one.name, one))
        for rank, doc in self._lookup.find(slot, text)[: 3 * limit]:
            value = relevance.get(doc, 0.0)
            made = self._sources.from_entry(context, place, doc, value, always=True)
            found.extend((0 if one.name.lower() == text else rank, -value, one.name, one) for one in made)
        ordered = sorted(found, key=lambda item: item[:3])
        hits = [(rank, name) for rank, _, name, _ in ordered]
        spelled: list[str] = []
        if len({name for rank, name in hits if is_fitting(rank)}) < limit:
            told = told_by(context.texts, [row.name for row in declaration.indicators])
            spelled = self._lookup.spelled(slot, told, text, SPELLED_MOST)
        by_name = {name: Candidate(name, "", 0.0, (BY_LETTERS,), LETTERS) for name in spelled}
        by_name |= {one.name: one for _, _, _, one in reversed(ordered)}
        there = {row.name for row in declaration.indicators if row.slot == slot}
        names = [name for name in alternating(hits, spelled) if name not in there]
        return tuple(self._suggestion(place, by_name[name]) for name in names[:limit])

    def targets(self, declaration: Declaration, slot: SlotKey, name: str) -> tuple[TargetOption, ...]:
        """Targets that fit an indicator name in this declaration, best first."""
        # Imported here, as in the other methods that a first offer does not need.
        from suggest import options

        place = framework(declaration.framework).slot(*slot)
        if place is None:
            return ()
        context, _ = self.picture(declaration)
        doc = self._sources.link(place, name)
        pattern = None
        if doc is not None:
            entry = self._entries[doc]
            pattern = (
                Pattern(entry.operator, entry.target, entry.unit) if entry.operator else Pattern("", "", entry.target)
            )
        before = [one for one in self._past(declaration, context, place) if one.name == name and one.target]
        first = tuple(TargetOption(one.target, one.reasons[0].split("（")[0]) for one in before[:1])
        usual = options.options(context, place, name, pattern, declaration.project.year)
        rest = (one for one in usual if one.text not in {o.text for o in first})
        return (*first, *rest)[: options.MOST]

    def draft(self, declaration: Declaration, text: str) -> tuple[Proposal, ...]:
        """Everything that a pasted description tells: fields first, then indicators slot by slot."""
        # Imported here because reading a description is needed only when one is pasted.
        from suggest import drafting

        return drafting.draft(self, declaration, text)

    def chosen(self, declaration: Declaration, suggestion: Suggestion, accepted: bool) -> None:
        """Learn that the filer took a suggestion, or rejected it."""
        context, _ = self.picture(declaration)
        kind = context.kinds[0][0].id if context.kinds else ""
        self.learned.record(suggestion.slot, suggestion.name, kind, declaration.project.name, accepted=accepted)
        self._ranked.clear()

    def taken_back(self, declaration: Declaration, slot: SlotKey, name: str) -> None:
        """Forget one taking of an indicator, since it was undone."""
        self.learned.take_back(slot, name, declaration.project.name)
        self._ranked.clear()

    def coverage(self, declaration: Declaration) -> Coverage:
        """Which slots such a project usually fills, what stands there, and the single best next indicator."""
        from suggest import coverage

        context, _ = self.picture(declaration)
        return coverage.coverage(
            declaration,
            context,
            lambda role: ranking.usual(context, self._kinds, role),
            lambda slot: self.offer(declaration, slot.key, 1),
        )

    # -- beyond the protocol --

    def usual(self, declaration: Declaration, role: str) -> float:
        """How often a project like this fills the slot of a role, 0 to 1."""
        return ranking.usual(self.picture(declaration)[0], self._kinds, role)

    def picture(self, declaration: Declaration) -> tuple[Context, Mapping[int, float]]:
        """The picture of a declaration and how each entry fits its words; kept for the last few declarations."""
        key = (declaration.project, declaration.funding, declaration.narrative)
        if key not in self._seen:
            context = self._contexts.make(declaration)
            context = context._replace(stated=said.stated(context, self._contexts.phrases))
            self._seen[key] = (context, self._sources.relevance(context))
            if len(self._seen) > _KEPT:
                self._seen.popitem(last=False)
        self._seen.move_to_end(key)
        return self._seen[key]

    # -- ranking --

    def _rank(self, declaration: Declaration, slot: Slot) -> list[Candidate]:
        key = (declaration, slot.key)
        if key not in self._ranked:
            self._ranked[key] = self._ranking(declaration, slot)
            if len(self._ranked) > 2 * _KEPT:
                self._ranked.popitem(last=False)
        self._ranked.move_to_end(key)
        return self._ranked[key]

    def _ranking(self, declaration: Declaration, slot: Slot) -> list[Candidate]:
        context, relevance = self.picture(declaration)
        found: Iterable[Candidate] = self._sources.candidates(context, slot, relevance)
        found = ranking.by_rules(context, slot, found)
        found = self._with_past(declaration, context, slot, found)
        found = self._after_learning(declaration, context, slot, found)
        return ranking.merge(found, [row.name for row in declaration.indicators if row.slot == slot.key])

    def _with_past(
        self, declaration: Declaration, context: Context, slot: Slot, found: Iterable[Candidate]
    ) -> Iterable[Candidate]:
        before = list(self._past(declaration, context, slot))
        if not before:
            return found
        from suggest import past

        return past.strengthened(found, before)

    def _past(self, declaration: Declaration, context: Context, slot: Slot) -> Iterator[Candidate]:
        if self._records is None:
            self._records = tuple(self._history()) if self._history is not None else ()
        if self._records:
            from suggest import past

            yield from past.from_past(self._sources, declaration, context, slot, self._records)

    def _after_learning(
        self, declaration: Declaration, context: Context, slot: Slot, found: Iterable[Candidate]
    ) -> Iterator[Candidate]:
        kind = context.kinds[0][0].id if context.kinds else ""
        for one in found:
            if self.learned.rejected(slot.key, one.name, declaration.project.name):
                continue
            weight, times = self.learned.weight(slot.key, one.name, kind), self.learned.taken(slot.key, one.name)
            if weight > 0:
                reason = f"以前采纳过{times}次" if times > 1 else "以前采纳过"
                yield marked(one, reason, one.score + TAKEN_BEFORE * min(weight, 5))
            elif weight < 0:
                yield marked(one, "以前没有采纳", one.score * 0.7**-weight)
            else:
                yield one

    def _suggestion(self, slot: Slot, one: Candidate) -> Suggestion:
        identity = self._sources.entry_id(one)
        return Suggestion(identity, slot.key, one.name, one.target, round(one.score, 3), one.reasons, one.evidence)
