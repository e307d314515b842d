"""A record on its way out: where its file lies, what is told of it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from domain.changes import Record
from domain.exchange import EXPORTERS, ExportProblem, exporter
from domain.model import Declaration
from domain.records.store import Store
from tui import outgoing, wiring
from tui.folders import Folders
from tui.outgoing import Outgoing

FORM = Declaration().replace(("project", "year"), 2020).replace(("project", "name"), "热线")


@pytest.fixture
def leaving(tmp_path: Path) -> Outgoing:
    return Outgoing(Record(FORM), "2020-热线", tmp_path)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("", "2020-热线.md"),
        ("甲.md", "甲.md"),
        ("子/甲.md", "子/甲.md"),
        ("有", "有/2020-热线.md"),
        ("还没有/", "还没有/2020-热线.md"),
        ("'带 空格.md'", "带 空格.md"),
        ("~没有这个人/甲.md", "~没有这个人/甲.md"),
    ],
)
def test_where_a_file_goes(leaving: Outgoing, written: str, path: str) -> None:
    (leaving.folder / "有").mkdir()
    assert leaving.path(exporter("md"), written) == leaving.folder / path


def test_a_file_that_is_there_is_replaced_only_where_that_is_wanted(leaving: Outgoing) -> None:
    target = exporter("txt")
    path = leaving.path(target)
    path.write_text("别人的", encoding="utf-8")
    with pytest.raises(FileExistsError):
        leaving.write(target, path, replacing=False)
    assert path.read_text(encoding="utf-8") == "别人的"
    size = leaving.write(target, path, replacing=True)
    assert path.read_bytes() == target.write(leaving.record)
    assert size == path.stat().st_size


def test_a_file_and_a_conversation_offer_the_same_formats(folders: Folders, store: Store) -> None:
    opened = store.open(store.add(Record(FORM)))
    there = outgoing.of_dialogue(folders, wiring.dialogue_of(folders, store, opened))
    here = outgoing.of_file(folders, opened.path, opened.record)
    assert [one.id for one in here.targets] == [one.id for one in there.targets]
    assert (here.stem, here.folder, here.record) == (there.stem, there.folder, there.record)
    assert len(here.targets) > len(EXPORTERS)
    assert here.folder == Path.cwd()


def test_what_goes_wrong_says_how_to_go_on() -> None:
    path = Path("/甲/表.docx")
    assert outgoing.failure(path, OSError(errno.ENOSPC, "")) == f"没有写成 {path}：磁盘已满。请换个位置或文件名再写。"
    assert (
        outgoing.failure(path, ExportProblem("没有装 python-docx，请先安装"))
        == "没有写成：没有装 python-docx，请先安装"
    )
