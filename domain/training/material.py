"""What exercises and lessons are made from (教学材料): library, framework, rules, example forms, stories.

Examples (样例) are sound forms in data/examples, stories (项目故事) one-page descriptions in data/stories with facts that a
form made from them must hold. Files are read on first use; a file that cannot be read raises MaterialError.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from domain.case import Case, Words, case_for, character_pairs
from domain.data import data_path
from domain.framework import Framework, Slot, framework
from domain.library import Entry, builtin_library
from domain.model import Declaration
from domain.reading import Reader
from domain.records.codec import RecordError, decode
from domain.review import Review, Rule, review
from domain.training.course import Lesson, read_lessons
from domain.training.exercise import ExerciseError


class MaterialError(ExerciseError):
    """A file of the course that cannot be used; the message is Chinese and names it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a form made from a story must hold: a field's value, or an indicator of a role with a number and unit."""

    what: str
    field: str = ""
    value: str = ""
    role: str = ""
    number: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A project told on one page; `example` is the model form (参考答案) made from it."""

    id: str
    title: str
    sector: str
    example: str
    text: str
    facts: tuple[Fact, ...] = ()


_NO_FIBRE = re.compile(r"(?:^|/)(?:台|份|件|部|台班|批次|个)(?:·|$)")
"""Units in which 光纤, the example for {对象}, is not counted."""


def read_story(path: Path) -> Story:
    """A story of a file; raises MaterialError."""
    table = read_toml(path)
    try:
        facts = tuple(Fact(**fact) for fact in table.pop("fact", ()))
        return Story(**{**table, "text": str(table["text"]).strip()}, facts=facts)
    except (TypeError, KeyError) as error:
        raise MaterialError(f"{path.name}：故事缺少内容或多了不认识的键（{error}）") from error


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file; raises MaterialError that names the file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MaterialError(f"{path.name}：读不了（{error}）") from error


def read_examples(folder: Path) -> dict[str, Declaration]:
    """The example forms of a folder by file stem; raises MaterialError."""
    found: dict[str, Declaration] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            found[path.stem] = decode(path.read_text(encoding="utf-8")).record.declaration
        except (OSError, UnicodeDecodeError, RecordError) as error:
            raise MaterialError(f"{path.name}：不是可用的样例（{error}）") from error
    return found


@cache
def _builtin_examples() -> Mapping[str, Declaration]:
    return read_examples(data_path("examples"))


@cache
def _builtin_stories() -> Mapping[str, Story]:
    return {story.id: story for story in map(read_story, sorted(data_path("stories").glob("*.toml")))}


@cache
def _builtin_lessons() -> Mapping[str, Lesson]:
    return read_lessons(data_path("lessons"))


@dataclass(frozen=True)
class Material:
    """Everything the course draws on. reader, words and importer come from outside.

    Without a reader, rules about quantities and sums say nothing and reviews are milder.
    """

    reader: Reader | None = None
    words: Words = character_pairs
    importer: Callable[[str], Declaration] | None = None
    """Reads a form from any other text (a published form, a pasted page); without it only records and sheets are read."""
    library: Sequence[Entry] = field(default_factory=builtin_library)
    examples: Mapping[str, Declaration] = field(default_factory=_builtin_examples)
    stories: Mapping[str, Story] = field(default_factory=_builtin_stories)
    lessons: Mapping[str, Lesson] = field(default_factory=_builtin_lessons)
    framework: Framework = field(default_factory=framework)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The review rules."""
        from domain.rules import RULES

        return RULES

    @cached_property
    def rule_by_id(self) -> Mapping[str, Rule]:
        """The review rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The library's entries in use, each in a slot of the framework."""
        return tuple(
            entry for entry in self.library if not entry.retired and self.framework.slot(*entry.slot) is not None
        )

    @cached_property
    def drawn(self) -> tuple[Entry, ...]:
        """The entries that exercises are drawn from: without templates for other things than their example can be (光纤购置 20台)."""
        return tuple(one for one in self.entries if not ("{对象}" in one.name and _NO_FIBRE.search(one.unit)))

    @cached_property
    def entry_by_id(self) -> Mapping[str, Entry]:
        """The library's entries by id."""
        return {entry.id: entry for entry in self.library}

    def role(self, slot: tuple[str, str]) -> str:
        """The role of a slot, "" where the framework has none of this name."""
        found = self.framework.slot(*slot)
        return found.role if found else ""

    def slot_of_role(self, role: str) -> Slot:
        """The slot of a role; raises ExerciseError where there is none."""
        found = self.framework.by_role(role)
        if found is None:
            raise ExerciseError(f"框架里没有“{role}”这一格")
        return found

    def example(self, identity: str) -> Declaration:
        """An example form; raises ExerciseError where there is none of this id."""
        try:
            return self.examples[identity]
        except KeyError:
            raise ExerciseError(f"没有叫“{identity}”的样例表") from None

    def story(self, identity: str) -> Story:
        """A story; raises ExerciseError where there is none of this id."""
        try:
            return self.stories[identity]
        except KeyError:
            raise ExerciseError(f"没有叫“{identity}”的项目故事") from None

    def case(self, declaration: Declaration) -> Case:
        """The declaration as a case for review, without siblings: practice forms stand alone."""
        return case_for(declaration, self.reader, words=self.words)

    def review(self, declaration: Declaration) -> Review:
        """The review of a practice form."""
        return review(self.case(declaration))
