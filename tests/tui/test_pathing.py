"""Paths as they are typed: folders, matches, completion."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui import pathing
from tui.pathing import Found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("2020-热线.txt", "2020-热线续.txt", "去年的表.docx", ".hidden", "Bericht.xlsx"):
        (tmp_path / name).touch()
    (tmp_path / "资料").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("2", "2020-热线"),
        ("2020-热线", "2020-热线"),
        ("2020-热线.", "2020-热线.txt"),
        ("ber", "Bericht.xlsx"),
        ("资", "资料/"),
        (".h", ".hidden"),
        ("无此", "无此"),
        ("子/2", "子/2020-热线"),
    ],
)
def test_completion_goes_as_far_as_is_certain(folder: Path, typed: str, completed: str) -> None:
    assert pathing.completed(typed, pathing.listing(folder)) == completed


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("qnd", ["去年的表.docx"]),
        ("热线续", ["2020-热线续.txt"]),
        ("BERICHT.XLSX", ["Bericht.xlsx"]),
        (".hid", [".hidden"]),
    ],
)
def test_names_are_found_by_parts_and_initials(folder: Path, typed: str, names: list[str]) -> None:
    assert [one.name for one in pathing.matching(pathing.listing(folder), typed)] == names


def test_hidden_files_show_only_after_a_dot(folder: Path) -> None:
    names = [one.name for one in pathing.matching(pathing.listing(folder), "")]
    assert ".hidden" not in names
    assert "dangling" in names


def test_names_are_safe_to_show_but_still_lead_to_the_file(tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"a\x1b[2J\n\xff.txt")
    odd.touch()
    [found] = pathing.listing(tmp_path)
    assert found.name.isprintable()
    assert found.path.exists()


@pytest.mark.parametrize(
    ("text", "above"),
    [
        ("", "../"),
        ("甲/", ""),
        ("甲/乙/半", "甲/"),
        ("../", "../../"),
        ("/", "/"),
        ("/tmp/", "/"),
        ("~/", "~/../"),
        ("~/a/", "~/"),
    ],
)
def test_going_up(text: str, above: str) -> None:
    assert pathing.above(text) == above


def test_what_a_text_means(tmp_path: Path) -> None:
    assert pathing.meant("甲 乙.txt", tmp_path) == tmp_path / "甲 乙.txt"
    assert pathing.meant(" '/x/y' ", tmp_path) == Path("/x/y")
    assert pathing.meant("~/表", tmp_path) == Path.home() / "表"
    assert pathing.meant("~nobody-of-this-name/表", tmp_path) == tmp_path / "~nobody-of-this-name/表"


def test_sizes() -> None:
    assert [pathing.size_text(size) for size in (12, 4_600, 3_400_000)] == ["12 B", "5 KB", "3.4 MB"]
    assert pathing.shown_name(Found("资料", Path("资料"), True)) == "资料/"
