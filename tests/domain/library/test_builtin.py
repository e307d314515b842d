"""The built-in library: sound by its own lint, canonical in form, and as large as promised without twins."""

from __future__ import annotations

from collections import Counter

from domain.framework import framework
from domain.library import builtin_library
from domain.library.checks.lint import lint_file
from domain.library.entry import SECTORS, filled
from domain.library.format import format_text
from domain.library.load import builtin_path, read_library

MAIN = ("数量", "质量", "时效", "成本", "经济效益", "社会效益", "环境效益", "满意度", "长效管理")


def test_the_lint_finds_nothing():
    assert [fault.text for fault in lint_file(builtin_path())] == []


def test_the_file_is_in_canonical_form():
    text = builtin_path().read_text(encoding="utf-8")
    assert format_text(text) == text


def test_counts_by_slot():
    counts = Counter(entry.level2 for entry in builtin_library())
    short = {slot.level2: counts[slot.level2] for slot in framework().slots if counts[slot.level2] < 12}
    short |= {name: counts[name] for name in MAIN if counts[name] < 50}
    assert short == {}
    assert len(builtin_library()) >= 1000


def test_every_sector_has_entries():
    main = Counter(entry.sectors[0] for entry in builtin_library())
    assert {sector for sector in SECTORS if main[sector] < 10} == set()


def test_the_derived_form_is_the_file():
    assert builtin_library() == read_library(builtin_path())


def test_templates_read_well_with_their_example():
    for entry in builtin_library():
        assert "{" not in filled(entry.name)
        assert len(filled(entry.name)) <= 20
