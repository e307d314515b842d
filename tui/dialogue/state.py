"""Where the dialogue stands: the place in question, the way back, what is under way, and moving from place to place."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from domain.model import Indicator
from suggest.types import Offer, Suggester
from tui.dialogue import drafting, rolled
from tui.dialogue.places import Place, SlotPlace, answered, following, pending, place_at
from tui.record_keys import target_key
from tui.session import Session

if TYPE_CHECKING:
    from domain.checking import Surroundings
    from domain.reading import Reader
    from tui.reviewing import Reviewer

DONE_KEY = "完成"


class Standing:
    """The state of a conversation about one record, and its moves.

    `suggester` and `reader` are made when first needed: loading them takes time.
    """

    def __init__(
        self,
        session: Session,
        suggester: Callable[[], Suggester],
        reader: Callable[[], Reader],
        surroundings: Callable[[], Surroundings] | None = None,
    ) -> None:
        self.session = session
        self._make_suggester, self._make_reader, self._make_surroundings = suggester, reader, surroundings
        self.highlight = 0
        self.names_keys = False
        """Whether what is said names the keys of commands, as the full screen has them, instead of the slash words."""
        self._trail: list[str] = []
        self._return_to = ""
        self._candidates: tuple[str, ...] = ()
        self._prefill: str | None = None
        self._target_row: tuple[int, Indicator] | None = None
        self._warned = self._looking = False
        self._draft: drafting.DraftRun | None = None
        self._paused: drafting.DraftRun | None = None
        """A draft that the filer jumped away from; it goes on after the answer, or with the command."""
        self._offer: tuple[object, Offer] | None = None
        self._searched = False
        """Whether what is offered is what a search found, until one of it is taken."""
        self._trouble_told = ("", "")
        """The trouble with earlier choices that was told, and at which place."""
        self._settled_for_looking = ""
        """Why the record can only be looked at, where the filer has been asked about it."""
        self.key = self._first()
        session.note_place(self.key)
        self._ask_again()

    def _first(self) -> str:
        left = self.session.place
        place = place_at(self.session.declaration, left)
        if place is None or (self.session.skipped(left) and not self.session.typing_at(left)):
            return self._after("")
        here = isinstance(place, SlotPlace) or self.session.typing_at(left) or pending(place, self.session)
        return left if here else self._after("")

    def _is_answered(self, key: str) -> bool:
        place = place_at(self.session.declaration, key)
        return place is None or isinstance(place, SlotPlace) or answered(place, self.session.declaration)

    def _after(self, key: str) -> str:
        place = following(self.session, key)
        return place.key if place else DONE_KEY

    @cached_property
    def suggester(self) -> Suggester:
        """The suggestion engine, loaded on first use."""
        return self._make_suggester()

    @cached_property
    def reviewer(self) -> Reviewer:
        """The review of this record, loaded on first use."""
        from domain.checking import Surroundings
        from tui.reviewing import Reviewer

        make = self._make_surroundings
        return Reviewer(self.session, make() if make else Surroundings(self._make_reader()))

    @property
    def place(self) -> Place | None:
        """The place that the question is about; None when all is done or a draft is under way."""
        return place_at(self.session.declaration, self.key)

    def _move(self, key: str, *, remember: bool = True) -> None:
        if remember and self.key not in (key, DONE_KEY, drafting.PASTE_KEY):
            self._trail.append(self.key)
        self.key, self.highlight, self._offer, self._searched = key, 0, None, False
        self._candidates, self._prefill, self._target_row = (), None, None
        self._ask_again()
        if key != drafting.PASTE_KEY:
            self.session.note_place(key)

    def _ask_again(self) -> None:
        """At a slot: ask for the target that was being typed, else for the first from last year to be asked again."""
        place = self.place
        if not isinstance(place, SlotPlace):
            return
        rows = self.session.declaration.rows(place.slot.key)
        typed = next((index for index, row in rows if self.session.typing_at(target_key(row))), None)
        self._ask_target(rolled.asked_row(self.session, place.slot) if typed is None else typed)

    def _advance(self) -> None:
        """Go on after an answer: back to where a jump came from, to what nobody has looked at, to what is missing next."""
        target, self._return_to = self._return_to, ""
        if target == drafting.PASTE_KEY and self._resume_draft():
            return
        if not target and self._looking:
            unseen = rolled.next_unseen(self.session, self.key)
            target, self._looking = (unseen.key, True) if unseen else ("", False)
        self._move(target if target and target != self.key else self._after(self.key))

    def goto(self, key: str, *, come_back: bool = True) -> None:
        """Jump to a place; after its answer the dialogue comes back to where it was."""
        if self._draft is not None and self._draft.current is not None:
            self._paused = self._draft
            self._return_to = drafting.PASTE_KEY if come_back else ""
        self._draft = None
        if key == self.key:
            return
        if come_back and self.key != DONE_KEY and not self._return_to:
            self._return_to = self.key
        self._move(key)

    def _resume_draft(self) -> bool:
        """Go on with the proposals that a jump interrupted, without those whose fields were answered meanwhile."""
        run, self._paused = self._paused, None
        if run is None:
            return False
        run.proposals = drafting.still_open(self.session, run.proposals)
        self._draft = run if run.current is not None else None
        return self._draft is not None

    def _target_index(self) -> int | None:
        """The row whose target is asked; None where it is gone (deleted or moved in the table)."""
        if self._target_row is None:
            return None
        index, row = self._target_row
        rows = self.session.declaration.indicators
        if index >= len(rows) or (rows[index].slot, rows[index].name) != (row.slot, row.name):
            self._target_row = None
        return None if self._target_row is None else index

    def _ask_target(self, index: int | None) -> None:
        self._target_row = None if index is None else (index, self.session.declaration.indicators[index])
