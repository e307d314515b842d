"""Where a text of an imported form may go (归位): the places of the form to pick from, with what stands there already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from domain import answers
from domain.fields import Field
from domain.framework import SlotKey, usable_framework
from domain.model import FRAMEWORK, Declaration, spec_at
from tui import incoming
from tui.dialogue.places import Place, SlotPlace, find, places, slot_places
from tui.incoming import Form
from tui.screens.pick import Choice
from tui.widgets.look import columns

LABEL_WIDTH = 26
ALL_HOME = "all home"
"""The choice of bringing every misplaced text to the field that it looks meant for."""


def place_choices(
    declaration: Declaration, width: int, *, slots_only: bool = False
) -> Callable[[str], Sequence[Choice]]:
    """Every field and slot of the form, by section; a query finds them by words or pinyin initials."""
    known = replace(declaration, framework=usable_framework(declaration.framework).id)

    def choices(query: str) -> list[Choice]:
        if query:
            hits = [place for place in find(known, query) if isinstance(place, SlotPlace) or not slots_only]
            return [Choice(_text(known, place, width), place) for place in hits]
        found: list[Choice] = []
        section = ""
        for place in slot_places(known.framework) if slots_only else places(known.framework):
            if place.section != section:
                section = place.section
                found.append(Choice(f"【{section}】", heading=True))
            found.append(Choice(_text(known, place, width), place))
        return found

    return choices


def place_of(declaration: Declaration, slot: SlotKey) -> SlotPlace | None:
    """The place of a slot; None where the framework does not have it."""
    known = usable_framework(declaration.framework).id
    return next((place for place in slot_places(known) if place.slot.key == slot), None)


def likely_place(declaration: Declaration, text: str) -> Place | None:
    """The place that a loose text names at its beginning; None where it names none."""
    head = text.partition("：")[0]
    known = usable_framework(declaration.framework).id
    return next((place for place in places(known) if head in place.names), None)


def _text(declaration: Declaration, place: Place, width: int) -> str:
    if isinstance(place, SlotPlace):
        value = "；".join(f"{row.name} {row.target}" for _, row in declaration.rows(place.slot.key))
    else:
        value = answers.shown(declaration.get(place.field.path))
    return columns([place.label, value], [LABEL_WIDTH, max(10, width - LABEL_WIDTH - 1)])


def exchange_choices(form: Form, one: Field, width: int) -> Callable[[str], Sequence[Choice]]:
    """The other fields that hold paragraphs; before them, where hints fit together, every misplaced text to its own field."""
    others = [other for other in incoming.long_fields() if other.path != one.path]
    homes, declaration = form.homes, form.declaration

    def choices(query: str) -> list[Choice]:
        labels = {place.label for place in find(replace(declaration, framework=FRAMEWORK), query)}
        shown = [other for other in others if not query or other.spec.label in labels]
        rest = max(10, width - LABEL_WIDTH - 1)
        rows = [
            Choice(columns([other.spec.label, answers.shown(declaration.get(other.path))], [LABEL_WIDTH, rest]), other)
            for other in shown
        ]
        if len(homes) > 1 and not query:
            moves = "；".join(f"{spec_at(path).label}→{spec_at(to).label}" for path, to in homes.items())
            rows.insert(0, Choice(columns([f"照提示，{len(homes)} 段各归各栏", moves], [LABEL_WIDTH, rest]), ALL_HOME))
        return rows

    return choices


def likely_exchange(form: Form, one: Field) -> Field | str | None:
    """What a misplaced text asks for: its own field, or all of them home; None where nothing points anywhere."""
    if one.path in form.homes and len(form.homes) > 1:
        return ALL_HOME
    meant = next((odd.meant for odd in form.about(one) if odd.meant), None)
    return next((other for other in incoming.long_fields() if other.path == meant), None)
