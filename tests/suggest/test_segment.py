"""Segmentation: quality on a small gold file, no cache file, no log line, no warning, little to load."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from suggest.segment import JiebaSegment, load_segment, prepared

GOLD = [
    line
    for line in Path(__file__).with_name("segmentation.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def cuts(words: list[str]) -> set[int]:
    places, at = set(), 0
    for word in words[:-1]:
        at += len(word)
        places.add(at)
    return places


def test_the_gold_is_large_enough() -> None:
    assert len(GOLD) >= 40


def test_boundaries_are_where_a_reader_puts_them() -> None:
    segment = load_segment()
    right = found = wanted = 0
    for line in GOLD:
        gold, got = cuts(line.split()), cuts(segment.cut(line.replace(" ", "")))
        right, found, wanted = right + len(gold & got), found + len(got), wanted + len(gold)
    assert right / found >= 0.93
    assert right / wanted >= 0.97


def test_words_give_the_text_back() -> None:
    segment = load_segment()
    for text in ("到143个村居的宽带租用，10M语音专线。\n第二行", "", "ABC abc１２３", "除颤仪、雾凇䶮"):
        assert "".join(segment.cut(text)) == text
        assert "".join(segment.cut(text, guess=True)) == text


def test_a_dictionary_of_ones_own() -> None:
    segment = JiebaSegment(prepared({"网格": (10, "n"), "网格员": (50, "n"), "员工": (5, "n")}))
    assert segment.cut("网格员工") == ["网格员", "工"]
    assert (segment.classes("网格员"), segment.classes("无此词")) == ("n", "")


CHILD = """
import sys, tempfile, time
sys.path.insert(0, "")
tempfile.tempdir = sys.argv[1]
start = time.perf_counter()
import suggest.engine, suggest.reader, suggest.loading
assert "jieba" not in sys.modules, "importing knows jieba already"
from suggest.segment import load_segment
words = load_segment().cut("网格员按月领取话费补助")
assert "pkg_resources" not in sys.modules
print(len(words), sum(sys.getsizeof(1) for _ in ()), round(time.perf_counter() - start, 2))
"""


def test_it_leaves_nothing_behind_and_says_nothing() -> None:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-W", "error::DeprecationWarning", "-c", CHILD, folder],
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[2],
            env={"TMPDIR": folder, "PATH": "/usr/bin:/bin", "PYTHONPATH": "."},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        assert done.stdout.startswith("6 ")
        assert not list(Path(folder).iterdir())
