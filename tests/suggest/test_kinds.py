"""The tables of kinds, sectors and words: every measure is a sound indicator for its slot, every reference leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.framework import framework
from domain.library.checks.names import name_hits
from domain.library.checks.targets import target_hits
from domain.library.entry import GAPS, PURPOSES, SECTORS, Entry, gaps_of
from domain.library.faults import ERROR
from suggest import compose
from suggest.kinds import Measure, kinds_of
from suggest.lexicon import lexicon
from suggest.sectors import sectors_of
from suggest.tables import KINDS_FILE, SECTORS_FILE, table
from suggest.targets import pattern_of

KINDS = kinds_of(table(KINDS_FILE))
SECTOR_TABLE = sectors_of(table(SECTORS_FILE))
ROLES = {slot.role: slot for slot in framework().slots}


def measures() -> Iterator[tuple[str, str, Measure]]:
    for role, rows in KINDS.general.items():
        yield from (("general", role, row) for row in rows)
    for kind in KINDS.kinds:
        for role, rows in kind.measures.items():
            yield from ((kind.id, role, row) for row in rows)
    for sector in SECTOR_TABLE:
        for role, rows in sector.measures.items():
            yield from ((sector.name, role, row) for row in rows)


def entry_of(role: str, measure: Measure) -> Entry:
    slot, pattern = ROLES[role], pattern_of(measure.target)
    judged = pattern.is_judged
    direction = (
        "judged" if judged else "less" if "<" in pattern.operator else "exact" if pattern.operator == "=" else "more"
    )
    return Entry(
        "x", *slot.key, measure.name, bool(gaps_of(measure.name)), (), (), (), (), "qualitative" if judged else "quantitative",
        pattern.operator, pattern.unit if judged else pattern.number, "" if judged else pattern.unit, direction,
        "", "", (), "", (), "", "", "own",
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "role", "measure"), list(measures()), ids=lambda one: getattr(one, "name", str(one)))
def test_every_measure_is_a_sound_indicator(kind: str, role: str, measure: Measure) -> None:
    assert role in ROLES
    assert 0 < measure.weight <= 1
    assert set(gaps_of(measure.name)) <= set(GAPS)
    assert len(gaps_of(measure.name)) <= 1
    entry = entry_of(role, measure)
    hits = [*name_hits(entry), *target_hits(entry)]
    spared = (
        "direction-operator",
        "level-name",
    )  # the direction is guessed here; 服务对象满意度 is what most forms write
    assert not [hit for hit in hits if hit.severity == ERROR and hit.code not in spared], hits


def test_kinds_speak_of_known_things() -> None:
    for kind in KINDS.kinds:
        assert set(kind.purposes) <= set(PURPOSES)
        assert set(kind.sectors) <= set(SECTORS)
        assert set(kind.defaults) <= set(GAPS)
        assert set(kind.usual) <= set(ROLES)
        assert all(0 <= often <= 1 for often in kind.usual.values())
        assert kind.strong
    assert set(KINDS.usual) == set(ROLES)
    assert len({kind.id for kind in KINDS.kinds}) == len(KINDS.kinds)


def test_every_gap_of_a_kind_can_be_filled() -> None:
    for kind in KINDS.kinds:
        for row in (measure for rows in kind.measures.values() for measure in rows):
            for gap in gaps_of(row.name):
                assert gap in kind.defaults, (kind.id, row.name)
                assert compose.fillings(row.name, {}, kind.defaults[gap]), (kind.id, row.name)


def test_sectors_are_known() -> None:
    assert {one.name for one in SECTOR_TABLE} <= set(SECTORS)
    assert all(one.words and one.served and one.measures for one in SECTOR_TABLE)
    assert all(set(one.usual) <= set(ROLES) for one in SECTOR_TABLE)


def test_words_are_complete() -> None:
    words = lexicon()
    assert set(words.endings) <= set(GAPS)
    assert set(words.purposes.values()) <= set(PURPOSES)
    assert words.leading <= words.actions
    assert words.plain - words.not_nouns <= words.actions
