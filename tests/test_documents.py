"""What the documents for people name exists: files, make targets, commands with their options, modules, slash words."""

from __future__ import annotations

import argparse
import importlib
import re
import shlex
from pathlib import Path

import pytest

from domain.training import trainer
from tests.paths import ROOT
from tui.arguments import parser
from tui.dialogue import commands

DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "bench" / "README.md"]
TOP = "bench|data|docs|domain|suggest|tests|tui"
SUFFIX = r"\.(?:py|md|toml|txt|tsv|sh|svg)"

ELSEWHERE = {
    "domain/data/derived/": "in a wheel only",
    "data/lessons/NN-id.toml": "a pattern",
    "data/stories/ID.toml": "a pattern",
    "data/examples/ID.toml": "a pattern",
    "score.py": "beside the published forms, which are kept outside the repository",
}
"""What the documents name although it is not in the tree."""

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def found(document: Path, pattern: str) -> list[str]:
    """The first group of every match, each once."""
    return list(dict.fromkeys(re.findall(pattern, document.read_text(encoding="utf-8"), re.MULTILINE)))


PATH = rf"(?<![\w./-])((?:{TOP})/[\w./-]*(?:{SUFFIX}|/))(?![\w…])"
FILE = r"(?<![\w./-])(\w+\.py)\b"
LINK = r"\]\((?!https?:)([^)#]+)"
MAKE = r"(?:^|`)make (\w+)"
MODULE = r"(?:`|python -m )((?:domain|suggest|tui)\.[\w.]+\w)(?=`|\(|$)"
SLASH = r"`/([\u4e00-\u9fff]+)"
COMMAND = r"(?:`|^|\$\()(?:\.venv/bin/)?tianbiao (?!is )([^\n`#→（）]+)"
IN_FILE = rf"(`\w+` (?:in |\()`?[\w/]+{SUFFIX})"


@each_document
def test_every_path_exists(document: Path) -> None:
    assert [path for path in found(document, PATH) if path not in ELSEWHERE and not (ROOT / path).exists()] == []
    assert [link for link in found(document, LINK) if not (document.parent / link).exists()] == []


@each_document
def test_every_module_named_without_its_folder_exists(document: Path) -> None:
    tree = {path.name for top in TOP.split("|") for path in (ROOT / top).rglob("*.py")}
    assert set(found(document, FILE)) <= {*tree, "hatch_build.py", *ELSEWHERE}


@each_document
def test_what_is_said_to_stand_in_a_file_stands_there(document: Path) -> None:
    for said in found(document, IN_FILE):
        name, path = said.split("`")[1], re.split(r"[ (`]", said)[-1]
        files = [ROOT / path] if "/" in path else list(ROOT.rglob(f"[!.]*/{path}"))
        assert any(re.search(rf"\b{name}\b", file.read_text(encoding="utf-8")) for file in files), said


@each_document
def test_every_make_target_exists(document: Path) -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(found(document, MAKE)) <= set(targets)


@each_document
def test_every_dotted_name_exists(document: Path) -> None:
    assert [name for name in found(document, MODULE) if not exists(name)] == []


def exists(name: str) -> bool:
    """Whether a dotted name is a module, or something in one."""
    module, _, member = name.rpartition(".")
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        return hasattr(importlib.import_module(module), member)
    return True


@each_document
def test_every_slash_word_exists(document: Path) -> None:
    sitting = {name for names in trainer.COMMANDS.values() for name in names}
    assert [word for word in found(document, SLASH) if word not in sitting and commands.named(word) is None] == []


def typed(document: Path) -> list[list[str]]:
    """The words of every command line that a document shows, without the program's name."""
    lines = (re.split(r"  | > |[;|]", line)[0].rstrip(')"… ') for line in found(document, COMMAND))
    return [shlex.split(re.sub(r"[\[\]…]", " ", line)) for line in lines]


@each_document
def test_every_command_and_option_exists(document: Path) -> None:
    for words in typed(document):
        known, rest = parser(), iter(words)
        for word in rest:
            if word.startswith("-"):
                assert word in known._option_string_actions, " ".join(words)
                if known._option_string_actions[word].nargs != 0:
                    next(rest, None)
            elif below := [one for one in known._actions if isinstance(one, argparse._SubParsersAction)]:
                assert word in below[0].choices, " ".join(words)
                known = below[0].choices[word]


@pytest.mark.parametrize(
    ("pattern", "least"),
    [(PATH, 80), (FILE, 30), (LINK, 4), (MAKE, 6), (MODULE, 5), (SLASH, 15), (COMMAND, 60), (IN_FILE, 6)],
)
def test_the_documents_name_many_such_things(pattern: str, least: int) -> None:
    """A pattern that finds next to nothing any more would let everything pass."""
    assert sum(len(found(document, pattern)) for document in DOCUMENTS) >= least


def test_every_name_that_contributors_are_told_is_in_the_code() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    files = [path for top in TOP.split("|") for path in (ROOT / top).rglob("*.py")]
    known = {word for path in files for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}
    names = {part for name in re.findall(r"`([A-Za-z_][\w.]*)(?:\(|`)", text) for part in name.split(".")}
    rows = re.findall(r"^\|[^|]*\| ([\w ,.:]+) ", text.partition("## Glossary")[2], re.MULTILINE)
    glossary = {word for row in rows[1:] for word in re.findall(r"\w+", row)}
    assert len(names) > 25
    assert len(glossary) > 30
    assert names - known - {path.stem for path in files} == set()
    assert {word for word in glossary if not any(word in name for name in known)} == set()
