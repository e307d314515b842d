"""The dialogue (对话): which question comes next, and what an answer or a command does. Every face speaks to this.

It holds no answers itself; they live in the session. It is free of Textual and of any file format.

    state      where it stands, and its moves
    offers     what is offered at a slot
    asking     the question that fits where it stands; telling: what is said around it
    answering  what an answer does
    doing      what a command does
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from suggest.types import Offer, Suggester, Suggestion
from tui.dialogue import asking, helping, outside, slots, telling
from tui.dialogue.answering import Answering
from tui.dialogue.doing import NOTHING_KEPT, Doing
from tui.dialogue.offers import Offers
from tui.dialogue.places import Place
from tui.dialogue.state import DONE_KEY, Standing
from tui.dialogue.types import Message, Question, Reply, Role
from tui.session import Session

if TYPE_CHECKING:
    from domain.checking import Surroundings
    from domain.reading import Reader
    from tui.reviewing import Reviewer

__all__ = ["DONE_KEY", "NOTHING_KEPT", "Dialogue"]


class Dialogue:
    """A conversation about one record."""

    def __init__(
        self,
        session: Session,
        suggester: Callable[[], Suggester],
        reader: Callable[[], Reader],
        surroundings: Callable[[], Surroundings] | None = None,
    ) -> None:
        self.session = session
        self._at = Standing(session, suggester, reader, surroundings)
        self._offers = Offers(self._at)
        self._answering = Answering(self._at, self._offers, self.command)
        self._doing = Doing(self._at, self._offers, self._answering)

    # -- where it stands --

    @property
    def key(self) -> str:
        """The key of the place in question; DONE_KEY when all is done."""
        return self._at.key

    @property
    def place(self) -> Place | None:
        """The place that the question is about; None when all is done or a draft is under way."""
        return self._at.place

    @property
    def suggester(self) -> Suggester:
        """The suggestion engine, loaded on first use."""
        return self._at.suggester

    @property
    def reviewer(self) -> Reviewer:
        """The review of this record, loaded on first use."""
        return self._at.reviewer

    @property
    def names_keys(self) -> bool:
        """Whether what is said names the keys of commands, as the full screen has them, instead of the slash words."""
        return self._at.names_keys

    @names_keys.setter
    def names_keys(self, names: bool) -> None:
        self._at.names_keys = names

    @property
    def highlight(self) -> int:
        """The suggestion (from 0) that a target without a name goes to; the first one at every new question."""
        return self._at.visit.highlight

    @highlight.setter
    def highlight(self, index: int) -> None:
        self._at.visit.highlight = index

    def goto(self, key: str, *, come_back: bool = True) -> None:
        """Jump to a place; after its answer the dialogue comes back to where it was."""
        self._at.goto(key, come_back=come_back)

    # -- what it shows --

    def question(self) -> Question:
        """The question to show now."""
        return asking.question(self._at, self._offers)

    def offer(self) -> Offer:
        """The suggestions for the slot in question, the picked ones marked; empty elsewhere."""
        return self._offers.now()

    def complete(self, text: str) -> tuple[Suggestion, ...]:
        """Suggestions while typing at the indicator prompt: the offer for an empty line, else a search."""
        return self._offers.complete(text)

    def taken(self, text: str, shown: Sequence[Suggestion]) -> tuple[int, ...]:
        """Which of the suggestions shown for a text (from 0) Enter takes."""
        return self._offers.taken(text, shown)

    def picks_by_number(self, text: str) -> bool:
        """Whether a number typed with this text picks among the suggestions shown for it; behind words it is part of a name."""
        line = slots.read_line(text)
        return line.about_offer or line.initials

    def so_far(self, limit: int = 12) -> tuple[Message, ...]:
        """The last answers before this question, for a conversation that goes on after a break; of a year roll, its news."""
        return telling.so_far(self.session, self.key, limit)

    def help_lines(self) -> tuple[tuple[str, str], ...]:
        """What can be said about the place in question, as headings and texts."""
        return helping.help_page(self.place).lines if self.place else ()

    def sections(self) -> list[tuple[str, int, int]]:
        """Each section of the form with how many of its places are filled, and of how many."""
        return telling.sections(self.session)

    def remarks(self, key: str, limit: int = 2) -> tuple[str, ...]:
        """What a reviewer would say of the answer just given; never what waits for an answer that is still to come."""
        return telling.remarks(self.session, self.reviewer, key, limit)

    # -- what it takes --

    def answer(self, text: str, *, literal: bool = False) -> Reply:
        """Take what was typed at the question.

        literal: the text comes from a long-text editor; it is a command only where it is nothing but the name of one.
        """
        return self._with_news(self._answering.answer(text, literal=literal))

    def command(self, identity: str, argument: str = "") -> Reply:
        """Run a command by id, as a key or a slash word does."""
        return self._with_news(self._doing.do(identity, argument))

    def pick(self, suggestion: Suggestion, line: str = "") -> Reply:
        """Take one suggestion, from the offer or from a search, into the table, with the target that stands in the line typed."""
        if self.session.read_only:
            return outside.refused(self.session)
        return self._with_news(self._answering.pick(suggestion, line))

    def add(self, suggestion: Suggestion) -> Reply:
        """Put a suggestion into the table from another view; the question and what is being typed stay."""
        if self.session.read_only:
            return outside.refused(self.session)
        reply, _ = slots.take(self.session, self.suggester, suggestion)
        return self._with_news(self._at.reply(*reply.messages))

    def leave_text(self, text: str, asked: Question | None = None) -> None:
        """Keep what stands in the input but was not sent, for when the place is visited again.

        asked is the question that the input belongs to. Where another one has its turn by now (a key in another view took a
        step back, a save in the midst of an answer) the text belongs to none, and overwrites none.
        """
        question = self.question()
        if asked is None or asked.identity == question.identity:
            asking.keep_text(self._at, question, text)

    # -- what others do to the record --

    def look_again(self) -> tuple[Message, ...]:
        """On coming back to the record: see what others did to it; what is told as by `news`."""
        self.session.look_again()
        return self.news()

    def news(self) -> tuple[Message, ...]:
        """What happened to the record from outside since the last answer; the question may be another one now."""
        return tuple(Message(Role.NOTE, text) for text in self.session.news())

    def _with_news(self, reply: Reply) -> Reply:
        return replace(reply, messages=(*reply.messages, *self.news()))
