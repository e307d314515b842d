"""Past states: few, small, in the order in which they were, whatever the clock says, and in words."""

from __future__ import annotations

import datetime
import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

from domain.changes import Record
from domain.model import Indicator
from domain.records import naming, past, timeline
from domain.records.codec import RecordError, encode
from domain.records.past import State, keep, read, thinned
from domain.records.times import brief
from tests.domain.records.programs import form
from tests.fakes import no_room

NOON = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".tianbiao" / "热线.past"


def state(number: int, at: datetime.datetime) -> State:
    return State(number, at.isoformat(timespec="seconds"), "离开时", f"{number}", "")


def test_states_come_back_in_order_with_their_texts(path: Path) -> None:
    for number in range(3):
        assert keep(path, f"第 {number} 个\n" * 50, "离开时")
    assert [(one.number, one.text[:5], one.why) for one in read(path)] == [
        (1, "第 0 个", "离开时"), (2, "第 1 个", "离开时"), (3, "第 2 个", "离开时"),
    ]  # fmt: skip
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_same_text_again_and_an_empty_one_are_not_kept(path: Path) -> None:
    assert not keep(path, "", "离开时")
    assert not path.exists()
    assert keep(path, "一", "离开时")
    assert not keep(path, "一", "恢复之前")
    assert keep(path, "二", "离开时")
    assert keep(path, "一", "离开时")
    assert len(read(path)) == 3


def test_cut_at_any_byte_whole_states_count_and_more_can_follow(path: Path) -> None:
    keep(path, "一", "离开时")
    first = path.stat().st_size
    keep(path, "二", "离开时")
    data = path.read_bytes()
    for end in range(len(data) + 1):
        path.write_bytes(data[:end])
        keep(path, "三", "离开时")
        want = ["一"] * (end >= first - 1) + ["二"] * (end >= len(data) - 1) + ["三"]
        assert [one.text for one in read(path)] == want


@pytest.mark.parametrize("line", [b"\x00", b"{", b"[]", b'{"n": "x"}', b"[" * 5000, b"\xff\xfe"])
def test_damaged_lines_are_passed_over(path: Path, line: bytes) -> None:
    keep(path, "一", "离开时")
    with path.open("ab") as file:
        file.write(line + b"\n")
    keep(path, "二", "离开时")
    assert [one.text for one in read(path)] == ["一", "二"]


@pytest.mark.parametrize("packed", ["???", "AAAA", ""])
def test_a_damaged_text_is_said(packed: str) -> None:
    with pytest.raises(ValueError, match="damaged"):
        assert replace(state(1, NOON), packed=packed).text == ""


def test_all_of_today_one_a_day_for_a_month_one_a_month_for_two_years() -> None:
    times = [NOON - datetime.timedelta(hours=hours) for hours in range(24 * 900, -1, -6)]
    kept = thinned([state(number, at) for number, at in enumerate(times, 1)], NOON)
    days = [datetime.datetime.fromisoformat(one.at).date() for one in kept]
    today = NOON.date()
    assert sum(day == today for day in days) == 3
    month = [day for day in days if 1 <= (today - day).days <= past.DAYS]
    assert len(month) == len(set(month)) == past.DAYS
    older = [day for day in days if (today - day).days > past.DAYS]
    assert len({(day.year, day.month) for day in older}) == len(older)
    assert 22 <= len(older) <= 25
    assert [one.number for one in kept] == sorted(one.number for one in kept)


def test_the_newest_is_kept_whatever_its_age_and_size(monkeypatch: pytest.MonkeyPatch) -> None:
    old = state(1, NOON - datetime.timedelta(days=9999))
    assert thinned([old], NOON) == [old]
    monkeypatch.setattr(past, "MOST_BYTES", 10)
    assert thinned([old, state(2, NOON)], NOON) == [state(2, NOON)]


def test_a_clock_that_jumps_loses_nothing_and_changes_no_order(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(["2030-01-01T00:00:00+08:00", "1970-01-01T00:00:00+08:00", "x", "2026-11-23T12:00:00+08:00"])
    monkeypatch.setattr(past, "now", lambda: next(clock))
    for text in "一二三四":
        keep(path, text, "离开时")
    found = read(path)
    assert [one.text for one in found] == list("一二三四")
    assert [one.number for one in found] == [1, 2, 3, 4]
    assert "一" in [one.text for one in thinned(found, NOON)]


def test_the_file_stays_small(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "MOST_BYTES", 60_000)
    chance = random.Random(1)
    for number in range(40):
        keep(path, "".join(chance.choices("一二三四五六七八九十", k=3000)) + f"{number}", "离开时")
        assert path.stat().st_size <= 62_500
    assert read(path)[-1].text.endswith("39")


def test_a_full_disk_while_thinning_loses_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "THIN_ABOVE", 2)
    monkeypatch.setattr(past, "now", lambda: "2026-11-20T12:00:00+08:00")
    keep(path, "一", "离开时")
    keep(path, "二", "离开时")
    monkeypatch.setattr(os, "replace", no_room)
    with pytest.raises(OSError, match="No space"):
        keep(path, "三", "离开时")
    assert [one.text for one in read(path)] == ["一", "二", "三"]


# --- in words ---

ROW = Indicator("产出目标", "数量", "甲", "=1")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (form(), form(name="热线", unit="中心"), "填 预算单位、项目名称"),
        (form(name="热线"), form(name="热线费"), "改 项目名称"),
        (form(name="热线"), form(), "清空 项目名称"),
        (form(), form().replace(("indicators",), (ROW,)), "指标 +1"),
        (form().replace(("indicators",), (ROW,)), form(name="热线"), "填 项目名称；指标 -1"),
        (form(), form(), "内容没有变"),
    ],
)
def test_what_changed_is_said_in_the_forms_words(before: object, after: object, said: str) -> None:
    assert timeline.what_changed(Record(before), Record(after)) == said  # type: ignore[arg-type]


def test_many_fields_are_counted() -> None:
    after = form(name="热线", unit="中心", year=2020, phone="1", filler="方小禾", overview="一")
    assert timeline.what_changed(Record(), Record(after)).endswith("等 6 项")


def test_a_timeline_is_newest_first_and_passes_over_what_cannot_be_read(tmp_path: Path) -> None:
    record = tmp_path / "热线.toml"
    for text in (encode(Record(form(name="热线"))), "[[", encode(Record(form(name="热线", phone="1")))):
        keep(naming.past_path(record), text, "离开时")
    found = timeline.entries(record)
    assert [(one.state.number, one.what) for one in found] == [(3, "填 联系电话"), (2, "读不了"), (1, "填 项目名称")]
    assert timeline.entry(record, 1).record == Record(form(name="热线"))
    with pytest.raises(RecordError, match="没有第 9 号"):
        timeline.entry(record, 9)


@pytest.mark.parametrize(("text", "said"), [("x", ""), ("1999-05-04T03:02:01+08:00", "1999-05-04 03:02")])
def test_times_are_said_shortly(text: str, said: str) -> None:
    assert brief(text) == said
