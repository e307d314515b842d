"""Random damage to a form's text, and whether an import kept every character of it."""

from __future__ import annotations

import html
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable

from domain.exchange import Imported, ImportProblem, labels, read
from domain.exchange.draft import title
from domain.exchange.heads import _COLUMNS, is_head_cell
from domain.exchange.labels import ALIASES, FOREIGN
from domain.exchange.levels import Levels
from domain.framework import framework
from domain.model import fields

NOISE = [
    "　", " ", "x", "：", ":", "*", "\t", "\n", "《甲》", "100%",
    "=5个", "备注", "<p>", "</p>", "<br/>", "&lt;", "，", "\u200b", "“",
]  # fmt: skip


def _lines(text: str, rng: random.Random, change: Callable[[list[str], int], None]) -> str:
    lines = text.split("\n")
    change(lines, rng.randrange(len(lines)))
    return "\n".join(lines)


def _swap(lines: list[str], at: int) -> None:
    if at:
        lines[at - 1], lines[at] = lines[at], lines[at - 1]


def _join(lines: list[str], at: int) -> None:
    if at:
        lines[at - 1 : at + 1] = [lines[at - 1] + " " + lines[at]]


MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
    lambda text, rng: _at(text, rng, lambda before, after: before + after[1:]),
    lambda text, rng: _at(text, rng, lambda before, after: before + rng.choice(NOISE) + after),
    lambda text, rng: _at(text, rng, lambda before, after: before + "\n" + after),
    lambda text, rng: _at(text, rng, lambda before, after: before + after[rng.randrange(40) :]),
    lambda text, rng: _lines(text, rng, lambda lines, at: lines.insert(at, lines[at])),
    lambda text, rng: _lines(text, rng, lambda lines, at: lines.pop(at) and None),
    lambda text, rng: _lines(text, rng, _swap),
    lambda text, rng: _lines(text, rng, _join),
    lambda text, rng: _lines(text, rng, lambda lines, at: lines.__setitem__(at, lines[at].replace("\t", ""))),
    lambda text, rng: _lines(text, rng, lambda lines, at: lines.__setitem__(at, lines[at].replace("\t", " "))),
    lambda text, rng: _lines(text, rng, lambda lines, at: lines.__setitem__(at, lines[at].replace("\t", "\n"))),
    lambda text, rng: _lines(text, rng, lambda lines, at: lines.__setitem__(at, lines[at].lstrip("\t"))),
    lambda text, rng: _lines(text, rng, lambda lines, at: lines.__setitem__(at, "\t" + lines[at])),
    lambda text, rng: _lines(text, rng, lambda lines, at: lines.__setitem__(at, re.sub("[：:]", "", lines[at]))),
    lambda text, rng: _lines(text, rng, lambda lines, at: lines.__setitem__(at, re.sub("</?p>", "", lines[at]))),
    lambda text, rng: _lines(text, rng, lambda lines, at: lines.insert(at, "打印日期：2020年3月1日 第1页")),
    lambda text, rng: _lines(text, rng, lambda lines, at: lines.insert(at, "这一行不属于任何栏目，应当留下来")),
    lambda text, rng: text[: rng.randrange(len(text) // 2, len(text))],
)


def _at(text: str, rng: random.Random, change: Callable[[str, str], str]) -> str:
    at = rng.randrange(len(text))
    return change(text[:at], text[at:])


def mutated(text: str, rng: random.Random) -> str:
    """The text after one to five random changes."""
    for _ in range(rng.randint(1, 5)):
        text = rng.choice(MUTATIONS)(text, rng)
    return text


def _scaffold() -> re.Pattern[str]:
    """Labels, level names and heads: text that a form has anyway and that an import need not repeat."""
    words = [one.spec.label for one in fields()] + [alias for one in fields() for alias in one.spec.aliases]
    words += [alias for aliases in ALIASES.values() for alias in aliases] + list(FOREIGN) + list(_COLUMNS)
    words += [name for slot in framework().slots for name in slot.key]
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    heads = ["(?:## )?(?:2020年)?部门项目支出预算绩效目标下达表", "年份（2020）", "## 2020"]
    return re.compile("|".join([*heads, *map(re.escape, ordered)]))


SCAFFOLD = _scaffold()
_TAGS = re.compile(r"</?(?:p|br)\s*/?>")
_LETTERS = re.compile(r"[一-鿿0-9A-Za-z]")


def kept_texts(forms: Iterable[Imported]) -> str:
    """Everything that an import gave back."""
    found: list[str] = []
    for form in forms:
        declaration = form.record.declaration
        found += [shown(declaration.get(one.path)) for one in fields()]
        found += [text for row in declaration.indicators for text in (row.level1, row.level2, row.name, row.target)]
        found += [*form.unplaced, *(odd.text for odd in form.oddities)]
    return "\n".join(found)


def shown(value: object) -> str:
    from domain.answers import shown as as_on_the_form

    return as_on_the_form(value)


def read_or_refusal(data: bytes) -> tuple[Imported, ...] | str:
    """The forms in a file, or the message with which it was refused; any other exception is a failure."""
    try:
        return read(data)
    except ImportProblem as problem:
        return str(problem)


LEVELS = Levels(framework())


def _is_scaffold(cell: str) -> bool:
    """Whether a cell is a label, a title or a level name, however it is spelled."""
    bare = html.unescape(_TAGS.sub("", cell))
    known = labels.own_matcher().whole(bare), title(bare), LEVELS.first(bare), LEVELS.second(bare)
    return is_head_cell(bare) or any(one is not None for one in known)


def _contents(text: str) -> list[str]:
    """The input's texts outside tags and scaffold."""
    cells = [cell for line in re.sub(r"[\[\]]", "", text).splitlines() for cell in line.split("\t")]
    contents = [html.unescape(_TAGS.sub("\n", cell)) for cell in cells if not _is_scaffold(cell)]
    return [part for cell in contents for part in SCAFFOLD.split(cell)]


def lost_runs(text: str, forms: Iterable[Imported], size: int = 4) -> list[str]:
    """Runs of letters that stood in the text outside any label and appear nowhere in what the import gave back."""
    kept = re.sub(r"[\s\[\]]+", "", kept_texts(forms))
    runs = [run for part in _contents(text) for run in re.findall(rf"(?:{_LETTERS.pattern}){{{size},}}", part)]
    pieces = (run[at : at + size] for run in runs for at in range(len(run) - size + 1))
    return [piece for piece in pieces if piece not in kept]


def lost_letters(text: str, forms: Iterable[Imported]) -> Counter[str]:
    """Letters that became fewer, labels aside."""
    kept = Counter(_LETTERS.findall(kept_texts(forms)))
    return Counter(_LETTERS.findall("".join(_contents(text)))) - kept
