"""The number chains told one by one, on the published forms and on a sound one."""

from __future__ import annotations

from domain.case import case_for
from domain.model import Declaration
from domain.reading import Reader
from domain.rules.chains import Agreement, links


def test_a_sound_form_agrees_throughout(own_examples: dict[str, Declaration], reader: Reader) -> None:
    found = links(case_for(own_examples["office-park-greening"], reader))
    assert {one.agreement for one in found} == {Agreement.CONSISTENT}
    assert any("86.4万元" in one.what for one in found)


def test_the_published_forms(forms: dict[str, Declaration], reader: Reader) -> None:
    told = {key: links(case_for(one, reader)) for key, one in forms.items()}
    assert ("143个村居", Agreement.UNKNOWN) in {(one.what, one.agreement) for one in told["F1"]}
    terminals = next(one for one in told["F2"] if "468部" in one.what)
    assert terminals.agreement is Agreement.CONFLICT
    assert "43部" in terminals.note
    sums = [one for one in told["F2"] if "元*12" in one.what]
    assert [one.agreement for one in sums] == [Agreement.CONSISTENT] * 2
    total = next(one for one in told["F2"] if one.what.startswith("算式合计"))
    assert (total.what, total.note) == ("算式合计9.804万元", "申请9.8万元，四舍五入")
    assert next(one for one in told["F3"] if "468部" in one.what).agreement is Agreement.CONSISTENT


def test_a_wrong_result_is_a_conflict(own_examples: dict[str, Declaration], reader: Reader) -> None:
    wrong = own_examples["school-broadband"].replace(("narrative", "remarks"), "600元/条·月×41条×12个月=259200元")
    found = links(case_for(wrong, reader))
    assert [one.note for one in found if one.agreement is Agreement.CONFLICT] == ["算得295200元，写的是259200元"]
