"""Where the dialogue stands: the place in question, the way back, what is under way, and moving from place to place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from domain.model import Indicator
from suggest.types import Offer, Suggester
from tui.dialogue import drafting, rolled
from tui.dialogue.places import Place, SlotPlace, answered, before, following, pending, place_at, relevant
from tui.dialogue.types import Message, Reply, Role
from tui.record_keys import target_key
from tui.session import Session

if TYPE_CHECKING:
    from domain.checking import Surroundings
    from domain.reading import Reader
    from tui.reviewing import Reviewer

DONE_KEY = "完成"


@dataclass
class Visit:
    """What belongs to one visit of a place, and is forgotten on moving on."""

    highlight: int = 0
    candidates: tuple[str, ...] = ()
    """What the last answer may have meant, numbered."""
    prefill: str | None = None
    """The text to edit at a field; None for what stands there."""
    target_row: tuple[int, Indicator] | None = None
    """The row whose target is asked, as it was then."""
    offered: tuple[object, Offer] | None = None
    """What is offered, behind what that goes by."""
    searched: bool = False
    """Whether what is offered is what a search found, until one of it is taken."""


class Standing:
    """Where a conversation about one record stands, and its moves.

    `suggester` and `reviewer` are made when first needed: loading them takes time.
    """

    def __init__(
        self,
        session: Session,
        suggester: Callable[[], Suggester],
        reader: Callable[[], Reader],
        surroundings: Callable[[], Surroundings] | None = None,
    ) -> None:
        self.session = session
        self.make_reader = reader
        self._make_suggester, self._make_surroundings = suggester, surroundings
        self.names_keys = False
        """Whether what is said names the keys of commands, as the full screen has them, instead of the slash words."""
        self.key = ""
        self.visit = Visit()
        self.draft: drafting.DraftRun | None = None
        self.looking = False
        """Whether the filer goes through what nobody has looked at."""
        self._paused: drafting.DraftRun | None = None
        """A draft that the filer jumped away from; it goes on after the answer, or with the command."""
        self._trail: list[str] = []
        self._return_to = ""
        self._settled_for_looking = ""
        """Why the record can only be looked at, where the filer has been asked about it."""
        self.begin()

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
        return Reviewer(self.session, make() if make else Surroundings(self.make_reader()))

    @property
    def place(self) -> Place | None:
        """The place that the question is about; None when all is done or a draft is under way."""
        return place_at(self.session.declaration, self.key)

    # -- moving --

    def begin(self) -> None:
        """Go where the filer left, or to the first place still to be asked."""
        self.move(self._first(), remember=False)

    def _first(self) -> str:
        left = self.session.place
        place = place_at(self.session.declaration, left)
        if place is None or (self.session.skipped(left) and not self.session.typing_at(left)):
            return self._after("")
        here = isinstance(place, SlotPlace) or self.session.typing_at(left) or pending(place, self.session)
        return left if here else self._after("")

    def _after(self, key: str) -> str:
        place = following(self.session, key)
        return place.key if place else DONE_KEY

    def _is_answered(self, key: str) -> bool:
        place = place_at(self.session.declaration, key)
        return place is None or isinstance(place, SlotPlace) or answered(place, self.session.declaration)

    def move(self, key: str, *, remember: bool = True) -> None:
        """Go to a place; remember: `step_back` comes back from there."""
        if remember and self.key not in (key, DONE_KEY, drafting.PASTE_KEY):
            self._trail.append(self.key)
        self.key, self.visit = key, Visit()
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
        self.ask_target(rolled.asked_row(self.session, place.slot) if typed is None else typed)

    def advance(self) -> None:
        """Go on after an answer: back to where a jump came from, to what nobody has looked at, to what is missing next."""
        target, self._return_to = self._return_to, ""
        if target == drafting.PASTE_KEY and self.resume_draft():
            return
        if not target and self.looking:
            unseen = rolled.next_unseen(self.session, self.key)
            target, self.looking = (unseen.key, True) if unseen else ("", False)
        self.move(target if target and target != self.key else self._after(self.key))

    def step_back(self) -> bool:
        """Go to where the filer came from, else to the place before on the form; whether there is one."""
        while self._trail:
            key = self._trail.pop()
            if key != self.key:
                self.move(key, remember=False)
                return True
        place = before(self.session.declaration, self.key)
        if place is not None:
            self.move(place.key, remember=False)
        return place is not None

    def goto(self, key: str, *, come_back: bool = True) -> None:
        """Jump to a place; after its answer the dialogue comes back to where it was."""
        if self.draft is not None and self.draft.current is not None:
            self._paused = self.draft
            self._return_to = drafting.PASTE_KEY if come_back else ""
        self.draft = None
        if key == self.key:
            return
        if come_back and self.key != DONE_KEY and not self._return_to:
            self._return_to = self.key
        self.move(key)

    def revisit(self, key: str) -> None:
        """Go to what a step in time changed, where the form asks for it; what is still proposed is not lost by that."""
        if self.draft is not None and self.draft.current is not None:
            return
        self.draft, self._return_to = None, ""
        place = place_at(self.session.declaration, key)
        if place is not None and relevant(place, self.session.declaration):
            self.move(key, remember=False)
        elif self.place is None or self._is_answered(self.key):
            self.move(self._after(""), remember=False)
        else:
            self.move(self.key, remember=False)

    # -- drafts --

    def begin_draft(self, run: drafting.DraftRun) -> None:
        """Go through proposals, or ask for the text to make them from."""
        self.draft, self.visit.target_row = run, None

    def resume_draft(self) -> bool:
        """Go on with the proposals that a jump interrupted, without those whose fields were answered meanwhile."""
        run, self._paused = self._paused, None
        if run is None:
            return False
        run.proposals = drafting.still_open(self.session, run.proposals)
        self.draft = run if run.current is not None else None
        return self.draft is not None

    def end_draft(self) -> None:
        """Go back to where the draft began, or on where that is answered now."""
        assert self.draft is not None
        run, self.draft = self.draft, None
        onward = self._after(run.back_to if run.rows_only else "")
        self.move(run.back_to if run.back_to and not self._is_answered(run.back_to) else onward, remember=False)

    # -- the target in question --

    def target_index(self) -> int | None:
        """The row whose target is asked; None where it is gone (deleted or moved in the table)."""
        if self.visit.target_row is None:
            return None
        index, row = self.visit.target_row
        rows = self.session.declaration.indicators
        if index >= len(rows) or (rows[index].slot, rows[index].name) != (row.slot, row.name):
            self.visit.target_row = None
        return None if self.visit.target_row is None else index

    def ask_target(self, index: int | None) -> None:
        """Ask for the target of this row, or of none."""
        self.visit.target_row = None if index is None else (index, self.session.declaration.indicators[index])

    # -- whose record it is --

    @property
    def is_held(self) -> bool:
        """Whether it has to be asked what to do about somebody else who has the record."""
        return self.session.can_take_over and self.session.read_only != self._settled_for_looking

    def settle_for_looking(self) -> None:
        """The filer only looks, and is not asked about it again."""
        self._settled_for_looking = self.session.read_only

    # -- what is said --

    def reply(self, *messages: Message, keep: str = "", leave: bool = False) -> Reply:
        """A reply that also says why the last write did not reach the disk, where it did not."""
        trouble = self.session.trouble
        return Reply((*messages, Message(Role.ERROR, trouble)) if trouble else messages, keep, leave=leave)
