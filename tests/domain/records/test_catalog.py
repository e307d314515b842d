"""The list of records for the home screen, and its cache."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

from domain.changes import Record
from domain.model import Declaration, Indicator
from domain.records.catalog import Catalog
from domain.records.store import Store, read_text
from tui.record_keys import progress

FORM = (
    Declaration(indicators=(Indicator("产出目标", "数量", "甲"),))
    .replace(("project", "year"), 2020)
    .replace(("project", "name"), "热线")
    .replace(("project", "unit"), "社管中心")
    .replace(("funding", "total"), Decimal("24.60"))
)


@pytest.fixture
def path(store: Store) -> Path:
    return store.add(Record(FORM))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_what_is_shown_of_a_record(store: Store, path: Path) -> None:
    [info] = Catalog(store, None, progress).infos()
    assert (info.stem, info.year, info.name, info.unit, info.amount) == ("2020-热线", 2020, "热线", "社管中心", "24.6")
    assert (info.filled, info.asked) == progress(FORM)
    assert (info.rows, info.problem, info.draft) == (1, "", False)


def test_newest_first_damaged_and_drafts_among_them(store: Store, path: Path) -> None:
    (store.folder / "坏.toml").write_text("[[", encoding="utf-8")
    opened = store.new()
    store.typing(opened, "project.year", "20")
    opened.journal.close()
    os.utime(path, (1, 1))
    infos = {info.stem: info for info in Catalog(store, None, progress).infos()}
    assert set(infos) == {"坏", "未命名", "2020-热线"}
    assert "TOML" in infos["坏"].problem
    assert infos["未命名"].draft
    assert next(iter(infos)) == "未命名"


def test_the_record_in_which_text_is_typed_comes_before_those_saved_later(store: Store, path: Path) -> None:
    opened = store.open(path)
    store.typing(opened, "narrative.plan", "一月签合同")
    opened.journal.close()
    saved = store.add(Record(FORM.replace(("project", "name"), "光纤")))
    os.utime(path, (1, 1))
    os.utime(saved, (2, 2))
    assert [info.stem for info in Catalog(store, None, progress).infos()] == ["2020-热线", "2020-光纤"]


@pytest.mark.parametrize("text", ["", "一月签合同" * 9])
def test_only_text_that_waits_for_its_answer_counts_before_what_is_saved(store: Store, path: Path, text: str) -> None:
    opened = store.open(path)
    store.typing(opened, "narrative.plan", "一月")
    store.typing(opened, "narrative.plan", text)
    store.place(opened, "narrative.plan")
    opened.journal.close()
    saved = store.add(Record(FORM.replace(("project", "name"), "光纤")))
    os.utime(path, (1, 1))
    os.utime(saved, (2, 2))
    first = Catalog(store, None, progress).infos()[0]
    assert first.stem == ("2020-热线" if text else "2020-光纤")
    assert first.changed == (1 if text else 2)


@pytest.mark.parametrize("tail", [b"\xff\xfe", b"[" * 100_000, b"3\n[]\n", b'{"typing": 1}\n', b'{"typing": "x", "te'])
def test_a_journal_that_cannot_be_read_moves_no_record(store: Store, path: Path, tail: bytes) -> None:
    opened = store.open(path)
    opened.journal.start(opened.record)
    opened.journal.close()
    with opened.journal.path.open("ab") as file:
        file.write(tail)
    saved = store.add(Record(FORM.replace(("project", "name"), "光纤")))
    os.utime(path, (1, 1))
    os.utime(saved, (2, 2))
    assert Catalog(store, None, progress).infos()[0].stem == "2020-光纤"


def test_no_folder_no_records(store: Store, cache: Path) -> None:
    assert Catalog(store, cache, progress).infos() == []
    assert not store.folder.exists()


def test_only_what_changed_is_read_again(
    store: Store, path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Catalog(store, cache, progress).infos()
    read: list[Path] = []

    def reading(one: Path) -> str:
        read.append(one)
        return read_text(one)

    monkeypatch.setattr("domain.records.catalog.read_text", reading)
    assert Catalog(store, cache, progress).infos() == first
    assert read == []
    other = store.add(Record(FORM.replace(("project", "name"), "光纤")))
    assert {info.name for info in Catalog(store, cache, progress).infos()} == {"热线", "光纤"}
    assert read == [other]


def test_the_cache_is_private_and_may_be_anything_or_nowhere(store: Store, path: Path, cache: Path) -> None:
    want = Catalog(store, cache, progress).infos()
    [file] = cache.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    for text in ("", "[", "[5]", '[{"stem": "x"}]', "{}", '[{"stem": "2020-热线", "nothing": 1}]'):
        file.write_text(text, encoding="utf-8")
        assert Catalog(store, cache, progress).infos() == want
    (cache.parent / "in the way").touch()
    assert Catalog(store, cache.parent / "in the way" / "cache", progress).infos() == want


def test_a_name_that_is_no_text_here_is_listed_and_kept(store: Store, path: Path, cache: Path) -> None:
    # GBK, as a zip file from Windows unpacks
    path.rename(path.with_name(os.fsdecode(b"2020-\xc8\xc8\xcf\xdf.toml")))
    [info] = Catalog(store, cache, progress).infos()
    assert info.name == "热线"
    assert Catalog(store, cache, progress).infos() == [info]


def test_stores_of_different_folders_share_no_cache(store: Store, path: Path, cache: Path, tmp_path: Path) -> None:
    Catalog(store, cache, progress).infos()
    assert Catalog(Store(tmp_path / "other"), cache, progress).infos() == []
    assert len(Catalog(store, cache, progress).infos()) == 1
