"""Files that anybody may have put there are read whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from domain import bounded
from domain.records.atomic import reason


def test_as_much_as_is_asked_for_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "表.toml"
    path.write_bytes(b"0123456789")
    assert bounded.read(path, 10) == b"0123456789"
    with pytest.raises(bounded.TooLargeError) as caught:
        bounded.read(path, 9)
    assert reason(caught.value) == "文件太大"


def test_what_never_ends_or_lets_one_wait_is_not_read(tmp_path: Path) -> None:
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(bounded.NotAFileError):
            bounded.read(path, 10)


def test_the_disk_s_own_errors_come_through(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        bounded.read(tmp_path / "没有", 10)
    with pytest.raises(IsADirectoryError):
        bounded.read(tmp_path, 10)
