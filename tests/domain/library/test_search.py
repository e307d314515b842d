"""Golden searches: what a person types must find what they mean, exact matches first."""

from __future__ import annotations

import pytest

from domain.library import builtin_library
from domain.library.load import builtin_path
from domain.library.search import EXACT, INITIALS, SYNONYM, Finder

FINDER = Finder(builtin_library())


def names(query: str, limit: int = 5) -> list[str]:
    return [match.entry.name for match in FINDER.find(query, limit)]


GOLDEN = [
    ("zjdwl", "预算资金到位率"),
    ("ZJDWL", "预算资金到位率"),
    ("资金到位率", "预算资金到位率"),
    ("line-rental-count", "{对象}租用数量"),
    ("〔对象〕租用数量", "{对象}租用数量"),
    ("光纤 租用", "{对象}租用数量"),
    ("光纤租用数量", "{对象}租用数量"),
    ("zysl", "{对象}租用数量"),
    ("gxzysl", "{对象}租用数量"),
    ("线路畅通率", "线路畅通率"),
    ("群众满意度", "{服务对象}满意度"),
    ("来电群众满意度", "来电群众满意度"),
    ("\uff2c\uff29\uff2e\uff25-rental-count", "{对象}租用数量"),
    ("应急演练做几次", "应急演练次数"),
    ("培训多少人", "{活动}参加人次"),
    ("jdqzmyd", ""),
    ("ldqzmyd", "来电群众满意度"),
    ("满意度 来电", "来电群众满意度"),
    ("验收合格率", "{对象}验收合格率"),
    ("停车位", "新增公共停车泊位数"),
]


@pytest.mark.parametrize(("query", "wanted"), GOLDEN)
def test_golden(query: str, wanted: str):
    found = names(query)
    assert wanted in found if wanted else found == []


@pytest.mark.parametrize("entry", builtin_library()[::37], ids=lambda entry: entry.id)
def test_every_entry_is_first_for_its_id_and_its_name(entry):
    assert FINDER.find(entry.id)[0].entry == entry
    assert FINDER.find(entry.id)[0].kind == EXACT
    assert FINDER.find(entry.name)[0].entry == entry
    assert any(match.entry == entry for match in FINDER.find(entry.synonyms[0], 50))


def test_exact_matches_come_before_synonyms_and_initials():
    kinds = [match.kind for match in FINDER.find("资金到位率", 30)]
    assert kinds == sorted(kinds)
    assert kinds[0] == SYNONYM
    assert {match.kind for match in FINDER.find("zjdwl")} == {INITIALS}


def test_within_a_slot():
    slot = ("效果目标", "满意度")
    assert all(match.entry.slot == slot for match in FINDER.find("群众", 50, slot))


@pytest.mark.parametrize(
    "query", ["", " ", "\x1b", "……", "{}", "((", "\\", "%", "不存在的东西啊呀", "q" * 5000, "率" * 5000]
)
def test_odd_queries_find_nothing_or_something_but_never_fail(query: str):
    assert len(FINDER.find(query)) <= 20


def test_the_limit_holds():
    assert len(FINDER.find("率", 7)) == 7


def test_kept_initials_are_the_same(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = Finder(builtin_library(), (builtin_path(),)).find("zjdwl", 50)
    again = Finder(builtin_library(), (builtin_path(),)).find("zjdwl", 50)
    assert [match.entry.id for match in first] == [match.entry.id for match in FINDER.find("zjdwl", 50)]
    assert first == again
    fewer = Finder(builtin_library()[:300], (builtin_path(),)).find("zjdwl", 50)
    assert {match.entry.id for match in fewer} <= {entry.id for entry in builtin_library()[:300]}
