"""Any record, written in any lossless format and read again, is the same form."""

from __future__ import annotations

import pytest
from domain.changes import Record
from domain.exchange import EXPORTERS, Exporter, read
from hypothesis import HealthCheck, given, settings

from tests.domain.exchange.strategies import records

LOSSLESS = [one for one in EXPORTERS if one.lossless]
SLOW = {"docx": 15, "xlsx": 30}


@pytest.mark.parametrize("exporter", LOSSLESS, ids=lambda one: one.id)
def test_any_record_comes_back_the_same(exporter: Exporter):
    @settings(max_examples=SLOW.get(exporter.id, 100), deadline=None, suppress_health_check=list(HealthCheck))
    @given(records())
    def check(record: Record) -> None:
        if not any_content(record):
            return
        forms = read(exporter.write(record))
        assert [form.record.declaration for form in forms] == [record.declaration]
        assert not forms[0].unplaced

    check()


def any_content(record: Record) -> bool:
    return True
