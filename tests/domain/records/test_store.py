"""The folder of records: what is on disk when, and which of file and journal is right when they disagree."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from domain.changes import Record
from domain.model import Declaration, Indicator
from domain.records import naming
from domain.records.codec import RecordError, encode
from domain.records.store import Opened, Store, UnknownRecordError, read_text
from tests.domain.records.programs import edit, fill
from tests.fakes import on_disk

NAME, UNIT, YEAR, OVERVIEW = ("project", "name"), ("project", "unit"), ("project", "year"), ("narrative", "overview")
ROWS = ("indicators",)


def record_named(name: str, year: int | None = 2020) -> Record:
    return Record(Declaration().replace(NAME, name).replace(YEAR, year))


@pytest.fixture
def opened(store: Store) -> Opened:
    """A record with year, name and unit, on disk."""
    opened = store.new()
    for path, value in ((YEAR, 2020), (NAME, "热线"), (UNIT, "社管中心")):
        fill(store, opened, path, value)
    return opened


def journal_of(opened: Opened) -> bytes:
    return opened.journal.path.read_bytes()


def killed(opened: Opened) -> None:
    opened.journal.close()


# --- what is on disk ---


def test_a_new_record_is_not_on_disk_before_its_first_step(store: Store) -> None:
    store.new()
    assert not store.folder.exists()


def test_after_each_step_journal_and_file_hold_it(store: Store) -> None:
    opened = store.new()
    for path, value in (
        (YEAR, 2020),
        (NAME, "热线"),
        (OVERVIEW, "一\n二"),
        (ROWS, (Indicator("产出目标", "数量", "甲"),)),
    ):
        fill(store, opened, path, value)
        assert on_disk(opened.path) == opened.record
        assert store.open(opened.path).record == opened.record
    store.undo(opened)
    assert on_disk(opened.path) == opened.record
    assert opened.record.declaration.indicators == ()
    store.redo(opened)
    assert on_disk(opened.path) == opened.record


def test_files_and_folders_are_private(store: Store, opened: Opened) -> None:
    assert store.folder.stat().st_mode & 0o777 == 0o700
    assert opened.path.stat().st_mode & 0o777 == 0o600
    assert opened.journal.path.stat().st_mode & 0o777 == 0o600


def test_nothing_but_record_and_journal_lies_there(store: Store, opened: Opened) -> None:
    files = sorted(str(path.relative_to(store.folder)) for path in store.folder.rglob("*") if path.is_file())
    assert files == [".tianbiao/2020-热线.journal", "2020-热线.toml"]


def test_nothing_changed_nothing_written(store: Store, opened: Opened) -> None:
    before = opened.path.stat().st_mtime_ns, journal_of(opened)
    store.save(opened)
    store.save(store.open(opened.path))
    assert (opened.path.stat().st_mtime_ns, journal_of(opened)) == before


def test_place_and_typing_are_kept(store: Store, opened: Opened) -> None:
    store.place(opened, "project.phone")
    store.typing(opened, "project.phone", "0631-")
    killed(opened)
    again = store.open(opened.path)
    assert (again.history.place, again.history.typing) == ("project.phone", {"project.phone": "0631-"})
    assert again.recovered == 0


def test_text_typed_before_the_first_answer_makes_a_draft(store: Store) -> None:
    opened = store.new()
    store.typing(opened, "project.year", "20")
    killed(opened)
    [path] = store.drafts()
    assert store.paths() == []
    assert store.resolve(path.stem) == path
    assert store.open(path).history.typing == {"project.year": "20"}


def test_text_in_progress_does_not_let_the_journal_grow_without_end(
    store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.records.saving.SHORTEN_AT_WORK", 20_000)
    for length in range(300):
        store.typing(opened, "narrative.overview", "字" * length)
        assert opened.journal.path.stat().st_size < 25_000
    fill(store, opened, OVERVIEW, "写完了")
    killed(opened)
    again = store.open(opened.path)
    assert again.record == opened.record
    assert again.history.position == 4


def test_two_programs_at_one_record_lose_nothing(store: Store, opened: Opened) -> None:
    """Programs that no lock held apart: the file ends up with what both wrote."""
    other = store.open(opened.path)
    fill(store, opened, OVERVIEW, "这边写的")
    fill(store, other, UNIT, "那边改的")
    killed(opened)
    killed(other)
    form = on_disk(opened.path).declaration
    assert (form.project.unit, form.narrative.overview) == ("那边改的", "这边写的")
    assert store.open(opened.path).record.declaration == form


# --- names ---


def test_the_file_follows_year_and_name(store: Store) -> None:
    opened = store.new()
    names = []
    for path, value in ((UNIT, "中心"), (YEAR, 2020), (NAME, "热线"), (NAME, "热线费"), (YEAR, 2021), (NAME, "")):
        fill(store, opened, path, value)
        names.append(opened.path.name)
        assert [one.name for one in store.paths()] == [opened.path.name]
        assert store.drafts() == []
    assert names == [
        "未命名.toml", "2020-未命名.toml", "2020-热线.toml", "2020-热线费.toml", "2021-热线费.toml", "2021-未命名.toml",
    ]  # fmt: skip
    killed(opened)
    again = store.open(opened.path)
    while store.undo(again):
        pass
    assert again.record == Record()


def test_no_record_takes_the_place_of_another(store: Store) -> None:
    first = store.add(record_named("热线"))
    before = first.read_bytes()
    opened = store.new()
    fill(store, opened, YEAR, 2020)
    fill(store, opened, NAME, "热线")
    assert opened.path.name == "2020-热线-2.toml"
    assert store.add(record_named("热线")).name == "2020-热线-3.toml"
    fill(store, opened, UNIT, "中心")
    assert opened.path.name == "2020-热线-2.toml"
    assert first.read_bytes() == before
    assert len(store.paths()) == 3


def test_a_record_made_meanwhile_is_not_replaced(store: Store) -> None:
    opened = store.new(record_named("热线"))
    other = store.add(record_named("热线"))
    before = other.read_bytes()
    fill(store, opened, UNIT, "中心")
    assert opened.path != other
    assert other.read_bytes() == before
    assert on_disk(opened.path) == opened.record


def test_two_new_records_at_once_keep_their_own_journals(store: Store) -> None:
    one, two = store.new(), store.new()
    store.typing(one, "project.unit", "甲的字")
    fill(store, two, NAME, "乙")
    fill(store, one, NAME, "甲")
    killed(one)
    killed(two)
    assert {path.stem for path in store.paths()} == {"甲", "乙"}
    assert store.open(store.resolve("甲")).history.typing == {"project.unit": "甲的字"}
    assert store.open(store.resolve("乙")).history.position == 1


def test_a_file_that_a_person_named_keeps_its_name(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "我的表.toml"
    path.write_text(encode(record_named("热线")), encoding="utf-8")
    opened = store.open(path)
    fill(store, opened, NAME, "改了名")
    fill(store, opened, YEAR, 2022)
    assert opened.path == path
    assert on_disk(path).declaration.project.name == "改了名"
    assert not store.folder.exists()


@pytest.mark.parametrize("text", ["", "\n"])
def test_an_empty_file_that_a_person_made_keeps_its_name(store: Store, tmp_path: Path, text: str) -> None:
    path = tmp_path / "我的表.toml"
    path.write_text(text, encoding="utf-8")
    opened = store.open(path)
    fill(store, opened, NAME, "热线")
    fill(store, opened, NAME, "热线费")
    assert opened.path == path
    assert on_disk(path) == opened.record


def test_a_file_of_another_suffix_has_its_own_journal(store: Store) -> None:
    (store.folder).mkdir()
    for name in ("表.toml", "表.txt"):
        (store.folder / name).write_text(encode(record_named(name)), encoding="utf-8")
    toml, text = (store.open(store.folder / name) for name in ("表.toml", "表.txt"))
    fill(store, toml, UNIT, "甲")
    fill(store, text, UNIT, "乙")
    killed(toml)
    killed(text)
    assert [store.open(store.folder / name).record.declaration.project.unit for name in ("表.toml", "表.txt")] == [
        "甲",
        "乙",
    ]
    assert store.drafts() == []


# --- file and journal disagree ---


def test_the_journal_is_ahead_of_the_file(store: Store, opened: Opened) -> None:
    before = opened.path.read_bytes()
    fill(store, opened, OVERVIEW, "刚写的")
    killed(opened)
    opened.path.write_bytes(before)
    cut = opened.journal.path.read_bytes().splitlines(keepends=True)
    opened.journal.path.write_bytes(b"".join(cut[:-1]))  # without the line that says the file was written
    again = store.open(opened.path)
    assert again.record == opened.record
    assert again.recovered == 1


def test_the_journal_is_ahead_twice_in_a_row(store: Store, opened: Opened) -> None:
    """Two crashes between journal and file, with no word in the journal of what was written in between."""
    fill(store, opened, OVERVIEW, "一")
    files = opened.path.read_bytes()
    fill(store, opened, OVERVIEW, "二")
    killed(opened)
    opened.path.write_bytes(files)
    lines = [line for line in journal_of(opened).splitlines(keepends=True) if b'"saved"' not in line]
    opened.journal.path.write_bytes(b"".join(lines))
    again = store.open(opened.path)
    assert again.record.declaration.narrative.overview == "二"
    assert again.recovered == 1


def test_an_undo_that_had_not_reached_the_file(store: Store, opened: Opened) -> None:
    files = opened.path.read_bytes()
    store.undo(opened)
    killed(opened)
    opened.path.write_bytes(files)
    lines = journal_of(opened).splitlines(keepends=True)
    opened.journal.path.write_bytes(b"".join(lines[:-1]))
    again = store.open(opened.path)
    assert again.record.declaration.project.unit == ""
    assert again.recovered == 1
    store.save(again)
    assert on_disk(opened.path) == again.record


def test_the_file_is_ahead_of_a_cut_journal(store: Store, opened: Opened) -> None:
    killed(opened)
    data = journal_of(opened)
    want = on_disk(opened.path)
    for end in range(len(data)):
        opened.journal.path.write_bytes(data[:end])
        again = store.open(opened.path)
        assert again.record == want
        killed(again)
        for leftover in opened.journal.path.parent.glob("*.damaged"):
            leftover.unlink()


def test_after_any_cut_of_the_journal_work_goes_on(store: Store, opened: Opened) -> None:
    killed(opened)
    data, text = journal_of(opened), opened.path.read_bytes()
    for end in (0, 1, 30, len(data) // 2, len(data) - 40, len(data) - 1):
        opened.path.write_bytes(text)
        opened.journal.path.write_bytes(data[:end])
        again = store.open(opened.path)
        fill(store, again, OVERVIEW, f"切到 {end}")
        killed(again)
        once_more = store.open(opened.path)
        assert once_more.record == again.record
        assert once_more.record.declaration.project.unit == "社管中心"
        assert once_more.recovered == 0


def test_without_a_journal_the_file_is_all(store: Store, opened: Opened) -> None:
    killed(opened)
    opened.journal.path.unlink()
    again = store.open(opened.path)
    assert again.record == opened.record
    assert store.undo(again) is None
    fill(store, again, UNIT, "新中心")
    killed(again)
    assert store.undo(store.open(opened.path)) is not None


def test_the_journal_thrown_away_during_the_work(store: Store, opened: Opened) -> None:
    opened.journal.path.unlink()
    fill(store, opened, UNIT, "新中心")
    store.undo(opened)
    killed(opened)
    again = store.open(opened.path)
    assert again.record.declaration.project.unit == "社管中心"


def test_without_a_file_the_journal_is_all(store: Store, opened: Opened) -> None:
    killed(opened)
    opened.path.unlink()
    assert store.drafts() == [opened.path]
    again = store.open(opened.path)
    assert again.record == opened.record
    assert again.recovered == 3
    store.save(again)
    assert on_disk(opened.path) == opened.record


def test_without_either_there_is_no_record(store: Store) -> None:
    with pytest.raises(UnknownRecordError, match="没有找到"):
        store.open(store.folder / "无.toml")


# --- a person at the file ---


def test_a_hand_edit_wins_and_can_be_undone(store: Store, opened: Opened) -> None:
    killed(opened)
    edit(opened.path, "社管中心", "社会治理中心")
    again = store.open(opened.path)
    assert again.record.declaration.project.unit == "社会治理中心"
    assert again.recovered == 0
    step = store.undo(again)
    assert step is not None
    assert "程序之外" in step.label
    assert on_disk(opened.path).declaration.project.unit == "社管中心"


def test_a_hand_edit_is_taken_over_once(store: Store, opened: Opened) -> None:
    killed(opened)
    edit(opened.path, "社管中心", "社会治理中心")
    for _ in range(3):
        again = store.open(opened.path)
        killed(again)
    assert again.history.position == 4


def test_a_hand_edit_of_rows_marks_and_framework(store: Store, opened: Opened) -> None:
    fill(store, opened, ROWS, (Indicator("产出目标", "数量", "甲"), Indicator("产出目标", "数量", "乙")))
    killed(opened)
    edit(opened.path, 'name = "甲"', 'name = "丙"')
    with opened.path.open("a", encoding="utf-8") as file:
        file.write('\n[meta.ignored]\nR01 = "不适用"\nwhen = 2020-01-01\n')
    edit(opened.path, "xiada-2020", "national-2021")
    for _ in range(2):
        again = store.open(opened.path)
        assert [row.name for row in again.record.declaration.indicators] == ["丙", "乙"]
        assert again.record.marks("ignored")["R01"] == "不适用"
        assert again.record.declaration.framework == "national-2021"
        killed(again)
    assert again.history.position == 5


def test_unknown_keys_survive_answers_and_new_starts(store: Store, opened: Opened) -> None:
    """Also where they were added to a record whose journal knows nothing of them."""
    killed(opened)
    edit(opened.path, "[funding]", 'mine = "留着"\n\n[funding]\nlevel = 1.50')
    edit(opened.path, "schema_version = 1", "schema_version = 1\ntop = [1, 2]")
    with opened.path.open("a", encoding="utf-8") as file:
        file.write('\n[meta]\nby = "李"\n\n[own.table]\nx = 2020-01-01\n')
    for number in range(3):
        again = store.open(opened.path)
        fill(store, again, OVERVIEW, f"第{number}次")
        killed(again)
        text = read_text(opened.path)
        for kept in ('mine = "留着"', "level = 1.50", 'by = "李"', "[own.table]\nx = 2020-01-01", "top = ["):
            assert kept in text


def test_opening_and_closing_leaves_a_persons_layout_alone(store: Store, opened: Opened) -> None:
    killed(opened)
    text = "# 手写的注释\n" + read_text(opened.path)
    opened.path.write_text(text, encoding="utf-8")
    again = store.open(opened.path)
    store.save(again)
    assert read_text(opened.path) == text


def test_a_persons_layout_is_kept_in_the_trash_before_it_is_rewritten(store: Store, opened: Opened) -> None:
    killed(opened)
    text = "# 手写的注释\n" + read_text(opened.path)
    opened.path.write_text(text, encoding="utf-8")
    again = store.open(opened.path)
    fill(store, again, UNIT, "一")
    kept = again.kept
    assert kept is not None
    assert kept.read_text(encoding="utf-8") == text
    again.kept = None
    fill(store, again, UNIT, "二")
    assert again.kept is None


def test_an_edit_made_while_the_record_is_open_is_merged(store: Store, opened: Opened) -> None:
    edit(opened.path, "社管中心", "别处改的")
    fill(store, opened, OVERVIEW, "这里写的")
    form = on_disk(opened.path).declaration
    assert (form.project.unit, form.narrative.overview) == ("别处改的", "这里写的")
    assert on_disk(opened.path) == opened.record
    step = store.undo(opened)
    assert step is not None
    assert step.label == "合并程序之外的改动"
    assert on_disk(opened.path).declaration.project.unit == "社管中心"


def test_a_file_deleted_while_the_record_is_open_comes_back(store: Store, opened: Opened) -> None:
    opened.path.unlink()
    fill(store, opened, OVERVIEW, "接着写")
    assert on_disk(opened.path) == opened.record


def test_a_framework_that_we_have_not_is_said_and_kept(store: Store, opened: Opened) -> None:
    killed(opened)
    edit(opened.path, "xiada-2020", "别的体系")
    for _ in range(2):
        again = store.open(opened.path)
        assert again.record.declaration.framework == "xiada-2020"
        assert any("别的体系" in oddity for oddity in again.oddities)
        fill(store, again, OVERVIEW, again.record.declaration.narrative.overview + "写")
        killed(again)
        assert 'framework = "别的体系"' in read_text(opened.path)


# --- finding, adding, deleting ---


def test_resolve_takes_stems_file_names_and_paths(
    store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(store.folder)
    for reference in ("2020-热线", "2020-热线.toml", str(opened.path)):
        assert store.resolve(reference).resolve() == opened.path.resolve()
    other = store.folder / "表.txt"
    other.write_text("", encoding="utf-8")
    assert store.resolve("表.txt").resolve() == other.resolve()


@pytest.mark.parametrize("reference", ["", ".", "..", "无", "/", "a/b", "2020-热", "\x00", "~"])
def test_resolve_says_what_to_do_where_there_is_none(store: Store, opened: Opened, reference: str) -> None:
    with pytest.raises(UnknownRecordError, match="tianbiao list"):
        store.resolve(reference)


def test_hidden_files_are_no_records(store: Store, opened: Opened) -> None:
    (store.folder / ".x.toml").touch()
    (store.folder / "notes.txt").touch()
    assert store.paths() == [opened.path]


def test_the_latest_record_passes_over_the_damaged_and_its_own(store: Store, opened: Opened) -> None:
    other = store.add(record_named("别的"))
    os.utime(other, (1, 1))
    (store.folder / "坏.toml").write_text("[[", encoding="utf-8")
    assert store.latest() == opened.record
    found = store.latest(besides=opened.path)
    assert found is not None
    assert found.declaration.project.name == "别的"
    assert Store(store.folder / "none").latest() is None


def test_deleted_records_lie_in_the_trash_with_their_journals(store: Store, opened: Opened) -> None:
    killed(opened)
    text, journal = opened.path.read_bytes(), journal_of(opened)
    lies = store.delete(opened.path)
    assert store.paths() == store.drafts() == []
    assert lies.parent == naming.trash_folder(store.folder)
    assert lies.read_bytes() == text
    assert lies.with_suffix(".journal").read_bytes() == journal


def test_records_of_one_name_deleted_at_once_all_lie_there(store: Store) -> None:
    lies = {store.delete(store.add(record_named("热线"))) for _ in range(3)}
    assert len({path.read_bytes() for path in lies}) == 1
    assert len([path for path in lies if path.exists()]) == 3


def test_a_row_in_a_slot_that_the_form_has_not_is_told(store: Store) -> None:
    store.folder.mkdir()
    path = store.folder / "手改.toml"
    rows = '[[indicators]]\nlevel1 = "产出目标"\nlevel2 = "{}"\nname = "租用光纤数"\ntarget = "=147条"\n'
    path.write_text(rows.format("数量"), encoding="utf-8")
    assert store.open(path).oddities == ()
    path.write_text(rows.format("数量类"), encoding="utf-8")
    [oddity] = store.open(path).oddities
    assert oddity.startswith("indicators[0]：“租用光纤数”写在“产出目标/数量类”，表里没有这一格")


def test_a_link_to_nothing_is_found_and_said_to_be_gone(store: Store) -> None:
    store.folder.mkdir()
    (store.folder / "断了.toml").symlink_to(store.folder / "没有.toml")
    with pytest.raises(RecordError, match=r"没有找到记录文件 断了\.toml"):
        store.open(store.resolve("断了"))


def test_a_folder_of_a_records_name_is_said_to_be_one(store: Store) -> None:
    path = store.folder / "文件夹.toml"
    path.mkdir(parents=True)
    with pytest.raises(IsADirectoryError) as told:
        read_text(path)
    assert told.value.filename == str(path)


def test_a_pipe_in_the_folder_is_no_record_and_nobody_waits_for_it(store: Store) -> None:
    store.folder.mkdir()
    os.mkfifo(store.folder / "管道.toml")
    with pytest.raises(RecordError, match="不是普通文件"):
        store.open(store.folder / "管道.toml")


def test_a_draft_can_be_deleted(store: Store) -> None:
    opened = store.new()
    store.typing(opened, "project.year", "20")
    killed(opened)
    store.delete(opened.path)
    assert store.drafts() == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("[project]\nunit = '区教育局'".encode("gbk"), "第 2 行读不了，像是 GBK 编码.*另存成 UTF-8"),
        ("[project]".encode("utf-16"), "像是 UTF-16 编码"),
        (b"\n\xff\xff", "第 2 行读不了）"),
        (b"[[", "TOML"),
        (b"x" * 16_000_000, "过大"),
    ],
)
def test_files_that_are_no_records_say_why(store: Store, data: bytes, said: str) -> None:
    store.folder.mkdir()
    path = store.folder / "坏.toml"
    path.write_bytes(data)
    with pytest.raises(RecordError, match=said):
        store.open(path)
    assert path.read_bytes() == data


def test_a_byte_order_mark_does_no_harm(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "表.toml"
    path.write_bytes(b"\xef\xbb\xbf" + encode(record_named("热线")).encode())
    assert store.open(path).record == record_named("热线")


def test_a_name_that_another_program_takes_in_the_last_moment(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    free_path = naming.free_path

    def slow(folder: Path, declaration: Declaration) -> Path:
        path = free_path(folder, declaration)
        if path.stem == "2021-热线":
            path.write_text("theirs", encoding="utf-8")
        return path

    monkeypatch.setattr(naming, "free_path", slow)
    record = Record(Declaration().replace(("project", "year"), 2021).replace(("project", "name"), "热线"))
    assert store.add(record).stem == "2021-热线-2"
    assert (store.folder / "2021-热线.toml").read_text(encoding="utf-8") == "theirs"
