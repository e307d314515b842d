"""Any record, written in any lossless format and read again, is the same form."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings

from domain.changes import Record
from domain.exchange import EXPORTERS, Exporter, exporter, losses, read
from tests.domain.exchange.strategies import records

LOSSLESS = [one for one in EXPORTERS if one.lossless]
EXAMPLES = {"docx": 8, "xlsx": 20}
MANY = int(os.environ.get("EXCHANGE_EXAMPLES", "1"))
"""How many times the usual number of examples."""


@pytest.mark.parametrize("target", LOSSLESS, ids=lambda one: one.id)
def test_any_record_comes_back_the_same(target: Exporter):
    @settings(max_examples=EXAMPLES.get(target.id, 60) * MANY, deadline=None, suppress_health_check=list(HealthCheck))
    @given(records())
    def check(record: Record) -> None:
        forms = read(target.write(record))
        assert [form.record.declaration for form in forms] == [record.declaration]
        assert not forms[0].unplaced
        assert not losses(record, target)

    check()


@settings(max_examples=60, deadline=None)
@given(records())
def test_no_target_fails_on_any_record(record: Record):
    for target in EXPORTERS:
        if target.suffix in (".html", ".csv"):
            assert target.write(record)
        assert all(isinstance(line, str) and line for line in losses(record, target))


def test_json_holds_marks_and_additions():
    record = Record(
        meta={"origins": {"project.name": "typed"}},
        extra={"unplaced": {"text": ["甲"]}, "narrative": {"own": "乙"}, "note": "丙"},
    )
    (found,) = read(exporter("json").write(record))
    assert found.record == record
    assert found.unplaced == ("甲",)
