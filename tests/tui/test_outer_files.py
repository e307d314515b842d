"""Files of others: only whole ordinary files of a size that a form can have."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from domain.exchange import ImportProblem
from domain.exchange.limits import MAX_FILE
from tui import outer_files
from tui.outer_files import read_file, read_stream


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "表.txt"
    path.write_bytes(b"abc")
    assert read_file(path) == b"abc"


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    path.touch()
    os.truncate(path, MAX_FILE + 5)
    with pytest.raises(ImportProblem, match="上限"):
        read_file(path)


def test_a_stream_is_read_no_further_than_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outer_files, "MAX_FILE", 10)
    assert read_stream(io.BytesIO(b"0123456789")) == b"0123456789"
    endless = io.BytesIO(b"x" * 100)
    with pytest.raises(ImportProblem, match="上限"):
        read_stream(endless)
    assert endless.tell() == 11


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: os.mkfifo(path), lambda path: None])
def test_what_is_no_file_is_said(tmp_path: Path, make: object) -> None:
    path = tmp_path / "它"
    make(path)  # type: ignore[operator]
    with pytest.raises(ImportProblem):
        read_file(path)
