"""Make data/segment_words.txt: the domain dictionary (领域词典) that suggest.segment loads instead of jieba's 350,000 words.

Run by hand when the library has grown: `python data/make_segment_words.py`. Frequencies and word classes come from jieba's own
dictionary; words kept are the common ones, every word met in the library, the frameworks and the subject tables, and the
administrative words of segment_extra.txt. A line is `word frequency class`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import jieba

HERE = Path(__file__).parent
COMMON = 700
"""Words at least this frequent in general text are always kept."""
COMMON_LONG = 150
"""The same for words of four and more characters."""
HAN = re.compile(r"[\u4e00-\u9fff]+")


def strings(value: object) -> Iterator[str]:
    """Every text in a TOML document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def documents() -> Iterator[dict[str, object]]:
    """The TOML files whose words must be known."""
    for name in ("indicator_library", "frameworks", "suggest_kinds", "suggest_sectors", "suggest_words"):
        yield tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def general() -> dict[str, tuple[int, str]]:
    """jieba's dictionary: word → (frequency, class)."""
    path = Path(jieba.__file__).with_name("dict.txt")
    rows = (line.split(" ") for line in path.read_text(encoding="utf-8").splitlines())
    return {word: (int(count), kind) for word, count, kind in rows if HAN.fullmatch(word)}


def wanted_frequency(word: str, table: dict[str, tuple[int, str]], total: float) -> int:
    """A frequency at which the word is not cut into its parts (jieba's suggest_freq)."""
    share = 1.0
    for part in jieba.cut(word, HMM=False):
        share *= table.get(part, (1, ""))[0] / total
    return max(int(share * total) + 1, table.get(word, (3, ""))[0])


def terms() -> Iterator[str]:
    """Keywords and synonyms of the library: its own coinages."""
    for document in documents():
        for entry in document.get("entry", []):  # type: ignore[attr-defined]
            yield from entry["keywords"]


def is_coinage(word: str) -> bool:
    """Whether the general dictionary would break this short term into single characters."""
    return (
        2 <= len(word) <= 4
        and word[0] not in "按逐每不未无可应已到再"
        and any(len(part) == 1 for part in jieba.cut(word, HMM=False))
    )


def main() -> None:
    """Write the dictionary beside this script."""
    table = general()
    kept = {w: row for w, row in table.items() if row[0] >= (COMMON if len(w) < 4 else COMMON_LONG)}
    texts = [text for document in documents() for text in strings(document)]
    for name in ("economic", "functional"):
        rows = (HERE / f"{name}_subjects.tsv").read_text(encoding="utf-8").splitlines()
        texts += [row for row in rows if not row.startswith("#")]
    for text in texts:
        for run in HAN.findall(text):
            kept.update((word, table[word]) for word in jieba.cut(run, HMM=False) if word in table and len(word) <= 5)
    extra = [
        word
        for line in (HERE / "segment_extra.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
        for word in line.split()[1:]
    ]
    nouns = {
        word
        for line in (HERE / "segment_extra.txt").read_text(encoding="utf-8").splitlines()
        if line.startswith("名词 ")
        for word in line.split()[1:]
    }
    total = float(sum(count for count, _ in kept.values()))
    for word in [*extra, *(term for term in terms() if HAN.fullmatch(term) and is_coinage(term))]:
        kept[word] = (wanted_frequency(word, table, total), "n" if word in nouns else table.get(word, (0, "n"))[1])
    lines = [f"{word} {count} {kind}\n" for word, (count, kind) in sorted(kept.items())]
    (HERE / "segment_words.txt").write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines)} words")


if __name__ == "__main__":
    main()
