"""tianbiao library: what goes where, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli import main

Run = Callable[..., tuple[int, str, str]]
UNSORTED = '[[entry]]\nunit = "次"\nid = "general-budget-execution-rate"\n'


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["library", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_what_is_not_found_is_said_on_stderr(run: Run) -> None:
    for words in (("search", "没有这个词啊"), ("show", "没有这个词啊")):
        code, out, err = run(*words)
        assert (code, out) == (1, "")
        assert "没有这个词啊" in err
    assert run("search", "没有这个词啊", "--json")[:2] == (1, "[]\n")
    assert run("show", "没有这个词啊", "--json")[:2] == (1, "null\n")
    assert run("search", "率", "--slot", "没有")[0] == 2


def test_format_prints_the_one_form_and_writes_it(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "本单位.toml"
    path.write_text(UNSORTED, encoding="utf-8")
    code, out, err = run("format", str(path))
    assert (code, err) == (0, "")
    assert out.index("id = ") < out.index("unit = ")
    assert path.read_text(encoding="utf-8") == UNSORTED
    assert run("format", str(path), "--write") == (0, f"{path}\n", "")
    assert path.read_text(encoding="utf-8") == out
    assert run("format", str(path)) == (0, out, "")


@pytest.mark.parametrize("action", ["check", "format"])
def test_a_file_that_cannot_be_read_is_3(run: Run, tmp_path: Path, action: str) -> None:
    for name in (str(tmp_path / "没有.toml"), str(tmp_path), "/dev/zero"):
        code, out, err = run(action, name)
        assert code == 3
        assert "读不出文件" in out + err or "不是普通文件" in out + err


def test_a_layer_that_has_no_end_is_not_read(run: Run) -> None:
    code, out, err = run("search", "预算执行率", "--library", "/dev/zero")
    assert code == 0
    assert "预算执行率" in out
    assert "不是普通文件" in err
