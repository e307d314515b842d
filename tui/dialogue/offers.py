"""What is offered at a slot (建议): it stays while the slot is asked, may be searched, and tells how a line picks from it."""

from __future__ import annotations

from collections.abc import Sequence

from suggest.types import Offer, Suggestion
from tui.dialogue import slots
from tui.dialogue.places import SlotPlace
from tui.dialogue.state import Standing


class Offers:
    """The offers of a conversation."""

    def __init__(self, standing: Standing) -> None:
        self._at = standing
        self._trouble_told = ("", "")
        """The trouble with earlier choices that was told, and at which place."""

    def now(self) -> Offer:
        """The suggestions for the slot in question; empty elsewhere.

        Their numbers stay while the slot is asked, so that 1 and then 3 may be picked; the picked ones are marked.
        """
        place = self._at.place
        if not isinstance(place, SlotPlace):
            return Offer(())
        session, slot = self._at.session, place.slot
        told = self._told(place)
        offered = self._at.visit.offered
        kept = offered[1] if offered is not None and offered[0] == told else None
        if kept is None or slots.all_taken(session, slot, kept):
            kept = self._at.suggester.offer(session.declaration, slot.key)
            self._at.visit.offered = (told, kept)
        return slots.marked(session, slot, kept)

    def _told(self, place: SlotPlace) -> object:
        """What an offer goes by: while it stays the same, the numbers of the offer stay."""
        declaration = self._at.session.declaration
        return place.key, declaration.project, declaration.funding, declaration.narrative

    def offer_found(self, place: SlotPlace, found: tuple[Suggestion, ...]) -> None:
        """Offer what was found in place of what was offered, until one of it is taken or the slot is left."""
        self._at.visit.offered, self._at.visit.searched = (self._told(place), Offer(found)), True

    def end_search(self) -> None:
        """Offer again what the slot is offered by itself."""
        if self._at.visit.searched:
            self._at.visit.offered, self._at.visit.searched = None, False

    def trouble_of_choices(self) -> str:
        """Why earlier choices could not be used or kept, at the first slot that suggests after it happened."""
        trouble, key = self._at.suggester.trouble, self._at.key
        if trouble and self._trouble_told[0] != trouble:
            self._trouble_told = (trouble, key)
        return trouble if self._trouble_told == (trouble, key) else ""

    def complete(self, text: str) -> tuple[Suggestion, ...]:
        """Suggestions while typing at the indicator prompt: the offer for an empty line, else a search."""
        place = self._at.place
        if not isinstance(place, SlotPlace) or self._at.target_index() is not None:
            return ()
        line = slots.read_line(text)
        if line.about_offer:
            return self.now().suggestions
        return self._at.suggester.search(self._at.session.declaration, place.slot.key, line.query)

    def taken(self, text: str, shown: Sequence[Suggestion]) -> tuple[int, ...]:
        """Which of the suggestions shown for a text (from 0) Enter takes."""
        return slots.taken(slots.read_line(text), shown, self._at.visit.highlight)
