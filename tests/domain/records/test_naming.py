"""File names of records: Chinese, safe everywhere, never one that exists."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model import Declaration
from domain.records.naming import free_path, is_ours, journal_path, stem_for, trash_folder


def named(name: str, year: int | None = 2020) -> Declaration:
    return Declaration().replace(("project", "name"), name).replace(("project", "year"), year)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("热线线路租用费", "2020-热线线路租用费"),
        ("", "2020-未命名"),
        ("../../etc/passwd", "2020-etc-passwd"),
        ("a/b\\c:d", "2020-a-b-c-d"),
        (".hidden", "2020-hidden"),
        ("...", "2020-未命名"),
        ("-rf *", "2020-rf"),
        ("$(rm -rf ~); `x` && y | z > w", "2020-rm--rf-x-y-z-w"),
        ("一\x00二\x1b[31m三\n四\u202e", "2020-一二三-四"),
        ("热线 🚀 费", "2020-热线-🚀-费"),
        ("服务热线、网格平台10M光纤租用费", "2020-服务热线、网格平台10M光纤租用费"),
        ("“双创”（一期）", "2020-“双创”（一期）"),
        ("甲.toml", "2020-甲-toml"),
        ("\ud800", "2020-未命名"),
        ("2020年防汛物资购置", "2020-防汛物资购置"),
        ("2020年度-防汛物资购置", "2020-防汛物资购置"),
        ("防汛物资购置（2020年度）", "2020-防汛物资购置"),
        ("防汛物资购置 2020", "2020-防汛物资购置"),
        ("2020年", "2020-2020年"),
        ("2020年至2022年管网改造", "2020-2020年至2022年管网改造"),
        ("2020-2022年管网改造", "2020-2020-2022年管网改造"),
        ("管网改造2018-2020年", "2020-管网改造2018-2020年"),
        ("2019年防汛物资购置", "2020-2019年防汛物资购置"),
    ],
)
def test_stem(name: str, stem: str) -> None:
    assert stem_for(named(name)) == stem


@pytest.mark.parametrize(
    ("encoding", "name", "stem"),
    [
        ("gb2312", "热线堃喆费", "2020-热线-费"),
        ("gb2312", "🚀", "2020-未命名"),
        ("gb18030", "热线堃喆🚀", "2020-热线堃喆🚀"),
        ("iso8859-1", "热线 lease", "2020-lease"),
        ("iso8859-1", "热线", "2020-unnamed"),
        ("ascii", "", "2020-unnamed"),
    ],
)
def test_a_name_holds_only_what_the_file_system_can(
    monkeypatch: pytest.MonkeyPatch, encoding: str, name: str, stem: str
) -> None:
    monkeypatch.setattr("sys.getfilesystemencoding", lambda: encoding)
    assert stem_for(named(name)) == stem


@pytest.mark.parametrize("year", [None, 0, -5, 10**30])
def test_stem_without_a_real_year(year: int | None) -> None:
    assert stem_for(named("热线", year)) == "热线"


@pytest.mark.parametrize("name", ["长" * 300, "a" * 300, "🚀" * 300, "长-" * 300])
def test_long_names_leave_room_for_suffixes(name: str) -> None:
    assert len(stem_for(named(name)).encode()) <= 160


@given(st.text(max_size=200))
def test_any_name_makes_a_harmless_file_name(name: str) -> None:
    stem = stem_for(named(name))
    assert Path(stem).name == stem
    assert not stem.startswith((".", "-"))
    assert not [char for char in stem if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert len(f".{stem}.toml.tmp".encode()) < 255
    assert is_ours(stem, named(name))
    assert is_ours(f"{stem}-2", named(name))


def test_a_persons_name_is_not_ours() -> None:
    assert not is_ours("我的表", named("热线"))
    assert not is_ours("2020-热线-旧", named("热线"))
    assert not is_ours("2021-热线", named("热线"))


def test_free_path_passes_over_files_links_and_journals(tmp_path: Path) -> None:
    form = named("热线")
    assert free_path(tmp_path, form) == tmp_path / "2020-热线.toml"
    (tmp_path / "2020-热线.toml").touch()
    assert free_path(tmp_path, form) == tmp_path / "2020-热线-2.toml"
    (tmp_path / "2020-热线-2.toml").symlink_to(tmp_path / "nowhere")
    assert free_path(tmp_path, form) == tmp_path / "2020-热线-3.toml"
    journal = journal_path(tmp_path / "2020-热线-3.toml")
    journal.parent.mkdir()
    journal.touch()
    assert free_path(tmp_path, form) == tmp_path / "2020-热线-4.toml"


def test_records_of_one_stem_share_no_journal(tmp_path: Path) -> None:
    paths = [tmp_path / "甲.toml", tmp_path / "甲.txt", tmp_path / "甲"]
    assert len({journal_path(path) for path in paths[:2]}) == 2
    assert journal_path(paths[0]) == tmp_path / ".tianbiao" / "甲.journal"
    assert trash_folder(tmp_path) == tmp_path / ".tianbiao" / "trash"
