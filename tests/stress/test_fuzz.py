"""Anything at all given to everything that reads: it is understood or refused, never an exception, and never takes long."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.stress import hostile
from tests.stress.commands import ROOT
from tests.stress.targets import TARGETS

WORDS = [
    "项目名称", "年份", "：", "\t", "\n", "一级指标", "二级指标", "三级指标", "目标值", "产出目标", "数量", ">=98%", "=147条",
    "1720元*12个月", "万元", "〔2020〕3号", "2月30日", "《", "》", "schema_version", " = ", '"', "[[", "]]", "[", "]", "{", "}",
    "project", "indicators", "meta", "1e999", "-", "9" * 40, "０", "②", "٣", "<p>", "</td>", "&#0;", "\x1b[31m", "\u202e", "\0",
    "e" + "\u0301" * 20, '{"base":""}', '{"step":"x","do":[[', "/去", "--json", "export", "\x1b[200~", "\x1b[201~", "\ud800", "🚀",
]  # fmt: skip
PIECES = st.one_of(
    st.sampled_from(WORDS).map(lambda word: word.encode("utf-8", "surrogatepass")),
    st.text(max_size=6).map(str.encode),
    st.binary(max_size=6),
)
ANYTHING = st.lists(PIECES, max_size=24).map(b"".join)
SHAPED = (hostile.raw_record(), hostile.plain_record(), hostile.library_layer(), hostile.settings(), hostile.progress())


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=25)
@given(ANYTHING)
@example(hostile.HOSTILE.encode())
@example(hostile.form_text().encode())
@example(b"\xff\xfe\x00\xd8")
@example("指标体系\t\x1b]0;x\x07\n项目名称\t页\n项目概况\t页".encode())
@example(b"[" * 2000)
@example(b'{"a":' * 2000)
def test_anything(name: str, data: bytes) -> None:
    TARGETS[name](data)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file of the program's own with a few pieces put in or cut out."""
    data = draw(st.sampled_from(SHAPED)).encode()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(PIECES) + data[at + draw(st.sampled_from((0, 0, 1, 40))) :]
    return data


@pytest.mark.parametrize("name", ["record", "settings", "library", "progress", "learned", "import toml"])
@settings(max_examples=25)
@given(damaged())
def test_damaged_files(name: str, data: bytes) -> None:
    TARGETS[name](data)


RUNS = (
    "1", "《", "<p", " ", "年", "1、", "2月", "（", "元*", "一是", "网格", "\\", '"', "a=", "[", "\x1b[", "：", "、", "9.",
    "e\u0301", "-", "＝", "每月", "每月1元", "1个1元", "\n", "\t", " 1", "·", "=100%",
)  # fmt: skip
SHORT, LONG = (10_000, 1.0), (100_000, 8.0)
"""Characters, and the seconds of this process that are too many for them: what grows with the square takes minutes."""


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize(("size", "longest"), [SHORT, pytest.param(*LONG, marks=pytest.mark.stress)])
def test_endless_lines_take_no_endless_time(name: str, size: int, longest: float) -> None:
    slow = []
    for run in RUNS:
        data = (run * size)[:size].encode()
        start = time.process_time()
        TARGETS[name](data)
        if (spent := time.process_time() - start) > longest:
            slow.append(f"{run!r}: {spent:.1f} s")
    assert slow == []


JOURNAL = "\n".join(
    json.dumps(line)
    for line in (
        {"base": hostile.plain_record()},
        {"step": "填写年份", "at": "", "place": "project.year", "do": [["project.year", None, 2021]]},
        {"typing": "project.unit", "text": "中心"},
        {"undo": 1},
        {"redo": 1},
        {"saved": "0"},
        {"filed": hostile.plain_record(), "saved": "0"},
        {"reviewed": {}},
        {"entered": {"project.unit": "0"}},
    )
)
SEEDS = (f"{JOURNAL}\n", '{"项目名称": "热线"}', "export 2020-热线 --to md", "/去 金额", *WORDS[:-2])
"""What atheris begins with, besides whole files: something of every shape that is taken."""


@pytest.mark.stress
def test_atheris(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Coverage-guided, where atheris can be installed: `pip install atheris`."""
    pytest.importorskip("atheris", reason="atheris 没有装上（pip install atheris），略过按覆盖率引导的试验")
    script = ROOT / "tests" / "stress" / "atheris_fuzz.py"
    for name in TARGETS:
        corpus = tmp_path_factory.mktemp("corpus")
        for number, text in enumerate((*SHAPED, *SEEDS, hostile.form_text())):
            (corpus / str(number)).write_text(text, encoding="utf-8")
        argv = [sys.executable, str(script), name, str(corpus), "-runs=20000", "-max_total_time=60", "-max_len=16000"]
        done = subprocess.run(argv, cwd=corpus, capture_output=True, check=False)
        said = done.stderr.decode(errors="replace")
        assert done.returncode == 0, f"{name}: {done.stdout.decode(errors='replace')[-3000:]}\n{said[-1000:]}"
        print(name, *(line for line in said.split("\n") if "DONE" in line))  # with -s: runs, coverage
