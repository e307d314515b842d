"""Where a text of an imported form may go (归位): the places of the form to pick from, with what stands there already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from domain import answers
from domain.fields import Field
from domain.model import FRAMEWORK, Declaration
from tui import browsing, incoming
from tui.dialogue.places import Place, find, places
from tui.screens.pick import Choice
from tui.widgets.look import columns

LABEL_WIDTH = 26


def place_choices(declaration: Declaration, width: int) -> Callable[[str], Sequence[Choice]]:
    """Every field and slot of the form, by section; a query finds them by words or pinyin initials."""
    known = replace(declaration, framework=browsing.known_framework(declaration.framework).id)

    def choices(query: str) -> list[Choice]:
        if query:
            return [Choice(_text(known, place, width), place) for place in find(known, query)]
        found: list[Choice] = []
        section = ""
        for place in places(known.framework):
            if place.section != section:
                section = place.section
                found.append(Choice(f"【{section}】", heading=True))
            found.append(Choice(_text(known, place, width), place))
        return found

    return choices


def likely_place(declaration: Declaration, text: str) -> Place | None:
    """The place that a loose text names at its beginning; None where it names none."""
    head = text.partition("：")[0]
    known = browsing.known_framework(declaration.framework).id
    return next((place for place in places(known) if head in place.names), None)


def _text(declaration: Declaration, place: Place, width: int) -> str:
    if place.field is not None:
        value = answers.shown(declaration.get(place.field.path))
    else:
        assert place.slot is not None
        value = "；".join(f"{row.name} {row.target}" for _, row in declaration.rows(place.slot.key))
    return columns([place.label, value], [LABEL_WIDTH, max(10, width - LABEL_WIDTH - 1)])


def exchange_choices(declaration: Declaration, one: Field, width: int) -> Callable[[str], Sequence[Choice]]:
    """The other fields that hold paragraphs."""
    others = [other for other in incoming.long_fields() if other.path != one.path]

    def choices(query: str) -> list[Choice]:
        labels = {place.label for place in find(replace(declaration, framework=FRAMEWORK), query)}
        shown = [other for other in others if not query or other.spec.label in labels]
        rest = max(10, width - LABEL_WIDTH - 1)
        return [
            Choice(columns([other.spec.label, answers.shown(declaration.get(other.path))], [LABEL_WIDTH, rest]), other)
            for other in shown
        ]

    return choices
